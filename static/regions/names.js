// What regions are called: shown in the palette, sent with the masks. Region 0 is what is not painted.

import { COLOURS } from "./layer.js";

export const names = COLOURS.map(() => "");
const called = (label) => names[label] || (label ? `Region ${label}` : "The unpainted part");

export function rename(found) {
  found.forEach((name, label) => (names[label] = name));
}

// The numbers of regions of these names: those that have them already, else free ones, the unpainted part last. A name
// that finds none is not in it.
export function numbered(wanted) {
  const found = new Map();
  for (const name of wanted) {
    let label = names.indexOf(name);
    if (label < 0) label = names.findIndex((each, at) => at && !each);
    if (label < 0 && !names[0]) label = 0;
    if (label < 0) continue;
    names[label] = name;
    found.set(name, label);
  }
  return found;
}

// The palette's words, and the field in which the chosen region's name is.
export function showNames(root, chosen) {
  for (const button of root.querySelectorAll(".palette label")) {
    const label = button.querySelector("input").value;
    button.querySelector("span").textContent = names[label];
    button.title = called(Number(label));
  }
  const field = root.querySelector("[name=painter-name]");
  if (field !== document.activeElement) field.value = names[chosen];
  field.placeholder = called(chosen);
  root.querySelector(".eraser span").textContent = names[0] && ` (${names[0]})`;
}

export const asJson = () => JSON.stringify(Object.fromEntries([...names.entries()].filter(([, name]) => name)));
