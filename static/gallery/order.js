// Dragging a card of a collection onto another one moves it there. One move after the other, so that the page has the order
// that the site has.
const rows = document.querySelector("[data-order]");
let dragged = null, moving = Promise.resolve();

const cardAt = (event) => event.target.closest?.(".card[data-render]");
const prepare = () => rows.querySelectorAll(".card[data-render]").forEach((card) => (card.draggable = true));
const mark = (over) => rows.querySelectorAll(".card").forEach((card) => card.classList.toggle("over", card === over));

rows?.addEventListener("dragstart", (event) => {
  dragged = cardAt(event);
  if (!dragged) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.render);
});
rows?.addEventListener("dragover", (event) => {
  const card = cardAt(event);
  if (!dragged || !card) return;
  event.preventDefault();
  mark(card === dragged ? null : card);
});
rows?.addEventListener("dragend", () => {
  dragged = null;
  mark(null);
});
async function move(moved, card) {
  const body = new FormData();
  body.set("render", moved.dataset.render);
  body.set("before", card.dataset.render);
  const headers = { "x-csrftoken": JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"] };
  const answer = await fetch(rows.dataset.order, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) return (document.getElementById("said").textContent = "That did not work: try again.");
  const all = [...rows.querySelectorAll(".card")];
  card[all.indexOf(card) > all.indexOf(moved) ? "after" : "before"](moved);
}

rows?.addEventListener("drop", (event) => {
  const card = cardAt(event);
  if (!dragged || !card) return;
  event.preventDefault();
  const moved = dragged;
  mark(null);
  if (card !== moved) moving = moving.then(() => move(moved, card));
});

if (rows) {
  prepare();
  document.addEventListener("htmx:afterSettle", prepare);
}
