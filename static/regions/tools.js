// The tools, and what they do to a layer's labels.

// A line with round ends.
export function stroke({ labels, width, height }, [x0, y0], [x1, y1], radius, label) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  for (let y = Math.max(0, Math.floor(Math.min(y0, y1) - radius)); y < Math.min(height, Math.max(y0, y1) + radius); y++) {
    for (let x = Math.max(0, Math.floor(Math.min(x0, x1) - radius)); x < Math.min(width, Math.max(x0, x1) + radius); x++) {
      const [px, py] = [x + 0.5 - x0, y + 0.5 - y0];
      const along = Math.min(1, Math.max(0, (px * dx + py * dy) / (dx * dx + dy * dy || 1)));
      if (Math.hypot(px - along * dx, py - along * dy) <= radius) labels[y * width + x] = label;
    }
  }
}

// Spreads from the places found so far to their neighbours, as long as `take` accepts these.
function spread({ labels, width }, found, take) {
  const visit = (at, from) => labels[at] !== undefined && take(at, from) && found.push(at);
  for (let next = 0; next < found.length; next++) {
    const at = found[next];
    if (at % width) visit(at - 1, at);
    if ((at + 1) % width) visit(at + 1, at);
    visit(at - width, at);
    visit(at + width, at);
  }
}

function all({ labels }, wanted) {
  const found = [];
  for (let at = 0; at < labels.length; at++) if (wanted(at)) found.push(at);
  return found;
}

// The places with the colour of a place: connected to it, or everywhere.
export function alike(layer, [x, y], tolerance, everywhere) {
  const { labels, pixels } = layer;
  const start = Math.floor(y) * layer.width + Math.floor(x);
  const [red, green, blue] = pixels.subarray(4 * start);
  const isLike = (at) => Math.hypot(pixels[4 * at] - red, pixels[4 * at + 1] - green, pixels[4 * at + 2] - blue) <= tolerance;
  if (everywhere) return all(layer, isLike);
  const [seen, found] = [new Uint8Array(labels.length), [start]];
  seen[start] = 1;
  spread(layer, found, (at) => !seen[at] && isLike(at) && (seen[at] = 1));
  return found;
}

// Fills what is alike. It grows by a pixel into unpainted parts, since the edge between two colours often has a third
// colour.
export function fill(layer, place, label, tolerance, everywhere) {
  const { labels } = layer;
  const found = alike(layer, place, tolerance, everywhere);
  for (const at of found) labels[at] = label;
  spread(layer, found, (at) => void (labels[at] ||= label));
}

// Gives unpainted parts to the nearest region.
export function closeGaps(layer) {
  const { labels } = layer;
  spread(layer, all(layer, (at) => labels[at]), (at, from) => !labels[at] && (labels[at] = labels[from]));
}
