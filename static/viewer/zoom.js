// The picture in its window: fit, zoom up to four times its own pixels, and move.

import { typing } from "../base/typing.js";
import { Purpose } from "./wheel.js";

export const canvas = document.querySelector(".canvas");
const picture = canvas.querySelector(".picture");
const tools = document.querySelector(".tools");
const size = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
let [width, height] = size;
const own = () => 1 / devicePixelRatio; // CSS px of a picture's pixel at 100 %
const fit = () => Math.min(canvas.clientWidth / width, canvas.clientHeight / height, 2 * own());
const pointers = new Map();
const NOTCH = 0.4; // what a wheel does at most: two fingers on a touchpad send many small turns, and Ctrl too
const purpose = new Purpose(canvas);
let scale = fit(), x = 0, y = 0, fitted = true, tap;

// The left and right edges of the picture within the window.
export const extent = () => [Math.max(0, x), Math.min(canvas.clientWidth, x + width * scale)];
export const ratio = width / height;

// Shows so many of it side by side, and of these rows: what is drawn there is another's business.
export function lay(columns, rows) {
  [width, height] = [size[0] * columns, size[1] * rows];
  zoom(fit());
}

// Centred if there is room, else without a gap at either end.
const inside = (at, size, room) => (size <= room ? (room - size) / 2 : Math.min(0, Math.max(room - size, at)));
const movable = () => width * scale > canvas.clientWidth + 1 || height * scale > canvas.clientHeight + 1;

function show() {
  x = inside(x, width * scale, canvas.clientWidth);
  y = inside(y, height * scale, canvas.clientHeight);
  const style = { x, y, w: width * scale, h: height * scale };
  for (const name in style) canvas.style.setProperty(`--${name}`, `${style[name]}px`);
  canvas.classList.toggle("movable", movable());
  canvas.classList.toggle("zoomed", !fitted);
  canvas.classList.toggle("pixels", scale > 2 * own());
  const level = (100 * scale) / own();
  tools.querySelector("output").value = `${level < 10 ? level.toFixed(1) : Math.round(level)}%`;
  canvas.dispatchEvent(new Event("view"));
}

function zoom(to, at = [canvas.clientWidth / 2, canvas.clientHeight / 2]) {
  const next = Math.min(Math.max(4 * own(), fit()), Math.max(Math.min(fit(), own()), to));
  const by = scale ? next / scale : 1; // there was no room before
  x = at[0] - (at[0] - x) * by;
  y = at[1] - (at[1] - y) * by;
  scale = next;
  fitted = Math.abs(scale - fit()) <= 0.001 * fit();
  show();
}

function move(dx, dy) {
  x += dx;
  y += dy;
  show();
}

const actions = {
  in: () => zoom(scale * 1.5),
  out: () => zoom(scale / 1.5),
  fit: () => zoom(fit()),
  own: () => zoom(own()),
};

function place(event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

canvas.addEventListener("pointerdown", (event) => {
  if (event.button) return;
  canvas.setPointerCapture(event.pointerId);
  pointers.set(event.pointerId, place(event));
});

canvas.addEventListener("pointermove", (event) => {
  const before = pointers.get(event.pointerId);
  if (!before) return;
  const now = place(event);
  pointers.set(event.pointerId, now);
  const [other] = [...pointers].filter(([id]) => id !== event.pointerId);
  if (other) {
    const apart = (point) => Math.hypot(point[0] - other[1][0], point[1] - other[1][1]) || 1;
    zoom((scale * apart(now)) / apart(before), other[1]);
  } else if (movable()) move(now[0] - before[0], now[1] - before[1]);
});

function lift(event) {
  if (!pointers.delete(event.pointerId) || event.type === "pointercancel") return;
  const now = { at: place(event), time: event.timeStamp };
  const again = tap && now.time - tap.time < 350 && Math.hypot(now.at[0] - tap.at[0], now.at[1] - tap.at[1]) < 30;
  tap = again ? undefined : now;
  if (again) zoom(fitted ? (fit() < 0.8 * own() ? own() : 2 * fit()) : fit(), now.at);
}
canvas.addEventListener("pointerup", lift);
canvas.addEventListener("pointercancel", lift);

canvas.addEventListener("wheel", (event) => {
  if (!purpose.allows(event) || (event.deltaY > 0 && !event.ctrlKey && scale <= Math.min(fit(), own()))) return; // the page scrolls on
  event.preventDefault();
  const turned = -event.deltaY * (event.deltaMode ? 20 : 1) * (event.ctrlKey ? 0.01 : 0.002);
  zoom(scale * Math.exp(Math.min(NOTCH, Math.max(-NOTCH, turned))), place(event));
}, { passive: false });

function act(action) {
  actions[action]?.();
  purpose.meant = action === "in" || (action === "own" && !fitted) || (action === "out" && !fitted);
}

tools.addEventListener("click", ({ target: { dataset } }) => dataset.zoom && act(dataset.zoom));

document.addEventListener("keydown", (event) => {
  if (typing(event)) return;
  const action = { "+": "in", "=": "in", "-": "out", 0: "fit", 1: "own" }[event.key];
  if (action) act(action);
  const step = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] }[event.key];
  if (!step || event.target !== canvas || !movable()) return;
  event.preventDefault();
  move(...step);
});

new ResizeObserver(() => (fitted ? zoom(fit()) : show())).observe(canvas);
canvas.classList.add("ready");
tools.hidden = false;
show();
