// Esc closes one thing that is open: the one with the focus, or else the innermost. With nothing open it leads back.

const viewer = document.querySelector(".viewer :is(.canvas, video)");

const press = (element) => element.click();

function fold(menu) {
  menu.open = false;
  menu.querySelector("summary").focus();
}

// From the innermost on.
const OPEN = [
  ["form[data-draft]", (form) => press(form.querySelector("[data-cancel]"))], // drafts.js keeps what was typed
  ["details[data-menu][open]", fold],
  [".another:not([hidden])", (form) => ((form.hidden = true), viewer.focus({ preventScroll: true }))],
  ["[data-compare=split][aria-pressed=true]", press],
  ["[data-tiled][aria-pressed=true]", press],
  ["[data-relief][aria-pressed=true]", press],
  [".result.bare", (page) => page.classList.remove("bare")],
  [".canvas.zoomed", () => press(document.querySelector("[data-zoom=fit]"))],
];

const isTyped = (field) => field.type !== "hidden" && field.offsetParent && field.value !== field.defaultValue;
const unsaved = () => [...document.querySelectorAll(".result aside :is(input:not([type=radio]), textarea)")].find(isTyped);

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || event.repeat) return;
  if (document.querySelector("dialog[open], :popover-open") || event.target.matches?.("select")) return;
  event.preventDefault();
  const open = OPEN.flatMap(([selector, close]) => [...document.querySelectorAll(selector)].map((element) => [element, close]));
  const [element, close] = open.find(([each]) => each.contains(document.activeElement)) ?? open[0] ?? [];
  if (element) close(element);
  else if (event.target.matches?.("input:not([type=radio], [type=range]), textarea")) viewer.focus({ preventScroll: true });
  else if (unsaved()) unsaved().focus();
  else press(document.querySelector("[data-back]"));
});
