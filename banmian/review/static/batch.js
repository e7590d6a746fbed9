import { byId, faultOf, get, inSight, isOurs, listen, make, send, word } from "./core.js";

const look = { stage: "", words: "", sort: "order", assigned: "", asked: "", within: "" };
const STRETCH = 60; // cards that come at a time
let shown = 0, total = 0, asked = 0, busy = false, last = null;

const per10000 = (share) => Math.round(share * 10000);

function card(c) {
  const picture = inSight(make("img", { "data-src": `/small/${c.issue}/${c.page}.jpg`, alt: "" }));
  const numbers = [];
  if (c.rate !== null) numbers.push(`${c.rate} ${word("per_10000")}`);
  if (c.uncovered >= 0.001) numbers.push(`${(100 * c.uncovered).toFixed(1)}% ${word("ink")}`);
  if (c.lost) numbers.push(word("lost_n", { n: c.lost }));
  if (c.waiting) numbers.push(`${c.waiting} ${word("jumps")}`);
  return make("a", { class: `card ${c.stage}`, href: `/page/${c.issue}/${c.page}`, title: c.fault ? faultOf(c.fault) : c.title }, picture,
    make("span", { class: "ti" }, c.title || c.shown),
    make("span", { class: "su" }, make("span", {}, look.sort === "order" ? word("page", { n: c.page }) : `${c.name} · ${word("page", { n: c.page })}`), make("span", { class: "st" }, word(`stage_${c.stage}`))),
    c.assigned || c.questions || c.here.length ? make("span", { class: "te" }, ...teamOf(c)) : null,
    make("span", { class: "nu" }, c.fault ? faultOf(c.fault) : numbers.join(" · ")));
}

// Whose page it is, what colleagues are asked there, and who is on it now.
function teamOf(c) {
  const parts = [];
  if (c.questions) parts.push(make("b", { class: "flag" }, `⚑ ${word("questions_n", { n: c.questions })}`));
  if (c.assigned) parts.push(make("span", {}, word("assigned_to", { name: c.assigned })));
  if (c.here.length) parts.push(make("span", {}, word("here", { names: c.here.join("、") })));
  return parts;
}

// The cards, in the order of the batch each issue under its name.
function laid(cards, after) {
  const made = [];
  let name = after;
  for (const c of cards) {
    if (look.sort === "order" && c.name !== name) made.push(make("h2", {}, c.name, make("small", {}, word("issue_n", c.of)), make("small", {}, make("a", { class: "quiet", href: `/metadata/${c.issue}` }, word("metadata")))));
    name = c.name;
    made.push(card(c));
  }
  return made;
}

async function load(anew) {
  const mine = ++asked, start = anew ? 0 : shown;
  const found = await get(`/api/batch?${new URLSearchParams({ ...look, start })}`);
  if (mine !== asked) return;
  const cards = laid(found.cards, anew ? null : last);
  if (anew) replaced(cards); else byId("cards").append(...cards);
  last = found.cards.at(-1)?.name ?? last;
  shown = start + found.cards.length;
  total = found.total;
  byId("end").textContent = total === 0 ? word("none") : word("pages_n", { n: total });
  stages(found.stages);
  teamFilters(found);
  countSeen(found.cards);
}

function teamFilters({ mine, asked: questions }) {
  byId("team").hidden = !mine && !questions && !look.assigned && !look.asked;
  for (const [id, key, n, on] of [["mine", "filter_mine", mine, look.assigned], ["asked", "filter_asked", questions, look.asked]]) {
    byId(id).textContent = `${word(key)} ${n}`;
    byId(id).setAttribute("aria-pressed", String(Boolean(on)));
    byId(id).hidden = !n && !on;
  }
}

// New cards in the place of the old ones; the one that had the focus has it still.
function replaced(cards) {
  const held = document.activeElement?.closest?.(".card")?.getAttribute("href");
  byId("cards").replaceChildren(...cards);
  if (held) byId("cards").querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

// What has changed is shown where that moves nothing away under the reader: anew within the first stretch, in place
// where more was unrolled.
async function refresh() {
  if (shown <= STRETCH) { await load(true); return; }
  for (let start = 0; start < shown; start += STRETCH) {
    const found = await get(`/api/batch?${new URLSearchParams({ ...look, start })}`);
    for (const c of found.cards) byId("cards").querySelector(`[href="/page/${c.issue}/${c.page}"]:not(:focus)`)?.replaceWith(card(c));
    stages(found.stages);
  }
}

function stages(counts) {
  const all = Object.values(counts).reduce((a, b) => a + b, 0);
  const held = document.activeElement?.dataset?.stage;
  byId("stages").replaceChildren(...[["", all], ...Object.entries(counts).filter(([, n]) => n)].map(([stage, n]) =>
    make("button", { "data-stage": stage, "aria-pressed": String(look.stage === stage), onclick: () => { look.stage = stage; load(true); } }, `${word(stage ? `stage_${stage}` : "all")} ${n}`)));
  if (held !== undefined) byId("stages").querySelector(`[data-stage="${held}"]`)?.focus();
}

// Suspects are counted for the issues in sight first; what was counted once is kept in the workspace.
// An issue that was decided about since is counted anew; one that cannot be counted is not asked for again and again.
const tried = new Map();
async function countSeen(cards) {
  const issues = [...new Set(cards.filter((c) => !c.fresh && c.stage !== "unread").map((c) => c.issue))].filter((i) => (tried.get(i) ?? 0) < 2);
  if (busy || issues.length === 0) return;
  busy = true;
  for (const issue of issues) { tried.set(issue, (tried.get(issue) ?? 0) + 1); await send(`/api/count/${issue}`, {}); }
  busy = false;
  refresh();
}

// The first page that waits for a review.
async function onward() {
  const { next } = await get("/api/next/0/0");
  byId("onward").hidden = !next;
  if (next) byId("onward").href = `/page/${next[0]}/${next[1]}`;
}

// Titles are looked through while they are typed; the full text waits for a pause.
function sought(e) {
  clearTimeout(sought.timer);
  const go_ = () => { look.words = e.target.value; load(true); };
  if (look.within) sought.timer = setTimeout(go_, 500); else go_();
}
byId("words").addEventListener("input", (e) => { if (!e.isComposing) sought(e); });
byId("words").addEventListener("compositionend", sought);
byId("within").addEventListener("click", () => {
  look.within = look.within ? "" : "text";
  byId("within").setAttribute("aria-pressed", String(Boolean(look.within)));
  if (look.words) load(true); else byId("words").focus();
});
byId("mine").addEventListener("click", () => { look.assigned = look.assigned ? "" : "me"; load(true); });
byId("asked").addEventListener("click", () => { look.asked = look.asked ? "" : "yes"; load(true); });
byId("sort").addEventListener("change", (e) => { look.sort = e.target.value; load(true); });
new IntersectionObserver((seen) => { if (seen[0].isIntersecting && shown && shown < total) load(false); }, { rootMargin: "600px" }).observe(byId("end"));
listen((told) => {
  if (told.issue === null) return;
  clearTimeout(listen.timer);
  listen.timer = setTimeout(() => { tried.clear(); refresh(); onward(); }, 800);
});
get("/api/rate").then((r) => {
  if (r.lines) byId("rate").textContent = word("rate", { ...r, low: per10000(r.low), high: per10000(r.high) });
});
document.addEventListener("keydown", (e) => {
  if (!isOurs(e)) return;
  const cards = [...document.querySelectorAll(".card")], at = cards.indexOf(document.activeElement);
  const across = cards.filter((c) => c.offsetTop === (cards[Math.max(at, 0)]?.offsetTop ?? 0)).length;
  const by = { ArrowRight: 1, ArrowLeft: -1, j: 1, k: -1, ArrowDown: across, ArrowUp: -across }[e.key];
  if (by) { e.preventDefault(); (at < 0 ? cards[0] : cards[at + by])?.focus(); }
  if (e.key === "/") { e.preventDefault(); byId("words").focus(); }
  if (e.key === "n" && !byId("onward").hidden) byId("onward").click();
});
onward();
try { await load(true); } catch (e) {
  byId("end").replaceChildren(make("span", { class: "alarm", role: "alert" }, e.message), " ", make("button", { onclick: () => location.reload() }, word("again")));
  throw e;
}
document.body.dataset.ready = "yes";
