// What a place for a picture holds: a file or the id of a picture, and what is shown of it. What is known of a picture is
// written on the element that shows it, so it goes wherever that goes: `whole`, the size of its file; `size` and `colours`
// of what is painted from, where the server does not have it as it is shown; of a clip, its `seconds`; of a part, `cropped`,
// its address.

export const form = () => document.querySelector("form.studio");
export const slots = () => [...form().querySelectorAll(".inputs .drop")]; // the content's, then each style's
export const everySlot = () => [...form().querySelectorAll(".drop")];
export const at = (slot, selector) => slot.querySelector(selector);
export const input = (slot) => at(slot, "[type=file]");
export const preview = (slot) => at(slot, ".preview");
export const value = (slot, name) => at(slot, `[name$=_${name}]`);
export const shown = (slot) => preview(slot).firstElementChild;
export const isEmpty = (slot) => !shown(slot);
export const isJudging = (slot) => "judging" in input(slot).dataset;
export const placeOf = (element) => element.closest(".drop"); // nothing for a picture that another one has replaced
export const changed = (slot) => slot.dispatchEvent(new Event("change", { bubbles: true }));
export const called = (slot) => preview(slot).querySelector("img")?.alt || at(slot, ".title").textContent;

const VALUES = ["id", "expected", "crop"];
const GRID = 16; // pixels along each side whose colours the server judges

export function say(slot, sentence) {
  at(slot, ".errors").textContent = sentence;
  slot.classList.toggle("wrong", Boolean(sentence));
}

export function notice(slot, sentence) {
  at(slot, ".missing").textContent = sentence;
  at(slot, ".missing").hidden = !sentence;
}

// Adds to the notice, also of the place where a picture is by now. `isGuess` marks what a browser says of changes in a file, until the server knows better.
export function remark(slot, sentence, isGuess = false) {
  const { textContent, dataset } = at(slot, ".missing");
  notice(slot, [textContent, sentence].filter(Boolean).join(" "));
  if (isGuess) dataset.guess = [textContent && dataset.guess, sentence].filter(Boolean).join(" ");
}

export function remarkOn(picture, ...words) {
  if (placeOf(picture)) remark(placeOf(picture), ...words);
}

export function correct(slot, sentences) {
  const { textContent, dataset } = at(slot, ".missing");
  notice(slot, [textContent.replace(dataset.guess ?? "", "").trim(), ...sentences].filter(Boolean).join(" "));
}

export function empty(slot) {
  preview(slot).replaceChildren();
  for (const name of ["id", "crop"]) value(slot, name).value = "";
  say(slot, "");
}

export function hold(control, files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  control.files = transfer.files;
  control.held = files;
  delete control.dataset.judging; // its file, if there is one, is another by now
}

// Single pixels and not means, so that fine strokes keep their colours.
function colours(image) {
  const context = Object.assign(document.createElement("canvas"), { width: GRID, height: GRID }).getContext("2d");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, GRID, GRID);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, GRID, GRID);
  const { data } = context.getImageData(0, 0, GRID, GRID);
  return btoa(String.fromCharCode(...data.filter((_, index) => index % 4 < 3)));
}

// Tells the plan of a picture that the server does not have as it is shown: `size` is its own. `image` has its colours.
export function describe(picture, image, size) {
  Object.assign(picture.dataset, { size, colours: colours(image) });
}

// A function that puts a place back as it is now, also where the place is gone by then. A file that is being judged is not
// there yet: what the control held before is put back, and one that is being judged then comes after that.
export function keep(slot) {
  const nodes = [...preview(slot).childNodes];
  const values = VALUES.map((name) => value(slot, name).value);
  const { held = [] } = input(slot);
  const [notes, weight] = [at(slot, ".missing").textContent, at(slot, ".weight [type=number]")?.value];
  const [inputs, add] = [at(form(), ".inputs"), at(form(), ".add")];
  const isFull = add?.hidden;
  return () => {
    if (!slot.isConnected) {
      const added = at(inputs, `[data-role="${slot.dataset.role}"]`); // meanwhile
      added ? added.replaceWith(slot) : inputs.append(slot);
      add.hidden = isFull;
    }
    if (isJudging(slot)) input(slot).held = held;
    else hold(input(slot), held);
    empty(slot);
    VALUES.forEach((name, index) => (value(slot, name).value = values[index]));
    preview(slot).replaceChildren(...nodes);
    notice(slot, notes);
    for (const each of slot.querySelectorAll(".weight input")) each.value = weight;
    changed(slot);
  };
}
