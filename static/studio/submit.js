// Submits and shows the upload's progress. Keeps the chosen files if a field is wrong.

const form = () => document.querySelector("form.studio");
const say = (sentence) => (form().querySelector(".upload-state").textContent = sentence);
const REFUSALS = {
  403: "This browser has lost the page’s cookie: load the page again.",
  413: "These files are too large together.",
};
let busy = false;

function setBusy(value) {
  busy = value;
  for (const button of form().querySelectorAll(".submit button")) button.disabled = value;
}

// Errors come as a whole page; we take only its parts about fields, so chosen files stay chosen.
function showErrors(html) {
  document.dispatchEvent(new Event("refused"));
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const part of form().querySelectorAll(".field, .drop, .matching")) {
    const { field, role } = part.dataset;
    const found = page.querySelector(field ? `[data-field="${field}"]` : `[data-role="${role}"]`);
    if (!found) continue;
    const wrong = found.classList.contains("wrong");
    part.classList.toggle("wrong", wrong);
    part.querySelector(".errors").replaceChildren(...found.querySelector(".errors").childNodes);
    if (wrong) part.closest("details")?.setAttribute("open", "");
  }
  const first = form().querySelector(".wrong");
  first?.scrollIntoView({ block: "center", behavior: "smooth" });
  first?.querySelector("select, input:not([type=hidden], [type=range])")?.focus({ preventScroll: true });
}

// Back leads to the studio with what was submitted: a browser keeps no files that were chosen, but the site has them now.
function leave({ address, render }) {
  if (render) history.replaceState(history.state, "", `${location.pathname}?from=${render}`);
  location.assign(address);
}

function finish({ status, responseText }) {
  setBusy(false);
  say("");
  if (status === 422) showErrors(responseText);
  else if (status === 201) leave(JSON.parse(responseText));
  else say(REFUSALS[status] ?? "That did not work: try again.");
}

document.addEventListener("submit", (event) => {
  if (event.target !== form()) return;
  event.preventDefault();
  if (busy) return;
  // XMLHttpRequest, because fetch cannot tell how much was uploaded.
  const request = new XMLHttpRequest();
  request.open("POST", event.submitter?.hasAttribute("formaction") ? event.submitter.formAction : form().action);
  request.setRequestHeader("Accept", "application/json"); // the address alone: the page's messages are for the reader
  request.upload.onprogress = ({ loaded, total }) =>
    say(loaded < total ? `Uploading, ${Math.floor((100 * loaded) / total)}%` : "Reading the pictures");
  request.onload = () => finish(request);
  request.onerror = () => {
    setBusy(false);
    say("The site cannot be reached: try again.");
  };
  request.send(new FormData(form(), event.submitter));
  setBusy(true);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form().requestSubmit(form().querySelector(".primary"));
});
window.addEventListener("pageshow", () => setBusy(false));
