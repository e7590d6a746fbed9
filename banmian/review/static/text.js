// An article as text: runs of what was read and what was changed, each knowing where on the scan it stands.

import { chinese, make, word } from "./core.js";
import { graphemeAt } from "./units.js";

export const visible = (text) => text.replaceAll("\n", "⏎").replaceAll("　", "□");

// Why an edit was made: what its pass gave as its reason; where that has no Chinese, what the pass mends.
export const reasonOf = (edit) => (chinese ? edit.reason_zh || word(`why_${edit.by}`) : edit.reason);

export function isOn(suspect, bar) {
  return suspect.proposed || suspect.confidence < bar;
}

function runOf([text, at, page, line, start, edit, gone, suspect], view, bar) {
  const data = { "data-at": at, "data-page": page, "data-line": line, "data-start": start };
  const found = suspect >= 0 ? view.suspects[suspect] : null;
  const marks = found ? ` s${found.proposed ? " proposed" : ""}${isOn(found, bar) ? " on" : ""}` : "";
  const mine = found ? { "data-suspect": suspect } : {};
  if (edit === null) return make("span", { class: `t${marks}`, ...data, ...mine }, text);
  const told = view.edits[edit];
  const parts = [];
  if (gone) parts.push(make("del", {}, visible(gone)));
  if (text) parts.push(make("ins", { ...data }, text));
  return make("span", { class: `e p-${told.by}${told.routine ? " routine" : ""}${marks}`, "data-edit": edit, ...data, ...mine }, ...parts);
}

export function articleElement(view, bar, acts) {
  const jumps = view.waiting.map((w) => make("span", { title: chinese ? w.reason_zh || null : w.reason }, `${word(w.end === "from" ? "jump_from" : "jump_to", { n: w.page ?? "?" })} · ${word("waits")} `, make("button", { onclick: () => acts.join(view) }, word("jump_join"))));
  const on = view.suspects.filter((s) => isOn(s, bar)).length;
  return make("article", { class: view.upright && acts.upright() ? `${view.kind} upright` : view.kind, "data-article": view.id, "aria-label": view.title, lang: view.lang || null },
    make("header", {}, make("span", {}, word(`kind_${view.kind}`)), make("span", {}, view.pages.map((n) => word("page", { n })).join(" ")),
      make("span", { class: "count" }, on ? word("suspects_n", { n: on }) : word("no_suspects")), ...jumps),
    ...rows(view, bar, acts), view.rows.length ? "" : emptied(view, acts), changes(view, acts));
}

// A piece in which nothing was read, as in a stroke of a picture, has no character to go to: it can be deleted whole.
function emptied(view, acts) {
  return make("p", { class: "soft nothing-read" }, `${word("nothing_read")} `, make("button", { onclick: () => acts.show(view) }, word("show_on_scan")), " ", make("button", { onclick: () => acts.drop(view) }, word("do_drop")));
}

const HEADINGS = { kicker: 2, title: 2, subtitle: 2, subhead: 3 };
const FLOWS = new Set(["body", "subhead", "dateline"]);

// The rows. Where the text turns to another page stands a mark: there a jump that is wrong can be cut.
function rows(view, bar, acts) {
  let page = null;
  return view.rows.map((row) => {
    const made = rowOf(row, view, bar, acts, page);
    page = pageBehind(row, page);
    return made;
  });
}

const flows = (row, run) => FLOWS.has(row.role) && run[0];
const pageBehind = (row, page) => row.runs.filter((run) => flows(row, run)).at(-1)?.[2] ?? page;

// A row; `page` is the page on which the text before it stands.
function rowOf(row, view, bar, acts, page) {
  const parts = [];
  for (const run of row.runs) {
    if (flows(row, run)) {
      if (page !== null && run[2] !== page) parts.push(make("span", { class: "turn" }, word("jump_to", { n: run[2] }), " ", make("button", { onclick: () => acts.cut(view, run) }, word("do_cut_jump"))));
      page = run[2];
    }
    parts.push(runOf(run, view, bar));
  }
  const level = HEADINGS[row.role];
  return make("div", { class: `row ${row.role}`, "data-end": row.end }, make("span", { class: "ro" }, row.role === "body" ? "" : word(`role_${row.role}`)), make("div", { role: level ? "heading" : null, "aria-level": level }, ...parts));
}

// What of a row is seen: all but its offsets.
function seenOf(row, view, bar) {
  const run = ([text, , page, line, start, edit, gone, suspect]) => [text, page, line, start, edit, edit && view.edits[edit].by, edit && view.edits[edit].routine, gone,
    suspect >= 0 && [view.suspects[suspect].proposed, isOn(view.suspects[suspect], bar)]];
  return JSON.stringify([row.role, row.runs.map(run)]);
}

// Makes the element of an article as it was into that of the article as it is: a row that looks the same stays and gets
// its new offsets, so that a decision costs its own row. Gives whether that could be done; else it is to be made anew.
export function renewed(element, was, view, bar, acts) {
  const same = (...names) => names.every((n) => JSON.stringify(was[n]) === JSON.stringify(view[n]));
  const shown = [...element.querySelectorAll(":scope > .row")];
  if (!same("kind", "title", "lang", "upright", "pages", "waiting") || was.rows.length !== view.rows.length || shown.length !== view.rows.length || element.querySelector(".turn")) return false;
  let page = null;
  for (const [n, row] of view.rows.entries()) {
    const runs = shown[n].querySelectorAll(":scope > div > [data-line]");
    if (runs.length === row.runs.length && seenOf(was.rows[n], was, bar) === seenOf(row, view, bar)) moved(shown[n], runs, row);
    else shown[n].replaceWith(rowOf(row, view, bar, acts, page));
    page = pageBehind(row, page);
  }
  if (!same("edits", "passes")) {
    element.querySelector(":scope > details")?.remove();
    element.append(changes(view, acts));
  }
  return true;
}

function moved(shown, runs, row) {
  shown.dataset.end = row.end;
  for (const [n, [, at, , , , , , suspect]] of row.runs.entries()) {
    const span = runs[n], ins = span.querySelector("ins");
    if (span.dataset.at !== String(at)) span.dataset.at = at;
    if (ins) ins.dataset.at = at;
    if (suspect >= 0) span.dataset.suspect = suspect;
  }
}

function changes(view, acts) {
  const edits = Object.entries(view.edits).sort((a, b) => a[1].at - b[1].at);
  const parts = Object.keys(view.passes).map((by) => {
    const mine = edits.filter(([, e]) => e.by === by);
    const listed = mine.filter(([, e]) => !e.routine);
    return [make("h3", { class: `p-${by}` }, make("b", {}, `${word(`pass_${by}`)} ×${mine.length}`),
      make("button", { onclick: () => acts.pass(view, by, true) }, word("accept_all")), make("button", { onclick: () => acts.pass(view, by, false) }, word("refuse_all"))),
    make("ul", {}, ...listed.map(([id, e]) => make("li", { class: `p-${by}` }, make("button", { onclick: () => acts.goTo(view, id) },
      make("span", { class: "ch" }, `${visible(e.before) || "∅"} → ${visible(e.after) || "∅"}`),
      make("span", { class: "re" }, reasonOf(e)), make("span", { class: "sd" }, word(`standing_${e.standing}`), e.person ? ` · ${e.person[0]}` : "")))))];
  });
  if (!edits.length) return "";
  const list = make("details", {}, make("summary", {}, `${word("changes")} (${edits.length})`));
  list.addEventListener("toggle", () => { if (list.open && list.children.length === 1) list.append(...parts.flat()); });
  return list;
}

// The clean offset under the pointer, with the place of print behind it. A caret stands between two characters: the one
// under the pointer may be the one before it.
export function pointed(event) {
  const position = document.caretPositionFromPoint?.(event.clientX, event.clientY);
  const range = position ? null : document.caretRangeFromPoint?.(event.clientX, event.clientY);
  const node = position?.offsetNode ?? range?.startContainer, offset = position?.offset ?? range?.startOffset ?? 0;
  const span = (node?.nodeType === 3 ? node.parentElement : event.target)?.closest?.("[data-at]");
  if (!span) return null;
  const text = span.textContent, edited = span.tagName === "DEL" || span.classList.contains("e");
  let inside = edited ? 0 : graphemeAt(text, Math.min(offset, Math.max(0, text.length - 1)))[0];
  if (!edited && node?.nodeType === 3 && offset > 0) {
    const [start, end] = graphemeAt(node.data, offset - 1), box = document.createRange();
    box.setStart(node, start); box.setEnd(node, end);
    const edge = box.getBoundingClientRect(), stands = getComputedStyle(span).writingMode === "vertical-rl";
    if (stands ? event.clientY < edge.bottom : event.clientX < edge.right) inside = start;
  }
  return { span, at: Number(span.dataset.at) + inside, line: span.dataset.line, page: Number(span.dataset.page), start: Number(span.dataset.start) + inside, edit: span.closest(".e")?.dataset.edit, suspect: span.closest("[data-suspect]")?.dataset.suspect };
}

// The runs that a stretch of clean text lies in.
export function spansAt(element, start, end) {
  return [...element.querySelectorAll("span[data-at]")].filter((span) => {
    const at = Number(span.dataset.at), length = span.classList.contains("e") ? (span.querySelector("ins")?.textContent.length ?? 0) : span.textContent.length;
    return at < Math.max(end, start + 1) && at + Math.max(length, 1) > start;
  });
}

export const cleanText = (view) => view.text;
