// What runs in the page to see where the focus is.

/** Whether nothing has the focus. */
export const isLost = () => document.activeElement === document.body || document.activeElement === null;

/** What still moves: `name of the element` for each that has a transition or an animation that takes time. */
export function still() {
  const seconds = (list) => Math.max(...list.split(",").map((one) => Number.parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
  return [...document.querySelectorAll("*")]
    .filter((one) => {
      const { transitionDuration, animationName, animationDuration } = getComputedStyle(one);
      return seconds(transitionDuration) > 0.01 || (animationName !== "none" && seconds(animationDuration) > 0.01);
    })
    .map((one) => `${one.tagName} ${one.className}`);
}

/** What has the focus, and what is wrong with how that is shown; `ended` once all stops have been seen. */
export function indicated() {
  const one = document.activeElement;
  if (one === document.body || window.stops.has(one)) return { ended: true };
  window.stops.add(one);
  const name = (one.getAttribute("aria-label") ?? one.innerText ?? one.id).trim().slice(0, 60);
  return { ended: false, name: `${one.tagName} ${one.className} “${name}”`, flaw: flawOf(one) };

  function flawOf(focused) {
    const shown = [focused, focused.parentElement, focused.parentElement?.parentElement].find(
      (part) => part !== null && part !== undefined && outlineOf(part) !== undefined,
    );
    if (shown === undefined) return "no outline";
    const { width, colour, offset } = outlineOf(shown);
    if (width < 2) return `an outline of ${width} pixels`;
    const beside = groundOf(offset < 0 ? shown : shown.parentElement);
    const contrast = contrastOf(painted([beside, colour]), beside);
    if (contrast < 3) return `an outline with a contrast of ${contrast.toFixed(2)}`;
    return isCovered(shown) ? "it lies out of sight" : undefined;
  }

  function outlineOf(part) {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(part);
    if (outlineStyle === "none") return undefined;
    return { width: Number.parseFloat(outlineWidth), colour: outlineColor, offset: Number.parseFloat(outlineOffset) };
  }

  /** Whether something else, or the edge of the window, hides its middle. */
  function isCovered(part) {
    const { left, right, top, bottom } = part.getBoundingClientRect();
    const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
    const there = document.elementFromPoint(x, y);
    return there === null || !(part.contains(there) || there.contains(part));
  }

  /** The colour behind an element. */
  function groundOf(element) {
    const colours = [];
    for (let at = element; at !== null; at = at.parentElement) colours.unshift(getComputedStyle(at).backgroundColor);
    return painted(["white", ...colours]);
  }

  /** One colour over the other, as the browser paints them. */
  function painted(colours) {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const paint = canvas.getContext("2d", { willReadFrequently: true });
    for (const colour of colours) {
      paint.fillStyle = colour;
      paint.fillRect(0, 0, 1, 1);
    }
    const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
    return `rgb(${red} ${green} ${blue})`;
  }

  function contrastOf(first, second) {
    const [light, dark] = [first, second].map(lightOf).sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  }

  function lightOf(colour) {
    const [red, green, blue] = colour.match(/\d+/g).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }
}
