// Presets in the studio: a click sets the settings, says what changed, and keeps the pictures. Loaded with the first one.

import { offer, tell } from "./undo.js";

const form = () => document.querySelector("form.studio");
const names = (link) => link.closest(".presets-here").dataset.fields.split(" "); // there may be several sections
const field = (name) => form().querySelector(`.field[data-field="${name}"]`);
const control = (name) => field(name).querySelector("select, input:not([type=range])");
const read = (name) => (control(name).type === "checkbox" ? (control(name).checked ? "on" : "") : control(name).value);
const same = (one, other) => one === other || (one !== "" && other !== "" && Number(one) === Number(other));
const wanted = (link, name) => JSON.parse(link.dataset.values)[name] ?? field(name).dataset.default;

function write(name, value) {
  if (control(name).type === "checkbox") control(name).checked = Boolean(value);
  else control(name).value = value;
  control(name).dispatchEvent(new Event("input", { bubbles: true }));
}

function inWords(name, value) {
  if (control(name).type === "checkbox") return value ? "on" : "off";
  return control(name).selectedOptions ? [...control(name).options].find((each) => each.value === value)?.text : value;
}

function mark() {
  for (const link of document.querySelectorAll(".presets-here [data-values]")) {
    const is = names(link).every((name) => same(read(name) || field(name).dataset.default, wanted(link, name)));
    if (is) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

export function choose(link) {
  const { preset, pictures } = link.dataset;
  const before = names(link).map((name) => [name, read(name)]);
  const changes = before.filter(([name, value]) => !same(value || field(name).dataset.default, wanted(link, name)));
  const hint = pictures ? ` It was made for: ${pictures}.` : "";
  if (!changes.length) return tell(`“${preset}” is what is set already.${hint}`);
  const words = changes.map(([name, value]) => {
    const title = field(name).querySelector(".name label").textContent.trim();
    return `${title} ${inWords(name, value)} → ${inWords(name, wanted(link, name))}`;
  });
  for (const [name] of changes) write(name, wanted(link, name));
  offer(`${preset}: ${words.join(", ")}.${hint}`, () => changes.forEach(([name, value]) => write(name, value)));
}

document.addEventListener("input", ({ target }) => target.closest?.("form.studio") && mark());
document.addEventListener("recalled", mark);
mark();
