// On every page: leads from a note of figures to the page for reporting errors, with its place filled in, and lets the
// service worker keep the site for later where there is one (iOS WeChat has none: nothing here is needed to read).

const build = document.querySelector('meta[name="build"]').content;
const wrong = document.getElementById("wrong");
let figure = null; // the one whose note was opened last

document.addEventListener("click", ({ target }) => {
  const opened = target.closest?.("[data-figure]");
  figure = opened ?? figure;
  const link = target.closest?.("[data-wrong]");
  if (link && wrong) {
    const asked = new URLSearchParams({ page: wrong.dataset.page, at: link.dataset.wrong });
    if (figure?.getAttribute("href") === `#${link.dataset.wrong}`) {
      asked.set("figure", figure.dataset.figure);
    }
    asked.set("data", wrong.dataset.version);
    link.href = `${wrong.dataset.feedback}?${asked}`;
  }
});

if (build && navigator.serviceWorker && !navigator.connection?.saveData) {
  const begin = () => keepForLater().catch((error) => console.debug(error));
  if (document.readyState === "complete") {
    begin();
  } else {
    addEventListener("load", begin, { once: true });
  }
}

async function keepForLater() {
  const root = new URL("../", import.meta.url); // scripts lie one folder below the root
  const registration = await navigator.serviceWorker.register(new URL("sw.js", root), {
    scope: root.href,
    updateViaCache: "none",
  });
  if (!registration) {
    return; // some browsers pretend
  }
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming.addEventListener("statechange", () => coming.state === "installed" && consider(registration.waiting));
  });
  consider(registration.waiting);
  await navigator.serviceWorker.ready;
  const tell = () => registration.active?.postMessage({ build, keep: loaded() });
  tell();
  navigator.serviceWorker.addEventListener("controllerchange", tell);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && tell());
}

/** This page and what it has loaded so far. */
function loaded() {
  return [location.href.split("#")[0], ...performance.getEntriesByType("resource").map(({ name }) => name)];
}

/** A whole new build waits: a page that belongs to it lets it take over; an older page asks its reader. */
async function consider(waiting) {
  if (!waiting || !navigator.serviceWorker.controller) {
    return; // the first worker of all takes over by itself
  }
  if ((await buildOf(waiting)) === build) {
    waiting.postMessage({ switch: true });
    return;
  }
  const notice = document.querySelector("[data-update]");
  if (notice) {
    notice.hidden = false;
    notice.querySelector("button").addEventListener("click", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ switch: true });
    });
  }
}

function buildOf(worker) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ ask: "build" }, [port2]);
  });
}
