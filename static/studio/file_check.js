// What can be said of a chosen file at once, from its first bytes: its format, its size, and whether it can be used.
// Whatever the server would take passes.

const BEGINNING = 2 ** 18; // bytes in which a header is looked for
const LARGE_COPY = 24e6; // pixels of the copy that is sent instead of a file that is too large
const KINDS = [
  ["JPEG", /^\xff\xd8\xff/],
  ["PNG", /^\x89PNG\r\n/],
  ["WebP", /^RIFF[^]{4}WEBP/],
  ["raw", /^(II\*\0[^]{4}CR|FUJIFILM|IIRO|IIU\0|[^]{4}ftypcrx)/],
  ["HEIF", /^[^]{4}ftyp[^]{0,64}?(avif|avis|hei[cxms]|hev[cxms]|mif1|msf1)/], // AVIF and HEIC
  ["TIFF", /^(II\*\0|MM\0\*|II\+\0|MM\0\+)/],
  ["GIF", /^GIF8/],
  ["BMP", /^BM/],
  ["a PDF", /^\s*%PDF/],
  ["an SVG drawing", /^(\xef\xbb\xbf)?\s*(<\?xml[^]*|<!--[^]*)?<svg/i],
  ["a web page", /^(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)/i],
  ["a Photoshop file", /^8BPS/],
  ["a ZIP archive", /^PK\x03\x04/],
  ["a video", /^([^]{4}ftyp|RIFF[^]{4}AVI|\x1a\x45\xdf\xa3)/],
];
const ADVICE = {
  raw: "is a camera's raw file: export it as a JPEG, and choose that.",
  "a PDF": "is a PDF: save the page as a JPEG or PNG, and choose that.",
  "an SVG drawing": "is an SVG drawing: export it as a PNG, and choose that.",
  "a web page": "is a web page: save the picture in it, and choose that.",
  "a Photoshop file": "is a Photoshop file: export it as a JPEG or PNG, and choose that.",
  "a ZIP archive": "is a ZIP archive: unpack it, and choose a picture in it.",
  "a video": "is a video: save one frame of it as a picture, and choose that.",
};
const FILM = /^video\/|^image\/(gif|webp|a?png)$|\.(mkv|avi|m?ts|flv|ogv|wmv)$/i;
const RAW = /\.(dng|nef|arw|orf|rw2|raf|cr[23]|pef|srw)$/i;

const text = (bytes) => String.fromCharCode(...new Uint8Array(bytes)); // TextDecoder would read Windows-1252
const kindOf = (head) => KINDS.find(([, signature]) => signature.test(head))?.[0];

// Width and height by the header, of a JPEG also how many colours it is made of; nothing where it is not said early.
const SIZES = {
  PNG: (view) => [view.getUint32(16), view.getUint32(20)],
  GIF: (view) => [view.getUint16(6, true), view.getUint16(8, true)],
  JPEG(view) {
    for (let at = 2; at + 9 < view.byteLength; ) {
      if (view.getUint8(at) !== 0xff) return null;
      const marker = view.getUint8(at + 1);
      if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return [view.getUint16(at + 7), view.getUint16(at + 5), view.getUint8(at + 9)];
      at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
    }
    return null;
  },
  WebP(view) {
    const bits = view.getUint32(21, true);
    const form = String.fromCharCode(view.getUint8(15));
    if (form === "X") return [24, 27].map((at) => 1 + (view.getUint32(at, true) & 0xffffff));
    if (form === "L") return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)];
    return [26, 28].map((at) => view.getUint16(at, true) & 0x3fff);
  },
};

function sizeOf(kind, view) {
  try {
    return SIZES[kind]?.(view) ?? null;
  } catch {
    return null; // the header is cut short
  }
}

function aboutSize([width, height], limits) {
  if (Math.min(width, height) < limits.shortest) return `has ${width} × ${height} pixels, and each side needs ${limits.shortest}: choose a larger one.`;
  if (Math.max(width, height) > limits.ratio * Math.min(width, height)) return `is more than ${limits.ratio} times as long as it is wide: crop it first.`;
  return "";
}

// A sentence on a picture with too many pixels, by the size that it is shown with.
export function scaledDown(name, [width, height], limits) {
  const scale = Math.min(1, Math.sqrt(limits.area / (width * height)), limits.side / Math.max(width, height));
  const [from, to] = [1, scale].map((by) => [width, height].map((side) => Math.floor(side * by).toLocaleString("en")).join(" × "));
  return scale < 1 ? `“${name}” has ${from} pixels: it is scaled down to ${to}.` : "";
}

function converted(kind, head, size) {
  if (kind === "HEIF" && !/^[^]{8}avi[fs]/.test(head)) return "is a HEIC photo: it is converted.";
  return kind === "JPEG" && size?.[2] === 4 ? "has CMYK colours, as printers use them: they are converted for screens." : "";
}

export const isThere = (file) => file.slice(0, 1).arrayBuffer().then(() => true, () => false);

// A copy of a file with too many bytes, as a JPEG of at most 24 million pixels; nothing where this browser cannot.
async function copied(file, bytes) {
  try {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, Math.sqrt(LARGE_COPY / (image.width * image.height)));
    const canvas = Object.assign(document.createElement("canvas"), { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    const context = canvas.getContext("2d");
    context.fillStyle = "#fff";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.93));
    const better = new File([blob], file.name, { type: blob.type, lastModified: file.lastModified });
    const about = `“${file.name}” is large: a copy of ${canvas.width} × ${canvas.height} px is used.`;
    return better.size <= bytes && { better, size: `${canvas.width}x${canvas.height}`, note: about };
  } catch {
    return null;
  }
}

// Of a film, a browser knows what its name says.
function aboutClip({ name, type, size }, { bytes }, refuse) {
  if (!FILM.test(type || name)) return refuse("is not a film: choose an MP4, WebM, MOV or GIF.");
  return size > bytes ? refuse(`is larger than ${Math.floor(bytes / 2 ** 20)} MB: save it smaller, or a shorter part of it.`) : {};
}

// `refusal` is a sentence on why a file cannot be used, `note` one on what is changed in it. `better` is a smaller file to
// be sent instead, and `size` its WIDTHxHEIGHT.
export async function judge(file, limits) {
  const refuse = (why) => ({ refusal: `“${file.name}” ${why}` });
  let bytes;
  try {
    bytes = await file.slice(0, BEGINNING).arrayBuffer();
  } catch {
    return refuse("cannot be read: choose it again.");
  }
  if (!bytes.byteLength) return refuse("is empty: choose another file.");
  if (limits.clip) return aboutClip(file, limits, refuse);
  const head = text(bytes.slice(0, 1024));
  const found = kindOf(head);
  const kind = found === "TIFF" && RAW.test(file.name) ? "raw" : found;
  if (!kind) return refuse("is not a picture: choose a JPEG, PNG, WebP, AVIF or HEIC file.");
  if (ADVICE[kind]) return refuse(ADVICE[kind]);
  const size = sizeOf(kind, new DataView(bytes));
  const complaint = size && aboutSize(size, limits);
  if (complaint) return refuse(complaint);
  const isTooLarge = file.size > limits.bytes;
  const copy = isTooLarge && (await copied(file, limits.bytes));
  if (isTooLarge && !copy) return refuse(`is larger than ${limits.bytes / 2 ** 20} MB: save it smaller, or as a JPEG.`);
  const change = converted(kind, head, size);
  return copy || { note: change && `“${file.name}” ${change}` };
}
