// Whatever is changed in the form of the admin's re-rendering is ticked as to be changed.
document.addEventListener("input", ({ target }) => {
  const row = target.closest(".form-row");
  if (row && target.name !== "change") row.querySelector("[name=change]").checked = true;
});
