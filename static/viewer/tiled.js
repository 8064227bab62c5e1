// A seamless picture laid beside itself, as often as its button says: only there one sees whether it repeats.

import { canvas, lay } from "./zoom.js";

const button = document.querySelector("[data-tiled]");
const picture = canvas.querySelector(".picture");
const [columns, rows] = button.dataset.tiled.split(" ").map(Number);
const tiles = Object.assign(document.createElement("div"), { className: "tiles", hidden: true });
tiles.style.backgroundSize = `${100 / columns}% ${100 / rows}%`;
picture.after(tiles);

function show(on) {
  if (on) tiles.style.backgroundImage = `url("${picture.src}")`;
  tiles.hidden = !on;
  picture.style.visibility = on ? "hidden" : "";
  button.setAttribute("aria-pressed", on);
  lay(on ? columns : 1, on ? rows : 1);
}

button.addEventListener("click", () => show(tiles.hidden));
document.querySelector(".tools").addEventListener("click", ({ target }) => {
  if (target.dataset.compare && !tiles.hidden) show(false);
});
