// Makes a picture out of numbers: a panel whose preview follows its fields, on its own page or in the studio's dialog.

const PATIENT = 300; // ms: a preview that has taken longer is given up for a newer one
const SLOW = 400; // ms between two looks at a render in the queue
const panel = Math.random().toString(36).slice(2, 12).padEnd(8, "0");
const dialog = () => document.querySelector("dialog.maker"); // recalling a recipe replaces it
let form, link, opener; // the panel; the address of what it shows; what opened the dialog
let past, present; // values of the fields: before each change, and now
let wanted = null, asking = null, turn = 0, earth, watching, touched; // touched: what the address said is out of date

const find = (selector) => form.querySelector(selector);
const fields = () => [...form.querySelectorAll(".knob [name]:not([type=hidden])")];
const values = () => fields().map((field) => (field.type === "checkbox" ? field.checked : field.value));
const same = (some, others) => some.every((value, index) => value === others[index]);
const query = () => {
  const all = new URLSearchParams();
  fields().forEach(({ name }, index) => all.set(name, values()[index]));
  return all.toString();
};

function say(sentence, wrong = false) {
  find(".said").replaceChildren(sentence);
  find(".said").classList.toggle("wrong", wrong);
}

// Fields that count only with another field's value are not shown without it; a slider shows what its number says.
function arrange() {
  const is = ({ type, value, checked }) => (type === "checkbox" ? String(checked) : value).toLowerCase();
  for (const knob of form.querySelectorAll("[data-with]")) {
    knob.hidden = is(fields().find(({ name }) => name === knob.dataset.with)) !== knob.dataset.being.toLowerCase();
  }
  for (const slider of form.querySelectorAll(".control [type=range]")) slider.value = slider.nextElementSibling.value;
  const large = Number(form.elements.image_size.value) > Number(form.dataset.limit);
  for (const button of form.querySelectorAll(".use")) {
    button.dataset.words ??= button.textContent;
    button.textContent = large ? "Make it in the queue" : button.dataset.words;
  }
  find(".undo").disabled = !past.length;
}

function tell({ facts, labels, remarks, link: address, box }) {
  find(".facts").textContent = facts.join(" · ");
  find(".facts").classList.remove("wrong");
  find(".legend").replaceChildren(
    ...labels.filter(([, share]) => share >= 0.005).map(([name, , colour]) => {
      const item = document.createElement("li");
      const patch = item.appendChild(document.createElement("i"));
      patch.style.background = colour;
      item.append(name);
      return item;
    }),
  );
  const notices = remarks.map((text) => Object.assign(document.createElement("p"), { className: "notice", textContent: text }));
  if (touched) find(".remarks").replaceChildren(...notices);
  link = new URL(address, location.href).href;
  find(".copy").href = link;
  if (!dialog()) history.replaceState(null, "", [link, form.dataset.kept].filter(Boolean).join("&"));
  earth?.show(box);
}

async function draw(signal, here) {
  const response = await fetch(`${form.dataset.preview}?${here}`, { signal, headers: { Panel: `${panel} ${++turn}` } });
  if (!response.ok) throw new Error(response.status < 500 || response.status === 503 ? await response.text() : "That did not work: try again.");
  const address = URL.createObjectURL(await response.blob());
  const image = find(".result");
  const fresh = Object.assign(new Image(), { src: address });
  await fresh.decode();
  if (signal.aborted) return;
  if (image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
  Object.assign(image, { width: fresh.naturalWidth, height: fresh.naturalHeight, src: address });
  tell(JSON.parse(response.headers.get("Made")));
}

// At most one preview is on its way, and the last one that was asked for wins.
async function refresh(touch = true) {
  touched ||= touch;
  wanted = query();
  if (asking) {
    if (performance.now() - asking.since > PATIENT) asking.abort();
    return;
  }
  const mine = form;
  while (wanted !== null) {
    const here = wanted;
    wanted = null;
    asking = Object.assign(new AbortController(), { since: performance.now() });
    find(".shown").classList.add("slow");
    try {
      await draw(asking.signal, here);
    } catch (error) {
      if (error.name !== "AbortError" && mine === form && wanted === null) {
        find(".facts").textContent = error instanceof TypeError ? "The site cannot be reached: try again." : error.message;
        find(".facts").classList.add("wrong");
      }
    }
  }
  asking = null;
  find(".shown").classList.remove("slow");
}

// A change can be undone once the field is left alone.
function settle() {
  const now = values();
  if (same(now, present)) return;
  past.push(present);
  present = now;
  arrange();
}

function undo() {
  present = past.pop() ?? present;
  fields().forEach((field, index) => (field[field.type === "checkbox" ? "checked" : "value"] = present[index]));
  arrange();
  refresh();
}

function set(changes) {
  for (const [name, value] of Object.entries(changes)) form.elements[name].value = value;
  arrange();
  refresh();
}

async function start(found) {
  asking?.abort();
  [form, wanted, past, earth, watching, touched] = [found, null, [], null, null, false];
  present = values();
  link = find(".copy").href;
  arrange();
  for (const image of form.querySelectorAll("nav img")) image.addEventListener("error", () => setTimeout(() => (image.src += ""), 3000));
  const globe = find(".globe");
  if (globe) earth = (await import(globe.dataset.script)).start(globe, set, settle);
  refresh(false);
}

async function load(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  const found = page.querySelector("form.making");
  dialog().querySelector("form.making")?.remove();
  dialog().append(found);
  await start(found);
  if (!dialog().open) dialog().showModal();
  find("[aria-current]")?.focus(); // and scrolls to it
}

async function copy() {
  try {
    await navigator.clipboard.writeText(link);
    say("The link is copied.");
  } catch {
    say(Object.assign(document.createElement("input"), { value: link, readOnly: true, ariaLabel: "Link" }));
    find(".said input").select();
  }
}

function take(id, picture) {
  const [choice] = new DOMParser().parseFromString(picture, "text/html").body.children;
  opener.closest(".drop").dispatchEvent(new CustomEvent("made", { bubbles: true, detail: { id, nodes: [...choice.childNodes] } }));
  dialog().close();
}

// A render in the queue may take a while: the panel says how far it is, and may be closed.
async function follow({ render, status }) {
  const there = Object.assign(document.createElement("a"), { href: render, target: "_blank", textContent: "See it in the queue" });
  watching = render;
  while (watching === render && form.isConnected && dialog().open) {
    const now = await (await fetch(status)).json();
    if (now.status === "completed") {
      say("It is made: ");
      there.textContent = "look at it";
      find(".said").append(there, ", or choose it under “From the gallery”.");
      return;
    }
    find(".said").replaceChildren(["failed", "canceled"].includes(now.status) ? "It was not made. " : "It is being made. ", there);
    if (["failed", "canceled"].includes(now.status)) return;
    await new Promise((resolve) => setTimeout(resolve, SLOW));
  }
}

async function send(submitter) {
  const body = new FormData(form, submitter);
  const buttons = form.querySelectorAll(".deeds button");
  for (const button of buttons) button.disabled = true;
  say("Making it");
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    const answer = await response.json();
    if (response.status === 201) take(answer.id, answer.picture);
    else if (response.status === 202) follow(answer);
    else say(Object.values(answer.errors).flat().join(" "), true);
  } catch {
    say("That did not work: try again.", true);
  }
  for (const button of buttons) button.disabled = false;
}

const actions = {
  ".making .undo": undo,
  ".making .copy": copy,
  ".making .dice": () => [set({ seed: Math.floor(Math.random() * 1e6) }), settle()],
  "dialog .making .generators a": (chosen) => load(chosen.href),
  "dialog.maker .close": () => dialog().close(),
};

document.addEventListener("input", ({ target }) => {
  if (!target.closest(".making .knob")) return;
  if (target.type === "range") target.nextElementSibling.value = target.value;
  arrange();
  refresh();
});
document.addEventListener("change", ({ target }) => target.closest(".making .knob") && settle());
document.addEventListener("click", (event) => {
  const selector = Object.keys(actions).find((each) => event.target.closest(each));
  if (!selector || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  actions[selector](event.target.closest(selector));
});
document.addEventListener("submit", (event) => {
  if (event.target !== form || !dialog()) return;
  event.preventDefault();
  send(event.submitter);
});
document.addEventListener(
  "close",
  ({ target }) => {
    if (target !== dialog()) return;
    asking?.abort();
    opener.focus();
  },
  true, // it does not bubble
);

// Opens the dialog with the page that a place's link leads to.
export async function open(from) {
  opener = from;
  const { style } = dialog().dataset;
  if (!document.querySelector(`link[href="${style}"]`)) {
    const sheet = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
    await new Promise((resolve) => {
      sheet.onload = sheet.onerror = resolve;
      document.head.append(sheet);
    });
  }
  await load(from.href);
}

const here = document.querySelector("main form.making");
if (here) start(here);
