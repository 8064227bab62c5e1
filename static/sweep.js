// A contact sheet that fills in, and arrow keys from cell to cell.
const sweep = document.querySelector(".sweep");
const table = sweep.querySelector(".sheet");
const form = table.closest("form");
const title = document.title;
let now = sweep.dataset.now;

async function replace(old, next) {
  if (old.isEqualNode(next)) return;
  const fresh = document.importNode(next, true);
  await Promise.all([...fresh.querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
  const { id } = document.activeElement;
  const held = old.tagName === "TD" && old.contains(document.activeElement);
  old.replaceWith(fresh);
  if (held) fresh.querySelector("input, a")?.focus({ preventScroll: true });
  else if (id && fresh.contains(document.getElementById(id))) document.getElementById(id).focus();
}

async function ask() {
  const response = await fetch(`${sweep.dataset.cells}?since=${encodeURIComponent(now)}`);
  if (response.status === 404) return location.reload();
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const parts = [...page.querySelectorAll("#summary, td")];
  await Promise.all(parts.map((part) => replace(document.getElementById(part.id), part)));
  now = page.querySelector("[data-now]").dataset.now;
}

async function watch() {
  if (!document.hidden) await ask().catch(() => {});
  const { over, title: done } = document.getElementById("summary").dataset;
  document.title = over === undefined ? `${done} · ${title}` : title;
  if (over === undefined) setTimeout(watch, 1000);
}

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
table.addEventListener("keydown", (event) => {
  const [down, right] = STEPS[event.key] ?? [];
  if (down === undefined) return;
  event.preventDefault();
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td")]);
  let row = rows.findIndex((cells) => cells.some((cell) => cell.contains(event.target)));
  let column = rows[row].findIndex((cell) => cell.contains(event.target));
  let next;
  while (!next && rows[(row += down)]?.[(column += right)]) next = rows[row][column].querySelector("input, a");
  next?.focus();
  if (next?.type === "radio") next.click();
});

form.addEventListener("change", ({ target }) => {
  if (target.name === "cell") form.querySelector(".picked").textContent = target.parentElement.querySelector("img").alt;
});
table.addEventListener("dblclick", () => form.querySelector("input:checked") && form.querySelector("[value=open]").click());
form.querySelector("input:checked")?.dispatchEvent(new Event("change", { bubbles: true }));
if (!("over" in document.getElementById("summary").dataset)) watch();
