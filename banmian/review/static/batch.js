import { byId, get, listen, make, send, word } from "./core.js";

const look = { stage: "", words: "", sort: "order" };
let shown = 0, total = 0, asked = 0, busy = false;

const per10000 = (share) => Math.round(share * 10000);

function card(c) {
  const picture = make("img", { src: `/small/${c.issue}/${c.page}.jpg`, alt: "", loading: "lazy" });
  const numbers = [];
  if (c.rate !== null) numbers.push(`${c.rate} ${word("per_10000")}`);
  if (c.uncovered >= 0.001) numbers.push(`${(100 * c.uncovered).toFixed(1)}% ${word("ink")}`);
  if (c.waiting) numbers.push(`${c.waiting} ${word("jumps")}`);
  return make("a", { class: `card ${c.stage}`, href: `/page/${c.issue}/${c.page}` }, picture,
    make("span", { class: "ti" }, c.title || c.shown),
    make("span", { class: "su" }, make("span", { class: "st" }, word(`stage_${c.stage}`)), `${c.name} · ${word("page", { n: c.page })}`),
    make("span", { class: "nu" }, c.fault ?? numbers.join(" · ")));
}

async function load(anew) {
  const mine = ++asked;
  const found = await get(`/api/batch?${new URLSearchParams({ ...look, start: anew ? 0 : shown })}`);
  if (mine !== asked) return;
  const cards = found.cards.map(card);
  if (anew) byId("cards").replaceChildren(...cards); else byId("cards").append(...cards);
  shown = (anew ? 0 : shown) + cards.length;
  total = found.total;
  byId("end").textContent = total === 0 ? word("none") : word("pages_n", { n: total });
  stages(found.stages);
  countSeen(found.cards);
}

function stages(counts) {
  const all = Object.values(counts).reduce((a, b) => a + b, 0);
  byId("stages").replaceChildren(...[["", all], ...Object.entries(counts).filter(([, n]) => n)].map(([stage, n]) =>
    make("button", { "aria-pressed": String(look.stage === stage), onclick: () => { look.stage = stage; load(true); } }, `${word(stage ? `stage_${stage}` : "all")} ${n}`)));
}

// Suspects are counted for the issues in sight first; what was counted once is kept in the workspace.
const counted = new Set();
async function countSeen(cards) {
  const issues = [...new Set(cards.filter((c) => c.rate === null && c.stage !== "unread").map((c) => c.issue))].filter((i) => !counted.has(i));
  if (busy || issues.length === 0) return;
  busy = true;
  for (const issue of issues) { counted.add(issue); await send(`/api/count/${issue}`, {}); }
  busy = false;
  refresh();
}

async function refresh() {
  const mine = ++asked;
  const upto = shown;
  const found = await get(`/api/batch?${new URLSearchParams({ ...look, start: 0 })}`);
  if (mine !== asked || upto > found.cards.length) return;
  byId("cards").replaceChildren(...found.cards.map(card));
  stages(found.stages);
}

byId("words").addEventListener("input", (e) => { if (!e.isComposing) { look.words = e.target.value; load(true); } });
byId("words").addEventListener("compositionend", (e) => { look.words = e.target.value; load(true); });
byId("sort").addEventListener("change", (e) => { look.sort = e.target.value; load(true); });
new IntersectionObserver((seen) => { if (seen[0].isIntersecting && shown && shown < total) load(false); }, { rootMargin: "600px" }).observe(byId("end"));
listen(async (told) => {
  const here = [...document.querySelectorAll(".card")].length;
  if (here) { clearTimeout(listen.timer); listen.timer = setTimeout(refresh, 800); }
});
get("/api/rate").then((r) => {
  if (r.lines) byId("rate").textContent = word("rate", { ...r, low: per10000(r.low), high: per10000(r.high) });
});
document.addEventListener("keydown", (e) => {
  if (e.key === "/" && !e.target.closest("input, select")) { e.preventDefault(); byId("words").focus(); }
});
load(true);
