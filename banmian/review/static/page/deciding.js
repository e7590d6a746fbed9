// Decisions, sent one after the other, and what their answers change.

import { byId, get, go, send, ticket, word } from "../core.js";
import { dropDraft, placeOf } from "../drafts.js";
import { cleanText, isOn } from "../text.js";
import { carried, graphemes, wishOut } from "../units.js";
import { count, inSightAgain, load, put } from "./articles.js";
import { conflict } from "./conflict.js";
import { next, nextSample } from "./moving.js";
import { focus } from "./place.js";
import { at_, busy, current, desk, field, issue, name, page, say } from "./state.js";
import { inField, restored, sendText } from "./typing.js";

// Decisions go out one after the other, each with the article as its person saw it: the server carries the wish to what
// stands there by then, and asks only where the place itself has changed.
export function decide(view, wish, { then = null, others = null, from = null } = {}) {
  const mine = ticket();
  say(word("saving"));
  busy(1);
  desk.queue = desk.queue.then(async () => {
    const now = desk.articles.get(view.id), seen = now && cleanText(now) === cleanText(view) ? now : view;
    const named = Object.fromEntries((others ?? []).map((id) => [id, desk.articles.get(id)?.revision ?? desk.view.outline.find((o) => o.id === id)?.revision ?? 0]));
    const call = { issue, article: view.id, revision: seen.revision, mark: seen.mark ?? "", ticket: mine, wish: wishOut(seen, wish), others: named };
    const answer = await send("/api/decide", call, (told) => say(told, true));
    await received(answer, { view: seen, wish, then, from });
  }).catch((e) => say(String(e), true)).finally(() => busy(-1));
  return desk.queue;
}

export async function received(answer, { view = null, wish = null, then = null, from = null } = {}) {
  if (answer.status === 409) { await conflict(view, wish, answer.told, { then, from }); return; }
  if (answer.status !== 200) { say(word(answer.told.why), true); restored(from); return; }
  desk.last = Math.max(desk.last, answer.told.last ?? 0);
  if (from) dropDraft(from.place, from.id);
  say(word("kept"));
  if (answer.told.structural) { await load(); inSightAgain(); }
  else for (const a of answer.told.articles) { if (!put(a)) await load(); }
  count();
  if (then) await then();
}

function onward(view) {
  const at = desk.focus?.start ?? 0;
  const late = desk.focus?.late;
  return () => {
    if (desk.articles.has(view.id)) desk.here = view.id;
    desk.focus = desk.focus && { ...desk.focus, late };
    next(1, at);
  };
}

export function accept() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  if (f.sample) { verdict(); return; }
  if (f.kept) { next(1); return; }
  if (f.edits?.length) decide(view, { type: "judge", edits: f.edits, accept: true }, { then: onward(view) });
  else decide(view, { type: "see", start: f.start, end: f.end }, { then: onward(view) });
}

export function refuse() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  if (f.kept) { next(1); return; }
  if (f.edits?.length) decide(view, { type: "judge", edits: f.edits, accept: false }, { then: onward(view) });
  else say(word("nothing_to_refuse"), true);
}

// The text in work is right: a change that is only proposed is refused by that, and any other accepted.
function asItStands() {
  const edits = current()?.edits ?? {};
  if (desk.focus.edits?.some((id) => edits[id] && !edits[id].applied)) refuse(); else accept();
}

// `fromField` tells that the text stands in the field, which shows no line breaks: as it was, it is the reading.
export function type(text, { fromField = false } = {}) {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  if (f.sample) { verdict(); return; }
  if (f.insert && !text) { focus(view, at_(view, f.start)); return; }
  if (text === (fromField ? inField(f.text) : f.text)) { dropDraft(placeOf(name, f)); return asItStands(); }
  if (graphemes(f.text).length <= 2) desk.mended.set(f.text, [...new Set([text, ...(desk.mended.get(f.text) ?? [])])]);
  return sendText(f, text, f.confidence === undefined && !f.edits?.length ? staying(f, text) : onward(view));
}

// What was typed where no suspect was stays in sight, as its person is reading there; the next key goes on.
function staying(f, text) {
  return () => {
    const view = desk.articles.get(f.base.id);
    if (desk.focus !== f) return;
    if (!view) { next(1); return; }
    const start = carried(cleanText(f.base), cleanText(view), f.start), place = text ? { start, end: start + text.length, edits: [], wide: f.wide } : at_(view, Math.min(start, Math.max(0, cleanText(view).length - 1)));
    focus(view, { ...place, kept: true });
  };
}

export function choose(n) {
  const view = current(), f = desk.focus, choice = f?.choices?.[n];
  if (choice === undefined) return;
  const e = f.edits?.length ? view.edits[f.edits[0]] : null;
  if (e && !e.applied && choice === e.after) accept();
  else if (e && e.applied && choice === e.before) refuse();
  else type(choice);
}

export function verdict(then = nextSample) {
  const view = current(), [p, line] = desk.sample, text = field.value.trim();
  desk.focus.sent = field.value;
  decide(view, { type: "sample", line: [p, line], text }, { then }).then(tellRate);
  field.blur();
}

async function tellRate() { say(word("sampled_so_far", await get("/api/rate"))); }
export function pass(view, by, accept_) { decide(view, { type: "pass", by, accept: accept_ }); }

export async function step(which) {
  const mine = ticket();
  say(word("saving"));
  busy(1);
  desk.queue = desk.queue.then(async () => {
    const before = new Map(desk.articles), answer = await send("/api/step", [issue, which, mine], (told) => say(told, true));
    await received(answer);
    if (answer.status !== 200) return;
    await load();
    const view = desk.articles.get(answer.told.articles[0]?.id);
    if (view) focus(view, at_(view, changedAt(before.get(view.id), view)));
  }).catch((e) => say(String(e), true)).finally(() => busy(-1));
  await desk.queue;
}

// Where an article is other than it was: the first character that is, or the first suspect that there was not. Where
// nothing of it is, the place in work, if that is in the article.
function changedAt(was, view) {
  const text = cleanText(view), last = Math.max(0, text.length - 1), old = was ? cleanText(was) : "";
  let at = 0;
  while (at < Math.min(text.length, old.length) && text[at] === old[at]) at += 1;
  if (text !== old) return Math.min(at, last);
  const known = new Set((was?.suspects ?? []).map((s) => s.start)), back = view.suspects.find((s) => !known.has(s.start) && isOn(s, desk.bar));
  return back?.start ?? (desk.here === view.id ? Math.min(desk.focus?.start ?? 0, last) : 0);
}

export async function done() {
  const marked = !desk.view.done, left = desk.view.lost.filter((p) => p.state === "open").length;
  if (marked && left && !desk.warned) { desk.warned = true; say(word("lost_left", { n: left }), true); return; }
  await decide({ id: "", revision: 0 }, { type: "finish", page, done: marked });
  desk.view.done = marked;
  byId("done").textContent = word(marked ? "done_unmark" : "done_mark");
  if (marked) {
    const found = await get(`/api/next/${issue}/${page}`);
    go(found.next ? `/page/${found.next[0]}/${found.next[1]}` : "/");
  }
}

// What nobody can read: a □ for each character, which exports mark as a gap.
export function unclear() {
  const f = desk.focus;
  if (f && !f.sample) type("□".repeat(Math.max(1, graphemes(f.text).length)));
}

export function paragraph(join) {
  const view = current(), f = desk.focus;
  if (view && f) decide(view, { type: "break", at: f.start, join });
}
