// A clip in its place: a frame of it, and how long it is.

import { describe, remarkOn } from "./slot.js";

const SHOWN = 0.25, SIDE = 640; // of the way through it, as the server takes it; px
const happens = (target, name) => new Promise((resolve, reject) => {
  target.addEventListener(name, resolve, { once: true });
  target.addEventListener("error", reject, { once: true });
});

// Its frame as a canvas, and its seconds; of an animated picture only the first frame.
async function frame(file, address) {
  if (file.type.startsWith("image/")) {
    const image = Object.assign(new Image(), { src: address });
    await image.decode();
    return { image, width: image.naturalWidth, height: image.naturalHeight };
  }
  const video = Object.assign(document.createElement("video"), { muted: true, preload: "auto", src: address });
  await happens(video, "loadeddata");
  video.currentTime = SHOWN * video.duration;
  await happens(video, "seeked");
  return { image: video, width: video.videoWidth, height: video.videoHeight, seconds: video.duration };
}

export async function draw(shown, file, unseen) {
  shown.src = unseen;
  const address = URL.createObjectURL(file);
  try {
    const { image, width, height, seconds } = await frame(file, address);
    const scale = Math.min(1, SIDE / Math.max(width, height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(scale * width), height: Math.round(scale * height) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    shown.src = canvas.toDataURL("image/jpeg", 0.85);
    describe(shown, canvas, `${width}x${height}`);
    if (seconds) shown.dataset.seconds = seconds;
  } catch {
    remarkOn(shown, `This browser cannot show “${file.name}”, but the site may be able to.`);
  }
  URL.revokeObjectURL(address);
}
