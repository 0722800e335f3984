// The page that stands in for one that is not kept: lists those that are.

const list = document.getElementById("kept");
const root = new URL("../", import.meta.url).href;
const pages = new Map();
for (const name of (await globalThis.caches?.keys()) ?? []) {
  if (name.startsWith(`yibao ${new URL(root).pathname} `)) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (request.url.endsWith("/") && !request.url.endsWith("/offline/")) {
        const html = await (await cache.match(request, { ignoreVary: true })).text();
        pages.set(request.url, new DOMParser().parseFromString(html, "text/html").title.split("｜")[0]);
      }
    }
  }
}
for (const [url, title] of pages) {
  const link = document.createElement("a");
  link.className = "row-link";
  link.href = url;
  link.textContent = title;
  const line = document.createElement("li");
  line.append(link);
  list.append(line);
}
document.getElementById("kept-none").hidden = pages.size > 0;
