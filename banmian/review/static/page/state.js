// What all parts of the page's view work with: the page, its articles as they stand, the place in work, and where things are.

import { byId } from "../core.js";
import { boxOf, Scan } from "../scan.js";
import { cleanText, isOn } from "../text.js";
import { graphemeAt } from "../units.js";

// The keys as they are declared, by subject: the name of each command, its keys, and what is told of it.
export const SUBJECTS = JSON.parse(document.body.dataset.keys);

export const labelOf = (name) => SUBJECTS.flatMap((s) => s.keys).find((c) => c.name === name).label;
export const issue = Number(document.body.dataset.issue), page = Number(document.body.dataset.page), name = document.body.dataset.name;
export const scan = new Scan(byId("scan"), issue, page);
export const desk = { person: document.body.dataset.person, view: null, articles: new Map(), here: null, focus: null, bar: 0.8, marked: new Set(), sample: null, dropped: new Map(), mended: new Map(), last: 0, saving: 0, opening: false, queue: Promise.resolve() };

// What goes wrong stands over the page until it is right again, or for long enough to be read.
export function say(text, bad = false) {
  byId("state").textContent = byId("state").title = text;
  byId("state").classList.toggle("bad", bad);
  clearTimeout(say.timer);
  if (bad && desk.saving === 0) say.timer = setTimeout(() => say(""), 6000);
}

export function busy(by) {
  desk.saving += by;
  byId("desk").setAttribute("aria-busy", String(desk.saving > 0));
}

export const elementOf = (id) => byId("articles").querySelector(`[data-article="${CSS.escape(id)}"]`);
export const current = () => desk.articles.get(desk.here);

// Suspects that follow one another without a gap are one to the reviewer.
export function groups(view) {
  const found = [];
  view.suspects.forEach((s) => {
    if (!isOn(s, desk.bar)) return;
    const last = found.at(-1);
    if (last && last.late === s.late && !s.edits.length && !last.edits.length && s.start === last.end && s.line === last.line) {
      last.end = s.end; last.text += s.text; last.confidence = Math.min(last.confidence, s.confidence);
      last.candidates = [];
    } else found.push({ ...s });
  });
  return found;
}

export const order = () => [...desk.articles.keys()];

export function at_(view, at) {
  const found = groups(view).find((s) => s.start <= at && at < s.end);
  const [start, end] = graphemeAt(cleanText(view), at);
  return found ?? { start, end, edits: [] };
}

export const lineIn = (view, p, line) => view.rows.flatMap((r) => r.runs).filter((r) => r[3] === line && r[2] === p);

// The lines of this page that stand in an article, each with its box on the scan, its block and its role.
export const standing = () => [...desk.articles.values()].flatMap((a) => a.lines).filter(([p, l]) => p === page && desk.view.lines[l]?.polygon.length).map(([, l, role, block]) => [l, boxOf(desk.view.lines[l].polygon), block, role]);

// The article and the clean offset at which a recognized character of this page's line stands now.
export function placed(line, from = null) {
  for (const view of desk.articles.values()) {
    const runs = lineIn(view, page, line);
    if (!runs.length) continue;
    const start = from ?? runs[0][4], run = runs.filter((r) => r[4] <= start).at(-1) ?? runs[0];
    return [view, run[1] + (run[5] === null ? Math.max(0, Math.min(start - run[4], run[0].length - 1)) : 0)];
  }
  return null;
}

export const field = byId("text");

// Acts once all is saved that is on its way: that moves the focus on, and none is to hit the wrong place.
export function whenSaved(act) {
  return () => { if (desk.saving === 0) act(); else desk.queue.then(() => setTimeout(act)); };
}

export const partOf = (box) => `/part/${issue}/${page}/${box.join("-")}.png`;
