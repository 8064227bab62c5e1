// A finished picture fills in the studio with its recipe, if it is opened, or dropped anywhere but on a place for
// pictures. Any other picture that is dropped there goes to the first empty place.

// Once: what waits for two imports of one module may go on in another order than it came.
let loaded;
const recalling = () => (loaded ??= import("./recalling.js").catch((error) => {
  loaded = null; // the site is away: the next deed tries again
  throw error;
}));
const isFree = ({ target, dataTransfer }) => dataTransfer?.types.includes("Files") && !target.closest?.(".drop");
const mark = (over) => document.body.classList.toggle("recalling", over);

document.addEventListener("change", ({ target }) => {
  if (target.id === "id_finished" && target.files.length) recalling().then(({ open }) => open(target.files[0]));
});
document.addEventListener("dragover", (event) => {
  mark(isFree(event));
  if (isFree(event)) event.preventDefault();
});
document.addEventListener("dragleave", ({ relatedTarget }) => relatedTarget || mark(false));
document.addEventListener("drop", (event) => {
  mark(false);
  if (!isFree(event)) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files]; // which are gone after this turn
  if (files.length) recalling().then(({ dropped }) => dropped(files));
});
