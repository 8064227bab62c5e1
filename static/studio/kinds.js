// The choice of kinds: another kind of work keeps the pictures that are chosen, also those that it has no place for. What
// the site has is named in the address; files that it does not have yet are in the browser's own database meanwhile.

const TAB = "stylesite-chosen"; // in the storage of this tab: the address that its files go to, and what they are kept under
const KEPT = /^(content|style)(_|$)/; // places, as in kind_choices.py
const A_DAY = 864e5; // in milliseconds: so long files are kept for tabs that were closed on the way
const form = () => document.querySelector("form.studio");
const slots = () => [...form().querySelectorAll(".inputs .drop")].filter(({ dataset }) => KEPT.test(dataset.role));
const chosen = () => document.querySelector(".kinds [aria-current]");
const inOther = (role) => ({ content: "aside", aside: "content" })[role] ?? role; // a clip is no picture, nor a picture a clip
let aside = new Map(); // files that came along and have no place here, by their roles

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

async function keep(files, address) {
  if (!files.size) return;
  const key = Date.now() + Math.random();
  await inDatabase((store) => store.put(files, key));
  sessionStorage.setItem(TAB, JSON.stringify([address, key]));
}

async function leave(link) {
  await arrived;
  const address = new URL(link.href), sent = new FormData(form()); // sent names what a preview has stored
  const isOfOther = link.dataset.kind !== (chosen()?.dataset.kind ?? "");
  const named = (role) => (isOfOther ? inOther(role) : role);
  const files = new Map([...aside].map(([role, file]) => [named(role), file]));
  for (const { dataset: { role } } of slots()) {
    const there = named(role);
    for (const name of [there, `${there}_crop`]) address.searchParams.delete(name);
    const [file, id, crop] = [role, `${role}_id`, `${role}_crop`].map((name) => sent.get(name));
    if (id) address.searchParams.set(there, id);
    else if (file?.size) files.set(there, file);
    if (id && crop) address.searchParams.set(`${there}_crop`, crop);
  }
  const styles = slots().filter(({ dataset }) => dataset.role.startsWith("style")).length;
  if (styles > 1) address.searchParams.set("styles", styles);
  if (form().querySelector('.changed[data-field="image_size"]')) address.searchParams.set("image_size", sent.get("image_size"));
  await keep(files, address.href);
  return address;
}

// Until all have their places, files stay where a reload finds them; those without a place stay there for good.
async function arrive() {
  const [address, key] = JSON.parse(sessionStorage.getItem(TAB));
  if (address !== location.href) return; // it was on another way
  const files = (await inDatabase((store) => store.get(key))) ?? new Map();
  const places = new Map(slots().map((slot) => [slot.dataset.role, slot]));
  aside = new Map([...files].filter(([role]) => !places.has(role)));
  const { isFree, takeAnywhere } = await import("./filling.js");
  for (const [role, slot] of places) if (files.has(role) && isFree(slot)) takeAnywhere([files.get(role)], slot);
  await inDatabase((store) => {
    store.delete(IDBKeyRange.upperBound(Date.now() - A_DAY));
    return aside.size ? store.put(aside, key) : store.delete(key);
  });
  if (!aside.size) sessionStorage.removeItem(TAB);
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
const arrived = sessionStorage.getItem(TAB) && arrive().catch(() => {});
