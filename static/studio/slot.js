// What a place for a picture holds: a file or the id of a picture, and what is shown of it.

export const form = () => document.querySelector("form.studio");
export const slots = () => [...form().querySelectorAll(".inputs .drop")]; // the content's, then each style's
export const everySlot = () => [...form().querySelectorAll(".drop")];
export const at = (slot, selector) => slot.querySelector(selector);
export const input = (slot) => at(slot, "[type=file]");
export const preview = (slot) => at(slot, ".preview");
export const value = (slot, name) => at(slot, `[name$=_${name}]`);
export const isEmpty = (slot) => !preview(slot).firstElementChild;
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

// Adds to the notice. `isGuess` marks what a browser says of changes in a file, until the server knows better.
export function remark(slot, sentence, isGuess = false) {
  const { textContent, dataset } = at(slot, ".missing");
  notice(slot, [textContent, sentence].filter(Boolean).join(" "));
  if (isGuess) dataset.guess = [textContent && dataset.guess, sentence].filter(Boolean).join(" ");
}

export function correct(slot, sentences) {
  const { textContent, dataset } = at(slot, ".missing");
  notice(slot, [textContent.replace(dataset.guess ?? "", "").trim(), ...sentences].filter(Boolean).join(" "));
}

export function empty(slot) {
  const shown = preview(slot);
  for (const name of Object.keys(shown.dataset)) delete shown.dataset[name];
  delete shown.uncropped;
  shown.replaceChildren();
  for (const name of ["id", "crop"]) value(slot, name).value = "";
  say(slot, "");
}

export function hold(control, files) {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  control.files = transfer.files;
  control.held = files;
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

// Tells the plan of a picture that the server does not have as it is shown: `size` is its own.
export function describe(slot, image, size) {
  Object.assign(preview(slot).dataset, { size, colours: colours(image) });
}

// A function that puts a place back as it is now. A control that was just given a file counts as it was before.
export function kept(slot) {
  const { dataset, uncropped, childNodes } = preview(slot);
  const [data, nodes] = [{ ...dataset }, [...childNodes]];
  const values = VALUES.map((name) => value(slot, name).value);
  const files = input(slot).files.length ? input(slot).held ?? [] : [];
  const [notes, weight] = [at(slot, ".missing").textContent, at(slot, ".weight [type=number]")?.value];
  return () => {
    hold(input(slot), files);
    empty(slot);
    VALUES.forEach((name, index) => (value(slot, name).value = values[index]));
    Object.assign(preview(slot).dataset, data);
    Object.assign(preview(slot), { uncropped }).replaceChildren(...nodes);
    notice(slot, notes);
    for (const each of slot.querySelectorAll(".weight input")) each.value = weight;
  };
}

// A function that puts all places back as they are now.
export function keep() {
  const [inputs, add] = [at(form(), ".inputs"), at(form(), ".add")];
  const [there, isFull, all] = [slots(), add?.hidden, everySlot().map(kept)];
  return () => {
    for (const slot of slots()) if (!there.includes(slot)) slot.remove();
    for (const slot of there) if (!slot.isConnected) inputs.append(slot);
    if (add) add.hidden = isFull;
    for (const back of all) back();
    changed(there[0] ?? form());
  };
}
