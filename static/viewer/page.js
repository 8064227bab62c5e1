// The result's page: copying, and keys.

import { typing } from "./zoom.js";

const said = document.querySelector(".copied");
const link = (name) => document.querySelector(`[data-key="${name}"]`);

document.addEventListener("click", async (event) => {
  const { copy } = event.target.closest("[data-copy]")?.dataset ?? {};
  if (!copy) return;
  try {
    await navigator.clipboard.writeText(copy);
    said.textContent = `Copied ${copy.length > 20 ? "the recipe" : copy}`;
  } catch {
    said.textContent = "This browser lets nothing be copied here";
  }
  said.classList.add("shown");
  setTimeout(() => said.classList.remove("shown"), 1600);
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.shiftKey || event.repeat || typing(event) || document.querySelector("dialog[open]")) return;
  if (event.target.type === "range" && event.key.startsWith("Arrow")) return;
  if (event.key === "i") document.querySelector(".result").classList.toggle("bare");
  else link(event.key)?.click();
});
