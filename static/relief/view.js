// A picture draped over its height, which comes as numbers of 16 bits, little-endian: columns, rows, 1 for a globe, 0, and
// then row by row. (A PNG would not do: browsers give 8 bits of it, and some falsify what is read back from a canvas.)

import { Orbit } from "./orbit.js";
import { linked } from "./shaders.js";

const [RELIEF, AIM] = [0.24, 0.3]; // of the highest point, where the long side measures 2; what part of it the camera looks at
const [FIELD, NEAR, FAR] = [0.6, 0.02, 20]; // radians from top to bottom
const [LARGEST_TEXTURE, DENSEST, SLOW] = [4096, 2, 0.05]; // px; px for each CSS px; seconds for a frame
const [NORTH_WEST, OVER_THE_SHOULDER] = [[-0.5, 0.72, -0.48], [-0.45, 0.5, 0.75]];

const [MARGIN, TURNS, BELOW] = [0.9, 24, 0.06]; // parts of the window that the whole fills; angles; depth of the slab

const inner = (one, other) => one.reduce((sum, each, n) => sum + each * other[n], 0);

// The directions right, up and back, as the camera has them.
function axes({ turn, tilt }) {
  const [ct, st, cp, sp] = [Math.cos(turn), Math.sin(turn), Math.cos(tilt), Math.sin(tilt)];
  return [[ct, 0, -st], [-sp * st, cp, -sp * ct], [cp * st, sp, cp * ct]];
}

// The camera's matrix, column by column; the point `middle` is in the middle.
function matrix(axes, middle, distance, ratio) {
  const focal = 1 / Math.tan(FIELD / 2), depth = (FAR + NEAR) / (NEAR - FAR);
  const column = ([x, y, z], w) => [(x * focal) / ratio, y * focal, z * depth + (w * 2 * FAR * NEAR) / (NEAR - FAR), -z];
  const moved = axes.map((axis, n) => -inner(axis, middle) - (n === 2 ? distance : 0));
  return [...[0, 1, 2].flatMap((n) => column(axes.map((axis) => axis[n]), 0)), ...column(moved, 1)];
}

// How far away the camera sees all of the slab, however it is turned, so that turning it zooms nothing.
function whole({ tilt, lift }, shape, ratio) {
  const focal = MARGIN * Math.tan(FIELD / 2), [wide, deep] = shape.map((side) => side / 2), top = RELIEF * lift;
  let found = 0;
  for (let turn = 0; turn < TURNS; turn++) {
    const directions = axes({ turn: (2 * Math.PI * turn) / TURNS, tilt });
    for (const height of [top, -BELOW]) {
      for (const side of [-1, 1]) {
        const [right, up, back] = directions.map((axis) => inner(axis, [side * wide, height - AIM * top, deep]));
        found = Math.max(found, back + Math.max(Math.abs(right) / ratio, Math.abs(up)) / focal);
      }
    }
  }
  return found;
}

class View {
  constructor(canvas, picture, numbers) {
    [this.columns, this.rows, this.wraps] = numbers;
    Object.assign(this, { canvas, picture, late: 0, heights: Float32Array.from(numbers.subarray(4), (each) => each / 65535) });
    this.gl = canvas.getContext("webgl2");
    if (!this.gl) throw new Error("This browser has no WebGL 2, so the picture stays flat");
    this.shape = [picture.width, picture.height].map((side) => (2 * side) / Math.max(picture.width, picture.height));
    this.orbit = new Orbit(canvas, () => this.changed());
    this.prepare();
    canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
    canvas.addEventListener("webglcontextrestored", () => (this.prepare(), this.changed()));
    new ResizeObserver(() => this.changed()).observe(canvas);
  }

  prepare() {
    const { gl, picture, heights, columns, rows } = this, places = (this.places = linked(gl));
    gl.enable(gl.DEPTH_TEST);
    this.texture(0, gl.NEAREST, gl.NEAREST);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R32F, columns, rows, 0, gl.RED, gl.FLOAT, heights);
    this.texture(1, gl.LINEAR_MIPMAP_LINEAR, gl.LINEAR);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.SRGB8_ALPHA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
    gl.generateMipmap(gl.TEXTURE_2D);
    const sharp = gl.getExtension("EXT_texture_filter_anisotropic");
    if (sharp) gl.texParameterf(gl.TEXTURE_2D, sharp.TEXTURE_MAX_ANISOTROPY_EXT, Math.min(8, gl.getParameter(sharp.MAX_TEXTURE_MAX_ANISOTROPY_EXT)));
    gl.uniform1i(places.picture, 1);
    gl.uniform2i(places.grid, columns, rows);
    gl.uniform2f(places.shape, ...this.shape);
    gl.uniform2f(places.poles, ...[heights.slice(0, columns), heights.slice(-columns)].map((row) => row.reduce((sum, each) => sum + each) / columns));
  }

  texture(unit, smaller, larger) {
    const { gl } = this;
    gl.activeTexture(gl.TEXTURE0 + unit);
    gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, smaller);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, larger);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
  }

  changed() {
    this.asked ??= requestAnimationFrame((time) => this.draw(time / 1000));
  }

  draw(time) {
    const { gl, canvas, orbit, places } = this, { now } = orbit;
    this.asked = undefined;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight].map((side) => Math.round(side * Math.min(devicePixelRatio, DENSEST)));
    if (!width || !height || gl.isContextLost()) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const passed = this.before ? time - this.before : 0.016, moves = orbit.ease(Math.min(passed, 0.1));
    this.late += passed > SLOW;
    this.before = moves ? time : undefined;
    const directions = axes(now), middle = [now.x, AIM * RELIEF * now.lift * (1 - now.globe), now.z];
    const ratio = width / height, round = Math.max(1.12 / ratio, 1) / Math.tan(FIELD / 2);
    const distance = now.away * (whole(now, this.shape, ratio) * (1 - now.globe) + round * now.globe);
    const shoulder = [0, 1, 2].map((n) => inner(OVER_THE_SHOULDER, directions.map((axis) => axis[n])));
    const sun = NORTH_WEST.map((each, n) => each * (1 - now.globe) + shoulder[n] * now.globe);
    gl.viewport(0, 0, width, height);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    gl.uniformMatrix4fv(places.camera, false, matrix(directions, middle, distance, ratio));
    gl.uniform3fv(places.sun, sun.map((each) => each / Math.hypot(...sun)));
    gl.uniform1f(places.lift, RELIEF * now.lift);
    gl.uniform1f(places.globe, now.globe);
    const stride = moves && this.late > 4 ? 2 : 1, [across, down] = [this.columns, this.rows].map((side) => Math.ceil((side - 1) / stride));
    gl.uniform1i(places.stride, stride);
    gl.uniform1i(places.wall, 0);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 2 * (across + 1), down);
    gl.uniform1i(places.wall, 1);
    if (!now.globe) gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4 * (across + down) + 2);
    if (moves) this.changed();
  }
}

const PANEL = `
  <canvas tabindex="0" role="application" aria-label="Relief: arrow keys turn and tilt it, with Shift they move it, + and - zoom, Home shows all of it"></canvas>
  <div class="set"><label>Height <input type="range" min="0" max="4" step="0.1" value="1" aria-label="Height"><output></output></label>
    <button class="button" type="button" aria-pressed="false">Globe</button><button class="button" type="button">All of it</button><button class="button" type="button">Back to the picture</button></div>`;

// Puts the relief of `picture`, an <img>, after `place`, and gives its element. Throws an Error with a sentence.
export async function open(place, picture, address) {
  const [answer] = await Promise.all([fetch(address), picture.decode()]);
  if (!answer.ok) throw new Error("Its height could not be loaded");
  const { naturalWidth, naturalHeight } = picture, scale = Math.min(1, LARGEST_TEXTURE / Math.max(naturalWidth, naturalHeight));
  const size = { resizeWidth: Math.ceil(naturalWidth * scale), resizeHeight: Math.ceil(naturalHeight * scale) };
  const texture = await createImageBitmap(picture, { ...size, resizeQuality: "high" });
  const panel = Object.assign(document.createElement("div"), { className: "relief", innerHTML: PANEL });
  const [canvas, slider, output, globe, all, back] = panel.querySelectorAll("canvas, input, output, button");
  const { orbit, wraps } = new View(canvas, texture, new Uint16Array(await answer.arrayBuffer()));
  const lift = () => {
    output.value = `× ${Number(slider.value).toFixed(1)}`;
    orbit.set({ lift: Number(slider.value) });
    for (const link of document.querySelectorAll("[data-exaggerated]")) {
      const asked = new URLSearchParams(link.search);
      asked.set("exaggeration", slider.value);
      link.search = asked;
    }
  };
  slider.addEventListener("input", lift);
  all.addEventListener("click", orbit.first);
  back.addEventListener("click", () => document.querySelector("[data-relief]").click());
  globe.hidden = !wraps;
  globe.addEventListener("click", () => {
    const round = globe.getAttribute("aria-pressed") !== "true";
    globe.setAttribute("aria-pressed", round);
    orbit.set({ globe: Number(round), tilt: round ? 0.35 : 0.72, away: 1 });
  });
  place.after(panel);
  lift();
  return panel;
}
