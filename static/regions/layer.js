// The labels of a picture at a working size, on a canvas over it.

const LONGEST = 1024;
const LOOKED_AT = 320; // where the server looks for regions
export const COLOURS = ["", "#e69f00", "#56b4e9", "#12a578", "#f0e442", "#a08cf7", "#e8663c", "#e58fbd"];
// In the order of a pixel's bytes in memory: alpha, blue, green, red.
const SHOWN = COLOURS.map((colour) => colour && parseInt(colour.replace(/#(..)(..)(..)/, "ff$3$2$1"), 16));
const STORED = COLOURS.map((_, label) => 0xff000000 + 0x010101 * label);

function sheet([width, height]) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  return canvas.getContext("2d", { willReadFrequently: true });
}

function drawn(picture, size, smooth = true) {
  const context = sheet(size);
  context.fillStyle = "#fff"; // as the server lays transparent pictures over white
  context.fillRect(0, 0, ...size);
  context.imageSmoothingEnabled = smooth;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, ...size);
  return context;
}

function fitted({ naturalWidth, naturalHeight }, longest) {
  const scale = Math.min(1, longest / Math.max(naturalWidth, naturalHeight));
  return [naturalWidth, naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
}

async function loaded(src) {
  const image = Object.assign(new Image(), { src, alt: "" });
  await image.decode();
  return image;
}

export class Layer {
  static async of(address) {
    const layer = new Layer();
    layer.picture = await loaded(address);
    layer.size = [layer.width, layer.height] = fitted(layer.picture, LONGEST);
    layer.pixels = drawn(layer.picture, layer.size).getImageData(0, 0, ...layer.size).data;
    layer.labels = new Uint8Array(layer.width * layer.height);
    layer.canvas = Object.assign(sheet(layer.size).canvas, { layer });
    layer.changed();
    return layer;
  }

  // With `hatched`, the places that would be taken by a label are striped in its colour.
  draw(canvas = this.canvas, words = SHOWN, hatched = null) {
    const image = new ImageData(...this.size);
    const pixels = new Uint32Array(image.data.buffer);
    for (let at = 0; at < pixels.length; at++) pixels[at] = words[this.labels[at]];
    for (const at of hatched?.taken ?? []) {
      const isStripe = ((at % this.width) + Math.floor(at / this.width)) & 8;
      pixels[at] = isStripe ? words[hatched.label] : 0xffffffff;
    }
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  }

  // Call this once labels have changed.
  changed() {
    this.draw();
    this.png = null;
    this.counts = COLOURS.map(() => 0);
    for (const label of this.labels) this.counts[label]++;
  }

  // A PNG whose red, green and blue are the label. A form needs it at once, so toBlob will not do.
  get mask() {
    const bytes = () => atob(this.draw(sheet(this.size).canvas, STORED).toDataURL().split(",")[1]);
    return (this.png ??= new Blob([Uint8Array.from(bytes(), (each) => each.charCodeAt(0))], { type: "image/png" }));
  }

  small() {
    return new Promise((resolve) => drawn(this.picture, fitted(this.picture, LOOKED_AT)).canvas.toBlob(resolve));
  }

  // Reads labels from a picture whose grey levels they are, each translated by `numbers`.
  async read(address, numbers = (label) => label % COLOURS.length) {
    const { data } = drawn(await loaded(address), this.size, false).getImageData(0, 0, ...this.size);
    this.labels = this.labels.map((_, at) => numbers(data[4 * at]));
    this.changed();
  }

  // Whether another layer is of the same picture, in another file.
  isLike({ size, pixels }) {
    if (Math.abs(size[0] - this.width) > 1 || Math.abs(size[1] - this.height) > 1) return false;
    let apart = 0;
    const places = 400;
    for (let place = 0; place < places; place++) {
      const [x, y] = [(place % 20) / 20, Math.floor(place / 20) / 20];
      const at = ([width, height]) => 4 * (Math.floor(y * height) * width + Math.floor(x * width));
      const [one, other] = [at(this.size), at(size)];
      for (let channel = 0; channel < 3; channel++) apart += Math.abs(this.pixels[one + channel] - pixels[other + channel]);
    }
    return apart / (3 * places) < 10;
  }

  // Takes the labels of a layer of the same picture.
  take({ labels, width, height }) {
    const nearest = (at, from, to) => Math.min(to - 1, Math.floor((at * to) / from));
    this.labels = this.labels.map((_, at) => {
      const [x, y] = [at % this.width, Math.floor(at / this.width)];
      return labels[nearest(y, this.height, height) * width + nearest(x, this.width, width)];
    });
    this.changed();
  }
}
