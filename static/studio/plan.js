// What the render would need, and advice. For files that are still here, it sends only their sizes and a few colours.

let waiting, asking;

async function show() {
  const form = document.querySelector("form.studio");
  const plan = form.querySelector(".plan");
  asking?.abort();
  const { signal } = (asking = new AbortController());
  const body = new FormData(form);
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  for (const preview of form.querySelectorAll(".preview[data-size]")) {
    const { role } = preview.closest(".drop").dataset;
    for (const what of ["size", "colours"]) body.set(`${role}_${what}`, preview.dataset[what]);
  }
  plan.setAttribute("aria-busy", "true"); // the plan on the page is that of the form before
  try {
    const response = await fetch(plan.dataset.address, { method: "POST", body, signal });
    const html = response.ok ? (await response.text()).trim() : "";
    if (plan.innerHTML !== html) plan.innerHTML = html;
  } catch (error) {
    if (error.name !== "AbortError") plan.replaceChildren();
  }
  if (!signal.aborted) plan.removeAttribute("aria-busy");
}

function soon({ target }) {
  if (target !== window && !target.closest?.("form.studio")) return;
  clearTimeout(waiting);
  waiting = setTimeout(show, 300);
}

document.addEventListener("input", soon);
document.addEventListener("change", soon);
window.addEventListener("pageshow", () => soon({ target: window }));
