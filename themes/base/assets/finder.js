// The catalogue page: filters, order and text stand in the address after #; every change of it draws the list anew.
(() => {
  "use strict";
  if (!CnntBox) return;

  const { form, input, clear, open, root, teller, make, set, icon, marked, badge, picture } = CnntBox;
  const { lang } = document.documentElement;
  const find = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  const facetBox = find(".facets");
  const say = teller(facetBox);
  const words = JSON.parse(facetBox.dataset.address);
  const total = Number(facetBox.dataset.total);
  const size = Number(facetBox.dataset.size);
  const parts = find("#finder-parts").content;
  const readyMade = find(".ready-made");
  const foundBox = find(".found");
  const result = find(".result");
  const clearAll = find("button", result);
  const chips = find(".chips");
  const status = find(":scope > [role=status]", readyMade.parentElement);
  const filterButton = find(".tools-filter");
  const order = find(".tools select");
  const sheet = find(".sheet");
  const apply = find(".sheet-apply");
  const ready = { result: result.firstElementChild.textContent, title: document.title };
  const isFirst = facetBox.dataset.first !== undefined;
  const first = form.getAttribute("action");
  const SHOWN = 4;

  // The panel: lists of links become groups of boxes

  const facets = all("[data-facet]").map((section) => {
    const choices = all("[data-value]", section).map((item) => {
      const label = find("a, span:not(.count)", item);
      return { id: item.dataset.value, words: item.dataset.words.split(" "), item, label, count: find(".count", item) };
    });
    return { key: section.dataset.facet, words: section.dataset.words.split(" "), section, choices };
  });

  function boxes({ key, section, choices }) {
    for (const choice of choices) {
      const box = Object.assign(make("input"), { type: "checkbox", value: choice.id });
      const text = make("span", "choice-text", ...choice.label.childNodes);
      choice.box = box;
      choice.label.remove();
      choice.item.append(make("label", "choice", box, ...all("svg", choice.item), text, choice.count));
      box.addEventListener("change", () => {
        const chosen = choices.filter((one) => one.box.checked).map((one) => one.id);
        go({ filters: { ...now.filters, [key]: chosen } });
      });
    }
    if (choices.length < SHOWN + 3) return;
    const more = make("button", "text-button");
    const fold = (folded) => {
      choices.forEach((one, at) => (one.item.hidden = folded && at >= SHOWN && !one.box.checked));
      more.textContent = folded ? say("filter.more", { n: choices.length - SHOWN }) : say("filter.fewer");
      set(more, { type: "button", "aria-expanded": !folded });
    };
    more.addEventListener("click", () => fold(more.getAttribute("aria-expanded") === "true"));
    fold(true);
    section.append(more);
  }

  /** The years are chosen from one to another. */
  function range({ key, section, choices }) {
    const from = make("select");
    const to = make("select");
    const years = choices.map((one) => one.id);
    for (const select of [from, to]) {
      select.append(Object.assign(make("option", "", say("filter.any_year")), { value: "" }));
      for (const one of choices) select.append(Object.assign(make("option"), { value: one.id }));
      select.addEventListener("change", () => {
        const [least, most] = [from.value || "0", to.value || "9999"].sort();
        const chosen = from.value || to.value ? years.filter((year) => year >= least && year <= most) : [];
        go({ filters: { ...now.filters, [key]: chosen } });
      });
    }
    const labels = [["filter.year_from", from], ["filter.year_to", to]];
    find("ul", section).replaceWith(make("div", "years-range", ...labels.map(([word, select]) => make("label", "", make("span", "", say(word)), select))));
    return (chosen) => {
      from.value = chosen.length ? chosen.reduce((a, b) => (a < b ? a : b)) : "";
      to.value = chosen.length ? chosen.reduce((a, b) => (a > b ? a : b)) : "";
    };
  }

  /** The facets that are still lists of links. */
  const plain = [...facets];

  function prepare() {
    const facet = plain.shift();
    facet.section.hidden = false;
    facet.choices.forEach((one) => {
      one.item.hidden = false;
      one.all = one.count.textContent;
    });
    set(facet.section, { role: "group" });
    facet.show = facet.key === "year" ? range(facet) : boxes(facet);
  }

  /** Where the panel is out of sight and nothing is asked of it, one facet whenever the phone has nothing to do. */
  function prepareIdly() {
    if (!plain.length) return;
    prepare();
    later(plain.length ? prepareIdly : settle);
  }

  function settle() {
    changed();
    later(() => readyMade.classList.add("resting"));
  }

  const later = window.requestIdleCallback || ((work) => setTimeout(work, 100));

  const phone = matchMedia("(max-width: 899px)");
  const panel = find(".panel");
  const place = () => (phone.matches ? find(".sheet-body") : panel).append(facetBox);
  place();
  phone.addEventListener("change", () => (sheet.close(), place()));
  find(".panel-link").hidden = true;

  // The address: words of this language are written, those of every language and the ids are read

  const EMPTY = { text: "", filters: {}, sort: "", page: 1, long: false, unknown: false };

  function read() {
    const state = { ...EMPTY, filters: {} };
    if (!location.hash.includes("=")) return state;
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) {
      const facet = facets.find((one) => one.words.includes(name));
      if (facet) {
        const chosen = value.split(",").flatMap((word) => meant(facet, word));
        if (chosen.includes(undefined)) state.unknown = true;
        state.filters[facet.key] = [...new Set(chosen)].filter(Boolean);
      } else if (name === "q") state.text = value.trim();
      else if (words.sort.includes(name)) {
        state.sort = (all("option", order).find((one) => one.dataset.words.split(" ").includes(value)) || {}).value || "";
        if (!state.sort) state.unknown = true;
      } else if (words.page.includes(name)) state.page = Math.max(1, Math.floor(Number(value)) || 1);
      else if (words.text.includes(name)) state.long = value !== "0";
      else state.unknown = true;
    }
    return state;
  }

  /** The ids that a word of the address means: one, those of a range of years, or undefined. */
  function meant({ key, choices }, word) {
    const [, from, to] = (key === "year" && word.match(/^(\d{4})-(\d{4})$/)) || [];
    const within = from && choices.filter(({ id }) => id >= from && id <= to);
    const found = within || choices.filter((one) => one.words.includes(word)).slice(0, 1);
    return found.length ? found.map((one) => one.id) : [undefined];
  }

  function written({ text, filters, sort, page, long }) {
    const told = [];
    const add = (name, value) => told.push(`${name}=${encodeURIComponent(value).replace(/%20/g, "+").replace(/%2F/g, "/").replace(/%2C/g, ",")}`);
    if (text) add("q", text);
    for (const { key, words: names, choices } of facets) {
      const chosen = choices.filter((one) => (filters[key] || []).includes(one.id));
      if (key === "year" && chosen.length > 1) add(names[0], `${chosen[chosen.length - 1].id}-${chosen[0].id}`);
      else if (chosen.length) add(names[0], chosen.map((one) => one.words[0]).join(","));
    }
    if (long) add(words.text[0], 1);
    if (sort && sort !== (text ? "match" : "newest")) add(words.sort[0], find(`[value="${sort}"]`, order).dataset.words.split(" ")[0]);
    if (page > 1) add(words.page[0], page);
    return `#${told.join("&")}`;
  }

  /** Changes the address; the browser then tells us that it changed. */
  function go(change) {
    const hash = written({ ...now, page: 1, ...change });
    if (!isFirst) location.href = first + hash;
    else if (hash !== "#") location.hash = hash;
    else if (location.hash) {
      history.pushState(null, "", location.href.replace(/#.*/, ""));
      changed(true);
    }
  }

  // Drawing

  let now = EMPTY;
  let latest = 0;
  let announcing;

  const chosenOf = ({ key, choices }, state) => choices.filter((one) => (state.filters[key] || []).includes(one.id));
  const labelOf = (choice) => find(".choice-text", choice.item).textContent;

  /** What narrows the list, each with its label and what the state is without it. */
  function conditions(state) {
    const found = [];
    if (state.text) found.push({ label: `“${state.text}”`, without: { text: "", long: false } });
    for (const facet of facets) {
      const chosen = chosenOf(facet, state);
      const without = (kept) => ({ filters: { ...state.filters, [facet.key]: kept } });
      if (facet.key === "year" && chosen.length)
        found.push({ label: [...new Set([chosen[chosen.length - 1].id, chosen[0].id])].join("–"), without: without([]) });
      else
        for (const one of chosen)
          found.push({ label: labelOf(one), without: without(chosen.filter((other) => other !== one).map((other) => other.id)) });
    }
    return found;
  }

  function chip({ label, without }, tail = "") {
    const button = make("button", "chip", make("span", "", label), icon("revoked"), tail);
    set(button, { type: "button", "aria-label": `${say("filter.remove", { name: label })} ${tail}`.trim() });
    button.addEventListener("click", () => {
      go(without);
      result.focus({ preventScroll: true });
    });
    return make("li", "", button);
  }

  function drawControls(state) {
    const narrowed = conditions(state);
    const filters = narrowed.length - (state.text ? 1 : 0);
    if (document.activeElement !== input || state.text !== now.text) input.value = state.text;
    clear.hidden = !input.value;
    find("[value=match]", order).hidden = !state.text;
    order.value = state.sort || (state.text ? "match" : "newest");
    for (const facet of facets) {
      const chosen = state.filters[facet.key] || [];
      if (facet.show) facet.show(chosen);
      else facet.choices.forEach((one) => ((one.box.checked = chosen.includes(one.id)), (one.item.hidden = one.item.hidden && !one.box.checked)));
    }
    chips.replaceChildren(...narrowed.map((one) => chip(one)));
    chips.hidden = clearAll.hidden = !narrowed.length;
    const count = find(".tools-count");
    count.textContent = filters;
    count.hidden = !filters;
    if (filters) set(filterButton, { "aria-label": say("filter.button_n", { n: filters }) });
    else filterButton.removeAttribute("aria-label");
    all(".languages a").forEach((link) => (link.hash = location.hash));
  }

  function drawCounts(counts) {
    for (const { key, choices } of facets) {
      const selects = all("select", find(`[data-facet="${key}"]`));
      for (const [at, one] of choices.entries()) {
        const n = counts ? counts[key][one.id] : Number(one.all.replace(/\D/g, ""));
        selects.forEach((select) => (select.options[at + 1].textContent = `${one.id} (${n.toLocaleString(lang)})`));
        one.item.classList.toggle("choice-none", !n);
        one.count.replaceChildren(n.toLocaleString(lang), ...(n ? [] : [make("span", "hidden", ` ${say("filter.none_here")}`)]));
      }
    }
  }

  const tell = (text) => (result.firstElementChild.textContent = text);

  function drawReadyMade(state) {
    drawCounts(null);
    tell(ready.result);
    apply.textContent = say("filter.apply", { n: total });
    document.title = ready.title;
    foundBox.replaceChildren(...(state.unknown ? [notice(say("filter.unknown"))] : []));
    foundBox.hidden = !state.unknown;
    readyMade.hidden = false;
  }

  const notice = (text) => make("p", "notice", icon("info"), make("span", "", text));

  const compounds = say("text.compounds").split("|").sort((a, b) => b.length - a.length).join("|");
  const compound = new RegExp(`(^|[^\\p{L}\\p{N}])(${compounds})(?![\\p{L}\\p{N}])`, "giu");

  /** As on the ready-made cards: no line ends inside of a compound or a measure, none begins with a dash. */
  function whole(text) {
    const joined = text.replace(compound, (_, before, found) => before + found.replace(/ /g, "\u00a0"));
    return joined.replace(/(\d) (?=\p{L}{1,4}(?![\p{L}\p{N}])|[%°×])|([\p{L}\p{N}]) (?=[-–] )/gu, "$1$2\u00a0");
  }

  function card(shop, n, found) {
    const { name, page, lang: spoken, producer, places, told } = shop.product(n);
    const made = find(".card", parts).cloneNode(true);
    const link = make("a", "", ...marked(whole(name), found));
    link.href = root + page;
    if (spoken !== lang) link.lang = spoken;
    find(".card-name", made).append(link);
    if (told.badge) find(".card-text", made).prepend(badge(told.badge));
    const lines = {
      ".card-producer": producer ? marked(whole(producer.name), found) : [],
      ".card-place": [[places[0] && places[0].short, told.year].filter(Boolean).join("\u00a0· ")],
    };
    for (const [line, text] of Object.entries(lines)) {
      const element = find(line, made);
      if (text.join("")) element.append(...text);
      else element.remove();
    }
    made.dataset.product = told.code;
    if (told.picture) {
      const { src, srcset, width, height, className } = picture(told.picture);
      Object.assign(find("img", made), { src, width, height, className });
      for (const source of all("source", made)) source.srcset = srcset(source.type.replace("image/", ""));
      find(".no-picture", made).remove();
    } else {
      const own = find(".badge svg", made);
      const sign = find(".no-picture svg", made);
      if (own) sign.replaceWith(set(own.cloneNode(true), { width: 56, height: 56 }));
      else sign.remove();
      find("picture", made).remove();
    }
    for (const line of all("[data-state]", made)) {
      const said = find("span > span", line);
      if (line.dataset.state !== told.state) line.remove();
      else said.textContent = said.textContent.replace("{date}", told.until || "");
    }
    return made;
  }

  function pager(state, pages) {
    if (pages < 2) return [];
    const item = (page, text, name) => {
      const link = make(page === state.page && !name ? "span" : "a", "", text);
      if (link.href !== undefined) link.href = written({ ...state, page });
      set(link, page === state.page && !name ? { "aria-current": "page" } : { "aria-label": name || say("page.n", { n: page }) });
      return make("li", "", link);
    };
    const numbers = [...new Set([1, state.page - 1, state.page, state.page + 1, pages])].filter((page) => page > 0 && page <= pages);
    const items = numbers.flatMap((page, at) => [
      ...(at && page - numbers[at - 1] > 1 ? [make("li", "", make("span", "pager-gap", "…"))] : []),
      item(page, page.toLocaleString(lang)),
    ]);
    if (state.page > 1) items.unshift(item(state.page - 1, say("page.prev"), say("page.prev")));
    if (state.page < pages) items.push(item(state.page + 1, say("page.next"), say("page.next")));
    const nav = make("nav", "pager", make("ul", "", ...items));
    set(nav, { "aria-label": say("page.label") });
    return [nav];
  }

  /** Producers and places that the text names. */
  function named(kind, found) {
    if (!found.length) return [];
    const items = found.slice(0, 6).map(({ name, page, count }) => {
      const link = Object.assign(make("a", "", name), { href: root + page });
      return make("li", "", link, " ", make("span", "count", count.toLocaleString(lang)));
    });
    return [make("section", "found-named", make("h2", "", say(`search.${kind}`)), make("ul", "links-row", ...items))];
  }

  /** “Ý bạn là …”: the reading that found something, as a link to it. */
  function reading(state, { reading: read }) {
    if (!read) return [];
    const [before, after] = say("search.meant", { q: "\n" }).split("\n");
    const link = Object.assign(make("a", "", make("b", "", read)), { href: written({ ...state, text: read, page: 1 }) });
    return [make("p", "meant", before, link, after)];
  }

  function longOffer(state) {
    if (!state.text) return [];
    const box = Object.assign(make("input"), { type: "checkbox", checked: state.long });
    box.addEventListener("change", () => go({ long: box.checked }));
    return [make("label", "choice found-long", box, make("span", "choice-text", say("search.texts")))];
  }

  function empty(state, shop) {
    const made = find(".empty", parts).cloneNode(true);
    const narrowed = conditions(state);
    const only = state.text && narrowed.length === 1;
    find("h2", made).textContent = only ? say("search.none", { q: state.text }) : say("empty.title");
    find("p", made).textContent = say(only ? "search.hint" : "empty.text");
    find(".chips", made).append(
      ...narrowed.flatMap((one) => {
        const n = shop.find({ ...state, ...one.without }).products.length;
        return n ? [chip(one, say("empty.would_give", { n }))] : [];
      }),
    );
    return made;
  }

  async function draw(state, loud) {
    const run = ++latest;
    const busy = setTimeout(() => tell(CnntBox.teller(form)("search.loading")), 300);
    try {
      const shop = await open();
      const found = await shop.ask(state);
      const pages = Math.max(1, Math.ceil(found.products.length / size));
      const page = Math.min(state.page, pages);
      const shown = found.products.slice((page - 1) * size, page * size);
      await shop.show(shown);
      if (run !== latest) return;
      const n = found.products.length;
      const cards = make("ul", "cards", ...Array.from(shown, (product) => card(shop, product, found.words)));
      all(".card", cards).forEach(CnntSite.saveButton);
      CnntSite.shortlist.tell();
      const { producers, places } = state.text && page === 1 ? shop.named(found, state.text) : { producers: [], places: [] };
      const drawn = Array.from(shown).some((product) => (shop.product(product).told.picture || "").endsWith(" d"));
      tell(say("result.count", { n, total: shop.count }));
      apply.textContent = say("filter.apply", { n });
      document.title = state.text ? `${say("search.title", { q: state.text })} · ${ready.title}` : ready.title;
      drawCounts(found.counts);
      foundBox.replaceChildren(
        ...(state.unknown ? [notice(say("filter.unknown"))] : []),
        ...reading(state, found),
        ...named("places", places),
        ...named("producers", producers),
        ...longOffer(state),
        ...(n ? [cards] : [empty(state, shop)]),
        ...(drawn ? [make("p", "note", say("result.picture_note"))] : []),
        ...pager({ ...state, page }, pages),
      );
      foundBox.hidden = false;
      readyMade.hidden = true;
      clearTimeout(announcing);
      if (loud) announcing = setTimeout(() => (status.textContent = say("result.updated", { n })), 400);
    } catch (error) {
      if (run === latest) failed(error);
    } finally {
      clearTimeout(busy);
    }
  }

  function failed(error) {
    if (!(error instanceof Event)) throw error;
    drawReadyMade(EMPTY);
    foundBox.replaceChildren(notice(CnntBox.teller(form)("search.failed")));
    foundBox.hidden = false;
  }

  function changed(loud) {
    while (plain.length) prepare();
    const state = read();
    const turned = now.page !== state.page;
    drawControls(state);
    now = state;
    if (written(state) === "#" && !state.long) {
      latest++;
      drawReadyMade(state);
    } else draw(state, loud);
    if (loud && turned) result.scrollIntoView();
  }

  // What visitors do

  form.addEventListener("cnnt:search", (event) => {
    event.preventDefault();
    go({ text: event.detail, sort: "" });
    input.blur();
  });
  order.addEventListener("change", () => go({ sort: order.value }));
  for (const button of [clearAll, find(".sheet-clear")])
    button.addEventListener("click", () => {
      go({ text: "", filters: {}, long: false, sort: "" });
      if (button === clearAll) result.focus();
    });
  function openSheet() {
    if (plain.length) changed();
    sheet.showModal();
  }
  // A weak phone shows first that the button was pressed, then lays the sheet out.
  filterButton.addEventListener("click", () => requestAnimationFrame(() => setTimeout(openSheet)));
  for (const button of [find(".sheet-close"), apply]) button.addEventListener("click", () => sheet.close());
  sheet.addEventListener("click", (event) => event.target === sheet && sheet.close());
  facetBox.addEventListener("focusin", () => void open().catch(() => {}), { once: true });
  addEventListener("popstate", () => changed(true));

  const asked = new URLSearchParams(location.search).get("q");
  if (asked) location.replace(`${location.pathname}${written({ ...EMPTY, text: asked })}`);
  else if (!isFirst && location.hash.includes("=")) location.replace(first + location.hash);
  else if (phone.matches && !location.hash.includes("=")) later(prepareIdly);
  else changed();
})();
