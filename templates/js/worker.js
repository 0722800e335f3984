// The calculator's own thread: loads Pyodide and the calculator, then answers one JSON text with another.
//
// In:  {start: {runtime: <address of our folder>, again: <true after a failure>}}, then {id, request: <JSON text>}.
// Out: {progress: {loaded, total}}, {starting: true}, {ready: true}, {id, answer: <JSON text>},
//      {failed: <reason, see words.js>, detail: <for the console>}; after `failed` this worker is of no more use.
//
// Pyodide goes on silently after some failures (a wasm file it cannot compile, a library it cannot fetch), so every
// file is fetched here, counted and compared with its length in manifest.json, and Pyodide is handed the responses.

const PACKAGE = "yibao-calculator";
const DOOR = "calculator.bridge";
const SMALLEST_WASM = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
const PROGRESS_EVERY = 100; // milliseconds
// Fetched by us and handed to Pyodide as they come.
const HANDED_OVER = ["pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json"];
// Wasm is compiled as it comes only under its own name, which not every host gives it.
const TYPES = { wasm: "application/wasm", json: "application/json" };

const networkFetch = self.fetch.bind(self);
let answer = null;
let over = false;

class Failure extends Error {
  constructor(reason, detail) {
    super(detail);
    this.reason = reason;
  }
}

self.addEventListener("message", ({ data }) => {
  if (data.start) {
    start(data.start).catch(fail);
  } else {
    reply(data.id, data.request);
  }
});
self.addEventListener("error", (event) => fail(event.error ?? new Error(event.message)));
self.addEventListener("unhandledrejection", (event) => fail(event.reason));

function fail(error) {
  if (!over) {
    over = true;
    self.postMessage({ failed: reasonOf(error), detail: String(error?.stack ?? error) });
  }
}

function reasonOf(error) {
  if (error instanceof Failure) {
    return error.reason;
  }
  const outOfMemory = /out of memory|could not allocate|cannot allocate|allocation failed|MemoryError/i;
  return outOfMemory.test(String(error?.message ?? error)) ? "memory" : "broken";
}

function reply(id, request) {
  if (!answer) {
    fail(new Error("asked before it was ready"));
    return;
  }
  try {
    self.postMessage({ id, answer: answer(request) });
  } catch (error) {
    fail(error);
  }
}

async function start({ runtime, again }) {
  await requireWasm();
  const cache = again ? "reload" : "default";
  const manifest = await readManifest(new URL("manifest.json", runtime), cache);
  const files = fetchAll(manifest.files, runtime, cache);
  await Promise.race([load(files, runtime), files.broken]);
  self.postMessage({ ready: true });
}

/** Find out before megabytes are fetched whether they could be run. */
async function requireWasm() {
  if (typeof WebAssembly !== "object" || typeof WebAssembly.instantiate !== "function") {
    throw new Failure("unsupported", "no WebAssembly");
  }
  try {
    await WebAssembly.instantiate(SMALLEST_WASM);
  } catch (error) {
    throw new Failure("blocked", String(error));
  }
}

async function readManifest(url, cache) {
  try {
    return await (await checked(url, cache)).json();
  } catch (error) {
    throw new Failure("file", `${url}: ${error}`);
  }
}

async function checked(url, cache) {
  const response = await networkFetch(url, { cache });
  if (!response.ok) {
    throw new Failure("file", `${url}: ${response.status}`);
  }
  if ((response.headers.get("Content-Type") ?? "").startsWith("text/html")) {
    throw new Failure("file", `${url}: a web page came instead`);
  }
  return response;
}

/** Begin to fetch every file; `broken` rejects as soon as one of them is not what the manifest promises. */
function fetchAll(listed, runtime, cache) {
  const progress = countProgress(listed);
  const responses = new Map();
  const urls = new Map();
  let refuse;
  const broken = new Promise((_, reject) => (refuse = reject));
  for (const [name, { url, bytes }] of Object.entries(listed)) {
    const address = new URL(url, runtime).href;
    const type = TYPES[name.split(".").pop()] ?? "application/octet-stream";
    const response = checked(address, cache).then((found) => counted(found, type, bytes, progress, refuse));
    response.catch((error) => refuse(error instanceof Failure ? error : new Failure("file", `${address}: ${error}`)));
    urls.set(name, address);
    responses.set(address, response);
  }
  return { urls, responses, broken };
}

/** The same response, its bytes counted on the way; `refuse` is called when they end too early or too late. */
function counted(response, type, expected, progress, refuse) {
  const reader = response.body.getReader();
  let seen = 0;
  const wrong = (controller, why) => {
    const failure = new Failure("file", `${response.url}: ${why}`);
    refuse(failure);
    controller.error(failure);
  };
  const body = new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (!done) {
          seen += value.byteLength;
          progress(value.byteLength);
          controller.enqueue(value);
        } else if (seen === expected) {
          controller.close();
        } else {
          wrong(controller, `${seen} bytes instead of ${expected}`);
        }
      } catch (error) {
        wrong(controller, error);
      }
    },
  });
  return new Response(body, { headers: { "Content-Type": type } });
}

function countProgress(listed) {
  const total = Object.values(listed).reduce((sum, { bytes }) => sum + bytes, 0);
  let loaded = 0;
  let told = 0;
  return (more) => {
    loaded += more;
    if (loaded === total || Date.now() - told > PROGRESS_EVERY) {
      told = Date.now();
      self.postMessage({ progress: { loaded, total } });
      if (loaded === total) {
        self.postMessage({ starting: true });
      }
    }
  };
}

async function load({ urls, responses }, runtime) {
  handOver(urls, responses);
  reportWasmFailures();
  // Fetched whole before they are imported: an import has no length to check, and finds them in the HTTP cache.
  const whole = ["pyodide.mjs", "pyodide.asm.js", ...urls.keys()].filter((name) => !HANDED_OVER.includes(name));
  await Promise.all([...new Set(whole)].map(async (name) => (await responses.get(urls.get(name))).arrayBuffer()));
  const { loadPyodide } = await import(urls.get("pyodide.mjs"));
  const pyodide = await loadPyodide({
    indexURL: new URL(".", urls.get("pyodide.mjs")).href,
    lockFileURL: urls.get("pyodide-lock.json"),
    packageBaseUrl: runtime, // else Pyodide would look for packages on a server of its own
    stdout: (text) => console.debug(text),
    stderr: (text) => console.debug(text),
  });
  const failures = [];
  await pyodide.loadPackage(PACKAGE, { messageCallback() {}, errorCallback: (text) => failures.push(text) });
  if (!pyodide.loadedPackages[PACKAGE]) {
    throw new Failure("file", failures.join("\n") || `${PACKAGE} was not loaded`);
  }
  answer = pyodide.pyimport(DOOR).answer;
}

/** Pyodide's own requests for these files get the responses that are already on their way. */
function handOver(urls, responses) {
  const handed = new Set(HANDED_OVER.map((name) => urls.get(name)));
  self.fetch = (resource, options) => {
    const url = new URL(resource instanceof Request ? resource.url : resource, self.location.href).href;
    return handed.delete(url) ? responses.get(url) : networkFetch(resource, options);
  };
}

/** Pyodide waits for ever when its wasm file does not compile; here it becomes a failure. */
function reportWasmFailures() {
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    if (original) {
      WebAssembly[name] = async (...parameters) => {
        try {
          return await original.apply(WebAssembly, parameters);
        } catch (error) {
          setTimeout(() => fail(error)); // a file that came wrong has told so by then
          throw error;
        }
      };
    }
  }
}
