// A small picture of a page: WebP without loss, in few colours, made by the browser itself.

/** How many colours a picture keeps: those that most of it has. */
const COLOURS = 64;

/** The WebP of a PNG, as bytes. `page` is any page that lets scripts run. */
export async function webp(page, png) {
  const text = await page.evaluate(inPage, { png: png.toString("base64"), colours: COLOURS });
  return Buffer.from(text, "base64");
}

/** Runs in the page. */
async function inPage({ png, colours }) {
  const bitmap = await createImageBitmap(new Blob([Uint8Array.fromBase64(png)], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  const image = context.getImageData(0, 0, bitmap.width, bitmap.height);
  const pixels = new Uint32Array(image.data.buffer);

  const often = new Map();
  for (const pixel of pixels) often.set(pixel, (often.get(pixel) ?? 0) + 1);
  const kept = [...often.keys()].sort((one, other) => often.get(other) - often.get(one)).slice(0, colours);
  const apart = (one, other) =>
    [0, 8, 16].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
  const nearest = (pixel) => kept.reduce((best, one) => (apart(pixel, one) < apart(pixel, best) ? one : best));
  const becomes = new Map([...often.keys()].map((pixel) => [pixel, nearest(pixel)]));
  pixels.forEach((pixel, place) => (pixels[place] = becomes.get(pixel)));

  context.putImageData(image, 0, 0);
  const blob = await canvas.convertToBlob({ type: "image/webp", quality: 1 });
  return new Uint8Array(await blob.arrayBuffer()).toBase64();
}
