// Find and replace: every place in its surroundings, as it is and as it would be; what is ticked is replaced in one go.

import { byId, get, go, isOurs, make, send, ticket, word } from "./core.js";

const here = { issue: document.body.dataset.issue, page: document.body.dataset.page };
const found = { was: "", hits: [], last: null };

function tell(text, bad = false) { byId("told").textContent = text; byId("told").classList.toggle("alarm", bad); }

async function seek() {
  const was = byId("was").value, scope = byId("scope").value;
  if (!was) return;
  byId("hits").replaceChildren();
  byId("put").hidden = true;
  byId("told").replaceChildren(make("span", { class: "loading" }, word("loading")));
  const asked = new URLSearchParams({ text: was });
  if (scope !== "batch") asked.set("issue", here.issue);
  if (scope === "page") asked.set("page", here.page);
  let told;
  try { told = await get(`/api/find?${asked}`); } catch (e) { tell(e.message, true); return; }
  Object.assign(found, { was, hits: told.hits });
  byId("hits").replaceChildren(...told.hits.map(row));
  byId("put").hidden = told.hits.length === 0;
  tell(told.hits.length === 0 ? word("not_found") : word(told.more ? "replace_more" : "replace_found", { n: told.hits.length }));
  shown();
}

function row(hit, n) {
  const where = `${hit.name} · ${word("page", { n: hit.page })}`;
  return make("li", {},
    make("input", { type: "checkbox", checked: true, "data-n": n, "aria-label": `${where}: ${hit.before}${found.was}${hit.behind}`, onchange: shown }),
    make("span", { class: "text" }, hit.before, make("del", {}, found.was), make("ins", {}), hit.behind),
    make("a", { class: "quiet", href: `/page/${hit.spot.issue}/${hit.page}?line=${encodeURIComponent(hit.line)}` }, where),
    make("button", { onclick: (e) => one(n, e.target) }, word("replace_one")));
}

const ticked = () => [...byId("hits").querySelectorAll("input:checked")].map((box) => found.hits[box.dataset.n]).filter((h) => !h.done);

// The preview: what each place would be.
function shown() {
  const by = byId("by").value;
  for (const text of byId("hits").querySelectorAll("li:not(.done) ins")) text.textContent = by;
  byId("go").textContent = word(by ? "replace_go" : "replace_delete", { n: ticked().length });
  byId("go").disabled = ticked().length === 0;
  byId("go").classList.toggle("main", by !== ""); // what deletes does not offer itself
}

async function put(hits) {
  if (!hits.length) return;
  const text = byId("by").value, mine = ticket();
  if (text === found.was) { tell(word("no_change"), true); return; }
  tell(word("saving"));
  const answer = await send("/api/replace", { was: found.was, text, ticket: mine, spots: hits.map((h) => h.spot) }, (t) => tell(t, true));
  if (answer.status !== 200) { tell(word(answer.told.why), true); return; }
  found.last = { of: mine, issues: [...new Set(hits.map((h) => h.spot.issue))] };
  const n = answer.told.places;
  await seek();
  byId("put").hidden = false;
  byId("undo").hidden = false;
  tell(word("replace_done", { n }));
}

// A place may want another text than the rest: it is written into its own field.
function one(n, button) {
  const field = make("input", { class: "own", value: byId("by").value || found.was, "aria-label": word("replace_by") });
  const save = async () => {
    const text = field.value;
    if (text === found.was) { tell(word("no_change"), true); return; }
    const answer = await send("/api/replace", { was: found.was, text, ticket: ticket(), spots: [found.hits[n].spot] }, (t) => tell(t, true));
    if (answer.status !== 200) { tell(word(answer.told.why), true); return; }
    await seek();
    tell(word("kept"));
  };
  field.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229) return;
    if (e.key === "Enter") { e.preventDefault(); save(); }
    if (e.key === "Escape") { field.replaceWith(button); button.focus(); }
  });
  button.replaceWith(field);
  field.focus();
  field.select();
}

byId("seek").addEventListener("submit", (e) => { e.preventDefault(); seek(); });
byId("put").addEventListener("submit", (e) => { e.preventDefault(); put(ticked()); });
byId("by").addEventListener("input", shown);
byId("by").addEventListener("keydown", (e) => { if (e.key === "Enter" && !byId("by").value && !e.isComposing) { e.preventDefault(); tell(word("replace_by_nothing"), true); } });
for (const [id, on] of [["all", true], ["none", false]]) byId(id).addEventListener("click", () => { for (const box of byId("hits").querySelectorAll("input[type=checkbox]")) box.checked = on; shown(); });
byId("undo").addEventListener("click", async () => {
  if (!found.last) return;
  const answer = await send("/api/replace/undo", { ...found.last, ticket: ticket() }, (t) => tell(t, true));
  found.last = null;
  byId("undo").hidden = true;
  await seek();
  tell(answer.status === 200 ? word("replace_undone") : word(answer.told.why), answer.status !== 200);
});
document.addEventListener("keydown", (e) => { if (isOurs(e) && e.key === "g") go("/"); });
if (byId("was").value) seek(); else byId("was").focus();
