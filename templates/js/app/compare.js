// The page that compares places: which places are loaded and asked about, and the link that leads back to the answer.

import { awaken } from "./form.js";
import { decode, encode } from "./fragment.js";
import { WORDS } from "./words.js";

const DAYS = "dates";

export function bringToLife(form) {
  const names = JSON.parse(form.dataset.names);
  const addresses = new Map(
    Object.entries(JSON.parse(form.dataset.places)).map(([id, href]) => [id, new URL(href, document.baseURI).href]),
  );
  const link = new Link(names);
  const asking = awaken(form, {
    ask: (engine, fields) => compare(engine, fields.asCase(), addresses),
    restored: (fields) => link.fillIn(fields),
    shown: (engine, fields) => link.offer(fields),
    gone: () => link.withdraw(),
  });
  if (link.isComplete && !navigator.connection?.saveData) {
    asking.submitted(); // whoever follows a link came for its answer
  }
}

async function compare(engine, answers, addresses) {
  const { mode, areas = {}, dates = {}, ...stated } = answers;
  const byDays = mode === DAYS;
  const wrong = [...(byDays ? [] : doubled(areas)), ...leftOut(byDays, areas, dates)];
  if (wrong.length) {
    return { ok: false, error: "invalid", problems: wrong };
  }
  const chosen = (byDays ? [areas[0]] : [areas[0], areas[1], areas[2]]).filter(Boolean);
  const loaded = await Promise.all(chosen.map((id) => engine.area(addresses.get(id))));
  const links = Object.fromEntries(loaded.map(({ area, links: own }) => [area, own]));
  const days = byDays ? { dates: [dates[0], dates[1]] } : {};
  return engine.ask({ do: "compare", areas: loaded.map(({ area }) => area), case: { ...stated, ...days }, links });
}

function leftOut(byDays, areas, dates) {
  const asked = byDays
    ? [["areas.0", areas[0], WORDS.choosePlace], ["dates.0", dates[0], WORDS.chooseDay], ["dates.1", dates[1], WORDS.chooseDay]]
    : [["areas.0", areas[0], WORDS.choosePlace], ["areas.1", areas[1], WORDS.choosePlace]];
  return asked.filter(([, answer]) => !answer).map(([field, , message]) => ({ field, message }));
}

function doubled(areas) {
  return [1, 2]
    .filter((n) => areas[n] && [...Array(n).keys()].some((before) => areas[before] === areas[n]))
    .map((n) => ({ field: `areas.${n}`, message: WORDS.samePlace }));
}

/** The link with the answers in it: read once at the start, written after every answer. */
class Link {
  #names;
  #box = document.querySelector("[data-share]");
  #line = document.querySelector("[data-share] input");
  #told = document.querySelector("[data-copied]");
  isComplete = false;

  constructor(names) {
    this.#names = names;
    document.querySelector("[data-copy]").addEventListener("click", () => this.#copy());
    addEventListener("hashchange", () => {
      if (/^#v=/.test(location.hash)) {
        location.reload(); // another link was followed
      }
    });
  }

  /** True when the page's address holds answers: then those kept from before stay out of it. */
  fillIn(fields) {
    const found = decode(location.hash, this.#names);
    if (found === null) {
      return false;
    }
    if (!found.readable) {
      this.#notice(WORDS.otherVersion);
      return false;
    }
    const dropped = [...found.dropped];
    for (const [name, value] of found.answers) {
      fields.arrange(); // which choices there are may depend on what was filled in before
      const field = fields.find(name);
      if (!field || !fields.fill(field, value)) {
        dropped.push(this.#names[name]);
      }
    }
    if (dropped.length) {
      this.#notice(WORDS.dropped(dropped));
    }
    this.isComplete = found.answers.has("bill.total");
    return true;
  }

  offer(fields) {
    const answers = {};
    for (const name of Object.keys(this.#names)) {
      const field = fields.find(name);
      answers[name] = field && fields.isAsked(field) ? fields.answer(field) : "";
    }
    history.replaceState(null, "", `#${encode(answers, this.#names)}`);
    this.#line.value = location.href;
    this.#told.textContent = "";
    this.#box.hidden = false;
  }

  withdraw() {
    this.#box.hidden = true;
  }

  async #copy() {
    this.#line.select();
    try {
      await navigator.clipboard.writeText(this.#line.value);
      this.#told.textContent = WORDS.copied;
    } catch {
      this.#told.textContent = WORDS.copyByHand;
    }
  }

  #notice(text) {
    const place = document.querySelector("[data-link-notice]");
    place.textContent = text;
    place.hidden = false;
  }
}
