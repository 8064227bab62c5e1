// A contact sheet that fills in, with arrow keys from cell to cell.
const sheet = document.querySelector(".sheet");
const state = () => document.getElementById("summary").dataset;
const title = document.title;
let { cells, now } = sheet.dataset;

async function replace(next) {
  const old = document.getElementById(next.id);
  if (old.isEqualNode(next)) return;
  const fresh = document.importNode(next, true);
  await Promise.all([...fresh.querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
  const held = old.contains(document.activeElement) && document.activeElement.id;
  old.replaceWith(fresh);
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
}

async function watch() {
  if (!document.hidden) {
    try {
      const response = await fetch(`${cells}?since=${encodeURIComponent(now)}`);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      await Promise.all([...page.querySelectorAll("#summary, td")].map(replace));
      now = page.querySelector("[data-now]").dataset.now;
    } catch {} // the site is down: try again next time
  }
  const over = "over" in state();
  document.title = over ? title : `${state().done} · ${title}`;
  if (!over) setTimeout(watch, 1000);
}

if (!("over" in state())) watch();

const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
sheet.addEventListener("keydown", (event) => {
  if (!STEPS[event.key]) return;
  event.preventDefault();
  const [down, right] = STEPS[event.key];
  const rows = [...sheet.tBodies[0].rows].map((row) => [...row.querySelectorAll("td")]).filter((row) => row.length);
  let row = rows.findIndex((each) => each.includes(event.target.closest("td")));
  let column = rows[row].indexOf(event.target.closest("td"));
  let next;
  while (!next && rows[(row += down)]?.[(column += right)]) next = rows[row][column].querySelector("input, a");
  next?.focus();
  if (next?.type === "radio") next.click();
});

sheet.addEventListener("change", ({ target }) => {
  document.querySelector(".picked").textContent = target.parentElement.querySelector("img").alt;
});

// Deleting waits for ten seconds, in which it can be undone; whoever leaves the page meanwhile has decided.
const removal = document.getElementById("sweep-delete");
const notice = document.getElementById("undo-delete");

function countDown(seconds) {
  const send = () => navigator.sendBeacon(removal.action, new FormData(removal));
  const end = () => {
    clearInterval(timer);
    window.removeEventListener("pagehide", send);
    notice.hidden = true;
  };
  const say = () => (notice.firstElementChild.textContent = `${removal.dataset.goes} (${seconds} s)`);
  const timer = setInterval(() => {
    if (--seconds > 0) return say();
    end();
    removal.submit();
  }, 1000);
  window.addEventListener("pagehide", send);
  notice.querySelector("button").onclick = end;
  notice.hidden = false;
  say();
  notice.querySelector("button").focus();
}

removal?.addEventListener("submit", (event) => {
  event.preventDefault();
  if (notice.hidden) countDown(10);
});
