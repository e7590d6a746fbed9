// The place in work: its line enlarged, both readings, what else could stand there, and what the buttons would do.

import { byId, make, served, word } from "../core.js";
import { draftAt, placeOf } from "../drafts.js";
import { boxOf } from "../scan.js";
import { cleanText, reasonOf, spansAt, visible } from "../text.js";
import { graphemes } from "../units.js";
import { choose } from "./deciding.js";
import { desk, elementOf, field, issue, name, page, scan, whenSaved } from "./state.js";
import { beginning, keep, shownText } from "./typing.js";

// The run that holds the character; where none does, the edit that took it away. An edit that left nothing stands at
// the same offset as the character behind it, and belongs to the line before.
function lineAt(view, at) {
  const runs = view.rows.flatMap((r) => r.runs);
  return runs.find((r) => r[1] <= at && at < r[1] + r[0].length) ?? runs.find((r) => r[1] === at) ?? runs.at(-1);
}

export function focus(view, f, { scroll = true } = {}) {
  if (desk.focus && desk.focus !== f) keep();
  if (view.id !== desk.here) {
    desk.here = view.id;
    for (const a of byId("articles").querySelectorAll("article")) a.classList.toggle("here", a.dataset.article === view.id);
  }
  byId("articles").querySelectorAll(".now").forEach((n) => n.classList.remove("now"));
  desk.focus = f;
  desk.sample = f?.sample ?? null;
  if (!f) { clearPanel(); return; }
  const edited = f.end === f.start && f.edits?.length ? view.rows.flatMap((r) => r.runs).find((r) => r[5] === f.edits[0]) : null;
  const run = edited ?? lineAt(view, f.start);
  if (!run) return;
  f.base = view;
  f.page = run[2]; f.line = run[3]; f.from = run[4] + (run[5] === null ? f.start - run[1] : 0);
  f.text = cleanText(view).slice(f.start, f.end);
  const spans = spansAt(elementOf(view.id), f.start, f.end);
  const exact = spans.filter((s) => Number(s.dataset.at) >= f.start || s.classList.contains("e"));
  if (!f.sample && !f.wide) (exact.length ? exact : spans).forEach((s) => { if (s.classList.contains("s") || s.classList.contains("e")) s.classList.add("now"); });
  paint("glyph", spans, f.start, f.end);
  if (scroll) (exact[0] ?? spans[0])?.scrollIntoView({ block: "nearest" });
  panel(view, f);
}

// Characters that are shown without touching the text.
export function paint(name, spans, start, end) {
  if (window.Highlight) CSS.highlights.set(name, new Highlight(...rangesOf(spans, start, end)));
}

export function rangesOf(spans, start, end) {
  return spans.flatMap((span) => {
    const node = (span.querySelector("ins") ?? span).firstChild;
    if (node?.nodeType !== 3) return [];
    const at = Number(span.dataset.at), range = document.createRange();
    range.setStart(node, Math.max(0, Math.min(node.length, start - at)));
    range.setEnd(node, Math.max(0, Math.min(node.length, end - at)));
    return [range];
  });
}

// Nothing is in work.
// Where nothing was read there is no place to work at, and no empty frame for one.
export function clearPanel() {
  desk.focus = null;
  byId("line").removeAttribute("src");
  shownText("");
  byId("focus").hidden = true;
}

// Both readings of the line, where the readers differ, the places where they do marked.
function readings(f) {
  const line = f.page === page ? desk.view.lines[f.line] : null, others = line?.others ?? {};
  if (!Object.keys(others).length) {
    // What a person typed, no reader has read.
    byId("readings").replaceChildren(...(line?.boxes.length ? [make("dt", { class: "unseen" }, word("reading_mine")), make("dd", { class: "same" }, word("readers_agree"))] : []));
    return;
  }
  let at = 0;
  const units = [...line.text].map((c) => { at += c.length; return [c, at - c.length]; });
  const row = (read) => units.map(([c, n]) => (n in others ? make("b", {}, read(c, n)) : c));
  byId("readings").replaceChildren(make("dt", {}, word("reading_mine")), make("dd", {}, ...row((c) => c)), make("dt", {}, word("other_reader")), make("dd", {}, ...row((c, n) => others[n] || "∅")));
}

// For ears: what is in focus, and what stands around it.
function spoken(view, f) {
  const text = cleanText(view);
  byId("spoken").textContent = word("spoken", { text: visible(f.text) || word("nothing"), around: text.slice(Math.max(0, f.start - 8), f.end + 8).replaceAll("\n", " ") });
}

export function panel(view, f) {
  byId("focus").hidden = false;
  spoken(view, f);
  const length = Math.max(1, f.end - f.start);
  byId("desk").classList.toggle("upright", Boolean(f.page === page && desk.view.lines[f.line]?.vertical));
  const address = `/line/${issue}/${f.page}/${encodeURIComponent(f.line)}.png`, image = byId("line");
  image.onerror = () => { byId("crop").hidden = true; }; // of a line without a place there is no picture, and no empty frame for one
  if (image.getAttribute("src") !== address) { image.onload = () => { byId("crop").hidden = false; spot(f, length); }; served().then(() => { image.src = address; }); } else spot(f, length);
  if (f.page === page) scan.light(f.line, f.from, f.from + length, true); else scan.light(null, null, null, false);
  readings(f);
  const edits = f.edits?.map((id) => view.edits[id]).filter(Boolean) ?? [];
  const wide = Boolean(f.sample || f.wide);
  byId("text").classList.toggle("wide", wide);
  byId("text").lang = byId("readings").lang = view.lang;
  byId("crop").classList.toggle("fit", wide && !isLong(f));
  shownText(draftAt(placeOf(name, f)) ?? f.text);
  Object.assign(byId("text").dataset, { article: view.id, start: f.start, end: f.end });
  const others = candidates(view, f);
  f.choices = others;
  byId("candidates").replaceChildren(...others.map((c, n) => make("button", { onclick: whenSaved(() => choose(n)), title: String(n + 1) }, make("kbd", {}, String(n + 1)), ` ${beginning(c) || word("nothing")}`)));
  nameDeeds(edits[0]);
  const why = byId("why");
  why.title = "";
  if (f.reread) why.textContent = why.title = word("reread_why", { engine: f.reread });
  else if (f.sample) why.textContent = why.title = word("sample_why");
  else if (f.rest) why.textContent = word("no_suspects");
  else if (f.insert) why.textContent = word("insert_here", { text: visible(cleanText(view).slice(f.start, f.start + 6)) || "∅" });
  else if (edits.length) {
    const e = edits[0];
    why.title = reasonOf(e);
    why.replaceChildren(make("b", { class: `p-${e.by}` }, `${word(`pass_${e.by}`)} `), `${e.confidence} · ${reasonOf(e)}`); // the buttons say what it changes
  } else why.replaceChildren(`${word("reading")} `, make("b", {}, visible(f.text)), f.confidence === undefined ? "" : ` · ${f.confidence}`, f.page === page ? "" : ` · ${word("elsewhere", { n: f.page })}`);
}

// What the two buttons would leave in the text: of a change that text, else only that the reading is right.
function nameDeeds(e) {
  const short = (text) => { const all = graphemes(visible(text)); return all.length > 4 ? `${all.slice(0, 4).join("")}…` : all.join("") || word("nothing"); };
  byId("accept").querySelector("span").textContent = e ? word("accept_text", { text: short(e.after) }) : word("accept");
  byId("refuse").querySelector("span").textContent = e ? word("refuse_text", { text: short(e.before) }) : word("refuse");
  byId("refuse").disabled = !e;
}

function candidates(view, f) {
  const found = [...(f.candidates ?? [])];
  const other = desk.view.lines[f.line]?.others?.[f.from];
  if (other !== undefined && graphemes(f.text).length === 1) found.push(other);
  for (const c of desk.mended.get(f.text) ?? []) found.push(c);
  for (const c of desk.dropped.get(placeOf(name, f)) ?? []) found.push(c);
  return [...new Set(found)].filter((c) => c !== f.text).slice(0, 9);
}

// How much longer than it is high a line may be to be legible as a whole in the panel's width.
const LEGIBLE = 40;

// Whether a line that is worked on as a whole is too long for that: its picture goes along with the caret.
function isLong(f) {
  const line = f.page === page ? desk.view.lines[f.line] : null;
  if (!line?.polygon.length || line.vertical) return false;
  const [x0, y0, x1, y1] = boxOf(line.polygon);
  return x1 - x0 > LEGIBLE * (y1 - y0);
}

// The part of a long line's picture that the caret is at.
export function slideToCaret() {
  const f = desk.focus, shown = byId("line").clientWidth, room = byId("crop").clientWidth;
  if (!f || !(f.wide || f.sample) || !isLong(f) || shown <= room) return;
  const share = document.activeElement === field ? field.selectionStart / Math.max(1, field.value.length) : 0;
  byId("strip").style.transform = `translateX(${Math.min(0, Math.max(room - shown, room / 2 - share * shown))}px)`;
}

document.addEventListener("selectionchange", slideToCaret);

// The line in work as a picture, slid so that the place in focus is in sight, with a frame around the glyphs. A level
// line lies over the text, a vertical one stands beside it.
function spot(f, length) {
  const image = byId("line"), mark = byId("spot"), line = f.page === page ? desk.view.lines[f.line] : null;
  const stands = Boolean(line?.vertical), shown = stands ? image.clientHeight : image.clientWidth;
  const box = line ? scan.box(f.line, f.from, f.from + length) : null;
  mark.removeAttribute("style");
  if (!shown || !line?.polygon.length || !box || f.sample || f.wide) { mark.hidden = true; byId("strip").style.transform = ""; slideToCaret(); return; }
  const [a, b, c] = line.polygon, level = Math.hypot(b[0] - a[0], b[1] - a[1]), upright = Math.hypot(c[0] - b[0], c[1] - b[1]);
  const reach = stands ? upright : level, beyond = 0.35 * (stands ? level : upright);
  const scale = shown / (reach + 2 * beyond), start = stands ? b[1] : a[0];
  const from = (stands ? box[1] : box[0]) - start + beyond, to = (stands ? box[3] : box[2]) - start + beyond;
  mark.hidden = false;
  mark.style[stands ? "top" : "left"] = `${from * scale - 3}px`;
  mark.style[stands ? "height" : "width"] = `${(to - from) * scale + 6}px`;
  const room = stands ? byId("crop").clientHeight : byId("crop").clientWidth;
  const slide = shown > room ? Math.min(0, Math.max(room - shown, room / 2 - (from + to) * scale / 2)) : 0;
  byId("strip").style.transform = stands ? `translateY(${slide}px)` : `translateX(${slide}px)`;
}
