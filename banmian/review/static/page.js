// The page under review: one suspect after the other, every decision a key away.

import { byId, go, isOurs, listen, make, word } from "./core.js";
import { commandList } from "./dialogs.js";
import { changes, count, load, redraw, turnText } from "./page/articles.js";
import { accept, choose, done, paragraph, refuse, step, type, unclear } from "./page/deciding.js";
import { atLost, nextLost } from "./page/lost.js";
import { find, goTo, move, next, nextArticle, nextSample, showLine, turn } from "./page/moving.js";
import { focus, paint } from "./page/place.js";
import { cutJump, divideLine, mark, markBox, markLine, moveArticle, moveBlock, moveBorder, structure, uniteLines, unmark } from "./page/repair.js";
import { drawPart, rereadLine, rereadPage, watchReading } from "./page/rereading.js";
import { at_, current, desk, elementOf, field, issue, name, page, placed, say, scan, SUBJECTS, whenSaved } from "./page/state.js";
import { assign, note, proof, showHere } from "./page/team.js";
import { edit, editLine, insert, selected, typed } from "./page/typing.js";
import { cleanText, isOn, pointed, reasonOf } from "./text.js";
import { toUnits } from "./units.js";

async function help() {
  const chosen = await commandList(SUBJECTS);
  if (chosen) KEYS[chosen]();
}

// What each command does, by its name in the declarations of keys; it is told which of its keys was pressed.
const COMMANDS = {
  next: () => next(1), previous: () => next(-1), move: (key) => move(key === "ArrowRight" ? 1 : -1), article: (key) => nextArticle(key === "]" ? 1 : -1),
  page: (key) => turn(key === "N" ? 1 : -1), batch: () => go("/"), find, help,
  replace: () => go(`/find?issue=${issue}&page=${page}&text=${encodeURIComponent(desk.focus && !desk.focus.sample ? desk.focus.text : "")}`),
  glyphs: () => go(`/glyphs?issue=${issue}&char=${encodeURIComponent([...(desk.focus?.text ?? "").trim()][0] ?? "")}`),
  accept, refuse, edit, line: editLine, insert: () => insert(false), append: () => insert(true), unclear, delete: () => type(""),
  undo: () => step("undo"), redo: () => step("redo"), split: () => paragraph(false), unsplit: () => paragraph(true), sample: nextSample, changes,
  structure, mark: markLine, mark_box: markBox, unmark, border: moveBorder, divide: divideLine, unite: uniteLines, jump: cutJump,
  block: (key) => moveBlock(key === "(" ? -1 : 1), piece: (key) => moveArticle(key === "{" ? -1 : 1),
  draw: drawPart, lost: nextLost, reread: rereadLine, reread_page: rereadPage, upright: turnText, overlay: () => byId("scan").classList.toggle("plain"),
  zoom: () => (desk.focus?.page === page ? scan.zoom(desk.focus.line, desk.focus.from, desk.focus.from + Math.max(1, desk.focus.end - desk.focus.start)) : scan.zoom(null)),
  done, proof, note, assign,
};

const KEYS = Object.fromEntries(SUBJECTS.flatMap((s) => s.keys).flatMap((c) => c.keys.map((key) => [key, () => COMMANDS[c.name](key)])));

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.target.closest("input, dialog") && ["z", "Z", "y"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "z" ? "undo" : "redo");
    return;
  }
  if (!isOurs(event) || (event.key === "Enter" && event.target.closest("button, a, summary"))) return;
  if (event.repeat && !["j", "k", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
  // A key for a place of lost text is for the one that is in focus when it acts: behind a decision that is the next.
  const lost = { n: ".read", x: ".nothing" }[event.key];
  const act = lost && atLost() ? () => atLost()?.querySelector(lost)?.click() : /^[1-9]$/.test(event.key) ? () => choose(Number(event.key) - 1) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  if (desk.saving === 0) { act(); return; }
  // What is still being saved moves the focus on; the next key waits for that, so that none hits the wrong place.
  // Behind a key that opens a field nothing is a command: it was meant for the field.
  if (desk.opening) return;
  desk.opening = ["e", "E", "i", "I", "/", "s", "t"].includes(event.key);
  desk.queue.then(() => setTimeout(() => { desk.opening = false; act(); }));
});

byId("articles").addEventListener("mousemove", (event) => {
  const found = pointed(event);
  if (!found || found.page !== page) return;
  scan.light(found.line, found.start, found.start + 1, false);
  if (found.edit) { const e = current()?.edits[found.edit] ?? [...desk.articles.values()].map((a) => a.edits[found.edit]).find(Boolean); if (e) found.span.title = `${word(`pass_${e.by}`)}: ${reasonOf(e)} (${e.confidence}) · ${word(`standing_${e.standing}`)}${e.person ? ` · ${e.person[0]}` : ""}`; }
});

byId("articles").addEventListener("click", (event) => {
  if (!event.shiftKey && selected()) return;
  const found = pointed(event), home = event.target.closest("article");
  if (!found || !home || event.target.closest("details")) return;
  const view = desk.articles.get(home.dataset.article);
  if (event.shiftKey) { mark(found.page, found.line); focus(view, at_(view, found.at), { scroll: false }); return; }
  if (found.edit) goTo(view, found.edit); else focus(view, at_(view, found.at), { scroll: false });
});

function onPoint(found) {
  byId("articles").querySelectorAll(".lit").forEach((n) => n.classList.remove("lit"));
  if (!found) return;
  const spans = [...byId("articles").querySelectorAll(`span[data-line="${CSS.escape(found.line)}"][data-page="${page}"]`)];
  spans.forEach((s) => s.classList.add("lit"));
  scan.light(found.line, found.start, (found.start ?? 0) + 1, false);
  if (found.start !== null) {
    const over = spans.filter((s) => Number(s.dataset.start) <= found.start && !s.classList.contains("e")).at(-1);
    if (over) { const at = Number(over.dataset.at) + found.start - Number(over.dataset.start); paint("glyph", [over], at, at + 1); }
  }
}

function onPick(found, shift) {
  if (shift) mark(page, found.line);
  const [view, at] = placed(found.line, found.start) ?? [];
  if (view) focus(view, at_(view, at));
}

byId("bar").addEventListener("input", (event) => {
  desk.bar = event.target.value / 100;
  localStorage.setItem("banmian-bar", event.target.value);
  for (const view of desk.articles.values()) {
    elementOf(view.id).querySelectorAll("[data-suspect]").forEach((n) => n.classList.toggle("on", isOn(view.suspects[n.dataset.suspect], desk.bar)));
  }
  count();
});

for (const [id, act] of [["previous", () => next(-1)], ["next", () => next(1)], ["accept", accept], ["refuse", refuse], ["edit", edit], ["structure", structure], ["undo", () => step("undo")], ["redo", () => step("redo")], ["done", done], ["help", help]]) byId(id).addEventListener("click", whenSaved(act));

// The first load is on its way when the listening begins, so that no decision falls between the two; until it has come
// nobody knows what is new, and a page that is being looked at is not laid out a second time for nothing.
const loaded = load();

listen(async (told) => {
  await loaded;
  if (told.id <= desk.last) return;
  await desk.queue;
  if (told.id <= desk.last) return;
  if (told.issue !== null && told.issue !== name) { desk.last = told.id; return; }
  await load();
  const view = current(), f = desk.focus;
  if (f && view && !typed() && document.activeElement !== field) focus(view, at_(view, Math.min(f.start, Math.max(0, cleanText(view).length - 1))), { scroll: false });
  say(told.person ?? "");
}, { place: `?issue=${issue}&page=${page}`, onHere: (people) => loaded.then(() => showHere(people)) });

try { await Promise.all([loaded, scan.open(onPoint, onPick)]); } catch (e) {
  byId("articles").replaceChildren(make("p", { class: "changed", role: "alert" }, e.message, " ", make("button", { onclick: () => location.reload() }, word("again"))));
  throw e;
}

redraw();
watchReading();
const asked = new URLSearchParams(location.search), wanted = asked.get("line"), at = desk.view.lines[wanted] && asked.get("at");
if (wanted) showLine(wanted, at ? toUnits(desk.view.lines[wanted].text, Number(at)) : null); else next(1, 0);
document.body.dataset.ready = "yes";
