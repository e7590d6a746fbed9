// 纵校: all glyphs that were read as one character; the odd ones are marked and mended in one go.

import { byId, get, isOurs, listen, make, send, ticket, word } from "./core.js";

const grid = { char: "", glyphs: [], marked: new Set() };

async function characters() {
  const found = await get("/api/characters");
  byId("characters").replaceChildren(...found.slice(0, 2000).map(([c, n]) => make("button", { onclick: () => open(c), "data-char": c, "aria-pressed": "false" }, c, make("small", {}, ` ${n}`))));
}

async function open(char) {
  const found = await get(`/api/glyphs?char=${encodeURIComponent(char)}`);
  Object.assign(grid, { char, glyphs: found.glyphs, marked: new Set() });
  byId("sheet").hidden = found.glyphs.length === 0;
  byId("which").setCustomValidity(found.glyphs.length ? "" : word("grid_none"));
  byId("which").reportValidity();
  for (const b of byId("characters").children) b.setAttribute("aria-pressed", String(b.dataset.char === char));
  byId("char").textContent = char;
  byId("grid").replaceChildren(...found.glyphs.map((g, n) => {
    const cell = make("button", { class: `glyph${g.odd ? " odd" : ""}${g.now !== char ? " mended" : ""}`, "data-n": n, "aria-pressed": "false", "aria-label": g.context.join(""), tabindex: n ? "-1" : "0" });
    cell.style.backgroundImage = `url("/glyphs/${found.sheet}.png")`;
    cell.style.backgroundPosition = `-${(n % found.columns) * found.cell}px -${Math.floor(n / found.columns) * found.cell}px`;
    return cell;
  }));
  tell();
  byId("grid").firstElementChild?.focus();
}

function tell() { byId("marked").textContent = word("grid_correct", { n: grid.marked.size }); }

function toggle(cell) {
  const n = Number(cell.dataset.n);
  if (grid.glyphs[n].now !== grid.char) return;
  if (!grid.marked.delete(n)) grid.marked.add(n);
  cell.classList.toggle("marked", grid.marked.has(n));
  cell.setAttribute("aria-pressed", String(grid.marked.has(n)));
  tell();
}

function context(cell) {
  const g = grid.glyphs[Number(cell.dataset.n)];
  const now = g.now !== grid.char ? ` · ${word("grid_now", { c: g.now || "∅" })}` : "";
  const flat = (text) => text.replaceAll("\n", " ");
  const [before, itself, behind] = g.context.map(flat);
  byId("context").replaceChildren(before, make("mark", {}, itself), behind, make("span", { class: "soft" }, `  ${g.issue} · ${word("page", { n: g.place[1] })} · ${g.confidence}${now} `), make("a", { class: "quiet", href: `/page/${g.place[0]}/${g.place[1]}?line=${encodeURIComponent(g.place[2])}` }, `${word("page", { n: g.place[1] })} →`));
}

byId("which").addEventListener("input", (e) => {
  const char = [...e.target.value].at(-1);
  if (!e.isComposing && char) open(char);
});
byId("which").addEventListener("compositionend", (e) => { const char = [...e.target.value].at(-1); if (char) open(char); });
byId("grid").addEventListener("click", (e) => { const cell = e.target.closest(".glyph"); if (cell) toggle(cell); });
byId("grid").addEventListener("focusin", (e) => { const cell = e.target.closest(".glyph"); if (cell) context(cell); });
byId("grid").addEventListener("mouseover", (e) => { const cell = e.target.closest(".glyph"); if (cell) context(cell); });
byId("grid").addEventListener("keydown", (e) => {
  const cell = e.target.closest(".glyph");
  if (!cell) return;
  const cells = [...byId("grid").children], across = cells.filter((c) => c.offsetTop === cells[0].offsetTop).length;
  const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[e.key];
  if (by) { e.preventDefault(); byId("grid").children[Number(cell.dataset.n) + by]?.focus(); }
  if (e.key === "Escape") byId("which").focus();
  if (e.key === " ") { e.preventDefault(); toggle(cell); }
  if (e.key === "Enter") { e.preventDefault(); byId("new").focus(); }
});
byId("mend").addEventListener("submit", async (e) => {
  e.preventDefault();
  const marked = [...grid.marked].map((n) => grid.glyphs[n]), text = byId("new").value;
  if (!marked.length || !text || text === grid.char) return;
  const revisions = Object.fromEntries(marked.map((g) => [`${g.issue}/${g.article}`, g.revision]));
  const mine = ticket();
  const answer = await send("/api/glyphs/mend", { char: grid.char, text, ticket: mine, places: marked.map((g) => g.place), revisions });
  if (answer.status === 200) {
    byId("new").value = "";
    grid.last = { of: mine, issues: [...new Set(marked.map((g) => g.place[0]))] };
    byId("undo").hidden = false;
    await open(grid.char);
    return;
  }
  await stillMarked(marked.map((g) => JSON.stringify(g.place)));
  byId("context").textContent = word(answer.told.why);
});
// What was mended in one go is taken back in one go.
async function undo() {
  if (!grid.last) return;
  const answer = await send("/api/glyphs/undo", { ...grid.last, ticket: ticket() });
  grid.last = null;
  byId("undo").hidden = true;
  await open(grid.char);
  if (answer.status !== 200) byId("context").textContent = word(answer.told.why);
}
byId("undo").addEventListener("click", undo);
document.addEventListener("keydown", (e) => { if (e.key === "u" && isOurs(e)) { e.preventDefault(); undo(); } });

// After someone was faster: the glyphs as they are now, those still marked that were, so that one more Enter decides.
async function stillMarked(places) {
  const text = byId("new").value;
  await open(grid.char);
  for (const cell of byId("grid").children) if (places.includes(JSON.stringify(grid.glyphs[Number(cell.dataset.n)].place))) toggle(cell);
  byId("new").value = text;
  byId("new").focus();
}

characters();
