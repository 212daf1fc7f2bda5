// The window: addresses, requests (through the parent process, and no others), timers, and the order of events.

const tasks = [];                                   // [due, order, function]
let order = 0, clock = 0;
const later = (run, delay = 0) => { tasks.push([clock + Math.max(0, +delay || 0), order, run]); return ++order; };

function address(text, base) {
  const parts = parseJSON(takeApart(String(text), base === undefined ? '' : String(base)));
  return parts && { ...parts, host: parts.hostname + (parts.port && ':' + parts.port) };
}

class URLSearchParams {
  #pairs;
  constructor(from = '') {
    const text = (part) => { try { return decodeURIComponent(part.replace(/\+/g, ' ')); } catch { return part; } };
    if (typeof from === 'string' || from instanceof Location) this.#pairs = String(from).replace(/^\?/, '').split('&').filter(Boolean).map((pair) => { const [name, ...rest] = pair.split('='); return [text(name), text(rest.join('='))]; });
    else this.#pairs = (typeof from[Symbol.iterator] === 'function' ? [...from] : Object.entries(from)).map(([name, value]) => [String(name), String(value)]);
  }
  get(name) { return this.#pairs.find((pair) => pair[0] === name)?.[1] ?? null; }
  getAll(name) { return this.#pairs.filter((pair) => pair[0] === name).map((pair) => pair[1]); }
  has(name) { return this.#pairs.some((pair) => pair[0] === name); }
  append(name, value) { this.#pairs.push([String(name), String(value)]); }
  set(name, value) { this.delete(name); this.append(name, value); }
  delete(name) { this.#pairs = this.#pairs.filter((pair) => pair[0] !== name); }
  forEach(run) { for (const [name, value] of this.#pairs) run(value, name, this); }
  entries() { return this.#pairs[Symbol.iterator](); }
  keys() { return this.#pairs.map((pair) => pair[0])[Symbol.iterator](); }
  values() { return this.#pairs.map((pair) => pair[1])[Symbol.iterator](); }
  get size() { return this.#pairs.length; }
  [Symbol.iterator]() { return this.entries(); }
  toString() { return this.#pairs.map((pair) => pair.map(encodeURIComponent).join('=')).join('&'); }
}

const PARTS = ['protocol', 'hostname', 'port', 'pathname', 'search', 'hash', 'username', 'password'];
class URL {
  constructor(text, base) {
    const parts = address(text, base);
    if (!parts) throw new TypeError(`Invalid URL: ${text}`);
    for (const part of PARTS) this[part] = parts[part];
    this.searchParams = new URLSearchParams(parts.search);
  }
  get origin() { return `${this.protocol}//${this.host}`; }
  get host() { return this.hostname + (this.port ? `:${this.port}` : ''); }
  set host(text) { [this.hostname, this.port = ''] = String(text).split(':'); }
  get href() {
    const query = this.searchParams.size ? `?${this.searchParams}` : '';
    const search = String(new URLSearchParams(this.search)) === String(this.searchParams) ? this.search : query;
    const login = this.username ? `${this.username}${this.password ? `:${this.password}` : ''}@` : '';
    return `${this.protocol}//${login}${this.host}${this.pathname}${search && !search.startsWith('?') ? '?' : ''}${search}${this.hash}`;
  }
  set href(text) { Object.assign(this, new URL(text)); }
  toString() { return this.href; }
  toJSON() { return this.href; }
  static canParse(text, base) { return address(text, base) !== null; }
  static createObjectURL(blob) { return `data:,${encodeURIComponent(blob?.parts?.map(String).join('') ?? '')}`; }
  static revokeObjectURL() {}
}

// Assigning to the location is a redirect, which the parent process may follow.
const go = (target) => { const to = address(target, document.baseURI)?.href; if (to && to.split('#')[0] !== page.address) tell({ saw: 'go', address: to }); };
class Location extends URL {
  assign(target) { go(target); }
  replace(target) { go(target); }
  reload() {}
}
const here = new Location(page.address);
const location = new Proxy(here, { get: (target, key) => { const value = Reflect.get(target, key, target); return typeof value === 'function' ? value.bind(target) : value; }, set: (target, key, value) => { if (key === 'hash') target.hash = value; else if (key === 'href') go(value); else { const moved = new URL(target.href); moved[key] = value; if (key === 'search') moved.searchParams = new URLSearchParams(value); go(moved.href); } return true; } });

class Document extends Element {
  constructor() { super('#document'); this.readyState = 'loading'; this.cookie = ''; this.referrer = ''; this.hidden = false; this.visibilityState = 'visible'; this.currentScript = null; this.fonts = { ready: Promise.resolve(), load: () => Promise.resolve() }; }
  get nodeType() { return 9; }
  get documentElement() { return this.firstElementChild; }
  get head() { return this.querySelector('head') ?? this.documentElement; }
  get body() { return this.querySelector('body') ?? this.documentElement; }
  get baseURI() { return page.base; }
  get URL() { return here.href; }
  get documentURI() { return here.href; }
  get domain() { return here.hostname; }
  get scripts() { return this.querySelectorAll('script'); }
  get forms() { return this.querySelectorAll('form'); }
  get defaultView() { return window; }
  get location() { return location; }
  set location(target) { go(target); }
  createElement(tag) { return create(tag); }
  createElementNS(_, tag) { return create(tag); }
  createTextNode(text) { return new Text(text); }
  createComment() { return new Text(''); }
  createDocumentFragment() { return new Element('#fragment'); }
  createEvent() { return { initEvent(type) { this.type = type; }, initCustomEvent(type) { this.type = type; } }; }
  getElementsByName(name) { return select(this, null, false, (element) => element.getAttribute('name') === name); }
  importNode(node) { return node; }
  open() {} close() {} execCommand() {}
  write(...html) {
    for (const node of parse(html.join(''))) {
      node[PARENT] = this.body;
      this.body[CHILDREN].push(node);
      if (!(node instanceof Element)) continue;
      for (const script of node[TAG] === 'script' ? [node] : select(node, 'script')) schedule(script, true);
    }
  }
  writeln(...html) { this.write(...html); }
}
const document = new Document();

// Requests. The parent process decides what may be asked for, and asks.
const request = (method, target) => {
  const at = address(String(target?.url ?? target), document.baseURI)?.href;
  return at ? ask({ ask: 'fetch', method: String(method || 'GET').toUpperCase(), address: at }) : null;
};
class Headers {
  #all;
  constructor(all = {}) { this.#all = Object.fromEntries(Object.entries(all).map(([name, value]) => [name.toLowerCase(), String(value)])); }
  get(name) { return this.#all[String(name).toLowerCase()] ?? null; }
  has(name) { return this.get(name) !== null; }
  set(name, value) { this.#all[String(name).toLowerCase()] = String(value); }
  append(name, value) { this.set(name, value); }
  forEach(run) { for (const [name, value] of Object.entries(this.#all)) run(value, name); }
}
class Response {
  constructor(answer) { Object.assign(this, { status: answer.status, ok: answer.status >= 200 && answer.status < 300, url: answer.address, redirected: false, statusText: '', headers: new Headers(answer.headers), body: null }); this.text = async () => answer.body; }
  async json() { return JSON.parse((await this.text()).replace(/^\ufeff/, '')); }
  async blob() { return this; }
  clone() { return this; }
}
const fetch = async (target, options = {}) => {
  const answer = request(options?.method ?? target?.method, target);
  if (!answer) throw new TypeError('Failed to fetch');
  return new Response(answer);
};
class XMLHttpRequest extends EventTarget {
  constructor() { super(); this.readyState = 0; this.status = 0; this.responseText = ''; this.responseType = ''; }
  open(method, target) { this.method = method; this.target = target; this.readyState = 1; }
  setRequestHeader() {} overrideMimeType() {} abort() {}
  send() {
    const answer = request(this.method, this.target);
    this.headers = new Headers(answer?.headers);
    Object.assign(this, { readyState: 4, status: answer?.status ?? 0, statusText: answer ? 'OK' : '', responseText: answer?.body ?? '', responseURL: answer?.address ?? '' });
    for (const type of ['readystatechange', answer ? 'load' : 'error', 'loadend']) this.dispatchEvent(new Event(type));
  }
  get response() { if (this.responseType !== 'json') return this.responseText; try { return JSON.parse(this.responseText); } catch { return null; } }
  getResponseHeader(name) { return this.headers?.get(name) ?? null; }
  getAllResponseHeaders() { const lines = []; this.headers?.forEach((value, name) => lines.push(`${name}: ${value}`)); return lines.join('\r\n'); }
}

class Event { constructor(type, init = {}) { this.type = type; Object.assign(this, init); } preventDefault() {} stopPropagation() {} stopImmediatePropagation() {} }
class Blob { constructor(parts = []) { this.parts = parts; } async text() { return this.parts.map(String).join(''); } }
class TextDecoder {
  decode(bytes = []) {
    const escaped = Array.from(new Uint8Array(bytes.buffer ?? bytes), (byte) => '%' + byte.toString(16).padStart(2, '0')).join('');
    try { return decodeURIComponent(escaped); } catch { return unescape(escaped); }
  }
}

// Elements that the page defines itself: those in the page become what it says, as its constructor returns them.
let becoming = null;
function HTMLElement() { return becoming ?? create('div'); }
HTMLElement.prototype = Element.prototype;
const customElements = {
  define(tag, kind) {
    later(() => {
      for (const element of select(document, null, false, (one) => one[TAG] === tag)) {
        Object.setPrototypeOf(element, kind.prototype);
        becoming = element;
        try { new kind(); } finally { becoming = null; }
        later(() => element.connectedCallback?.());
      }
    });
  },
  get() {},
  whenDefined: async () => {},
};

class Observer { observe() {} disconnect() {} unobserve() {} takeRecords() { return []; } }
const storage = () => new Proxy({ getItem(name) { return Object.hasOwn(this, name) ? this[name] : null; }, setItem(name, value) { this[name] = String(value); }, removeItem(name) { delete this[name]; }, clear() {}, length: 0, key: () => null }, {});
const quiet = () => {};
const windowEvents = new EventTarget();

// Names a script may look up without having been given them: an unknown `window.Name` that looks like a library
// is a ghost, any other is undefined, as pages test for those; an unknown bare name is always a ghost.
const window = new Proxy(globalThis, {
  get: (target, key) => Object.hasOwn(target, key) ? target[key] : typeof key === 'string' && /^[A-Z]\w*[a-z]/.test(key) ? nameless(key) : Object.prototype[key],
  has: (target, key) => Object.hasOwn(target, key),
});
const namelessGhosts = new Map();
const nameless = (name) => { if (!namelessGhosts.has(name)) namelessGhosts.set(name, ghost(name)); return namelessGhosts.get(name); };

const offered = {
  window, self: window, top: window, parent: window, frames: window, document, URL, URLSearchParams, XMLHttpRequest, fetch, Headers, Response, Event, Blob, File: Blob, CustomEvent: Event, EventTarget, Node, Element, HTMLElement, customElements, TextDecoder, Text,
  MutationObserver: Observer, IntersectionObserver: Observer, ResizeObserver: Observer, localStorage: storage(), sessionStorage: storage(),
  navigator: { userAgent: 'Mozilla/5.0', language: 'en', languages: ['en'], platform: '', onLine: true, vendor: '' }, screen: { width: 1280, height: 800 }, innerWidth: 1280, innerHeight: 800, devicePixelRatio: 1, opener: null, frameElement: null, name: '', origin: here.origin,
  history: { pushState: quiet, replaceState: quiet, back: quiet, go: quiet, state: null, length: 1 }, console: new Proxy({}, { get: () => quiet }), alert: quiet, confirm: () => true, prompt: () => null,
  setTimeout: (run, delay, ...args) => later(() => typeof run === 'function' ? run(...args) : quiet(), delay), clearTimeout: (id) => { const place = tasks.findIndex((task) => task[1] === id - 1); if (place >= 0) tasks.splice(place, 1); },
  requestAnimationFrame: (run) => later(() => run(clock), 16), requestIdleCallback: (run) => later(() => run({ timeRemaining: () => 50, didTimeout: false }), 20), cancelAnimationFrame: quiet,
  addEventListener: windowEvents.addEventListener.bind(windowEvents), removeEventListener: quiet, dispatchEvent: windowEvents.dispatchEvent.bind(windowEvents), postMessage: quiet,
  matchMedia: () => ({ matches: false, addListener: quiet, addEventListener: quiet, removeEventListener: quiet }), getComputedStyle: () => ({ getPropertyValue: () => '' }), scrollTo: quiet, open: quiet, close: quiet, focus: quiet,
  Image: class { constructor() { return create('img'); } }, DOMParser: class { parseFromString(html) { const root = new Element('#fragment'); root.append(...parse(html)); return root; } },
  performance: { now: () => clock, mark: quiet, measure: quiet, timing: {} }, crypto: { getRandomValues: (array) => array.fill(4), randomUUID: () => '00000000-0000-4000-8000-000000000000' },
  // What would make a library believe that it is not in a browser.
  define: undefined, module: undefined, exports: undefined, require: undefined, process: undefined, global: undefined, Deno: undefined, Bun: undefined, importScripts: undefined,
};
// Several repetitions are enough to see what a script waits for.
offered.setInterval = (run, delay, ...args) => { let left = 5; const again = () => { if (left-- > 0) { later(again, delay); run(...args); } }; return later(again, delay); };
offered.clearInterval = offered.clearTimeout;
