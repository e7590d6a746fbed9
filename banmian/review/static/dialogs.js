// Dialogs: each gives what the person chose, or nothing.

import { byId, make, served, word, words as words_ } from "./core.js";

const heading = (key) => make("h2", { id: "dialog-title" }, word(key));
const closing = (value, text, kind = "") => make("button", { class: kind, onclick: () => byId("dialog").close(value) }, ...[text].flat());

function dialog(...children) {
  const box = byId("dialog");
  box.replaceChildren(...children.filter((c) => c !== null));
  return new Promise((close) => {
    box.addEventListener("close", () => close(box.returnValue), { once: true });
    box.returnValue = "";
    box.showModal();
  });
}

// Every command with its key; each can be pressed here too, so that nothing needs a keyboard.
export async function commandList(subjects) {
  let chosen = null;
  const row = (c) => make("li", {}, make("button", { disabled: !c.keys.length, onclick: () => { chosen = c.keys[0]; byId("dialog").close("act"); } },
    make("span", { class: "ks" }, ...c.shown.map((k) => make("kbd", {}, k))), make("span", {}, c.label)));
  const part = (s) => make("section", {}, make("h3", {}, s.heading), make("ul", {}, ...s.keys.map(row)));
  await dialog(heading("keys"), make("div", { class: "commands" }, ...subjects.map(part)), make("div", { class: "end" }, closing("", word("close"))));
  return chosen;
}

export async function wantedText() {
  const field = make("input", { autocomplete: "off", "aria-labelledby": "dialog-title" });
  field.addEventListener("keydown", (e) => { if (e.key === "Enter" && !e.isComposing && e.keyCode !== 229) { e.preventDefault(); byId("dialog").close("find"); } });
  const answer = await dialog(heading("find"), field, make("div", { class: "end" }, closing("", word("close")), closing("find", word("find"), "main")));
  return answer === "find" ? field.value : "";
}

// A change that came too late: mine beside what stands now. Gives whether mine is to be applied anyway, or null where
// its person has not decided.
export async function bothVersions(mine, theirs) {
  const side = (key, parts) => make("div", {}, word(key), make("p", {}, ...parts));
  const answer = await dialog(heading("conflict"), make("div", { class: "two" }, side("conflict_mine", mine), side("conflict_theirs", theirs)),
    make("div", { class: "end" }, closing("leave", word("conflict_leave")), closing("take", word("conflict_take"), "main")));
  return answer === "" ? null : answer === "take";
}

const chosen = (key, pairs, value) => {
  const made = make("select", { "aria-label": word(key) }, ...pairs.map(([v, text]) => make("option", { value: v }, text)));
  if (value !== undefined) made.value = value;
  return made;
};
const ROLES = ["kicker", "title", "subtitle", "byline", "dateline", "subhead", "body", "caption", "credit", "furniture"];
const REGIONS = ["headline", "subhead", "byline", "body", "caption", "folio", "masthead", "advert", "table"];
const PIECES = ["article", "advert", "notice", "table", "caption", "furniture"];

const ENGINES = ["both", "ppocr", "tesseract"], LANGUAGES = ["chi_sim", "chi_tra", "chi_tra_vert", "eng", "jpn"];

// The reader that is offered first for a language.
export const usualReader = (lang) => ({ engine: "both", lang: lang || "chi_sim" });

function readerFields(lang) {
  const usual = usualReader(lang), engine = chosen("read_engine", ENGINES.map((e) => [e, word(`engine_${e}`)]), usual.engine);
  const known = LANGUAGES.includes(lang) || !lang ? LANGUAGES : [lang, ...LANGUAGES];
  const language = chosen("read_lang", known.map((l) => [l, words_[`lang_${l}`] ? word(`lang_${l}`) : l]), usual.lang);
  return { engine, language, told: () => ({ engine: engine.value, lang: language.value }) };
}

// What is to be read again: line, page, or nothing.
export const rereadScope = () => dialog(heading("reread_do"), make("div", { class: "end" }, closing("", word("close")),
  closing("page", [word("reread_page_do"), " ", make("kbd", {}, "T")]), closing("line", [word("reread_line_do"), " ", make("kbd", {}, "R")], "main")));

// With which engine and language to read again; `prepare` is told each choice, so that it can be loaded meanwhile.
export async function chosenReader(lang, prepare) {
  const fields = readerFields(lang), told = () => prepare(fields.told());
  for (const field of [fields.engine, fields.language]) field.addEventListener("change", told);
  told();
  const answer = await dialog(heading("reread"), make("div", { class: "acts" }, make("span", {}, word("read_engine")), fields.engine, make("span"), make("span", {}, word("read_lang")), fields.language, make("span")),
    make("div", { class: "end" }, closing("", word("close")), closing("read", word("read"), "main")));
  return answer === "read" ? fields.told() : null;
}

// With what to read the whole page again, and how far its print is turned on the scan. Gives what to ask, or null.
export async function pageReader(lang) {
  const fields = readerFields(lang), turn = chosen("page_turned", [[0, word("turned_0")], [90, word("turned_90")], [180, word("turned_180")], [270, word("turned_270")]]);
  const skew = make("input", { type: "number", min: "-15", max: "15", step: "0.1", value: "0", "aria-label": word("page_skew") });
  const row = (key, field) => [make("span", {}, word(key)), field, make("span")];
  const answer = await dialog(heading("page_reread"), make("p", { class: "soft" }, word("page_reread_why")), make("div", { class: "acts" }, ...row("read_engine", fields.engine), ...row("read_lang", fields.language), ...row("page_turned", turn), ...row("page_skew", skew)),
    make("div", { class: "end" }, closing("", word("close")), closing("read", word("read"), "main")));
  return answer === "read" ? { ...fields.told(), turned: Number(turn.value) + Math.max(-15, Math.min(15, Number(skew.value) || 0)) } : null;
}

// The page as it was read anew beside what there is. Gives take, drop, or nothing where it is to wait.
export async function bothReadings(told) {
  const side = (key, r) => make("div", {}, make("b", {}, word(key)), ` ${word("page_counts", r)}`, make("p", {}, ...r.text.flatMap((t) => [t, make("br")])));
  return dialog(heading("page_reread"), make("p", { class: "soft" }, word("page_take_why")), make("div", { class: "two" }, side("page_now", told.now), side("page_new", told.new)),
    make("div", { class: "end" }, closing("", word("close")), closing("drop", word("page_drop")), closing("take", word("page_take"), "main")));
}

// The part of the scan beside what is to stand for it: a strip lies above it, a block or an upright line stands at its left.
function besidePart([x0, y0, x1, y1], address, field) {
  const picture = make("img", { alt: word("part_picture") });
  served().then(() => { picture.src = address; });
  return make("div", { class: y1 - y0 > 0.6 * (x1 - x0) ? "beside tall" : "beside" }, picture, field);
}

// What stands in a part that was drawn: read at once, and again with each other choice until something is typed; corrected
// by hand, a line of print each; then its role and its place, one of those that are offered, or none. Gives the lines with
// their role and place.
export async function drawnLines({ read, places, lang, box, part }) {
  const fields = readerFields(lang), text = make("textarea", { rows: "6", "aria-label": word("text"), spellcheck: "false", autofocus: true });
  // A narrow part is one line; one that is longer than any line of a column is for layout to cut.
  const [x0, y0, x1, y1] = box, long = Math.max(x1 - x0, y1 - y0) / Math.min(x1 - x0, y1 - y0);
  const usual = long < 6 || long > 30 ? "layout" : y1 - y0 > x1 - x0 ? "vertical-rl" : "horizontal";
  const shape = chosen("draw_shape", [["layout", word("shape_layout")], ["horizontal", word("shape_horizontal")], ["vertical-rl", word("shape_vertical")]], usual);
  const role = chosen("do_role", ROLES.map((r) => [r, word(`role_${r}`)]), "body");
  const where = chosen("draw_where", [...places.map((p, n) => [n, word(p.behind ? "where_behind" : "where_before", { text: p.text })]), ["new", word("do_new")]]);
  const told = make("p", { class: "soft", role: "status" }), state = { lines: [], read: "", at_work: false };
  const choice = () => JSON.stringify({ ...fields.told(), single: shape.value !== "layout", direction: shape.value === "layout" ? null : shape.value });
  const ask = async () => {
    if (state.at_work) return; // what is chosen meanwhile is asked for behind it
    state.at_work = true;
    let mine;
    do {
      mine = choice();
      told.textContent = word("reading_now");
      const answer = await read(JSON.parse(mine));
      if (answer.status !== 200) { told.textContent = word(answer.told.why); continue; }
      state.lines = answer.told.lines; // what is typed in their stead stands in their places
      if (text.value !== state.read) { told.textContent = word("read_kept"); break; }
      text.value = state.read = state.lines.map((l) => l.text.trim()).join("\n");
      told.textContent = state.lines.length ? word("read_lines", { n: state.lines.length }) : word(answer.told.known ? "read_known" : "read_nothing");
    } while (mine !== choice() && text.value === state.read);
    state.at_work = false;
  };
  const again = make("button", { type: "button", onclick: () => { if (text.value === state.read) ask(); else { told.textContent = word("read_kept"); } } }, word("read"));
  for (const field of [shape, fields.engine, fields.language]) field.addEventListener("change", () => { if (text.value === state.read) ask(); });
  text.addEventListener("keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !e.isComposing) { e.preventDefault(); byId("dialog").close("put"); } });
  const closes = (e) => { if (text.value.trim() && text.value !== state.read) { e.preventDefault(); told.textContent = word("unsaved"); } };
  byId("dialog").addEventListener("cancel", closes);
  const field = (key, choice_) => make("label", {}, word(key), choice_);
  ask();
  const answer = await dialog(heading("draw"), make("div", { class: "across" }, field("draw_shape", shape), field("read_engine", fields.engine), field("read_lang", fields.language), again), besidePart(box, part, text), told,
    make("div", { class: "across" }, field("do_role", role), field("draw_where", where)),
    make("div", { class: "end" }, closing("", word("draw_off")), closing("put", word("draw_put"), "main")));
  byId("dialog").removeEventListener("cancel", closes);
  if (answer !== "put" || !text.value.trim()) return null;
  return { lines: linesOf(text.value, state.lines, box, shape.value), role: role.value, place: places[where.value] ?? null };
}

// Share of a line's characters that another one has too.
function alike(one, other) {
  const left = [...other];
  const common = [...one].filter((c) => { const at = left.indexOf(c); if (at >= 0) left.splice(at, 1); return at >= 0; });
  return common.length / Math.max(1, [...one].length, [...other].length);
}

// For each of some lines one of at least as many others, in their order, so that they are alike as far as can be.
function counterparts(some, others) {
  const best = Array.from({ length: some.length + 1 }, (_, i) => Array(others.length + 1).fill(i ? -Infinity : 0));
  for (let i = 1; i <= some.length; i++) {
    for (let j = i; j <= others.length; j++) best[i][j] = Math.max(best[i][j - 1], best[i - 1][j - 1] + alike(some[i - 1], others[j - 1]));
  }
  const found = [];
  for (let i = some.length, j = others.length; i; j--) if (best[i][j] !== best[i][j - 1]) found[--i] = j - 1;
  return found;
}

// The typed lines in the places of those that were read, of which some may have been taken away; lines beyond them share
// the part among them.
function linesOf(text, read, [x0, y0, x1, y1], shape) {
  const typed = text.split("\n").map((t) => t.trim()).filter(Boolean);
  if (typed.length <= read.length) {
    const texts = read.map((l) => l.text.trim()), places = typed.length < read.length ? counterparts(typed, texts) : texts.keys();
    return [...places].map((at, n) => ({ ...read[at], text: typed[n], glyphs: texts[at] === typed[n] ? read[at].glyphs : [] }));
  }
  const vertical = shape === "vertical-rl" || (read.length ? read[0].direction === "vertical-rl" : shape === "layout" && y1 - y0 > 1.6 * (x1 - x0)), n = typed.length;
  return typed.map((t, i) => {
    const [a, b, c, d] = vertical ? [x1 - ((i + 1) * (x1 - x0)) / n, y0, x1 - (i * (x1 - x0)) / n, y1] : [x0, y0 + (i * (y1 - y0)) / n, x1, y0 + ((i + 1) * (y1 - y0)) / n];
    const corners = [[a, b], [c, b], [c, d], [a, d]].map((p) => p.map(Math.round));
    return { polygon: corners, text: t, direction: vertical ? "vertical-rl" : "horizontal", glyphs: [] };
  });
}

// A line within other borders: what stands there, read again or typed, and how it runs. Gives the line, or null.
export async function reshapedLine({ read, line, lang, box, part }) {
  const fields = readerFields(lang), text = make("input", { "aria-label": word("text"), value: line.text, spellcheck: "false", autocomplete: "off" });
  const shape = chosen("draw_shape", [["horizontal", word("shape_horizontal")], ["vertical-rl", word("shape_vertical")]], line.vertical ? "vertical-rl" : "horizontal");
  const told = make("p", { class: "soft", role: "status" }, word("border_text")), state = { text: line.text, glyphs: [] };
  const ask = make("button", { type: "button", onclick: async () => {
    told.textContent = word("reading_now");
    ask.disabled = true;
    const answer = await read({ ...fields.told(), single: true, direction: shape.value });
    ask.disabled = false;
    if (answer.status !== 200) { told.textContent = word(answer.told.why); return; }
    const found = answer.told.lines.filter((l) => l.text.trim());
    told.textContent = word(found.length ? "border_read" : "read_nothing");
    if (!found.length) return;
    text.value = state.text = found.map((l) => l.text.trim()).join("");
    state.glyphs = found.flatMap((l) => l.glyphs);
    text.focus();
  } }, word("read"));
  const row = (key, field, button) => [make("span", {}, word(key)), field, button ?? make("span")];
  const answer = await dialog(heading("border_move"), make("div", { class: "acts" }, ...row("draw_shape", shape), ...row("read_engine", fields.engine), ...row("read_lang", fields.language, ask)), besidePart(box, part, text), told,
    make("div", { class: "end" }, closing("", word("draw_off")), closing("put", word("border_put"), "main")));
  if (answer !== "put" || !text.value.trim()) return null;
  const [x0, y0, x1, y1] = box;
  return { polygon: [[x0, y0], [x1, y0], [x1, y1], [x0, y1]], text: text.value, direction: shape.value, glyphs: text.value === state.text ? state.glyphs : [] };
}

// A comment: its text, what it is about, whether a colleague is asked; an answer has its text alone.
export async function comment({ scopes = [], answers = null }) {
  const text = make("textarea", { rows: "4", maxlength: "2000", "aria-label": word("note_text") });
  const scope = chosen("note_scope", scopes), ask = make("input", { type: "checkbox", id: "note-ask" });
  const told = make("p", { class: "soft", role: "status" });
  const closes = (e) => { if (text.value.trim()) { e.preventDefault(); told.textContent = word("unsaved"); } };
  byId("dialog").addEventListener("cancel", closes);
  text.addEventListener("keydown", (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey) && !e.isComposing) { e.preventDefault(); byId("dialog").close("put"); } });
  const answer = await dialog(heading(answers === null ? "note" : "note_answer"), answers === null ? make("div", { class: "acts" }, make("span", {}, word("note_scope")), scope, make("span")) : make("p", { class: "soft" }, answers),
    text, told, answers === null ? make("label", { class: "tick", for: "note-ask" }, ask, word("note_ask")) : null,
    make("div", { class: "end" }, closing("", word("draw_off")), closing("put", word("note_put"), "main")));
  byId("dialog").removeEventListener("cancel", closes);
  if (answer !== "put" || !text.value.trim()) return null;
  return { text: text.value.trim(), scope: scope.value, ask: ask.checked };
}

// Whose page it is to be: a name that is known, another one, or nobody's. Gives the name, or null.
export async function assignee({ people, now }) {
  const list = make("datalist", { id: "names" }, ...people.map((n) => make("option", { value: n })));
  const field = make("input", { list: "names", maxlength: "40", autocomplete: "off", "aria-labelledby": "dialog-title", value: now });
  field.addEventListener("keydown", (e) => { if (e.key === "Enter" && !e.isComposing && e.keyCode !== 229) { e.preventDefault(); byId("dialog").close("put"); } });
  const answer = await dialog(heading("assign"), field, list, make("p", { class: "soft" }, word("assign_why")),
    make("div", { class: "end" }, closing("", word("close")), closing("nobody", word("assign_nobody")), closing("put", word("assign"), "main")));
  return answer === "nobody" ? "" : answer === "put" ? field.value.trim() : null;
}

// The make-up around a line, by what it is about: lines, the line, the block, the piece. `place` says what is there;
// gives the wish and the other articles that it touches, or `border` where the line's borders are to be moved.
export async function makeUp(place) {
  let wanted = null;
  const scopes = [["line", word("scope_line")], ["tail", word("scope_tail")], ["block", `${word("scope_block")} (${place.block.length})`], ["article", word("scope_article")]];
  if (place.marked.length) scopes.unshift(["marked", word("scope_marked", { n: place.marked.length })]);
  const scope = chosen("scope", scopes), role = chosen("do_role", ROLES.map((r) => [r, word(`role_${r}`)]), place.role);
  const others = place.outline.map((o) => [o.id, `${o.pages.join(",")} · ${o.kind === "article" ? "" : `${word(`kind_${o.kind}`)} `}${o.title}`]);
  const target = chosen("do_move", [[place.id, `${place.title} ✓`], ["", word("do_new")], ...others]), before = chosen("do_before", []);
  const region = chosen("do_region", REGIONS.map((k) => [k, word(`kind_${k}`)]), place.region?.kind), kind = chosen("do_piece", PIECES.map((k) => [k, word(`kind_${k}`)]), place.kind);
  const jump = chosen("do_jump", others, place.near.jump), merge = chosen("do_merge", others, place.near.merge), heads = chosen("do_heads", [["headline", word("heads_headline")], ["subhead", word("heads_subhead")]]);
  const order = chosen("do_order", [...others, ["", word("do_end")]], place.near.order), block = chosen("do_unblock", place.blocks.map((b) => [JSON.stringify(b.line), b.text]));
  const lines = () => ({ marked: place.marked, tail: place.tail, block: place.block, article: place.all, line: [place.line] })[scope.value].map(([p, l]) => [p, l]);
  const fill = () => {
    before.replaceChildren(make("option", { value: "" }, word("do_end")), ...place.linesOf(target.value).map(([p, l, text]) => make("option", { value: JSON.stringify([p, l]) }, text)));
    const home = target.value && target.value !== place.id ? place.before(target.value, lines()) : null;
    before.value = home ? JSON.stringify(home) : "";
  };
  for (const field of [target, scope]) field.addEventListener("change", fill);
  fill();
  const close = (found) => { wanted = found; byId("dialog").close("act"); };
  const act = (key, field, wish, touched = () => []) => [make("span", {}, word(key)), field,
    make("button", { "aria-label": `${word(key)}: ${word("apply")}`, onclick: () => close({ wish: wish(), others: touched() }) }, word("apply"))];
  const soft = (text) => make("span", { class: "soft" }, text), part = (key) => make("h3", {}, word(key));
  await dialog(heading("make_up"), make("div", { class: "halves" }, make("div", { class: "acts" },
    part("part_lines"), make("span", {}, word("scope")), scope, make("span"),
    ...act("do_role", role, () => ({ type: "role", lines: lines(), role: role.value })),
    ...act("do_move", make("span", { class: "pair" }, target, soft(word("do_before")), before),
      () => ({ type: "move", lines: lines(), to: target.value || null, before: before.value ? JSON.parse(before.value) : null }), () => (target.value && target.value !== place.id ? [target.value] : [])),
    ...act("do_block", soft(word("do_block_why")), () => ({ type: "block", lines: lines() })),
    ...(place.marked.length > 1 ? act("do_unite", soft(word("scope_marked", { n: place.marked.length })), () => ({ type: "unite", lines: place.marked.map(([p, l]) => [p, l]) })) : []),
    ...act("do_drop", soft(word("do_drop_why")), () => ({ type: "drop", lines: lines() })),
    part("part_line"),
    make("span", {}, word("border_move")), soft(place.text), make("button", { "aria-label": `${word("border_move")}: ${word("apply")}`, onclick: () => close({ border: true }) }, word("apply")),
    ...(place.divide ? act("do_divide", soft(place.divide.text), () => ({ type: "divide", line: place.line, offset: place.divide.offset })) : []),
    ...(place.next ? act("do_unite_next", soft(place.next.text), () => ({ type: "unite", lines: [place.line, place.next.line] })) : []),
  ), make("div", { class: "acts" }, ...(place.region ? [part("part_block"), ...act("do_region", region, () => ({ type: "region", page: place.line[0], region: place.region.id, kind: region.value }))] : []),
    ...(place.region && place.blocks.length ? act("do_unblock", block, () => ({ type: "block", lines: place.block.map(([p, l]) => [p, l]), into: JSON.parse(block.value) })) : []),
    part("part_piece"),
    ...act("do_piece", kind, () => ({ type: "piece", kind: kind.value })),
    ...act("do_cut", soft(place.heads.length ? `${place.text} · ${word("do_cut_heads", { n: place.heads.length })}` : place.text), () => ({ type: "cut", at: place.line, heads: place.heads.map(([p, l]) => [p, l]) })),
    ...(others.length ? [...act("do_merge", make("span", { class: "pair" }, merge, soft(word("do_heads")), heads), () => ({ type: "merge", other: merge.value, heads: heads.value }), () => [merge.value]),
      ...act("do_order", order, () => ({ type: "order", before: order.value || null })),
      ...act("do_jump", jump, () => ({ type: "jump", to: jump.value }), () => [jump.value])] : []))),
  make("div", { class: "end" }, closing("", word("close"))));
  return wanted;
}
