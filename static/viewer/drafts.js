// What is typed into a form and not saved outlives Esc, other keys and other pages: it is there when the form opens again.

const FORM = "form[data-draft]";
const name = (form) => `draft of ${form.getAttribute("action")}`;
const fields = (form) => [...form.elements].filter((each) => each.matches("[type=text], textarea"));
const kept = (form) => sessionStorage.getItem(name(form));
const forget = (form) => sessionStorage.removeItem(name(form));
let saving; // a form, and its draft when it was sent: what is typed later is not saved by that

document.addEventListener("input", ({ target }) => {
  const form = target.closest(FORM);
  if (form) sessionStorage.setItem(name(form), JSON.stringify(fields(form).map((each) => each.value)));
});
document.addEventListener("submit", ({ target }) => (saving = target.matches(FORM) ? { form: target, sent: kept(target) } : undefined));
for (const kind of ["htmx:sendError", "htmx:responseError"]) document.addEventListener(kind, () => (saving = undefined));
document.addEventListener("reset", ({ target }) => {
  if (!target.matches(FORM)) return;
  forget(target);
  target.querySelector("[data-restored]").hidden = true;
});
// Esc clicks it too, but only people mean to throw away what they typed.
document.addEventListener("click", (event) => {
  const cancel = event.isTrusted && event.target.closest?.("[data-cancel]");
  if (cancel) forget(cancel.closest(FORM));
});

document.addEventListener("htmx:load", ({ detail: { elt } }) => {
  if (!elt.matches?.("#about")) return;
  if (elt.matches(FORM)) {
    const typed = JSON.parse(kept(elt) ?? "[]");
    fields(elt).forEach((each, at) => (each.value = typed[at] ?? each.value));
    elt.querySelector("[data-restored]").hidden = saving || !fields(elt).some((each) => each.value !== each.defaultValue);
    if (!saving) fields(elt)[0].focus();
  } else {
    if (saving && kept(saving.form) === saving.sent) forget(saving.form);
    elt.querySelector(".links a")?.focus();
  }
  saving = undefined;
});
