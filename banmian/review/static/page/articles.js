// The articles as they are shown: loaded, put in the place of their former selves, counted; and where the place in work is then.

import { byId, faultOf, get, make, word } from "../core.js";
import { articleElement, cleanText, isOn, renewed, spansAt, visible } from "../text.js";
import { articleIn, carried, pageIn } from "../units.js";
import { pass } from "./deciding.js";
import { lostList } from "./lost.js";
import { goTo, showLine } from "./moving.js";
import { clearPanel, focus, paint, panel } from "./place.js";
import { cutAt, dropPiece, joinFrom } from "./repair.js";
import { showReading } from "./rereading.js";
import { at_, current, desk, elementOf, issue, lineIn, page, placed, scan } from "./state.js";
import { noteList, paintNotes, showHere, teamStrip } from "./team.js";
import { typed, unsaved } from "./typing.js";

export async function load() {
  const view = pageIn(await get(`/api/page/${issue}/${page}`)), was = current(), f = desk.focus;
  if (!desk.view) setBar(view.bar);
  desk.view = view;
  desk.last = Math.max(desk.last, view.last);
  desk.articles = new Map(view.articles.map((a) => [a.id, a]));
  byId("readings").hidden = !Object.values(view.lines).some((l) => Object.keys(l.others).length); // its room stays, so that nothing jumps
  if (!desk.articles.has(desk.here)) desk.here = view.articles[0]?.id ?? null;
  const trouble = view.fault ? [make("p", { class: "changed" }, `${word("trouble")}: ${faultOf(view.fault)}`)] : [];
  teamStrip(view);
  byId("articles").replaceChildren(...noteList(view), make("p", { id: "rereading", class: "changed", role: "status", hidden: true }), ...trouble, ...unsaved(), ...lostList(view), ...view.changed.map(changedGround), ...view.articles.map(element),
    ...(view.articles.length ? [] : [make("p", { class: "soft" }, word("page_empty"))]));
  byId("done").textContent = word(view.done ? "done_unmark" : "done_mark");
  showHere(desk.others ?? []);
  showReading();
  redraw();
  count();
  paintNotes();
  if (!view.articles.length) clearPanel();
  else if (f && was && desk.focus === f) follow(was, current());
}

const ACTS = { pass, goTo, cut: (v, run) => cutAt(v, run[2], run[3]), join: joinFrom, drop: dropPiece, show: (v) => showLine(v.lines[0]?.[1]), upright: () => localStorage.getItem("banmian-level") === null };

function element(view) {
  const made = articleElement(view, desk.bar, ACTS);
  made.classList.toggle("here", view.id === desk.here);
  return made;
}

function changedGround(c) {
  return make("p", { class: "changed" }, `${word("ground_changed")} (${c.person}, ${c.time.slice(0, 10)}): ${word("ground_was")} `, make("b", {}, visible(c.before) || "∅"),
    ` · ${word("ground_decided")} `, make("b", {}, visible(c.after) || "∅"), ` · ${word("ground_now")} `, make("b", {}, c.now === null ? "∅" : visible(c.now)), " ",
    make("button", { onclick: () => showLine(c.line) }, "→"));
}

export function redraw() {
  const homes = {};
  [...desk.articles.values()].forEach((a, n) => a.lines.forEach(([p, , , region]) => { if (p === page && region) homes[region] = n; }));
  scan.draw(desk.view, homes);
}

export function put(told) {
  const was = desk.articles.get(told.id), f = desk.focus;
  if (!was) return false;
  const view = articleIn(told, page, desk.view.lines);
  desk.articles.set(view.id, view);
  if (!renewed(elementOf(view.id), was, view, desk.bar, ACTS)) elementOf(view.id).replaceWith(element(view));
  paintNotes();
  if (f && desk.here === view.id) follow(was, view);
  return true;
}

// The place in work, after its article was laid out anew: where it stands now. What is being typed stays in its field,
// with the text that it was begun on.
function follow(was, view) {
  const f = desk.focus;
  if (!view || was.id !== view.id || !lineIn(view, f.page, f.line).length) { if (!typed()) beside(view, f); return; }
  const text = cleanText(view), length = f.end - f.start, inLine = startInLine(view, f);
  const byLine = inLine !== null && text.slice(inLine, inLine + length) === f.text;
  const start = byLine ? inLine : carried(cleanText(was), text, f.start), end = byLine ? start + length : Math.max(start, carried(cleanText(was), text, f.end));
  const shown = spansAt(elementOf(view.id), start, end);
  paint("glyph", shown, start, end);
  if (typed() || f.sent !== undefined) return;
  Object.assign(f, { start, end, base: view });
  if (text.slice(start, end) !== f.text) { f.text = text.slice(start, end); panel(view, f); }
}

// The line in work wherever it stands now; where it is gone, what stands in its place.
function beside(view, f) {
  if (!placed(f.line) && view?.text) focus(view, at_(view, Math.min(f.start, view.text.length - 1))); else showLine(f.line);
}

// Where the recognized character at which the place in work begins stands now; null where an edit has taken its place.
function startInLine(view, f) {
  const run = lineIn(view, f.page, f.line).find((r) => r[5] === null && r[4] <= f.from && f.from < r[4] + r[0].length);
  return run ? run[1] + f.from - run[4] : null;
}

// What the bar means: how many suspects are left, and how many of all the errors that are to be expected lie below it,
// those among them that somebody has already looked at.
export function count() {
  let n = 0, among = 0, all = 0;
  for (const a of desk.articles.values()) {
    n += a.suspects.filter((s) => isOn(s, desk.bar)).length;
    for (const [percent, errors] of a.expected) { all += errors; if (percent < 100 * desk.bar) among += errors; }
  }
  const share = all > 0 ? ` · ${word("share", { p: Math.round((100 * among) / all) })}` : "";
  byId("count").textContent = `${desk.bar.toFixed(2)} · ${word("suspects_n", { n })}${share}`;
  for (const a of desk.articles.values()) {
    const on = a.suspects.filter((s) => isOn(s, desk.bar)).length;
    elementOf(a.id).querySelector(".count").textContent = on ? word("suspects_n", { n: on }) : word("no_suspects");
  }
}

// What was moved is followed with the eye: the place in work is in sight wherever it stands now.
export function inSightAgain() {
  const view = current(), f = desk.focus;
  if (view && f && lineIn(view, f.page, f.line).length) spansAt(elementOf(view.id), f.start, Math.max(f.end, f.start + 1))[0]?.scrollIntoView({ block: "nearest" });
}

// Vertical articles stand as they are printed, or lie as other text does.
export function turnText() {
  if (localStorage.getItem("banmian-level") === null) localStorage.setItem("banmian-level", "1"); else localStorage.removeItem("banmian-level");
  for (const view of desk.articles.values()) elementOf(view.id).replaceWith(element(view));
  const view = current();
  if (view && desk.focus) focus(view, desk.focus);
}

export function changes() {
  const list = elementOf(desk.here)?.querySelector("details");
  if (!list) return;
  list.open = !list.open;
  list.querySelector("summary").focus();
  list.scrollIntoView({ block: list.open ? "start" : "nearest" }); // what opens is read from its head
}

// The bar begins where most of the page's expected errors lie below it, and stays where its person has set it.
function setBar(usual) {
  const kept = localStorage.getItem("banmian-bar");
  byId("bar").value = kept !== null && Number.isFinite(Number(kept)) ? kept : usual;
  desk.bar = byId("bar").value / 100;
}
