// The recorder: stands in for every viewer and library that the page's scripts use but that is not loaded.
//
// An unknown name is a "ghost": it can be called, constructed, read and written without harm, and what it is
// called with is told to the parent process. A viewer's configuration is such a call's argument.

const MOST_TOLD = 400, MOST_DEPTH = 120, MOST_VALUES = 1_500_000, MOST_CALLBACKS = 200;
const ghosts = new WeakSet();
const callbacks = [];                 // functions given to ghosts: `require([...], start)`, `loaded.then(start)`
let told = 0, waited = 0;

// Taken before the page's scripts run: what these put in the place of JSON.stringify, or name toJSON, changes no message.
const { parse: parseJSON, stringify: textOf } = JSON, keysOf = Object.keys, isList = Array.isArray;
const joined = Function.prototype.call.bind(Array.prototype.join);
const message = (value) => joined([jsonOf(value)], '');      // in one piece: the engine's ropes are no strings to Python
function jsonOf(value) {
  if (value === null || typeof value !== 'object') return textOf(value) ?? 'null';
  let text = '';
  if (isList(value)) {
    for (let place = 0; place < value.length; place++) text += (place ? ',' : '') + jsonOf(value[place]);
    return `[${text}]`;
  }
  const keys = keysOf(value);
  for (let place = 0; place < keys.length; place++) {
    const part = value[keys[place]];
    if (part !== undefined && typeof part !== 'function') text += (text ? ',' : '') + textOf(keys[place]) + ':' + jsonOf(part);
  }
  return `{${text}}`;
}
const ask = (value) => parseJSON(say(message(value)));
const tell = (message) => { if (told++ < MOST_TOLD) ask(message); };

// What JSON can say of a value: no functions, no ghosts, no elements, no cycles.
function plain(value) {
  let budget = MOST_VALUES;
  const above = [];
  const copy = (it) => {
    if (it === null || typeof it === 'string' || typeof it === 'boolean') return it;
    if (typeof it === 'number') return Number.isFinite(it) ? it : undefined;
    if (typeof it !== 'object' || ghosts.has(it) || it instanceof Node) return undefined;
    if (it instanceof URL || it instanceof Date || it instanceof String) return String(it);
    if (above.includes(it) || above.length > MOST_DEPTH || --budget < 0) return undefined;
    above.push(it);
    let out;
    if (Array.isArray(it)) {
      out = it.map(copy).filter((part) => part !== undefined);
    } else {
      out = {};
      for (const key of Object.keys(it)) {
        let part;
        try { part = copy(it[key]); } catch { continue; }     // a getter that fails
        if (part !== undefined) Object.defineProperty(out, key, { value: part, enumerable: true, configurable: true });
      }
    }
    above.pop();
    return out;
  };
  return copy(value);
}

const telling = (value) => typeof value === 'string'
  ? (value.length < 4000 && /[/.?]/.test(value)) || /["']?(openapi|swagger)["']?\s*:/.test(value.slice(0, 2000))
  : value !== null && typeof value === 'object' && Object.keys(value).length > 0;

function record(name, values) {
  if (!values.length || told >= MOST_TOLD) return;
  const args = values.map(plain).filter(telling);
  if (args.length) tell({ saw: 'call', name, args });
}

// A component given to a library: an object with functions that the library calls by itself, the component as `this`.
const HOOKS = ['data', 'setup', 'beforeCreate', 'created', 'beforeMount', 'mounted', 'ready', 'init'];
const hasFunction = (value, key) => value !== null && typeof value === 'object' && !ghosts.has(value)
  && Object.hasOwn(value, key) && typeof value[key] === 'function';
function live(component) {
  const data = typeof component.data === 'object' ? component.data : {};
  const self = Object.assign({ $nextTick: (run) => later(() => run?.call(self)), $refs: ghost('$refs'), $el: null }, component.methods, data);
  for (const hook of HOOKS) {
    if (!hasFunction(component, hook)) continue;
    later(() => {
      const given = component[hook].call(self, self);
      if (hook === 'data') Object.assign(self, given);
    });
  }
}

function ghost(name, settled = false) {
  const own = new Map();
  const called = (values) => {
    record(name, values);
    const callback = values.find((value) => typeof value === 'function' && !ghosts.has(value));
    if (callback && waited++ < MOST_CALLBACKS) callbacks.push(() => callback(ghost(name, true), ghost(name, true)));
    for (const value of values) if (HOOKS.some((hook) => hasFunction(value, hook)) && waited++ < MOST_CALLBACKS) callbacks.push(() => live(value));
    return ghost(name.length < 200 ? `${name}()` : name);
  };
  const it = new Proxy(function () {}, {
    get(target, key) {
      if (own.has(key)) return own.get(key);
      if (key === 'prototype') return target.prototype;
      if (key === Symbol.toPrimitive) return () => '';
      if (key === Symbol.iterator) return function* () {};
      if (typeof key === 'symbol' || key === 'toJSON' || (key === 'then' && settled)) return undefined;
      if (key === 'length') return 0;
      if (key === 'toString' || key === 'valueOf') return () => '';
      const part = ghost(name.length < 200 ? `${name}.${key}` : name);
      own.set(key, part);
      return part;
    },
    set(_, key, value) { own.set(key, value); if (typeof key === 'string') record(`${name}.${key}`, [{ [key]: value }]); return true; },
    has: () => true,
    apply: (_, __, values) => called(values),
    construct: (_, values) => called(values),
  });
  ghosts.add(it);
  return it;
}
