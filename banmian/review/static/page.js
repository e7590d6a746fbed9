// The page under review: one suspect after the other, every decision a key away.

import { beforeLeaving, byId, faultOf, get, go, inSight, isOurs, listen, make, send, served, ticket, word, words } from "./core.js";
import { assignee, bothReadings, bothVersions, chosenReader, commandList, comment, drawnLines, makeUp, pageReader, reshapedLine, wantedText } from "./dialogs.js";
import { draftAt, draftsOf, dropDraft, placeOf, setDraft } from "./drafts.js";
import { Scan } from "./scan.js";
import { articleElement, cleanText, isOn, pointed, reasonOf, renewed, spansAt, visible } from "./text.js";
import { articleIn, carried, graphemeAt, graphemes, pageIn, toPoints, toUnits, wishOut } from "./units.js";

// The keys as they are declared, by subject: the name of each command, its keys, and what is told of it.
const SUBJECTS = JSON.parse(document.body.dataset.keys);
const labelOf = (name) => SUBJECTS.flatMap((s) => s.keys).find((c) => c.name === name).label;
const issue = Number(document.body.dataset.issue), page = Number(document.body.dataset.page), name = document.body.dataset.name;
const scan = new Scan(byId("scan"), issue, page);
const desk = { person: document.body.dataset.person, view: null, articles: new Map(), here: null, focus: null, bar: 0.8, marked: new Set(), sample: null, mode: "suspect", last: 0, saving: 0, opening: false, queue: Promise.resolve() };

// --- showing ---------------------------------------------------------------------------------------------------------

// What goes wrong stands over the page until it is right again, or for long enough to be read.
function say(text, bad = false) {
  byId("state").textContent = byId("state").title = text;
  byId("state").classList.toggle("bad", bad);
  clearTimeout(say.timer);
  if (bad && desk.saving === 0) say.timer = setTimeout(() => say(""), 6000);
}

function busy(by) {
  desk.saving += by;
  byId("desk").setAttribute("aria-busy", String(desk.saving > 0));
}

async function load() {
  const view = pageIn(await get(`/api/page/${issue}/${page}`)), was = current(), f = desk.focus;
  if (!desk.view) setBar(view.bar);
  desk.view = view;
  desk.last = Math.max(desk.last, view.last);
  desk.articles = new Map(view.articles.map((a) => [a.id, a]));
  byId("readings").hidden = !Object.values(view.lines).some((l) => Object.keys(l.others).length); // its room stays, so that nothing jumps
  if (!desk.articles.has(desk.here)) desk.here = view.articles[0]?.id ?? null;
  const trouble = view.fault ? [make("p", { class: "changed" }, `${word("trouble")}: ${faultOf(view.fault)}`)] : [];
  byId("articles").replaceChildren(teamPart(view), make("p", { id: "rereading", class: "changed", role: "status", hidden: true }), ...trouble, ...unsaved(), ...lostList(view), ...view.changed.map(changedGround), ...view.articles.map(element));
  byId("done").textContent = word(view.done ? "done_unmark" : "done_mark");
  showHere(desk.others ?? []);
  showReading();
  redraw();
  count();
  paintNotes();
  if (f && was && desk.focus === f) follow(was, current());
}

const ACTS = { pass, goTo, cut: (v, run) => cutAt(v, run[2], run[3]), join: joinFrom, upright: () => localStorage.getItem("banmian-level") === null };

function element(view) {
  const made = articleElement(view, desk.bar, ACTS);
  made.classList.toggle("here", view.id === desk.here);
  return made;
}

// --- the team --------------------------------------------------------------------------------------------------------

// How often the page was proofread and by whom, whose it is, who is here, and the comments.
function teamPart(view) {
  const t = view.team;
  if (!t) return "";
  const next = t.state === "open" ? "proofread" : t.state === "proofread" ? "validated" : null, second = next === "validated" && t.proofread_by === desk.person;
  const state = view.done ? "done" : t.state, who = t.state === "validated" ? `${t.proofread_by} → ${t.validated_by}` : t.proofread_by;
  const open = t.notes.filter((n) => !n.settled), settled = t.notes.filter((n) => n.settled);
  return make("section", { id: "team", "aria-label": word("team") },
    make("div", { class: "strip" }, make("b", { class: `state ${state}` }, word(`stage_${state}`)), who ? make("span", { class: "soft" }, who) : null,
      next ? make("button", { id: "proof", disabled: second, title: second ? word("second_person") : `${labelOf("proof")} (p)`, onclick: proof }, word(`mark_${next}`), " ", make("kbd", {}, "p")) : null,
      make("span", { class: "fill" }), make("span", { id: "here", class: "soft", role: "status" }),
      make("button", { id: "assign", title: `${labelOf("assign")} (@)`, onclick: assign }, t.assigned ? word("assigned_to", { name: t.assigned }) : word("assign")),
      make("button", { id: "note", title: `${labelOf("note")} (q)`, onclick: note }, word("note"), " ", make("kbd", {}, "q"))),
    open.length ? make("ul", { class: "notes" }, ...open.map(noteItem)) : null,
    settled.length ? make("details", {}, make("summary", {}, word("notes_settled", { n: settled.length })), make("ul", { class: "notes" }, ...settled.map(noteItem))) : null);
}

function noteItem(n) {
  const said = (m) => [make("b", {}, m.person), ` ${m.time.slice(0, 16).replace("T", " ")} `, make("span", { class: "text" }, m.text)];
  const where = n.scope === "page" ? null : n.line ? make("button", { class: "where", onclick: () => toNote(n) }, n.scope === "place" ? `「${n.was}」` : word("note_article", { text: n.was })) : make("span", { class: "soft" }, `「${n.was}」 ${word("note_gone")}`);
  return make("li", { class: n.ask && !n.settled ? "ask" : "" }, make("p", {}, n.ask ? make("strong", { class: "flag" }, `⚑ ${word("note_asked")}`) : null, " ", ...said(n), " ", where),
    ...n.answers.map((a) => make("p", { class: "answer" }, ...said(a))),
    n.settled ? make("p", { class: "soft" }, word("note_settled_by", { name: n.settled })) : make("p", { class: "deeds" }, make("button", { onclick: () => answerNote(n) }, word("note_answer")), make("button", { onclick: () => team({ type: "settle", page, note: n.id }) }, word("note_settle"))));
}

const team = (wish) => decide({ id: "", revision: 0 }, wish, { then: load });

function proof() {
  const t = desk.view.team;
  if (!t) return;
  const next = t.state === "open" ? "proofread" : "validated";
  team({ type: "mark", page, state: next });
}

async function assign() {
  const t = desk.view.team, name_ = t && await assignee({ people: t.people, now: t.assigned || desk.person });
  if (t && name_ !== null && name_ !== t.assigned) team({ type: "assign", page, to: name_ });
}

// A comment on the place in work, its article, or the page.
async function note() {
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
function paintNotes() {
  if (!window.Highlight) return;
  const ranges = (desk.view.team?.notes ?? []).filter((n) => n.scope === "place" && n.line && !n.settled).flatMap((n) => {
    const line = desk.view.lines[n.line], [view, at] = (line && placed(n.line, toUnits(line.text, n.start))) ?? [];
    if (!view) return [];
    const end = at + toUnits(line.text, n.end) - toUnits(line.text, n.start);
    return rangesOf(spansAt(elementOf(view.id), at, end), at, end);
  });
  CSS.highlights.set("note", new Highlight(...ranges));
}

function showHere(people) {
  desk.others = people.filter((n) => n !== desk.person);
  const place = byId("here");
  if (place) place.textContent = desk.others.length ? word("here", { names: desk.others.join("、") }) : "";
}

// What looks like text and lies in no line: a list to work through.
function lostList(view) {
  const open = view.lost.filter((p) => p.state === "open"), settled = view.lost.filter((p) => p.state !== "open");
  scan.drawLost(open.map((p) => p.box));
  if (!view.lost.length) return [];
  const item = (p) => make("li", { "data-box": JSON.stringify(p.box) },
    make("button", { class: "sight", "aria-label": word("lost_show", { n: p.characters }), onclick: () => scan.show(p.box) }, inSight(make("img", { alt: "", "data-src": partOf(p.box) }))),
    make("span", { class: "soft" }, p.state === "open" ? word("lost_about", { n: p.characters }) : `${word(`lost_${p.state}`)} · ${p.person}`),
    make("button", { class: "read", onclick: () => readLost(p) }, word("lost_read"), ...(p.state === "open" ? [" ", make("kbd", {}, "n")] : [])),
    p.state === "open" ? make("button", { class: "nothing", onclick: () => leaveOut(p) }, word("lost_nothing"), " ", make("kbd", {}, "x")) : null);
  return [make("section", { id: "lost", class: open.length ? "" : "settled", "aria-labelledby": "lost-head" }, make("h2", { id: "lost-head" }, `${word("lost_text")} · ${open.length}`),
    open.length ? make("p", { class: "soft" }, word("lost_why")) : null, make("ul", {}, ...open.map(item)),
    settled.length ? make("details", {}, make("summary", {}, word("lost_settled", { n: settled.length })), make("ul", {}, ...settled.map(item))) : null)];
}

// The next open place behind the one in work, from the first again behind the last.
function nextLost() {
  const items = [...byId("articles").querySelectorAll("#lost > ul > li")];
  if (!items.length) { say(word("lost_none")); return; }
  const item = items[(items.indexOf(document.activeElement?.closest?.("li")) + 1) % items.length];
  item.querySelector(".sight").focus();
  item.scrollIntoView({ block: "nearest" });
  scan.show(JSON.parse(item.dataset.box));
}

const atLost = () => document.activeElement?.closest?.("#lost li");

function onwardLost() {
  const left = byId("articles").querySelector("#lost > ul > li");
  if (left) nextLost(); else say(word("lost_none"));
}

async function readLost(place) {
  scan.show(place.box);
  if (await putPart(place.box, place.box)) onwardLost();
}

async function leaveOut(place) {
  await decide({ id: "", revision: 0 }, { type: "no-text", page, box: place.box }, { then: async () => { await load(); onwardLost(); } });
}

function changedGround(c) {
  return make("p", { class: "changed" }, `${word("ground_changed")} (${c.person}, ${c.time.slice(0, 10)}): ${word("ground_was")} `, make("b", {}, visible(c.before) || "∅"),
    ` · ${word("ground_decided")} `, make("b", {}, visible(c.after) || "∅"), ` · ${word("ground_now")} `, make("b", {}, c.now === null ? "∅" : visible(c.now)), " ",
    make("button", { onclick: () => showLine(c.line) }, "→"));
}

function redraw() {
  const homes = {};
  [...desk.articles.values()].forEach((a, n) => a.lines.forEach(([p, , , region]) => { if (p === page && region) homes[region] = n; }));
  scan.draw(desk.view, homes);
}

function put(told) {
  const was = desk.articles.get(told.id), f = desk.focus;
  if (!was) return false;
  const view = articleIn(told, page, desk.view.lines);
  desk.articles.set(view.id, view);
  if (!renewed(elementOf(view.id), was, view, desk.bar, ACTS)) elementOf(view.id).replaceWith(element(view));
  paintNotes();
  if (f && desk.here === view.id) follow(was, view);
  return true;
}

// The place in work, after its article was laid out anew: where it stands now. What is being typed stays in its field,
// with the text that it was begun on.
function follow(was, view) {
  const f = desk.focus;
  if (!view || was.id !== view.id || !lineIn(view, f.page, f.line).length) { if (!typed()) beside(view, f); return; }
  const text = cleanText(view), length = f.end - f.start, inLine = startInLine(view, f);
  const byLine = inLine !== null && text.slice(inLine, inLine + length) === f.text;
  const start = byLine ? inLine : carried(cleanText(was), text, f.start), end = byLine ? start + length : Math.max(start, carried(cleanText(was), text, f.end));
  const shown = spansAt(elementOf(view.id), start, end);
  paint("glyph", shown, start, end);
  if (typed() || f.sent !== undefined) return;
  Object.assign(f, { start, end, base: view });
  if (text.slice(start, end) !== f.text) { f.text = text.slice(start, end); panel(view, f); }
}

// The line in work wherever it stands now; where it is gone, what stands in its place.
function beside(view, f) {
  if (!placed(f.line) && view?.text) focus(view, at_(view, Math.min(f.start, view.text.length - 1))); else showLine(f.line);
}

// Where the recognized character at which the place in work begins stands now; null where an edit has taken its place.
function startInLine(view, f) {
  const run = lineIn(view, f.page, f.line).find((r) => r[5] === null && r[4] <= f.from && f.from < r[4] + r[0].length);
  return run ? run[1] + f.from - run[4] : null;
}

const elementOf = (id) => byId("articles").querySelector(`[data-article="${CSS.escape(id)}"]`);
const current = () => desk.articles.get(desk.here);

// What the bar means: how many suspects are left, and how many of all the errors that are to be expected lie below it,
// those among them that somebody has already looked at.
function count() {
  let n = 0, among = 0, all = 0;
  for (const a of desk.articles.values()) {
    n += a.suspects.filter((s) => isOn(s, desk.bar)).length;
    for (const [percent, errors] of a.expected) { all += errors; if (percent < 100 * desk.bar) among += errors; }
  }
  const share = all > 0 ? ` · ${word("share", { p: Math.round((100 * among) / all) })}` : "";
  byId("count").textContent = `${desk.bar.toFixed(2)} · ${word("suspects_n", { n })}${share}`;
  for (const a of desk.articles.values()) {
    const on = a.suspects.filter((s) => isOn(s, desk.bar)).length;
    elementOf(a.id).querySelector(".count").textContent = on ? word("suspects_n", { n: on }) : word("no_suspects");
  }
}

// --- the focus -------------------------------------------------------------------------------------------------------

// Suspects that follow one another without a gap are one to the reviewer.
function groups(view) {
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

// The run that holds the character; where none does, the edit that took it away. An edit that left nothing stands at
// the same offset as the character behind it, and belongs to the line before.
function lineAt(view, at) {
  const runs = view.rows.flatMap((r) => r.runs);
  return runs.find((r) => r[1] <= at && at < r[1] + r[0].length) ?? runs.find((r) => r[1] === at) ?? runs.at(-1);
}

function focus(view, f, { scroll = true } = {}) {
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
function paint(name, spans, start, end) {
  if (window.Highlight) CSS.highlights.set(name, new Highlight(...rangesOf(spans, start, end)));
}

function rangesOf(spans, start, end) {
  return spans.flatMap((span) => {
    const node = (span.querySelector("ins") ?? span).firstChild;
    if (node?.nodeType !== 3) return [];
    const at = Number(span.dataset.at), range = document.createRange();
    range.setStart(node, Math.max(0, Math.min(node.length, start - at)));
    range.setEnd(node, Math.max(0, Math.min(node.length, end - at)));
    return [range];
  });
}

function clearPanel() {
  byId("line").removeAttribute("src");
  byId("spot").hidden = true;
  byId("readings").replaceChildren();
  shownText(""); byId("candidates").replaceChildren(); byId("why").textContent = word("no_suspects");
  nameDeeds(null);
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

function panel(view, f) {
  spoken(view, f);
  const length = Math.max(1, f.end - f.start);
  byId("desk").classList.toggle("upright", Boolean(f.page === page && desk.view.lines[f.line]?.vertical));
  const address = `/line/${issue}/${f.page}/${encodeURIComponent(f.line)}.png`, image = byId("line");
  if (image.getAttribute("src") !== address) { image.onload = () => spot(f, length); served().then(() => { image.src = address; }); } else spot(f, length);
  if (f.page === page) scan.light(f.line, f.from, f.from + length, true); else scan.light(null, null, null, false);
  readings(f);
  const edits = f.edits?.map((id) => view.edits[id]).filter(Boolean) ?? [];
  const wide = Boolean(f.sample || f.wide);
  byId("text").classList.toggle("wide", wide);
  byId("text").lang = byId("readings").lang = view.lang;
  byId("crop").classList.toggle("fit", wide);
  shownText(draftAt(placeOf(name, f)) ?? f.text);
  Object.assign(byId("text").dataset, { article: view.id, start: f.start, end: f.end });
  const others = candidates(view, f);
  f.choices = others;
  byId("candidates").replaceChildren(...others.map((c, n) => make("button", { onclick: whenSaved(() => choose(n)), title: String(n + 1) }, make("kbd", {}, String(n + 1)), ` ${visible(c) || word("nothing")}`)));
  nameDeeds(edits[0]);
  const why = byId("why");
  why.title = "";
  if (f.reread) why.textContent = why.title = word("reread_why", { engine: f.reread });
  else if (f.sample) why.textContent = why.title = word("sample_why");
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

// The line in work as a picture, slid so that the place in focus is in sight, with a frame around the glyphs. A level
// line lies over the text, a vertical one stands beside it.
function spot(f, length) {
  const image = byId("line"), mark = byId("spot"), line = f.page === page ? desk.view.lines[f.line] : null;
  const stands = Boolean(line?.vertical), shown = stands ? image.clientHeight : image.clientWidth;
  const box = line ? scan.box(f.line, f.from, f.from + length) : null;
  mark.removeAttribute("style");
  if (!shown || !line?.polygon.length || !box || f.sample || f.wide) { mark.hidden = true; byId("strip").style.transform = ""; return; }
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

// --- moving ----------------------------------------------------------------------------------------------------------

const order = () => [...desk.articles.keys()];

// Articles come first, then adverts; page heads and scraps after all else.
const rank = (id, s) => (s?.late ? 2 : desk.articles.get(id)?.kind === "advert" ? 1 : 0);

function next(step, from = null) {
  const names = order(), f = desk.focus, suspects = names.flatMap((id, n) => groups(desk.articles.get(id)).map((s) => ({ s, id, key: [rank(id, s), n, s.start] })));
  if (!suspects.length) {
    if (current()) focus(current(), null);
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

function nextArticle(step) {
  const names = order(), view = desk.articles.get(names[(names.indexOf(desk.here) + step + names.length) % names.length]);
  if (!view) return;
  const first = groups(view)[0] ?? { start: 0, end: 1, edits: [] };
  focus(view, first);
  elementOf(view.id).scrollIntoView({ block: "start" });
}

function nextSample() {
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

function move(step) {
  const view = current();
  if (!view) return;
  const text = cleanText(view), f = desk.focus;
  const at = step > 0 ? (f ? graphemeAt(text, f.start)[1] : 0) : graphemeAt(text, Math.max(0, (f?.start ?? 0) - 1))[0];
  focus(view, at_(view, Math.min(at, Math.max(0, text.length - 1))));
}

function at_(view, at) {
  const found = groups(view).find((s) => s.start <= at && at < s.end);
  const [start, end] = graphemeAt(cleanText(view), at);
  return found ?? { start, end, edits: [] };
}

const lineIn = (view, p, line) => view.rows.flatMap((r) => r.runs).filter((r) => r[3] === line && r[2] === p);

// The article and the clean offset at which a recognized character of this page's line stands now.
function placed(line, from = null) {
  for (const view of desk.articles.values()) {
    const runs = lineIn(view, page, line);
    if (!runs.length) continue;
    const start = from ?? runs[0][4], run = runs.filter((r) => r[4] <= start).at(-1) ?? runs[0];
    return [view, run[1] + (run[5] === null ? Math.max(0, Math.min(start - run[4], run[0].length - 1)) : 0)];
  }
  return null;
}

function showLine(line, from = null) {
  const [view, at] = placed(line, from) ?? [];
  if (view) focus(view, at_(view, at)); else scan.light(line, null, null, true);
}

function goTo(view, id) {
  const e = desk.articles.get(view.id).edits[id];
  const length = e.applied ? e.after.length : e.standing === "proposed" || e.standing === "refused" ? e.before.length : 0;
  focus(desk.articles.get(view.id), { start: e.at, end: e.at + length, edits: [id], candidates: [e.applied ? e.before : e.after], confidence: e.confidence });
}

// --- deciding --------------------------------------------------------------------------------------------------------

// Decisions go out one after the other, each with the article as its person saw it: the server carries the wish to what
// stands there by then, and asks only where the place itself has changed.
function decide(view, wish, { then = null, others = null, from = null } = {}) {
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

async function received(answer, { view = null, wish = null, then = null, from = null } = {}) {
  if (answer.status === 409) { await conflict(view, wish, answer.told, { then, from }); return; }
  if (answer.status !== 200) { say(word(answer.told.why), true); restored(from); return; }
  desk.last = Math.max(desk.last, answer.told.last ?? 0);
  if (from) dropDraft(from.place, from.id);
  say(word("kept"));
  if (answer.told.structural) { await load(); inSightAgain(); }
  else for (const a of answer.told.articles) { if (!put(a)) await load(); }
  count();
  if (then) then();
}

// What was moved is followed with the eye: the place in work is in sight wherever it stands now.
function inSightAgain() {
  const view = current(), f = desk.focus;
  if (view && f && lineIn(view, f.page, f.line).length) spansAt(elementOf(view.id), f.start, Math.max(f.end, f.start + 1))[0]?.scrollIntoView({ block: "nearest" });
}

// --- what is typed ---------------------------------------------------------------------------------------------------

const field = byId("text");
desk.dropped = new Map();

// A field has one line: the browser leaves line breaks out of what stands in it.
const inField = (text) => text.replace(/[\r\n]/g, "");

function shownText(text) {
  field.value = inField(text);
  field.classList.toggle("unsaved", typed());
}

// Whether the field holds what is neither saved nor on its way.
function typed() {
  const f = desk.focus;
  return Boolean(f) && f.text !== undefined && field.value !== inField(f.sent ?? f.text);
}

// What was typed is saved, wherever its person went: to a button, to another place, to another page.
function keep() {
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

function sendText(f, text, then) {
  const from = { place: placeOf(name, f), id: ticket(), f };
  setDraft(from.place, text, from.id);
  f.sent = text;
  shownText(text);
  return decide(f.base, { type: "type", start: f.start, end: f.end, was: f.text, text }, { then, from });
}

// What could not be saved is in the field again, and stays marked until it is.
function restored(from) {
  if (!from) return;
  delete from.f.sent;
  const view = desk.articles.get(from.f.base.id);
  if (desk.focus === from.f || !view) { if (desk.focus === from.f) shownText(draftAt(from.place) ?? field.value); }
  else if (cleanText(view).slice(from.f.start, from.f.end) === from.f.text) focus(view, { start: from.f.start, end: from.f.end, edits: [], wide: from.f.wide });
  else byId("articles").prepend(...unsaved());
}

// What was typed here and never saved, as its person left it.
function unsaved() {
  byId("articles").querySelectorAll(".draft").forEach((n) => n.remove());
  return draftsOf(name, page).filter((d) => !desk.focus || d.place !== placeOf(name, desk.focus)).map((d) => make("p", { class: "changed draft" },
    `${word("unsaved_here")} `, make("b", {}, visible(d.text) || "∅"), " ", make("button", { onclick: () => resume(d) }, word("unsaved_go")),
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

// Acts once all is saved that is on its way: that moves the focus on, and none is to hit the wrong place.
function whenSaved(act) {
  return () => { if (desk.saving === 0) act(); else desk.queue.then(() => setTimeout(act)); };
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

function accept() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  if (f.sample) { verdict(); return; }
  if (f.kept) { next(1); return; }
  if (f.edits?.length) decide(view, { type: "judge", edits: f.edits, accept: true }, { then: onward(view) });
  else decide(view, { type: "see", start: f.start, end: f.end }, { then: onward(view) });
}

function refuse() {
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

desk.mended = new Map();

// `fromField` tells that the text stands in the field, which shows no line breaks: as it was, it is the reading.
function type(text, { fromField = false } = {}) {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  if (f.sample) { verdict(); return; }
  if (f.insert && !text) { focus(view, at_(view, f.start)); return; }
  if (text === (fromField ? inField(f.text) : f.text)) { dropDraft(placeOf(name, f)); return asItStands(); }
  if (graphemes(f.text).length <= 2) desk.mended.set(f.text, [...new Set([text, ...(desk.mended.get(f.text) ?? [])])]);
  return sendText(f, text, onward(view));
}

function choose(n) {
  const view = current(), f = desk.focus, choice = f?.choices?.[n];
  if (choice === undefined) return;
  const e = f.edits?.length ? view.edits[f.edits[0]] : null;
  if (e && !e.applied && choice === e.after) accept();
  else if (e && e.applied && choice === e.before) refuse();
  else type(choice);
}

function verdict(then = nextSample) {
  const view = current(), [p, line] = desk.sample, text = field.value.trim();
  desk.focus.sent = field.value;
  decide(view, { type: "sample", line: [p, line], text }, { then }).then(tellRate);
  field.blur();
}

async function tellRate() { say(word("sampled_so_far", await get("/api/rate"))); }

function pass(view, by, accept_) { decide(view, { type: "pass", by, accept: accept_ }); }

async function step(which) {
  const mine = ticket();
  say(word("saving"));
  busy(1);
  desk.queue = desk.queue.then(async () => {
    const answer = await send("/api/step", [issue, which, mine], (told) => say(told, true));
    await received(answer);
    if (answer.status === 200) {
      await load();
      const view = desk.articles.get(answer.told.articles[0]?.id);
      if (view) { const f = desk.focus; focus(view, at_(view, Math.min(f?.start ?? 0, Math.max(0, cleanText(view).length - 1)))); }
    }
  }).catch((e) => say(String(e), true)).finally(() => busy(-1));
  await desk.queue;
}

async function done() {
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

function turn(by) {
  const there = document.querySelector(`.bar nav a[title$="(${by > 0 ? "N" : "P"})"]`);
  if (there) go(there.href);
}

// --- dialogs ---------------------------------------------------------------------------------------------------------

// A place in its surroundings, as it is or with another text in it.
const inText = (text, start, end, put = text.slice(start, end)) => [text.slice(Math.max(0, start - 60), start), make("ins", {}, visible(put) || "∅"), text.slice(end, end + 90)];
const around = (text, from, to) => text.slice(Math.max(0, from - 60), to + 90);

// What a wish would make of the text that its person saw, for the eye: the change marked in its surroundings.
function wishShown(view, wish) {
  const text = cleanText(view);
  if (wish.type === "type") return inText(text, wish.start, wish.end, wish.text);
  if (wish.type === "judge") {
    const e = view.edits[wish.edits[0]];
    return [make("ins", {}, `${word(wish.accept ? "accept" : "refuse")}: ${visible(e.before) || "∅"} → ${visible(e.after) || "∅"}`), ` ${around(text, e.at, e.at)}`];
  }
  return [around(text, wish.start ?? wish.at ?? 0, wish.end ?? 0)];
}

// What has become of a text: where it begins and ceases to differ from what it was, marked in its surroundings.
function changedShown(was, now) {
  let start = 0, end = 0;
  while (start < Math.min(was.length, now.length) && was[start] === now[start]) start += 1;
  while (end < Math.min(was.length, now.length) - start && was.at(-1 - end) === now.at(-1 - end)) end += 1;
  const stop = now.length - end;
  return [now.slice(Math.max(0, start - 60), start), make("ins", {}, now.slice(start, stop) || "∅"), now.slice(stop, stop + 90)];
}

// Only a change of the very place is one: what was there, mine and theirs stand side by side until it is decided.
async function conflict(view, wish, told, { then = null, from = null } = {}) {
  say(word("stale"), true);
  const theirs = told.article ? articleIn(told.article, page, desk.view.lines) : null;
  const place = told.place && theirs ? { start: toUnits(theirs.text, told.place.start), end: toUnits(theirs.text, told.place.end), text: told.place.text } : null;
  const shown = place ? inText(theirs.text, place.start, place.end) : theirs ? changedShown(cleanText(view), theirs.text) : ["∅"];
  const take = await bothVersions(wishShown(view, wish), shown);
  await load();
  const fresh = theirs && desk.articles.get(theirs.id);
  if (take === null) { restored(from); return; }
  if (from) dropDraft(from.place, from.id);
  if (!take || !fresh) { if (from?.f === desk.focus && fresh) focus(fresh, at_(fresh, Math.min(place?.start ?? 0, Math.max(0, fresh.text.length - 1)))); return; }
  const again = place && "start" in wish ? { ...wish, start: place.start, end: place.end } : { ...wish };
  if (place && wish.type === "type") again.was = place.text;
  decide(theirs, again, { then });
}

// Vertical articles stand as they are printed, or lie as other text does.
function turnText() {
  if (localStorage.getItem("banmian-level") === null) localStorage.setItem("banmian-level", "1"); else localStorage.removeItem("banmian-level");
  for (const view of desk.articles.values()) elementOf(view.id).replaceWith(element(view));
  const view = current();
  if (view && desk.focus) focus(view, desk.focus);
}

async function help() {
  const chosen = await commandList(SUBJECTS);
  if (chosen) KEYS[chosen]();
}

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

const HEADS = new Set(["kicker", "title", "subtitle", "byline"]);
const textOf = (id) => desk.view.lines[id]?.text.trim().slice(0, 24) ?? id;

async function structure() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const at = view.lines.findIndex(([p, l]) => p === f.page && l === f.line), home = view.lines[at];
  const region = desk.view.regions.find((r) => r.id === home?.[3]), block = view.lines.filter(([p, , , r]) => p === f.page && r === home?.[3]);
  const marked = [...desk.marked].map((k) => JSON.parse(k)).filter(([p, l]) => [...desk.articles.values()].some((a) => a.lines.some(([q, m]) => p === q && l === m)));
  const line = f.page === page ? desk.view.lines[f.line] : null, next = view.lines[at + 1];
  const wanted = await makeUp({
    id: view.id, title: view.title, kind: view.kind, role: home?.[2], all: view.lines, line: [f.page, f.line], text: textOf(f.line),
    block, tail: block.slice(block.indexOf(home)), region: home?.[3] ? { id: home[3], kind: region?.kind ?? "body" } : null, marked,
    heads: marked.filter(([p, l]) => view.lines.some(([q, m, role]) => p === q && l === m && HEADS.has(role))),
    blocks: f.page === page ? blocksOf(view).filter((b) => b.id !== home?.[3]).map((b) => ({ line: b.lines[0].slice(0, 2), text: textOf(b.lines[0][1]) })) : [],
    divide: line && line.text.slice(0, f.from).trim() && line.text.slice(f.from).trim() ? { offset: toPoints(line.text, f.from), text: `${line.text.slice(Math.max(0, f.from - 8), f.from)} ｜ ${line.text.slice(f.from, f.from + 8)}` } : null,
    next: next && next[0] === f.page ? { line: next.slice(0, 2), text: `＋ ${textOf(next[1])}` } : null,
    outline: desk.view.outline.filter((o) => o.id !== view.id && o.pages.length),
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
  const xs = first.polygon.map((p) => p[0]), ys = first.polygon.map((p) => p[1]);
  const others = view.lines.filter(([p, l]) => p === page && !mine.has(l));
  const [before, behind] = neighbours([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], others.map(([, l]) => l));
  const at = others.findIndex(([, l]) => l === before);
  return at >= 0 ? others[at + 1]?.slice(0, 2) ?? null : behind ? [page, behind] : null;
}

function unmark() {
  desk.marked.clear();
  paintMarked();
}

// The marked lines, on the scan and in the text.
function paintMarked() {
  scan.mark([...desk.marked].map((k) => JSON.parse(k)).filter(([p]) => p === page).map(([, l]) => l));
  for (const span of byId("articles").querySelectorAll("[data-line]")) span.classList.toggle("picked", desk.marked.has(JSON.stringify([Number(span.dataset.page), span.dataset.line])));
}

// --- repair: lines, blocks, articles -----------------------------------------------------------------------------------

// The line in work within other borders: they are moved on the scan, then what stands there is read again or left.
async function moveBorder() {
  const view = current(), f = desk.focus, line = f?.page === page ? desk.view.lines[f.line] : null;
  if (!view || !f) return;
  if (!line?.polygon.length) { say(word("other_page"), true); return; }
  const xs = line.polygon.map((p) => p[0]), ys = line.polygon.map((p) => p[1]);
  const box = await scan.adjust([Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]);
  if (!box) return;
  const read = (choice) => reread({ box, ...choice });
  const to = await reshapedLine({ read, line, lang: desk.view.read_as, box, part: partOf(box) });
  if (to) decide(view, { type: "reshape", line: [page, f.line], to }, { then: () => showLine(f.line) });
}

// The line in work is two, from the character in focus on.
function divideLine() {
  const view = current(), f = desk.focus, line = f?.page === page ? desk.view.lines[f.line] : null;
  if (!view || !f) return;
  if (!line) { say(word("other_page"), true); return; }
  decide(view, { type: "divide", line: [page, f.line], offset: toPoints(line.text, f.from) }, { then: () => showLine(f.line) });
}

// The line in work is one with the next line of its article.
function uniteLines() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const next = view.lines[view.lines.findIndex(([p, l]) => p === f.page && l === f.line) + 1];
  if (!next || next[0] !== f.page) { say(word("nothing_behind"), true); return; }
  decide(view, { type: "unite", lines: [[f.page, f.line], next.slice(0, 2)] }, { then: () => showLine(f.line) });
}

// The block in work comes before the one before it in its article, or behind the one behind it.
function moveBlock(step) {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const blocks = blocksOf(view), at = blocks.findIndex((b) => b.lines.some(([p, l]) => p === f.page && l === f.line));
  const before = blocks[step < 0 ? at - 1 : at + 2]?.lines[0].slice(0, 2) ?? null;
  if (at < 0 || !blocks[at + step]) { say(word("no_further"), true); return; }
  decide(view, { type: "move", lines: blocks[at].lines.map(([p, l]) => [p, l]), to: view.id, before }, { then: () => showLine(f.line) });
}

// The article in work comes before the one before it on this page, or behind the one behind it.
function moveArticle(step) {
  const view = current(), names = order(), at = names.indexOf(desk.here);
  if (!view) return;
  if (!names[at + step]) { say(word("no_further"), true); return; }
  const all = desk.view.outline.map((o) => o.id), behind = all[all.indexOf(names[at + 1]) + 1] ?? null;
  decide(view, { type: "order", before: step < 0 ? names[at - 1] : behind }, { then: () => elementOf(view.id)?.scrollIntoView({ block: "nearest" }) });
}

function markLine() {
  const f = desk.focus;
  if (f) mark(f.page, f.line);
}

// --- reading again ---------------------------------------------------------------------------------------------------

// A part of the scan that layout has lost is drawn, read by a worker, looked through, and put where it belongs.
async function drawPart() {
  say(word("draw_now"));
  const box = await scan.rectangle();
  say("");
  if (box) await putPart(box);
}

const partOf = (box) => `/part/${issue}/${page}/${box.join("-")}.png`;

async function putPart(box, lost = null) {
  const read = (choice) => reread({ box, single: choice.single, direction: choice.direction, engine: choice.engine, lang: choice.lang });
  const wish = await drawnLines({ read, places: placesFor(box, lost === null), lang: desk.view.read_as, box, part: partOf(box) });
  if (!wish) return false;
  const home = wish.place && desk.articles.get(wish.place.article);
  const call = { type: "draw", page, lines: wish.lines, role: wish.role, at: home ? [page, wish.place.line] : null, behind: wish.place?.behind ?? true, lost };
  await decide(home ?? { id: "", revision: 0 }, call, { then: () => shownDrawn(wish.lines[0].text) });
  return true;
}

// Where a part may belong: beside the line in work, and beside the lines that are printed before and behind it in its
// column. What is in no article has no neighbours.
function placesFor(box, here) {
  const f = desk.focus, found = [];
  const offer = (id, behind) => {
    const home = [...desk.articles.values()].find((a) => lineIn(a, page, id).length);
    if (home && !found.some((p) => p.line === id && p.behind === behind)) found.push({ article: home.id, line: id, behind, text: desk.view.lines[id].text.trim().slice(0, 20) });
  };
  if (here && f && f.page === page && desk.view.lines[f.line]) { offer(f.line, true); offer(f.line, false); }
  const [before, behind] = neighbours(box);
  if (before) offer(before, true);
  if (behind) offer(behind, false);
  return found;
}

// The nearest line before a box and the nearest behind it: in its column of level lines, in its row of vertical ones.
function neighbours([x0, y0, x1, y1], among = Object.keys(desk.view.lines)) {
  const all = among.map((id) => [id, desk.view.lines[id]]).filter(([, l]) => l?.polygon.length);
  const vertical = all.filter(([, l]) => l.vertical).length * 2 > all.length;
  let before = [Infinity, null], behind = [Infinity, null];
  for (const [id, line] of all) {
    const xs = line.polygon.map((p) => p[0]), ys = line.polygon.map((p) => p[1]);
    const [a, b, c, d] = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
    const meets = vertical ? Math.min(d, y1) > Math.max(b, y0) : Math.min(c, x1) > Math.max(a, x0);
    if (!meets) continue;
    const away = vertical ? (a + c) / 2 - (x0 + x1) / 2 : (y0 + y1) / 2 - (b + d) / 2;
    if (away >= 0 && away < before[0]) before = [away, id];
    if (away < 0 && -away < behind[0]) behind = [-away, id];
  }
  return [before[1], behind[1]];
}

function shownDrawn(text) {
  const line = Object.entries(desk.view.lines).filter(([id, l]) => id.startsWith("d") && l.text === text).at(-1);
  if (line) showLine(line[0]);
}

const reread = (asked) => send(`/api/read/${issue}/${page}`, asked, (told) => say(told, true));

// The line in work, read by another engine: what it says is offered beside what stands there.
async function rereadLine() {
  const view = current(), f = desk.focus, line = f?.page === page ? desk.view.lines[f.line] : null;
  if (!view || !line?.polygon.length) return;
  const choice = await chosenReader(desk.view.read_as);
  if (!choice) return;
  const xs = line.polygon.map((p) => p[0]), ys = line.polygon.map((p) => p[1]);
  const asked = { box: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)], single: true, direction: line.vertical ? "vertical-rl" : "horizontal", ...choice };
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
async function rereadPage() {
  const asked = await pageReader(desk.view.read_as);
  if (!asked) return;
  const answer = await send(`/api/reread/${issue}/${page}`, asked, (told) => say(told, true));
  if (answer.status !== 200) { say(word(answer.told.why), true); return; }
  watchReading();
}

async function watchReading() {
  clearTimeout(watchReading.timer);
  let told = desk.reading ?? {};
  try { told = await get(`/api/reread/${issue}/${page}`); } catch { /* nobody answers: as it was, and asked again below where it went on */ }
  desk.reading = told;
  showReading();
  if (told.state === "reading") watchReading.timer = setTimeout(watchReading, 2000);
}

function showReading() {
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

// A jump that was joined wrongly is cut where the text turns to another page.
function cutAt(view, p, line) { decide(view, { type: "cut", at: [p, line] }); }

function cutJump() {
  const view = current();
  const turn = view && elementOf(view.id).querySelector(".turn button");
  if (turn) turn.click(); else say(word("no_jump"), true);
}

function joinFrom({ id }) {
  const view = desk.articles.get(id);
  const first = view.rows[0]?.runs[0]?.[1] ?? 0;
  focus(view, at_(view, first));
  structure();
}

async function find() {
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

function changes() {
  const list = elementOf(desk.here)?.querySelector("details");
  if (!list) return;
  list.open = !list.open;
  list.scrollIntoView({ block: "nearest" });
  list.querySelector("summary").focus();
}

function edit() {
  if (!desk.focus) return;
  field.focus();
  field.select();
}

// Text where there is none: before the character in focus, or behind it.
function insert(behind) {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const at = behind ? f.end : f.start;
  focus(view, { start: at, end: at, edits: [], insert: true });
  field.focus();
}

// What nobody can read: a □ for each character, which exports mark as a gap.
function unclear() {
  const f = desk.focus;
  if (f && !f.sample) type("□".repeat(Math.max(1, graphemes(f.text).length)));
}

// A stretch of one paragraph that was selected is the place in work: what is typed takes its place.
function selected() {
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

function editLine() {
  const view = current(), f = desk.focus;
  if (!view || !f) return;
  const runs = lineIn(view, f.page, f.line);
  if (!runs.length) return;
  focus(view, { start: runs[0][1], end: runs.at(-1)[1] + runs.at(-1)[0].length, edits: [], wide: true });
  byId("text").focus();
}

function paragraph(join) {
  const view = current(), f = desk.focus;
  if (view && f) decide(view, { type: "break", at: f.start, join });
}

// --- keys and pointers -----------------------------------------------------------------------------------------------

// What each command does, by its name in the declarations of keys; it is told which of its keys was pressed.
const COMMANDS = {
  next: () => next(1), previous: () => next(-1), move: (key) => move(key === "ArrowRight" ? 1 : -1), article: (key) => nextArticle(key === "]" ? 1 : -1),
  page: (key) => turn(key === "N" ? 1 : -1), batch: () => go("/"), find, help,
  replace: () => go(`/find?issue=${issue}&page=${page}&text=${encodeURIComponent(desk.focus && !desk.focus.sample ? desk.focus.text : "")}`),
  glyphs: () => go(`/glyphs?issue=${issue}&char=${encodeURIComponent([...(desk.focus?.text ?? "").trim()][0] ?? "")}`),
  accept, refuse, edit, line: editLine, insert: () => insert(false), append: () => insert(true), unclear, delete: () => type(""),
  undo: () => step("undo"), redo: () => step("redo"), split: () => paragraph(false), unsplit: () => paragraph(true), sample: nextSample, changes,
  structure, mark: markLine, unmark, border: moveBorder, divide: divideLine, unite: uniteLines, jump: cutJump,
  block: (key) => moveBlock(key === "(" ? -1 : 1), piece: (key) => moveArticle(key === "{" ? -1 : 1),
  draw: drawPart, lost: nextLost, reread: rereadLine, reread_page: rereadPage, upright: turnText, overlay: () => byId("scan").classList.toggle("plain"),
  zoom: () => (desk.focus?.page === page ? scan.zoom(desk.focus.line, desk.focus.from, desk.focus.from + Math.max(1, desk.focus.end - desk.focus.start)) : scan.zoom(null)),
  done, proof, note, assign,
};
const KEYS = Object.fromEntries(SUBJECTS.flatMap((s) => s.keys).flatMap((c) => c.keys.map((key) => [key, () => COMMANDS[c.name](key)])));

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.target.closest("input, dialog") && ["z", "Z", "y"].includes(event.key)) {
    event.preventDefault();
    step(event.key === "z" ? "undo" : "redo");
    return;
  }
  if (!isOurs(event) || (event.key === "Enter" && event.target.closest("button, a, summary"))) return;
  if (event.repeat && !["j", "k", "ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
  const lost = { n: ".read", x: ".nothing" }[event.key], item = lost && atLost();
  const act = item ? () => item.querySelector(lost)?.click() : /^[1-9]$/.test(event.key) ? () => choose(Number(event.key) - 1) : KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  if (desk.saving === 0) { act(); return; }
  // What is still being saved moves the focus on; the next key waits for that, so that none hits the wrong place.
  // Behind a key that opens a field nothing is a command: it was meant for the field.
  if (desk.opening) return;
  desk.opening = ["e", "E", "i", "I", "/", "s", "t"].includes(event.key);
  desk.queue.then(() => setTimeout(() => { desk.opening = false; act(); }));
});

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

byId("articles").addEventListener("mousemove", (event) => {
  const found = pointed(event);
  if (!found || found.page !== page) return;
  scan.light(found.line, found.start, found.start + 1, false);
  if (found.edit) { const e = current()?.edits[found.edit] ?? [...desk.articles.values()].map((a) => a.edits[found.edit]).find(Boolean); if (e) found.span.title = `${word(`pass_${e.by}`)}: ${reasonOf(e)} (${e.confidence}) · ${word(`standing_${e.standing}`)}${e.person ? ` · ${e.person[0]}` : ""}`; }
});

byId("articles").addEventListener("click", (event) => {
  if (!event.shiftKey && selected()) return;
  const found = pointed(event), home = event.target.closest("article");
  if (!found || !home || event.target.closest("details")) return;
  const view = desk.articles.get(home.dataset.article);
  if (event.shiftKey) { mark(found.page, found.line); focus(view, at_(view, found.at), { scroll: false }); return; }
  if (found.edit) goTo(view, found.edit); else focus(view, at_(view, found.at), { scroll: false });
});

function mark(p, line) {
  const key = JSON.stringify([p, line]);
  if (!desk.marked.delete(key)) desk.marked.add(key);
  getSelection().removeAllRanges(); // the browser's own, from the last click to this one
  paintMarked();
  say(word("scope_marked", { n: desk.marked.size }));
}

function onPoint(found) {
  byId("articles").querySelectorAll(".lit").forEach((n) => n.classList.remove("lit"));
  if (!found) return;
  const spans = [...byId("articles").querySelectorAll(`span[data-line="${CSS.escape(found.line)}"][data-page="${page}"]`)];
  spans.forEach((s) => s.classList.add("lit"));
  scan.light(found.line, found.start, (found.start ?? 0) + 1, false);
  if (found.start !== null) {
    const over = spans.filter((s) => Number(s.dataset.start) <= found.start && !s.classList.contains("e")).at(-1);
    if (over) { const at = Number(over.dataset.at) + found.start - Number(over.dataset.start); paint("glyph", [over], at, at + 1); }
  }
}

function onPick(found, shift) {
  if (shift) mark(page, found.line);
  const [view, at] = placed(found.line, found.start) ?? [];
  if (view) focus(view, at_(view, at));
}

// The bar begins where most of the page's expected errors lie below it, and stays where its person has set it.
function setBar(usual) {
  const kept = localStorage.getItem("banmian-bar");
  byId("bar").value = kept !== null && Number.isFinite(Number(kept)) ? kept : usual;
  desk.bar = byId("bar").value / 100;
}
byId("bar").addEventListener("input", (event) => {
  desk.bar = event.target.value / 100;
  localStorage.setItem("banmian-bar", event.target.value);
  for (const view of desk.articles.values()) {
    elementOf(view.id).querySelectorAll("[data-suspect]").forEach((n) => n.classList.toggle("on", isOn(view.suspects[n.dataset.suspect], desk.bar)));
  }
  count();
});
for (const [id, act] of [["previous", () => next(-1)], ["next", () => next(1)], ["accept", accept], ["refuse", refuse], ["edit", edit], ["structure", structure], ["undo", () => step("undo")], ["redo", () => step("redo")], ["done", done], ["help", help]]) byId(id).addEventListener("click", whenSaved(act));

// The first load is on its way when the listening begins, so that no decision falls between the two; until it has come
// nobody knows what is new, and a page that is being looked at is not laid out a second time for nothing.
const loaded = load();
listen(async (told) => {
  await loaded;
  if (told.id <= desk.last) return;
  await desk.queue;
  if (told.id <= desk.last) return;
  if (told.issue !== null && told.issue !== name) { desk.last = told.id; return; }
  await load();
  const view = current(), f = desk.focus;
  if (f && view && !typed() && document.activeElement !== field) focus(view, at_(view, Math.min(f.start, Math.max(0, cleanText(view).length - 1))), { scroll: false });
  say(told.person ?? "");
}, { place: `?issue=${issue}&page=${page}`, onHere: (people) => loaded.then(() => showHere(people)) });

try { await Promise.all([loaded, scan.open(onPoint, onPick)]); } catch (e) {
  byId("articles").replaceChildren(make("p", { class: "changed", role: "alert" }, e.message, " ", make("button", { onclick: () => location.reload() }, word("again"))));
  throw e;
}
redraw();
watchReading();
const asked = new URLSearchParams(location.search), wanted = asked.get("line"), at = desk.view.lines[wanted] && asked.get("at");
if (wanted) showLine(wanted, at ? toUnits(desk.view.lines[wanted].text, Number(at)) : null); else next(1, 0);
document.body.dataset.ready = "yes";
