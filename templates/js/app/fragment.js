// The answers of a form in a link, behind `#`: `v=1&total=50000`. What stands there is never sent to the site.
//
// `names` says what each question is called in links ({"bill.total": "total", …}); these names stay the same while
// questions may be renamed. A link of another version is not read; of this one, what is not known is left out and named.

export const VERSION = "1";
const LONGEST = 100;

/** The text behind `#` for these answers (question → text), in the order of `names`; empty ones are left out. */
export function encode(answers, names) {
  const told = Object.entries(names).filter(([field]) => answers[field]);
  return [`v=${VERSION}`, ...told.map(([field, name]) => `${name}=${encodeURIComponent(answers[field])}`)].join("&");
}

/** What a link says: null when there are no answers in it, else {answers: Map of question → text, dropped: names that
 * were not understood, readable: false for a link of another version}. */
export function decode(hash, names) {
  const text = hash.replace(/^#/, "");
  if (!/^v=/.test(text)) {
    return null;
  }
  const fields = new Map(Object.entries(names).map(([field, name]) => [name, field]));
  const answers = new Map();
  const dropped = [];
  const [[, version], ...told] = new URLSearchParams(text);
  if (version !== VERSION) {
    return { answers, dropped, readable: false };
  }
  for (const [name, value] of told) {
    const field = fields.get(name);
    if (field === undefined || answers.has(field) || value === "" || value.length > LONGEST) {
      dropped.push(name.slice(0, LONGEST));
    } else {
      answers.set(field, value);
    }
  }
  return { answers, dropped, readable: true };
}
