// Menus of cards: arrow keys go from item to item, Escape closes, and one near an edge opens towards the middle.
const itemsOf = (menu) => [...menu.querySelectorAll("[role=menuitem]")];

function place(about) {
  const menu = about.querySelector(".card-menu");
  about.classList.remove("rightward", "downward");
  const box = menu.getBoundingClientRect();
  about.classList.toggle("rightward", box.left < 8);
  about.classList.toggle("downward", box.top < 8);
}

document.addEventListener(
  "toggle",
  ({ target }) => {
    if (!target.matches(".about") || !target.open) return;
    place(target);
    itemsOf(target)[0]?.focus({ preventScroll: true });
  },
  true,
);

document.addEventListener("keydown", (event) => {
  const about = event.target.closest(".about[open]");
  if (!about) return;
  const items = itemsOf(about);
  const here = items.indexOf(document.activeElement);
  const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: -1 }[event.key];
  if (there !== undefined) {
    event.preventDefault();
    items.at(there % items.length).focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    about.open = false;
    about.querySelector("summary").focus();
  } else if (event.key === "Tab") about.open = false;
});
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const about = target.closest(".about[open]");
  if (about && relatedTarget && !about.contains(relatedTarget)) about.open = false;
});
