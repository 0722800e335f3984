// The page's side of the worker: starts it, watches over it, asks it. It never waits in silence: what does not come
// within its time ends the worker and rejects with a reason that words.js puts into a sentence.

const DOWNLOAD_PATIENCE = 45_000; // without a single new byte
const START_PATIENCE = 120_000; // from the last byte to the first answer, on a slow phone
const ANSWER_PATIENCE = 20_000;

export class EngineFailure extends Error {
  constructor(reason, detail) {
    super(`${reason}: ${detail}`);
    this.reason = reason;
  }
}

export class Engine {
  #addresses;
  #tell;
  #worker = null;
  #ready = null;
  #settle = null;
  #waiting = new Map();
  #nextId = 1;
  #alarm = 0;
  #failedBefore = false;
  #isReady = false;
  #areas = new Map();

  /** `addresses`: absolute {worker, runtime, data}; `tell` is called with {loaded, total} or {starting: true}. Without
   * `data` no place is loaded at the start; `area` loads them. */
  constructor(addresses, tell) {
    this.#addresses = addresses;
    this.#tell = tell;
  }

  /** True when an answer can come without loading anything. */
  get isReady() {
    return this.#isReady;
  }

  /** Start if need be. The promise gives {area, links} and is the same for everyone until the engine fails. */
  start() {
    this.#ready ??= this.#begin();
    return this.#ready;
  }

  /** The answer to a request, both as values; rejects with EngineFailure. */
  async ask(request) {
    await this.start();
    return this.#send(request);
  }

  /** A place by the address of its data, loaded once: {area, links}. */
  async area(address) {
    await this.start();
    if (!this.#areas.has(address)) {
      this.#areas.set(address, this.#readData(address).then((data) => this.#load(data, address)));
    }
    try {
      return await this.#areas.get(address);
    } catch (error) {
      throw this.#stop(error);
    }
  }

  async #begin() {
    try {
      const { data: address } = this.#addresses;
      const [data] = await Promise.all([address && this.#readData(address), this.#startWorker()]);
      const own = data ? await this.#load(data, address) : {};
      this.#isReady = true;
      return own;
    } catch (error) {
      this.#stop(error);
      throw error;
    }
  }

  async #load(data, address) {
    const loaded = await this.#send({ do: "load", area: data.area, sources: data.sources ?? {} });
    if (!loaded.ok) {
      throw new EngineFailure("broken", loaded.message);
    }
    return { area: loaded.area, links: linksFrom(data.links ?? {}, address) };
  }

  async #readData(address) {
    try {
      const response = await fetch(address, { cache: this.#failedBefore ? "reload" : "default" });
      if (!response.ok) {
        throw new Error(`${response.status}`);
      }
      return await response.json();
    } catch (error) {
      throw new EngineFailure("data", String(error));
    }
  }

  #startWorker() {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#expect(DOWNLOAD_PATIENCE, "stalled");
      try {
        this.#worker = new Worker(this.#addresses.worker, { type: "module" });
      } catch (error) {
        reject(new EngineFailure("worker", String(error)));
        return;
      }
      this.#worker.addEventListener("message", ({ data }) => this.#hear(data));
      this.#worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.#stop(new EngineFailure("worker", event.message ?? "the worker's script did not load"));
      });
      this.#worker.addEventListener("messageerror", () => this.#stop(new EngineFailure("broken", "messageerror")));
      this.#worker.postMessage({ start: { runtime: this.#addresses.runtime, again: this.#failedBefore } });
    });
  }

  #hear(message) {
    if (message.failed) {
      this.#stop(new EngineFailure(message.failed, message.detail));
    } else if (message.ready) {
      this.#settle.resolve();
      this.#expectNothing();
    } else if (message.id) {
      this.#waiting.get(message.id)?.resolve(message.answer);
      this.#waiting.delete(message.id);
      this.#expectNothing();
    } else {
      this.#expect(message.starting ? START_PATIENCE : DOWNLOAD_PATIENCE, message.starting ? "slow" : "stalled");
      this.#tell(message.progress ?? { starting: true });
    }
  }

  async #send(request) {
    const id = this.#nextId++;
    const text = await new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#expect(ANSWER_PATIENCE, "slow");
      this.#worker.postMessage({ id, request: JSON.stringify(request) });
    });
    const answer = JSON.parse(text);
    if (answer.error === "bug") {
      throw this.#stop(new EngineFailure(/MemoryError/.test(answer.detail) ? "memory" : "broken", answer.detail));
    }
    return answer;
  }

  /** Stop the worker for good and tell everyone who waits; the next start makes a new one. */
  #stop(error) {
    this.#expectNothing();
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = null;
    this.#isReady = false;
    this.#failedBefore = true;
    this.#settle?.reject(error);
    for (const { reject } of this.#waiting.values()) {
      reject(error);
    }
    this.#waiting.clear();
    this.#areas.clear();
    return error;
  }

  #expect(milliseconds, reason) {
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.#stop(new EngineFailure(reason, `${milliseconds} ms`)), milliseconds);
  }

  #expectNothing() {
    if (this.#waiting.size === 0) {
      clearTimeout(this.#alarm);
    }
  }
}

/** The links of the data are relative to the data's own address; forms stand on pages of several depths. */
function linksFrom(links, address) {
  const absolute = ([id, href]) => [id, new URL(href, address).href];
  return Object.fromEntries(Object.entries(links).map(absolute));
}
