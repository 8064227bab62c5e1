// Another picture over the result: up to a divider that people drag, or all of it while they hold a button.

import { typing } from "../base/typing.js";
import { canvas, extent, ratio } from "./zoom.js";

const over = canvas.querySelector(".over");
const image = over.querySelector("img");
const divider = canvas.querySelector(".divider");
const tools = document.querySelector(".tools");
const choice = tools.querySelector("select");
const slider = tools.querySelector("[type=range]");
const [button, hold] = ["split", "flip"].map((name) => tools.querySelector(`[data-compare="${name}"]`));
const another = tools.querySelector(".another");
const said = tools.querySelector(".said");
let split = false, flipped = false, pressed = 0;

function show() {
  const [left, right] = extent();
  const at = flipped ? canvas.clientWidth : left + ((right - left) * slider.value) / 100;
  over.hidden = !(split || flipped);
  divider.hidden = !split || flipped;
  slider.hidden = !split;
  canvas.style.setProperty("--split", `${at}px`);
  button.setAttribute("aria-pressed", split);
  hold.setAttribute("aria-pressed", flipped);
  if (split || flipped) load();
}

function load() {
  if (image.getAttribute("src") === choice.value || !choice.value) return;
  image.src = choice.value;
  image.alt = choice.selectedOptions[0].label;
}

// A picture of nearly the same shape covers the result exactly; any other is fitted into it.
image.addEventListener("load", () => {
  said.textContent = "";
  const stretch = Math.abs(Math.log(image.naturalWidth / image.naturalHeight / ratio)) < 0.1;
  image.style.objectFit = stretch ? "fill" : "contain";
});
image.addEventListener("error", () => (said.textContent = "That picture cannot be loaded."));

function toggle() {
  split = !split;
  show();
  if (split) slider.focus({ preventScroll: true });
}

function flip(on) {
  flipped = on;
  show();
}

button.addEventListener("click", toggle);
slider.addEventListener("input", show);
canvas.addEventListener("view", show);
choice.addEventListener("change", () => {
  another.hidden = choice.value !== "";
  if (!another.hidden) another.querySelector("input").focus();
  else if (split) load();
  else toggle();
});

divider.addEventListener("pointerdown", (event) => {
  event.stopPropagation();
  divider.setPointerCapture(event.pointerId);
});
divider.addEventListener("pointermove", (event) => {
  if (!divider.hasPointerCapture(event.pointerId)) return;
  const [left, right] = extent();
  slider.value = (100 * (event.clientX - canvas.getBoundingClientRect().left - left)) / (right - left);
  show();
});

hold.addEventListener("pointerdown", () => flip(true));
for (const name of ["pointerup", "pointerleave", "pointercancel", "blur", "keyup"]) hold.addEventListener(name, () => flip(false));
hold.addEventListener("keydown", (event) => [" ", "Enter"].includes(event.key) && flip(true));
hold.addEventListener("contextmenu", (event) => event.preventDefault());

// Holding `c` shows the other picture; a short press switches the divider on or off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "c" || event.repeat || typing(event)) return;
  pressed = event.timeStamp;
  flip(true);
});
document.addEventListener("keyup", (event) => {
  if (event.key !== "c" || !pressed) return;
  flip(false);
  if (event.timeStamp - pressed < 250) toggle();
  pressed = 0;
});
window.addEventListener("blur", () => flip(false));

another.addEventListener("submit", async (event) => {
  event.preventDefault();
  const id = another.querySelector("input").value.match(/[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}/i)?.[0];
  const response = id && (await fetch(another.dataset.address.replace("ID", id)).catch(() => null));
  const state = response?.ok ? await response.json() : null;
  if (another.hidden || !another.querySelector("input").value.includes(id ?? "")) return; // somebody went on without it
  said.textContent = state?.output ? "" : "There is no finished render at that address.";
  if (!state?.output) return;
  choice.add(new Option(`Render ${id.slice(0, 8)}`, state.output.url, true, true), choice.options.length - 1);
  choice.dispatchEvent(new Event("change"));
});
