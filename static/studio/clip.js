// A clip in its place: a frame of it, and how long it is.

import { describe, preview, remark } from "./slot.js";

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

export async function draw(slot, file, unseen) {
  const shown = Object.assign(new Image(), { alt: file.name, src: unseen });
  preview(slot).replaceChildren(shown);
  const address = URL.createObjectURL(file);
  try {
    const { image, width, height, seconds } = await frame(file, address);
    const scale = Math.min(1, SIDE / Math.max(width, height));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(scale * width), height: Math.round(scale * height) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    if (!shown.isConnected) return;
    shown.src = canvas.toDataURL("image/jpeg", 0.85);
    describe(slot, canvas, `${width}x${height}`);
    if (seconds) preview(slot).dataset.seconds = seconds;
  } catch {
    if (shown.isConnected) remark(slot, `This browser cannot show “${file.name}”, but the site may be able to.`);
  }
  URL.revokeObjectURL(address);
}
