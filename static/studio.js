// The studio: drop, paste or choose pictures, see them, and submit without losing them when a field is wrong.

const form = document.querySelector("form.studio");
const state = form.querySelector(".upload-state");
const button = form.querySelector("button[type=submit]");
const drops = [...form.querySelectorAll(".drop")];
const plan = form.querySelector(".plan");
const largest = Number(form.dataset.largestMb) * 2 ** 20;

function say(drop, sentence) {
  drop.querySelector(".errors").textContent = sentence;
  drop.classList.toggle("wrong", Boolean(sentence));
}

function show(drop, file) {
  const preview = drop.querySelector(".preview");
  const known = drop.querySelector("input[type=hidden]");
  known.value = "";
  delete drop.dataset.size;
  const image = new Image();
  image.alt = file.name;
  image.src = URL.createObjectURL(file);
  image.onload = () => {
    URL.revokeObjectURL(image.src);
    if (image.isConnected) drop.dataset.size = `${image.naturalWidth}x${image.naturalHeight}`;
    planSoon();
  };
  image.onerror = () => {
    preview.replaceChildren();
    planSoon();
  };
  preview.replaceChildren(image);
  say(drop, file.size > largest ? `This file is larger than ${form.dataset.largestMb} MB: save it smaller, or as a JPEG.` : "");
}

function take(drop, file) {
  const input = drop.querySelector("input[type=file]");
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  show(drop, file);
}

for (const drop of drops) {
  const input = drop.querySelector("input[type=file]");
  input.addEventListener("change", () => {
    if (input.files.length) show(drop, input.files[0]);
    else {
      drop.querySelector(".preview").replaceChildren();
      delete drop.dataset.size;
    }
  });
  drop.addEventListener("dragover", (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const files = [...event.dataTransfer.files];
    if (files.length > 1) drops.forEach((each, index) => files[index] && take(each, files[index]));
    else if (files.length) take(drop, files[0]);
  });
}

// A pasted picture goes where the pointer or the keyboard is, else to the first place that is empty.
document.addEventListener("paste", (event) => {
  const file = [...event.clipboardData.files].find((each) => each.type.startsWith("image/"));
  if (!file) return;
  const empty = drops.find((drop) => !drop.querySelector(".preview img"));
  take(drops.find((drop) => drop.matches(":hover, :focus-within")) ?? empty ?? drops[0], file);
});

// What the render would need. The sizes of files that are still here go along; the files do not.
let waiting, asking;

async function showPlan() {
  asking?.abort();
  const { signal } = (asking = new AbortController());
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && name !== "csrfmiddlewaretoken") query.set(name, value);
  }
  for (const drop of drops) if (drop.dataset.size) query.set(`${drop.dataset.role}_size`, drop.dataset.size);
  plan.setAttribute("aria-busy", "true"); // what stands there is of the form as it was
  try {
    const response = await fetch(`${plan.dataset.address}?${query}`, { signal });
    const html = response.ok ? (await response.text()).trim() : "";
    if (plan.innerHTML !== html) plan.innerHTML = html;
  } catch (error) {
    if (error.name !== "AbortError") plan.replaceChildren();
  }
  if (!signal.aborted) plan.removeAttribute("aria-busy");
}

function planSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(showPlan, 300);
}

form.addEventListener("input", planSoon);
form.addEventListener("change", planSoon);

// Errors come as the whole page; only what concerns a field is taken from it, so chosen files stay chosen.
function showErrors(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of form.querySelectorAll(".field, .drop")) {
    const key = part.dataset.field ? `[data-field="${part.dataset.field}"]` : `[data-role="${part.dataset.role}"]`;
    const found = page.querySelector(key);
    if (!found) continue;
    part.classList.toggle("wrong", found.classList.contains("wrong"));
    part.querySelector(".errors").replaceChildren(...found.querySelector(".errors").childNodes);
    if (part.classList.contains("wrong")) part.closest("details")?.setAttribute("open", "");
  }
  form.querySelector(".wrong")?.scrollIntoView({ block: "center", behavior: "smooth" });
}

function finish(request) {
  button.disabled = false;
  state.textContent = "";
  if (request.status === 422) showErrors(request.responseText);
  else if (request.status >= 200 && request.status < 300) location.assign(request.responseURL);
  else state.textContent = request.status === 413 ? "These files are too large." : "That did not work: try again.";
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (button.disabled) return;
  button.disabled = true;
  // XMLHttpRequest, because fetch cannot tell how much was uploaded.
  const request = new XMLHttpRequest();
  request.open("POST", event.submitter?.formAction ?? form.action);
  request.upload.onprogress = ({ loaded, total }) => {
    state.textContent = loaded < total ? `Uploading, ${Math.floor((100 * loaded) / total)} %` : "Reading the pictures";
  };
  request.onload = () => finish(request);
  request.onerror = () => {
    button.disabled = false;
    state.textContent = "The site cannot be reached: try again.";
  };
  request.send(new FormData(form));
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
});
window.addEventListener("pageshow", () => {
  button.disabled = false;
  planSoon();
});
