// The studio's regions painter: a layer for each chosen picture, tools for them, and masks that the form sends.

import { foresee, forget } from "./foresight.js";
import { COLOURS, Layer } from "./layer.js";
import { asJson, names, numbered, rename, showNames } from "./names.js";
import { closeGaps, fill, stroke } from "./tools.js";

const find = (selector) => root.querySelector(selector);
const value = (name) => find(`[name=painter-${name}]:is(:checked, :not([type=radio]))`).value;
const known = new Map(); // the layers of every picture ever chosen, so that pictures can move and come back
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const UNDOABLE = 30;
let root, form, before; // before: the masks of the render that filled in the form
let slots, past, future, showing, synced; // slots: the role, title, key and layer of each picture
let last = null; // the brush's last place, while it is down
const started = new WeakSet(); // panels that are listened to: undoing a recall brings one back

const layers = () => slots.map(({ layer }) => layer);
const state = (some) => ({ labels: some.map((layer) => [layer, layer.labels.slice()]), names: names.slice() });
const label = () => Number(value("tool") === "eraser" ? 0 : value("label"));
const isPainted = (some = slots) => some.some(({ layer: { counts, labels } }) => counts[0] < labels.length);

function judged() {
  if (slots.length < 2 || slots[0].role !== "content") return "Choose a content and a style first.";
  if (!isPainted()) return "Nothing is painted: paint the same regions over content and style, or match colours automatically.";
  const [content, ...styles] = layers();
  const alone = COLOURS.map((_, label) => {
    const inContent = content.counts[label] > 0;
    if (inContent === styles.some(({ counts }) => counts[label])) return "";
    const [one, other] = inContent ? ["the content", "a style"] : ["a style", "the content"];
    const name = names[label] && names[label][0].toUpperCase() + names[label].slice(1);
    if (name) return `${name} is only in ${one}: ${inContent ? "it takes what is most like it" : "only what is like it takes it"}. `;
    if (label) return `Region ${label} is only in ${one}: paint it in ${other} too, name it, or erase it. `;
    return `Only ${one} has unpainted places: paint them, close the gaps, or leave some of ${other} unpainted. `;
  });
  return alone.join("") || "All regions are in the content and in a style.";
}

function show() {
  const { regions } = form.elements;
  if (isPainted() && regions.value !== "masks") {
    regions.value = "masks";
    regions.dispatchEvent(new Event("input", { bubbles: true }));
  }
  root.parentNode.querySelector(".matching").classList.remove("wrong");
  root.parentNode.querySelector(".matching .errors").replaceChildren();
  find(".said").textContent = judged();
  find("[data-do=undo]").disabled = !past.length;
  find("[data-do=redo]").disabled = !future.length;
  showNames(root, label());
  form.dispatchEvent(new Event("input", { bubbles: true })); // masks are a part of what is asked for
}

function remember(some) {
  past = [...past, state(some)].slice(-UNDOABLE);
  future = [];
}

function back(from, to) {
  const step = from.pop();
  to.push(state(step.labels.map(([layer]) => layer)));
  for (const [layer, labels] of step.labels) Object.assign(layer, { labels }).changed();
  rename(step.names);
  show();
}

function all(work) {
  remember(layers());
  layers().forEach(work);
  for (const layer of layers()) layer.changed();
  show();
}

// Whether the pictures are still those that something was asked about; their places may have been swapped.
const areThere = (asked) => asked.every(({ layer }) => layers().includes(layer));
const fail = () => (find(".said").textContent = "That did not work: try again.");

async function match(button) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.set("count", value("count"));
  button.disabled = true;
  try {
    await sync();
    const asked = slots;
    for (const { role, layer } of asked) body.append(role.split("_")[0], await layer.small(), "small.png");
    const { masks, error } = await (await fetch(root.dataset.address, { method: "POST", body })).json();
    if (!areThere(asked)) return;
    if (masks) {
      remember(layers());
      await Promise.all(asked.map(({ layer }, at) => layer.read(masks[at])));
    }
    show();
    if (error) find(".said").textContent = error;
  } catch {
    fail();
  } finally {
    button.disabled = false;
  }
}

// The places that the pictures know, as regions of their names, to be corrected.
async function places() {
  await sync();
  const asked = slots;
  const ask = ({ places }) => (places ? fetch(places).then((answer) => answer.json()) : {});
  const known = await Promise.all(asked.map(ask)).catch(() => null);
  if (!known) return fail();
  if (!areThere(asked)) return;
  const wanted = [...new Set(known.flatMap(({ names }) => Object.values(names ?? {})))];
  if (!wanted.length) return (find(".said").textContent = "These pictures do not know their places: paint them, or match colours.");
  remember(layers());
  if (!isPainted()) rename(COLOURS.map(() => ""));
  const numbers = numbered(wanted);
  await Promise.all(
    known.map(({ mask, names }, at) => mask && asked[at].layer.read(mask, (value) => numbers.get(names[value]) ?? 0)),
  );
  show();
  const without = asked.filter((_, at) => !known[at].mask).map(({ title }) => title);
  if (without.length) find(".said").textContent = `${without.join(" and ")} does not know its places: paint them. ${judged()}`;
}

function drop() {
  const dropped = label();
  remember(layers());
  names[dropped] = "";
  for (const layer of layers()) {
    layer.labels.forEach((each, at) => each === dropped && (layer.labels[at] = 0));
    layer.changed();
  }
  show();
}

const actions = {
  places,
  drop,
  undo: () => back(past, future),
  redo: () => back(future, past),
  close: () => all(closeGaps),
  clear: () => all(({ labels }) => labels.fill(0)),
  match,
};

const within = (place, side) => Math.min(side - 1, Math.max(0, place));
const radius = ({ width }) => (value("size") / 200) * width;

function dab(layer, to) {
  stroke(layer, last ?? to, to, radius(layer), label());
  last = to;
}

function place({ clientX, clientY }, { canvas, size }) {
  const box = canvas.getBoundingClientRect();
  return [((clientX - box.left) * size[0]) / box.width, ((clientY - box.top) * size[1]) / box.height];
}

function look(layer) {
  if (value("tool") !== "fill") return;
  foresee(layer, label(), value("tolerance"), value("reach"), (sentence) => (find(".would").textContent = sentence));
}

const pointed = {
  pointerdown(event, layer) {
    if (event.button || event.isPrimary === false) return;
    forget();
    remember([layer]);
    if (value("tool") === "fill") fill(layer, layer.place, value("label"), value("tolerance"), value("reach"));
    else dab(layer, layer.place);
    layer.draw();
    if (event.pointerId) event.target.setPointerCapture(event.pointerId);
  },
  pointermove(event, layer) {
    if (!event.buttons) last = null; // it was let go elsewhere, as where another picture came
    if (!last) return event.buttons || look(layer);
    if (!event.isPrimary) return;
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
  pointerout: () => forget(),
  focusin(event, layer) {
    layer.place ??= layer.size.map((side) => side / 2);
    if (event.target.matches(":focus-visible")) look(layer);
  },
  focusout: () => forget(),
  keydown(event, layer) {
    const step = ARROWS[event.key];
    if (!step && event.key !== " ") return;
    event.preventDefault();
    if (step) {
      layer.place = layer.place.map((each, axis) => within(each + step[axis] * Math.max(2, radius(layer)), layer.size[axis]));
      look(layer);
    } else for (const act of ["pointerdown", "pointerup"]) pointed[act](event, layer);
  },
};

function listen(event) {
  const { layer } = event.target;
  if (!layer) return;
  if (event.clientX !== undefined) layer.place = place(event, layer);
  pointed[event.type](event, layer);
  layer.place = layer.place.map((each, axis) => within(each, layer.size[axis]));
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

// What a place shows: its picture by a key, with its file or address.
function source(drop) {
  const { role } = drop.dataset;
  const title = drop.querySelector(".title").textContent;
  const [file] = drop.querySelector("[type=file]").held ?? []; // one that is still being judged is not shown yet
  const { cropped } = drop.querySelector(".preview").firstElementChild?.dataset ?? {};
  const key = drop.querySelector("[name$=_id]").value;
  if (cropped) return { role, title, key: cropped, address: cropped, part: `${key} ${drop.querySelector("[name$=_crop]").value}` };
  if (file) return { role, title, key: file.name + file.size + file.lastModified, file };
  const address = `${root.dataset.address}${key}`;
  return key && { role, title, key, address: `${address}.webp`, places: `${address}/places.json` };
}

const sources = () => [...form.querySelectorAll(".inputs .drop")].map(source).filter(Boolean);

// Each picture on the form has a layer; the promise resolves once all layers are there.
function sync() {
  const found = sources();
  const name = found.map(({ role, key }) => role + key).join();
  if (name !== showing) synced = load(found, (showing = name));
  return synced;
}

// The masks of a render. Its regions without a counterpart, above 7, get numbers that are free.
async function recall(layer, { address, names: told = {} }) {
  const free = new Map();
  for (const value of Object.keys(told).map(Number)) {
    if (value < COLOURS.length) names[value] ||= told[value];
    else free.set(value, numbered([told[value]]).get(told[value]) ?? 0);
  }
  await layer?.read(address, (value) => free.get(value) ?? value % COLOURS.length);
}

async function load(found, name) {
  for (const each of found) {
    const { role, key, part = key } = each;
    each.layer = known.get(key);
    if (each.layer && found.every((other) => other === each || other.layer !== each.layer)) continue;
    each.layer = await Layer.of(each.address ?? URL.createObjectURL(each.file)).catch(() => null);
    known.set(key, each.layer);
    const painted = slots.find((slot) => slot.role === role)?.layer;
    if (each.layer && painted?.isLike(each.layer)) each.layer.take(painted); // the file was stored meanwhile
    if (before[role]?.picture === part) await recall(each.layer, before[role]);
  }
  if (name !== showing) return;
  [slots, past, future] = [found.filter(({ layer }) => layer), [], []];
  find(".layers").replaceChildren(...slots.map(figure));
  show();
}

function adjust(event) {
  event.stopPropagation(); // the form itself has not changed
  forget();
  if (event.target.name === "painter-name") {
    names[label()] = event.target.value.trim().toLowerCase();
    find(".said").textContent = judged();
  }
  root.style.setProperty(event.target.name.replace("painter", "-"), event.target.value);
  showNames(root, label());
}

function press(event) {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  if (target.matches("select, [type=number], [type=text]") || altKey) return;
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
  if (form.elements.regions.value !== "masks") return;
  const now = sources(); // one that came just now has no layer yet, nor a mask
  const there = slots.filter(({ role, key }) => now.some((each) => each.role === role && each.key === key));
  if (!isPainted(there)) {
    if (!form.elements.masks_from.value || slots.length) formData.set("regions", "none");
    return;
  }
  formData.set("regions", "automatic"); // the masks replace these
  formData.set("region_names", asJson());
  for (const { role, layer } of there) {
    const name = role === "content" ? "content_mask" : `style_mask_${role.split("_")[1] ?? 1}`;
    formData.set(name, layer.mask, `${name}.png`);
  }
}

function start() {
  root = document.querySelector(".painter");
  form = root.closest("form");
  before = JSON.parse(document.querySelector("#painted-before").textContent) ?? {};
  [slots, past, future, showing] = [[], [], [], ""];
  if (started.has(root)) return;
  started.add(root);
  for (const kind of Object.keys(pointed)) find(".layers").addEventListener(kind, listen);
  root.addEventListener("click", ({ target }) => actions[target.dataset.do]?.(target));
  root.addEventListener("input", adjust);
  root.addEventListener("change", adjust);
  root.parentNode.addEventListener("keydown", (event) => root.hidden || press(event));
  form.addEventListener("formdata", send);
  const pictures = form.querySelector(".inputs");
  const follow = new MutationObserver(() => (!root.hidden || slots.length) && sync());
  follow.observe(pictures, { subtree: true, childList: true, attributeFilter: ["src", "value"] });
  COLOURS.forEach((colour, label) => label && find(`.palette [value="${label}"]`).parentNode.style.setProperty("--colour", colour));
  showNames(root, label());
}

// Shows the layers of the pictures that are chosen; again where recalling a recipe has replaced the form.
export function open() {
  if (!root?.isConnected) start();
  return sync();
}

// Starts painting from "places" that the pictures know, or from a "match" of as many colours as the form says.
export function begin(from) {
  if (from === "match") find("[name=painter-count]").value = Math.min(7, form.elements.region_count.value || 2);
  return actions[from](find(`[data-do=${from}]`));
}
