// 纵校: all glyphs that were read as one character, or the odd ones of all characters; they are marked and mended in one
// go, and what was looked through is noted.

import { byId, get, isOurs, listen, make, send, ticket, word } from "./core.js";

// `char` is null where the odd glyphs of all characters are shown; `kept` are marks of sheets that are not shown now.
const grid = { issue: "", char: null, shown: null, glyphs: [], marked: new Set(), kept: new Map(), characters: new Map(), asked: 0 };
const nameOf = (g) => JSON.stringify(g.place);
const query = (values) => new URLSearchParams(Object.entries(values).filter(([, v]) => v !== "" && v !== null)).toString();

function say(text, bad = false) {
  byId("state").textContent = text;
  byId("state").classList.toggle("bad", bad);
  clearTimeout(say.timer);
  if (bad) say.timer = setTimeout(() => say(""), 6000);
}

// --- the characters --------------------------------------------------------------------------------------------------

// The list grows while pages are counted; once all are, it stands in its order.
async function characters() {
  clearTimeout(characters.timer);
  const mine = (characters.call = {});
  let found;
  try { found = await get(`/api/characters?${query({ issue: grid.issue })}`); } catch (e) { if (mine === characters.call) { say(e.message, true); characters.timer = setTimeout(characters, 3000); } return; }
  if (mine !== characters.call) return;
  const counting = found.counted < found.pages, comparing = grid.shown === "odd" && found.compared < found.issues;
  list(found.characters, counting && grid.issue === "");
  byId("progress").textContent = counting && grid.issue === "" ? word("grid_counting", { n: found.counted, of: found.pages })
    : comparing ? word("grid_comparing", { n: found.compared, of: found.issues }) : "";
  if (comparing || (counting && grid.issue === "")) characters.timer = setTimeout(characters, 1000);
  if (grid.shown === "odd" && grid.next !== null && found.compared > grid.compared && !grid.glyphs.length) open({ start: grid.next });
  else if (grid.shown === "odd" && found.compared > grid.compared) portion();
  grid.compared = found.compared;
}

function list(found, grows) {
  const place = byId("characters"), focused = document.activeElement?.dataset?.char;
  if (!grid.characters.size) place.replaceChildren();
  const now = new Map();
  for (const [char, n, checked, person] of found) {
    let button = grid.characters.get(char);
    if (!button) {
      button = make("button", { "data-char": char, "aria-pressed": String(grid.char === char) }, char, make("small", {}));
      if (grows) place.append(button);
    }
    button.lastChild.textContent = ` ${n}${checked ? " ✓" : ""}`;
    button.title = checked ? word("grid_checked_by", { name: person }) : "";
    button.classList.toggle("checked", checked);
    button.dataset.n = n;
    now.set(char, button);
  }
  grid.characters = now;
  if (!grows) {
    if ([...now.values()].some((b, n) => place.children[n] !== b) || place.children.length !== now.size) place.replaceChildren(...now.values());
    if (focused && document.activeElement?.dataset?.char !== focused) now.get(focused)?.focus();
  }
  if (!now.size && !grows) place.replaceChildren(make("p", { class: "soft" }, word("grid_empty")));
}

byId("characters").addEventListener("click", (e) => { const b = e.target.closest("[data-char]"); if (b) open({ char: b.dataset.char }); });

// --- a sheet ---------------------------------------------------------------------------------------------------------

async function open({ char = grid.char, start = 0, then = null } = {}) {
  keepMarks();
  const mine = ++grid.asked;
  byId("grid").setAttribute("aria-busy", "true");
  say(word("loading"));
  let found;
  try { found = await get(`/api/glyphs${char === null ? "/odd" : ""}?${query({ char, issue: grid.issue, start: start || "" })}`); } catch (e) { if (mine === grid.asked) say(e.message, true); return; }
  if (mine !== grid.asked) return; // something else was asked for since
  if (!found.glyphs.length && found.counting) { say(word("grid_counts")); await new Promise((on) => setTimeout(on, 700)); if (mine === grid.asked) await open({ char, start, then }); return; }
  say("");
  byId("grid").removeAttribute("aria-busy");
  Object.assign(grid, { char, shown: char ?? "odd", start, next: found.next, seen: found.seen, of: found.pages, total: found.total, glyphs: found.glyphs, marked: new Set(grid.kept.get(char) ?? []) });
  history.replaceState(null, "", `/glyphs?${query({ char: char ?? "", odd: char === null ? "1" : "", issue: grid.issue })}`);
  byId("odd").setAttribute("aria-pressed", String(char === null));
  const none = char !== null && !found.glyphs.length;
  byId("sheet").hidden = none;
  byId("which").setCustomValidity(none ? word("grid_none") : "");
  byId("which").reportValidity();
  for (const [c, b] of grid.characters) b.setAttribute("aria-pressed", String(c === char));
  byId("char").textContent = char ?? "";
  byId("grid").replaceChildren(...found.glyphs.map((g, n) => cellOf(g, n, found)));
  portion();
  tell();
  if (!found.glyphs.length) byId("context").textContent = char === null ? word(found.next === null ? "grid_no_odd" : "grid_wait") : "";
  if (then) then(); else byId("grid").firstElementChild?.focus();
  if (char === null) characters();
}

function cellOf(g, n, found) {
  const marked = grid.marked.has(nameOf(g));
  const cell = make("button", { class: `glyph${g.odd && grid.char !== null ? " odd" : ""}${g.now !== g.place[4] ? " mended" : ""}${marked ? " marked" : ""}`, "data-n": n, "aria-pressed": String(marked), "aria-label": g.context.join(""), tabindex: n ? "-1" : "0" });
  cell.style.backgroundImage = `url("/glyphs/${found.sheet}.png")`;
  cell.style.backgroundPosition = `-${(n % found.columns) * found.cell}px -${Math.floor(n / found.columns) * found.cell}px`;
  if (grid.char === null) cell.append(make("i", {}, g.place[4]));
  return cell;
}

// What of the whole is shown, and what the key for checked does now.
function portion() {
  const more = grid.next !== null;
  byId("portion").textContent = grid.char === null ? word("grid_odd_n", { n: grid.glyphs.length, seen: grid.seen, of: grid.of })
    : word(more || grid.start ? "grid_part" : "grid_whole", { n: grid.glyphs.length, total: grid.total, seen: grid.seen, of: grid.of });
  const checked = grid.char !== null && grid.characters.get(grid.char)?.classList.contains("checked");
  byId("check").replaceChildren(word(checked ? "grid_uncheck" : more && grid.char !== null ? "grid_more" : "grid_check"), " ", make("kbd", {}, "d"));
}

function tell() { byId("marked").textContent = word("grid_correct", { n: grid.marked.size }); }

function toggle(cell) {
  const g = grid.glyphs[Number(cell.dataset.n)], name = nameOf(g);
  if (g.now !== g.place[4]) return;
  if (!grid.marked.delete(name)) grid.marked.add(name);
  cell.classList.toggle("marked", grid.marked.has(name));
  cell.setAttribute("aria-pressed", String(grid.marked.has(name)));
  tell();
}

// Marks stay with their character until they are applied or taken off.
function keepMarks() {
  if (grid.shown === null) return;
  if (grid.marked.size) grid.kept.set(grid.char, grid.marked); else grid.kept.delete(grid.char);
}

function context(cell) {
  const g = grid.glyphs[Number(cell.dataset.n)];
  const now = g.now !== g.place[4] ? ` · ${word("grid_now", { c: g.now || "∅" })}` : "";
  const [before, itself, behind] = g.context.map((text) => text.replaceAll("\n", " "));
  byId("context").replaceChildren(before, make("mark", {}, itself), behind, make("span", { class: "soft" }, `  ${g.issue} · ${word("page", { n: g.place[1] })} · ${g.confidence}${now} `),
    make("a", { class: "quiet", href: `/page/${g.place[0]}/${g.place[1]}?${query({ line: g.place[2], at: g.place[3] })}` }, `${word("grid_there")} →`));
}

// --- deciding --------------------------------------------------------------------------------------------------------

byId("mend").addEventListener("submit", async (e) => {
  e.preventDefault();
  const marked = grid.glyphs.filter((g) => grid.marked.has(nameOf(g))), text = byId("new").value;
  if (!marked.length) { say(word("grid_mark_first"), true); return; }
  if (!text || marked.some((g) => g.place[4] === text)) { say(word("no_change"), true); return; }
  const revisions = Object.fromEntries(marked.map((g) => [`${g.issue}/${g.article}`, g.revision]));
  const mine = ticket();
  say(word("saving"));
  const answer = await send("/api/glyphs/mend", { text, ticket: mine, places: marked.map((g) => g.place), revisions }, (told) => say(told, true));
  if (answer.status === 200) {
    byId("new").value = "";
    for (const g of marked) grid.marked.delete(nameOf(g));
    grid.last = { of: mine, issues: [...new Set(marked.map((g) => g.place[0]))] };
    byId("undo").hidden = false;
    const at = marked[0] && grid.glyphs.indexOf(marked[0]);
    await open({ start: grid.start, then: () => { (byId("grid").children[at] ?? byId("grid").firstElementChild)?.focus(); say(word("kept")); } });
    return;
  }
  // After someone was faster: the glyphs as they are now, still marked, so that one more Enter decides.
  await open({ start: grid.start, then: () => { byId("new").value = text; byId("new").focus(); } });
  byId("context").textContent = word(answer.told.why);
});

// What was mended in one go is taken back in one go.
async function undo() {
  if (!grid.last) return;
  const answer = await send("/api/glyphs/undo", { ...grid.last, ticket: ticket() }, (told) => say(told, true));
  grid.last = null;
  byId("undo").hidden = true;
  await open({ start: grid.start });
  if (answer.status !== 200) byId("context").textContent = word(answer.told.why);
}

// All that is shown was looked through: on to the rest of it, or to the next character that nobody has checked.
async function check() {
  if (grid.shown === null) return;
  if (grid.marked.size) { say(word("grid_marked_left", { n: grid.marked.size }), true); return; }
  const char = grid.char, checked = char !== null && grid.characters.get(char)?.classList.contains("checked");
  if (char !== null && grid.next !== null && !checked) { await open({ start: grid.next }); return; }
  const places = char === null ? grid.glyphs.map((g) => g.place) : [];
  if (char === null && !places.length && grid.next === null) return;
  const wish = { checked: !checked, issue: Number(grid.issue || 0), char: char ?? "", glyphs: grid.total, places };
  const answer = char === null && !places.length ? { status: 200 } : await send("/api/glyphs/checked", wish, (told) => say(told, true));
  if (answer.status !== 200) { say(word(answer.told.why), true); return; }
  await characters();
  if (char === null) { await open({ start: grid.next ?? 0 }); return; }
  if (checked) { portion(); return; }
  const names = [...grid.characters.keys()], at = names.indexOf(char);
  const next = [...names.slice(at + 1), ...names.slice(0, at)].find((c) => !grid.characters.get(c).classList.contains("checked"));
  if (next) await open({ char: next }); else { portion(); say(word("grid_all_checked")); }
}

// --- keys and fields -------------------------------------------------------------------------------------------------

function which() {
  const char = [...byId("which").value].at(-1);
  if (char) open({ char });
}
byId("which").addEventListener("input", (e) => { if (!e.isComposing) which(); });
byId("which").addEventListener("compositionend", which);
byId("issue").addEventListener("change", () => {
  keepMarks();
  grid.issue = byId("issue").value;
  grid.characters = new Map();
  characters();
  if (grid.shown !== null) open();
});
byId("odd").addEventListener("click", () => open({ char: null }));
byId("unchecked").addEventListener("click", () => {
  const only = byId("characters").classList.toggle("unchecked");
  byId("unchecked").setAttribute("aria-pressed", String(only));
});
byId("check").addEventListener("click", check);
byId("undo").addEventListener("click", undo);
byId("grid").addEventListener("click", (e) => { const cell = e.target.closest(".glyph"); if (cell) toggle(cell); });
for (const event of ["focusin", "mouseover"]) byId("grid").addEventListener(event, (e) => { const cell = e.target.closest(".glyph"); if (cell) context(cell); });
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
document.addEventListener("keydown", (e) => {
  const act = isOurs(e) && !e.repeat && { u: undo, d: check }[e.key];
  if (act) { e.preventDefault(); act(); }
});

// Marks and a text that is not applied: leaving asks once.
const waits = () => grid.marked.size > 0 || [...grid.kept.values()].some((m) => m.size) || byId("new").value !== "";
addEventListener("beforeunload", (e) => { if (waits()) e.preventDefault(); });

const asked = new URLSearchParams(location.search);
grid.issue = [...byId("issue").options].some((o) => o.value === asked.get("issue")) ? asked.get("issue") : "";
byId("issue").value = grid.issue;
characters();
if (asked.get("char")) open({ char: [...asked.get("char")][0] }); else if (asked.get("odd")) open({ char: null });
