// Fills in the studio from a finished picture. Loaded when somebody opens or drops a file.

import { offer } from "./undo.js";

const BEGINNING = 2 ** 18; // bytes of a PNG or a JPEG that usually contain its metadata
const CHUNK = /stylesite\0|\0s\0t\0y\0l\0e\0s\0i\0t\0e\0:/; // in a PNG, and in EXIF

const main = () => document.querySelector("main");

// Where a file says that it carries a recipe; -1 if it does not.
async function marked(file) {
  return new TextDecoder("latin1").decode(await file.arrayBuffer()).search(CHUNK);
}

async function beginning(file) {
  const isEarly = ["image/png", "image/jpeg"].includes(file.type) && (await marked(file)) < BEGINNING / 2;
  return isEarly ? file.slice(0, BEGINNING) : file;
}

const kind = (of) => of.querySelector("form.studio [name=kind]").value;

function fill(page) {
  document.querySelector("dialog:modal")?.close(); // it goes with the form, but its entry in the history would not
  const old = [...main().childNodes];
  const isOfSameKind = kind(page) === kind(document);
  const sweep = main().querySelector("#sweep"); // where the kind of work stays, so does what is chosen there
  const place = new Comment();
  const show = (nodes, into) => {
    main().replaceChildren(...nodes);
    if (isOfSameKind) into().replaceWith(sweep);
    main().querySelector("form.studio").dispatchEvent(new Event("change", { bubbles: true }));
  };
  if (isOfSameKind) sweep.replaceWith(place);
  for (const each of page.querySelectorAll("noscript")) each.remove(); // whose fields would count here
  show(page.querySelector("main").childNodes, () => main().querySelector("#sweep"));
  document.dispatchEvent(new Event("recalled"));
  offer("The recipe is filled in.", () => show(old, () => place));
}

let opened; // the last file, whose recipe is wanted

export async function open(file) {
  opened = file;
  const form = document.querySelector("form.recall");
  const refuse = (sentence) => (main().querySelector(".refused").textContent = sentence);
  try {
    const body = new FormData(form);
    body.set("finished", await beginning(file), file.name);
    const response = await fetch(form.action, { method: "POST", body });
    const html = await response.text();
    if (opened !== file) return;
    if (response.redirected) return location.assign(response.url); // a generator made it
    const page = new DOMParser().parseFromString(html, "text/html");
    const sentence = page.querySelector(".refused")?.textContent ?? "That did not work: try again.";
    refuse(sentence);
    if (!sentence && response.ok) fill(page);
  } catch {
    if (opened !== file) return;
    refuse("The site cannot be reached: try again.");
  }
  main().querySelector(".refused").scrollIntoView({ block: "center" });
  document.querySelector("#id_finished").value = "";
}

// One after another, so that pictures come to their places in the order in which they were dropped.
let looking = Promise.resolve();
export const dropped = (files) => (looking = looking.then(() => take(files)).catch(() => {}));

async function take(files) {
  const isRecipe = files.length === 1 && (await marked(files[0]).catch(() => -1)) >= 0;
  if (isRecipe) await open(files[0]);
  else document.dispatchEvent(new CustomEvent("pictures", { detail: files }));
}
