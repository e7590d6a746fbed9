// Offsets. The server counts code points, the browser UTF-16 units, in which a rare hanzi or an emoji takes two.
// Whatever comes in is turned into units here, whatever goes out into code points; no other module knows of both.

const RARE = /[\u{10000}-\u{10ffff}]/u;
const cutter = new Intl.Segmenter("zh", { granularity: "grapheme" });

// The unit at which each code point begins, and one more for the end; null where the two counts are the same.
function unitsOf(text) {
  if (!RARE.test(text)) return null;
  const found = [];
  let at = 0;
  for (const char of text) { found.push(at); at += char.length; }
  found.push(at);
  return found;
}

export function toUnits(text, point) {
  const units = unitsOf(text);
  return units ? units[Math.min(Math.max(0, point), units.length - 1)] : point;
}

export function toPoints(text, unit) {
  return RARE.test(text) ? [...text.slice(0, unit)].length : unit;
}

// What is seen as one character, around an offset: [start, end]. A variation or a mark belongs to what it stands on.
export function graphemeAt(text, at) {
  if (at >= text.length) return [text.length, text.length];
  const found = cutter.segment(text).containing(Math.max(0, at));
  return [found.index, found.index + found.segment.length];
}

export const graphemes = (text) => [...cutter.segment(text)].map((s) => s.segment);

// A line of the page: one box and one other reading for each unit, as there are for each code point.
function lineIn(line) {
  const units = unitsOf(line.text);
  if (!units) return line;
  const boxes = [], others = {};
  for (let n = 0; n + 1 < units.length; n++) {
    for (let u = units[n]; u < units[n + 1]; u++) boxes.push(...line.boxes.slice(4 * n, 4 * n + 4));
    if (n in line.others) others[units[n]] = line.others[n];
  }
  return { ...line, boxes, others };
}

// An article; `lines` are those of the page, with their texts as recognized.
export function articleIn(view, page, lines) {
  const units = unitsOf(view.text), turn = units ? (at) => units[Math.min(at, units.length - 1)] : (at) => at;
  const inLine = (p, id, at) => (p === page && lines[id] ? toUnits(lines[id].text, at) : at);
  const rows = view.rows.map((row) => ({
    ...row, end: turn(row.end),
    runs: row.runs.map(([text, at, p, line, start, ...rest]) => [text, turn(at), p, line, inLine(p, line, start), ...rest]),
  }));
  const suspects = view.suspects.map((s) => ({ ...s, start: turn(s.start), end: turn(s.end) }));
  const edits = Object.fromEntries(Object.entries(view.edits).map(([id, e]) => [id, { ...e, at: turn(e.at) }]));
  return { ...view, rows, suspects, edits };
}

export function pageIn(view) {
  const articles = view.articles.map((a) => articleIn(a, view.number, view.lines));
  return { ...view, articles, lines: Object.fromEntries(Object.entries(view.lines).map(([id, l]) => [id, lineIn(l)])) };
}

// A wish about the text of the view that it was made on.
export function wishOut(view, wish) {
  if (!view.text || !RARE.test(view.text)) return wish;
  const made = { ...wish };
  for (const name of ["start", "end", "at"]) if (typeof made[name] === "number") made[name] = toPoints(view.text, made[name]);
  return made;
}

// Where an offset of one text lies in another that was made of it, by what both begin and end with.
export function carried(was, now, at) {
  let start = 0, end = 0;
  const least = Math.min(was.length, now.length);
  while (start < least && was[start] === now[start]) start += 1;
  while (end < least - start && was.at(-1 - end) === now.at(-1 - end)) end += 1;
  if (at <= start) return at;
  return at >= was.length - end ? at + now.length - was.length : Math.min(at, now.length - end);
}
