// What happens to places for pictures: they are filled, cropped, swapped, added, removed. Loaded when somebody begins.

import { load, parsed } from "../base/documents.js";
import * as dialogs from "./dialogs.js";
import { at, called, changed, describe, empty, everySlot, form, hold, input, isEmpty, isJudging, keep, notice, placeOf, preview, remark, remarkOn, say, shown, slots, value } from "./slot.js";
import { offer, tell } from "./undo.js";

const UNSEEN = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 160 120'%3E%3Cpath d='M62 30h24l16 16v46H62zM86 30v16h16' fill='none' stroke='%23888' stroke-width='3'/%3E%3C/svg%3E";
const check = () => import("./file_check.js"); // when there is a file
const limits = (slot) => JSON.parse(slot.dataset.limits);

async function compare(control) {
  const [picture] = control.files;
  const expected = value(placeOf(control), "expected").value;
  if (!expected || limits(placeOf(control)).clip) return; // a clip is large: once it is sent, the site says so
  const body = new FormData();
  const csrfmiddlewaretoken = form().csrfmiddlewaretoken.value;
  Object.entries({ csrfmiddlewaretoken, expected, picture }).forEach(([name, value]) => body.set(name, value));
  const response = await fetch(form().dataset.compare, { method: "POST", body }).catch(() => null);
  const sentence = response?.ok ? await response.text() : "";
  if (control.files[0] === picture) remark(placeOf(control), sentence);
}

// Shows a file in a place. What comes later follows the picture, wherever people take it meanwhile.
async function draw(slot, file, sent, size, crop) {
  const [image, { clip, ...most }] = [Object.assign(new Image(), { alt: file.name }), limits(slot)];
  preview(slot).replaceChildren(image);
  if (clip) await (await import("./clip.js")).draw(image, file, UNSEEN);
  else await drawPicture(image, sent, size, most);
  const now = placeOf(image);
  if (now && crop) await recrop(now, crop);
  if (now) changed(now);
}

async function drawPicture(image, file, size, limits) {
  const address = (image.src = URL.createObjectURL(file));
  try {
    await image.decode();
    image.dataset.whole = size || `${image.naturalWidth}x${image.naturalHeight}`;
    describe(image, image, image.dataset.whole);
    remarkOn(image, (await check()).scaledDown(file.name, [image.naturalWidth, image.naturalHeight], limits), true);
  } catch {
    image.src = UNSEEN;
    remarkOn(image, `This browser cannot show “${file.name}”, but it can be painted from.`);
  }
  URL.revokeObjectURL(address);
}

const judging = new Set(); // what must be known before the form is sent

// What was put into a control: a file that is of no use is taken out again, and a sentence says why. Whether it was. All
// that comes later follows the control and the picture, wherever people take them meanwhile.
export function show(control) {
  const isRefused = judge(control).finally(() => judging.delete(isRefused));
  judging.add(isRefused);
  return isRefused;
}

async function judge(control) {
  const [file] = control.files;
  control.dataset.judging = "";
  const { refusal, size, better, note = "" } = file ? await (await check()).judge(file, limits(placeOf(control))) : {};
  if (control.files[0] !== file) return false;
  const slot = placeOf(control);
  if (refusal) {
    hold(control, control.held ?? []);
    say(slot, refusal);
    return true;
  }
  const [back, was] = [keep(slot), isEmpty(slot) ? "" : called(slot)];
  const crop = value(slot, "expected").value && !was ? value(slot, "crop").value : "";
  hold(control, file ? [better ?? file] : []);
  empty(slot);
  notice(slot, "");
  remark(slot, note, true);
  if (was && slot.isConnected) offer(`“${was}” was ${file ? "replaced" : "removed"}.`, back);
  value(slot, "crop").value = crop; // also while it is not shown yet
  if (file) {
    draw(slot, file, control.files[0], size, crop);
    compare(control);
  } else changed(slot);
  return false;
}

function take(slot, file) {
  const { held } = input(slot);
  hold(input(slot), [file]);
  input(slot).held = held ?? [];
  return show(input(slot));
}

function clear(slot) {
  hold(input(slot), []);
  value(slot, "expected").value = "";
  notice(slot, "");
  empty(slot);
}

// The elements that hold a picture swap places, and the names stay. What is on its way to one of them follows it.
function exchange() {
  const [one, other] = slots();
  for (const selector of ["[type=file]", "[name$=_id]", "[name$=_expected]", "[name$=_crop]", ".preview", ".missing"]) {
    const [mine, theirs] = [at(one, selector), at(other, selector)];
    for (const key of ["id", "name"]) if (mine[key]) [mine[key], theirs[key]] = [theirs[key], mine[key]];
    const place = new Comment();
    mine.replaceWith(place);
    theirs.replaceWith(mine);
    place.replaceWith(theirs);
  }
  say(one, "");
  say(other, "");
  changed(one);
}

function swap() {
  exchange();
  offer("Content and style were swapped.", exchange);
}

async function add(link) {
  const count = slots().length;
  const page = await load(`${form().action}?styles=${count}`);
  if (!link.isConnected || link.hidden) return;
  if (slots().length !== count) return add(link); // another one came, or went
  const [, first, ...further] = page.querySelectorAll(".inputs .drop");
  const here = slots()[1];
  if (!at(here, ".weight")) at(here, ".beneath").after(at(first, ".weight"));
  at(here, ".title").textContent = at(first, ".title").textContent;
  link.hidden = !at(page, ".add");
  at(form(), ".inputs").append(further.at(-1));
  input(slots().at(-1)).focus();
}

// The last style is removed with its place; other places only lose their picture, since places are numbered.
function remove(slot) {
  const [back, was] = [keep(slot), called(slot)];
  clear(slot);
  changed(slot);
  if (slot === slots().at(-1) && slots().length > 2) {
    slot.remove();
    at(form(), ".add").hidden = false;
    slot = slots().at(-1);
  }
  input(slot).focus();
  offer(`“${was}” was removed.`, back);
}

let picking; // the place that a picture is chosen for; a new object each time that somebody asks

async function browse(link) {
  const [dialog, mine] = [at(document, ".picker"), { slot: link.closest(".drop") }];
  const isAwaited = () => dialog.open && picking === mine;
  picking = mine;
  at(dialog, ".found").replaceChildren();
  dialogs.show(dialog);
  try {
    const page = await load(link.href);
    if (isAwaited()) at(dialog, ".found").replaceWith(at(page, ".found"));
  } catch (error) {
    if (!isAwaited()) return;
    dialog.close();
    throw error;
  }
}

export function put(slot, id, nodes, whole) {
  const [back, was] = [keep(slot), at(preview(slot), "img") ? called(slot) : ""];
  clear(slot);
  value(slot, "id").value = id;
  preview(slot).append(...nodes);
  const image = at(preview(slot), "img"); // none while the picture is being made
  if (image) shown(slot).dataset.whole ??= whole ?? `${image.width}x${image.height}`;
  changed(slot);
  if (was) offer(`“${was}” was replaced.`, back);
}

// A starter is made first.
async function takeStarter(starter) {
  const [{ form }, dialog, mine] = [starter, starter.closest("dialog"), picking];
  if (starter.ariaBusy === "true") return;
  starter.ariaBusy = "true";
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
  starter.ariaBusy = "false";
  const { id, picture, error } = answer?.headers.get("content-type") === "application/json" ? await answer.json() : {};
  if (!dialog.open || picking !== mine) return; // somebody went on without it
  if (id) choose(parsed(picture).querySelector(".choice"), dialog);
  else tell(error ?? "The site cannot be reached: try again.");
}

function choose(choice, dialog = choice.closest("dialog")) {
  if (choice.matches(".starter")) return takeStarter(choice);
  put(picking.slot, choice.dataset.id, choice.cloneNode(true).childNodes, choice.dataset.whole);
  dialog.close();
}

const make = async (link) => (await import(at(document, ".maker").dataset.script)).open(link);

const cropper = () => import(at(document, ".cropper").dataset.script);
const recrop = async (slot, crop) => (await cropper()).apply(slot, crop);

async function crop(button) {
  const { open, put } = await cropper();
  const cropped = await open(button.closest(".drop"));
  const slot = cropped && placeOf(cropped.of);
  if (slot) {
    const back = keep(slot);
    put(cropped);
    offer(value(slot, "crop").value ? `“${called(slot)}” was cropped.` : `“${called(slot)}” is whole again.`, back);
  }
  button.focus();
}

// By the selectors of what is clicked.
export const actions = {
  ".drop .browse": browse,
  ".drop .make": make,
  ".drop .crop": crop,
  ".drop .clear": (button) => remove(button.closest(".drop")),
  ".studio .swap": swap,
  ".studio .add": add,
  ".picker .choice": choose,
  ".picker .close": (button) => button.closest("dialog").close(),
};

export const isFree = (slot) => isEmpty(slot) && !isJudging(slot);

// Where a place is not pointed at, a picture goes to the first empty one.
export function takeAnywhere(files, slot) {
  const free = [...(slot && files.length === 1 ? [slot] : []), ...slots().filter((each) => each !== slot && isFree(each))];
  const places = slot && files.length > 1 ? slots() : free;
  if (!places.length) return tell("All places are filled: drop the picture on the one that it should replace.");
  places.forEach((each, index) => files[index] && take(each, files[index]));
  places[0].scrollIntoView({ block: "nearest" });
}

// A pasted picture goes where the pointer or the keyboard is, else to the first empty place.
export function paste(file, pointedAt) {
  take(pointedAt ?? slots().find(isFree) ?? slots()[0], file);
}

// Whether any file that was still being judged is refused.
export async function isAnyRefused() {
  let found = false;
  while (judging.size) found = (await Promise.all(judging)).includes(true) || found;
  return found;
}

// A file that was changed or deleted since it was chosen cannot be read any more. Whether any was.
export async function tellOfChanged() {
  const found = await Promise.all(
    everySlot().map(async (slot) => {
      const [file] = input(slot).files;
      if (!file || (await (await check()).isThere(file)) || input(slot).files[0] !== file) return false;
      say(slot, `“${file.name}” was changed after you chose it: choose it again.`);
      return true;
    }),
  );
  return found.includes(true);
}

// Chosen before this ran, or kept by the browser; and what the server says is cropped. A picture that the site has goes
// before the file that it came from.
export function refresh() {
  for (const slot of everySlot().filter((each) => !isJudging(each))) {
    if (value(slot, "id").value && !isEmpty(slot)) hold(input(slot), []);
    if (input(slot).files.length) show(input(slot));
    else if (value(slot, "crop").value && !isEmpty(slot)) recrop(slot, value(slot, "crop").value);
  }
}
