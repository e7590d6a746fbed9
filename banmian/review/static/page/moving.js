// From place to place: suspects, articles, samples, pages, and what is looked for.

import { go, word } from "../core.js";
import { wantedText } from "../dialogs.js";
import { cleanText } from "../text.js";
import { graphemeAt } from "../units.js";
import { focus } from "./place.js";
import { at_, current, desk, elementOf, groups, lineIn, order, page, placed, say, scan } from "./state.js";
import { edit } from "./typing.js";

// Articles come first, then adverts; page heads and scraps after all else.
const rank = (id, s) => (s?.late ? 2 : desk.articles.get(id)?.kind === "advert" ? 1 : 0);

export function next(step, from = null) {
  const names = order(), f = desk.focus, suspects = names.flatMap((id, n) => groups(desk.articles.get(id)).map((s) => ({ s, id, key: [rank(id, s), n, s.start] })));
  if (!suspects.length) {
    atEase();
    say(word("no_suspects"));
    return false;
  }
  const place = from ?? (f ? (step > 0 ? f.end : f.start) : step > 0 ? 0 : Infinity);
  const here = [rank(desk.here, f), Math.max(0, names.indexOf(desk.here)), place];
  const before = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  suspects.sort((a, b) => before(a.key, b.key));
  const hit = step > 0 ? suspects.find((c) => before(c.key, here) >= 0) ?? suspects[0]
    : suspects.filter((c) => before([c.key[0], c.key[1], c.s.end], here) <= 0).at(-1) ?? suspects.at(-1);
  focus(desk.articles.get(hit.id), hit.s);
  return true;
}

// With no suspect left the place in work stays where it was, or is the beginning of the article: its line is shown, and
// there is nothing to accept.
function atEase() {
  const view = current(), f = desk.focus, at = f && !f.sample && f.base?.id === view?.id ? f.start : 0;
  if (view) focus(view, view.text ? { ...at_(view, Math.min(at, view.text.length - 1)), kept: true, rest: true } : null, { scroll: false });
}

export function nextArticle(step) {
  const names = order(), view = desk.articles.get(names[(names.indexOf(desk.here) + step + names.length) % names.length]);
  if (!view) return;
  const first = groups(view)[0] ?? { start: 0, end: 1, edits: [] };
  focus(view, first);
  elementOf(view.id).scrollIntoView({ block: "start" });
}

export function nextSample() {
  for (const view of desk.articles.values()) {
    for (const [p, line] of view.samples) {
      if (p !== page) continue;
      const runs = lineIn(view, p, line);
      if (!runs.length) continue;
      const start = runs[0][1], text = cleanText(view).slice(start, runs.at(-1)[1] + runs.at(-1)[0].length);
      const lead = text.length - text.trimStart().length;
      focus(view, { start: start + lead, end: start + text.trimEnd().length, edits: [], sample: [p, line] });
      return;
    }
  }
  say(word("sample_none"));
}

export function move(step) {
  const view = current();
  if (!view) return;
  const text = cleanText(view), f = desk.focus;
  const at = step > 0 ? (f ? graphemeAt(text, f.start)[1] : 0) : graphemeAt(text, Math.max(0, (f?.start ?? 0) - 1))[0];
  focus(view, at_(view, Math.min(at, Math.max(0, text.length - 1))));
}

export function showLine(line, from = null) {
  const [view, at] = placed(line, from) ?? [];
  if (view) focus(view, at_(view, at)); else scan.light(line, null, null, true);
}

export function goTo(view, id) {
  const e = desk.articles.get(view.id).edits[id];
  const length = e.applied ? e.after.length : e.standing === "proposed" || e.standing === "refused" ? e.before.length : 0;
  focus(desk.articles.get(view.id), { start: e.at, end: e.at + length, edits: [id], candidates: [e.applied ? e.before : e.after], confidence: e.confidence });
}

export function turn(by) {
  const there = document.querySelector(`.bar nav a[title$="(${by > 0 ? "N" : "P"})"]`);
  if (there) go(there.href);
}

export async function find() {
  const wanted = await wantedText();
  if (!wanted) return;
  const names = order(), first = Math.max(0, names.indexOf(desk.here));
  for (let n = 0; n <= names.length; n++) {
    const view = desk.articles.get(names[(first + n) % names.length]);
    const at = cleanText(view).indexOf(wanted, n === 0 && desk.focus ? desk.focus.end : 0);
    if (at >= 0) { focus(view, { start: at, end: at + wanted.length, edits: [] }); edit(); return; }
  }
  say(word("not_found"), true);
}
