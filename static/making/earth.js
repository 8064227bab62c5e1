// A map of the world on which a rectangle is dragged, across the date line too, and places to choose by their pictures.

const round = (degrees) => Math.round(degrees * 10) / 10;
const inside = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;
const LEAST = 1; // degree

export function start(globe, set, settle) {
  const image = globe.querySelector("img");
  const map = Object.assign(document.createElement("div"), { className: "map" });
  image.replaceWith(map);
  map.append(image, document.createElement("i"), document.createElement("i"));
  const rectangles = map.querySelectorAll("i"); // the second is what lies beyond the date line
  const places = globe.querySelector(".places"), chosen = globe.closest("form").elements.place;
  let from = null;

  // Their pictures are loaded when they are about to be seen.
  new IntersectionObserver(([{ isIntersecting }], observer) => {
    if (!isIntersecting) return;
    observer.disconnect();
    places.style.setProperty("--pictures", `url("${places.dataset.pictures}")`);
  }).observe(places);
  places.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    set({ place: button.dataset.place });
    settle();
  });

  function place({ clientX, clientY }) {
    const { left, top, width, height } = map.getBoundingClientRect();
    const latitude = 90 - (180 * (clientY - top)) / height;
    return { x: (360 * (clientX - left)) / width - 180, y: Math.max(-90, Math.min(90, latitude)) };
  }

  function show(box) {
    for (const button of places.children) button.setAttribute("aria-pressed", button.dataset.place === chosen.value);
    for (const rectangle of rectangles) rectangle.hidden = !box;
    if (!box) return;
    const [west, south, east, north] = box;
    const width = east > west ? east - west : east - west + 360;
    rectangles.forEach((rectangle, index) =>
      Object.assign(rectangle.style, {
        left: `${(100 * (west + 180 - 360 * index)) / 360}%`,
        width: `${(100 * width) / 360}%`,
        top: `${(100 * (90 - north)) / 180}%`,
        height: `${(100 * (north - south)) / 180}%`,
      }),
    );
  }

  function drag(event) {
    const to = place(event);
    const [west, east] = [Math.min(from.x, to.x), Math.min(Math.max(from.x, to.x), Math.min(from.x, to.x) + 359)];
    const [south, north] = [Math.min(from.y, to.y), Math.max(from.y, to.y)];
    if (east - west < LEAST || north - south < LEAST) return;
    const box = [west, south, east, north].map(round);
    show([inside(box[0]), box[1], inside(box[2]) || 0, box[3]]);
    set({ place: "", west: round(inside(box[0])), south: box[1], east: east === 180 ? 180 : round(inside(box[2])), north: box[3] });
  }

  map.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    from = place(event);
    map.setPointerCapture(event.pointerId);
  });
  map.addEventListener("pointermove", (event) => from && drag(event));
  for (const kind of ["pointerup", "pointercancel"]) {
    map.addEventListener(kind, () => {
      from = null;
      settle();
    });
  }
  return { show };
}
