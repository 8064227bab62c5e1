// The choice of regions: says in the heading what is chosen, and loads the painter once somebody wants to paint.

const section = () => document.querySelector(".regions");
const chosen = () => section().querySelector("[name=regions]:checked");

async function painter() {
  const { script, style } = section().dataset;
  if (!document.querySelector(`link[href="${style}"]`)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
  }
  return import(script);
}

function tell() {
  if (!section() || !chosen()) return;
  section().querySelector(".now").textContent = chosen().closest(".choice-of-regions").querySelector("b").textContent;
  const isPainted = chosen().value === "masks";
  section().querySelector(".painter").hidden = !isPainted;
  if (isPainted) painter().then(({ open }) => open());
}

// The two ways to start painting from what the pictures tell.
async function correct({ dataset }) {
  section().querySelector("[name=regions][value=masks]").click();
  const { open, begin } = await painter();
  await open();
  await begin(dataset.correct);
}

document.addEventListener("change", ({ target }) => target.name === "regions" && tell());
document.addEventListener("input", ({ target }) => target.name === "regions" && tell());
document.addEventListener("click", ({ target }) => target.dataset?.correct && correct(target));
new MutationObserver(() => section() && !section().dataset.told && start()).observe(document.querySelector("main"), {
  childList: true, // recalling a recipe replaces the form
});

function start() {
  section().dataset.told = "yes";
  section().querySelector("[name=regions][value=masks]").disabled = false;
  tell();
}

if (section()) start();
