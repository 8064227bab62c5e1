// Shows what the fill tool would take of a picture before it is taken.

import { alike } from "./tools.js";

const REST = 60; // ms that the pointer rests before it is looked at
let waiting, shown;

export function foresee(layer, label, tolerance, everywhere, say) {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    forget();
    const taken = alike(layer, layer.place, tolerance, everywhere);
    const share = (100 * taken.length) / layer.labels.length;
    layer.draw(layer.canvas, undefined, { taken, label });
    shown = layer;
    say(`A click takes ${share < 1 ? "less than 1" : Math.round(share)}% of this picture.`);
  }, REST);
}

// To be called before labels change, and when the pointer or the keyboard goes elsewhere.
export function forget() {
  clearTimeout(waiting);
  shown?.draw();
  shown = null;
}
