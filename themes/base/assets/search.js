/*
 * Search that knows how Vietnamese is typed: marks left out or wrong, two tone styles, Telex and VNI leftovers, glued
 * syllables, regional words, slips. Reads the index that cnnt_site/search writes.
 *
 *   CnntSearch.open({ src: "data/search/vi.….js" }).then((shop) => shop.find({ text, filters, sort }))
 */
var CnntSearch = (() => {
  "use strict";

  // ---- Vietnamese text: as cnnt_site/vietnamese.py, over tests/cases/vietnamese.json ----

  const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
  const nfc = (text) => text.normalize("NFC").replace(/[ÐƉ]/g, "Đ").replace(/[ðɖ]/g, "đ");
  const fold = (text) => text.replace(/[ĐÐƉđðɖƌ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const slug = (text) => fold(text).replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const oneToneStyle = (text) => nfc(text).replace(/\p{L}+/gu, (word) => {
    const spelled = word.normalize("NFD");
    const at = spelled.length - 1;
    const bare = spelled.slice(0, at);
    if (!TONE.test(spelled[at]) || TONE.test(bare) || !/(^|[^q])(oa|oe|uy)$/i.test(bare)) return word;
    return (spelled.slice(0, at - 1) + spelled[at] + spelled[at - 1]).normalize("NFC");
  });
  const TOKEN = /[\p{L}\p{N}]+/gu;
  const tokens = (text) =>
    (nfc(text).toLowerCase().replace(/([\p{L}\p{N}])['’](?=[\p{L}\p{N}])/gu, "$1").match(TOKEN) || []).map(oneToneStyle);

  /** A token with what is compared: letters, tone, marks of vowels, strokes of đ. */
  function shape(text) {
    const spelled = text.normalize("NFD");
    const tone = (spelled.match(TONE) || [""])[0];
    const marks = (spelled.match(/[\u0302\u0306\u031b]/g) || []).join("");
    return { text, key: fold(text), tone, marks, stroke: (text.match(/đ/g) || []).length };
  }

  /** How well what was typed agrees with a syllable of the same letters: 1 the same, .94 nothing typed, less if wrong. */
  function agreement(typed, known) {
    const same = typed.tone === known.tone && typed.marks === known.marks && typed.stroke === known.stroke;
    if (same) return 1;
    if (!typed.tone && !typed.marks && !typed.stroke) return 0.94;
    let loss = 0;
    if (typed.tone !== known.tone) {
      const alike = /[\u0303\u0309]/.test(typed.tone) && /[\u0303\u0309]/.test(known.tone);
      loss += !typed.tone ? 0.06 : alike ? 0.16 : 0.24;
    }
    if (typed.marks !== known.marks) loss += typed.marks ? 0.24 : 0.05;
    if (typed.stroke !== known.stroke) loss += known.stroke > typed.stroke ? 0.06 : 0.2;
    return Math.max(0.4, 1 - loss);
  }

  const CIRCUMFLEX = "\u0302", HORN = "\u031b", BREVE = "\u0306";
  const TONES = "\u0301\u0300\u0309\u0303\u0323";
  const TONE_KEYS = "sfrxj12345";

  /** What Telex or VNI keys would have made of a token, or null: "bifnh", "ye61n", "dduwowngf". */
  function decode(token) {
    const out = [];
    let tone = "", changed = false;
    const mark = (sign, letters) => {
      let done = false;
      for (let at = out.length - 1; at >= 0 && !(done && sign !== HORN); at--) {
        if (letters.includes(out[at])) (out[at] += sign), (done = true);
        else if (done) break;
      }
      changed = changed || done;
      return done;
    };
    for (const c of nfc(token).normalize("NFD")) {
      const voiced = out.some((letter) => /[aeiouy]/.test(letter));
      if (TONE.test(c)) tone = c;
      else if (/\p{M}/u.test(c)) out[out.length - 1] += c;
      else if (voiced && TONE_KEYS.includes(c)) (tone = TONES[TONE_KEYS.indexOf(c) % 5]), (changed = true);
      else if (/[aeo]/.test(c) && out.includes(c)) mark(CIRCUMFLEX, c);
      else if (c === "6" && mark(CIRCUMFLEX, "aeo")) continue;
      else if ((c === "w" || c === "7") && mark(HORN, "uo")) continue;
      else if ((c === "w" || c === "8") && mark(BREVE, "a")) continue;
      else if ((c === "d" || c === "9") && out[0] === "d") (out[0] = "đ"), (changed = true);
      else if (/\d/.test(c)) return null;
      else out.push(c);
    }
    return changed ? shape((out.join("") + tone).normalize("NFC")) : null;
  }

  /** A key under which sounds meet that the South or the North doesn't tell apart. */
  const sound = (key) =>
    key.replace(/^(tr|ch)/, "c").replace(/^(gi|r|v|d)(?=.)/, "d").replace(/^x/, "s").replace(/^l/, "n").replace(/^qu/, "w")
      .replace(/y/g, "i").replace(/(ng|nh)$/, "n").replace(/(t|ch)$/, "c").replace(/^k/, "c");

  const letterSet = (key) => {
    let set = 0;
    for (let at = 0; at < key.length; at++) set |= 1 << (key.charCodeAt(at) & 31);
    return set;
  };
  const bits = (set) => {
    let count = 0;
    for (; set; set &= set - 1) count++;
    return count;
  };

  /** Slips between two words (insert, drop, change, swap), or `most` + 1 when there are more. */
  function slips(a, b, most) {
    let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  // ---- Columns, as cnnt_site/search/packing.py packs them ----

  const BEGIN = 12;
  const number = (text, at) => {
    const code = text.charCodeAt(at);
    return code < 92 ? code - 40 : code < 127 ? code - 41 : code - 75;
  };
  const column = (text) => Uint16Array.from(text, (c) => number(c, 0));

  /** Texts packed as a count and numbers of words: where each begins, its count, its words. */
  function texts(packed) {
    const starts = [], counts = [], words = [];
    for (let at = 0; at < packed.length; at++) {
      const n = number(packed, at);
      if (n < BEGIN) starts.push(words.length), counts.push(n);
      else words.push(n - BEGIN);
    }
    starts.push(words.length);
    return { starts: Uint32Array.from(starts), counts: Uint8Array.from(counts), words: Uint16Array.from(words) };
  }

  // ---- The index: for every token where it stands, as product * 32 + slot ----

  const NAME = 0, NAME_SLOTS = 14, MAKER = 15, MAKER_SLOTS = 9, OTHER = 25, OTHER_SLOTS = 6, LONG_TEXT = 31;
  const IN_NAME = (1 << NAME_SLOTS) - 1, IN_MAKER = ((1 << MAKER_SLOTS) - 1) << MAKER, IN_OTHER = 63 << OTHER;
  const WEIGHT = Array.from({ length: 32 }, (_, s) => (s < MAKER ? 1 : s < OTHER ? 0.92 : s < LONG_TEXT ? 0.9 : 0.6));

  class Index {
    constructor(count) {
      this.count = count;
      this.shapes = [];
      this.lists = [];
      this.ids = new Map();
      this.keys = new Map();
      this.lengths = new Uint8Array(count);
      this.kept = new Map();
    }

    id(token) {
      let id = this.ids.get(token);
      if (id === undefined) {
        id = this.shapes.length;
        const known = shape(token);
        this.ids.set(token, id);
        this.shapes.push(known);
        this.lists.push([]);
        if (!this.keys.has(known.key)) this.keys.set(known.key, []);
        this.keys.get(known.key).push(id);
        this.sorted = null;
      }
      return id;
    }

    put(ids, product, slot, slots) {
      for (let at = 0; at < ids.length; at++) {
        this.lists[ids[at]].push(product * 32 + slot + (slot < OTHER ? Math.min(at, slots - 1) : at % slots));
      }
    }

    /** Keys that begin with `key`. */
    beginning(key) {
      this.sorted = this.sorted || [...this.keys.keys()].sort();
      let low = 0, high = this.sorted.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (this.sorted[middle] < key) low = middle + 1;
        else high = middle;
      }
      let end = low;
      while (end < this.sorted.length && this.sorted[end].startsWith(key)) end++;
      return this.sorted.slice(low, end);
    }

    /** Tokens that a term may stand for: same letters, final i or y, and for the last one a beginning. */
    exact(term, loose) {
      const found = [];
      const add = (key, weight) => {
        for (const id of this.keys.get(key) || []) found.push({ id, weight, agrees: agreement(term, this.shapes[id]) });
      };
      add(term.key, 1);
      if (/[iy]$/.test(term.key)) add(term.key.slice(0, -1) + (term.key.endsWith("i") ? "y" : "i"), 0.97);
      if (term.open) {
        for (const key of this.beginning(term.key)) {
          if (key === term.key) continue;
          const weight = 0.7 + (0.2 * term.key.length) / key.length;
          for (const id of this.keys.get(key)) {
            const begun = shape(this.shapes[id].text.slice(0, term.key.length));
            found.push({ id, weight, agrees: agreement(term, begun) });
          }
        }
      }
      const strict = !loose && found.some((one) => one.agrees >= 0.9);
      return found
        .filter((one) => !strict || one.agrees >= 0.8)
        .map((one) => ({ id: one.id, weight: one.weight * one.agrees, solid: true }));
    }

    /** Tokens that sound like the term or are a slip away. Short ones need company: they aren't solid. */
    near(term) {
      const key = term.key, length = key.length;
      if (this.kept.has(term.text)) return this.kept.get(term.text);
      const most = length < 3 ? 0 : length < 8 ? 1 : 2;
      const heard = sound(key), set = letterSet(key);
      const found = [];
      this.heard = this.heard || [...this.keys.keys()].map((k) => [k, sound(k), letterSet(k)]);
      for (const [other, otherHeard, otherSet] of this.heard) {
        if (other === key || /\d/.test(other)) continue;
        let weight = 0;
        if (heard === otherHeard && length > 1) weight = 0.75;
        else if (Math.abs(other.length - length) <= most && bits(set ^ otherSet) <= 2 * most) {
          const many = slips(key, other, most);
          if (many <= most) weight = (many === 1 ? 0.64 : 0.46) - (other[0] === key[0] ? 0 : 0.08);
        }
        if (!weight) continue;
        const solid = weight === 0.75 || length > 4;
        for (const id of this.keys.get(other)) {
          found.push({ id, weight: weight * agreement(term, this.shapes[id]), solid });
        }
      }
      this.kept.set(term.text, found);
      return found;
    }

    /** The ways to cut a glued term into known syllables, those with the fewest pieces first. */
    cuts(term) {
      const best = { [term.key.length]: [{ pieces: [], cost: 0 }] };
      for (let from = term.key.length - 2; from >= 0; from--) {
        const ways = [];
        for (let to = from + 2; to <= Math.min(term.key.length, from + 10); to++) {
          const key = term.key.slice(from, to), last = to === term.key.length;
          if (!best[to] || (from === 0 && last)) continue;
          const ids = this.keys.get(key);
          if (!ids && !(last && term.open && this.beginning(key).length)) continue;
          const often = ids ? ids.reduce((sum, id) => sum + this.lists[id].length, 0) : 1;
          for (const way of best[to]) {
            ways.push({ pieces: [term.text.slice(from, to), ...way.pieces], cost: way.cost + 12 - Math.log(often) });
          }
        }
        if (ways.length) best[from] = ways.sort((a, b) => a.cost - b.cost).slice(0, 4);
      }
      return (best[0] || []).map(({ pieces }) =>
        pieces.map((piece, at) => ({ ...shape(piece), glued: at > 0, open: term.open && at === pieces.length - 1 })));
    }

    /** Where the syllables of a phrase stand one after the other. */
    phrase(words) {
      const ids = words.map((word) => this.ids.get(word));
      if (ids.includes(undefined)) return [];
      const sets = ids.slice(1).map((id) => new Set(this.lists[id]));
      const found = [];
      for (const entry of this.lists[ids[0]]) {
        if (sets.every((set, at) => set.has(entry + at + 1))) for (let at = 0; at < ids.length; at++) found.push(entry + at);
      }
      return found;
    }

    /** The products that terms find, with a score each; `cover` is how much of the query the best one answers. */
    run(terms, exact) {
      const pool = (this.pool = this.pool || []);
      const met = (this.met = this.met || new Uint8Array(this.count));
      const sure = (this.sure = this.sure || new Uint8Array(this.count));
      const touched = [];
      let total = 0;
      terms.forEach((term, i) => {
        if (!pool[i]) pool[i] = { value: new Float32Array(this.count), mask: new Int32Array(this.count) };
        const { value, mask } = pool[i];
        let places = 0;
        for (const alt of term.alts.sort((a, b) => b.solid - a.solid)) {
          const list = alt.list || this.lists[alt.id];
          places += list.length;
          for (const entry of list) {
            const product = entry >>> 5, slot = entry & 31;
            if (!value[product]) {
              if (!met[product]++) touched.push(product);
              if (alt.solid) sure[product]++;
            }
            value[product] = Math.max(value[product], alt.weight * WEIGHT[slot]);
            mask[product] |= 1 << slot;
          }
        }
        const rare = Math.max(0, Math.log((this.count + 1) / (places + 1)) / Math.log(this.count + 1));
        total += term.counts = term.ignored ? 0.05 : 0.3 + rare;
      });
      const n = terms.length, asked = terms.filter((term) => !term.ignored).length, needed = Math.ceil((asked * 2) / 3);
      const found = [];
      let cover = 0, full = false;
      for (const product of touched) {
        let sum = 0, all = 0, before = 0, together = 0, apart = false, missing = 0, makers = -1;
        if (met[product] >= needed && sure[product] * 2 >= n) {
          for (let i = 0; i < n; i++) {
            const mask = pool[i].mask[product];
            const follows = (before << 1) & mask;
            if (follows) together++;
            else if (terms[i].glued) apart = true;
            if (!mask && !terms[i].ignored) missing++;
            sum += terms[i].counts * pool[i].value[product];
            all |= mask;
            makers &= mask;
            before = mask;
          }
          sum /= total;
          if (!apart && missing <= asked - needed && sum >= 0.4) {
            const share = bits(all & IN_NAME) / (this.lengths[product] || 1);
            const score = sum + (n > 1 ? (0.08 * together) / (n - 1) : 0) + 0.03 * share + (pool[0].mask[product] & 1) * 0.004;
            found.push({ product, score, sum, full: !missing, field: makers });
            cover = Math.max(cover, sum);
            full = full || !missing;
          }
        }
      }
      for (const product of touched) {
        met[product] = sure[product] = 0;
        for (let i = 0; i < n; i++) pool[i].value[product] = pool[i].mask[product] = 0;
      }
      const products = found.filter((one) => (exact && one.full) || one.sum >= 0.8 * cover);
      return { products, cover, full, terms };
    }

    /** Runs terms as they are and with regional words in place of theirs. */
    attempt(terms, how, same) {
      const exact = how !== this.near;
      const known = (term) => ({ ...term, alts: term.alts || how.call(this, term).concat(exact ? [] : this.exact(term, true)) });
      const own = terms.map(known);
      let best = this.run(own, exact);
      for (let from = 0; from < terms.length; from++) {
        for (let size = 1; size <= 4 && from + size <= terms.length; size++) {
          const typed = terms.slice(from, from + size);
          if (typed.some((term) => term.alts)) continue;
          const spelled = typed.every((term) => term.tone || term.marks || term.stroke) || size > 1 || !best.full;
          const meant = spelled && same.get(typed.map((term) => term.key).join(" "));
          const alts = [];
          for (const { shapes, words } of meant || []) {
            const agrees = Math.min(...typed.map((term, at) => agreement(term, shapes[at])));
            if (agrees < 0.9) continue;
            for (const phrase of words) alts.push({ list: this.phrase(phrase.split(" ")), weight: 0.93, solid: true, text: phrase });
          }
          if (!alts.length) continue;
          const other = this.run([...own.slice(0, from), { alts }, ...own.slice(from + size)], exact);
          best = merged(best, other);
        }
      }
      return best;
    }

    /** What a text finds: as typed; then with leftovers decoded and glued syllables cut; then by sound and with slips. */
    answer(text, same, ignore) {
      const open = !/\s$/.test(text);
      let terms = tokens(text).slice(0, 12).map((token) => ({ ...shape(token), ignored: ignore.has(token) }));
      if (terms.every((term) => term.ignored)) terms.forEach((term) => (term.ignored = false));
      if (!terms.length) return null;
      terms[terms.length - 1].open = open;
      let best = this.attempt(terms, this.exact, same);
      if (best.full) return best;
      const loose = (term) => this.exact(term, true);
      const knows = (term) => this.keys.has(term.key) || this.exact(term, true).length > 0;
      const fixes = (term) => {
        const decoded = decode(term.text);
        const cuts = this.cuts(term);
        return [...(decoded && knows(decoded) ? [[{ ...decoded, open: term.open }]] : []), ...cuts];
      };
      let readings = [[]];
      for (const term of terms) {
        const ways = knows(term) ? [] : fixes(term);
        readings = readings.flatMap((reading) => (ways.length ? ways : [[term]]).map((way) => [...reading, ...way])).slice(0, 8);
      }
      const first = readings[0];
      for (const reading of readings) best = better(best, this.attempt(reading, loose, same));
      if (best.full) return best;
      terms.forEach((term, at) => {
        if (!knows(term)) return;
        for (const way of fixes(term)) {
          best = better(best, this.attempt([...terms.slice(0, at), ...way, ...terms.slice(at + 1)], loose, same));
        }
      });
      if (best.full) return best;
      return better(best, this.attempt(first, this.near, same));
    }
  }

  const better = (a, b) => (b.cover > a.cover + 0.001 ? b : a);

  function merged(a, b) {
    const scores = new Map(a.products.map((one) => [one.product, one]));
    for (const one of b.products) {
      const known = scores.get(one.product);
      if (!known || known.score < one.score) scores.set(one.product, { ...one, other: b.terms });
    }
    const best = better(a, b);
    return { ...best, products: [...scores.values()], full: a.full || b.full };
  }

  // ---- The catalogue: columns, layers that load when wanted, facets ----

  const script = (src) =>
    new Promise((done, fail) => {
      const tag = document.createElement("script");
      Object.assign(tag, { src, onload: done, onerror: () => fail(new Error(src)) });
      document.head.append(tag);
    });

  class Catalogue {
    constructor(data, folder, load) {
      this.data = data;
      this.count = data.count;
      this.folder = folder;
      this.load = load;
      this.waiting = {};
      this.layers = {};
      this.indices = {};
      this.ignore = new Set(data.ignore.split(" "));
      this.same = new Map();
      for (const [phrase, words] of Object.entries(data.same)) {
        const key = fold(phrase);
        if (!this.same.has(key)) this.same.set(key, []);
        this.same.get(key).push({ shapes: phrase.split(" ").map(shape), words });
      }
      this.names = { ...texts(data.names), list: data.words.split(" ") };
      this.index("");
      if (data.maker) this.haveProducers(data);
      if (data.papers) this.haveFacets(data);
    }

    /** A layer's data, or null when there is none or it can't be loaded. */
    want(name) {
      const file = this.data.layers[name];
      if (!file || this.layers[name]) return Promise.resolve(this.layers[name]);
      this.waiting[name] = this.waiting[name] || this.load(this.folder + file).then(
        () => {
          const layer = (this.layers[name] = CnntIndex[`${this.data.lang}.${name}`]);
          if (layer.maker) this.haveProducers(layer);
          if (layer.papers) this.haveFacets(layer);
          return layer;
        },
        () => (this.waiting[name] = null),
      );
      return this.waiting[name];
    }

    /** The index of a set of names: ours (""), or those of another language. */
    index(name, layer) {
      if (this.indices[name]) return this.indices[name];
      const index = (this.indices[name] = new Index(this.count));
      const { starts, counts, words } = layer ? texts(layer.names) : this.names;
      const list = layer ? layer.words.split(" ") : this.names.list;
      const ids = list.map((word) => tokens(word).map((token) => index.id(token)));
      const now = [], ends = [0];
      for (let product = 0; product < this.count; product++) {
        ends.length = counts[product] + 1;
        now.length = ends[counts[product]];
        for (let at = starts[product]; at < starts[product + 1]; at++) {
          now.push(...ids[words[at]]);
          ends.push(now.length);
        }
        index.lengths[product] = Math.min(now.length, NAME_SLOTS);
        index.put(now, product, NAME, NAME_SLOTS);
      }
      const also = (layer || this.data).also;
      for (const product in also) this.putText(index, also[product], +product, OTHER, OTHER_SLOTS);
      if (this.makerOf) this.putProducers(index, (layer && layer.makersToo) || {});
      if (this.places) this.putPlaces(index, (layer && layer.placesToo) || {});
      return index;
    }

    putText(index, text, product, slot, slots) {
      index.put(tokens(text).map((token) => index.id(token)), product, slot, slots);
    }

    putProducers(index, otherNames) {
      const ids = this.makerNames.map((name, maker) =>
        tokens(`${otherNames[maker] || name} ${this.aliases[maker] || ""}`).map((token) => index.id(token)));
      this.makerOf.forEach((maker, product) => maker >= 0 && index.put(ids[maker], product, MAKER, MAKER_SLOTS));
    }

    putPlaces(index, otherNames) {
      const ids = this.places.map(([, name], place) => tokens(otherNames[place] || name).map((token) => index.id(token)));
      const sets = this.columns.places.sets.map((set) => set.flatMap((place) => ids[place]));
      this.columns.places.of.forEach((set, product) => index.put(sets[set], product, OTHER, OTHER_SLOTS));
    }

    haveProducers(layer) {
      const { starts, counts, words } = texts(layer.makers);
      const firsts = [];
      this.makerOf = Int32Array.from(column(layer.maker), (n, product) => (n === 1 ? firsts.push(product) - 1 : n - 2));
      this.makerNames = firsts.map((product, maker) => {
        const own = [...words.subarray(starts[maker], starts[maker + 1])].map((word) => this.names.list[word]);
        const shared = counts[maker] ? this.nameOf(product).split(" ").slice(-counts[maker]) : [];
        return [...own, ...shared].join(" ");
      });
      this.aliases = layer.aliases;
      this.makerPages = layer.makerPages;
      for (const name in this.indices) this.putProducers(this.indices[name], {});
    }

    haveFacets(layer) {
      const read = ({ of, sets }) => ({ of: column(of), sets });
      this.places = layer.places;
      this.columns = Object.fromEntries(Object.entries(layer.columns).map(([key, one]) => [key, read(one)]));
      this.papers = read(layer.papers);
      this.facets = layer.facets.map((facet) => {
        const at = new Map(facet.values.map(([id], n) => [id, n]));
        const sets = !facet.column ? null : this.columns[facet.column].sets.map((set) =>
          facet.column !== "places" ? set : set.map((n) => at.get(this.places[n][0])).filter((n) => n !== undefined));
        return { ...facet, at, sets };
      });
      for (const name in this.indices) this.putPlaces(this.indices[name], {});
    }

    nameOf(product) {
      const { starts, counts, words, list } = this.names;
      const found = [];
      for (let need = Infinity, at = product; need > 0; at--) {
        if (counts[at] >= need) continue;
        const end = need === Infinity ? starts[at + 1] : starts[at] + need - counts[at];
        found.unshift(...Array.from(words.subarray(starts[at], end), (word) => list[word]));
        need = counts[at];
      }
      return found.join(" ");
    }

    page({ before, after, other }, n, name) {
      const own = other[n] === undefined ? slug(name) : other[n];
      return own.startsWith("/") ? own.slice(1) : before + own + after;
    }

    maker(n) {
      const name = this.makerNames[n];
      return { name, page: this.page(this.makerPages, n, name) };
    }

    place(n) {
      const [id, name, page] = this.places[n];
      return { id, name, page };
    }

    /** What a list shows of a product. Certificates and values hold ids of the facets' choices. */
    product(n) {
      const name = this.nameOf(n);
      const shown = { name, lang: this.data.borrowed[n] || this.data.lang, page: this.page(this.data.pages, n, name) };
      if (this.makerOf && this.makerOf[n] >= 0) shown.producer = this.maker(this.makerOf[n]);
      if (!this.facets) return shown;
      shown.places = this.columns.places.sets[this.columns.places.of[n]].map((place) => this.place(place));
      const [papers] = this.papers.sets[this.papers.of[n]];
      const certified = this.facets.filter((facet) => !facet.column);
      const named = (paper) => certified.map(({ key, values }, at) => [key, (values[paper[at]] || [""])[0]]);
      shown.certificates = papers.map((paper) => Object.fromEntries(named(paper)));
      for (const { key, column: of, values } of this.facets) {
        if (of === key) shown[key] = this.columns[of].sets[this.columns[of].of[n]].map((value) => values[value][0]);
      }
      return shown;
    }

    /** Products that meet the chosen values, and how many each value would leave with the other facets as they are. */
    narrow(products, filters) {
      const tests = this.facets.map((facet) => {
        const chosen = (filters[facet.key] || []).map((id) => facet.at.get(String(id))).filter((n) => n !== undefined);
        return { facet, chosen: chosen.length ? new Set(chosen) : null };
      });
      const own = tests.filter(({ facet }) => facet.column);
      const certified = tests.filter(({ facet }) => !facet.column);
      for (const test of own) {
        const { sets, column: of } = test.facet;
        test.of = this.columns[of].of;
        test.passes = sets.map((set) => !test.chosen || set.some((n) => test.chosen.has(n)));
        test.tally = new Uint32Array(sets.length);
      }
      const anyPaper = certified.every(({ chosen }) => !chosen);
      const fails = (paper) => certified.map(({ chosen }, at) => (chosen && !chosen.has(paper[at]) ? 1 : 0));
      const papers = this.papers.sets.map(([list]) => {
        const gives = certified.map(() => new Set());
        let passes = anyPaper;
        for (const paper of list) {
          const failed = fails(paper);
          const many = failed.reduce((sum, one) => sum + one, 0);
          passes = passes || !many;
          gives.forEach((values, at) => paper[at] >= 0 && many === failed[at] && values.add(paper[at]));
        }
        return { passes, gives, tally: 0 };
      });
      const kept = [];
      for (const product of products) {
        let failed = null, many = 0;
        for (const test of own) if (!test.passes[test.of[product]]) (failed = test), many++;
        const paper = papers[this.papers.of[product]];
        if (many === 0) paper.tally++;
        if (!paper.passes || many > 1) continue;
        if (many) failed.tally[failed.of[product]]++;
        else {
          kept.push(product);
          for (const test of own) test.tally[test.of[product]]++;
        }
      }
      const counts = {};
      tests.forEach(({ facet, tally }) => {
        const count = (counts[facet.key] = Object.fromEntries(facet.values.map(([id]) => [id, 0])));
        const add = (values, many) => new Set(values).forEach((n) => (count[facet.values[n][0]] += many));
        if (tally) tally.forEach((many, set) => many && add(facet.sets[set], many));
        else papers.forEach((paper) => paper.tally && add(paper.gives[certified.findIndex((test) => test.facet === facet)], paper.tally));
      });
      return { products: kept, counts };
    }

    /** Products whose code or certificate number is, or begins with, what was typed, whatever the signs between. */
    coded(text) {
      const key = slug(text).replace(/-/g, "");
      const layer = /\d/.test(key) && key.length > 2 && this.have("codes");
      if (!layer) return [];
      const ends = (code) => slug(code).split("-").map((_, at, parts) => parts.slice(at).join(""));
      this.codes = this.codes || layer.codes.split("\n").map((line) => line.split("\t").map(ends));
      const found = [];
      this.codes.forEach((codes, product) => {
        const begins = (end, at) => end.startsWith(key) && (!at || key.length > 5);
        const score = codes.some((all) => all[0] === key) ? 3 : codes.some((all) => all.some(begins)) ? 2 : 0;
        if (score) found.push({ product, score });
      });
      return found;
    }

    /** The answer to a text: our own names, else those of another language, and codes before all. */
    answer(text) {
      let best = this.index("").answer(text, this.same, this.ignore);
      for (const lang of this.data.others) {
        const layer = best && best.cover < 0.75 && this.have(lang);
        const other = layer && this.index(lang, layer).answer(text, new Map(), this.ignore);
        if (other && other.cover > best.cover + 0.05) best = { ...other, lang };
      }
      const coded = best ? this.coded(text) : [];
      return coded.length ? { ...best, products: merged({ products: coded }, best.full ? best : { products: [] }).products } : best;
    }

    /** A layer that is there; one that isn't is noted as missed. */
    have(name) {
      if (this.data.layers[name] && !this.layers[name]) this.missed.push(name);
      return this.layers[name];
    }

    /**
     * Everything a list needs for a text, chosen values and an order ("match", "newest", "name", "level"), from what
     * is loaded; `missed` names the layers that would tell more.
     */
    find({ text = "", filters = {}, sort = "" }) {
      this.missed = [];
      const answer = this.answer(text);
      const all = answer ? answer.products : Array.from({ length: this.count }, (_, product) => ({ product }));
      const paper = (one) => this.papers.sets[this.papers.of[one.product]];
      const orders = {
        match: (a, b) => b.score - a.score || a.product - b.product,
        newest: (a, b) => paper(b)[1] - paper(a)[1] || a.product - b.product,
        level: (a, b) => paper(b)[2] - paper(a)[2] || paper(b)[1] - paper(a)[1] || a.product - b.product,
        name: (a, b) => a.product - b.product,
      };
      const sorted = all.slice().sort(orders[sort || (answer ? "match" : "newest")]).map((one) => one.product);
      return { ...this.narrow(sorted, filters), total: sorted.length, missed: this.missed, answer };
    }

    /** `find`, with the layers it missed loaded first. */
    async ask(query) {
      for (;;) {
        const found = this.find(query);
        if (!(await Promise.all(found.missed.map((name) => this.want(name)))).some(Boolean)) return found;
      }
    }
  }

  async function open({ src, lang, load = script }) {
    await load(src);
    return new Catalogue(CnntIndex[lang], src.slice(0, src.lastIndexOf("/") + 1), load);
  }

  return { open, fold, slug, oneToneStyle, tokens };
})();
