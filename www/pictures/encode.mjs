// A small picture of a page: WebP without loss, in few colours, made by the browser itself.

/** How many colours a picture keeps: first those that most of it has, then those that are unlike all that are kept. */
const COLOURS = 96;
const FIRST = 40;
/** How far apart two colours are, squared, that are unlike. */
const UNLIKE = 600;

/** The WebP of a PNG, as bytes. `page` is any page that lets scripts run. */
export async function webp(page, png) {
  const text = await page.evaluate(inPage, { png: png.toString("base64"), colours: COLOURS, first: FIRST, unlike: UNLIKE });
  return Buffer.from(text, "base64");
}

/** Runs in the page. */
async function inPage({ png, colours, first, unlike }) {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64(png)], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const image = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const pixels = new Uint32Array(image.data.buffer);

  const often = new Map();
  for (const pixel of pixels) often.set(pixel, (often.get(pixel) ?? 0) + 1);
  const apart = (one, other) =>
    [0, 8, 16].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
  const kept = [];
  for (const pixel of [...often.keys()].sort((one, other) => often.get(other) - often.get(one)))
    if (kept.length < first || (kept.length < colours && kept.every((one) => apart(one, pixel) > unlike))) kept.push(pixel);
  const nearest = (pixel) => kept.reduce((best, one) => (apart(pixel, one) < apart(pixel, best) ? one : best));
  const becomes = new Map([...often.keys()].map((pixel) => [pixel, nearest(pixel)]));
  pixels.forEach((pixel, place) => (pixels[place] = becomes.get(pixel)));

  context.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 1 });
  return new Uint8Array(await blob.arrayBuffer()).toBase64();
}
