// The choice of kinds: another kind of work keeps the pictures that are chosen. What the site has is named in the address;
// files that it does not have yet cross the change of pages in the browser's own database.

const TAB = "stylesite-chosen"; // in the storage of this tab: what its files are kept under
const KEPT = /^(content|style)(_|$)/; // places, as in kind_choices.py
const form = () => document.querySelector("form.studio");
const slots = () => [...form().querySelectorAll(".inputs .drop")].filter(({ dataset }) => KEPT.test(dataset.role));
const chosen = () => document.querySelector(".kinds [aria-current]");

function inDatabase(act) {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open("stylesite", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("files");
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("files", "readwrite");
      const found = act(transaction.objectStore("files"));
      transaction.oncomplete = () => resolve(found.result);
      transaction.onabort = () => reject(transaction.error);
    };
  });
}

async function leave(link) {
  const address = new URL(link.href), sent = new FormData(form()), files = new Map(); // sent names what a preview has stored
  const isOfOther = link.dataset.kind !== (chosen()?.dataset.kind ?? ""); // a clip is no picture, nor a picture a clip
  for (const { dataset: { role } } of slots().filter(({ dataset }) => dataset.role !== "content" || !isOfOther)) {
    for (const name of [role, `${role}_crop`]) address.searchParams.delete(name);
    const [file, id, crop] = [role, `${role}_id`, `${role}_crop`].map((name) => sent.get(name));
    if (id) address.searchParams.set(role, id);
    else if (file?.size) files.set(role, file);
    if (id && crop) address.searchParams.set(`${role}_crop`, crop);
  }
  const styles = slots().filter(({ dataset }) => dataset.role.startsWith("style")).length;
  if (styles > 1) address.searchParams.set("styles", styles);
  if (form().querySelector('.changed[data-field="image_size"]')) address.searchParams.set("image_size", sent.get("image_size"));
  if (files.size) {
    const key = Date.now() + Math.random();
    await inDatabase((store) => store.put(files, key));
    sessionStorage.setItem(TAB, key);
  }
  return address;
}

async function arrive() {
  const key = Number(sessionStorage.getItem(TAB));
  sessionStorage.removeItem(TAB);
  const files = await inDatabase((store) => {
    const found = store.get(key);
    store.clear(); // also what tabs left that were closed on the way
    return found;
  });
  const { isFree, takeAnywhere } = await import("./filling.js");
  for (const slot of slots().filter(isFree)) if (files?.has(slot.dataset.role)) takeAnywhere([files.get(slot.dataset.role)], slot);
}

function showChosen() {
  const strip = document.querySelector(".kinds"), current = chosen();
  if (current) strip.scrollLeft = current.offsetLeft - (strip.clientWidth - current.offsetWidth) / 2;
}

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.(".kinds [data-kind]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  location.assign(await leave(link).catch(() => link.href)); // a browser that keeps nothing still goes there
});
document.addEventListener("recalled", showChosen);
showChosen();
if (sessionStorage.getItem(TAB)) arrive().catch(() => {});
