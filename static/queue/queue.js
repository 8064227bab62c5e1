// The queue: refreshes without disturbing its reader, says what changed, and is reordered by dragging.

const queue = document.querySelector("#queue");
const said = document.querySelector("#said");
let dragged = null;

// Turns `old` into `fresh`. Keeps elements with the same id, or else in the same place.
function morph(old, fresh) {
  const known = new Map([...old.children].filter((each) => each.id).map((each) => [each.id, each]));
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const here = at && at.nodeName === next.nodeName && !at.id ? at : null;
    const same = next.id ? known.get(next.id) : here;
    if (same && same === at) at = at.nextSibling;
    else old.insertBefore(same ?? next, at);
    if (!same) continue;
    if (same.data !== next.data) same.data = next.data;
    if (!next.attributes) continue;
    for (const name of same.getAttributeNames()) if (!next.hasAttribute(name)) same.removeAttribute(name);
    for (const { name, value } of next.attributes) if (same.getAttribute(name) !== value) same.setAttribute(name, value);
    morph(same, next);
  }
  while (at) [at] = [at.nextSibling, at.remove()];
}

function tellTime(part) {
  for (const time of part.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  }
}

const summary = () => queue.querySelector("#summary").dataset.say;
const titles = () => [...queue.querySelectorAll(".title")];
const numberOf = (focused) => focused.closest("li")?.querySelector(".number")?.textContent;

htmx.defineExtension("keep", {
  handleSwap(style, target, fragment) {
    if (dragged) return [];
    const focused = document.activeElement;
    const place = titles().indexOf(focused.closest("#queue li")?.querySelector(".title"));
    const [before, number] = [summary(), numberOf(focused)];
    tellTime(fragment);
    morph(target, fragment);
    if (place >= 0) {
      const left = titles();
      const there = focused.isConnected ? focused : document.getElementById(focused.id);
      (there ?? left[Math.min(place, left.length - 1)] ?? document.querySelector("h1")).focus({ preventScroll: true });
    }
    const now = numberOf(document.activeElement);
    if (now !== number && now) said.textContent = `Now ${now}`;
    else if (summary() !== before) said.textContent = summary();
    return [target];
  },
});

queue.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target === queue && (document.hidden || dragged)) event.preventDefault();
});
document.addEventListener("visibilitychange", () => document.hidden || htmx.trigger(queue, "refresh"));
tellTime(queue);

// A row can be dragged onto another one that it may swap places with.
function drop() {
  dragged?.row.style.removeProperty("translate");
  dragged?.row.classList.remove("dragged");
  dragged?.over?.classList.remove("over");
  dragged = null;
}

queue.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  dragged = { row: grip.closest("li"), from: event.pageY, over: null };
  dragged.row.classList.add("dragged");
});
queue.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const { row, from } = dragged;
  row.style.translate = `0 ${event.pageY - from}px`;
  const found = document.elementFromPoint(event.clientX, event.clientY)?.closest("li");
  dragged.over?.classList.remove("over");
  dragged.over = found !== row && found?.dataset.among === row.dataset.among ? found : null;
  dragged.over?.classList.add("over");
});
queue.addEventListener("pointerup", () => {
  const { row, over } = dragged ?? {};
  drop();
  if (!over) return;
  const [id, other] = [row, over].map((each) => each.id.slice("row-".length));
  htmx.ajax("POST", `../renders/${id}/to/${other}/`, { source: row, target: "#queue", swap: "keep" });
});
queue.addEventListener("pointercancel", drop);
