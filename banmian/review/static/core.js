// What every view needs: words, elements made without markup, and calls to the server that survive a lost connection.

export const words = JSON.parse(document.body.dataset.words);

// {n} is a value, {n|page|pages} a word for one or for many of it.
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => (one === undefined ? values[name] ?? whole : Number(values[name]) === 1 ? one : many));
}

export const chinese = document.documentElement.lang.startsWith("zh");

// What went wrong with a page: in Chinese by its kind, in English as the run told it.
export const faultOf = (fault) => (chinese ? words[`fault_${fault.kind}`] ?? words.fault_other : fault.met);

// Text only ever becomes text: nothing that was read, named or typed is taken for markup.
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((c) => c !== null && c !== undefined));
  return made;
}

export const byId = (id) => document.getElementById(id);

// --- who answers -----------------------------------------------------------------------------------------------------
// At this address another program may listen once the server has ended. So the server proves first that it knows the
// workspace's secret; the question bears no cookie. While its events come in, it is the same server still; a
// decision asks all the same, since the end of the events may be noticed a moment after the server's. Browsers give
// the means to check that to https and to this machine alone: elsewhere whoever reads the line knows all in any case.

const secret = document.body.dataset.secret ?? "";
let speaks = false;

const hex = (bytes) => [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");

async function expectedProof(nonce) {
  const raw = new Uint8Array(secret.match(/../g).map((b) => parseInt(b, 16)));
  const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(nonce))));
}

// Whether our server answers; `anew` asks though its events come in. Fails where nobody answers.
async function proves(anew = false) {
  if ((speaks && !anew) || !secret || !crypto.subtle) return true;
  const nonce = ticket();
  const answer = await fetch(`/api/prove?nonce=${nonce}`, { credentials: "omit", cache: "no-store" });
  try { return (await answer.json()).proof === (await expectedProof(nonce)); } catch { return false; }
}

// Waits until our server answers.
export async function served(onLost = () => {}) {
  for (let wait = 300; !speaks; wait = Math.min(wait * 2, 3000)) {
    try {
      if (await proves()) return;
      onLost(word("foreign"));
    } catch { onLost(word("lost")); }
    await pause(wait);
  }
}

const leaving = [];
// Asked before this page is left for another: whether it may be.
export function beforeLeaving(mayLeave) { leaving.push(mayLeave); }

export async function go(address) {
  for (const mayLeave of leaving) if (!(await mayLeave())) return;
  await served();
  location.href = address;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || link.getAttribute("href").startsWith("#")) return;
  event.preventDefault();
  go(link.href);
});

// A picture is asked for when it comes into sight, of our server alone.
const sights = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    if (!isIntersecting) continue;
    sights.unobserve(target);
    served().then(() => { target.src = target.dataset.src; });
  }
}, { rootMargin: "400px" });
export function inSight(picture) { sights.observe(picture); return picture; }

export async function get(path) {
  if (!(await proves())) throw new Error(word("foreign"));
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(word(answer.status === 401 ? "signed_out" : "failed"));
  return answer.json();
}

export function ticket() {
  return hex(crypto.getRandomValues(new Uint8Array(12)));
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Sends until an answer comes: the ticket in the body keeps a call that was sent twice from being done twice.
// A server that was started anew answers at the same address; one that does not know us any more says so, and the
// call waits here until the person has entered again in another tab, and has told a name.
export async function send(path, body, onLost = () => {}) {
  for (let wait = 300; ; wait = Math.min(wait * 2, 3000)) {
    let out = false, foreign = false;
    try {
      foreign = !(await proves(true));
      const answer = foreign ? null : await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const told = foreign || answer.status === 401 ? null : answer.status === 413 ? { why: "too_long" } : await answer.json();
      out = !foreign && (told === null || told.why === "no_name");
      if (!out && !foreign) return { status: answer.status, told };
    } catch { /* nobody answers, or a proxy in the server's place: asked again below */ }
    onLost(word(foreign ? "foreign" : out ? "signed_out" : "lost"));
    await pause(wait);
  }
}

// A key that belongs to an input method, to a field or to the browser is none of ours.
export function isOurs(event) {
  if (event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey) return false;
  return !event.target.closest("input, select, textarea, dialog");
}

// Tells of every decision, and after a connection was lost of the last one there is: between them much may have happened.
// A tab that nobody sees gives its connection up: browsers have few for one server, and people many tabs.
// `place` is the page that is looked at, as a query; `onHere` is told who is there, each time that this changes.
export function listen(onDecision, { place = "", onHere = () => {} } = {}) {
  let stop = null;
  const close = () => { stop?.abort(); stop = null; speaks = false; };
  const open = async () => {
    if (stop || document.visibilityState === "hidden") return;
    const mine = stop = new AbortController();
    while (!mine.signal.aborted) {
      try {
        await served();
        await heard(mine.signal, place, onDecision, onHere);
      } catch { /* it has ended: begun anew below */ }
      if (stop === mine) speaks = false;
      await pause(1000);
    }
  };
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  open();
}

// The server's events until they end, each a block of lines: its name, and its data.
async function heard(signal, place, onDecision, onHere) {
  const answer = await fetch(`/api/events${place}`, { signal });
  if (!answer.ok) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  speaks = true;
  for (let held = "", part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (held + part.value).split("\n\n");
    held = blocks.pop();
    for (const block of blocks) {
      const data = /^data: (.*)$/m.exec(block)?.[1];
      if (data === undefined) continue;
      if (/^event: here$/m.test(block)) { onHere(JSON.parse(data)); continue; }
      const ready = /^event: ready$/m.test(block);
      onDecision(ready ? { id: Number(data), issue: null, article: null, person: "" } : JSON.parse(data));
    }
  }
}
