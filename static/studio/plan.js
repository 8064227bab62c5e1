// What the render would need, and advice. For files that are still here, it sends only their sizes and a few colours.

let waiting, asking;

// The costs go into the bar, all else above it; what is there already is not said again.
function tell(plan, hints, html) {
  const page = new DOMParser().parseFromString(html, "text/html").body;
  const goesRound = page.querySelector(".goes-round");
  goesRound?.remove();
  plan.closest("form").querySelector(".round")?.toggleAttribute("hidden", !goesRound);
  const costs = page.querySelector(".cost");
  costs?.remove();
  for (const [place, found] of [[plan, costs?.outerHTML ?? ""], [hints, page.innerHTML.trim()]]) {
    if (place.innerHTML !== found) place.innerHTML = found;
  }
}

async function show() {
  const form = document.querySelector("form.studio");
  const [plan, hints] = [".plan", ".hints"].map((place) => form.querySelector(place));
  asking?.abort();
  const { signal } = (asking = new AbortController());
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  for (const picture of form.querySelectorAll(".preview > [data-size]")) {
    const { role } = picture.closest(".drop").dataset;
    for (const what of ["size", "colours", "seconds"]) if (what in picture.dataset) body.set(`${role}_${what}`, picture.dataset[what]);
  }
  plan.setAttribute("aria-busy", "true"); // the plan on the page is that of the form before
  try {
    const response = await fetch(plan.dataset.address, { method: "POST", body, signal });
    tell(plan, hints, response.ok ? await response.text() : "");
  } catch (error) {
    if (error.name !== "AbortError") tell(plan, hints, "");
  }
  if (!signal.aborted) plan.removeAttribute("aria-busy");
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
