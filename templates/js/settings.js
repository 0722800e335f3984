// 字号和颜色: how the reader wants the pages, kept on the device and set before anything is drawn.
//
// A classic script in the head, so that the first paint already has the right size and colours: it waits for nothing,
// asks for nothing, and where storage is blocked the choice holds for the page. Without it the pages follow the device,
// and the switch, which is drawn only once this has run, is not there.

(() => {
  const KEY = "yibao-mingbaizhang/look";
  // What is chosen → what may be remembered of it; anything else is the device's own way.
  const CHOICES = { text: ["large", "elder"], colours: ["light", "dark"], contrast: ["more", "plain"] };
  const root = document.documentElement;
  const asked = matchMedia("(prefers-contrast: more)");

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  }

  function keep(look) {
    try {
      localStorage.setItem(KEY, JSON.stringify(look));
    } catch {
      // Storage is full or blocked.
    }
  }

  function put(look) {
    for (const [name, values] of Object.entries(CHOICES)) {
      if (values.includes(look[name])) {
        root.dataset[name] = look[name];
      } else {
        delete root.dataset[name];
      }
    }
  }

  const contrasted = () => (root.dataset.contrast ? root.dataset.contrast === "more" : asked.matches);

  function pressed(button) {
    const { look, to } = button.dataset;
    return look === "contrast" ? contrasted() : (root.dataset[look] || "") === to;
  }

  function show() {
    for (const button of document.querySelectorAll("[data-look]")) {
      button.setAttribute("aria-pressed", pressed(button));
    }
  }

  function choose(button) {
    const { look, to } = button.dataset;
    const value = look === "contrast" ? (contrasted() ? "plain" : "more") : to;
    const next = { ...root.dataset, [look]: value };
    put(next);
    keep(Object.fromEntries(Object.keys(CHOICES).map((name) => [name, root.dataset[name]])));
    show();
  }

  function unfold(button) {
    const open = button.getAttribute("aria-expanded") !== "true";
    button.setAttribute("aria-expanded", open);
    document.getElementById(button.getAttribute("aria-controls")).hidden = !open;
  }

  put(remembered());
  root.dataset.script = "";
  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-look], [data-unfolds]");
    if (button) {
      (button.dataset.look ? choose : unfold)(button);
    }
  });
  // Another tab, or this page brought back from the browser's memory: the last choice holds.
  const again = () => {
    put(remembered());
    show();
  };
  addEventListener("storage", (event) => event.key === KEY && again());
  addEventListener("pageshow", (event) => event.persisted && again());
  asked.addEventListener?.("change", show);
})();
