// Between the form and the calculator: asks, one request at a time and the newest answers last, and shows what comes
// back. No arithmetic, no policy: an answer is HTML and sentences from the calculator.

import { WORDS } from "./words.js";

export class Asking {
  #fields;
  #engine;
  #places;
  #client;
  #title = document.title;
  #live = false; // after the first answer every change is answered at once
  #busy = false;
  #next = null; // what was asked for while busy
  #frame = 0;

  /** `client` knows what is asked: `ask(engine, fields)` gives the answer; `shown` and `gone`, if there are any, are
   * called when an answer stands on the page and when it no longer does. */
  constructor(fields, engine, places, client) {
    this.#fields = fields;
    this.#engine = engine;
    this.#places = places;
    this.#client = client;
  }

  /** Load the calculator, without asking anything yet. */
  async prepare() {
    if (this.#engine.isReady || this.#busy) {
      return;
    }
    try {
      this.#places.progress.say(WORDS.preparing);
      await this.#engine.start();
      if (!this.#busy) {
        this.#places.progress.hide();
      }
    } catch (error) {
      if (!this.#busy) {
        this.#stopped(error, () => this.prepare());
      }
    }
  }

  submitted() {
    this.#request({ byHand: true, from: document.activeElement });
  }

  changed() {
    if (this.#live) {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.#request({ byHand: false }));
    }
  }

  async #request(how) {
    if (this.#busy) {
      this.#next = this.#next?.byHand ? this.#next : how;
      return;
    }
    this.#busy = true;
    try {
      this.#show(await this.#ask(how), how);
    } catch (error) {
      this.#stopped(error, () => this.submitted());
    }
    this.#busy = false;
    if (this.#next) {
      const next = this.#next;
      this.#next = null;
      this.#request(next);
    }
  }

  async #ask({ byHand }) {
    if (byHand) {
      this.#places.progress.say(this.#engine.isReady ? WORDS.calculating : WORDS.preparing);
    }
    return this.#client.ask(this.#engine, this.#fields);
  }

  #show(answer, how) {
    const { progress, result, status } = this.#places;
    const wrong = answer.error === "invalid" ? problemsOf(answer) : this.#leftOpen(answer);
    progress.hide();
    this.#fields.complain(wrong);
    this.#summarise(wrong, how);
    if (wrong.length) {
      // The old answer belongs to other inputs: it goes.
      if (this.#live) {
        result.replaceChildren(slipOf(WORDS.waitingForChange, "slip-waiting"));
      }
      status.textContent = "";
      this.#client.gone?.();
      return;
    }
    this.#live = true;
    this.#client.gone?.();
    if (answer.ok) {
      result.innerHTML = answer.html;
      // The page may show a worked slip of the same calculator: the two regions need two names.
      result.firstElementChild.setAttribute("aria-label", WORDS.answer);
      this.#client.shown?.(this.#engine, this.#fields, result);
    } else {
      result.replaceChildren(slipOf(answer.message, "slip-answer"));
    }
    status.textContent = answer.headline ?? answer.message;
    this.#leadTo(result, how);
  }

  /** Where the policy is silent but the form has a question for what is missing, and it was left empty: that one. */
  #leftOpen({ error, missing, message }) {
    return error === "not_covered" && this.#fields.isLeftOpen(missing) ? [{ field: missing, message }] : [];
  }

  /** The list of what is wrong, each line leading to its question. It takes the focus when the reader asked; while
   * they type, the words beside the question are enough. */
  #summarise(problems, { byHand }) {
    const { summary } = this.#places;
    if (problems.length === 0) {
      summary.hidden = true;
      summary.replaceChildren();
      document.title = this.#title;
    } else if (byHand || !summary.hidden) {
      const heading = document.createElement("h2");
      heading.textContent = WORDS.summary;
      const list = document.createElement("ul");
      list.append(...problems.map((problem) => this.#summaryLine(problem)));
      summary.replaceChildren(heading, list);
      summary.hidden = false;
    }
    if (problems.length && byHand) {
      document.title = WORDS.errorTitle + this.#title;
      summary.tabIndex = -1;
      summary.focus();
    }
  }

  #summaryLine({ field, message }) {
    const line = document.createElement("li");
    const target = this.#fields.target(field);
    if (!target) {
      line.textContent = message;
      return line;
    }
    const link = document.createElement("a");
    link.href = `#${target.id}`;
    link.textContent = message;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      target.closest("details")?.setAttribute("open", "");
      target.focus();
    });
    line.append(link);
    return line;
  }

  /** Lead the reader who asked to the answer, unless they have gone elsewhere in the meantime. */
  #leadTo(place, { byHand, from }) {
    const active = document.activeElement;
    if (byHand && (active === from || active === document.body)) {
      place.focus({ preventScroll: true });
      place.scrollIntoView({ block: "start" });
    }
  }

  /** Say why it stopped. From here only the reader starts it again: typing alone must not load it over and over. */
  #stopped(error, retry) {
    console.error(error);
    if (this.#live) {
      this.#places.result.replaceChildren(); // what stood there was the answer to other questions
    }
    this.#client.gone?.();
    this.#live = false;
    this.#next = null;
    this.#places.progress.fail(error.reason ?? "broken", retry);
  }
}

/** What is wrong as {field, message}; an answer that names no field is said as a whole. */
function problemsOf({ problems, message }) {
  return problems?.length ? problems : [{ field: "", message }];
}

/** A slip that holds a sentence and no amounts. */
function slipOf(text, className) {
  const slip = document.createElement("div");
  slip.className = "slip slip--empty";
  const words = document.createElement("p");
  words.className = className;
  words.textContent = text;
  slip.append(words);
  return slip;
}
