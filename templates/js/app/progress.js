// The line under the form: how far the loading is, or in one sentence why it stopped, with a button to try again.

import { failure, received, WORDS } from "./words.js";

export class Progress {
  #line;
  #status;
  #text = document.createElement("span");
  #bar = document.createElement("progress");

  /** `line` is seen; `status` is read aloud, and only when the words change, not at every byte. */
  constructor(line, status) {
    this.#line = line;
    this.#status = status;
    this.#bar.setAttribute("aria-label", WORDS.preparing);
  }

  say(text) {
    this.#show(text);
    this.#status.textContent = text;
  }

  /** {loaded, total} in bytes, or {starting: true} once everything is there. */
  step({ loaded, total, starting }) {
    if (this.#line.hidden) {
      return; // it loads in advance, and nobody waits for it
    }
    if (starting) {
      this.say(WORDS.starting);
    } else {
      this.#bar.max = total;
      this.#bar.value = loaded;
      this.#show(received(loaded, total), this.#bar);
    }
  }

  fail(reason, retry) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--plain";
    button.textContent = WORDS.retry;
    button.addEventListener("click", retry);
    this.#show(failure(reason), button);
    this.#status.textContent = failure(reason);
  }

  hide() {
    this.#line.hidden = true;
    this.#line.replaceChildren();
  }

  #show(text, ...more) {
    this.#text.textContent = text;
    this.#line.hidden = false;
    if (this.#line.lastElementChild !== (more[0] ?? this.#text)) {
      this.#line.replaceChildren(this.#text, ...more);
    }
  }
}
