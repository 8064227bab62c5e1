// Places for pictures: drop, paste, choose, swap, add, remove. Delegates events, since recalling a recipe replaces the form.

const GRID = 16; // pixels along each side whose colours the server judges
const form = () => document.querySelector("form.studio");
const slots = () => [...form().querySelectorAll(".inputs .drop")]; // the content's, then each style's
const everySlot = () => [...form().querySelectorAll(".drop")];
const at = (slot, selector) => slot.querySelector(selector);
const input = (slot) => at(slot, "[type=file]");
const preview = (slot) => at(slot, ".preview");
const changed = (slot) => slot.dispatchEvent(new Event("change", { bubbles: true }));
const isEmpty = (slot) => !preview(slot).firstElementChild;
const load = async (address) => new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");

function say(slot, sentence) {
  at(slot, ".errors").textContent = sentence;
  slot.classList.toggle("wrong", Boolean(sentence));
}

function notice(slot, sentence) {
  at(slot, ".missing").textContent = sentence;
  at(slot, ".missing").hidden = !sentence;
}

function empty(slot) {
  delete preview(slot).dataset.size;
  preview(slot).replaceChildren();
  at(slot, "[name$=_id]").value = "";
  say(slot, "");
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

async function compare(slot, picture) {
  const expected = at(slot, "[name$=_expected]").value;
  if (!expected) return;
  const body = new FormData();
  const csrfmiddlewaretoken = form().csrfmiddlewaretoken.value;
  Object.entries({ csrfmiddlewaretoken, expected, picture }).forEach(([name, value]) => body.set(name, value));
  const response = await fetch(form().dataset.compare, { method: "POST", body });
  if (response.ok && input(slot).files[0] === picture) notice(slot, await response.text());
}

async function show(slot) {
  const [file] = input(slot).files;
  empty(slot);
  if (!file) return changed(slot);
  const { largestMb } = form().dataset;
  if (file.size > largestMb * 2 ** 20) say(slot, `This file is larger than ${largestMb} MB: save it smaller, or as a JPEG.`);
  compare(slot, file);
  const image = Object.assign(new Image(), { alt: file.name, src: URL.createObjectURL(file) });
  preview(slot).replaceChildren(image);
  try {
    await image.decode();
    const size = `${image.naturalWidth}x${image.naturalHeight}`;
    if (image.isConnected) Object.assign(image.parentElement.dataset, { size, colours: colours(image) });
  } catch {
    image.remove();
  }
  URL.revokeObjectURL(image.src);
  changed(slot);
}

function take(slot, file) {
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input(slot).files = transfer.files;
  show(slot);
}

function clear(slot) {
  input(slot).value = at(slot, "[name$=_expected]").value = "";
  notice(slot, "");
  empty(slot);
}

// The elements that hold a picture swap places, and the names stay.
function swap(one, other) {
  for (const selector of ["[type=file]", "[name$=_id]", "[name$=_expected]", ".preview", ".missing"]) {
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
  clear(slot);
  changed(slot);
  if (slot === slots().at(-1) && slots().length > 2) {
    slot.remove();
    at(form(), ".add").hidden = false;
    slot = slots().at(-1);
  }
  input(slot).focus();
}

let picking;

async function browse(link) {
  picking = link.closest(".drop");
  const dialog = at(document, ".picker");
  at(dialog, ".found").replaceWith(at(await load(link.href), ".found"));
  dialog.showModal();
}

function put(slot, id, nodes) {
  clear(slot);
  at(slot, "[name$=_id]").value = id;
  preview(slot).append(...nodes);
  changed(slot);
}

function choose(choice) {
  put(picking, choice.dataset.id, choice.cloneNode(true).childNodes);
  choice.closest("dialog").close();
}

async function make(link) {
  try {
    const { open } = await import(at(document, ".maker").dataset.script);
    await open(link);
  } catch {
    location.assign(link.href);
  }
}

const actions = {
  ".drop .browse": browse,
  ".drop .make": make,
  ".drop .clear": (button) => remove(button.closest(".drop")),
  ".studio .swap": () => swap(...slots()),
  ".studio .add": add,
  ".picker .choice": choose,
  ".picker .close": (button) => button.closest("dialog").close(),
};

document.addEventListener("click", (event) => {
  const selector = Object.keys(actions).find((each) => event.target.closest(each));
  if (!selector || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  actions[selector](event.target.closest(selector));
});

document.addEventListener("change", ({ target }) => {
  if (target.matches(".drop [type=file]")) show(target.closest(".drop"));
});

document.addEventListener("made", ({ target, detail }) => put(target, detail.id, detail.nodes));

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    const slot = event.target.closest?.(".drop");
    everySlot().forEach((each) => each.classList.toggle("over", each === slot && kind === "dragover"));
    if (!slot) return;
    event.preventDefault();
    const files = kind === "drop" ? [...event.dataTransfer.files] : [];
    if (files.length > 1) slots().forEach((each, index) => files[index] && take(each, files[index]));
    else if (files.length) take(slot, files[0]);
  });
}

// A pasted picture goes where the pointer or the keyboard is, else to the first empty place.
document.addEventListener("paste", (event) => {
  const file = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
  const pointedAt = everySlot().find((slot) => slot.matches(":hover, :focus-within"));
  if (file) take(pointedAt ?? slots().find(isEmpty) ?? slots()[0], file);
});

// Adding a start picture selects it as the start, unless somebody chooses another one by hand.
document.addEventListener("change", ({ target }) => {
  const { init } = form().elements;
  const slot = target.closest?.('.drop[data-role="start"]');
  if (!slot || isEmpty(slot) || init.value === "picture") return;
  init.value = "picture";
  init.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("input", ({ target }) => {
  if (target.name === "init") form().elements["initial-init"].value = ""; // somebody chose the current value
});

for (const slot of everySlot()) if (input(slot).files.length) show(slot); // chosen before this ran, or kept by the browser
