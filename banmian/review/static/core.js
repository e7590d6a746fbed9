// What every view needs: words, elements made without markup, and calls to the server that survive a lost connection.

const words = JSON.parse(document.body.dataset.words);

// {n} is a value, {n|page|pages} a word for one or for many of it.
export function word(key, values = {}) {
  return (words[key] ?? key).replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => (one === undefined ? values[name] ?? whole : Number(values[name]) === 1 ? one : many));
}

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

export async function get(path) {
  const answer = await fetch(path);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

export function ticket() {
  return [...crypto.getRandomValues(new Uint8Array(12))].map((b) => b.toString(16).padStart(2, "0")).join("");
}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

// Sends until an answer comes: the ticket in the body keeps a call that was sent twice from being done twice.
// A server that was started anew answers at the same address; one that does not know us any more says so, and the
// call waits here until the person has entered again in another tab, and has told a name.
export async function send(path, body, onLost = () => {}) {
  for (let wait = 300; ; wait = Math.min(wait * 2, 3000)) {
    let out = false;
    try {
      const answer = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      const told = answer.status === 401 ? null : answer.status === 413 ? { why: "too_long" } : await answer.json();
      out = told === null || told.why === "no_name";
      if (!out) return { status: answer.status, told };
    } catch { /* nobody answers, or a proxy in the server's place: asked again below */ }
    onLost(word(out ? "signed_out" : "lost"));
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
export function listen(onDecision) {
  let source = null;
  const close = () => { source?.close(); source = null; };
  const open = () => {
    if (source || document.visibilityState === "hidden") return;
    const mine = source = new EventSource("/api/events");
    source.onmessage = (event) => onDecision(JSON.parse(event.data));
    source.addEventListener("ready", (event) => onDecision({ id: Number(event.data), issue: null, article: null, person: "" }));
    source.onerror = () => { if (mine === source && mine.readyState === EventSource.CLOSED) { close(); setTimeout(open, 2000); } };
  };
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? close() : open()));
  open();
}
