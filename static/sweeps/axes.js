// Axes of a sweep: values that are tried if none is given, what it will take, and pictures once they vary.

const isOfPictures = (axis) => ["content", "style"].includes(axis.querySelector("select").value);

// Files stay here: the plan needs only the sizes of theirs, and of those in the studio's slots.
function asked(axes) {
  const body = new FormData(axes.closest("form"));
  for (const [name, value] of [...body]) if (typeof value !== "string") body.delete(name);
  for (const picture of document.querySelectorAll(".preview > [data-size]")) {
    const { role } = picture.closest(".drop").dataset;
    for (const what of ["size", "seconds"]) if (what in picture.dataset) body.set(`${role}_${what}`, picture.dataset[what]);
  }
  for (const axis of axes.querySelectorAll(".axis[data-sizes]")) {
    for (const size of axis.dataset.sizes.split(" ").filter(Boolean)) body.append(`pictures_${axis.dataset.axis}_size`, size);
  }
  return body;
}

function follow(axes) {
  const plan = axes.querySelector(".sweep-plan");
  const fold = axes.closest("#sweep");
  let waiting, asking;
  const show = async () => {
    asking?.abort();
    const { signal } = (asking = new AbortController());
    plan.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(axes.dataset.plan, { method: "POST", body: asked(axes), signal });
      const html = response.ok ? (await response.text()).trim() : "";
      if (plan.innerHTML !== html) plan.innerHTML = html;
    } catch (error) {
      if (error.name !== "AbortError") plan.replaceChildren();
    }
    if (!signal.aborted) plan.removeAttribute("aria-busy");
  };
  const soon = () => {
    clearTimeout(waiting);
    if (!fold || fold.open) waiting = setTimeout(show, 400);
  };
  const changed = ({ target }) => target.closest?.("form")?.contains(axes) && soon();
  document.addEventListener("input", changed);
  document.addEventListener("change", changed);
  fold?.addEventListener("toggle", soon);
  soon();
}

const attached = new WeakSet();

function attach(axes) {
  if (attached.has(axes)) return;
  attached.add(axes);
  const tell = async () => {
    for (const axis of axes.querySelectorAll(".axis")) {
      const chosen = axis.querySelector("select").selectedOptions[0];
      axis.querySelector("[name^=values]").placeholder = chosen.dataset.suggestion ?? "";
      if (isOfPictures(axis)) (await import(axes.dataset.script)).attach(axis, axes);
    }
  };
  axes.addEventListener("change", tell);
  tell();
  follow(axes);
  axes.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.type !== "text") return;
    event.preventDefault();
    axes.querySelector("[type=submit]").click();
  });
}

const attachAll = () => document.querySelectorAll(".axes").forEach(attach);
document.addEventListener("recalled", attachAll); // of another kind of work there are others
attachAll();
