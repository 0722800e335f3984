// The page where a report is put together: its place comes in the address (page, at, figure, data), and what is
// written goes nowhere unless the reader sends or copies it.

const form = document.getElementById("report");
const text = document.getElementById("report-text");
const asked = new URLSearchParams(location.search);
const LONGEST = 300; // what an address brings is shown, so a made-up one must not bury the page

const value = (name) => (asked.get(name) ?? "").replace(/\s+/g, " ").slice(0, LONGEST);
const page = asked.has("page") ? value("page") || "首页" : "";
const at = value("at") ? `#${value("at")}` : "";
const lines = [`位置：${page}${at}`];
if (value("figure")) {
  lines.push(`数字：${value("figure")}`);
}
lines.push(`数据版本：${value("data") || form.dataset.version}`, "", "哪里不对，应该是什么，依据是什么：", "");
text.value = lines.join("\n");

const title = () => `有误：${page || "网站"}`;
const encoded = () => [encodeURIComponent(title()), encodeURIComponent(text.value)];

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", ({ target }) => {
  const [subject, body] = encoded();
  if (target.matches("[data-issue]")) {
    target.href = form.dataset.issues.replace(/\{(title|body)\}/g, (_, name) => (name === "title" ? subject : body));
  } else if (target.matches("[data-letter]")) {
    target.href = `mailto:${form.dataset.mail}?subject=${subject}&body=${body}`;
  }
});

const button = form.querySelector("[data-copy]");
button.disabled = false;
button.addEventListener("click", async () => {
  const said = form.querySelector("[data-said]");
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = "复制好了。";
  } catch {
    text.select();
    said.textContent = "没能自动复制。文字已经选中，请长按或按 Ctrl+C 复制。";
  }
});
