// Back closes an open dialog and stays on the page: a dialog that is open has an entry of its own in the history, which
// goes when it closes, however it does.

let leaving, left; // until the entry of a dialog that was closed is gone; tells that it is

function leave() {
  if (!history.state?.dialog) return;
  leaving = new Promise((resolve) => (left = resolve));
  history.back();
}

export async function show(dialog) {
  if (dialog.open) return;
  dialog.showModal();
  dialog.addEventListener("close", leave, { once: true });
  await leaving;
  if (dialog.open) history.pushState({ dialog: true }, "");
}

window.addEventListener("popstate", ({ state }) => {
  const open = document.querySelector("dialog:modal");
  if (left) left = left();
  else if (!state?.dialog) open?.close();
  else if (!open) history.back(); // forth to a dialog that is gone
});
if (history.state?.dialog) history.replaceState(null, ""); // it was open when the page was loaded again
