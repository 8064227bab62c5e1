// Starting from what is here: says what is chosen, keeps a button from being pressed twice, and shows examples appear.

const starters = document.querySelector("form.starters");
const said = starters?.querySelector(".chosen");
const chosen = (role) => starters.querySelector(`[name=${role}]:checked`)?.parentElement.textContent.trim();

function say() {
  said.textContent = `${chosen("content")} × ${chosen("style")}`;
}

document.addEventListener("submit", ({ target, submitter }) => {
  if (!target.matches(".starters, .preset .actions, .aside")) return;
  if (target === starters) said.textContent = said.dataset.busy;
  // After the form has been read, so that the button that was pressed is still in it.
  setTimeout(() => [...target.querySelectorAll("button")].forEach((each) => (each.disabled = true)));
  submitter?.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const each of document.querySelectorAll("main form button:disabled")) each.disabled = false;
  if (starters) say();
});
starters?.addEventListener("change", say);

const gallery = document.getElementById("examples");

async function replace(next) {
  const old = document.getElementById(next.id);
  if (old?.isEqualNode(next)) return;
  const fresh = document.importNode(next, true);
  await Promise.all([...fresh.querySelectorAll("img")].map((image) => image.decode().catch(() => {})));
  const held = old?.contains(document.activeElement);
  old ? old.replaceWith(fresh) : gallery.querySelector(".examples").append(fresh);
  if (held) fresh.querySelector("a")?.focus({ preventScroll: true });
}

// Whether the answer was one.
async function show(response) {
  if (!response.ok) return false;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const there = new Set([...page.querySelectorAll("#examples [id]")].map((each) => each.id));
  await Promise.all([...page.querySelectorAll("#examples-state, .examples > li")].map(replace));
  for (const each of gallery.querySelectorAll(".examples > li")) if (!there.has(each.id)) each.remove();
  const list = gallery.querySelector(".examples");
  [...page.querySelectorAll(".examples > li")].forEach(({ id }, place) => {
    const each = document.getElementById(id);
    if (list.children[place] !== each) list.insertBefore(each, list.children[place] ?? null);
  });
  if (!page.querySelector(".more-examples")) gallery.querySelector(".more-examples")?.remove();
  gallery.toggleAttribute("data-over", page.querySelector("#examples")?.hasAttribute("data-over") ?? true);
  return true;
}

async function watch() {
  const more = gallery.querySelector(".more-examples");
  let goesOn = false;
  try {
    if (more) goesOn = await show(await fetch(more.action, { method: "POST", body: new FormData(more) }));
    else if (!document.hidden) await show(await fetch(location.href));
  } catch {} // the site is down: try again next time
  if (!gallery.hasAttribute("data-over")) setTimeout(watch, goesOn ? 0 : 1000);
}

if (gallery && !gallery.hasAttribute("data-over")) watch();
