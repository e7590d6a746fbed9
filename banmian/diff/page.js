"use strict";
const why = document.getElementById("why");
const changes = document.querySelectorAll("main .e");

function tell(change) {
  document.querySelectorAll(".e.same").forEach((e) => e.classList.remove("same"));
  if (!change || change.closest("body").classList.contains("no-" + change.dataset.pass)) { why.textContent = ""; return; }
  document.querySelectorAll(`.e[data-id="${change.dataset.id}"]`).forEach((e) => e.classList.add("same"));
  why.textContent = change.title;
}
changes.forEach((change) => {
  change.addEventListener("mouseenter", () => tell(change));
  change.addEventListener("mouseleave", () => tell(null));
  change.addEventListener("focus", () => tell(change));
  change.addEventListener("blur", () => tell(null));
});
function filter() {
  document.querySelectorAll(".filter input[data-pass]").forEach((box) => document.body.classList.toggle("no-" + box.dataset.pass, !box.checked));
  const only = document.getElementById("only").checked;
  document.querySelectorAll("main tbody tr").forEach((row) => {
    const shown = [...row.querySelectorAll(".e")].some((e) => !document.body.classList.contains("no-" + e.dataset.pass));
    row.hidden = only && !shown;
  });
}
document.querySelectorAll(".filter input").forEach((box) => box.addEventListener("change", filter));
