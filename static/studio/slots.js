// Places for pictures: hears what somebody does, and loads what is needed for that. Delegates events, since recalling a
// recipe replaces the form.

// Once: what waits for two imports of one module may go on in another order than it came.
let loaded;
const filling = () => (loaded ??= import("./filling.js").catch((error) => {
  loaded = null; // the site is away: the next deed tries again
  throw error;
}));
const form = () => document.querySelector("form.studio");
const everySlot = () => [...form().querySelectorAll(".drop")];
const hasFile = (slot) => slot.querySelector("[type=file]").files.length > 0;
const CLICKED = ".drop :is(.browse, .make, .crop, .clear), .studio :is(.swap, .add), .picker :is(.choice, .close)";
const PRESET = ".presets-here [data-values]";

document.addEventListener("click", async (event) => {
  const clicked = event.target.closest?.(`${CLICKED}, ${PRESET}`);
  if (!clicked || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    if (clicked.matches(PRESET)) return (await import("./presets.js")).choose(clicked);
    const { actions } = await filling();
    await actions[Object.keys(actions).find((each) => clicked.matches(each))](clicked);
  } catch {
    form().querySelector(".upload-state").textContent = "The site cannot be reached: try again.";
  }
});

document.addEventListener("change", async ({ target }) => {
  if (!target.matches(".drop [type=file]")) return;
  target.dataset.judging = ""; // also while the module loads: see `judge`
  (await filling()).show(target);
});

document.addEventListener("pictures", async ({ detail }) => (await filling()).takeAnywhere(detail));

for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, async (event) => {
    const slot = event.target.closest?.(".drop");
    everySlot().forEach((each) => each.classList.toggle("over", each === slot && kind === "dragover"));
    if (!slot) return;
    event.preventDefault();
    const files = kind === "drop" ? [...event.dataTransfer.files] : []; // which are gone after this turn
    if (files.length) (await filling()).takeAnywhere(files, slot);
  });
}

document.addEventListener("paste", async (event) => {
  const file = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
  const pointedAt = everySlot().find((slot) => slot.matches(":hover, :focus-within"));
  if (file) (await filling()).paste(file, pointedAt);
});

let isSure = false;
document.addEventListener(
  "submit",
  async (event) => {
    const { target, submitter } = event;
    if (target !== form() || isSure || !everySlot().some(hasFile)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { isAnyRefused, tellOfChanged } = await filling();
    if ((await isAnyRefused()) || (await tellOfChanged())) return form().querySelector(".drop.wrong")?.scrollIntoView({ block: "center" });
    if (!target.isConnected) return; // a recipe was recalled meanwhile
    isSure = true;
    target.requestSubmit(submitter);
    isSure = false;
  },
  true, // before it is sent
);
window.addEventListener("focus", async () => everySlot().some(hasFile) && (await filling()).tellOfChanged());

// Whether a start was chosen by hand since somebody last turned to the place of its picture.
let isChosen = false;
for (const kind of ["click", "drop"]) {
  document.addEventListener(kind, ({ target }) => target.closest?.('.drop[data-role="start"]') && (isChosen = false));
}

// Adding a start picture selects it as the start, unless somebody chooses another one by hand.
document.addEventListener("change", ({ target }) => {
  const { init } = form().elements;
  const slot = target.closest?.('.drop[data-role="start"]');
  if (slot && target !== slot) isChosen = false; // a file, which is judged before the place itself changes
  if (isChosen || !slot?.querySelector(".preview").firstElementChild || init.value === "picture") return;
  init.value = "picture";
  init.dispatchEvent(new Event("input", { bubbles: true }));
});
document.addEventListener("input", ({ target }) => {
  if (target.name !== "init") return;
  form().elements["initial-init"].value = ""; // somebody chose the current value
  isChosen = true;
});

// What was chosen before this ran, or is kept by the browser; and what the server says is cropped.
async function refresh() {
  const isCropped = (slot) => slot.querySelector("[name$=_crop]").value;
  if (everySlot().some((slot) => hasFile(slot) || isCropped(slot))) (await filling()).refresh();
}
refresh();
document.addEventListener("recalled", refresh);
