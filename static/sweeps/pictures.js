// Pictures along an axis: chosen, dropped, or gathered from the gallery; each can be removed, and that be undone.

const UNKNOWN = "1024x1024"; // of a file that only the server can read
const attached = new WeakSet();
const adding = new Map(); // what is being added, and to which axis
const made = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

const check = () => import("../studio/file_check.js"); // when there is a file

async function sized(image, file) {
  image.src = URL.createObjectURL(file);
  try {
    await image.decode();
    return [image.naturalWidth, image.naturalHeight];
  } catch {
    image.remove();
    return null;
  }
}

class Pictures {
  constructor(axis, axes) {
    Object.assign(this, { axis, number: axis.dataset.axis, chosen: [], adding: Promise.resolve(), undo: axes.querySelector(".undo-axis"), choose: axes.dataset.choose });
    this.limits = JSON.parse(axes.dataset.limits);
    this.input = axis.querySelector("[type=file]");
    this.list = axis.querySelector(".gathered");
    this.input.addEventListener("change", () => this.add([...this.input.files]));
    axis.querySelector(".gather").addEventListener("click", () => this.gather());
    for (const kind of ["dragover", "dragleave", "drop"]) axis.addEventListener(kind, (event) => this.dropped(event));
    if (this.input.files.length) this.add([...this.input.files]); // kept by the browser
  }

  dropped(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation(); // the page would open it as a recipe, or put it into a slot
    this.axis.classList.toggle("over", event.type === "dragover");
    if (event.type === "drop") this.add([...event.dataTransfer.files]);
  }

  // One after another, so that their order stays.
  add(files) {
    const added = (this.adding = this.adding.catch(() => {}).then(() => this.take(files)).finally(() => adding.delete(added)));
    adding.set(added, this.axis);
    return added;
  }

  async take(files) {
    const { judge, scaledDown } = await check();
    const key = ({ name, size, lastModified }) => `${name} ${size} ${lastModified}`;
    const known = new Set(this.chosen.map((entry) => entry.key));
    const fresh = files.filter((file) => !known.has(key(file)));
    const judged = await Promise.all(fresh.map((file) => judge(file, this.limits)));
    this.complain(judged.map(({ refusal }) => refusal).filter(Boolean));
    const entries = fresh.map((file, at) => ({ key: key(file), ...judged[at], ...this.entry(judged[at].better ?? file) }));
    const usable = entries.filter(({ refusal }) => !refusal);
    this.chosen.push(...usable);
    this.show();
    await Promise.all(
      usable.map(async (entry) => {
        const size = await sized(entry.image, entry.file);
        if (size) entry.size = size.join("x");
        entry.said.textContent = [entry.note, size && scaledDown(entry.name, size, this.limits)].filter(Boolean).join(" ");
      }),
    );
    this.show();
  }

  entry(file) {
    const [image, said] = [made("img", { alt: "" }), made("small", { className: "help" })];
    const item = this.item(file.name, image);
    item.querySelector("span").after(said);
    return { file, name: file.name, size: UNKNOWN, image, said, item };
  }

  complain(sentences) {
    const list = made("ul", { className: "errorlist" }, ...sentences.map((textContent) => made("li", { textContent })));
    const place = this.input.closest(".field");
    place.querySelector(".errors").replaceChildren(...(sentences.length ? [list] : []));
    place.classList.toggle("wrong", sentences.length > 0);
  }

  put(choices) {
    const known = new Set(this.chosen.map(({ id }) => id));
    for (const choice of choices.filter(({ dataset }) => !known.has(dataset.id))) {
      const { id } = choice.dataset;
      const image = choice.querySelector("img");
      const name = image?.alt || "picture";
      const hidden = made("input", { type: "hidden", name: `pictures_${this.number}_id`, value: id });
      const small = made("img", { src: image?.currentSrc || image?.src || "", alt: "" });
      this.chosen.push({ id, name, item: this.item(name, small, hidden) });
    }
    this.show();
  }

  item(name, ...shown) {
    const button = made("button", { type: "button", className: "link", textContent: "Remove", ariaLabel: `Remove ${name}` });
    const item = made("li", { title: name }, ...shown, made("span", { textContent: name }), button);
    button.addEventListener("click", () => this.remove(item));
    return item;
  }

  remove(item) {
    const at = this.chosen.findIndex((entry) => entry.item === item);
    const [entry] = this.chosen.splice(at, 1);
    const button = made("button", { type: "button", className: "button", textContent: "Undo" });
    button.addEventListener("click", () => {
      this.chosen.splice(at, 0, entry);
      this.undo.replaceChildren();
      this.show();
      entry.item.querySelector("button").focus();
    });
    this.undo.replaceChildren(`${entry.name} is removed. `, button);
    this.show();
    button.focus();
  }

  show() {
    const transfer = new DataTransfer();
    for (const { file } of this.chosen) if (file) transfer.items.add(file);
    this.input.files = transfer.files;
    this.axis.dataset.sizes = this.chosen.filter(({ file }) => file).map(({ size }) => size).join(" ");
    this.list.replaceChildren(...this.chosen.map(({ item }) => item));
    this.list.dispatchEvent(new Event("change", { bubbles: true }));
  }

  async load(dialog, address) {
    dialog.asked = address;
    const answer = await fetch(address).catch(() => null);
    const html = answer?.ok ? await answer.text().catch(() => "") : "";
    if (dialog.asked !== address) return; // somebody searches for something else by now
    if (!html) return void dialog.querySelector(".found").replaceChildren("The site cannot be reached: try again.");
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const starter of page.querySelectorAll(".found .starter")) starter.remove(); // it is no picture yet
    for (const list of page.querySelectorAll(".found .choices:empty")) list.remove();
    dialog.querySelector(".found").replaceWith(page.querySelector(".found"));
    for (const choice of dialog.querySelectorAll(".choice")) Object.assign(choice, { role: "button", ariaPressed: "false" });
  }

  async gather() {
    const role = this.axis.querySelector("select").value;
    const add = made("button", { type: "button", className: "button primary", textContent: "Add", disabled: true });
    const close = made("button", { type: "button", className: "button quiet", textContent: "Close" });
    const foot = made("footer", {}, add, close);
    const dialog = made("dialog", { className: "gatherer", ariaLabel: "Choose pictures" }, made("div", { className: "found" }), foot);
    const picked = () => [...dialog.querySelectorAll("[aria-pressed=true]")];
    dialog.addEventListener("click", (event) => {
      const choice = event.target.closest(".choice");
      if (!choice) return;
      event.preventDefault();
      choice.ariaPressed = String(choice.ariaPressed !== "true");
      add.disabled = !picked().length;
      add.textContent = picked().length > 1 ? `Add ${picked().length} pictures` : "Add";
    });
    dialog.addEventListener("submit", (event) => {
      event.preventDefault();
      const { action } = event.target;
      this.load(dialog, `${action.split("?")[0]}?${new URLSearchParams(new FormData(event.target))}`);
    });
    add.addEventListener("click", () => {
      this.put(picked());
      dialog.close();
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
    await this.load(dialog, `${this.choose}?for=${role}`);
  }
}

// What is sent waits for pictures that are still being added.
async function wait(event) {
  const { target, submitter } = event;
  const awaited = [...adding].filter(([, axis]) => target.contains(axis)).map(([added]) => added);
  if (!awaited.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await Promise.allSettled(awaited);
  if (target.isConnected) target.requestSubmit(submitter);
}
document.addEventListener("submit", wait, true);

export function attach(axis, axes) {
  if (attached.has(axis)) return;
  attached.add(axis);
  new Pictures(axis, axes);
}
