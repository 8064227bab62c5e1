// What happens to places for pictures: they are filled, cropped, swapped, added, removed. Loaded when somebody begins.

import * as dialogs from "./dialogs.js";
import { at, called, changed, describe, empty, everySlot, form, hold, input, isEmpty, keep, kept, notice, preview, remark, say, slots, value } from "./slot.js";
import { offer, tell } from "./undo.js";

const UNSEEN = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 160 120'%3E%3Cpath d='M62 30h24l16 16v46H62zM86 30v16h16' fill='none' stroke='%23888' stroke-width='3'/%3E%3C/svg%3E";
const load = async (address) => {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  for (const each of page.querySelectorAll("noscript")) each.remove(); // whose fields would count here
  return page;
};
const check = () => import("./file_check.js"); // when there is a file
const limits = (slot) => JSON.parse(slot.dataset.limits);

async function compare(slot, picture) {
  const expected = value(slot, "expected").value;
  if (!expected || limits(slot).clip) return; // a clip is large: once it is sent, the site says so
  const body = new FormData();
  const csrfmiddlewaretoken = form().csrfmiddlewaretoken.value;
  Object.entries({ csrfmiddlewaretoken, expected, picture }).forEach(([name, value]) => body.set(name, value));
  const response = await fetch(form().dataset.compare, { method: "POST", body });
  if (response.ok && input(slot).files[0] === picture) remark(slot, await response.text());
}

async function draw(slot, file, size) {
  const address = URL.createObjectURL(file);
  const image = Object.assign(new Image(), { alt: file.name, src: address });
  preview(slot).replaceChildren(image);
  try {
    await image.decode();
    if (!image.isConnected) return;
    preview(slot).dataset.whole = size || `${image.naturalWidth}x${image.naturalHeight}`;
    describe(slot, image, preview(slot).dataset.whole);
    const note = (await check()).scaledDown(file.name, [image.naturalWidth, image.naturalHeight], limits(slot));
    if (note && image.isConnected) remark(slot, note, true);
  } catch {
    image.src = UNSEEN;
    if (image.isConnected) remark(slot, `This browser cannot show “${file.name}”, but it can be painted from.`);
  }
  URL.revokeObjectURL(address);
}

// What is being shown by place, so that whoever moves places can wait for it.
const showing = new WeakMap();
const shown = () => Promise.allSettled(slots().map((slot) => showing.get(slot)));

export function show(slot) {
  const done = judgeAndDraw(slot);
  showing.set(slot, done);
  return done;
}

// What was put into a place: a file that is of no use is taken out again, and a sentence says why.
async function judgeAndDraw(slot) {
  const control = input(slot);
  const [file] = control.files;
  const [back, mine, was, crop] = [keep(), kept(slot), isEmpty(slot) ? "" : called(slot), value(slot, "crop").value];
  slot.dataset.judging = "";
  const { refusal, size, better, note = "" } = file ? await (await check()).judge(file, limits(slot)) : {};
  if (control.files[0] !== file) return;
  delete slot.dataset.judging;
  if (refusal) {
    mine();
    return say(slot, refusal);
  }
  hold(control, file ? [better ?? file] : []);
  const recalled = value(slot, "expected").value && !was ? crop : "";
  empty(slot);
  notice(slot, "");
  remark(slot, note, true);
  if (was) offer(`“${was}” was ${file ? "replaced" : "removed"}.`, back);
  if (!file) return changed(slot);
  compare(slot, control.files[0]);
  await (limits(slot).clip ? (await import("./clip.js")).draw(slot, file, UNSEEN) : draw(slot, better ?? file, size));
  if (recalled) await recrop(slot, recalled);
  changed(slot);
}

function take(slot, file) {
  const { held } = input(slot);
  hold(input(slot), [file]);
  input(slot).held = held ?? [];
  return show(slot);
}

function clear(slot) {
  hold(input(slot), []);
  value(slot, "expected").value = "";
  delete slot.dataset.judging;
  notice(slot, "");
  empty(slot);
}

// The elements that hold a picture swap places, and the names stay.
async function swap() {
  await shown();
  const [one, other] = slots();
  const back = keep();
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
  offer("Content and style were swapped.", back);
}

async function add(link) {
  const page = await load(`${form().action}?styles=${slots().length}`);
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
  const [back, was] = [keep(), called(slot)];
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

let picking;

async function browse(link) {
  picking = link.closest(".drop");
  const dialog = at(document, ".picker");
  at(dialog, ".found").replaceChildren();
  dialogs.show(dialog);
  try {
    at(dialog, ".found").replaceWith(at(await load(link.href), ".found"));
  } catch (error) {
    dialog.close();
    throw error;
  }
}

export function put(slot, id, nodes, whole) {
  const [back, was] = [keep(), at(preview(slot), "img") ? called(slot) : ""];
  clear(slot);
  value(slot, "id").value = id;
  preview(slot).append(...nodes);
  const image = at(preview(slot), "img"); // none while the picture is being made
  if (image) preview(slot).dataset.whole = whole ?? `${image.width}x${image.height}`;
  changed(slot);
  if (was) offer(`“${was}” was replaced.`, back);
}

// A starter is made first.
async function takeStarter(starter) {
  const [{ form }, dialog, slot] = [starter, starter.closest("dialog"), picking];
  if (starter.ariaBusy === "true") return;
  starter.ariaBusy = "true";
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } }).catch(() => null);
  starter.ariaBusy = "false";
  const { id, picture, error } = answer?.headers.get("content-type") === "application/json" ? await answer.json() : {};
  if (!dialog.open || picking !== slot) return; // somebody went on without it
  if (id) choose(new DOMParser().parseFromString(picture, "text/html").querySelector(".choice"), dialog);
  else tell(error ?? "The site cannot be reached: try again.");
}

function choose(choice, dialog = choice.closest("dialog")) {
  if (choice.matches(".starter")) return takeStarter(choice);
  put(picking, choice.dataset.id, choice.cloneNode(true).childNodes, choice.dataset.whole);
  dialog.close();
}

const make = async (link) => (await import(at(document, ".maker").dataset.script)).open(link);

const cropper = () => import(at(document, ".cropper").dataset.script);
const recrop = async (slot, crop) => (await cropper()).apply(slot, crop);

async function crop(button) {
  const slot = button.closest(".drop");
  const back = keep();
  if (await (await cropper()).open(slot)) offer(value(slot, "crop").value ? `“${called(slot)}” was cropped.` : `“${called(slot)}” is whole again.`, back);
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

// Where a place is not pointed at, a picture goes to the first empty one.
export function takeAnywhere(files, slot) {
  const free = [...(slot && files.length === 1 ? [slot] : []), ...slots().filter((each) => each !== slot && isEmpty(each))];
  const places = slot && files.length > 1 ? slots() : free;
  if (!places.length) return tell("All places are filled: drop the picture on the one that it should replace.");
  places.forEach((each, index) => files[index] && take(each, files[index]));
  places[0].scrollIntoView({ block: "nearest" });
}

// A pasted picture goes where the pointer or the keyboard is, else to the first empty place.
export function paste(file, pointedAt) {
  take(pointedAt ?? slots().find(isEmpty) ?? slots()[0], file);
}

// A file that was changed or deleted since it was chosen cannot be read any more. Whether any was.
export async function tellOfChanged() {
  const found = await Promise.all(
    everySlot().map(async (slot) => {
      const [file] = input(slot).files;
      if (!file || (await (await check()).isThere(file))) return false;
      say(slot, `“${file.name}” was changed after you chose it: choose it again.`);
      return true;
    }),
  );
  return found.includes(true);
}

// Chosen before this ran, or kept by the browser; and what the server says is cropped. A picture that the site has goes
// before the file that it came from.
export async function refresh() {
  for (const slot of everySlot()) {
    if (value(slot, "id").value && !isEmpty(slot)) hold(input(slot), []);
    if (input(slot).files.length) await show(slot);
    else if (value(slot, "crop").value && !isEmpty(slot)) await recrop(slot, value(slot, "crop").value);
  }
}
