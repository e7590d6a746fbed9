// What was typed and not yet saved, by its place. It outlives the page: whoever comes back finds it.

const KEPT = "banmian-drafts";

function all() {
  try { return JSON.parse(localStorage.getItem(KEPT) ?? "{}"); } catch { return {}; }
}

function keep(drafts) {
  if (Object.keys(drafts).length) localStorage.setItem(KEPT, JSON.stringify(drafts)); else localStorage.removeItem(KEPT);
}

// A place: the name, the page, the line and the offset there, and what was read.
export const placeOf = (name, f) => JSON.stringify([name, f.page, f.line, f.from, f.text]);

export function draftAt(place) { return all()[place]?.text; }

export function setDraft(place, text, id) { keep({ ...all(), [place]: { text, id } }); }

// Takes a draft away; with `id` only if it is still the one that was sent.
export function dropDraft(place, id) {
  const drafts = all();
  if (!(place in drafts) || (id !== undefined && drafts[place].id !== id)) return;
  delete drafts[place];
  keep(drafts);
}

// The drafts of an issue's page: each with its place, line, offset there, what was read, and what was typed.
export function draftsOf(name, page) {
  return Object.entries(all()).map(([place, { text }]) => {
    const [of, p, line, from, was] = JSON.parse(place);
    return { place, of, page: p, line, from, was, text };
  }).filter((d) => d.of === name && d.page === page);
}
