// Makes a picture out of numbers: a panel whose preview follows its fields, on its own page or in the studio's dialog.

import { load, parsed } from "../base/documents.js";
import { onlyHere } from "../base/local.js";
import * as dialogs from "../studio/dialogs.js";

const PATIENT = 300; // ms: a preview that has taken longer is given up for a newer one
const SLOW = 400; // ms between two looks at a render in the queue
const AT_ONCE = 0.12; // seconds: what takes longer to make is first shown much smaller
const panel = Math.random().toString(36).slice(2, 12).padEnd(8, "0");
const dialog = () => document.querySelector("dialog.maker"); // recalling a recipe replaces it
let form, link, opener; // the panel; the address of what it shows; what opened the dialog
let past, present; // values of the fields: before each change, and now
let wanted = null, asking = null, sending, turn = 0, earth, touched; // touched: what the address said is out of date
let took, waited; // the seconds that the last preview took; what is to be downloaded once it is made

const find = (selector) => form.querySelector(selector);
const fields = () => [...form.querySelectorAll(".knob [name]:not([type=hidden])")];
const values = () => fields().map((field) => (field.type === "checkbox" ? field.checked : field.value));
const same = (some, others) => some.every((value, index) => value === others[index]);
const query = () => {
  const all = new URLSearchParams();
  if (form.elements.of) all.set("of", form.elements.of.value);
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
    button.textContent = large ? `${button.dataset.words} when it is made` : button.dataset.words;
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

async function ask(signal, here) {
  const response = await fetch(`${form.dataset.preview}?${here}`, { signal, headers: { Panel: `${panel} ${++turn}` } });
  if (!response.ok) throw new Error(response.status < 500 || response.status === 503 ? await response.text() : "That did not work: try again.");
  const address = URL.createObjectURL(await response.blob());
  const fresh = Object.assign(new Image(), { src: address });
  await fresh.decode();
  signal.throwIfAborted();
  const image = find(".result"), enlarged = here.endsWith("quick=1") ? 256 / Math.max(fresh.naturalWidth, fresh.naturalHeight) : 1;
  if (image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
  Object.assign(image, { width: fresh.naturalWidth * enlarged, height: fresh.naturalHeight * enlarged, src: address });
  return JSON.parse(response.headers.get("Made"));
}

async function draw(here) {
  const { signal } = asking;
  if (took > AT_ONCE) {
    await ask(signal, `${here}&quick=1`);
    asking.shows = true;
  }
  const made = await ask(signal, here);
  took = made.seconds;
  tell(made);
}

// At most one preview is on its way, and the last one that was asked for wins.
async function refresh(touch = true) {
  touched ||= touch;
  if (touch) find(".downloads").replaceChildren(); // they are of another picture
  if (!form.dataset.preview) return;
  wanted = query();
  if (asking) {
    if (asking.shows || performance.now() - asking.since > PATIENT) asking.abort();
    return;
  }
  while (wanted !== null) {
    const [here, mine] = [wanted, form];
    wanted = null;
    asking = Object.assign(new AbortController(), { since: performance.now() });
    find(".shown").classList.add("slow");
    try {
      await draw(here);
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
  sending?.abort();
  [form, wanted, past, earth, touched, took, waited] = [found, null, [], null, false, 0, null];
  present = values();
  link = find(".copy").href;
  arrange();
  for (const image of form.querySelectorAll("nav img")) image.addEventListener("error", () => setTimeout(() => (image.src += ""), 3000));
  find("nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  const globe = find(".globe");
  const script = globe && (await import(globe.dataset.script));
  if (form !== found) return; // another one was chosen meanwhile
  if (globe) earth = script.start(globe, set, settle);
  refresh(false);
}

let loading; // what the dialog shows once it is loaded: the last that somebody chose, unless it was closed meanwhile

async function show(address) {
  const mine = (loading = {});
  const page = await load(address).catch((error) => {
    if (loading === mine) throw error;
  });
  if (loading !== mine) return;
  const found = page.querySelector("form.making");
  dialog().querySelector("form.making")?.remove();
  dialog().append(found);
  await start(found);
  find("[aria-current]")?.focus(); // and scrolls to it
}

// What was chosen is marked at once; its panel comes when it is loaded.
async function choose(chosen) {
  const before = find(".generators [aria-current]");
  before?.removeAttribute("aria-current");
  chosen.ariaCurrent = "page";
  find(".shown").classList.add("slow");
  try {
    await show(chosen.href);
  } catch {
    chosen.removeAttribute("aria-current");
    if (before) before.ariaCurrent = "page";
    find(".shown").classList.remove("slow");
    say("The site cannot be reached: try again.", true);
  }
}

async function copy() {
  try {
    await navigator.clipboard.writeText(link);
    say(`The link is copied.${onlyHere(link)}`);
  } catch {
    say(Object.assign(document.createElement("input"), { value: link, readOnly: true, ariaLabel: "Link" }));
    find(".said input").select();
  }
}

const put = async (slot, id, nodes) => (await import("../studio/filling.js")).put(slot, id, [...nodes]);

// Whether a render in the queue gets finished while somebody waits for it; `tell` says how far it is, where that is seen.
async function isFinished(status, tell, isAwaited, isSeen = () => true) {
  for (; isAwaited(); await new Promise((resolve) => setTimeout(resolve, SLOW))) {
    if (!isSeen()) continue;
    try {
      const answer = await fetch(status);
      if (answer.status === 404) return false;
      const now = await answer.json();
      if (now.status === "completed") return true;
      if (["failed", "canceled"].includes(now.status)) return false;
      tell(now.status === "pending" ? "It waits in the queue" : "It is being made", now.progress.fraction);
    } catch {} // the site is away: look again
  }
  return false;
}

// A place says how far its picture is, and gets it when it is made, unless it was given another one meanwhile. Whoever swaps
// places takes it along; whoever undoes that it was replaced brings it back.
async function follow({ id, status }) {
  const slot = opener.closest(".drop"), { action } = document.querySelector("form.studio");
  const waits = Object.assign(document.createElement("span"), { className: "under-way" });
  const bar = Object.assign(document.createElement("progress"), { ariaLabel: "The picture for this place" });
  waits.append(bar, "It waits in the queue");
  await put(slot, "", [waits]);
  dialog().close();
  const tell = (sentence, part) => {
    waits.lastChild.textContent = sentence;
    if (part) bar.value = part;
  };
  if (!(await isFinished(status, tell, () => true, () => waits.isConnected))) return waits.replaceChildren("It was not made: the queue says why.");
  const page = await load(`${action}?kind=style&content=${id}`).catch(() => null);
  const now = waits.closest(".drop");
  if (!page) waits.replaceChildren("It is made: choose it from the gallery.");
  else if (now) put(now, id, page.querySelector('.drop[data-role="content"] .preview').childNodes);
}

async function download({ id, status }) {
  waited = id;
  if (status && !(await isFinished(status, (sentence) => say(sentence), () => waited === id && form.isConnected))) return;
  const page = await load(`${form.action}?made=${id}`);
  if (waited !== id) return;
  say("");
  find(".downloads").replaceChildren(...page.querySelector(".downloads").childNodes);
  find(".downloads").scrollIntoView({ block: "nearest", behavior: "smooth" });
}

async function answer({ id, picture, status, address }, keep) {
  if (address) dialog() ? await show(address) : location.assign(address);
  else if (keep) await download({ id, status });
  else if (status) follow({ id, status });
  else {
    put(opener.closest(".drop"), id, parsed(picture).body.firstElementChild.childNodes);
    dialog().close();
  }
}

// Until there is an answer, somebody may close the panel, choose another one, or bring another map: then it is not wanted.
async function send(submitter) {
  sending?.abort();
  const { signal } = (sending = new AbortController());
  const body = new FormData(form, submitter);
  const fail = () => signal.aborted || say("That did not work: try again.", true);
  const buttons = form.querySelectorAll(".deeds button");
  for (const button of buttons) button.disabled = true;
  say(submitter ? "Making it" : "Reading the map");
  try {
    const response = await fetch(form.action, { method: "POST", body, signal, headers: { Accept: "application/json" } });
    const found = await response.json();
    say(response.ok ? "" : Object.values(found.errors).flat().join(" "), !response.ok);
    if (response.ok) answer(found, submitter?.name === "keep").catch(fail);
  } catch {
    fail();
  }
  if (signal.aborted) return;
  for (const button of buttons) button.disabled = false;
}

const actions = {
  ".making .undo": undo,
  ".making .copy": copy,
  ".making .dice": () => [set({ seed: Math.floor(Math.random() * 1e6) }), settle()],
  "dialog .making .generators a": choose,
  "dialog.maker .close": () => dialog().close(),
};

document.addEventListener("input", ({ target }) => {
  if (!target.closest(".making .knob")) return;
  if (target.type === "range") target.nextElementSibling.value = target.value;
  arrange();
  refresh();
});
document.addEventListener("change", ({ target }) => {
  if (target.closest(".making .knob")) settle();
  else if (target.matches(".making [name=map]") && target.files.length) send();
});
document.addEventListener("click", (event) => {
  const selector = Object.keys(actions).find((each) => event.target.closest(each));
  if (!selector || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  actions[selector](event.target.closest(selector));
});
document.addEventListener("submit", (event) => {
  if (event.target !== form || !(dialog() || event.submitter?.name === "keep")) return;
  event.preventDefault();
  send(event.submitter);
});
document.addEventListener(
  "close",
  ({ target }) => {
    if (target !== dialog()) return;
    for (const each of [asking, sending]) each?.abort();
    loading = null;
    dialog().querySelector("form.making")?.remove();
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
  dialogs.show(dialog());
  try {
    await show(from.href);
  } catch (error) {
    dialog().close();
    throw error;
  }
}

const here = document.querySelector("main form.making");
if (here) start(here);
