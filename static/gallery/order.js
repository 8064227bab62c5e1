// Dragging a card of a collection onto another one moves it there.
const rows = document.querySelector("[data-order]");
let dragged = null;

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
rows?.addEventListener("drop", async (event) => {
  const card = cardAt(event);
  if (!dragged || !card) return;
  event.preventDefault();
  const moved = dragged;
  mark(null);
  if (card === moved) return;
  const body = new FormData();
  body.set("render", moved.dataset.render);
  body.set("before", card.dataset.render);
  const headers = { "x-csrftoken": JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"] };
  const all = [...rows.querySelectorAll(".card")];
  const isLater = all.indexOf(card) > all.indexOf(moved);
  const answer = await fetch(rows.dataset.order, { method: "POST", body, headers }).catch(() => null);
  if (answer?.ok) card[isLater ? "after" : "before"](moved);
  else document.getElementById("said").textContent = "That did not work: try again.";
});

if (rows) {
  prepare();
  document.addEventListener("htmx:afterSettle", prepare);
}
