// The choice of regions: says in the heading what is chosen, and loads the painter once somebody wants to paint.

const section = () => document.querySelector(".regions");
const field = () => section().querySelector("[name=regions]");

async function painter() {
  const { script, style } = section().dataset;
  if (!document.querySelector(`link[href="${style}"]`)) {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: style }));
  }
  return import(script);
}

const isPainted = () => field().value === "masks";

// Its buttons are there once they do something.
async function show() {
  const { open } = await painter();
  if (!isPainted()) return;
  open();
  section().querySelector(".painter").hidden = false;
}

function tell() {
  section().querySelector(".now").textContent = field().selectedOptions[0]?.text.split(",")[0] ?? "";
  if (isPainted()) show();
  else section().querySelector(".painter").hidden = true;
}

function choose(value) {
  field().value = value;
  field().dispatchEvent(new Event("input", { bubbles: true }));
}

// The two ways to start painting from what the pictures tell.
async function correct({ dataset }) {
  choose("masks");
  const { open, begin } = await painter();
  await open();
  if (!isPainted()) return; // somebody chose otherwise meanwhile
  await begin(dataset.correct);
  section().querySelector(".palette :checked").focus();
}

document.addEventListener("input", ({ target }) => target.name === "regions" && section() && tell());
document.addEventListener("click", ({ target }) => target.dataset?.correct && correct(target));
new MutationObserver(() => section() && !section().dataset.told && start()).observe(document.querySelector("main"), {
  childList: true, // recalling a recipe replaces the form
});

function start() {
  section().dataset.told = "yes";
  if (!field().querySelector("[value=masks]")) field().append(new Option("painted", "masks"));
  tell();
}

if (section()) start();
