// The relief is loaded when somebody asks for it; then the button goes to and fro between it and the still picture.

const button = document.querySelector("[data-relief]");
const viewer = button.closest(".viewer");
let panel;

async function loaded({ module, style, relief }) {
  const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href: style });
  const styled = new Promise((resolve) => (link.onload = link.onerror = resolve));
  document.head.append(link);
  const [{ open }] = await Promise.all([import(module), styled]);
  return open(viewer.querySelector(".canvas"), viewer.querySelector(".picture"), relief);
}

button.addEventListener("click", async () => {
  const said = viewer.querySelector(".said");
  button.disabled = true;
  try {
    panel ??= await loaded(button.dataset);
    const shown = viewer.classList.toggle("in-relief");
    button.setAttribute("aria-pressed", shown);
    if (shown) panel.querySelector("canvas").focus({ preventScroll: true });
    said.textContent = "";
  } catch (error) {
    said.textContent = `${error.message}.`;
  }
  button.disabled = false;
});
