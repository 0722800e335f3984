// One form comes to life: its parts are found, its answers restored and kept, its calculator loaded in time.

import { Asking } from "./asking.js";
import { CurveOffer } from "./curve.js";
import { Engine } from "./engine.js";
import { Fields } from "./fields.js";
import { remember, remembered } from "./memory.js";
import { Progress } from "./progress.js";

/** The form of one calculator for one place. */
export function bringToLife(form) {
  const { kind } = form.dataset;
  const offer = "curve" in form.dataset ? new CurveOffer(kind) : null;
  awaken(form, {
    async ask(engine, fields) {
      const { area, links } = await engine.start();
      return engine.ask({ do: "estimate", kind, area, case: fields.asCase(), links });
    },
    shown: (engine, fields, result) => offer?.stand(engine, fields.asCase(), result),
    gone: () => offer?.leave(),
  });
}

/** Any form: `client` says what is asked of the calculator (see `Asking`), `restored` fills the form in from
 * elsewhere and says whether it did. */
export function awaken(form, client) {
  const places = placesOf(form);
  const fields = new Fields(form);
  const engine = new Engine(addressesOf(form), (step) => places.progress.step(step));
  const asking = new Asking(fields, engine, places, client);

  if (!client.restored?.(fields)) {
    restore(fields);
  }
  fillDefaults(form);
  fields.arrange();
  form.addEventListener("submit", () => asking.submitted());
  for (const kind of ["input", "change"]) {
    form.addEventListener(kind, ({ target }) => {
      const field = target.closest("[data-field]");
      if (field) {
        remember(field.dataset.field, fields.answer(field));
        fields.arrange();
        asking.changed();
      }
    });
  }
  loadInTime(form, asking, engine);
  for (const button of form.querySelectorAll("button[type=submit]")) {
    button.disabled = false; // until now nobody could have answered
  }
  return asking;
}

function addressesOf({ dataset }) {
  const absolute = (address) => new URL(address, document.baseURI).href;
  return {
    worker: absolute(dataset.worker),
    runtime: absolute(dataset.runtime),
    data: dataset.areaUrl && absolute(dataset.areaUrl),
  };
}

/** The parts of the page that change: in the form, or the nearest to it. */
function placesOf(form) {
  const find = (selector) => {
    let place = form;
    while (!place.querySelector(selector)) {
      place = place.parentElement;
    }
    return place.querySelector(selector);
  };
  const status = document.createElement("p");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.after(status);
  const result = find("[data-result]");
  // A screen reader would read the whole slip at every change; `status` says its first sentence instead.
  result.setAttribute("aria-live", "off");
  result.tabIndex = -1;
  return { result, summary: find("[data-summary]"), status, progress: new Progress(find("[data-progress]"), status) };
}

function restore(fields) {
  for (const [name, value] of Object.entries(remembered())) {
    const field = fields.find(name);
    if (field && typeof value === "string") {
      fields.arrange(); // which choices there are may depend on what was restored before
      fields.fill(field, value);
    }
  }
}

/** Dates that are today unless the reader says otherwise; the build has no clock. */
function fillDefaults(form) {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0"));
  for (const input of form.querySelectorAll("input[data-default=today]")) {
    input.value ||= today.join("-");
  }
}

/** Load at the first touch, or before it when the form is in sight, the page idle and the network good. */
function loadInTime(form, asking, engine) {
  for (const touch of ["focusin", "pointerdown"]) {
    form.addEventListener(touch, () => asking.prepare(), { once: true });
  }
  const network = navigator.connection;
  if (network?.effectiveType === "4g" && !network.saveData && "requestIdleCallback" in window) {
    const sight = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        sight.disconnect();
        // What goes wrong now nobody waits for; a touch tries again and says so.
        requestIdleCallback(() => engine.start().catch((error) => console.debug(error)));
      }
    });
    sight.observe(form);
  }
}
