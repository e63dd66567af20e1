/*
 * Search that knows how Vietnamese is typed: marks left out or wrong, two tone styles, Telex and VNI leftovers, glued
 * syllables, regional words, slips. catalogue.js fills its index and asks it; bench/search measures both.
 */
var CnntSearch = (() => {
  "use strict";

  // Text: the same rules as cnnt_site/vietnamese.py, held together by tests/cases/vietnamese.json

  const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;
  const nfc = (text) => text.normalize("NFC").replace(/[ÐƉ]/g, "Đ").replace(/[ðɖ]/g, "đ");
  const fold = (text) =>
    text
      .replace(/[ĐÐƉđðɖƌ]/g, "d")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase();
  const slug = (text) =>
    fold(text)
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-|-$/g, "");
  const oneToneStyle = (text) =>
    nfc(text).replace(/\p{L}+/gu, (word) => {
      const spelled = word.normalize("NFD");
      const at = spelled.length - 1;
      const bare = spelled.slice(0, at);
      if (!TONE.test(spelled[at]) || TONE.test(bare) || !/(^|[^q])(oa|oe|uy)$/i.test(bare)) return word;
      return (bare.slice(0, -1) + spelled[at] + bare.slice(-1)).normalize("NFC");
    });
  const styled = new Map(); // products share their syllables: each is looked at once
  const inOneStyle = (word) => {
    if (!styled.has(word)) styled.set(word, oneToneStyle(word));
    return styled.get(word);
  };
  const tokens = (text) => {
    const plain = nfc(text)
      .toLowerCase()
      .replace(/([\p{L}\p{N}])['’](?=[\p{L}\p{N}])/gu, "$1");
    return (plain.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu) || []).map(inOneStyle);
  };

  /** A syllable with what is compared: its letters, tone, marks of vowels, strokes of đ. */
  function shape(text) {
    const spelled = text.normalize("NFD");
    const [tone] = spelled.match(TONE) || [""];
    const marks = (spelled.match(/[\u0302\u0306\u031b]/g) || []).join("");
    return { text, key: fold(text), tone, marks, strokes: text.split("đ").length };
  }

  /**
   * How well a typed syllable agrees with one of the same letters: 1 the same, .94 no mark typed (.98 in a text
   * that has none at all), less if wrong.
   */
  function agreement(typed, known) {
    let loss = 0;
    if (typed.tone !== known.tone)
      loss += !typed.tone ? 0.06 : /[\u0303\u0309]{2}/.test(typed.tone + known.tone) ? 0.16 : 0.24;
    if (typed.marks !== known.marks) loss += typed.marks ? 0.24 : 0.05;
    if (typed.strokes !== known.strokes) loss += known.strokes > typed.strokes ? 0.06 : 0.2;
    return typed.text === typed.key ? 1 - Math.min(loss, typed.bare ? 0.02 : 0.06) : Math.max(0.4, 1 - loss);
  }

  const CIRCUMFLEX = "\u0302";
  const HORN = "\u031b";
  const BREVE = "\u0306";
  const TONE_KEYS = "sfrxj12345";
  const TYPED_TONES = "\u0301\u0300\u0309\u0303\u0323";

  /** The syllable that Telex or VNI keys stand for ("bifnh", "ye61n"), or null when there is no such key. */
  function decode(token) {
    const out = [];
    let tone = "";
    let changed = false;
    const mark = (sign, letters) => {
      const at = Math.max(...[...letters].map((letter) => out.lastIndexOf(letter)));
      if (at < 0) return false;
      out[at] += sign;
      if (sign === HORN && out[at - 1] === "u") out[at - 1] += sign;
      return (changed = true);
    };
    for (const c of nfc(token).normalize("NFD")) {
      const key = TONE_KEYS.indexOf(c);
      if (TONE.test(c)) tone = c;
      else if (/\p{M}/u.test(c)) out[out.length - 1] += c;
      else if (key >= 0 && /[aeiouy]/.test(out)) changed = tone = TYPED_TONES[key % 5];
      else if (/[d9]/.test(c) && out[0] === "d") changed = out[0] = "đ";
      else if (/[aeo]/.test(c) ? mark(CIRCUMFLEX, c) : c === "6" && mark(CIRCUMFLEX, "aeo")) continue;
      else if ((/[w7]/.test(c) && mark(HORN, "uo")) || (/[w8]/.test(c) && mark(BREVE, "a"))) continue;
      else out.push(c);
    }
    const text = out.join("");
    return changed && !/\d/.test(text) ? shape((text + tone).normalize("NFC")) : null;
  }

  /** A key on which sounds meet that one region or another doesn't tell apart. */
  const SOUNDS = [
    [/^(tr|ch)/, "c"],
    [/^(gi|r|v)(?=.)/, "d"],
    [/^x/, "s"],
    [/^l/, "n"],
    [/y/g, "i"],
    [/(ng|nh)$/, "n"],
    [/(t|ch)$/, "c"],
  ];
  const sound = (key) => SOUNDS.reduce((heard, [from, to]) => heard.replace(from, to), key);

  const bits = (set) => {
    let count = 0;
    for (; set; set &= set - 1) count++;
    return count;
  };
  const letterSet = (key) => [...key].reduce((set, letter) => set | (1 << (letter.charCodeAt(0) & 31)), 0);

  /** How many letters to insert, drop, change or swap to get from one word to the other; stops counting after `most`. */
  function slips(a, b, most) {
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
        if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      before = last;
      last = row;
    }
    return last[b.length];
  }

  // The index: for every syllable where it stands, as product * 32 + slot

  const NAME = 0;
  const MAKER = 15;
  const OTHER = 25;
  const TEXT = 31;
  const SLOTS = { [NAME]: 14, [MAKER]: 9, [OTHER]: 6, [TEXT]: 1 };
  const IN_NAME = 0x3fff;
  const IN_MAKER = 0x1ff << MAKER;
  const IN_OTHER = 0x3f << OTHER;
  const WEIGHTS = Array.from({ length: 32 }, (_, slot) =>
    slot < MAKER ? 1 : slot < OTHER ? 0.92 : slot < TEXT ? 0.9 : 0.6,
  );
  const COMMON_WEIGHTS = WEIGHTS.map((weight) => (weight === 0.92 ? 0.5 : weight));

  class Index {
    constructor(count) {
      this.count = count;
      this.ids = new Map();
      this.keys = new Map();
      this.shapes = [];
      this.lists = [];
      this.lengths = new Uint8Array(count);
      this.met = new Uint8Array(count);
      this.columns = [];
      this.kept = new Map();
      this.apart = new Map();
      this.common = new Set();
    }

    /** An index of its own that has all that this one has. */
    copy() {
      const copied = new Index(this.count);
      copied.ids = new Map(this.ids);
      for (const [key, ids] of this.keys) copied.keys.set(key, [...ids]);
      copied.shapes = [...this.shapes];
      copied.lists = this.lists.map((list) => [...list]);
      return Object.assign(copied, { lengths: this.lengths, apart: this.apart, common: this.common });
    }

    /** Numbers of the syllables of a text. */
    read(text) {
      return tokens(text).map((token) => {
        if (!this.ids.has(token)) {
          const { key } = (this.shapes[this.ids.size] = shape(token));
          if (!this.keys.has(key)) this.keys.set(key, []);
          this.keys.get(key).push(this.ids.size);
          this.lists.push([]);
          this.ids.set(token, this.ids.size);
        }
        return this.ids.get(token);
      });
    }

    /** Notes syllables of a product that stand together, or, `from` the last slot of a field, each for itself. */
    put(ids, product, field, from = 0) {
      const slots = SLOTS[field];
      if (field === NAME) this.lengths[product] = Math.min(ids.length, slots);
      for (let at = 0; at < ids.length; at++) {
        const others = this.apart.get(ids[at]);
        const weak = others && others.some((id) => id === ids[at - 1] || id === ids[at + 1]);
        const own = weak ? OTHER : field;
        this.lists[ids[at]].push(product * 32 + own + Math.min(at + from, SLOTS[own] - 1));
      }
    }

    /** The syllables that a term may be: of its letters, with final i for y, and for the last term those it begins. */
    exact(term, loose) {
      const { key } = term;
      const found = [];
      const add = (other, weight, begins) => {
        for (const id of this.keys.get(other) || []) {
          const known = this.shapes[id];
          const agrees = agreement(term, begins ? shape(known.text.slice(0, key.length)) : known);
          found.push({ id, agrees, weight: weight * agrees });
        }
      };
      add(key, 1);
      if (/[iy]$/.test(key)) add(key.slice(0, -1) + (key.endsWith("y") ? "i" : "y"), 0.97);
      if (term.open) {
        for (const other of this.keys.keys()) {
          if (other.length > key.length && other.startsWith(key))
            add(other, 0.7 + (0.2 * key.length) / other.length, true);
        }
      }
      const sure = !loose && found.some((one) => one.agrees >= 0.9);
      return sure ? found.filter((one) => one.agrees >= 0.8) : found;
    }

    /** The syllables that sound like a term or are a slip away from it, beside the exact ones. */
    near(term) {
      const { key, text } = term;
      const found = this.exact(term, true);
      if (term.piece) return found;
      this.heard =
        this.heard ||
        [...this.keys.keys()]
          .filter((other) => !/\d/.test(other))
          .map((other) => [other, sound(other), letterSet(other)]);
      if (!this.kept.has(text)) {
        const most = key.length < 2 ? 0 : key.length < 8 ? 1 : 2;
        const near = [];
        for (const [other, heard, letters] of this.heard) {
          let weight = heard === sound(key) ? 0.78 : 0;
          if (!weight && Math.abs(other.length - key.length) <= most && bits(letters ^ letterSet(key)) <= 2 * most) {
            const many = slips(key, other, most);
            if (many <= most)
              weight =
                (key.length < 3 ? 0.5 : key.length < 5 ? 0.6 : 0.77 - 0.03 * many) - (other[0] === key[0] ? 0 : 0.06);
          }
          if (weight && other !== key)
            for (const id of this.keys.get(other)) near.push({ id, weight: weight * agreement(term, this.shapes[id]) });
        }
        this.kept.set(text, near);
      }
      return found.concat(this.kept.get(text));
    }

    /** The ways to cut a glued term into known syllables, fewest pieces first. */
    cuts({ text, key, open }) {
      const best = { [key.length]: [{ pieces: [], cost: 0 }] };
      for (let from = key.length - 2; from >= 0; from--) {
        const ways = (best[from] = []);
        for (let to = from + 2; to <= key.length && to < from + 12; to++) {
          const part = key.slice(from, to);
          const begun = open && to === key.length && part.length > 2;
          if ((from === 0 && to === key.length) || !(best[to] || []).length) continue;
          const decoded = this.keys.has(part) ? null : decode(text.slice(from, to));
          const typed = decoded || shape(text.slice(from, to));
          let known = this.keys.get(typed.key);
          if (decoded && known) known = known.filter((id) => agreement(decoded, this.shapes[id]) >= 0.9);
          if (known && !known.length) known = undefined;
          if (!known && !(begun && [...this.keys.keys()].some((other) => other.startsWith(part)))) continue;
          const often = (known || []).reduce((sum, id) => sum + this.lists[id].length, 1);
          for (const { pieces, cost } of best[to]) {
            const piece = { ...typed, piece: true, glued: from > 0 };
            piece.open = open && to === key.length && to - from > 2;
            ways.push({ pieces: [piece, ...pieces], cost: cost + 12 - Math.log(often) });
          }
        }
        ways.sort((a, b) => a.cost - b.cost).splice(4);
      }
      return (best[0] || []).map(({ pieces }) => pieces);
    }

    /** The ways to tear a glued term in two when one of the halves, of so many letters at `least`, has a slip. */
    torn({ text, key, open }, least) {
      const ways = [];
      for (let at = 2; at <= key.length - 2; at++) {
        const halves = [shape(text.slice(0, at)), { ...shape(text.slice(at)), glued: true, open }];
        const known = halves.filter((half) => this.keys.has(half.key) && (half.piece = true));
        if (known.length === 1 && halves.every((half) => half.piece || half.key.length >= least)) ways.push(halves);
      }
      return ways.filter((halves) => halves.every((half) => this.near(half).length));
    }

    /** Where the syllables of a phrase stand one after the other. */
    phrase(words) {
      const [first, ...rest] = words.map((word) => this.lists[this.ids.get(word)] || []);
      const sets = rest.map((list) => new Set(list));
      return first
        .filter((entry) => sets.every((set, at) => set.has(entry + at + 1)))
        .flatMap((entry) => words.map((_, at) => entry + at));
    }

    /** The products that terms with their alternatives find. `cover` is how much of the terms the best one has. */
    run(terms, least) {
      const touched = [];
      const asked = terms.filter((term) => !term.ignored).length;
      let total = 0;
      terms.forEach((term, at) => {
        const { value, mask } = (this.columns[at] = this.columns[at] || {
          value: new Float32Array(this.count),
          mask: new Int32Array(this.count),
        });
        let places = 1;
        for (const { id, list = this.lists[id], weight } of term.alts) {
          const weights = this.common.has(id) ? COMMON_WEIGHTS : WEIGHTS;
          places += list.length;
          for (const entry of list) {
            const product = entry >>> 5;
            if (!mask[product] && !this.met[product]++) touched.push(product);
            value[product] = Math.max(value[product], weight * weights[entry & 31]);
            mask[product] |= 1 << (entry & 31);
          }
        }
        term.rare = term.ignored ? 0.05 : 0.3 + Math.max(0, 1 - Math.log(places) / Math.log(this.count + 1));
        total += term.rare;
      });
      const products = [];
      for (const product of touched) {
        if (this.met[product] * 3 < asked * 2) continue;
        let cover = 0;
        let all = 0;
        let before = 0;
        let together = terms.length < 2 ? 1 : 0;
        let missing = 0;
        let apart = false;
        let fields = 7;
        let weak = 0;
        for (let at = 0; at < terms.length; at++) {
          const mask = this.columns[at].mask[product];
          const value = this.columns[at].value[product];
          cover += (terms[at].rare / total) * value;
          if (value && value < 0.62) weak++;
          if ((before << 1) & mask) together++;
          else if (terms[at].glued) apart = true;
          if (!mask && !terms[at].ignored) missing++;
          all |= mask;
          before = mask;
          fields &= (mask & IN_NAME ? 1 : 0) | (mask & IN_MAKER ? 2 : 0) | (mask & IN_OTHER ? 4 : 0);
        }
        if (apart || missing * 3 > asked || (least > 0.6 && weak > together) || cover < (missing ? 0.66 : least))
          continue;
        const score = cover + 0.1 * (together / (terms.length - 1 || 1)) + (fields ? 0.03 : 0);
        const share = bits(all & IN_NAME) / (this.lengths[product] || 1);
        products.push({
          product,
          cover,
          missing,
          fields,
          whole: !missing && (!weak || fields > 0),
          score: score + 0.03 * share + (this.columns[0].mask[product] & 1) * 0.004,
        });
      }
      for (const product of touched) {
        this.met[product] = 0;
        for (let at = 0; at < terms.length; at++) this.columns[at].value[product] = this.columns[at].mask[product] = 0;
      }
      const cover = products.reduce((most, one) => Math.max(most, one.cover), 0);
      const kept = products.filter((one) => (least < 0.55 && !one.missing) || one.cover >= 0.8 * cover);
      return { index: this, terms, cover, products: kept, full: kept.some((one) => one.whole) };
    }

    /** Runs terms, and with regional words in place of theirs. */
    attempt(terms, least, alternatives, same) {
      const own = terms.map((term) => ({ ...term, alts: alternatives(term) }));
      let best = this.run(own, least);
      own.forEach((_, from) => {
        for (let to = from + 1; to <= from + 6 && to <= own.length; to++) {
          const typed = own.slice(from, to);
          const plain = own.length === 1 && best.full && typed[0].text === typed[0].key;
          const alts = [];
          const key = typed.map((term) => term.key).join(" ");
          const near = (other) => Math.abs(other.length - key.length) < 2 && slips(key, other, 1) === 1;
          const slipped = least > 0.6 && key.length > 4 && [...same.keys()].find(near);
          for (const { shapes, phrases } of same.get(slipped || key) || []) {
            if (!slipped && shapes.some((known, at) => agreement(typed[at], known) < (plain ? 1 : 0.9))) continue;
            const weight = slipped ? 0.74 : 0.95;
            for (const text of phrases) alts.push({ text, list: this.phrase(text.split(" ")), weight });
          }
          if (alts.length)
            best = merged(
              best,
              this.run([...own.slice(0, from), { text: alts[0].text, alts }, ...own.slice(to)], least),
            );
        }
      });
      return best;
    }

    /** What a text finds ("bird s nest" is "bird's nest"): as typed; else leftovers decoded and glued syllables cut; else by sound and with slips. */
    answer(text, same, ignore) {
      const joined = text.replace(/(\p{L}{3}) s /giu, "$1s ");
      const terms = tokens(joined).slice(0, 12).map(shape);
      if (!terms.length) return null;
      const bare = terms.length > 1 && terms.every((term) => term.text === term.key);
      for (const term of terms) term.bare = bare;
      terms[terms.length - 1].open = !/\s$/.test(text);
      const exact = (term) => this.exact(term);
      let best = this.attempt(terms, 0.5, exact, same);
      if (best.full) return best;
      const asked = terms.map((term) => ({ ...term, ignored: ignore.has(term.key) }));
      if (asked.some((term) => !term.ignored)) best = better(best, this.attempt(asked, 0.5, exact, same));
      if (best.full) return best;
      const loose = (term) => this.exact(term, true);
      let readings = [[]];
      for (const term of terms) {
        const decoded = decode(term.text);
        const ways = decoded && loose(decoded).length ? [[{ ...decoded, open: term.open }]] : [];
        ways.push(...this.cuts(term));
        if (!ways.length || loose(term).length) ways.unshift([term]);
        readings = readings.flatMap((reading) => ways.map((way) => [...reading, ...way])).slice(0, 12);
      }
      for (const reading of readings) best = better(best, this.attempt(reading, 0.5, loose, same));
      if (best.full) return best;
      const near = (reading) => {
        best = better(best, { ...this.attempt(reading, 0.66, (term) => this.near(term), same), near: true });
      };
      [terms, ...readings.slice(0, 3)].forEach(near);
      for (const [at, term] of best.products.length ? [] : terms.entries()) {
        if (term.key.length > 5)
          this.torn(term, terms.length > 1 ? 3 : 5).forEach((halves) => near([...terms.slice(0, at), ...halves, ...terms.slice(at + 1)]));
      }
      return best;
    }
  }

  const better = (a, b) => (b.cover > a.cover + 0.001 ? b : a);

  function merged(a, b) {
    const products = new Map(a.products.map((one) => [one.product, one]));
    for (const one of b.products)
      if (one.score > (products.get(one.product) || { score: 0 }).score) products.set(one.product, one);
    return { ...better(a, b), full: a.full || b.full, products: [...products.values()] };
  }

  /** A text in pieces, every second one a word of it that was found: for <mark>. */
  function marked(text, words) {
    const parts = [""];
    for (const piece of text.split(/([\p{L}\p{N}]+)/u)) {
      const found = tokens(piece).some((token) => words.has(token));
      if (found === (parts.length % 2 === 0)) parts[parts.length - 1] += piece;
      else parts.push(piece);
    }
    return parts;
  }

  return { Index, NAME, MAKER, OTHER, TEXT, shape, merged, better, marked, fold, slug, oneToneStyle, tokens };
})();
