// The live preview: sends the form once it stands still, and shows what a worker makes of it. It looks for the form anew
// each time, since recalling a recipe replaces it.

import { correct, isJudging } from "./slot.js";

const PAUSE = 300, ASK_EVERY = 250, ASK_LATER = 3000, SILENT_FOR = 30000; // milliseconds
const REMEMBERED = "stylesite-live-preview";
const UNSEEN = /^(csrfmiddlewaretoken|initial-.+|.+_expected|image_size|tab)$/; // what changes no preview
const LARGEST = 256; // px: above it, the size changes nothing
const tab = Array.from({ length: 3 }, () => Math.random().toString(36).slice(2, 10)).join("");
const KEPT = 12 * 3600e3; // milliseconds for which a picture here is named instead of sent again; it stays twice as long
const stored = new Map(); // ids of pictures here and when they came, by the file or the id that a slot had
const form = () => document.querySelector("form.studio");
const panel = () => form().querySelector(".live-preview");
const at = (selector) => panel().querySelector(selector);
const isOn = () => at(".switch").checked;
const fileIn = (slot) => slot.querySelector("[type=file]").files[0];
const idIn = (slot) => slot.querySelector("[name$=_id]").value;
const pictureIn = (slot) => fileIn(slot) ?? idIn(slot);
const slots = () => [...form().querySelectorAll(".drop")];
const slotOf = (role) => form().querySelector(`.drop[data-role="${role}"]`);
let waiting, asking, sending = false, again = false;
let sketching = false, sketched = "", finished = "", silentUntil = 0; // forms: of the instant picture, of the preview
let isStopped = false, ended; // whether what is being sent is wanted no more; until the site knows of the last end
let current = "", number = 0, sent = ""; // the preview that is asked about, its last picture, the form that it is of

function say(sentence, isWrong = false) {
  const state = at(".says");
  if (state.textContent !== sentence) state.textContent = sentence;
  state.classList.toggle("wrong", isWrong);
}

// What the preview depends on.
function described() {
  const elsewhere = new Set([...form().querySelectorAll("#sweep [name], .drop :is([type=file], [name$=_id])")].map(({ name }) => name));
  const parts = [...new FormData(form())].filter(([name]) => !UNSEEN.test(name) && !elsewhere.has(name));
  for (const slot of slots()) parts.push([slot.dataset.role, pictureIn(slot)]);
  const size = form().elements.image_size;
  parts.push(["size", size?.value && size.validity.valid ? Math.min(LARGEST, size.value) : size?.value]);
  return JSON.stringify(parts.map(([name, value]) => [name, value.name ? [value.name, value.size, value.lastModified] : value]));
}

const isFilled = () => panel().dataset.needs.split(" ").filter(Boolean).every((role) => pictureIn(slotOf(role)));

function complain(errors) {
  for (const place of form().querySelectorAll(".field, .drop, .matching")) {
    const sentences = errors[place.dataset.field ?? place.dataset.role];
    if (!sentences && !place.hasAttribute("data-complained")) continue;
    const list = Object.assign(document.createElement("ul"), { className: "errorlist" });
    for (const sentence of sentences ?? []) list.append(Object.assign(document.createElement("li"), { textContent: sentence }));
    place.querySelector(".errors").replaceChildren(...(sentences ? [list] : []));
    place.classList.toggle("wrong", Boolean(sentences));
    place.toggleAttribute("data-complained", Boolean(sentences));
    if (sentences && place.dataset.role) stored.delete(pictureIn(place));
  }
}

// A sentence on what has no place of its own on the page.
function complaintElsewhere(errors) {
  return Object.entries(errors).find(([name]) => !form().querySelector(`[data-field="${name}"], [data-role="${name}"]`))?.[1][0];
}

function noteStored(before, pictures) {
  for (const [role, id] of Object.entries(pictures)) {
    const slot = slotOf(role);
    if (!slot || before.get(role) !== pictureIn(slot)) continue;
    stored.set(before.get(role), { id, at: Date.now() });
  }
}

async function begin() {
  if (sending) return void ([again, isStopped] = [true, false]);
  const body = new FormData(form());
  const before = new Map(slots().map((slot) => [slot.dataset.role, pictureIn(slot)]));
  body.set("tab", tab);
  [sending, again, isStopped] = [true, false, false];
  sent = described();
  say([...body.values()].some((value) => value.size) ? "Sending the pictures" : "Starting");
  try {
    await ended; // or that end would be this one's
    const response = await fetch(panel().dataset.address, { method: "POST", body });
    if (![201, 422].includes(response.status)) throw new Error(response.status);
    const { id, pictures, notes, errors } = await response.json();
    if (id) noteStored(before, pictures);
    if (isStopped) current = id ?? "";
    else complain(errors ?? {});
    if (id && !isStopped) {
      for (const [role, sentences] of Object.entries(notes)) {
        const slot = slotOf(role); // none where its place was removed meanwhile
        if (slot && before.get(role) === pictureIn(slot)) correct(slot, sentences);
      }
      [current, number] = [id, 0];
      panel().classList.toggle("old", sketched !== sent);
      say("Starting");
      ask();
      sketch();
    } else if (!isStopped) say(complaintElsewhere(errors) ?? "It waits: a picture or a value is wrong, and says why at its place.", true);
  } catch {
    sent = "";
    if (!isStopped) say("The preview could not be started: change something to try again.", true);
  }
  sending = false;
  if (isStopped) stop();
  else if (again) follow();
}

// Shows the form at once, as the process that does nothing else makes it. Pictures go there once they are stored.
async function sketch() {
  const wanted = described();
  if (sketching || !isOn() || document.hidden || !isFilled() || Date.now() < silentUntil) return;
  if ([sketched, finished].includes(wanted)) return;
  const body = new FormData(form());
  if (slots().some((slot) => body.get(slot.dataset.role)?.size)) return;
  const mine = panel();
  sketching = true;
  try {
    const response = await fetch(panel().dataset.instant, { method: "POST", body });
    if ([409, 503].includes(response.status)) throw new Error(response.status);
    const picture = response.ok && (await response.blob());
    if (picture && finished !== wanted && isOn() && mine === panel()) {
      put(URL.createObjectURL(picture), "An instant preview");
      [sketched, finished] = [wanted, ""];
    }
  } catch {
    silentUntil = Date.now() + SILENT_FOR;
  }
  sketching = false;
  if (described() !== wanted) sketch();
}

function put(src, alt) {
  const image = at("img");
  if (image.src.startsWith("blob:")) URL.revokeObjectURL(image.src);
  Object.assign(image, { src, alt, hidden: false });
  panel().classList.remove("old");
}

// Whether the instant picture is a better one of what the form says than what a worker has so far.
function isSketchBetter({ state, rung }) {
  return sketched === described() && !(sent === sketched && (state === "done" || rung >= LARGEST));
}

function show(found) {
  const { state, why, rung, fraction, n, picture } = found;
  const alt = state === "done" ? "The preview" : "The preview so far";
  if (!isSketchBetter(found)) {
    if (picture) {
      put(picture, alt);
      number = n;
    } else if (state === "done") at("img").alt = alt;
    if (state === "done") finished = sent;
  }
  Object.assign(at("progress"), { hidden: state !== "painting", value: fraction });
  if (state === "waiting") say(why || "Waiting for the worker");
  if (state === "painting") say(rung ? `Painting at ${rung} px` : "Starting");
  if (state === "done") say("This is the preview.");
  if (state === "failed") say(why, true);
}

async function ask() {
  clearTimeout(asking);
  const id = current;
  if (!id || document.hidden) return;
  let pause = ASK_EVERY;
  try {
    const response = await fetch(`${panel().dataset.address}?id=${id}&n=${number}`);
    if (!response.ok) throw new Error(response.status);
    const found = await response.json();
    if (id !== current) return;
    show(found);
    if (found.state === "gone") return void ([sent, current, waiting] = ["", "", setTimeout(follow, ASK_LATER)]);
    if (found.state === "done" || found.state === "failed") return;
    if (found.why) pause = ASK_LATER;
  } catch {
    if (id !== current) return;
    say("The site cannot be reached; trying again", true);
    pause = ASK_LATER;
  }
  asking = setTimeout(ask, pause);
}

function follow() {
  if (!isOn()) return void (current || say("")); // what was asked for by the button goes on
  if (document.hidden) return;
  if (slots().some(isJudging)) soon();
  else if (!isFilled()) {
    stop();
    say("It starts once the pictures are there.");
  } else if (described() !== sent) begin();
}

function soon() {
  sketch();
  clearTimeout(waiting);
  waiting = setTimeout(follow, PAUSE);
}

function stop() {
  clearTimeout(waiting);
  clearTimeout(asking);
  [sent, isStopped, again] = ["", sending, false]; // one that is on its way ends once it is there
  if (sending || current) say("");
  if (!current) return;
  const headers = { "X-CSRFToken": form().csrfmiddlewaretoken.value };
  ended = fetch(`${panel().dataset.address}?tab=${tab}`, { method: "DELETE", keepalive: true, headers }).catch(() => {});
  current = "";
}

function enlarge(isLarge) {
  panel().classList.toggle("enlarged", isLarge);
  const words = { ariaExpanded: isLarge, ariaLabel: isLarge ? "Make the preview small" : "Enlarge the preview" };
  Object.assign(at(".enlarge"), words);
}

function start() {
  at(".switch").checked = localStorage.getItem(REMEMBERED) !== "off";
  follow();
}

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => {
    if (!target.closest?.("form.studio")) return;
    if (!target.matches(".switch")) return soon();
    localStorage.setItem(REMEMBERED, isOn() ? "on" : "off");
    if (isOn()) follow();
    else stop();
  });
}
document.addEventListener("pointerup", ({ target }) => target.closest?.(".painter") && soon()); // painted regions
document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest?.(".live-preview .enlarge")) enlarge(!panel().classList.contains("enlarged"));
  else if (!target.closest?.(".live-preview")) enlarge(false);
  if (!target.matches?.(".studio [name=preview]")) return;
  event.preventDefault();
  enlarge(true);
  begin();
});
document.addEventListener("keydown", ({ key }) => key === "Escape" && enlarge(false));
document.addEventListener("formdata", ({ target, formData }) => {
  if (target !== form()) return;
  formData.set("tab", tab);
  for (const slot of target.querySelectorAll(".drop")) {
    const here = stored.get(pictureIn(slot));
    if (!here || Date.now() - here.at > KEPT) continue;
    formData.delete(slot.dataset.role);
    formData.set(`${slot.dataset.role}_id`, here.id);
  }
});
document.addEventListener("refused", () => stored.clear()); // one of them may be gone: files are sent again
document.addEventListener("visibilitychange", () => (document.hidden ? undefined : current ? ask() : follow()));
window.addEventListener("pagehide", stop);
window.addEventListener("pageshow", ({ persisted }) => persisted && start());
let here = panel();
new MutationObserver(() => {
  if (panel() === here) return;
  here = panel(); // of another recipe, of which nothing is shown yet
  stop();
  [sketched, finished] = ["", ""];
  start();
}).observe(document.querySelector("main"), { childList: true });
start();
