// Cropping, turning and mirroring the picture of a place, in a dialog. Loaded when somebody opens it.

import { WHOLE, moved, pulled, read, scaled, shaped, shown, unshown, written } from "./crop_box.js";
import * as dialogs from "./dialogs.js";
import { called, changed, describe, form, input, notice, preview, say, slots, value } from "./slot.js";

const dialog = document.querySelector(".cropper");
const find = (selector) => dialog.querySelector(selector);
const [stage, canvas, frame] = [find(".stage"), find("canvas"), find(".frame")];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const [STEP, STRIDE, GROWS] = [0.01, 0.05, 1.06];
const [LONGEST, LONGEST_SHOWN] = [1600, 1280]; // pixels of the picture in the dialog, and of the part in its place
const SHORTEST = 64; // pixels of what is left
let picture, whole, turn, flip, rect, other, grip;

const isLying = () => turn % 180 !== 0;
const size = () => (isLying() ? [whole[1], whole[0]] : whole);
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
  const [file] = input(slot).files;
  const address = file ? URL.createObjectURL(file) : `${dialog.dataset.pictures}${value(slot, "id").value}.webp`;
  const image = Object.assign(new Image(), { src: address });
  await image.decode();
  return image;
}

// Draws a part of the picture as it is shown, mirrored and turned: `rect` of it, at a scale.
function drawn(into, [left, top, right, bottom], longest) {
  const own = [picture.naturalWidth, picture.naturalHeight];
  const across = isLying() ? [own[1], own[0]] : own;
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
  drawn(canvas, WHOLE, LONGEST);
  stage.style.setProperty("--shape", canvas.width / canvas.height);
}

function tell() {
  const [left, top, right, bottom] = rect.map((edge) => `${100 * edge}%`);
  Object.assign(frame.style, { left, top, width: `calc(${right} - ${left})`, height: `calc(${bottom} - ${top})` });
  const [width, height] = size().map((side, axis) => Math.round((rect[2 + axis] - rect[axis]) * side));
  find(".size").textContent = `${width} × ${height} px of ${size().join(" × ")}`;
  stage.classList.toggle("shaped", shape() > 0);
}

function set(next) {
  rect = next;
  tell();
}

function reshape() {
  set(shape() ? shaped(rect, shape()) : rect);
}

// The same part of the picture stays in the frame while the picture turns beneath it.
function turned(by, mirrored = false) {
  const part = unshown(rect, { turn, flip });
  if (mirrored) [flip, turn] = [!flip, (360 - turn) % 360];
  else turn = (turn + by) % 360;
  draw();
  rect = shown({ rect: part, turn, flip });
  set(shape() ? shaped(rect, shape(), true) : rect);
}

function reset() {
  [turn, flip] = [0, false];
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
  if (edge.includes(low)) return rect[axis] - from[axis];
  return edge.includes(high) ? rect[2 + axis] - from[axis] : 0;
}

stage.addEventListener("pointerdown", (event) => {
  if (event.button || !event.isPrimary) return;
  event.preventDefault();
  frame.focus();
  const from = point(event);
  const { edge } = event.target.dataset;
  if (event.target === frame) grip = { edge: "", from, start: rect };
  else if (edge) grip = { edge, from, start: rect, off: [off(edge, "we", 0, from), off(edge, "ns", 1, from)] };
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
  if (step) set(moved(rect, step[0] * by, step[1] * by));
  else if (event.key === "+" || event.key === "=") set(scaled(rect, GROWS, least()));
  else if (event.key === "-") set(scaled(rect, 1 / GROWS, least()));
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
  const { size, whole } = partner ? preview(partner).dataset : {};
  const [width, height] = (size ?? whole ?? "").split("x");
  return width / height;
}

async function begin(slot, text) {
  picture = await loaded(slot);
  whole = (preview(slot).dataset.whole ?? `${picture.naturalWidth}x${picture.naturalHeight}`).split("x").map(Number);
  const crop = read(text);
  [turn, flip, rect] = [crop.turn, crop.flip, shown(crop)];
}

function finish() {
  if (picture.src.startsWith("blob:")) URL.revokeObjectURL(picture.src);
  picture = null;
}

// Puts a crop into a place, and shows that part there. An empty one gives the whole picture back.
async function place(slot, text) {
  const into = preview(slot);
  const before = into.uncropped ?? { nodes: [...into.childNodes], size: into.dataset.size, colours: into.dataset.colours };
  value(slot, "crop").value = text;
  delete into.dataset.cropped;
  if (!text) {
    for (const name of ["size", "colours"]) before[name] ? (into.dataset[name] = before[name]) : delete into.dataset[name];
    into.replaceChildren(...before.nodes);
    delete into.uncropped;
    return;
  }
  const part = drawn(document.createElement("canvas"), rect, LONGEST_SHOWN);
  const blob = await new Promise((resolve) => part.toBlob(resolve, "image/webp", 0.92));
  const image = Object.assign(new Image(), { alt: called(slot), src: URL.createObjectURL(blob) });
  await image.decode();
  const pixels = size().map((side, axis) => Math.round(rect[2 + axis] * side) - Math.round(rect[axis] * side));
  Object.assign(into, { uncropped: before }).replaceChildren(image);
  into.dataset.cropped = image.src; // what regions are painted over
  describe(slot, image, pixels.join("x"));
}

const readable = async (slot, work) => {
  try {
    return await work();
  } catch {
    notice(slot, `This browser cannot show “${called(slot)}”, so it cannot be cropped here.`);
    return false;
  }
};

// A crop that was there before, as a page that is filled in has it.
export function apply(slot, text) {
  return readable(slot, async () => {
    await begin(slot, text);
    await place(slot, text);
    finish();
    changed(slot);
  });
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

// Opens the dialog for a place; whether anything was changed in it.
export function open(slot) {
  return readable(slot, async () => {
    const before = value(slot, "crop").value;
    document.querySelector(".cropper").replaceWith(dialog); // recalling a recipe has brought another one
    await Promise.all([styled(), begin(slot, before)]);
    other = ofOther(slot);
    find(".named").textContent = called(slot);
    find("[value=other]").disabled = !(other > 0);
    find("[name=crop-shape][value='']").checked = true;
    dialog.returnValue = "";
    dialogs.show(dialog);
    draw();
    tell();
    frame.focus();
    await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
    const after = written({ rect: unshown(rect, { turn, flip }), turn, flip });
    const isNew = dialog.returnValue === "done" && after !== before;
    if (isNew) {
      await place(slot, after);
      say(slot, "");
      changed(slot);
    }
    finish();
    return isNew && form().isConnected;
  });
}
