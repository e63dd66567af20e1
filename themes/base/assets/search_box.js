// The search box: loads the index when it is first wanted, suggests while one types, leads to the list.
var CnntBox = (() => {
  "use strict";
  const form = document.querySelector(".search");
  if (!form) return null;

  const { lang } = document.documentElement;
  const { root, index, engine } = form.dataset;
  const input = form.querySelector("input");
  const clear = form.querySelector(".search-clear");
  const status = form.querySelector("[role=status]");
  const badges = form.querySelector("template").content;
  const plural = new Intl.PluralRules(lang);

  /** Speaks the words that stand as JSON in `data-words` of an element, numbers written as the language does. */
  function teller(element) {
    const words = JSON.parse(element.dataset.words);
    return (key, values = {}) => {
      const forms = words[key];
      const form = plural.select(values.n) === "one" ? forms[0] : forms[forms.length - 1];
      return form.replace(/{(\w+)}/g, (_, name) => values[name].toLocaleString(lang));
    };
  }

  const say = teller(form);

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }

  /** An icon of the page's sprite. */
  function icon(name) {
    const made = form.querySelector(".icon").cloneNode(true);
    made.firstElementChild.setAttribute("href", `#i-${name}`);
    return made;
  }

  /** A text with the found words marked. */
  const marked = (text, words) =>
    CnntSearch.marked(text, words).map((part, at) => (at % 2 ? make("mark", "", part) : part));

  const badge = (level) => {
    const found = badges.querySelector(`[data-level="${level}"] > *`);
    return found ? found.cloneNode(true) : "";
  };

  /** What an index tells of a picture; `srcset` takes the ending of a kind of file. */
  const picture = (told) => {
    const [stem, widths, width, height, ...marks] = told.split(" ");
    const file = (size, ending) => `${root}media/${stem}${size}.${ending}`;
    const sizes = widths.split(",");
    const srcset = (ending) => sizes.map((size) => `${file(size, ending)} ${size}w`).join(", ");
    const className = marks.filter((mark) => mark !== "d").join(" ");
    return { src: file(width, "jpg"), srcset, small: file(sizes[0], "webp"), width, height, className };
  };

  // Loading

  const loads = new Map();

  function load(src) {
    if (!loads.has(src)) {
      const added = new Promise((done, fail) => {
        const script = Object.assign(document.createElement("script"), { src, charset: "utf-8", async: false });
        document.head.append(Object.assign(script, { onload: done, onerror: fail }));
      });
      loads.set(src, added);
      added.catch(() => loads.delete(src));
    }
    return loads.get(src);
  }

  let opened;

  /** The catalogue, loaded once; rejects when it can't be loaded, and tries again when asked again. */
  function open() {
    opened =
      opened ||
      Promise.all([engine, index].map(load)).then(() => CnntSearch.open({ lang, src: index, load }));
    opened.catch(() => (opened = null));
    return opened;
  }

  // Suggestions: a combobox with a list

  const list = make("ul", "suggestions");
  const pop = make("div", "suggestions-box", list);
  let chosen = -1;
  let waiting;

  function set(element, attributes) {
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  }

  set(list, { id: "suggestions", role: "listbox", "aria-label": say("search.suggestions") });
  set(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false });
  pop.hidden = true;
  input.parentElement.append(pop);

  function choose(at) {
    const options = [...list.children];
    chosen = options.length ? (at + options.length) % options.length : -1;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    if (chosen < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options[chosen].id);
    options[chosen].scrollIntoView({ block: "nearest" });
  }

  function close() {
    clearTimeout(waiting);
    pop.hidden = true;
    list.replaceChildren();
    input.setAttribute("aria-expanded", "false");
    chosen = -1;
    input.removeAttribute("aria-activedescendant");
  }

  function option(go, ...children) {
    const made = make("li", "", ...children);
    set(made, { id: `suggestion-${list.children.length}`, role: "option", "aria-selected": false });
    list.append(Object.assign(made, { go }));
  }

  const visit = (page) => () => (location.href = root + page);

  function productOption(shop, n, words) {
    const { name, page, lang: spoken, producer, places, told } = shop.product(n);
    const image = make("span", "suggestion-picture");
    if (told.picture) {
      const { small, className } = picture(told.picture);
      image.append(Object.assign(make("img"), { src: small, className, alt: "", width: 44, height: 44 }));
    }
    const title = make("span", "suggestion-name", ...marked(name, words));
    if (spoken !== lang) title.lang = spoken;
    const from = [producer && producer.name, places[0] && places[0].short].filter(Boolean).join(", ");
    const text = make("span", "suggestion-text", title, make("span", "meta", ...marked(from, words)));
    option(visit(page), image, text, told.badge ? badge(told.badge) : "");
  }

  function namedOption(kind, sign, { name, page, count }, words) {
    const [before, after] = say(`search.group_${kind}`, { name: "\n" }).split("\n");
    const text = make("span", "suggestion-text", make("span", "", before, make("b", "", ...marked(name, words)), after));
    option(visit(page), icon(sign), text, make("span", "meta", say("count.products", { n: count })));
  }

  async function suggest() {
    const text = input.value.trim();
    const busy = setTimeout(() => (status.textContent = say("search.loading")), 400);
    let shop, found;
    try {
      shop = await open();
      found = await shop.suggest(text, 6);
      await shop.show(found.products);
    } catch {
      status.textContent = say("search.failed");
      return;
    } finally {
      clearTimeout(busy);
    }
    if (text !== input.value.trim() || document.activeElement !== input) return;
    close();
    found.products.forEach((n) => productOption(shop, n, found.words));
    found.places.forEach((one) => namedOption("place", "pin", one, found.words));
    found.producers.forEach((one) => namedOption("producer", "home", one, found.words));
    const several = list.children.length;
    const total = make("span", "meta", say("count.products", { n: found.total }));
    option(() => search(text), icon("search"), make("span", "suggestion-text", say("search.all_for", { q: text })), total);
    pop.hidden = false;
    input.setAttribute("aria-expanded", "true");
    status.textContent = several ? say("search.suggest_count", { n: several }) : say("search.suggest_none");
  }

  /** Shows the list for a text: on the catalogue page finder.js takes it over. */
  function search(text) {
    close();
    const asked = new CustomEvent("cnnt:search", { detail: text, cancelable: true });
    if (form.dispatchEvent(asked)) location.href = `${form.getAttribute("action")}#q=${encodeURIComponent(text).replace(/%20/g, "+")}`;
  }

  function typed() {
    clear.hidden = !input.value;
    clearTimeout(waiting);
    if (input.value.trim().length < 2) return close();
    waiting = setTimeout(suggest, 120);
  }

  function type(text) {
    input.value = text;
    typed();
  }

  /** What keys do; false leaves a key to the browser. */
  const KEYS = {
    ArrowDown: () => (pop.hidden ? typed() : choose(chosen + 1)),
    ArrowUp: () => !pop.hidden && choose(chosen < 0 ? -1 : chosen - 1),
    Home: () => chosen >= 0 && choose(0),
    End: () => chosen >= 0 && choose(-1),
    Escape: () => (pop.hidden ? type("") : close()),
    Enter: () => chosen >= 0 && list.children[chosen].go(),
  };

  input.addEventListener("keydown", (event) => {
    const act = !event.isComposing && KEYS[event.key];
    if (act && act() !== false) event.preventDefault();
  });
  input.addEventListener("input", typed);
  input.addEventListener("focus", () => void open().catch(() => {}));
  input.addEventListener("blur", close);
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => event.target.closest("li").go());
  clear.addEventListener("click", () => {
    type("");
    input.focus();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    search(input.value.trim());
  });
  if (input.value) typed();

  return { form, input, clear, open, root, teller, make, set, icon, marked, badge, picture };
})();
