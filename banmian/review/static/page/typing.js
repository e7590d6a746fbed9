// What is typed: kept wherever its person goes, and never thrown away.

import { beforeLeaving, byId, make, ticket, word } from "../core.js";
import { draftAt, draftsOf, dropDraft, placeOf, setDraft } from "../drafts.js";
import { cleanText, visible } from "../text.js";
import { carried, graphemeAt, graphemes } from "../units.js";
import { decide, type, verdict } from "./deciding.js";
import { focus, panel } from "./place.js";
import { at_, current, desk, field, lineIn, name, page, placed, say } from "./state.js";

// A field has one line: the browser leaves line breaks out of what stands in it.
export const inField = (text) => text.replace(/[\r\n]/g, "");

export function shownText(text) {
  field.value = inField(text);
  field.classList.toggle("unsaved", typed());
}

// Whether the field holds what is neither saved nor on its way.
export function typed() {
  const f = desk.focus;
  return Boolean(f) && f.text !== undefined && field.value !== inField(f.sent ?? f.text);
}

// What was typed is saved, wherever its person went: to a button, to another place, to another page.
export function keep() {
  const f = desk.focus;
  if (!typed() || field.composing) return;
  if (f.sample) { verdict(null); return; }
  sendText(f, field.value, () => {
    const view = current();
    if (desk.focus !== f || !view) return;
    const at = carried(cleanText(f.base), cleanText(view), f.start);
    focus(view, { ...at_(view, at), kept: true }, { scroll: false });
  });
}

export function sendText(f, text, then) {
  const from = { place: placeOf(name, f), id: ticket(), f };
  setDraft(from.place, text, from.id);
  f.sent = text;
  shownText(text);
  return decide(f.base, { type: "type", start: f.start, end: f.end, was: f.text, text }, { then, from });
}

// What could not be saved is in the field again, and stays marked until it is.
export function restored(from) {
  if (!from) return;
  delete from.f.sent;
  const view = desk.articles.get(from.f.base.id);
  if (desk.focus === from.f || !view) { if (desk.focus === from.f) shownText(draftAt(from.place) ?? field.value); }
  else if (cleanText(view).slice(from.f.start, from.f.end) === from.f.text) focus(view, { start: from.f.start, end: from.f.end, edits: [], wide: from.f.wide });
  else byId("articles").prepend(...unsaved());
}

// As much of a text as tells it from others: what was pasted may be a page long.
export const beginning = (text) => { const all = graphemes(visible(text)); return all.length > 60 ? `${all.slice(0, 60).join("")}… (${all.length})` : all.join(""); };

// What was typed here and never saved, as its person left it.
export function unsaved() {
  byId("articles").querySelectorAll(".draft").forEach((n) => n.remove());
  return draftsOf(name, page).filter((d) => !desk.focus || d.place !== placeOf(name, desk.focus)).map((d) => make("p", { class: "changed draft" },
    `${word("unsaved_here")} `, make("b", {}, beginning(d.text) || "∅"), " ", make("button", { onclick: () => resume(d) }, word("unsaved_go")),
    make("button", { onclick: (e) => { dropDraft(d.place); e.target.closest("p").remove(); } }, word("unsaved_drop"))));
}

function resume(draft) {
  const [view, start] = placed(draft.line, draft.from) ?? [];
  if (!view || cleanText(view).slice(start, start + draft.was.length) !== draft.was) { say(word("text_moved"), true); return; }
  focus(view, { start, end: start + draft.was.length, edits: [], wide: draft.was.length > 8 });
  byId("articles").querySelectorAll(".draft").forEach((n) => n.remove());
  byId("articles").prepend(...unsaved());
  field.focus();
}

field.addEventListener("input", () => {
  if (!desk.focus) return;
  field.classList.toggle("unsaved", typed());
  if (desk.focus.sample) return;
  if (typed()) { setDraft(placeOf(name, desk.focus), field.value, null); say(word("unsaved")); } else dropDraft(placeOf(name, desk.focus));
});

field.addEventListener("compositionstart", () => { field.composing = true; });
field.addEventListener("compositionend", () => { field.composing = false; });

// Another window or tab is no click elsewhere: what is half typed waits in its field.
field.addEventListener("blur", () => { if (document.hasFocus()) keep(); });

addEventListener("beforeunload", (event) => { if (desk.saving > 0 || typed()) event.preventDefault(); });

// A link waits for what is being saved; where that fails, its person stays.
beforeLeaving(async () => {
  keep();
  await desk.queue;
  return !typed();
});

export function edit() {
  if (!desk.focus) return;
  field.focus();
  field.select();
}

// Text where there is none: before the character in focus, or behind it.
export function insert(behind) {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const at = behind ? f.end : f.start;
  focus(view, { start: at, end: at, edits: [], insert: true });
  field.focus();
}

// A stretch of one paragraph that was selected is the place in work: what is typed takes its place.
export function selected() {
  const chosen = getSelection();
  if (chosen.isCollapsed || !chosen.rangeCount) return false;
  const range = chosen.getRangeAt(0), start = boundary(range.startContainer, range.startOffset), end = boundary(range.endContainer, range.endOffset);
  if (!start || !end || start.row !== end.row || start.at >= end.at) return false;
  const view = desk.articles.get(start.row.closest("article").dataset.article), text = cleanText(view);
  const from = graphemeAt(text, start.at)[0], to = graphemeAt(text, end.at - 1)[1];
  chosen.removeAllRanges();
  focus(view, { start: from, end: to, edits: [], wide: graphemes(text.slice(from, to)).length > 4 }, { scroll: false });
  edit();
  return true;
}

function boundary(node, offset) {
  const span = (node.nodeType === 3 ? node.parentElement : node).closest?.("[data-at]"), row = span?.closest(".row");
  if (!row || !byId("articles").contains(row)) return null;
  return { row, at: Number(span.dataset.at) + (node.nodeType === 3 && !span.closest("del") ? offset : 0) };
}

export function editLine() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const runs = lineIn(view, f.page, f.line);
  if (!runs.length) return;
  focus(view, { start: runs[0][1], end: runs.at(-1)[1] + runs.at(-1)[0].length, edits: [], wide: true });
  byId("text").focus();
}

field.addEventListener("keydown", (event) => {
  if (event.isComposing || event.keyCode === 229 || !desk.focus) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (desk.sample) verdict(); else { type(field.value, { fromField: true }); field.blur(); }
  } else if (event.key === "Escape") {
    // What is given up here can still be chosen as a candidate.
    const f = desk.focus, place = placeOf(name, f);
    if (typed()) desk.dropped.set(place, [...new Set([field.value, ...(desk.dropped.get(place) ?? [])])]);
    dropDraft(place);
    shownText(f.text);
    field.blur();
    if (current()) panel(current(), f);
  }
});
