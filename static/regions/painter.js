// The studio's regions painter: a layer for each chosen picture, tools for them, and masks that the form sends.

import { COLOURS, Layer } from "./layer.js";
import { closeGaps, fill, stroke } from "./tools.js";

const find = (selector) => root.querySelector(selector);
const value = (name) => find(`[name=painter-${name}]:is(:checked, :not([type=radio]))`).value;
const known = new Map(); // the layers of every picture ever chosen, so that pictures can move and come back
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const UNDOABLE = 30;
let root, form, before; // before: the masks of the render that filled in the form
let painted; // the option for painted regions; the form of a render with masks has it from the start
let slots, past, future, showing, synced; // slots: the role, title, key and layer of each picture
let last = null; // the brush's last place, while it is down

const layers = () => slots.map(({ layer }) => layer);
const state = (some) => some.map((layer) => [layer, layer.labels.slice()]);
const isPainted = () => layers().some(({ counts, labels }) => counts[0] < labels.length);

function judged() {
  if (slots.length < 2 || slots[0].role !== "content") return "Choose a content and a style first.";
  if (!isPainted()) return "Nothing is painted: paint the same regions over content and style, or match colours automatically.";
  const [content, ...styles] = layers();
  const alone = COLOURS.map((_, label) => {
    const inContent = content.counts[label] > 0;
    if (inContent === styles.some(({ counts }) => counts[label])) return "";
    const [one, other] = inContent ? ["the content", "a style"] : ["a style", "the content"];
    if (label) return `Region ${label} is only in ${one}: paint it in ${other} too, or erase it. `;
    return `Only ${one} has unpainted places: paint them, close the gaps, or leave some of ${other} unpainted. `;
  });
  return alone.join("") || "All regions are in the content and in a style.";
}

// Painting selects "painted" in the form's field; clearing everything undoes that.
function show() {
  const { regions } = form.elements;
  const wanted = isPainted() ? "masks" : "none";
  if (isPainted() ? regions.value !== wanted : painted.isConnected) {
    if (isPainted()) regions.append(painted);
    else painted.remove();
    regions.value = wanted;
    regions.dispatchEvent(new Event("input", { bubbles: true }));
  }
  find(".matching").classList.remove("wrong");
  find(".errors").replaceChildren();
  find(".said").textContent = judged();
  find("[data-do=undo]").disabled = !past.length;
  find("[data-do=redo]").disabled = !future.length;
}

function remember(some) {
  past = [...past, state(some)].slice(-UNDOABLE);
  future = [];
}

function back(from, to) {
  const step = from.pop();
  to.push(state(step.map(([layer]) => layer)));
  for (const [layer, labels] of step) Object.assign(layer, { labels }).changed();
  show();
}

function all(work) {
  remember(layers());
  layers().forEach(work);
  for (const layer of layers()) layer.changed();
  show();
}

async function match(button) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("count", value("count"));
  button.disabled = true;
  try {
    await sync();
    for (const { role, layer } of slots) body.append(role.split("_")[0], await layer.small(), "small.png");
    const { masks, error } = await (await fetch(root.dataset.address, { method: "POST", body })).json();
    if (masks) {
      remember(layers());
      await Promise.all(layers().map((layer, at) => layer.read(masks[at])));
    }
    show();
    if (error) find(".said").textContent = error;
  } catch {
    find(".said").textContent = "That did not work: try again.";
  }
  button.disabled = false;
}

const actions = {
  undo: () => back(past, future),
  redo: () => back(future, past),
  close: () => all(closeGaps),
  clear: () => all(({ labels }) => labels.fill(0)),
  match,
};

const radius = ({ width }) => (value("size") / 200) * width;

function dab(layer, to) {
  stroke(layer, last ?? to, to, radius(layer), value("tool") === "eraser" ? 0 : value("label"));
  last = to;
}

function place({ clientX, clientY }, { canvas, size }) {
  const box = canvas.getBoundingClientRect();
  return [((clientX - box.left) * size[0]) / box.width, ((clientY - box.top) * size[1]) / box.height];
}

const pointed = {
  pointerdown(event, layer) {
    if (event.button || event.isPrimary === false) return;
    remember([layer]);
    if (value("tool") === "fill") fill(layer, layer.place, value("label"), value("tolerance"), value("reach"));
    else dab(layer, layer.place);
    layer.draw();
    if (event.pointerId) event.target.setPointerCapture(event.pointerId);
  },
  pointermove(event, layer) {
    if (!last || !event.isPrimary) return;
    for (const each of event.getCoalescedEvents()) dab(layer, place(each, layer));
    layer.draw();
  },
  pointerup(event, layer) {
    last = null;
    layer.changed();
    show();
  },
  pointercancel() {
    if (last) back(past, []); // it was the first of two fingers
    last = null;
  },
  focusin: (event, layer) => (layer.place ??= layer.size.map((side) => side / 2)),
  keydown(event, layer) {
    const step = ARROWS[event.key];
    if (!step && event.key !== " ") return;
    event.preventDefault();
    if (step) layer.place = layer.place.map((each, axis) => each + step[axis] * Math.max(2, radius(layer)));
    else for (const act of ["pointerdown", "pointerup"]) pointed[act](event, layer);
  },
};

function listen(event) {
  const { layer } = event.target;
  if (!layer) return;
  if (event.clientX !== undefined) layer.place = place(event, layer);
  pointed[event.type](event, layer);
  layer.place = layer.place.map((each, axis) => Math.min(layer.size[axis] - 1, Math.max(0, each)));
  const [left, top] = layer.place.map((each, axis) => `${(100 * each) / layer.size[axis]}%`);
  Object.assign(layer.canvas.nextElementSibling.style, { left, top });
}

function figure({ title, layer: { picture, canvas, width, height } }) {
  const made = find("template").content.firstElementChild.cloneNode(true);
  made.firstElementChild.textContent = canvas.ariaLabel = title;
  Object.assign(canvas, { role: "application", tabIndex: 0 });
  made.querySelector("i").before(picture, canvas);
  made.style.setProperty("--ratio", width / height);
  return made;
}

function source(drop) {
  const { role } = drop.dataset;
  const title = drop.querySelector(".title").textContent;
  const [file] = drop.querySelector("[type=file]").files;
  const { cropped } = drop.querySelector(".preview").dataset;
  if (cropped) return { role, title, key: cropped, address: cropped };
  if (file) return { role, title, key: file.name + file.size + file.lastModified, address: URL.createObjectURL(file) };
  const key = drop.querySelector("[name$=_id]").value;
  return key && { role, title, key, address: `${root.dataset.address}${key}.webp` };
}

// Each picture on the form has a layer; the promise resolves once all layers are there.
function sync() {
  const found = [...form.querySelectorAll(".inputs .drop")].map(source).filter(Boolean);
  const name = found.map(({ role, key }) => role + key).join();
  if (name !== showing) synced = load(found, (showing = name));
  return synced;
}

async function load(found, name) {
  for (const each of found) {
    const { role, key } = each;
    each.layer = known.get(key);
    if (each.layer && found.every((other) => other === each || other.layer !== each.layer)) continue;
    each.layer = await Layer.of(each.address).catch(() => null);
    known.set(key, each.layer);
    if (before[role]?.picture === key) await each.layer?.read(before[role].address);
  }
  if (name !== showing) return;
  [slots, past, future] = [found.filter(({ layer }) => layer), [], []];
  find(".layers").replaceChildren(...slots.map(figure));
  show();
}

function adjust(event) {
  event.stopPropagation(); // the form itself has not changed
  root.style.setProperty(event.target.name.replace("painter", "-"), event.target.value);
}

function press(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (target.matches("select, [type=number]") || altKey) return;
  const size = find("[name=painter-size]");
  if (key === "[") size.stepDown();
  if (key === "]") size.stepUp();
  root.style.setProperty("--size", size.value);
  const meant = find(`[data-key~="${ctrlKey || metaKey ? "^" : ""}${CSS.escape(key)}"]`);
  if (!meant) return;
  event.preventDefault(); // or the browser undoes typing in another field
  meant.click();
}

function send({ formData }) {
  if (form.elements.regions.value !== "masks" || !isPainted()) return;
  formData.set("regions", "automatic"); // the masks replace these
  for (const { role, layer } of slots) {
    const name = role === "content" ? "content_mask" : `style_mask_${role.split("_")[1] ?? 1}`;
    formData.set(name, layer.mask, `${name}.png`);
  }
}

function start() {
  root = document.querySelector(".painter");
  form = root.closest("form");
  painted = form.elements.regions.querySelector("[value=masks]") ?? new Option("painted", "masks");
  before = JSON.parse(find("#painted-before").textContent) ?? {};
  [slots, past, future, showing] = [[], [], [], ""];
  for (const kind of Object.keys(pointed)) find(".layers").addEventListener(kind, listen);
  root.addEventListener("click", ({ target }) => actions[target.dataset.do]?.(target));
  root.addEventListener("input", adjust);
  root.addEventListener("change", adjust);
  root.addEventListener("keydown", press);
  root.addEventListener("toggle", () => root.open && sync());
  form.addEventListener("formdata", send);
  new MutationObserver((records) => {
    if ((root.open || slots.length) && records.some(({ target }) => !root.contains(target))) sync();
  }).observe(form, { subtree: true, childList: true, attributeFilter: ["src", "value"] });
  COLOURS.forEach((colour, label) => label && find(`.palette [value="${label}"]`).parentNode.style.setProperty("--colour", colour));
  root.hidden = false;
  root.open ||= Object.keys(before).length > 0;
}

start();
// Recalling a recipe replaces the form.
new MutationObserver(() => root.isConnected || start()).observe(form.parentNode.parentNode, { childList: true });
