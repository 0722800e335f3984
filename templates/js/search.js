// The search box of every page and the search page: shows what rank.js finds, as one types. What is typed stays here:
// it is looked up in files fetched beforehand by fixed names, and goes to the search page behind the `#`, which no
// browser sends. Without this script the box leads to the search page, which says what to do instead.

const FEW = 8;
const MANY = 20;
const KIND_WORDS = {guide: "指南", asked: "常问", heading: "", area: "地区", calc: "算一算", term: "词语", dispute: "说法不一", list: "清单", page: ""};
const BROKEN = "搜索用的文件没有下载完整。请检查网络，再打一个字试试；也可以直接看指南和地区。";

// What was found for a text, better and better as files arrive; one for all boxes of a page.
class Finder {
  constructor(addresses) {
    this.addresses = addresses;
    this.ready = null;
  }

  start() {
    this.ready ??= this.open().catch((error) => {
      this.ready = null; // the next letter tries again, with the files there are then
      throw error;
    });
    return this.ready;
  }

  async open() {
    const {Search} = await import(this.addresses.rank);
    const search = new Search((name) => this.load(name, search?.version));
    await search.start();
    return search;
  }

  async load(name, version) {
    const first = name === "first";
    const address = first ? this.addresses.first : `${this.addresses.files}${name}.${version}.json`;
    const response = await fetch(address, {cache: first ? "no-cache" : "default"});
    if (!response.ok) throw new Error(`${address}: ${response.status}`);
    return response.json();
  }

  async find(text, show) {
    const search = await this.start();
    let answer = search.find(text);
    if (answer.results.length || !answer.wants.length) show(answer);
    for (let turn = 0; answer.wants.length && turn < 12; turn += 1) {
      try {
        await search.take(answer.wants);
      } catch (error) {
        this.ready = null;
        throw error;
      }
      answer = search.find(text);
      if (answer.results.length || !answer.wants.length) show(answer);
    }
  }
}

function addressesOf(form) {
  const {rank, first, files, root} = form.dataset;
  const whole = (address) => new URL(address, document.baseURI).href;
  return {rank: whole(rank), first: whole(first), files: whole(files), root: whole(root), page: whole(form.getAttribute("action"))};
}

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter((child) => child !== ""));
  return made;
}

function words(count, text, instead) {
  if (!count) return `没找到“${text}”。换个说法试试，或者：`;
  return `${instead ? `按“${instead}”找，` : ""}找到 ${count} 条`;
}

function linkOf(hit, root, attributes = {}) {
  const kind = KIND_WORDS[hit.kind] || KIND_WORDS[hit.of];
  const context = hit.context === hit.title ? "" : hit.context;
  return element(
    "a",
    {href: root + hit.address, class: "found", ...attributes},
    element("span", {class: "found-title"}, hit.title),
    element("span", {class: "found-context"}, kind ? element("span", {class: "found-kind"}, kind) : "", context),
  );
}

// Where to go when nothing was found.
function waysOut(root) {
  return [
    {href: `${root}areas/`, title: "看收录的地区", context: "选您的参保地，看那里的数字"},
    {href: `${root}guides/`, title: "看全部指南", context: "按遇到的事分开，一件事一篇"},
    {href: "tel:12393", title: "打 12393 问", context: "医保服务热线，说清参保地和要办的事"},
  ];
}

function wayOut(way, attributes = {}) {
  return element(
    "a",
    {href: way.href, class: "found", ...attributes},
    element("span", {class: "found-title"}, way.title),
    element("span", {class: "found-context"}, way.context),
  );
}

// What both kinds of box share: the latest text wins, and letters still being composed are not looked up.
class Box {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input");
    this.addresses = addressesOf(form);
    this.finder = new Finder(this.addresses);
    this.text = "";
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("focus", () => this.finder.start().catch(() => {}), {once: true});
    this.input.addEventListener("input", (event) => {
      if (!event.isComposing) this.look();
    });
    this.input.addEventListener("compositionend", () => this.look());
    this.input.addEventListener("keydown", (event) => {
      if (!event.isComposing && !event.altKey && !event.ctrlKey && !event.metaKey) this.key(event);
    });
  }

  async look() {
    const text = this.input.value.trim();
    this.text = text;
    if (!text) {
      this.clear();
      return;
    }
    try {
      await this.finder.find(text, (answer) => {
        if (this.text === text) this.show(answer, text);
      });
    } catch (error) {
      console.error(error);
      if (this.text === text) this.tell(BROKEN);
    }
  }
}

// In the header of a page: a combobox whose list opens below it (WAI-ARIA combobox pattern).
class HeaderBox extends Box {
  constructor(form) {
    super(form);
    this.list = element("div", {role: "listbox", id: "search-list", "aria-label": "搜索结果"});
    this.status = element("p", {role: "status", class: "search-status"});
    this.panel = element("div", {class: "search-panel", hidden: ""}, this.status, this.list);
    form.append(this.panel);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-expanded": "false", "aria-controls": "search-list", "aria-autocomplete": "list", "aria-haspopup": "listbox",
    })) this.input.setAttribute(name, value);
    this.active = -1;
    form.addEventListener("focusout", (event) => {
      if (!form.contains(event.relatedTarget)) this.open(false);
    });
    this.input.addEventListener("focus", () => {
      if (this.text && this.list.childElementCount) this.open(true);
    });
    // Without this the box would lose the focus, and with it the list, before the click arrives.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
  }

  show({results, instead}, text) {
    const options = results.length
      ? results.slice(0, FEW).map((hit) => linkOf(hit, this.addresses.root))
      : waysOut(this.addresses.root).map((way) => wayOut(way));
    if (results.length > FEW) {
      const all = element("a", {href: this.pageFor(text), class: "found found--all"}, `全部 ${results.length} 条`);
      options.push(all);
    }
    for (const [n, option] of options.entries()) {
      for (const [name, value] of Object.entries({role: "option", id: `search-option-${n}`, "aria-selected": "false", tabindex: "-1"})) {
        option.setAttribute(name, value);
      }
    }
    this.list.replaceChildren(...options);
    this.choose(-1);
    this.tell(words(results.length, text, instead));
  }

  tell(message) {
    if (this.status.textContent !== message) this.status.textContent = message;
    if (message === BROKEN) this.list.replaceChildren();
    this.open(this.form.contains(document.activeElement));
  }

  clear() {
    this.list.replaceChildren();
    this.status.textContent = "";
    this.open(false);
  }

  open(yes) {
    this.panel.hidden = !yes;
    this.input.setAttribute("aria-expanded", String(yes && this.list.childElementCount > 0));
    if (!yes) this.choose(-1);
  }

  choose(number) {
    this.list.children[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.list.children[number];
    if (!option) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({block: "nearest"});
    this.input.setAttribute("aria-activedescendant", option.id);
  }

  key(event) {
    const count = this.list.childElementCount;
    if (event.key === "Escape" && !this.panel.hidden) {
      event.preventDefault(); // the first one closes the list, the next one empties the box
      this.open(false);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count) {
      event.preventDefault();
      if (this.panel.hidden) this.open(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const from = this.active < 0 && step < 0 ? 0 : this.active;
      this.choose((from + step + count) % count);
    }
  }

  submit() {
    const option = this.list.children[this.active];
    if (option && !this.panel.hidden) option.click();
    else location.assign(this.pageFor(this.input.value.trim()));
    this.open(false);
  }

  pageFor(text) {
    return text ? `${this.addresses.page}#q=${encodeURIComponent(text)}` : this.addresses.page;
  }
}

// On the search page: results are plain links in the page, reached with the arrow keys or Tab.
class PageBox extends Box {
  constructor(form) {
    super(form);
    this.results = document.querySelector("[data-results]");
    this.status = document.querySelector("[data-results-status]");
    for (const fallback of document.querySelectorAll("[data-search-needs-script]")) fallback.hidden = true;
    form.hidden = false;
    this.results.addEventListener("keydown", (event) => this.move(event));
    addEventListener("hashchange", () => this.read());
    this.read();
  }

  read() {
    const asked = new URLSearchParams(location.hash.slice(1)).get("q") ?? "";
    if (asked !== this.text) {
      this.input.value = asked;
      this.look();
    }
  }

  show({results, instead}, text) {
    this.remember(text);
    const few = results.slice(0, MANY).map((hit) => linkOf(hit, this.addresses.root));
    const links = results.length ? few : waysOut(this.addresses.root).map((way) => wayOut(way));
    this.results.replaceChildren(...links.map((link) => element("li", {}, link)));
    if (results.length > MANY) {
      const more = element("button", {type: "button", class: "button button--plain"}, `再看 ${results.length - MANY} 条`);
      more.addEventListener("click", () => {
        const rest = results.slice(MANY).map((hit) => element("li", {}, linkOf(hit, this.addresses.root)));
        more.parentElement.replaceWith(...rest);
        rest[0].firstElementChild.focus();
      });
      this.results.append(element("li", {}, more));
    }
    this.tell(words(results.length, text, instead));
  }

  tell(message) {
    if (this.status.textContent !== message) this.status.textContent = message;
    if (message === BROKEN) this.results.replaceChildren();
  }

  clear() {
    this.remember("");
    this.results.replaceChildren();
    this.status.textContent = "";
  }

  // So that going back from a result shows the results again.
  remember(text) {
    history.replaceState(null, "", text ? `#q=${encodeURIComponent(text)}` : location.pathname);
  }

  key(event) {
    if (event.key === "ArrowDown") {
      const first = this.results.querySelector("a");
      if (first) {
        event.preventDefault();
        first.focus();
      }
    }
  }

  move(event) {
    const links = [...this.results.querySelectorAll("a, button")];
    const at = links.indexOf(document.activeElement);
    const steps = {ArrowDown: 1, ArrowUp: -1};
    if (event.key === "Escape" || (event.key === "ArrowUp" && at === 0)) {
      event.preventDefault();
      this.input.focus();
    } else if (event.key in steps && links[at + steps[event.key]]) {
      event.preventDefault();
      links[at + steps[event.key]].focus();
    }
  }

  submit() {
    this.look();
    const first = this.results.querySelector("a");
    if (first) first.focus();
  }
}

for (const form of document.querySelectorAll("form[data-search]")) {
  if (form.dataset.search === "page") new PageBox(form);
  else new HeaderBox(form);
}
