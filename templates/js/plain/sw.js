// Keeps the site for later: the shell, the pages visited, the calculator and the places chosen. Nothing depends on it.
//
// One build is one whole. SITE (written above by the build) names it and lists its files; whatever is kept lies in a
// cache of that build alone, and a page is kept only when it says that it belongs to it. A new build is fetched beside
// the old one, brings along what was kept, and takes over when a page of its own asks or when no old page is left.
// Pages of an old build that are still open get their files from the old cache until they are closed or reloaded.
//
// In: {keep: [<address>, …], build}, {switch: true}, {ask: "build"} with a port to answer on.

const { build, shell, files, runtime, areas, offline } = self.SITE;
const PREFIX = `yibao ${new URL(self.registration.scope).pathname} `; // one host may hold several sites
const NAME = PREFIX + build;
const PATIENCE = 4000; // milliseconds for a page that is also kept
const MOST_PAGES = 100;
const OWN = new Set(files);
const HASHED = /^runtime\/[0-9a-f]{8,}\/|\.[0-9a-f]{8,}\.[a-z0-9]+$/;

const address = (path) => new URL(path, self.registration.scope).href;

/** The path inside the site, without query; null for anything outside it. */
function pathOf(url) {
  const plain = url.split(/[?#]/)[0];
  return plain.startsWith(self.registration.scope) ? plain.slice(self.registration.scope.length) : null;
}

const isPage = (path) => path === "" || path.endsWith("/") || path.endsWith(".html");
const isHtml = (response) => (response.headers.get("Content-Type") ?? "").startsWith("text/html");
const buildOf = (html) => html.match(/<meta name="build" content="([^"]*)">/)?.[1];

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const { data, source, ports } = event;
  if (data.switch) {
    event.waitUntil(self.skipWaiting());
  } else if (data.ask) {
    ports[0].postMessage(build);
  } else if (data.keep) {
    event.waitUntil(keep(data.keep).then(() => tidy(source, data.build)));
  }
});
self.addEventListener("fetch", (event) => {
  const path = pathOf(event.request.url);
  if (event.request.method !== "GET" || path === null) {
    return;
  }
  if (event.request.mode === "navigate") {
    event.respondWith(page(event, path));
  } else if (OWN.has(path)) {
    event.respondWith(file(event, path));
  } else if (HASHED.test(path)) {
    event.respondWith(fileOfAnotherBuild(event.request));
  }
});

/** All of the shell and all that was kept of earlier builds, or nothing: half a build is not installed. */
async function install() {
  const cache = await caches.open(NAME);
  try {
    await Promise.all(shell.map((path) => fetchInto(cache, path)));
    await bringAlong(cache);
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

async function earlier() {
  return (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
}

async function bringAlong(cache) {
  const wanted = new Set();
  for (const name of await earlier()) {
    for (const { url } of await (await caches.open(name)).keys()) {
      const path = pathOf(url);
      const area = path.match(/^data\/areas\/([a-z0-9-]+)\.[0-9a-f]+\.json$/)?.[1];
      if (isPage(path) || OWN.has(path)) {
        wanted.add(path);
      } else if (area in areas) {
        wanted.add(areas[area]);
      } else if (path.startsWith("runtime/")) {
        runtime.forEach((own) => wanted.add(own));
      }
    }
  }
  shell.forEach((path) => wanted.delete(path));
  await Promise.all([...wanted].map((path) => bring(cache, path)));
}

async function bring(cache, path) {
  const old = OWN.has(path) && (await caches.match(address(path), { ignoreVary: true })); // the same bytes by its name
  if (old) {
    await cache.put(address(path), old);
  } else {
    await fetchInto(cache, path, true);
  }
}

/** Fetch one file of this build and keep it; a page that is gone by now may be missing. */
async function fetchInto(cache, path, mayBeGone = false) {
  const response = await fetch(address(path), { cache: "no-cache" });
  if (mayBeGone && response.status === 404) {
    return;
  }
  if (!response.ok || isHtml(response) !== isPage(path)) {
    throw new Error(`${path}: ${response.status}`);
  }
  if (isPage(path) && buildOf(await response.clone().text()) !== build) {
    throw new Error(`${path} belongs to another build`);
  }
  await cache.put(address(path), response);
}

/** Pages: the newest there is; what is kept when the network gives nothing in time. */
async function page(event, path) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(address(path), { ignoreVary: true });
  const fetched = fetch(event.request).then((response) => {
    if (response.ok && !response.redirected && isHtml(response)) {
      event.waitUntil(keepPage(cache, path, response.clone()));
    }
    return response;
  });
  try {
    const response = await (kept ? Promise.race([fetched, tooLate()]) : fetched);
    return kept && response.status >= 500 ? kept : response;
  } catch {
    fetched.catch(() => {});
    return kept ?? (await cache.match(address(offline), { ignoreVary: true })) ?? Response.error();
  }
}

function tooLate() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE, new Error("too late")));
}

async function keepPage(cache, path, response) {
  const found = buildOf(await response.clone().text());
  if (found === build) {
    await cache.put(address(path), response);
    await dropOldest(cache);
  } else if (found) {
    await self.registration.update().catch(() => {}); // there is a new build
  }
}

async function dropOldest(cache) {
  const pages = (await cache.keys()).filter(({ url }) => isPage(pathOf(url)) && !shell.includes(pathOf(url)));
  await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST_PAGES)).map((old) => cache.delete(old)));
}

/** Files of this build never change: what is kept is right, unless the page says that it came broken. */
async function file(event, path) {
  const cache = await caches.open(NAME);
  const kept = event.request.cache !== "reload" && (await cache.match(address(path), { ignoreVary: true }));
  if (kept) {
    return kept;
  }
  const response = await fetch(event.request);
  if (response.ok && !isHtml(response)) {
    event.waitUntil(cache.put(address(path), response.clone()).catch(() => {})); // the disk may be full
  }
  return response;
}

/** For pages of another build that are still open: as kept by their own worker, else as the network has it. */
async function fileOfAnotherBuild(request) {
  for (const name of request.cache === "reload" ? [] : await earlier()) {
    const kept = await (await caches.open(name)).match(request.url, { ignoreVary: true });
    if (kept) {
      return kept;
    }
  }
  return fetch(request);
}

/** What a page loaded before this worker stood beside it. Who has a place's data has used the calculator. */
async function keep(addresses) {
  const cache = await caches.open(NAME);
  const paths = new Set(addresses.map(pathOf).filter((path) => path !== null && (isPage(path) || OWN.has(path))));
  if ([...paths].some((path) => path.startsWith("data/areas/"))) {
    runtime.forEach((path) => paths.add(path));
  }
  await Promise.all([...paths].map((path) => keepOne(cache, path).catch(() => {})));
}

async function keepOne(cache, path) {
  if (!(await cache.match(address(path), { ignoreVary: true }))) {
    const response = await fetch(address(path));
    if (response.ok && isHtml(response) === isPage(path)) {
      await (isPage(path) ? keepPage(cache, path, response) : cache.put(address(path), response));
    }
  }
}

/** Old builds go when the only page that is open belongs to this one, and no newer one waits. */
async function tidy(source, ofPage) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const { waiting, installing } = self.registration;
  if (ofPage === build && !waiting && !installing && windows.every(({ id }) => id === source.id)) {
    await Promise.all((await earlier()).map((name) => caches.delete(name)));
  }
}
