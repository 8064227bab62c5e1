// On every page: asks before a form does something that cannot be undone, and dismisses notices.
document.addEventListener("submit", (event) => {
  const question = event.target.dataset.confirm;
  if (question && !window.confirm(question)) event.preventDefault();
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".dismiss")) event.target.closest(".notice").remove();
});
