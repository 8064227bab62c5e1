// The arithmetic of cropping. A rectangle is [left, top, right, bottom], each from 0 to 1; that of a crop is in the
// whole picture, which is then mirrored, and then turned; that of the frame is in the picture as it is shown, after both.

export const WHOLE = [0, 0, 1, 1];
const TEXT = /^([\d.]+),([\d.]+),([\d.]+),([\d.]+)(?:;(\d+))?(;flip)?$/;
const between = (low, value, high) => Math.min(high, Math.max(low, value));

export function read(text) {
  const found = TEXT.exec(text);
  return found ? { rect: found.slice(1, 5).map(Number), turn: Number(found[5] ?? 0), flip: Boolean(found[6]) } : { rect: WHOLE, turn: 0, flip: false };
}

export function written({ rect, turn, flip }) {
  const edges = rect.map((edge) => Number(edge.toFixed(5)));
  return edges.join() === WHOLE.join() && !turn && !flip ? "" : `${edges};${turn}${flip ? ";flip" : ""}`;
}

function forth([x, y], { turn, flip }) {
  if (flip) x = 1 - x;
  for (let done = 0; done < turn; done += 90) [x, y] = [1 - y, x];
  return [x, y];
}

function back([x, y], { turn, flip }) {
  for (let done = 0; done < turn; done += 90) [x, y] = [y, 1 - x];
  return [flip ? 1 - x : x, y];
}

function mapped([left, top, right, bottom], by) {
  const [[x, y], [u, v]] = [by([left, top]), by([right, bottom])];
  return [Math.min(x, u), Math.min(y, v), Math.max(x, u), Math.max(y, v)];
}

export const shown = (crop) => mapped(crop.rect, (point) => forth(point, crop));
export const unshown = (rect, way) => mapped(rect, (point) => back(point, way));

export function moved([left, top, right, bottom], dx, dy) {
  const [x, y] = [between(-left, dx, 1 - right), between(-top, dy, 1 - bottom)];
  return [left + x, top + y, right + x, bottom + y];
}

// The largest rectangle with this width over height around the middle of another one, or as large as that if `within`.
export function shaped([left, top, right, bottom], shape, within = false) {
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  let width = within ? Math.min(right - left, (bottom - top) * shape) : Math.min(1, shape);
  width = Math.min(width, 1, shape);
  const height = width / shape;
  return moved([x - width / 2, y - height / 2, x + width / 2, y + height / 2], 0, 0);
}

// Around its middle; never smaller than `least`, its least width and height.
export function scaled([left, top, right, bottom], factor, least) {
  const [width, height] = [right - left, bottom - top];
  const by = Math.min(1 / width, 1 / height, Math.max(factor, least[0] / width, least[1] / height));
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  return moved([x - (width * by) / 2, y - (height * by) / 2, x + (width * by) / 2, y + (height * by) / 2], 0, 0);
}

// One corner or edge ("nw", "e" ...) goes to a point; with a `shape` the opposite corner stays and the shape too.
export function pulled([left, top, right, bottom], edge, [x, y], least, shape) {
  const [isWest, isNorth] = [edge.includes("w"), edge.includes("n")];
  if (isWest) left = between(0, x, right - least[0]);
  if (edge.includes("e")) right = between(left + least[0], x, 1);
  if (isNorth) top = between(0, y, bottom - least[1]);
  if (edge.includes("s")) bottom = between(top + least[1], y, 1);
  if (!shape) return [left, top, right, bottom];
  const room = [isWest ? right : 1 - left, isNorth ? bottom : 1 - top];
  const width = Math.min(Math.max(right - left, (bottom - top) * shape), room[0], room[1] * shape);
  const height = width / shape;
  return [isWest ? right - width : left, isNorth ? bottom - height : top, isWest ? right : left + width, isNorth ? bottom : top + height];
}
