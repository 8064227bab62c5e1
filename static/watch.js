// Watching a render paint itself: asks for its state, shows each new picture once it has loaded.

const root = document.querySelector(".render");
const picture = root.querySelector(".picture");
const part = (name) => root.querySelector(`[data-live="${name}"]`);
const title = document.title;
const ASK_EVERY = 500;
let shown = "";

function duration(seconds) {
  if (seconds === null) return "–";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  return minutes < 60 ? `${minutes} min ${whole % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function headline({ status, paused, position }) {
  if (paused) return status === "pending" ? "Paused" : "Pausing";
  if (status !== "pending") return "Painting";
  return position > 1 ? `Waiting, number ${position} in the queue` : "Waiting for the painter";
}

function showPicture(address) {
  if (!address || address === shown) return;
  shown = address;
  const next = new Image();
  next.onload = () => {
    picture.src = next.src;
    picture.classList.remove("unpainted");
  };
  next.src = address;
}

function show(state) {
  const { fraction, eta_seconds, rung, iteration, iterations, losses, preview } = state.progress;
  const text = { headline: headline(state), percent: `${Math.floor(100 * fraction)} %`, eta: duration(eta_seconds) };
  if (rung) {
    text.rung = `${rung} px`;
    text.iteration = `${iteration} / ${iterations}`;
    text.content = losses.content.toFixed(4);
    text.style = losses.style.toFixed(4);
  }
  for (const [name, value] of Object.entries(text)) {
    if (part(name).textContent !== value) part(name).textContent = value;
  }
  part("bar").value = fraction;
  document.title = state.status === "pending" ? title : `${Math.floor(100 * fraction)} % · ${title}`;
  showPicture(preview);
}

async function watch() {
  try {
    const response = await fetch(root.dataset.statusUrl);
    if (response.status === 404) return location.reload();
    const state = await response.json();
    if (!["pending", "in_progress"].includes(state.status)) return location.reload();
    if (String(state.paused) !== root.dataset.paused) return location.reload();
    show(state);
  } catch {
    part("headline").textContent = "The site cannot be reached; trying again";
  }
  setTimeout(watch, document.hidden ? 4 * ASK_EVERY : ASK_EVERY);
}

watch();
