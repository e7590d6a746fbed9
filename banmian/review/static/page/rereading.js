// Reading again: a drawn part, the line in work, the whole page.

import { byId, get, make, send, served, ticket, word, words } from "../core.js";
import { bothReadings, chosenReader, drawnLines, pageReader, rereadScope, usualReader } from "../dialogs.js";
import { boxOf } from "../scan.js";
import { cleanText } from "../text.js";
import { decide, received } from "./deciding.js";
import { next, showLine } from "./moving.js";
import { focus } from "./place.js";
import { HEADS, neighbours } from "./repair.js";
import { busy, current, desk, issue, lineIn, page, partOf, say, scan, standing } from "./state.js";

// A part of the scan that layout has lost is drawn, read by a worker, looked through, and put where it belongs.
export async function drawPart() {
  send("/api/reader", usualReader(desk.view.read_as)); // loaded while its person draws
  const box = await scan.rectangle(word("draw_now"));
  if (box) await putPart(box);
}

export async function putPart(box, lost = null) {
  const read = async (choice) => {
    const answer = await reread({ box, single: choice.single, direction: choice.direction, engine: choice.engine, lang: choice.lang });
    const found = answer.told.lines ?? [], lost_ = inColumn(found.filter((l) => !isKnown(l)));
    return found.length ? { ...answer, told: { ...answer.told, lines: lost_, known: found.length - lost_.length } } : answer;
  };
  const wish = await drawnLines({ read, places: placesFor(box, lost === null), lang: desk.view.read_as, box, part: partOf(box) });
  if (!wish) return false;
  const home = wish.place && desk.articles.get(wish.place.article);
  const call = { type: "draw", page, lines: wish.lines, role: wish.role, at: home ? [page, wish.place.line] : null, behind: wish.place?.behind ?? true, lost };
  await decide(home ?? { id: "", revision: 0 }, call, { then: () => shownDrawn(wish.lines[0].text) });
  return true;
}

// Lines none of which stands beside another are those of one column: they follow one another down the page, and vertical
// ones from right to left. In any other order they are as layout takes them.
function inColumn(lines) {
  const boxes = lines.map((l) => { const [a, b, c, d] = boxOf(l.polygon); return l.direction === "vertical-rl" ? [-c, -a] : [b, d]; });
  const beside = ([a, c], [e, g]) => Math.min(c, g) - Math.max(a, e) > COVERED * Math.min(c - a, g - e);
  const alike = new Set(lines.map((l) => l.direction)).size < 2;
  if (!alike || boxes.some((one, n) => boxes.some((other, m) => m < n && beside(one, other)))) return lines;
  return lines.map((l, n) => [l, boxes[n][0]]).sort((one, other) => one[1] - other[1]).map(([l]) => l);
}

// Share of its length, and of the lesser height, in which a line that was read lies in those that stand already: of the
// end of a neighbour, cut by the drawn part, layout sees the borders less exactly, and one line may be as high as the part.
const COVERED = 0.5;

// Whether what was read is in lines of articles already, or the end of one: a part of the scan is a rectangle, and lost
// text is not.
function isKnown({ polygon, direction }) {
  const [a, b, c, d] = boxOf(polygon), vertical = direction === "vertical-rl";
  const [from, to, low, high] = vertical ? [b, d, a, c] : [a, c, b, d];
  const along = standing().map(([, [x0, y0, x1, y1]]) => {
    const [start, end, under, over] = vertical ? [y0, y1, x0, x1] : [x0, x1, y0, y1];
    const level = Math.min(high, over) - Math.max(low, under) > COVERED * Math.min(high - low, over - under);
    return level ? Math.max(0, Math.min(to, end) - Math.max(from, start)) : 0;
  });
  return along.reduce((sum, n) => sum + n, 0) > COVERED * (to - from);
}

// No text goes on behind lines of these roles, or before them.
const ASIDE = new Set(["caption", "credit", "furniture"]);

// The line at the end of the column before a box and the one at the head of the column behind it; of vertical lines, of
// the register above and of the one below.
function besideColumn([x0, y0, x1, y1], all) {
  const vertical = all.filter(([id]) => desk.view.lines[id].vertical).length * 2 > all.length;
  // Along a column, and across from one to the next, as level text goes.
  const turned = ([a, b, c, d]) => (vertical ? [b, -c, d, -a] : [a, b, c, d]), [left, top, right, bottom] = turned([x0, y0, x1, y1]);
  const level = all.map(([id, box]) => [id, ...turned(box)]).filter(([, , b, , d]) => Math.min(d, bottom) > Math.max(b, top));
  const nearest = (lines, edge) => { const near = lines.sort((one, other) => edge(one) - edge(other))[0]; return lines.filter(([, a, , c]) => near && Math.min(c, near[3]) > Math.max(a, near[1])); };
  const middle = (left + right) / 2, before = nearest(level.filter(([, , , c]) => c < middle), ([, , , c]) => -c), behind = nearest(level.filter(([, a]) => a > middle), ([, a]) => a);
  return [before.sort((one, other) => other[4] - one[4])[0]?.[0], behind.sort((one, other) => one[2] - other[2])[0]?.[0]];
}

// Where a part may belong, the likeliest first: beside the lines that are printed before and behind it in its column, of
// two blocks on either side, for a wide part has several below it; at the end of the column before it and the head of
// the one behind it; and beside the line in work. Where only a headline stands above it, the column before it goes on in
// it. What is in no article has no neighbours.
function placesFor(box, here) {
  const f = desk.focus, found = [], all = standing(), [before, behind] = neighbours(box);
  const offer = (id, after) => {
    const home = [...desk.articles.values()].find((a) => lineIn(a, page, id).length);
    if (home && !found.some((p) => p.line === id && p.behind === after)) found.push({ article: home.id, line: id, behind: after, text: desk.view.lines[id].text.trim().slice(0, 20) });
  };
  const blocks = new Set(all.filter(([id]) => id === before || id === behind).map(([, , block]) => block));
  const [further, beyond] = neighbours(box, all.filter(([, , block]) => !blocks.has(block)).map(([id]) => id));
  for (const id of [before, further]) if (id) offer(id, true);
  for (const id of [behind, beyond]) if (id) offer(id, false);
  const roleOf = (line) => all.find(([id]) => id === line)?.[3], [last, head] = besideColumn(box, all.filter(([, , , role]) => !ASIDE.has(role)));
  if (last && !HEADS.has(roleOf(last))) offer(last, true);
  if (head) offer(head, false);
  const homeOf = (line) => found.find((p) => p.line === line)?.article, goesOn = last && HEADS.has(roleOf(before)) && homeOf(last) === homeOf(before);
  const rank = ({ line }) => (ASIDE.has(roleOf(line)) ? 3 : !goesOn ? 1 : line === last ? 0 : HEADS.has(roleOf(line)) ? 2 : 1);
  found.sort((one, other) => rank(one) - rank(other));
  if (here && f && f.page === page && desk.view.lines[f.line]) { offer(f.line, true); offer(f.line, false); }
  return found;
}

function shownDrawn(text) {
  const line = Object.entries(desk.view.lines).filter(([id, l]) => id.startsWith("d") && l.text === text).at(-1);
  if (line) showLine(line[0]);
}

// The line in work or the whole page, for those who do not know the keys of both.
export async function readAgain() {
  const what = await rereadScope();
  if (what === "line") await rereadLine(); else if (what === "page") await rereadPage();
}

export const reread = (asked) => send(`/api/read/${issue}/${page}`, asked, (told) => say(told, true));

// The line in work, read by another engine: what it says is offered beside what stands there.
export async function rereadLine() {
  const view = current(), f = desk.focus, line = f?.page === page ? desk.view.lines[f.line] : null;
  if (!view || !line?.polygon.length) return;
  const choice = await chosenReader(desk.view.read_as, (reader) => send("/api/reader", reader));
  if (!choice) return;
  const asked = { box: boxOf(line.polygon), single: true, direction: line.vertical ? "vertical-rl" : "horizontal", ...choice };
  say(word("reading_now"));
  const answer = await reread(asked), text = answer.told.lines?.map((l) => l.text).join("").trim();
  if (answer.status !== 200) { say(word(answer.told.why), true); return; }
  if (!text) { say(word("read_nothing"), true); return; }
  say("");
  const home = desk.articles.get(view.id), runs = home ? lineIn(home, f.page, f.line) : [];
  if (!runs.length) return;
  const whole = cleanText(home).slice(runs[0][1], runs.at(-1)[1] + runs.at(-1)[0].length), lead = whole.length - whole.trimStart().length;
  const start = runs[0][1] + lead, end = runs[0][1] + whole.trimEnd().length;
  if (text === whole.trim()) { say(word("read_same")); return; }
  focus(home, { start, end, edits: [], wide: true, candidates: [text], reread: choice.engine });
}

// The whole page, read anew beside the work; what came of it is told above the articles until it is taken or given up.
export async function rereadPage() {
  const asked = await pageReader(desk.view.read_as);
  if (!asked) return;
  const answer = await send(`/api/reread/${issue}/${page}`, asked, (told) => say(told, true));
  if (answer.status !== 200) { say(word(answer.told.why), true); return; }
  watchReading();
}

export async function watchReading() {
  clearTimeout(watchReading.timer);
  let told = desk.reading ?? {};
  try { told = await get(`/api/reread/${issue}/${page}`); } catch { /* nobody answers: as it was, and asked again below where it went on */ }
  desk.reading = told;
  showReading();
  if (told.state === "reading") watchReading.timer = setTimeout(watchReading, 2000);
}

export function showReading() {
  const t = desk.reading ?? {}, place = byId("rereading");
  if (!place) return;
  place.hidden = !t.state;
  if (!t.state) return;
  const with_ = t.engine ? ` (${word(`engine_${t.engine}`)}, ${words[`lang_${t.lang}`] ?? t.lang})` : "";
  const text = { reading: word("page_reading"), ready: word("page_ready"), failed: t.fault ? word(t.fault) : "" }[t.state];
  const said = `${text}${with_} `;
  if (place.firstChild?.textContent === said) return; // nothing new to be read aloud
  place.replaceChildren(make("span", {}, said), ...(t.state === "ready" ? [make("button", { class: "main", onclick: lookAtReading }, word("page_look"))] : []),
    ...(t.state === "failed" ? [make("button", { onclick: dropReading }, word("close"))] : []));
}

async function lookAtReading() {
  const told = desk.reading, answer = await bothReadings(told);
  if (answer === "drop") dropReading();
  if (answer !== "take") return;
  say(word("saving"));
  busy(1);
  try {
    await received(await send(`/api/reread/${issue}/${page}/take`, { job: told.job, ticket: ticket() }, (m) => say(m, true)));
    await watchReading();
    next(1, 0);
  } finally { busy(-1); }
}

async function dropReading() {
  await served();
  await fetch(`/api/reread/${issue}/${page}`, { method: "DELETE" });
  watchReading();
}
