// The search itself: a query → results in order, from the small files the build made (sitegen/search/index.py).
//
// Nothing here knows of pages or of the network: `load(name)` gives the content of a file, and `find` works with
// what is there, saying what it still wants. The benchmark runs this very file in Node.

const FORMAT = 1;
const RUNS = /[\u3007\u3400-\u9fff]+|[a-z]+|[0-9]+/g;
const HAN = /[\u3007\u3400-\u9fff]/;
const AMOUNT = /^[一二三四五六七八九十百千万亿两几多半]+[元块天年月成岁次个]?$/;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
const SHORTEST_NUMBER = 4;
const LONGEST_QUERY = 60;
const LONGEST_WORD = 12;

// What a word is worth by where it stands; a document's own title is worth more than its headings.
const WORTH = {own: 1, asked: 0.9, heading: 0.7, brief: 0.35, text: 0.2};
const KINDS = {guide: 1, area: 0.95, calc: 0.85, term: 0.85, list: 0.75, dispute: 0.75, page: 0.6};
const EXACT = {guide: 3, asked: 3, heading: 2.6, area: 2.5, calc: 2.4, term: 2.4, list: 2.2, dispute: 2.2, page: 2};
const ALIKE = 1.4;
const ALIKE_WORD = 0.5;
// More pages than this with the same heading make it say nothing of any one of them.
const COMMON = 3;

// Who wants to count something is led to a calculator.
const COUNTING = /算一|算算|计算/;
const TO_COUNT = 1;

// Of a question the words need not all be there: at least this share of their weight, and nearly as much as in the
// best document; what is far less likely than the first result is left out.
const ENOUGH = 0.55;
const NEARLY = 0.6;
const CUT = 0.45;
const MOST = 16;
// How much a word says by how rare it is, at most; and the part of it for a word that is in no list.
const RAREST = 2.5;
const FREE = 0.6;

export function normal(text) {
  return text.normalize("NFKC").toLowerCase();
}

// As `tokens` of sitegen/search/texts.py cuts texts.
export function tokens(text) {
  const found = [];
  for (const run of normal(text).match(RUNS) ?? []) {
    if (HAN.test(run)) {
      for (let n = 0; n + 1 < run.length; n += 1) found.push(run.slice(n, n + 2));
    } else if (run[0] > "9" || run.length >= SHORTEST_NUMBER) {
      found.push(run);
    }
  }
  return found;
}

export function shardOf(token, size) {
  let value = 0;
  for (const char of token) value = (value * 31 + char.codePointAt(0)) % 65521;
  return value % size;
}

export function decode(code, total) {
  const lacking = code.startsWith("!");
  const rows = [];
  let row = -1;
  let value = 0;
  let power = 1;
  for (const char of lacking ? code.slice(1) : code) {
    const digit = DIGITS.indexOf(char);
    value += (digit % 32) * power;
    power *= 32;
    if (digit < 32) {
      row += value + 1;
      rows.push(row);
      value = 0;
      power = 1;
    }
  }
  if (!lacking) return new Set(rows);
  const without = new Set(rows);
  return new Set(Array.from({length: total}, (_, n) => n).filter((n) => !without.has(n)));
}

export class Search {
  constructor(load) {
    this.load = load;
    this.files = new Map();
    this.rows = [];
    this.documents = 0;
    this.titles = new Map();
    this.leads = [];
    this.known = new Map();
    this.filler = new Set();
    this.longest = 1;
    this.readings = new Map();
    this.postings = new Map();
  }

  // The first file: enough for results in titles and questions.
  async start() {
    const manifest = await this.load("first");
    if (manifest.format !== FORMAT) throw new Error(`search format ${manifest.format}`);
    this.count = manifest.count;
    this.version = manifest.version;
    this.addRows(manifest.rows);
  }

  // Names of all further files that every query needs.
  basics() {
    const names = [];
    for (let n = 0; n < this.count.words; n += 1) names.push(`words${n}`);
    names.push("pinyin0");
    for (let n = 1; n < this.count.rows; n += 1) names.push(`rows${n}`);
    return names.filter((name) => !this.files.has(name));
  }

  // Fetch files and take them in; rows only count in their order, so they wait for one another.
  async take(names) {
    await Promise.all(names.map(async (name) => {
      if (this.files.has(name)) return;
      const content = await this.load(name);
      if (!this.files.has(name)) this.accept(name, content);
    }));
  }

  accept(name, content) {
    this.files.set(name, content);
    const kind = name.replace(/\d+$/, "");
    if (kind === "words") this.addWords(content);
    if (kind === "pinyin" || kind === "sound") this.addReadings(content);
    if (kind === "rows") {
      for (let n = this.rowFiles ?? 1; this.files.has(`rows${n}`); n += 1) {
        this.addRows(this.files.get(`rows${n}`));
        this.rowFiles = n + 1;
      }
    }
  }

  addRows(rows) {
    for (const row of rows) {
      const number = this.rows.length;
      this.titles.set(row[2], (this.titles.get(row[2]) ?? 0) + 1);
      if (typeof row[0] === "string") {
        const [kind, address, title, context, also] = row;
        this.documents += 1;
        this.rows.push(entry({number, document: number, kind, own: true, address, anchor: "", title, also, brief: context}));
      } else {
        const [document, anchor, title, also, brief = ""] = row; // only questions have other words
        const {kind} = this.rows[document];
        this.rows.push(entry({number, document, kind, asked: also !== undefined, anchor, title, also: also ?? "", brief}));
      }
    }
  }

  addWords(groups) {
    for (const group of groups) {
      if (group.startsWith("-")) {
        for (const word of group.slice(1).split("|")) this.filler.add(word);
      } else if (group.includes(">")) {
        const [said, find] = group.split(">");
        this.leads.push({said, find});
      } else {
        const place = group.startsWith("@");
        const written = (place ? group.slice(1) : group).split("|");
        const words = written.map((word) => word.replace("~", ""));
        const narrow = written.filter((word) => !word.startsWith("~"));
        for (const word of words) this.known.set(word, {words: [word, ...narrow.filter((one) => one !== word)], place});
      }
    }
    for (const {said, find} of this.leads) {
      const own = this.known.get(said);
      const more = this.known.get(find)?.words ?? [find];
      this.known.set(said, {words: [...new Set([said, ...(own?.words ?? []), ...more])], place: false});
    }
    for (const word of [...this.known.keys(), ...this.filler]) this.longest = Math.max(this.longest, word.length);
  }

  addReadings(syllables) {
    for (const [syllable, chars] of Object.entries(syllables)) {
      for (const char of chars) {
        if (!this.readings.has(char)) this.readings.set(char, new Set());
        this.readings.get(char).add(syllable);
      }
    }
  }

  // Results for a query from what is loaded; `wants` names the files that would make them better.
  find(query) {
    const wants = new Set(this.basics());
    const text = normal(query).slice(0, LONGEST_QUERY).trim();
    if (!text) return {results: [], wants: [], instead: ""};
    let found = this.search(text, wants, false);
    let instead = "";
    const rare = found.length < 3 && found.every((hit) => hit.only);
    if (rare && !wants.size) {
      const corrected = this.corrected(text, wants);
      const better = corrected === text ? [] : this.search(corrected, wants, false);
      if (better.length > found.length) {
        instead = corrected;
        const already = new Set(better.map((hit) => hit.row.document));
        found = [...better, ...found.filter((hit) => !already.has(hit.row.document))];
      }
    }
    if (!found.length && !wants.size) found = this.search(text, wants, true);
    return {results: found.map((hit) => this.result(hit)), wants: [...wants], instead};
  }

  search(text, wants, loosely) {
    const {concepts, asks} = this.parse(text, wants);
    const looked = (loosely || asks ? concepts.flatMap((one) => this.loosened(one, wants)) : concepts)
      .map((one) => this.looked(one, wants));
    const present = loosely || asks ? looked.filter((one) => one.documents.size) : looked;
    // A known word that is nowhere says nothing against the rest; an unknown one does.
    const lenient = (loosely || asks) && present.some((one) => one.typed);
    const whole = looked.reduce((sum, one) => sum + (lenient && !one.documents.size ? Math.min(one.weight, 1) : one.weight), 0);
    const covered = new Map();
    for (const one of present) {
      for (const document of one.documents.keys()) covered.set(document, (covered.get(document) ?? 0) + one.weight);
    }
    const most = Math.max(0, ...covered.values());
    const enough = loosely ? Math.max(0.5 * whole, 0.8 * most) : asks ? Math.max(ENOUGH * whole, NEARLY * most) : whole - 1e-9;
    let candidates = [...covered].filter(([, weight]) => weight >= enough).map(([document]) => document);
    if (!concepts.length) candidates = this.alike(text);
    const hits = this.ranked(candidates, present, text, {whole, alike: asks || concepts.length > 1 ? ALIKE : ALIKE_WORD});
    if (!asks && !loosely) return hits;
    const best = Math.max(0, ...hits.map((hit) => hit.plain));
    return hits.filter((hit) => hit.score >= CUT * best).slice(0, loosely ? 8 : MOST);
  }

  // A query as concepts: each one word, or several words for one thing; question words are left out.
  parse(text, wants) {
    const concepts = [];
    let asks = false;
    for (const run of joined(text.match(RUNS) ?? [], text)) {
      if (!HAN.test(run)) {
        concepts.push(this.spelled(run, wants));
        continue;
      }
      const pieces = this.pieces(run);
      const whole = {strings: [run], free: true};
      const leftOver = pieces.some((piece) => !piece.word) && pieces.some((piece) => piece.word);
      if (leftOver && run.length <= 6 && this.looked(whole, wants).documents.size) {
        concepts.push(whole);
        continue;
      }
      let unknown = "";
      const close = (alone) => {
        const amount = unknown !== run && AMOUNT.test(unknown);
        if (!amount && (unknown.length > 1 || (alone && unknown))) concepts.push({strings: [unknown], free: true});
        unknown = "";
      };
      for (const piece of pieces) {
        if (piece.word) {
          close(false);
          if (this.known.has(piece.word)) concepts.push({strings: this.known.get(piece.word).words, typed: piece.word});
          else asks = true;
        } else {
          unknown += piece.char;
        }
      }
      close(unknown.length === run.length);
    }
    const seen = new Set();
    const different = concepts.filter((one) => {
      const key = one.strings.join("|");
      return !seen.has(key) && seen.add(key);
    });
    return {concepts: different, asks: asks || different.length > 2};
  }

  // Cut a run of characters so that known words cover most of it, question words the rest.
  pieces(run) {
    const best = [{worth: 0, from: -1}];
    for (let end = 1; end <= run.length; end += 1) {
      best[end] = {worth: best[end - 1].worth, from: end - 1};
      for (let start = Math.max(0, end - this.longest); start < end; start += 1) {
        const word = run.slice(start, end);
        const known = this.known.has(word);
        if (!known && !this.filler.has(word)) continue;
        const worth = best[start].worth + (known ? word.length * 1.3 - 0.3 : word.length * 1.1 - 0.5);
        if (worth > best[end].worth) best[end] = {worth, from: start, word};
      }
    }
    const found = [];
    for (let end = run.length; end > 0; end = best[end].from) {
      found.unshift(best[end].word ? {word: best[end].word} : {char: run[end - 1]});
    }
    return found;
  }

  // Letters: a place by its initials, a known word by its pinyin, or the beginning of one; else as they are.
  spelled(run, wants) {
    const plain = {strings: [run], free: true};
    if (!/^[a-z ]+$/.test(run)) return plain;
    const letters = run.replaceAll(" ", "");
    if (this.known.has(letters)) return {strings: this.known.get(letters).words, typed: letters};
    if (letters.length < 2) return plain;
    const whole = [];
    const initial = [];
    const begun = [];
    for (const [word, group] of this.known) {
      if (!HAN.test(word[0])) continue;
      const match = this.reads(word, letters);
      if (match === "whole") whole.push(group);
      else if (match === "begun" && letters.length > 2) begun.push(group);
      if (group.place && this.begins(word, letters)) initial.push(group);
    }
    const exact = this.posting(letters, wants)?.size > 0;
    const groups = whole.length ? whole : initial.length ? initial : exact ? [] : begun;
    if (!groups.length) return {strings: [letters], free: true};
    return {strings: [...new Set(groups.flatMap((group) => group.words))].slice(0, 40), typed: groups[0].words[0]};
  }

  reads(word, letters) {
    let ends = new Set([0]);
    for (const char of word) {
      const next = new Set();
      for (const end of ends) {
        for (const syllable of this.readings.get(char) ?? []) {
          if (letters.startsWith(syllable, end)) next.add(end + syllable.length);
          else if (syllable.startsWith(letters.slice(end)) || end === letters.length) return "begun";
        }
      }
      if (!next.size) return "";
      ends = next;
    }
    return ends.has(letters.length) ? "whole" : "";
  }

  begins(word, letters) {
    return word.length === letters.length
      && [...word].every((char, n) => [...(this.readings.get(char) ?? [])].some((one) => one[0] === letters[n]));
  }

  // Which rows and documents hold a concept, and how much it says.
  looked(concept, wants) {
    const rows = new Map();
    const note = (row, worth) => rows.set(row, Math.max(rows.get(row) ?? 0, worth));
    for (const string of concept.strings) {
      for (const row of this.rows) {
        if (row.title.includes(string)) note(row.number, place(row) * KINDS[row.kind]);
        else if (row.also.includes(string)) note(row.number, (row.asked ? 0.8 : place(row)) * KINDS[row.kind]);
        else if (row.brief.includes(string)) note(row.number, WORTH.brief);
      }
      // A longer way to say it stands wherever the shorter one in it does.
      if (concept.strings.some((other) => other !== string && string.includes(other))) continue;
      for (const number of this.holding(string, wants)) {
        if (number < this.rows.length) note(number, WORTH.text);
      }
    }
    const documents = new Map();
    for (const [number, worth] of rows) {
      const {document} = this.rows[number];
      if (worth > (documents.get(document) ?? 0)) documents.set(document, worth);
    }
    const all = this.documents;
    return {...concept, rows, documents, weight: Math.min(Math.log(1 + all / (1 + documents.size)) + 0.1, RAREST) * (concept.typed ? 1 : FREE)};
  }

  // Rows whose text holds a string, by its pairs of characters; nothing while their files are not there.
  holding(string, wants) {
    // All are asked for before any is missed, so that their files come in one go.
    const parts = tokens(string).map((token) => this.posting(token, wants));
    if (!parts.length || parts.includes(null)) return [];
    parts.sort((one, other) => one.size - other.size);
    return [...parts[0]].filter((number) => parts.every((part) => part.has(number)));
  }

  posting(token, wants) {
    if (this.postings.has(token)) return this.postings.get(token);
    const name = `text${shardOf(token, this.count.text)}`;
    if (!this.files.has(name)) {
      wants.add(name);
      return null;
    }
    const code = this.files.get(name)[token];
    const rows = code === undefined ? new Set() : decode(code, this.count.total);
    this.postings.set(token, rows);
    return rows;
  }

  // An unknown run that stands nowhere may still hold words that do.
  loosened(concept, wants) {
    if (!concept.free || concept.strings[0].length < 3 || !HAN.test(concept.strings[0])) return [concept];
    if (this.looked(concept, wants).documents.size) return [concept];
    return tokens(concept.strings[0]).map((pair) => ({strings: [pair], free: true}));
  }

  ranked(documents, concepts, text, {whole, alike}) {
    const wanted = new Set(documents);
    const bare = bareOf(text);
    const pairs = pairsOf(bare);
    const best = new Map();
    for (const row of this.rows) {
      if (!wanted.has(row.document)) continue;
      let score = 0;
      for (const one of concepts) score += one.weight * (one.rows.get(row.number) ?? 0);
      score /= whole || 1;
      // A heading that many pages have, such as “住院” of every place, names none of them.
      const common = !row.own && this.titles.get(row.shown) > COMMON;
      const exact = common ? 0 : exactly(bare, concepts, row);
      if (row.kind === "calc" && COUNTING.test(text)) score += TO_COUNT;
      score += (common ? 0 : alike * likeness(pairs, row)) + exact;
      const hit = best.get(row.document);
      if (!hit || score > hit.score) best.set(row.document, {row, score, exact});
    }
    const hits = [...best.values()].map(({row, score, exact}) => {
      let cover = 0;
      for (const one of concepts) cover += one.weight * (one.documents.get(row.document) ?? 0);
      const all = score + (0.5 * cover) / (whole || 1);
      return {row, score: all, plain: all - exact, only: cover <= (WORTH.text + 0.001) * whole};
    });
    return hits.sort((a, b) => b.score - a.score || a.row.document - b.row.document);
  }

  // Only question words: titles and questions that are put alike.
  alike(text) {
    const pairs = pairsOf(bareOf(text));
    return [...new Set(this.rows.filter((row) => likeness(pairs, row) > 0.3).map((row) => row.document))];
  }

  // The query with words put right that sound the same, or differ in one character of three or more.
  corrected(text, wants) {
    const unread = [...text].filter((char) => HAN.test(char) && !this.readings.has(char));
    for (const char of unread) {
      const name = `sound${char.codePointAt(0) % this.count.sound}`;
      if (!this.files.has(name)) wants.add(name);
    }
    return wants.size ? text : this.putRight(text);
  }

  // The longest such word first, then what stands before and after it; known words stay as they are.
  putRight(text) {
    for (let length = Math.min(text.length, LONGEST_WORD); length > 1; length -= 1) {
      for (let start = 0; start + length <= text.length; start += 1) {
        const word = this.meant(text.slice(start, start + length));
        if (word) return this.putRight(text.slice(0, start)) + word + this.putRight(text.slice(start + length));
      }
    }
    return text;
  }

  meant(window) {
    if (this.known.has(window)) return window;
    if (![...window].every((char) => HAN.test(char))) return "";
    const same = [...this.known.keys()].filter((word) => word.length === window.length);
    return same.find((word) => this.soundsLike(word, window))
      ?? (window.length > 2 ? same.find((word) => differs(word, window) === 1) : "")
      ?? "";
  }

  soundsLike(word, window) {
    return [...word].every((char, n) => char === window[n]
      || [...(this.readings.get(char) ?? [])].some((syllable) => this.readings.get(window[n])?.has(syllable)));
  }

  result({row, score}) {
    const document = this.rows[row.document];
    const [page, ownAnchor = ""] = document.address.split("#");
    const anchor = row.own ? ownAnchor : row.anchor;
    return {
      address: anchor ? `${page}#${anchor}` : page,
      document: document.address,
      kind: row.asked ? "asked" : row.own ? row.kind : "heading",
      of: document.kind,
      title: row.shown,
      context: row.own ? row.briefShown : row.asked && row.briefShown ? row.briefShown : document.shown,
      page: document.shown,
      score,
    };
  }
}

function entry(row) {
  const {title, also, brief} = row;
  return {...row, shown: title, briefShown: brief, title: normal(title), also: normal(also), brief: normal(brief), bag: null};
}

function place(row) {
  return row.own ? WORTH.own : row.asked ? WORTH.asked : WORTH.heading;
}

// Letters that only a blank parts are one spelling: “yidi jiuyi”.
function joined(runs, text) {
  const found = [];
  let at = 0;
  for (const run of runs) {
    const start = text.indexOf(run, at);
    const last = found.at(-1);
    const letters = /^[a-z]+$/.test(run);
    if (last && letters && /^[a-z ]+$/.test(last) && text.slice(at, start).trim() === "") found[found.length - 1] = `${last} ${run}`;
    else found.push(run);
    at = start + run.length;
  }
  return found;
}

function bareOf(text) {
  return (text.match(RUNS) ?? []).join("");
}

function pairsOf(bare) {
  const pairs = new Set();
  for (let n = 0; n + 1 < bare.length; n += 1) pairs.add(bare.slice(n, n + 2));
  return pairs;
}

// How much of the query's pairs a title or question has, and the other way round.
function likeness(pairs, row) {
  row.bag ??= {title: pairsOf(bareOf(row.title)), also: row.also ? row.also.split("|").map((one) => pairsOf(bareOf(one))) : []};
  let best = 0;
  for (const other of [row.bag.title, ...row.bag.also]) {
    let common = 0;
    for (const pair of pairs) if (other.has(pair)) common += 1;
    if (common) best = Math.max(best, (2 * common) / (pairs.size + other.size));
  }
  return best;
}

function exactly(bare, concepts, row) {
  const worth = row.asked ? EXACT.asked : row.own ? EXACT[row.kind] : EXACT.heading;
  const names = [row.title, ...(row.also ? row.also.split("|") : [])].map(bareOf);
  if (names.includes(bare)) return worth;
  if (concepts.length === 1 && concepts[0].strings.some((string) => names.includes(bareOf(string)))) return worth - 0.5;
  return 0;
}

function differs(one, other) {
  let count = 0;
  for (let n = 0; n < one.length; n += 1) if (one[n] !== other[n]) count += 1;
  return count;
}
