// The gallery by keyboard, and shortcuts that save a click.
import "./menu.js";

const rows = document.querySelector(".rows");
const said = document.getElementById("said");
const FIELDS = "input:not([type=checkbox]), select, textarea, dialog, [role=menu]";
const cards = () => [...rows.querySelectorAll(".card")];
const linkOf = (card) => card?.querySelector(".result");

// The card in the next or previous row whose middle is nearest.
function beside(card, down) {
  const from = card.getBoundingClientRect();
  const others = cards().map((each) => [each, each.getBoundingClientRect()]);
  const beyond = others.filter(([, box]) => (down ? box.top > from.top + 4 : box.top < from.top - 4));
  const edge = down ? Math.min(...beyond.map(([, box]) => box.top)) : Math.max(...beyond.map(([, box]) => box.top));
  const off = (box) => Math.abs(box.left + box.right - from.left - from.right);
  const row = beyond.filter(([, box]) => Math.abs(box.top - edge) < 5).sort((a, b) => off(a[1]) - off(b[1]));
  return row[0]?.[0];
}

function step(card, key) {
  const all = cards();
  if (key === "ArrowRight") return all[all.indexOf(card) + 1];
  if (key === "ArrowLeft") return all[all.indexOf(card) - 1];
  return beside(card, key === "ArrowDown");
}

function move(event, card) {
  const onward = event.key === "ArrowRight" || event.key === "ArrowDown";
  const isSideways = event.key === "ArrowRight" || event.key === "ArrowLeft";
  if (!card && !isSideways) return; // the page scrolls
  const next = card ? step(card, event.key) : cards().find((each) => each.getBoundingClientRect().bottom > 80);
  const target = linkOf(next) ?? (onward && rows.querySelector(".more"));
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function close(except) {
  for (const about of rows.querySelectorAll(".about[open]")) if (about !== except) about.open = false;
}

let toggling = Promise.resolve(); // one after the other: each makes of the mark what it is not

async function toggleFavourite(button) {
  const form = button.form;
  const headers = { "HX-Request": "true" };
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers }).catch(() => null);
  if (!answer?.ok) return (said.textContent = "That did not work: try again.");
  const marks = new DOMParser().parseFromString(await answer.text(), "text/html");
  const isOne = marks.getElementById("favourite")?.getAttribute("aria-pressed") === "true";
  button.textContent = isOne ? "Remove from favourites" : "Add to favourites";
  button.closest(".card").classList.toggle("favourite", isOne);
  said.textContent = isOne ? "Added to your favourites" : "Removed from your favourites";
}

document.addEventListener("keydown", (event) => {
  if (!rows || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
  const card = document.activeElement.closest(".card") ?? rows.querySelector(".card:hover");
  const about = card?.querySelector(".about");
  if (event.key.startsWith("Arrow") && !event.shiftKey) move(event, document.activeElement.closest(".card"));
  else if (event.key === "i" && about) about.open = !about.open;
  else if (card) card.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});

// The key of the search, on every list that has one.
document.addEventListener("keydown", (event) => {
  const search = document.querySelector("main input[type=search]");
  if (event.key !== "/" || !search || event.ctrlKey || event.metaKey || event.target.closest(FIELDS)) return;
  event.preventDefault();
  search.select();
});

rows?.addEventListener("submit", (event) => {
  const button = event.target.querySelector("[data-key='.']");
  if (!button) return;
  event.preventDefault();
  toggling = toggling.then(() => toggleFavourite(button));
});
rows?.addEventListener("toggle", ({ target }) => target.open && close(target), true);
document.addEventListener("click", (event) => rows && close(event.target.closest(".about")));

// "Show more" moves the focus to the first new card.
let shown = 0;
document.addEventListener("htmx:beforeRequest", () => (shown = rows ? cards().length : 0));
document.addEventListener("htmx:afterSettle", () => shown && linkOf(cards()[shown])?.focus());
document.querySelector(".filter select[name=sort]")?.addEventListener("change", (event) => event.target.form.requestSubmit());
