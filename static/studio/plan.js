// What the render would need, in the bar, and advice, above it. For files that are still here, it sends only their sizes
// and a few colours.

let waiting, asking;

function part(html) {
  const found = Object.assign(document.createElement("template"), { innerHTML: html }).content;
  const cost = found.querySelector(".cost");
  cost?.remove();
  return [cost?.outerHTML ?? "", [...found.children].map(({ outerHTML }) => outerHTML).join("")];
}

async function show() {
  const form = document.querySelector("form.studio");
  const places = [form.querySelector(".plan"), form.querySelector(".hints")];
  asking?.abort();
  const { signal } = (asking = new AbortController());
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  for (const preview of form.querySelectorAll(".preview[data-size]")) {
    const { role } = preview.closest(".drop").dataset;
    for (const what of ["size", "colours"]) body.set(`${role}_${what}`, preview.dataset[what]);
  }
  for (const place of places) place.setAttribute("aria-busy", "true"); // what it says is of the form before
  try {
    const response = await fetch(places[0].dataset.address, { method: "POST", body, signal });
    const parts = part(response.ok ? await response.text() : "");
    places.forEach((place, at) => place.innerHTML === parts[at] || (place.innerHTML = parts[at]));
  } catch (error) {
    if (error.name !== "AbortError") for (const place of places) place.replaceChildren();
  }
  if (!signal.aborted) for (const place of places) place.removeAttribute("aria-busy");
}

// The live preview's script comes once there is a picture.
function wake() {
  const form = document.querySelector("form.studio");
  if (form.querySelector(".drop .preview img")) import(form.querySelector(".live-preview").dataset.script);
}

function soon({ target }) {
  if (target !== window && !target.closest?.("form.studio")) return;
  wake();
  clearTimeout(waiting);
  waiting = setTimeout(show, 300);
}

document.addEventListener("input", soon);
document.addEventListener("change", soon);
window.addEventListener("pageshow", () => soon({ target: window }));
