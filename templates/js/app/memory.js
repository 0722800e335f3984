// What the reader has answered, kept in this tab by question, so that it is still there after a reload, in another
// area or in another calculator. Where the browser keeps nothing, everything else works the same.

const KEY = "yibao-mingbaizhang/answers";

/** All answers kept: question name → text. */
export function remembered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** Keep one answer; an empty one is forgotten. */
export function remember(name, value) {
  const answers = remembered();
  if (value === "") {
    delete answers[name];
  } else {
    answers[name] = value;
  }
  try {
    sessionStorage.setItem(KEY, JSON.stringify(answers));
  } catch {
    // Storage is full or blocked: the answers stay in the form.
  }
}
