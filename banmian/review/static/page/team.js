// The team: how often the page was proofread, whose it is, who is here, and the comments.

import { byId, make, word } from "../core.js";
import { assignee, comment } from "../dialogs.js";
import { spansAt, visible } from "../text.js";
import { toUnits } from "../units.js";
import { load } from "./articles.js";
import { decide } from "./deciding.js";
import { showLine } from "./moving.js";
import { focus, rangesOf } from "./place.js";
import { drawPart, readAgain } from "./rereading.js";
import { at_, current, desk, elementOf, labelOf, page, placed, whenSaved } from "./state.js";

// What is about the page as a whole, always in sight: how often it was proofread and by whom, whose it is and who is
// here; what was lost can be drawn, and all of it read again.
export function teamStrip(view) {
  const t = view.team;
  const act = (id, command, key, text) => make("button", { id, title: `${labelOf(command)} (${key})`, onclick: whenSaved(DEEDS[id]) }, text, " ", make("kbd", {}, key));
  const parts = [act("draw", "draw", "n", word("draw_do")), make("button", { id: "again", title: `${labelOf("reread")} (R) · ${labelOf("reread_page")} (T)`, onclick: whenSaved(readAgain) }, word("reread_do"))];
  if (t) {
    const next = t.state === "open" ? "proofread" : t.state === "proofread" ? "validated" : null, second = next === "validated" && t.proofread_by === desk.person;
    const state = view.done ? "done" : t.state, who = t.state === "validated" ? `${t.proofread_by} → ${t.validated_by}` : t.proofread_by;
    parts.unshift(make("b", { class: `state ${state}` }, word(`stage_${state}`)), who ? make("span", { class: "soft" }, who) : null,
      next ? make("button", { id: "proof", disabled: second, title: second ? word("second_person") : `${labelOf("proof")} (p)`, onclick: whenSaved(proof) }, word(`mark_${next}`), " ", make("kbd", {}, "p")) : null,
      make("span", { class: "fill" }), make("span", { id: "here", class: "soft", role: "status" }));
    parts.push(make("button", { id: "assign", title: `${labelOf("assign")} (@)`, onclick: assign }, t.assigned ? word("assigned_to", { name: t.assigned }) : word("assign")), act("note", "note", "q", word("note")));
  }
  byId("team").replaceChildren(...parts.filter(Boolean));
}

const DEEDS = { draw: () => drawPart(), note: () => note() };

// The comments, those that wait first.
export function noteList(view) {
  const notes = view.team?.notes ?? [], open = notes.filter((n) => !n.settled), settled = notes.filter((n) => n.settled);
  if (!notes.length) return [];
  return [make("section", { id: "notes", "aria-label": word("note") }, open.length ? make("ul", { class: "notes" }, ...open.map(noteItem)) : null,
    settled.length ? make("details", {}, make("summary", {}, word("notes_settled", { n: settled.length })), make("ul", { class: "notes" }, ...settled.map(noteItem))) : null)];
}

function noteItem(n) {
  const said = (m) => [make("b", {}, m.person), ` ${m.time.slice(0, 16).replace("T", " ")} `, make("span", { class: "text" }, m.text)];
  const where = n.scope === "page" ? null : n.line ? make("button", { class: "where", onclick: () => toNote(n) }, n.scope === "place" ? `「${n.was}」` : word("note_article", { text: n.was })) : make("span", { class: "soft" }, `「${n.was}」 ${word("note_gone")}`);
  return make("li", { class: n.ask && !n.settled ? "ask" : "" }, make("p", {}, n.ask ? make("strong", { class: "flag" }, `⚑ ${word("note_asked")}`) : null, " ", ...said(n), " ", where),
    ...n.answers.map((a) => make("p", { class: "answer" }, ...said(a))),
    n.settled ? make("p", { class: "soft" }, word("note_settled_by", { name: n.settled })) : make("p", { class: "deeds" }, make("button", { onclick: () => answerNote(n) }, word("note_answer")), make("button", { onclick: () => team({ type: "settle", page, note: n.id }) }, word("note_settle"))));
}

const team = (wish) => decide({ id: "", revision: 0 }, wish, { then: load });

export function proof() {
  const t = desk.view.team;
  if (!t) return;
  const next = t.state === "open" ? "proofread" : "validated";
  team({ type: "mark", page, state: next });
}

export async function assign() {
  const t = desk.view.team, name_ = t && await assignee({ people: t.people, now: t.assigned || desk.person });
  if (t && name_ !== null && name_ !== t.assigned) team({ type: "assign", page, to: name_ });
}

// A comment on the place in work, its article, or the page.
export async function note() {
  const view = current(), f = desk.focus, scopes = [["page", word("note_page")]];
  if (view) scopes.unshift(["article", word("note_article", { text: view.title.slice(0, 16) })]);
  if (view && f && f.end > f.start && f.page === page) scopes.unshift(["place", word("note_place", { text: visible(f.text).slice(0, 16) })]);
  const wish = await comment({ scopes });
  if (!wish) return;
  const said = { type: "comment", page, text: wish.text, ask: wish.ask };
  if (wish.scope === "page") { team(said); return; }
  decide(view, wish.scope === "place" ? { ...said, start: f.start, end: f.end } : said, { then: load });
}

async function answerNote(n) {
  const wish = await comment({ answers: `${n.person}: ${n.text}` });
  if (wish) team({ type: "comment", page, text: wish.text, to: n.id });
}

function toNote(n) {
  const line = desk.view.lines[n.line], [view, at] = placed(n.line, line ? toUnits(line.text, n.start) : n.start) ?? [];
  if (view) focus(view, at_(view, at)); else showLine(n.line);
}

// The places of open comments are underlined in the text.
export function paintNotes() {
  if (!window.Highlight) return;
  const ranges = (desk.view.team?.notes ?? []).filter((n) => n.scope === "place" && n.line && !n.settled).flatMap((n) => {
    const line = desk.view.lines[n.line], [view, at] = (line && placed(n.line, toUnits(line.text, n.start))) ?? [];
    if (!view) return [];
    const end = at + toUnits(line.text, n.end) - toUnits(line.text, n.start);
    return rangesOf(spansAt(elementOf(view.id), at, end), at, end);
  });
  CSS.highlights.set("note", new Highlight(...ranges));
}

export function showHere(people) {
  desk.others = people.filter((n) => n !== desk.person);
  const place = byId("here");
  if (place) place.textContent = desk.others.length ? word("here", { names: desk.others.join("、") }) : "";
}
