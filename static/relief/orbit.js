import { Purpose } from "../viewer/wheel.js";

// Where one looks from: turned, tilted, zoomed and moved by pointers, wheel and keys; what is shown eases to its goal.

const FIRST = { turn: -0.35, tilt: 0.72, away: 1, x: 0, z: 0 };
const [TILT, AWAY] = [[0.12, 1.57], [0.25, 1.6]]; // radians; parts of the distance from which all is seen
const [SPEED, SLOWER] = [12, 5]; // what part of the way is gone in a second, also for what changes the shape
const STEPS = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const still = matchMedia("(prefers-reduced-motion: reduce)");
const within = (value, least, most) => Math.min(most, Math.max(least, value));

export class Orbit {
  constructor(canvas, changed) {
    Object.assign(this, { canvas, changed, pointers: new Map(), purpose: new Purpose(canvas), goal: { ...FIRST, lift: 1, globe: 0 } });
    this.now = { ...this.goal, turn: 0, tilt: TILT[1], lift: 0 }; // it begins as the picture seen from above, and rises
    const kinds = ["pointerdown", "pointermove", "lostpointercapture", "wheel", "keydown", "dblclick", "contextmenu"];
    for (const kind of kinds) canvas.addEventListener(kind, (event) => this[kind](event), { passive: false });
  }

  set(values) {
    const goal = Object.assign(this.goal, values);
    goal.tilt = within(goal.tilt, goal.globe ? -TILT[1] : TILT[0], TILT[1]);
    goal.away = within(goal.away, ...AWAY);
    for (const side of ["x", "z"]) goal[side] = goal.globe ? 0 : within(goal[side], -1, 1);
    this.changed();
  }

  // Takes what is shown nearer to its goal; whether it is still on the way.
  ease(seconds) {
    let left = 0;
    for (const name in this.goal) {
      const speed = name === "lift" || name === "globe" ? SLOWER : SPEED;
      this.now[name] += (this.goal[name] - this.now[name]) * (still.matches ? 1 : 1 - Math.exp(-speed * seconds));
      left = Math.max(left, Math.abs(this.goal[name] - this.now[name]));
    }
    if (left < 0.001) Object.assign(this.now, this.goal);
    return left >= 0.001;
  }

  first = () => this.set(FIRST);
  turn = (across, down) => this.set({ turn: this.goal.turn + across, tilt: this.goal.tilt + down });
  zoom = (by) => this.set({ away: this.goal.away * by });

  // Moves the ground by parts of the window.
  move(across, down) {
    const { turn, away, x, z } = this.goal, [cos, sin] = [2 * away * Math.cos(turn), 2 * away * Math.sin(turn)];
    this.set({ x: x - across * cos - down * sin, z: z + across * sin - down * cos });
  }

  pointerdown(event) {
    this.canvas.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  pointermove(event) {
    const before = this.pointers.get(event.pointerId), now = [event.clientX, event.clientY];
    if (!before) return;
    this.pointers.set(event.pointerId, now);
    const [across, down] = now.map((each, n) => (each - before[n]) / this.canvas.clientHeight);
    const [other] = [...this.pointers].filter(([id]) => id !== event.pointerId);
    if (other) {
      const apart = (point) => Math.hypot(point[0] - other[1][0], point[1] - other[1][1]) || 1;
      this.zoom(apart(before) / apart(now));
      this.move(across / 2, down / 2);
    } else if (event.buttons & 6 || event.shiftKey) this.move(across, down);
    else this.turn(-3 * across * (this.goal.globe ? this.goal.away : 1), 2.5 * down);
  }

  lostpointercapture = (event) => this.pointers.delete(event.pointerId);
  dblclick = this.first;
  contextmenu = (event) => event.preventDefault();

  wheel(event) {
    if (!this.purpose.allows(event) || (event.deltaY > 0 && !event.ctrlKey && this.goal.away >= AWAY[1])) return; // the page scrolls on
    event.preventDefault();
    this.zoom(Math.exp(event.deltaY * (event.deltaMode ? 20 : 1) * (event.ctrlKey ? 0.01 : 0.0015)));
  }

  keydown(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = STEPS[event.key], by = { "+": 0.85, "=": 0.85, "-": 1 / 0.85 }[event.key];
    if (step && event.shiftKey) this.move(0.08 * step[0], 0.08 * step[1]);
    else if (step) this.turn(-0.12 * step[0], 0.08 * step[1]);
    else if (by) this.zoom(by), (this.purpose.meant = true);
    else if (event.key === "Home" || event.key === "0") this.first();
    else return;
    event.preventDefault();
    event.stopPropagation(); // the page has other uses for these
  }
}
