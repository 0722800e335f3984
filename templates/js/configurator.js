// Makes the snippet that puts a calculator on another site; all addresses come from where this page stands.

const form = document.getElementById("embed-form");
const { kind, area, color } = form.elements;
const code = document.getElementById("embed-code");
const look = document.getElementById("embed-look");
const root = new URL(form.dataset.root, document.baseURI);
const places = [...area.options].map((option) => ({ value: option.value, text: option.text }));

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Only the places that have the calculator chosen; the place stays when it has it too. */
function offer() {
  const kept = area.value;
  const numbers = kind.selectedOptions[0].dataset.areas.split(" ").map(Number);
  area.replaceChildren(...numbers.map((number) => new Option(places[number].text, places[number].value)));
  if ([...area.options].some((option) => option.value === kept)) {
    area.value = kept;
  }
}

function write() {
  const address = new URL(`embed/${kind.value}/${area.value}/`, root);
  const chosen = color.value.trim().replace(/^#/, "").toLowerCase();
  if (/^[0-9a-f]{6}$/.test(chosen)) {
    address.searchParams.set("color", chosen);
  }
  const title = escaped(`${area.selectedOptions[0].text}：${kind.selectedOptions[0].text}`);
  const script = new URL(form.dataset.snippet, root).href;
  code.value =
    `<iframe src="${escaped(address.href)}" title="${title}" data-yibao loading="lazy" width="100%" height="900" ` +
    `style="border:0"></iframe>\n<script src="${escaped(script)}" async></scr` +
    `ipt>`;
  look.href = address.href;
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", ({ target }) => {
  if (target === kind) {
    offer();
  }
  write();
});
offer();
write();

const button = form.querySelector("[data-copy]");
button.disabled = false;
button.addEventListener("click", async () => {
  const said = form.querySelector("[data-said]");
  try {
    await navigator.clipboard.writeText(code.value);
    said.textContent = "复制好了。";
  } catch {
    code.select();
    said.textContent = "没能自动复制。代码已经选中，请长按或按 Ctrl+C 复制。";
  }
});
