// Below an answer: a button that draws who pays how much as the bill grows. The drawing is the calculator's.

import { WORDS } from "./words.js";

export class CurveOffer {
  #kind;
  #box = document.createElement("div");
  #button = document.createElement("button");
  #place = document.createElement("div");
  #turn = 0; // a drawing that comes for an older answer is not shown
  #draw = null;
  #isOpen = false;

  constructor(kind) {
    this.#kind = kind;
    this.#box.className = "curve-offer";
    this.#button.type = "button";
    this.#button.className = "button button--plain no-print";
    this.#button.addEventListener("click", () => this.#press());
    this.#place.className = "curve-place";
    this.#box.append(this.#button, this.#place);
  }

  /** Stand below this answer to this case; open again if the reader had it open. */
  stand(engine, asked, result) {
    this.#turn += 1;
    this.#draw = async () => {
      const { area } = await engine.start();
      const request = { do: "curve", kind: this.#kind, area, case: asked, free: "bill.total", want: ["chart"] };
      return engine.ask(request);
    };
    result.after(this.#box);
    this.#show();
  }

  leave() {
    this.#turn += 1;
    this.#box.remove();
  }

  #press() {
    this.#isOpen = !this.#isOpen;
    this.#show();
  }

  async #show() {
    this.#button.textContent = this.#isOpen ? WORDS.curveAway : WORDS.curve;
    this.#button.setAttribute("aria-expanded", String(this.#isOpen));
    this.#place.hidden = !this.#isOpen;
    if (!this.#isOpen) {
      this.#place.replaceChildren();
      return;
    }
    const turn = this.#turn;
    this.#say(WORDS.drawing);
    try {
      const answer = await this.#draw();
      if (turn !== this.#turn || !this.#isOpen) {
        return;
      }
      if (answer.ok) {
        this.#place.innerHTML = answer.chart;
      } else {
        this.#say(answer.message);
      }
    } catch (error) {
      console.error(error);
      this.#say(WORDS.notDrawn);
    }
  }

  #say(text) {
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.textContent = text;
    this.#place.replaceChildren(words);
  }
}
