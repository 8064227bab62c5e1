// Counts down how long a deletion can still be undone.
for (const toast of document.querySelectorAll(".toast[data-left]")) {
  const end = performance.now() + 1000 * Number(toast.dataset.left);
  const shown = toast.querySelector("[data-countdown]");
  const timer = setInterval(count, 250);
  function count() {
    const left = Math.ceil((end - performance.now()) / 1000);
    shown.textContent = ` in ${Math.max(0, left)} s`;
    if (left > 0) return;
    clearInterval(timer);
    toast.remove();
  }
  count();
}
