// Lost text: what looks like text and lies in no line, as a list to work through.

import { byId, inSight, make, word } from "../core.js";
import { load } from "./articles.js";
import { decide } from "./deciding.js";
import { putPart } from "./rereading.js";
import { page, partOf, say, scan } from "./state.js";

// What looks like text and lies in no line: a list to work through.
export function lostList(view) {
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
export function nextLost() {
  const items = [...byId("articles").querySelectorAll("#lost > ul > li")];
  if (!items.length) { say(word("lost_none")); return; }
  const item = items[(items.indexOf(document.activeElement?.closest?.("li")) + 1) % items.length];
  item.querySelector(".sight").focus();
  item.scrollIntoView({ block: "nearest" });
  scan.show(JSON.parse(item.dataset.box));
}

export const atLost = () => document.activeElement?.closest?.("#lost li");

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
