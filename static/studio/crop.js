// Cropping, turning and mirroring the picture of a place, in a dialog. Loaded when somebody opens it.

import { WHOLE, moved, pulled, read, scaled, shaped, shown, unshown, written } from "./crop_box.js";
import * as dialogs from "./dialogs.js";
import { called, changed, describe, input, notice, placeOf, preview, say, shown as inPlace, slots, value } from "./slot.js";

const dialog = document.querySelector(".cropper");
const find = (selector) => dialog.querySelector(selector);
const [stage, canvas, frame] = [find(".stage"), find("canvas"), find(".frame")];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const [STEP, STRIDE, GROWS] = [0.01, 0.05, 1.06];
const [LONGEST, LONGEST_SHOWN] = [1600, 1280]; // pixels of the picture in the dialog, and of the part in its place
const SHORTEST = 64; // pixels of what is left
// In the dialog: a picture as it is seen, the shape of the other one, and what somebody has taken hold of. A view is `of`
// the element that shows a picture in its place; it has its file's size, and what is seen of it.
let view, other, grip;

const isLying = ({ turn }) => turn % 180 !== 0;
const sizeOf = (view) => (isLying(view) ? [view.whole[1], view.whole[0]] : view.whole);
const size = () => sizeOf(view);
const least = () => size().map((side) => Math.min(1, SHORTEST / side));

// Width over height of the frame, in parts of the picture's; nothing where any will do.
function shape() {
  const wanted = find("[name=crop-shape]:checked").value;
  if (!wanted) return 0;
  const [width, height] = size();
  if (wanted === "other") return (other * height) / width;
  const [long, short] = wanted.split(":");
  return ((width < height ? short / long : long / short) * height) / width;
}

async function loaded(slot) {
  const [file] = input(slot).held ?? []; // one that is still being judged is not shown yet
  const address = file ? URL.createObjectURL(file) : `${dialog.dataset.pictures}${value(slot, "id").value}.webp`;
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  return image;
}

// Draws a part of a view's picture as it is seen, mirrored and turned, at a scale.
function drawn(view, into, [left, top, right, bottom], longest) {
  const { picture, turn, flip } = view;
  const own = [picture.naturalWidth, picture.naturalHeight];
  const across = isLying(view) ? [own[1], own[0]] : own;
  const scale = Math.min(1, longest / Math.max((right - left) * across[0], (bottom - top) * across[1]));
  const [wide, high] = own.map((side) => side * scale);
  const [width, height] = across.map((side) => side * scale);
  Object.assign(into, { width: Math.max(1, Math.round((right - left) * width)), height: Math.max(1, Math.round((bottom - top) * height)) });
  const context = into.getContext("2d");
  context.fillStyle = "#fff"; // as the server lays transparent pictures over white
  context.fillRect(0, 0, into.width, into.height);
  context.imageSmoothingQuality = "high";
  context.translate(width / 2 - left * width, height / 2 - top * height);
  context.rotate((turn * Math.PI) / 180);
  context.scale(flip ? -1 : 1, 1);
  context.drawImage(picture, -wide / 2, -high / 2, wide, high);
  return into;
}

function draw() {
  drawn(view, canvas, WHOLE, LONGEST);
  stage.style.setProperty("--shape", canvas.width / canvas.height);
}

function tell() {
  const { rect } = view;
  const [left, top, right, bottom] = rect.map((edge) => `${100 * edge}%`);
  Object.assign(frame.style, { left, top, width: `calc(${right} - ${left})`, height: `calc(${bottom} - ${top})` });
  const [width, height] = size().map((side, axis) => Math.round((rect[2 + axis] - rect[axis]) * side));
  find(".size").textContent = `${width} × ${height} px of ${size().join(" × ")}`;
  stage.classList.toggle("shaped", shape() > 0);
}

function set(next) {
  view.rect = next;
  tell();
}

function reshape() {
  set(shape() ? shaped(view.rect, shape()) : view.rect);
}

// The same part of the picture stays in the frame while the picture turns beneath it.
function turned(by, mirrored = false) {
  const part = unshown(view.rect, view);
  if (mirrored) Object.assign(view, { flip: !view.flip, turn: (360 - view.turn) % 360 });
  else view.turn = (view.turn + by) % 360;
  draw();
  const rect = shown({ ...view, rect: part });
  set(shape() ? shaped(rect, shape(), true) : rect);
}

function reset() {
  Object.assign(view, { turn: 0, flip: false });
  find("[name=crop-shape][value='']").checked = true;
  draw();
  set(WHOLE);
}

const actions = {
  left: () => turned(270),
  right: () => turned(90),
  mirror: () => turned(0, true),
  whole: reset,
  cancel: () => dialog.close(),
  done: () => dialog.close("done"),
};
const KEYS = { r: "right", R: "left", m: "mirror", 0: "whole" };

function point({ clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  return [(clientX - box.left) / box.width, (clientY - box.top) / box.height].map((each) => Math.min(1, Math.max(0, each)));
}

// How far beside its edge somebody took hold of the frame.
function off(edge, [low, high], axis, from) {
  if (edge.includes(low)) return view.rect[axis] - from[axis];
  return edge.includes(high) ? view.rect[2 + axis] - from[axis] : 0;
}

stage.addEventListener("pointerdown", (event) => {
  if (event.button || !event.isPrimary) return;
  event.preventDefault();
  frame.focus();
  const from = point(event);
  const { edge } = event.target.dataset;
  if (event.target === frame) grip = { edge: "", from, start: view.rect };
  else if (edge) grip = { edge, from, start: view.rect, off: [off(edge, "we", 0, from), off(edge, "ns", 1, from)] };
  else grip = { edge: "se", from, start: moved([...from, from[0] + least()[0], from[1] + least()[1]], 0, 0), off: [0, 0] }; // a new frame
  stage.setPointerCapture(event.pointerId);
});
stage.addEventListener("pointermove", (event) => {
  if (!grip || !event.isPrimary) return;
  const [x, y] = point(event);
  if (grip.edge) set(pulled(grip.start, grip.edge, [x + grip.off[0], y + grip.off[1]], least(), shape()));
  else set(moved(grip.start, x - grip.from[0], y - grip.from[1]));
});
for (const kind of ["pointerup", "pointercancel"]) stage.addEventListener(kind, () => (grip = null));

dialog.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.target.type !== "radio" && ARROWS[event.key];
  const by = event.shiftKey ? STRIDE : STEP;
  if (step) set(moved(view.rect, step[0] * by, step[1] * by));
  else if (event.key === "+" || event.key === "=") set(scaled(view.rect, GROWS, least()));
  else if (event.key === "-") set(scaled(view.rect, 1 / GROWS, least()));
  else if (event.key === "Enter" && event.target === frame) actions.done();
  else if (KEYS[event.key]) actions[KEYS[event.key]]();
  else return;
  event.preventDefault();
});
dialog.addEventListener("click", ({ target }) => actions[target.closest("[data-do]")?.dataset.do]?.());
dialog.addEventListener("change", ({ target }) => target.name === "crop-shape" && reshape());

// Width over height of the picture that this one is painted with: the content's for a style, the first style's else.
function ofOther(slot) {
  const partner = slots()[slot === slots()[0] ? 1 : 0];
  const { size, whole } = partner ? inPlace(partner)?.dataset ?? {} : {};
  const [width, height] = (size ?? whole ?? "").split("x");
  return width / height;
}

// Nothing where a picture has been replaced until it was loaded, or where this browser cannot show it.
async function viewed(slot, text, otherwise) {
  const of = inPlace(slot);
  if (!of) return null;
  try {
    const picture = await loaded(slot);
    const whole = (of.dataset.whole ?? `${picture.naturalWidth}x${picture.naturalHeight}`).split("x").map(Number);
    const crop = read(text);
    return placeOf(of) && { of, picture, whole, turn: crop.turn, flip: crop.flip, rect: shown(crop) };
  } catch {
    if (placeOf(of)) notice(placeOf(of), `This browser cannot show “${called(placeOf(of))}”, ${otherwise}.`);
    return null;
  }
}

const textOf = (view) => written({ ...view, rect: unshown(view.rect, view) });

function finish({ picture }) {
  if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
}

// The part of its picture that a view shows, for its place. A crop must not wait, so toBlob will not do.
function part(view) {
  const { of, rect, whole } = view;
  const canvas = drawn(view, document.createElement("canvas"), rect, LONGEST_SHOWN);
  const [, type, , data] = canvas.toDataURL("image/webp", 0.92).split(/[:;,]/);
  const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
  const image = Object.assign(new Image(), { alt: called(placeOf(of)), src: URL.createObjectURL(new Blob([bytes], { type })) });
  const pixels = sizeOf(view).map((side, axis) => Math.round(rect[2 + axis] * side) - Math.round(rect[axis] * side));
  describe(image, canvas, pixels.join("x"));
  Object.assign(image.dataset, { whole: whole.join("x"), cropped: image.src }); // what regions are painted over
  return image;
}

// Puts what a view shows into its place. Whatever shows the whole picture comes back with the whole.
export function put(view, text = textOf(view)) {
  const { of } = view, slot = placeOf(of);
  const whole = of.uncropped ?? of;
  value(slot, "crop").value = text;
  preview(slot).replaceChildren(text ? Object.assign(part(view), { uncropped: whole }) : whole);
  finish(view);
  say(slot, "");
  changed(slot);
}

// A crop that was there before, as a page that is filled in has it.
export async function apply(slot, text) {
  const found = await viewed(slot, text, "but only the part that is chosen is painted from");
  if (found) put(found, text);
}

async function styled() {
  const { style } = dialog.dataset;
  if (document.querySelector(`link[href="${style}"]`)) return;
  const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  await new Promise((resolve) => {
    sheet.onload = sheet.onerror = resolve;
    document.head.append(sheet);
  });
}

// Opens the dialog for a place; the view that somebody wants there, if it is another one.
export async function open(slot) {
  const before = value(slot, "crop").value;
  const [found] = await Promise.all([viewed(slot, before, "so it cannot be cropped here"), styled()]);
  if (!found?.of.isConnected || dialog.open) return null; // somebody was quicker
  view = found;
  other = ofOther(slot);
  document.querySelector(".cropper").replaceWith(dialog); // recalling a recipe has brought another one
  find(".named").textContent = called(slot);
  find("[value=other]").disabled = !(other > 0);
  find("[name=crop-shape][value='']").checked = true;
  dialog.returnValue = "";
  dialogs.show(dialog);
  draw();
  tell();
  frame.focus();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  const isNew = dialog.returnValue === "done" && textOf(view) !== before;
  if (isNew) return view;
  finish(view);
  return null;
}
