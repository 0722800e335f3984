// Inside a frame on another site: takes the colour from the address, tells the frame's height, and opens links beside
// the framing page. The height is all that leaves the frame; nothing the reader types does.

const READABLE = 4.5; // WCAG 2, text on its ground

const asked = new URLSearchParams(location.search).get("color");
if (asked && /^[0-9a-f]{6}$/i.test(asked)) {
  paint(channels(asked));
}

function channels(hex) {
  return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}

function luminance(colour) {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour for buttons and links, moved towards the ink until it can be read on paper. */
function paint(wanted) {
  const probe = document.createElement("i");
  document.documentElement.append(probe);
  const read = (name) => {
    probe.style.setProperty("color", `var(${name})`);
    return getComputedStyle(probe).color.match(/\d+(\.\d+)?/g).slice(0, 3).map(Number);
  };
  const grounds = ["--paper", "--sheet", "--tint"].map(read);
  const ink = read("--ink");
  probe.remove();
  let colour = wanted;
  for (let step = 1; step <= 20 && grounds.some((ground) => contrast(colour, ground) < READABLE); step++) {
    colour = wanted.map((part, at) => Math.round(part + ((ink[at] - part) * step) / 20));
  }
  const on = contrast(colour, [255, 255, 255]) >= contrast(colour, [0, 0, 0]) ? "#ffffff" : "#000000";
  const css = `rgb(${colour.join(" ")})`;
  for (const name of ["--accent", "--accent-press", "--focus", "--bar-fund"]) {
    document.documentElement.style.setProperty(name, css);
  }
  document.documentElement.style.setProperty("--on-accent", on);
}

if (window.parent !== window) {
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== told) {
      told = height;
      window.parent.postMessage({ yibao: "height", height }, "*");
    }
  };
  new ResizeObserver(tell).observe(document.body);
}

document.addEventListener(
  "click",
  ({ target }) => {
    const link = target.closest?.("a[href]");
    if (link && !link.getAttribute("href").startsWith("#")) {
      link.target = "_blank";
      link.rel = "noopener";
    }
  },
  true,
);
