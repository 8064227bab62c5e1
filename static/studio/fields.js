// Fields: sliders beside numbers, a mark on values that are not the default, and buttons to reset them.

const control = (field) => field.querySelector("select, input:not([type=range])");

function mark(field) {
  const { type, value, checked } = control(field);
  const fallback = field.dataset.default;
  const same = type === "checkbox"
    ? checked === Boolean(fallback)
    : !value.trim() || value === fallback || Number(value) === Number(fallback || NaN);
  field.classList.toggle("changed", !same);
  const group = field.closest(".group");
  const count = group.querySelectorAll(".field.changed").length;
  group.querySelector(".reset-all").hidden = !count;
  const shown = group.querySelector(".count");
  if (!shown) return;
  shown.hidden = !count;
  shown.firstElementChild.textContent = count;
}

function reset(field) {
  const found = control(field);
  if (found.type === "checkbox") found.checked = Boolean(field.dataset.default);
  else found.value = field.dataset.default;
  found.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", ({ target }) => {
  const row = target.closest(".control, .weight");
  const slider = row?.querySelector("[type=range]");
  if (slider === target) row.querySelector("[type=number]").value = target.value;
  else if (slider) slider.value = target.value || target.closest("[data-default]")?.dataset.default || 1;
  const field = target.closest("[data-default]");
  if (field) mark(field);
});

document.addEventListener("click", ({ target }) => {
  const one = target.closest(".studio .reset");
  const all = target.closest(".studio .reset-all");
  if (one) {
    const field = one.closest(".field");
    reset(field);
    control(field).focus(); // the button is gone now
  } else if (all) {
    const group = all.closest(".group");
    group.querySelectorAll(".field.changed").forEach(reset);
    control(group).focus();
  }
});
window.addEventListener("pageshow", () => document.querySelectorAll("[data-default]").forEach(mark));
