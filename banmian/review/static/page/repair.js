// Repair: lines, blocks and articles are marked, moved, cut, put together, and get other borders.

import { byId, word } from "../core.js";
import { makeUp, reshapedLine } from "../dialogs.js";
import { boxOf } from "../scan.js";
import { toPoints } from "../units.js";
import { decide } from "./deciding.js";
import { showLine } from "./moving.js";
import { focus } from "./place.js";
import { reread } from "./rereading.js";
import { at_, current, desk, elementOf, order, page, partOf, say, scan, standing } from "./state.js";

// The blocks of an article on this page in their order: each with its lines, which stand in one region.
function blocksOf(view) {
  const found = new Map();
  for (const line of view.lines) {
    if (line[0] !== page || !line[3]) continue;
    if (!found.has(line[3])) found.set(line[3], { id: line[3], lines: [] });
    found.get(line[3]).lines.push(line);
  }
  return [...found.values()];
}

export const HEADS = new Set(["kicker", "title", "subtitle", "byline"]);
const textOf = (id) => desk.view.lines[id]?.text.trim().slice(0, 24) ?? id;

// What is most likely meant of the other pieces: of those before this one, the nearest first, and of those behind it.
function nearest(before, behind) {
  const printed = (o) => o.kind !== "furniture", ours = (o) => printed(o) && o.pages.includes(page);
  const last = before.find(printed), next = behind.find(printed);
  const merge = behind.find(ours) ?? before.find(ours) ?? next ?? last, jump = behind.find((o) => printed(o) && !o.pages.includes(page)) ?? next;
  return { merge: merge?.id, order: last?.id ?? "", jump: jump?.id };
}

export async function structure() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const at = view.lines.findIndex(([p, l]) => p === f.page && l === f.line), home = view.lines[at];
  const region = desk.view.regions.find((r) => r.id === home?.[3]), block = view.lines.filter(([p, , , r]) => p === f.page && r === home?.[3]);
  const marked = [...desk.marked].map((k) => JSON.parse(k)).filter(([p, l]) => [...desk.articles.values()].some((a) => a.lines.some(([q, m]) => p === q && l === m)));
  const line = f.page === page ? desk.view.lines[f.line] : null, next = view.lines[at + 1];
  const pieces = desk.view.outline.filter((o) => o.id === view.id || o.pages.length), here = pieces.findIndex((o) => o.id === view.id);
  const wanted = await makeUp({
    id: view.id, title: view.title, kind: view.kind, role: home?.[2], all: view.lines, line: [f.page, f.line], text: textOf(f.line),
    block, tail: block.slice(block.indexOf(home)), region: home?.[3] ? { id: home[3], kind: region?.kind ?? "body" } : null, marked,
    heads: marked.filter(([p, l]) => view.lines.some(([q, m, role]) => p === q && l === m && HEADS.has(role))),
    blocks: f.page === page ? blocksOf(view).filter((b) => b.id !== home?.[3]).map((b) => ({ line: b.lines[0].slice(0, 2), text: textOf(b.lines[0][1]) })) : [],
    divide: line && line.text.slice(0, f.from).trim() && line.text.slice(f.from).trim() ? { offset: toPoints(line.text, f.from), text: `${line.text.slice(Math.max(0, f.from - 8), f.from)} ｜ ${line.text.slice(f.from, f.from + 8)}` } : null,
    next: next && next[0] === f.page ? { line: next.slice(0, 2), text: `＋ ${textOf(next[1])}` } : null,
    outline: pieces.filter((o) => o.id !== view.id), near: nearest(pieces.slice(0, here).reverse(), pieces.slice(here + 1)),
    linesOf: (id) => (id ? desk.articles.get(id)?.lines ?? [] : []).map(([p, l]) => [p, l, textOf(l)]),
    before: (id, lines) => lineBehind(desk.articles.get(id), lines),
  });
  if (!wanted) return;
  if (wanted.border) { moveBorder(); return; }
  unmark();
  decide(view, wanted.wish, { others: wanted.others });
}

// The line of an article before which lines of this page belong: the one behind their neighbour in print. Null is the end.
function lineBehind(view, lines) {
  const mine = new Set(lines.map(([, l]) => l)), first = desk.view.lines[lines[0]?.[1]];
  if (!view || !first?.polygon.length) return null;
  const others = view.lines.filter(([p, l]) => p === page && !mine.has(l));
  const [before, behind] = neighbours(boxOf(first.polygon), others.map(([, l]) => l));
  const at = others.findIndex(([, l]) => l === before);
  return at >= 0 ? others[at + 1]?.slice(0, 2) ?? null : behind ? [page, behind] : null;
}

export function unmark() {
  desk.marked.clear();
  paintMarked();
}

// The marked lines, on the scan and in the text.
function paintMarked() {
  scan.mark([...desk.marked].map((k) => JSON.parse(k)).filter(([p]) => p === page).map(([, l]) => l));
  for (const span of byId("articles").querySelectorAll("[data-line]")) span.classList.toggle("picked", desk.marked.has(JSON.stringify([Number(span.dataset.page), span.dataset.line])));
}

// The line in work within other borders: they are moved on the scan, then what stands there is read again or left.
export async function moveBorder() {
  const view = current(), f = desk.focus, line = f?.page === page ? desk.view.lines[f.line] : null;
  if (!view || !f) return;
  if (!line?.polygon.length) { say(word("other_page"), true); return; }
  const box = await scan.adjust(boxOf(line.polygon));
  if (!box) return;
  const read = (choice) => reread({ box, ...choice });
  const to = await reshapedLine({ read, line, lang: desk.view.read_as, box, part: partOf(box) });
  if (to) decide(view, { type: "reshape", line: [page, f.line], to }, { then: () => showLine(f.line) });
}

// The line in work is two, from the character in focus on.
export function divideLine() {
  const view = current(), f = desk.focus, line = f?.page === page ? desk.view.lines[f.line] : null;
  if (!view || !f) return;
  if (!line) { say(word("other_page"), true); return; }
  decide(view, { type: "divide", line: [page, f.line], offset: toPoints(line.text, f.from) }, { then: () => showLine(f.line) });
}

// The line in work is one with the next line of its article.
export function uniteLines() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const next = view.lines[view.lines.findIndex(([p, l]) => p === f.page && l === f.line) + 1];
  if (!next || next[0] !== f.page) { say(word("nothing_behind"), true); return; }
  decide(view, { type: "unite", lines: [[f.page, f.line], next.slice(0, 2)] }, { then: () => showLine(f.line) });
}

// The block in work comes before the one before it in its article, or behind the one behind it.
export function moveBlock(step) {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const blocks = blocksOf(view), at = blocks.findIndex((b) => b.lines.some(([p, l]) => p === f.page && l === f.line));
  const before = blocks[step < 0 ? at - 1 : at + 2]?.lines[0].slice(0, 2) ?? null;
  if (at < 0 || !blocks[at + step]) { say(word("no_further"), true); return; }
  decide(view, { type: "move", lines: blocks[at].lines.map(([p, l]) => [p, l]), to: view.id, before }, { then: () => showLine(f.line) });
}

// The article in work comes before the one before it on this page, or behind the one behind it.
export function moveArticle(step) {
  const view = current(), names = order(), at = names.indexOf(desk.here);
  if (!view) return;
  if (!names[at + step]) { say(word("no_further"), true); return; }
  const all = desk.view.outline.map((o) => o.id), behind = all[all.indexOf(names[at + 1]) + 1] ?? null;
  decide(view, { type: "order", before: step < 0 ? names[at - 1] : behind }, { then: () => elementOf(view.id)?.scrollIntoView({ block: "nearest" }) });
}

export function markLine() {
  const f = desk.focus;
  if (f) mark(f.page, f.line);
}

// The nearest line before a box and the nearest behind it: in its column of level lines, in its row of vertical ones.
// What lies within the box is neither, where there is anything else: a rectangle around text that is none holds others.
export function neighbours([x0, y0, x1, y1], among = Object.keys(desk.view.lines)) {
  const all = among.map((id) => [id, desk.view.lines[id]]).filter(([, l]) => l?.polygon.length);
  const vertical = all.filter(([, l]) => l.vertical).length * 2 > all.length, far = [Infinity, Infinity];
  let before = [far, null], behind = [far, null];
  const nearer = (one, other) => one[0] - other[0] || one[1] - other[1];
  for (const [id, line] of all) {
    const [a, b, c, d] = boxOf(line.polygon), x = (a + c) / 2, y = (b + d) / 2;
    const meets = vertical ? Math.min(d, y1) > Math.max(b, y0) : Math.min(c, x1) > Math.max(a, x0);
    if (!meets) continue;
    const away = vertical ? x - (x0 + x1) / 2 : (y0 + y1) / 2 - y;
    const place = [Number(vertical ? x0 < x && x < x1 : y0 < y && y < y1), Math.abs(away)];
    if (away >= 0 && nearer(place, before[0]) < 0) before = [place, id];
    if (away < 0 && nearer(place, behind[0]) < 0) behind = [place, id];
  }
  return [before[1], behind[1]];
}

// A jump that was joined wrongly is cut where the text turns to another page.
export function cutAt(view, p, line) { decide(view, { type: "cut", at: [p, line] }); }

export function cutJump() {
  const view = current();
  const turn = view && elementOf(view.id).querySelector(".turn button");
  if (turn) turn.click(); else say(word("no_jump"), true);
}

export function joinFrom({ id }) {
  const view = desk.articles.get(id);
  const first = view.rows[0]?.runs[0]?.[1] ?? 0;
  focus(view, at_(view, first));
  structure();
}

// All lines within a box that is drawn on the scan are marked: the strokes of a picture at one go.
export async function markBox() {
  const box = await scan.rectangle(word("draw_now"));
  if (!box) return;
  const [x0, y0, x1, y1] = box;
  for (const [id, [a, b, c, d]] of standing()) {
    const x = (a + c) / 2, y = (b + d) / 2;
    if (x0 <= x && x <= x1 && y0 <= y && y <= y1) desk.marked.add(JSON.stringify([page, id]));
  }
  paintMarked();
  say(word("scope_marked", { n: desk.marked.size }));
}

export function mark(p, line) {
  const key = JSON.stringify([p, line]);
  if (!desk.marked.delete(key)) desk.marked.add(key);
  getSelection().removeAllRanges(); // the browser's own, from the last click to this one
  paintMarked();
  say(word("scope_marked", { n: desk.marked.size }));
}

// A piece in which nothing was read is no text.
export function dropPiece(view) { decide(view, { type: "drop", lines: view.lines.map(([p, l]) => [p, l]) }); }
