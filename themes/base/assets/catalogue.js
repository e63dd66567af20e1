/*
 * The catalogue in the browser: reads what cnnt_site/search writes, asks the engine (search.js), counts facets.
 *
 *   const shop = await CnntSearch.open({ lang: "vi", src: "../data/search/vi.js", load });
 *   const found = await shop.ask({ text: "hu tieu", filters: { level: ["province"] }, sort: "newest" });
 */
(() => {
  "use strict";

  const { Index, NAME, MAKER, OTHER, TEXT, shape, merged, better, fold, slug, tokens } = CnntSearch;

  // Columns: numbers as characters, texts as a count and numbers of words (cnnt_site/search/packing.py)

  function column(text) {
    const numbers = new Uint16Array(text.length);
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      numbers[at] = code - (code < 92 ? 40 : code < 127 ? 41 : 75);
    }
    return numbers;
  }

  function texts(packed, words) {
    const starts = [];
    const numbers = column(packed);
    numbers.forEach((n, at) => n < 12 && starts.push(at));
    starts.push(numbers.length);
    return {
      words: words.split(" "),
      starts,
      count: (n) => numbers[starts[n]],
      own: (n) => numbers.subarray(starts[n] + 1, starts[n + 1]),
    };
  }

  /** What typed phrases also mean (`Synonyms.known_to` packs it), by the letters of the phrase. */
  function meanings(packed) {
    const same = new Map();
    for (const line of packed.split(";").filter(Boolean)) {
      const [found, typed] = line.split("=").map((part) => part.split(","));
      for (const phrase of typed) {
        const phrases = found.filter((other) => other !== phrase);
        same.set(fold(phrase), [...(same.get(fold(phrase)) || []), { shapes: phrase.split(" ").map(shape), phrases }]);
      }
    }
    return same;
  }

  // The catalogue: names first, layers when they are wanted, facets

  class Catalogue {
    constructor(data, folder, load) {
      Object.assign(this, {
        data,
        folder,
        load,
        layers: {},
        waiting: {},
        indices: {},
        missed: [],
        groups: [],
        facets: [],
      });
      this.count = data.count;
      this.names = texts(data.names, data.words);
      this.ignore = new Set(fold(data.ignore).split(" "));
      this.same = meanings(data.same);
      this.blocks = Object.keys(data.layers).filter((name) => name.startsWith("texts"));
      this.take(data);
    }

    /** Loads a layer; resolves with it, or with null when there is none or it can't be loaded. */
    want(name) {
      const file = this.data.layers[name];
      const taken = () => this.take((this.layers[name] = CnntIndex[`${this.data.lang}.${name}`]));
      const failed = () => (this.waiting[name] = null);
      if (file && !this.waiting[name]) this.waiting[name] = this.load(this.folder + file).then(taken, failed);
      return Promise.resolve(this.waiting[name]);
    }

    /** A layer, if it is there; if not, it is noted as missed. */
    have(name) {
      if (this.data.layers[name] && !this.layers[name]) this.missed.push(name);
      return this.layers[name];
    }

    take(layer) {
      if (layer.maker) {
        const firsts = [];
        this.makerOf = Int32Array.from(column(layer.maker), (n, product) =>
          n === 1 ? firsts.push(product) - 1 : n - 2,
        );
        const makers = texts(layer.makers, this.data.words);
        const ending = (n) => (makers.count(n) ? this.nameOf(firsts[n]).split(" ").slice(-makers.count(n)) : []);
        this.makers = firsts.map((_, n) =>
          [...Array.from(makers.own(n), (word) => makers.words[word - 12]), ...ending(n)].join(" "),
        );
        Object.assign(this, { makerPages: layer.makerPages, aliases: layer.aliases });
        for (const index of Object.values(this.indices)) this.putMakers(index);
      }
      if (layer.groups) {
        this.columns = {};
        for (const key in layer.columns) this.columns[key] = column(layer.columns[key]);
        Object.assign(this, { places: layer.places, placesOf: layer.placesOf, orders: layer.orders });
        this.groups = layer.groups.map(({ column: key, facets, sets }) => {
          const [{ key: facet, places }] = facets;
          const group = { column: key, of: this.columns[key], facets, sets };
          if (!places) return group;
          group.sets = layer.placesOf.map((set) => set.map((n) => [places.indexOf(n)]).filter(([at]) => at >= 0));
          group.facets = [{ key: facet, values: places.map((n) => [0, 1, 3].map((part) => layer.places[n][part] || "")) }];
          return group;
        });
        this.facets = this.groups.flatMap((group) => group.facets);
        for (const index of Object.values(this.indices)) this.putFacets(index);
      }
      return layer;
    }

    /** The index of our names (""), of those of another language, or of our names and descriptions ("texts"). */
    index(name) {
      if (this.indices[name]) return this.indices[name];
      const long = name === "texts";
      const index = (this.indices[name] = long ? this.index("").copy() : new Index(this.count));
      if (long) this.blocks.forEach((block, n) => this.putTexts(index, this.layers[block], n));
      if (long) return index;
      const layer = this.layers[name] || {};
      const names = layer.names ? texts(layer.names, layer.words) : this.names;
      const also = layer.also || this.data.also;
      for (const pair of layer.names ? [] : this.data.apart.split(",").filter(Boolean)) {
        const [one, other] = index.read(pair);
        index.apart.set(one, [...(index.apart.get(one) || []), other]);
        index.apart.set(other, [...(index.apart.get(other) || []), one]);
      }
      const ids = names.words.map((word) => index.read(word));
      const ends = [0];
      const now = [];
      for (let product = 0; product < this.count; product++) {
        ends.length = names.count(product) + 1;
        now.length = ends[ends.length - 1];
        for (const word of names.own(product)) {
          for (const id of ids[word - 12]) now.push(id);
          ends.push(now.length);
        }
        index.put(now, product, NAME);
        if (also[product]) index.put(index.read(also[product]), product, OTHER, 5);
      }
      this.putMakers(index);
      if (this.places) this.putFacets(index);
      return index;
    }

    /** Brings the words of a block of descriptions into an index; the block is done with then. */
    putTexts(index, layer, block) {
      const words = layer.textWords.split(" ");
      const ids = words.map((word) => (index.ids.has(word) ? index.ids.get(word) : index.read(word)[0]));
      const before = this.data.textStarts[block] - 1;
      let word = -1;
      let list;
      let product;
      for (const step of column(layer.textRows)) {
        if (step) list.push((product += step) * 32 + TEXT);
        else [list = [], product] = [index.lists[ids[++word]], before];
      }
      layer.textWords = layer.textRows = "";
    }

    putMakers(index) {
      const ids = (this.makers || []).map((name, n) => index.read(`${name} ${this.aliases[n] || ""}`));
      const often = new Map();
      for (const id of ids.flatMap((own) => [...new Set(own)])) often.set(id, (often.get(id) || 0) + 1);
      for (const [id, many] of often) if (many > 4 && many * 12 > ids.length) index.common.add(id);
      if (ids.length) this.makerOf.forEach((maker, product) => maker >= 0 && index.put(ids[maker], product, MAKER));
    }

    putFacets(index) {
      const read = (all) => all.flatMap((text) => index.read(text));
      const places = this.placesOf.map((set) => read(set.map((n) => this.places[n][4] || this.places[n][1])));
      this.columns.places.forEach((set, product) => index.put(places[set], product, OTHER));
      for (const { of, facets, sets } of this.groups) {
        const named = (choice) => choice.map((v, at) => (facets[at].searched && v >= 0 ? facets[at].values[v][1] : ""));
        const labels = sets.map((set) => read(set.flatMap(named)));
        const telling = labels.map((ids) => ids.filter((id) => !this.ignore.has(index.shapes[id].key)));
        of.forEach((set, product) => index.put(telling[set], product, OTHER, 5));
      }
    }

    /** Where a product comes by place: the number of its first place, or after all. */
    placeOrder(product) {
      const [first = this.places.length] = this.places ? this.placesOf[this.columns.places[product]] : [];
      return first;
    }

    nameOf(product) {
      let words = [];
      for (let at = product, need = Infinity; need > 0; at--) {
        const same = this.names.count(at);
        if (same >= need) continue;
        words = [...this.names.own(at).subarray(0, need - same), ...words];
        need = same;
      }
      return words.map((word) => this.names.words[word - 12]).join(" ");
    }

    linked(name, n, { before, after, other }) {
      const middle = other[n] === undefined ? slug(name) : other[n];
      return { name, page: middle[0] === "/" ? middle.slice(1) : before + middle + after };
    }

    maker(n) {
      return this.linked(this.makers[n], n, this.makerPages);
    }

    place(n) {
      const [id, name, page = "", , short] = this.places[n];
      return { id, name, page, short: short || name };
    }

    /** What cards show beside names: the layer "shown", in blocks when the catalogue is large. */
    shown(n) {
      const block = Math.floor(n / this.data.block);
      const layer = this.layers[`shown${block}`] || {};
      const told = {};
      for (const key in layer) {
        layer[key].numbers = layer[key].numbers || column(layer[key].of);
        told[key] = layer[key].texts[layer[key].numbers[n - block * this.data.block]];
      }
      return told;
    }

    /** Loads what `shown` needs for these products. */
    async show(products) {
      const blocks = new Set(Array.from(products, (n) => `shown${Math.floor(n / this.data.block)}`));
      await Promise.all(Array.from(blocks, (name) => this.want(name)));
    }

    /** What lists show of a product. */
    product(n) {
      const shown = this.linked(this.nameOf(n), n, this.data.pages);
      shown.lang = this.data.borrowed[n] || this.data.lang;
      shown.producer = this.makers && this.makerOf[n] >= 0 ? this.maker(this.makerOf[n]) : null;
      shown.places = this.places ? this.placesOf[this.columns.places[n]].map((place) => this.place(place)) : [];
      shown.told = this.shown(n);
      return shown;
    }

    /**
     * The products that meet the chosen values, and how many each value would leave with the other facets as they
     * are: one pass, in which a product that fails in one place only counts for the choices of that place.
     */
    narrow(products, filters) {
      const counts = {};
      const groups = this.groups.map(({ of, facets, sets }) => {
        const chosen = facets.map(({ key, values }) => {
          counts[key] = Object.fromEntries(values.map(([id]) => [id, 0]));
          const numbers = values.map((_, n) => n).filter((n) => (filters[key] || []).includes(values[n][0]));
          return numbers.length && new Set(numbers);
        });
        const free = !chosen.some(Boolean);
        const states = sets.map((set) => {
          const state = { passes: free, gives: facets.map(() => new Set()), tally: 0 };
          for (const choice of set) {
            const failed = chosen.map((numbers, at) => (numbers && !numbers.has(choice[at]) ? 1 : 0));
            const many = failed.reduce((sum, one) => sum + one, 0);
            state.passes = state.passes || !many;
            choice.forEach((v, at) => v >= 0 && many === failed[at] && state.gives[at].add(v));
          }
          return state;
        });
        return { of, facets, states };
      });
      const kept = [];
      for (const product of products) {
        let failed = 0;
        let state;
        for (const group of groups) {
          const own = group.states[group.of[product]];
          if (!own.passes) state = own;
          if (!own.passes) failed++;
        }
        if (failed === 1) state.tally++;
        if (failed) continue;
        for (const group of groups) group.states[group.of[product]].tally++;
        kept.push(product);
      }
      for (const { facets, states } of groups) {
        for (const { gives, tally } of states) {
          gives.forEach((values, at) =>
            values.forEach((v) => (counts[facets[at].key][facets[at].values[v][0]] += tally)),
          );
        }
      }
      return { products: kept, counts };
    }

    /** Products one of whose codes or certificate numbers is what was typed, or begins so, whatever the signs between. */
    coded(text) {
      const key = fold(text).replace(/[^a-z0-9]/g, "");
      const layer = key.length > 2 && /\d|^[^aeiou]{4}$/.test(key) && this.have("codes");
      if (!layer) return [];
      const ends = (code) =>
        slug(code)
          .split("-")
          .map((_, at, parts) => parts.slice(at).join(""));
      this.codes = this.codes || layer.codes.split("\n").map((line) => line.split("\t").map(ends));
      const score = (code) =>
        code[0] === key ? 3 : code.some((end, at) => end.startsWith(key) && (!at || key.length > 5)) ? 2 : 0;
      return this.codes
        .map((codes, product) => ({ product, score: Math.max(...codes.map(score)), fields: 0 }))
        .filter((one) => one.score);
    }

    /**
     * The answer to a text: of our own names, or better of another language's (asked when ours fail, and in a
     * translation when they aren't what was found), and codes before all; null for no text.
     */
    answer(text, long) {
      const whole = long && this.blocks.filter((block) => this.have(block)).length === this.blocks.length;
      let best = this.index(whole ? "texts" : "").answer(text, this.same, this.ignore);
      if (!best) return null;
      const elsewhere = this.data.translated && !best.products.some((one) => one.fields & 1);
      for (const lang of best.near || best.cover < 0.75 || elsewhere ? this.data.others : []) {
        if (this.have(lang))
          best = better(best, this.index(lang).answer(text, meanings(this.layers[lang].same), this.ignore));
      }
      const coded = this.coded(text);
      return coded.length ? merged({ ...best, products: coded, cover: 1 }, best.full ? best : { products: [] }) : best;
    }

    /** How an answer read the text, when it isn't what was typed ("Ý bạn là …"), else "". */
    reading({ index, terms, products }, text) {
      const { product } = products.reduce((one, other) => (other.score > one.score ? other : one), { score: 0 });
      const said = terms.map((term) => {
        let best = { weight: 0, text: term.text };
        for (const alt of term.alts) {
          const { id, list = index.lists[id] } = alt;
          if (alt.weight > best.weight && list.some((entry) => entry >>> 5 === product)) best = alt;
        }
        return best.text || index.shapes[best.id].text;
      });
      return fold(said.join(" ")).startsWith(fold(tokens(text).join(" "))) ? "" : said.join(" ");
    }

    /**
     * Everything a list needs for a text, chosen values ({ level: ["province"] }) and an order ("match", "newest",
     * "level", "name", "place"), from the layers that are here; `missed` names those that would tell more. `fields` has a bit
     * for a product all of whose terms stand in its name (1), its maker (2), its places (4).
     */
    find({ text = "", filters = {}, sort = "", long = false }) {
      this.missed = ["producers", "facets"].filter((name) => !this.have(name) && this.data.layers[name]);
      const answer = this.answer(text, long);
      const order = sort || (answer ? "match" : "newest");
      const standing = (product) => (this.orders ? this.orders[this.columns.certificates[product]] : [0, 0]);
      const worth = new Float64Array(this.count);
      const fields = new Uint8Array(this.count);
      const products = answer ? new Uint32Array(answer.products.length) : Uint32Array.from(worth, (_, n) => n);
      const words = new Set();
      for (const [at, one] of answer ? answer.products.entries() : []) {
        products[at] = one.product;
        fields[one.product] = one.fields;
        worth[one.product] = one.score;
      }
      if (order !== "match") {
        const [first, second, place] = { newest: [1, 0, 0], level: [1e-4, 1, 0], place: [0, 0, 1] }[order] || [0, 0, 0];
        for (const n of products) worth[n] = standing(n)[0] * first + standing(n)[1] * second - place * this.placeOrder(n);
      }
      products.sort((a, b) => worth[b] - worth[a] || a - b);
      for (const { alts } of answer ? answer.terms : []) {
        for (const { id, text: phrase = answer.index.shapes[id].text } of alts) {
          for (const word of phrase.split(" ")) words.add(word);
        }
      }
      const reading = answer ? this.reading(answer, text) : "";
      return { ...this.narrow(products, filters), total: products.length, fields, words, reading, missed: this.missed };
    }

    /** `find`, after loading the layers it missed. */
    async ask(query) {
      const found = this.find(query);
      const loaded = await Promise.all(found.missed.map((name) => this.want(name)));
      return loaded.some(Boolean) ? this.ask(query) : found;
    }

    /** How many products each place has. */
    get placeCounts() {
      if (this.many) return this.many;
      this.many = new Uint32Array(this.places.length);
      for (const set of this.columns.places) this.placesOf[set].forEach((n) => this.many[n]++);
      return this.many;
    }

    /** The producers of what a text found, the most frequent first, and the places whose names it begins. */
    named(found, text) {
      const typed = tokens(text)
        .map(fold)
        .filter((key) => !this.ignore.has(key));
      const means = (n) => {
        const words = tokens(`${this.places[n][1]} ${this.places[n][4] || ""}`).map(fold);
        return typed.length && typed.every((key) => words.some((word) => word.startsWith(key)));
      };
      const producers = new Map();
      for (const product of found.products) {
        const maker = this.makerOf[product];
        if (found.fields[product] & 2) producers.set(maker, (producers.get(maker) || 0) + 1);
      }
      const places = this.places ? this.places.flatMap((_, n) => (means(n) ? [[n, this.placeCounts[n]]] : [])) : [];
      const listed = (counts, told) =>
        [...counts].sort(([a, many], [b, few]) => few - many || a - b).map(([n, count]) => ({ ...told(n), count }));
      return { producers: listed(producers, (n) => this.maker(n)), places: listed(places, (n) => this.place(n)) };
    }

    /** The first products, producers and places for what is being typed. */
    async suggest(text, most) {
      const found = await this.ask({ text });
      const { producers, places } = this.named(found, text);
      const products = found.products.slice(0, most);
      return { ...found, products, producers: producers.slice(0, 2), places: places.slice(0, 2) };
    }
  }

  /** The catalogue of a language. `load` adds a script to the page and tells when it has run. */
  CnntSearch.open = async function open({ lang, src, load }) {
    await load(src);
    return new Catalogue(CnntIndex[lang], src.slice(0, src.lastIndexOf("/") + 1), load);
  };
})();
