// The questions of a form: which are asked, what is answered, what is wrong with an answer.
// A question is an element with data-field; data-when names the answers to other questions under which it is asked.

const UNKNOWN = "unknown";

export class Fields {
  #form;

  constructor(form) {
    this.#form = form;
  }

  /** All questions by name, asked or not. */
  #all() {
    return this.#form.querySelectorAll("[data-field]");
  }

  find(name) {
    return this.#form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  }

  #controls(field) {
    return [...field.querySelectorAll("input, select, textarea")].filter((control) => control.name);
  }

  /** The box 「不知道」 beside a question that is answered by typing. */
  #unknownBox(field) {
    return field.querySelector(`input[type="checkbox"][value="${UNKNOWN}"]`);
  }

  /** The answer as text; empty when there is none. */
  answer(field) {
    if (this.#unknownBox(field)?.checked) {
      return UNKNOWN;
    }
    for (const control of this.#controls(field)) {
      if (control.type === "radio" ? control.checked : control.type !== "checkbox") {
        return control.value.trim();
      }
    }
    return "";
  }

  /** Give a question this answer where it can have it; true when it could. */
  fill(field, value) {
    const box = this.#unknownBox(field);
    if (box && value === UNKNOWN) {
      box.checked = true;
      return true;
    }
    for (const control of this.#controls(field)) {
      if (control.type === "radio") {
        if (control.value === value && !control.disabled) {
          control.checked = true;
          return true;
        }
      } else if (control instanceof HTMLSelectElement) {
        const known = [...control.options].some((option) => option.value === value && !option.disabled);
        control.value = known ? value : control.value;
        return known;
      } else if (control.type !== "checkbox") {
        control.value = value;
        return true;
      }
    }
    return false;
  }

  /** Show the questions and choices whose condition holds, hide the others; a condition may hang on another. */
  arrange() {
    const conditional = [...this.#form.querySelectorAll("[data-when]")];
    for (let round = 0; round <= conditional.length; round++) {
      const changed = conditional.filter((element) => this.#show(element, this.#holds(element.dataset.when)));
      if (changed.length === 0) {
        break;
      }
    }
    for (const field of this.#all()) {
      this.#disableWhenUnknown(field);
    }
  }

  #holds(condition) {
    return Object.entries(JSON.parse(condition)).every(([name, values]) => {
      const field = this.find(name);
      return Boolean(field) && this.isAsked(field) && values.map(String).includes(this.answer(field));
    });
  }

  /** True when this changed anything. A choice that disappears is no longer chosen. */
  #show(element, shown) {
    if (element.hidden !== shown) {
      return false;
    }
    element.hidden = !shown;
    if (!element.matches("[data-field]")) {
      for (const choice of element.matches("option") ? [element] : element.querySelectorAll("input")) {
        choice.disabled = !shown;
        if (!shown) {
          choice.checked = false;
          choice.selected = false;
        }
      }
    }
    return true;
  }

  #disableWhenUnknown(field) {
    const box = this.#unknownBox(field);
    for (const control of box ? this.#controls(field) : []) {
      if (control !== box && control.type !== "radio") {
        control.disabled = box.checked;
      }
    }
  }

  isAsked(field) {
    return !field.closest("[data-when][hidden]");
  }

  /** True for a question of this name that is asked and has no answer. */
  isLeftOpen(name) {
    const field = name && this.find(name);
    return Boolean(field) && this.isAsked(field) && this.answer(field) === "";
  }

  /** The answers to the questions that are asked, dotted names as nested objects; what is left empty is left out. */
  asCase() {
    const answers = {};
    for (const field of this.#all()) {
      const value = this.isAsked(field) ? this.answer(field) : "";
      if (value !== "") {
        place(answers, field.dataset.field.split("."), value);
      }
    }
    return answers;
  }

  /** Say beside each question what is wrong with its answer; `problems` is a list of {field, message}. */
  complain(problems) {
    for (const field of this.#all()) {
      const own = problems.find((problem) => this.#nearest(problem.field) === field);
      this.#mark(field, own?.message ?? "");
    }
  }

  #mark(field, message) {
    const slot = field.querySelector(".field-error");
    if (!slot) {
      return;
    }
    slot.textContent = message;
    slot.hidden = message === "";
    if (message) {
      field.closest("details")?.setAttribute("open", "");
    }
    for (const control of this.#controls(field)) {
      const others = (control.getAttribute("aria-describedby") ?? "").split(/\s+/).filter((id) => id && id !== slot.id);
      if (message) {
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", [...others, slot.id].join(" "));
      } else {
        control.removeAttribute("aria-invalid");
        control.setAttribute("aria-describedby", others.join(" "));
        if (others.length === 0) {
          control.removeAttribute("aria-describedby");
        }
      }
    }
  }

  /** The question a problem belongs to: `bill.items[0].total` is said at `bill.items` or `bill` if that is asked. */
  #nearest(name) {
    for (let path = name ?? ""; path; path = path.replace(/[.[][^.[]*$/, "")) {
      const field = this.find(path);
      if (field && this.isAsked(field)) {
        return field;
      }
      if (!/[.[]/.test(path)) {
        break;
      }
    }
    return null;
  }

  /** What a link to this question should lead to: its first control that can be used; null if it is not asked. */
  target(name) {
    const field = this.#nearest(name);
    const controls = field ? this.#controls(field).filter((control) => !control.disabled) : [];
    return controls.find((control) => control.checked) ?? controls[0] ?? null;
  }
}

function place(target, path, value) {
  const [first, ...rest] = path;
  if (rest.length === 0) {
    target[first] = value;
  } else {
    target[first] ??= {};
    place(target[first], rest, value);
  }
}
