// Watches a render: asks for its state, and shows each new picture once it has loaded. In a tab that nobody looks at it
// asks less often and loads no picture, but the title goes on.

import { notify } from "./notify.js";

const root = document.querySelector(".render");
const picture = root.querySelector(".picture");
const rungs = [...root.querySelectorAll(".rungs li")];
const part = (name) => root.querySelector(`[data-live="${name}"]`);
const ASK_EVERY = 1000, ASK_UNSEEN = 4000, LONGEST_PAUSE = 30000;
const OVER = { completed: "Done", failed: "Failed", canceled: "Cancelled" };
let shown = "", failures = 0, timer, asking = false, before;

function inTwoUnits(count, larger, smaller) {
  const whole = Math.floor(count / 60);
  return count % 60 ? `${whole} ${larger} ${count % 60} ${smaller}` : `${whole} ${larger}`;
}

function duration(seconds) {
  if (seconds === null) return "–";
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return whole < 3600 ? inTwoUnits(whole, "min", "s") : inTwoUnits(Math.floor(whole / 60), "h", "min");
}

function roughly(seconds) {
  if (seconds < 60) return `${Math.max(10, 10 * Math.round(seconds / 10))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes < 600 ? inTwoUnits(minutes, "h", "min") : `${Math.floor(minutes / 60)} h`;
}

function ordinal(number) {
  const ending = Math.floor(number / 10) % 10 === 1 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th";
  return `${number}${ending}`;
}

const inLine = (position, seconds) =>
  `${position > 1 ? `${ordinal(position)} in line` : "Next in line"}${seconds >= 5 ? `, about ${roughly(seconds)}` : ""}`;

// When it starts, as the page of the queue has it, or how long it still takes.
function time({ starts_in, progress }) {
  if (starts_in === null) return ["Time left", duration(progress.eta_seconds)];
  const clock = new Date(Date.now() + 1000 * starts_in).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  return ["Starts", starts_in < 5 ? "in a moment" : starts_in < 36000 ? `about ${clock}` : `in ${roughly(starts_in)}`];
}

// Why it went back in the line since the page asked last.
function behind({ status, position, waits_for }) {
  const was = before;
  before = { status, position };
  if (status !== "pending") return "";
  if (was?.status === "in_progress" && !waits_for) return "It made room for a quicker one, and will go on where it was.";
  if (was?.position && position > was.position) return "Another one went ahead: small renders go first, and so do people who have waited longer.";
  return part("behind").textContent;
}

function painting({ rung, iteration, iterations }) {
  return "films" in root.dataset ? `Frame ${iteration} of ${iterations}` : `Painting at ${rung} px`;
}

function headline({ status, paused, keep, position, starts_in, waits_for, progress }) {
  if (keep) return "Keeping this picture";
  if (paused) return status === "pending" ? "Paused" : "Pausing";
  if (status !== "pending") return progress.rung ? painting(progress) : "Starting";
  return waits_for && !position ? "Waiting for another worker" : inLine(position, starts_in);
}

async function loaded(address) {
  const next = new Image();
  next.src = address;
  await next.decode();
  return next.src;
}

function showPicture(address) {
  if (!address || address === shown || document.hidden) return;
  shown = address;
  loaded(address).then((source) => {
    if (address !== shown) return; // a newer one is on its way
    picture.src = source;
    picture.alt = "The picture so far";
    picture.classList.remove("unpainted");
  }, () => {});
}

function showRungs(current) {
  rungs.forEach((item, index) => {
    item.classList.toggle("done", index < current);
    item.ariaCurrent = index === current ? "step" : null;
  });
}

// Losses over iterations, on a logarithmic scale, as wide as the whole render; a line marks where each rung begins.
function showCurve({ curve, rung_starts: starts }) {
  if (!curve || curve.length < 2 || !rungs.length) return; // a film has no sizes on the way
  const beginnings = [...starts];
  for (let rung = starts.length; rung <= rungs.length; rung++) {
    beginnings.push(beginnings[rung - 1] + Number(rungs[rung - 1].dataset.iterations));
  }
  const logs = curve.map(([, loss]) => Math.log(Math.max(loss, 1e-9)));
  const low = Math.min(...logs), height = Math.max(...logs) - low || 1;
  const x = (number) => (300 * (number - 1)) / (beginnings[rungs.length] - 1);
  const points = curve.map(([number], index) => `${x(number)},${88 - (86 * (logs[index] - low)) / height}`);
  const [marks, line] = root.querySelectorAll(".curve path");
  marks.setAttribute("d", beginnings.slice(1, -1).map((number) => `M${x(number)},0V90`).join(""));
  line.setAttribute("d", `M${points.join("L")}`);
  const [first, now] = [curve[0], curve.at(-1)].map(([, loss]) => loss.toPrecision(3));
  part("curve").textContent = `How far the picture is from its goals (loss): ${first} at first, ${now} now. Lower is closer. A line marks each new size.`;
}

function show(state) {
  const { fraction, iteration, iterations, preview, rung_index } = state.progress;
  const percent = `${Math.floor(100 * fraction)}%`;
  const [when, eta] = time(state);
  const text = { headline: headline(state), percent, when, eta, behind: behind(state), waits_for: state.waits_for ?? "" };
  part("waits_for").hidden = !state.waits_for;
  if (iteration) {
    text.iteration = `${iteration} / ${iterations}`;
    showRungs(rung_index);
    showCurve(state.progress);
  }
  for (const [key, value] of Object.entries(text)) {
    if (part(key).textContent !== value) part(key).textContent = value;
  }
  part("bar").value = fraction;
  if (preview && part("keep")) part("keep").disabled = false;
  name(iteration && percent);
  showPicture(preview);
}

function name(state) {
  document.title = `${state ? `${state} · ` : ""}${root.dataset.name} · Stylesite`;
}

// The page is out of date: it reloads, with the finished picture already loaded so that nothing jumps. Where nobody
// looks, the title and a notification say so, and it reloads when somebody does.
async function refresh(state) {
  if (document.hidden && OVER[state?.status]) {
    name(OVER[state.status]);
    return notify(`${OVER[state.status]}: ${root.dataset.name}`, state.error ?? "Open it to see the picture.", state.output?.url);
  }
  if (state?.output) await loaded(state.output.url).catch(() => {});
  location.reload();
}

async function ask() {
  const response = await fetch(root.dataset.statusUrl, { cache: "no-cache" });
  if (response.status === 404) return refresh();
  if (!response.ok) throw new Error(response.status);
  const state = await response.json();
  const { status, paused, keep } = root.dataset;
  const over = !["pending", "in_progress"].includes(state.status);
  if (over || String(state.paused) !== paused || String(state.keep) !== keep) return refresh(state);
  show(state);
  return true;
}

async function watch() {
  clearTimeout(timer);
  if (asking) return;
  asking = true;
  let goesOn = true;
  try {
    goesOn = await ask();
    failures = 0;
  } catch {
    failures += 1;
    part("headline").textContent = "The site cannot be reached; trying again";
  }
  asking = false;
  const pause = document.hidden ? ASK_UNSEEN : ASK_EVERY;
  if (goesOn) timer = setTimeout(watch, Math.min(LONGEST_PAUSE, pause * 2 ** failures));
}

document.addEventListener("visibilitychange", watch);
timer = setTimeout(watch, ASK_EVERY / 2);
