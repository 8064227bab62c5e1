// The result's page: copying, and keys.

import { onlyHere } from "../base/local.js";
import { typing } from "../base/typing.js";

const said = document.querySelector(".copied");
const link = (name) => document.querySelector(`[data-key="${name}"]`);

// Without HTTPS there is no clipboard, but an old command.
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, });
    field.style.position = "fixed";
    const focused = document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    return done;
  }
}

document.addEventListener("click", async (event) => {
  const { copy, called } = event.target.closest("[data-copy]")?.dataset ?? {};
  if (!copy) return;
  if (!(await copied(copy))) return window.prompt("Copy it from here:", copy);
  const warning = /^https?:/.test(copy) ? onlyHere(copy) : "";
  said.textContent = `Copied ${called ?? copy}${warning && "."}${warning}`;
  said.classList.add("shown");
  setTimeout(() => said.classList.remove("shown"), warning ? 7000 : 1600);
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.shiftKey || event.repeat || typing(event) || document.querySelector("dialog[open]")) return;
  if (event.target.type === "range" && event.key.startsWith("Arrow")) return;
  if (event.key === "i") document.querySelector(".result").classList.toggle("bare");
  else link(event.key)?.click();
});
