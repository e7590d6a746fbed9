// Two people changed one place: both versions stand side by side until one of them decides.

import { make, word } from "../core.js";
import { bothVersions } from "../dialogs.js";
import { dropDraft } from "../drafts.js";
import { cleanText, visible } from "../text.js";
import { articleIn, toUnits } from "../units.js";
import { load } from "./articles.js";
import { decide } from "./deciding.js";
import { focus } from "./place.js";
import { at_, desk, page, say } from "./state.js";
import { restored } from "./typing.js";

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
export async function conflict(view, wish, told, { then = null, from = null } = {}) {
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
