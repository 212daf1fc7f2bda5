// The order in which a page's scripts, events and timers run. The sandbox asks for the next piece until none is left.

const waiting = [], deferred = [];
let written = 0;                      // how many scripts the running one has written into the page: those come next
function schedule(element, next = false) {
  if (element[RAN]) return;
  const type = (element.getAttribute('type') ?? '').trim().toLowerCase();
  if (type && !/^(module|(text|application)\/(x-)?(javascript|ecmascript|babel))/.test(type)) return;
  element[RAN] = true;
  if (next) waiting.splice(written++, 0, element);
  else (type === 'module' || (element.hasAttribute('src') && element.hasAttribute('defer')) ? deferred : waiting).push(element);
}

// A module's imports are ghosts unless they are files beside the page; its exports are what it returns.
function unmodule(code, at) {
  const exported = [];
  const names = (list) => list.replace(/\s+as\s+/g, ': ');
  const load = (from) => `await __load(${from}, ${JSON.stringify(at)})`;
  const body = code
    .replace(/(^|[;\s}])import\s*([\w$]+)\s*(?:,\s*(\{[^}]*\}))?\s*from\s*(["'][^"']+["'])/g, (_, before, name, list, from) => `${before}const {default: ${name}} = ${load(from)}${list ? `; const ${names(list)} = ${load(from)}` : ''}`)
    .replace(/(^|[;\s}])import\s*(\{[^}]*\})\s*from\s*(["'][^"']+["'])/g, (_, before, list, from) => `${before}const ${names(list)} = ${load(from)}`)
    .replace(/(^|[;\s}])import\s*\*\s*as\s+([\w$]+)\s*from\s*(["'][^"']+["'])/g, (_, before, name, from) => `${before}const ${name} = ${load(from)}`)
    .replace(/(^|[;\s}])import\s*(["'][^"']+["'])/g, (_, before, from) => `${before}${load(from)}`)
    .replace(/\bimport\s*\(/g, '__import(').replace(/\bimport\.meta\b/g, `({url: ${JSON.stringify(at)}, env: {}})`)
    .replace(/(^|[;\s}])export\s+default\s+/g, (_, before) => `${before}__exports.default = `)
    .replace(/(^|[;\s}])export\s+(const|let|var|(?:async\s+)?function\*?|class)\s+([\w$]+)/g, (_, before, kind, name) => { exported.push(`${name}`); return `${before}${kind} ${name}`; })
    .replace(/(^|[;\s}])export\s*\{([^}]*)\}/g, (_, before, list) => { exported.push(...list.split(',').map((one) => one.trim().split(/\s+as\s+/).reverse().join(': ')).filter(Boolean)); return before; });
  return `(async (__exports) => { ${body}\n; return Object.assign(__exports, {${exported.join(', ')}}); })({})`;
}
const modules = new Map();
function mapped(name) {
  try { return JSON.parse(document.querySelector('script[type=importmap]').textContent).imports[name]; } catch { return undefined; }
}
offered.__load = (name, base) => {
  const inMap = mapped(name), from = inMap ?? name;
  if (inMap !== undefined) base = document.baseURI;
  const at = /^(\.{0,2}\/|https?:)/.test(from) ? address(from, base)?.href : null;
  if (!at) return ghost(from);
  if (!modules.has(at)) modules.set(at, (async () => {
    const code = ask({ ask: 'script', address: at });
    return code === null ? ghost(from) : (0, eval)(unmodule(code, at));
  })().catch(() => ghost(from)));
  return modules.get(at);
};
offered.__import = (from) => Promise.resolve(offered.__load(String(from), document.baseURI));

function scriptCode(element) {
  document.currentScript = element;
  written = 0;
  const source = element.getAttribute('src'), at = source === null ? page.address : element.src;
  const code = source === null ? element.textContent : ask({ ask: 'script', address: at });
  later(() => element.dispatchEvent(new Event('load')));
  if (code === null) return '';
  return /^\s*module/i.test(element.getAttribute('type') ?? '') ? unmodule(code, at) + '.catch(() => {})' : code;
}

const fire = (target, type) => { for (const [wanted, listener] of target[LISTENERS] ?? []) if (wanted === type) later(() => (listener.handleEvent ?? listener).call(window, new Event(type))); };
const stages = [
  () => { document.readyState = 'interactive'; fire(document, 'DOMContentLoaded'); fire(windowEvents, 'DOMContentLoaded'); fire(document, 'readystatechange'); },
  () => { document.readyState = 'complete'; fire(windowEvents, 'load'); fire(document, 'load'); for (const handler of [Object.hasOwn(globalThis, 'onload') && globalThis.onload, document.body?.onload, document.onreadystatechange]) if (typeof handler === 'function') later(() => handler.call(window, new Event('load'))); bodyOnload(); },
  () => { for (const run of callbacks.splice(0)) later(run); },
  () => { for (const run of callbacks.splice(0)) later(run); },
];
const bodyOnload = () => { const code = document.body?.getAttribute('onload'); if (code) later(() => (0, eval)(code)); };

// The next script's text, or '' after a function run here, until nothing is left (undefined).
let steps = 0;
function next() {
  if (++steps > 3000) return undefined;
  if (waiting.length) return scriptCode(waiting.shift());
  document.currentScript = null;
  if (deferred.length) return scriptCode(deferred.shift());
  if (!tasks.length) { const stage = stages.shift(); if (!stage) return undefined; stage(); return ''; }
  let first = 0;
  tasks.forEach((task, place) => { if (task[0] < tasks[first][0]) first = place; });
  const [due, , run] = tasks.splice(first, 1)[0];
  clock = Math.max(clock, due);
  run();
  return '';
}

// What the scripts left behind: the elements with what was put on them, and globals that look like data.
const TELLING_TAGS = new Set(['title', 'a', 'area', 'option', 'script', 'iframe', 'frame', 'object', 'input', 'meta', 'link']);
function remains() {
  const elements = [];
  for (const element of select(document, null, false, () => true)) {
    const put = Object.keys(element), text = element[CHILDREN].some((child) => child instanceof Element) ? '' : element.textContent.trim();
    if (!put.length && !TELLING_TAGS.has(element[TAG]) && !/^[{\[]/.test(text) && Object.keys(element[ATTRIBUTES]).every((name) => /^(id|class|style|title|alt|role|width|height|aria-.*|d|fill)$/.test(name))) continue;
    const data = element[TAG] === 'script' ? /json|ya?ml|plain/.test(element.type) || element.id : /^[{\[]/.test(text);
    const properties = put.length ? plain(Object.fromEntries(put.map((key) => [key, element[key]]))) : undefined;
    elements.push({ tag: element[TAG], attributes: { ...element[ATTRIBUTES] }, properties: properties ?? {}, text: data ? text : text.slice(0, 100) });
  }
  const globals = {};
  for (const name of Object.keys(globalThis)) {
    if (name in offered) continue;
    const value = plain(globalThis[name]);
    if (value && typeof value === 'object' && telling(value)) globals[name] = value;
  }
  return message({ saw: 'remains', base: page.base, elements, globals });
}

for (const name of ['say', 'parseHTML', 'takeApart']) delete globalThis[name];

// Put everything in place. Names of viewers cannot be taken by the viewer itself, should it be part of the page.
for (const [name, value] of Object.entries(offered)) Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
Object.defineProperty(globalThis, 'location', { get: () => location, set: go });
for (const name of ['SwaggerUIBundle', 'SwaggerUIStandalonePreset', 'SwaggerUi', 'SwaggerUI', 'Redoc', 'Scalar'])
  Object.defineProperty(globalThis, name, { get: () => nameless(name), set() {}, enumerable: false });
Object.setPrototypeOf(globalThis, new Proxy(Object.create(null), {
  has: () => true,
  get: (_, key) => typeof key !== 'string' ? undefined : key in Object.prototype ? Object.prototype[key] : nameless(key),
  set: (_, key, value) => { Object.defineProperty(globalThis, key, { value, writable: true, configurable: true, enumerable: true }); return true; },
}));
const top = grow(page.tree);
document.append(...top[CHILDREN]);
if (!document.querySelector('html')) { const html = create('html'); html.append(...document.childNodes); document.append(html); }
for (const tag of ['head', 'body']) if (!document.querySelector(tag)) document.documentElement.append(create(tag));
for (const script of select(document, 'script')) schedule(script);
return { next, remains };
