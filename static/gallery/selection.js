// Selecting many pictures: boxes on cards, ranges with shift, and what is done with the chosen ones in a dialog.
const bar = document.getElementById("selection");
const step = document.getElementById("step");
const mode = document.querySelector("[data-select-mode]");
const boxes = () => [...document.querySelectorAll(".pick input")];
const chosen = () => boxes().filter((each) => each.checked);
let last = null, asked; // the box that was changed last; the step that somebody asked for last

function tell() {
  const count = chosen().length;
  bar.querySelector("[data-count]").textContent = count ? `${count} selected` : "Choose pictures";
}

function setMode(on) {
  document.body.classList.toggle("picking", on);
  if (!mode) return;
  mode.setAttribute("aria-pressed", String(on));
  mode.textContent = on ? "Done" : "Select";
}

function setAll(on) {
  for (const each of boxes()) each.checked = on;
  if (!on) setMode(false);
  tell();
}

// All between the box that was changed last and this one become as this one is.
function fill(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  if (from >= 0) for (const each of all.slice(from, to)) each.checked = box.checked;
}

document.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  const box = card?.querySelector(".pick input");
  if (!box) return;
  const isPicking = document.body.classList.contains("picking");
  if (event.target === box) {
    if (event.shiftKey && last) fill(box);
    last = box;
    tell();
  } else if (event.target.closest(".result") && !event.ctrlKey && !event.metaKey && (isPicking || (event.shiftKey && last))) {
    event.preventDefault();
    box.checked = isPicking && !event.shiftKey ? !box.checked : true;
    if (event.shiftKey && last) fill(box);
    last = box;
    tell();
  }
});

mode?.addEventListener("click", () => setMode(!document.body.classList.contains("picking")));
bar.querySelector("[data-select-all]").addEventListener("click", () => setAll(true));
bar.querySelector("[data-select-none]").addEventListener("click", () => setAll(false));

// A step is asked in a dialog. What its own form sends goes to the site, which leads back here.
document.addEventListener("submit", async (event) => {
  const { submitter, target } = event;
  if (!submitter?.matches("[data-step]")) return;
  event.preventDefault();
  asked = event;
  const headers = { "HX-Request": "true" };
  const answer = await fetch(submitter.formAction, { method: "POST", body: new FormData(target), headers }).catch(() => null);
  const html = answer?.ok ? await answer.text().catch(() => "") : "";
  if (asked !== event) return;
  if (!html) return (bar.querySelector("[data-count]").textContent = "That did not work: try again.");
  step.innerHTML = html;
  step.showModal();
});
step.addEventListener("click", (event) => {
  if (event.target !== step && !event.target.closest("[data-cancel]")) return;
  event.preventDefault();
  step.close();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], .about[open]")) return;
  if (chosen().length || document.body.classList.contains("picking")) setAll(false);
});

document.addEventListener("htmx:afterSettle", tell);
window.addEventListener("pageshow", tell); // the browser may have kept what was ticked
tell();
