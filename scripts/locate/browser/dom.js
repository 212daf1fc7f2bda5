// A small document: as much of the DOM as scripts need that start a viewer.

const TAG = Symbol('tag'), ATTRIBUTES = Symbol('attributes'), CHILDREN = Symbol('children'), PARENT = Symbol('parent');
const LISTENERS = Symbol('listeners'), RAN = Symbol('ran'), TEXT = Symbol('text');

class EventTarget {
  addEventListener(type, listener) { (this[LISTENERS] ??= []).push([String(type), listener]); }
  removeEventListener() {}
  dispatchEvent(event) {
    try { event.target ??= this; } catch { /* a frozen event */ }
    for (const [type, listener] of [...(this[LISTENERS] ?? [])]) if (type === event.type) later(() => (listener.handleEvent ?? listener).call(this, event));
    const handler = this[`on${event.type}`];
    if (typeof handler === 'function' && !ghosts.has(handler)) later(() => handler.call(this, event));
    return true;
  }
}

class Node extends EventTarget {
  get parentNode() { return this[PARENT] ?? null; }
  get parentElement() { return this[PARENT] ?? null; }
  get ownerDocument() { return document; }
  get isConnected() { return true; }
  remove() { this[PARENT]?.removeChild(this); }
  cloneNode() { return this; }
}

class Text extends Node {
  constructor(text) { super(); this[TEXT] = String(text); }
  get nodeType() { return 3; }
  get textContent() { return this[TEXT]; }
  set textContent(text) { this[TEXT] = String(text); }
  get data() { return this[TEXT]; }
  get nodeValue() { return this[TEXT]; }
}

class Element extends Node {
  constructor(tag) { super(); this[TAG] = tag; this[ATTRIBUTES] = Object.create(null); this[CHILDREN] = []; }
  get nodeType() { return 1; }
  get tagName() { return this[TAG].toUpperCase(); }
  get nodeName() { return this[TAG].toUpperCase(); }
  get localName() { return this[TAG]; }

  getAttribute(name) { return this[ATTRIBUTES][String(name).toLowerCase()] ?? null; }
  setAttribute(name, value) {
    const text = String(value);
    this[ATTRIBUTES][String(name).toLowerCase()] = text;
    if (this[TAG] === 'script' && name === 'src' && this[PARENT]) schedule(this);
  }
  setAttributeNS(_, name, value) { this.setAttribute(name, value); }
  removeAttribute(name) { delete this[ATTRIBUTES][String(name).toLowerCase()]; }
  hasAttribute(name) { return String(name).toLowerCase() in this[ATTRIBUTES]; }
  getAttributeNames() { return Object.keys(this[ATTRIBUTES]); }
  get attributes() { return Object.entries(this[ATTRIBUTES]).map(([name, value]) => ({ name, value })); }
  get dataset() {
    const owner = this, dashed = (key) => 'data-' + String(key).replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase());
    const keys = () => owner.getAttributeNames().filter((name) => name.startsWith('data-')).map((name) => name.slice(5).replace(/-([a-z])/g, (_, letter) => letter.toUpperCase()));
    return new Proxy({}, {
      get: (_, key) => typeof key === 'string' ? owner.getAttribute(dashed(key)) ?? undefined : undefined,
      set: (_, key, value) => { owner.setAttribute(dashed(key), value); return true; },
      has: (_, key) => typeof key === 'string' && owner.hasAttribute(dashed(key)),
      ownKeys: keys,
      getOwnPropertyDescriptor: (_, key) => keys().includes(key) ? { value: owner.getAttribute(dashed(key)), enumerable: true, configurable: true, writable: true } : undefined,
    });
  }

  get childNodes() { return this[CHILDREN]; }
  get children() { return this[CHILDREN].filter((child) => child instanceof Element); }
  get firstChild() { return this[CHILDREN][0] ?? null; }
  get lastChild() { return this[CHILDREN].at(-1) ?? null; }
  get firstElementChild() { return this.children[0] ?? null; }
  get lastElementChild() { return this.children.at(-1) ?? null; }
  get nextElementSibling() { const around = this[PARENT]?.children ?? []; return around[around.indexOf(this) + 1] ?? null; }
  get previousElementSibling() { const around = this[PARENT]?.children ?? []; return around[around.indexOf(this) - 1] ?? null; }
  hasChildNodes() { return this[CHILDREN].length > 0; }
  contains(other) { for (let it = other; it; it = it.parentNode) if (it === this) return true; return false; }
  appendChild(child) { return this.insertBefore(child, null); }
  insertBefore(child, before) {
    if (!(child instanceof Node)) child = new Text(child);
    const added = child[TAG] === '#fragment' ? child[CHILDREN].splice(0) : [child];
    for (const one of added) {
      one.remove();
      const place = before ? this[CHILDREN].indexOf(before) : -1;
      this[CHILDREN].splice(place < 0 ? this[CHILDREN].length : place, 0, one);
      one[PARENT] = this;
      if (one[TAG] === 'script' && (one.getAttribute('src') || one.textContent)) schedule(one);
    }
    return child;
  }
  append(...children) { for (const child of children) this.appendChild(child); }
  prepend(...children) { for (const child of children.reverse()) this.insertBefore(child, this.firstChild); }
  replaceChildren(...children) { this[CHILDREN].length = 0; this.append(...children); }
  replaceChild(child, old) { this.insertBefore(child, old); old.remove(); return old; }
  replaceWith(...children) { for (const child of children) this[PARENT]?.insertBefore(child, this); this.remove(); }
  removeChild(child) {
    const place = this[CHILDREN].indexOf(child);
    if (place >= 0) { this[CHILDREN].splice(place, 1); child[PARENT] = null; }
    return child;
  }
  after(...children) { for (const child of children) this[PARENT]?.insertBefore(child, this.nextElementSibling); }
  before(...children) { for (const child of children) this[PARENT]?.insertBefore(child, this); }
  insertAdjacentHTML(_, html) { for (const child of parse(html)) this.appendChild(child); }
  insertAdjacentElement(_, child) { return this.appendChild(child); }

  get textContent() { return this[CHILDREN].map((child) => child.textContent).join(''); }
  set textContent(text) { this[CHILDREN].length = 0; if (text !== '' && text != null) this.appendChild(new Text(text)); }
  get innerText() { return this.textContent; }
  set innerText(text) { this.textContent = text; }
  get text() { return this.textContent; }
  set text(text) { this.textContent = text; }
  get innerHTML() { return this.textContent; }
  set innerHTML(html) {
    this[CHILDREN].length = 0;
    for (const child of parse(String(html))) { child[PARENT] = this; this[CHILDREN].push(child); }    // its scripts do not run
  }
  get content() { return this[TAG] === 'meta' ? this.getAttribute('content') ?? '' : this; }           // <template>, <meta>
  attachShadow() { return this; }
  get shadowRoot() { return this; }

  getElementsByTagName(tag) { return this.querySelectorAll(tag); }
  getElementsByClassName(names) { return this.querySelectorAll(String(names).trim().split(/\s+/).map((name) => `.${name}`).join('')); }
  querySelector(selector) { return select(this, selector, true)[0] ?? null; }
  querySelectorAll(selector) { return Object.assign(select(this, selector), { item(place) { return this[place] ?? null; } }); }
  matches(selector) { return selectors(selector).some((steps) => fits(this, steps)); }
  closest(selector) { for (let it = this; it; it = it[PARENT]) if (it instanceof Element && it.matches(selector)) return it; return null; }

  get classList() {
    const names = () => (this.getAttribute('class') ?? '').split(/\s+/).filter(Boolean);
    const put = (list) => this.setAttribute('class', list.join(' '));
    return { add: (...some) => put([...names(), ...some]), remove: (...some) => put(names().filter((name) => !some.includes(name))), contains: (name) => names().includes(name), toggle() {}, replace() {} };
  }
  get style() { return { setProperty() {}, getPropertyValue: () => '', removeProperty() {} }; }
  set style(_) {}
  focus() {} blur() {} click() {} scrollIntoView() {} animate() {} scrollTo() {}
  getBoundingClientRect() { return { top: 0, left: 0, right: 0, bottom: 0, width: 0, height: 0, x: 0, y: 0 }; }
  getElementById(id) { return select(this, null, true, (element) => element.getAttribute('id') === String(id))[0] ?? null; }
}

// Properties that mirror an attribute, and those of an address: `link.href`, `script.src`, `anchor.pathname`.
// What a <select> stands at, and an <option> that has only a text.
function shownValue(element) {
  if (element.hasAttribute('value')) return undefined;
  if (element[TAG] === 'option') return element.textContent.trim();
  if (element[TAG] !== 'select') return undefined;
  return shownOption(element)?.value;
}
// What a form's controls stand at.
const shownOption = (element) => { const options = select(element, 'option'); return options.find((option) => option.hasAttribute('selected')) ?? options[0]; };
const isShown = (option) => { const above = option.closest('select'); return above ? shownOption(above) === option : option.hasAttribute('selected'); };
const CONTROLS = {
  options: { get() { return select(this, 'option'); } },
  selectedOptions: { get() { return this[TAG] === 'select' ? [shownOption(this)].filter(Boolean) : undefined; } },
  selectedIndex: { get() { return this[TAG] === 'select' ? select(this, 'option').indexOf(shownOption(this)) : undefined; }, set(place) { select(this, 'option').forEach((option, at) => { option.selected = at === +place; }); } },
  selected: { get() { return this[TAG] === 'option' && isShown(this); }, set(is) { if (is) this.setAttribute('selected', ''); else this.removeAttribute('selected'); } },
  checked: { get() { return this.hasAttribute('checked'); }, set(is) { if (is) this.setAttribute('checked', ''); else this.removeAttribute('checked'); } },
  index: { get() { return this.closest('select')?.options.indexOf(this) ?? 0; } },
  elements: { get() { const controls = select(this, 'input,select,textarea,button'); return Object.assign(controls, Object.fromEntries(controls.map((one) => [one.name || one.id, one]).filter(([name]) => name))); } },
};
for (const [name, property] of Object.entries(CONTROLS)) Object.defineProperty(Element.prototype, name, { set(value) { Object.defineProperty(this, name, { value, writable: true, configurable: true }); }, configurable: true, ...property });
const PSEUDO = { checked: (element) => element[TAG] === 'option' ? isShown(element) : element.hasAttribute('checked'), selected: (element) => element[TAG] === 'option' && isShown(element) };

for (const [property, attribute] of Object.entries({ id: 'id', className: 'class', type: 'type', name: 'name', title: 'title', value: 'value', lang: 'lang', rel: 'rel' }))
  Object.defineProperty(Element.prototype, property, { get() { return (attribute === 'value' ? shownValue(this) : undefined) ?? this.getAttribute(attribute) ?? ''; }, set(value) { this.setAttribute(attribute, value); } });
for (const property of ['href', 'src', 'action'])
  Object.defineProperty(Element.prototype, property, {
    get() { const value = this.getAttribute(property); return value === null ? '' : address(value, document.baseURI)?.href ?? value; },
    set(value) { this.setAttribute(property, value); },
  });
for (const part of ['protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'])
  Object.defineProperty(Element.prototype, part, { get() { return this.hasAttribute('href') ? address(this.href)?.[part] : undefined; } });

// An element nobody defined here, as <redoc> or <rapi-doc>: its methods are ghosts.
const KNOWN = new Set(('a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption center cite code col colgroup data dd del details dfn dialog div dl dt em fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link main map mark menu meta meter nav noscript object ol optgroup option output p param path picture pre progress q rect s samp script section select small source span strong style sub summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul use var video #fragment').split(' '));
function create(tag) {
  const element = new Element(String(tag).toLowerCase());
  if (KNOWN.has(element[TAG])) return element;
  return new Proxy(element, { get: (target, key, self) => key in target || typeof key === 'symbol' || key === 'then' || String(key).startsWith('on') ? Reflect.get(target, key, self) : ghost(`<${target[TAG]}>.${key}`) });
}

function grow([tag, attributes, children]) {
  const element = create(tag);
  Object.assign(element[ATTRIBUTES], attributes);
  for (const child of children) {
    const node = typeof child === 'string' ? new Text(child) : grow(child);
    node[PARENT] = element;
    element[CHILDREN].push(node);
  }
  return element;
}
const parse = (html) => { const top = grow(parseJSON(parseHTML(String(html)))); for (const child of top[CHILDREN]) child[PARENT] = null; return [...top[CHILDREN]]; };

// Selectors: tag, #id, .class, [attribute], descendants and children, lists. Pseudo-classes are passed over.
function selectors(text) {
  return String(text).split(',').map((one) => one.replace(/\s*>\s*/g, ' >').trim().split(/\s+(?![^[]*\])/).map((step) => ({
    direct: step.startsWith('>'),
    tag: step.match(/^>?([\w-]+)/)?.[1].toLowerCase(),
    id: step.match(/#([\w-]+)/)?.[1],
    pseudo: [...step.replace(/\[[^\]]*\]/g, '').matchAll(/:(checked|selected)\b/g)].map((found) => found[1]),
    classes: [...step.replace(/\[[^\]]*\]/g, '').matchAll(/\.([\w-]+)/g)].map((found) => found[1]),
    attributes: [...step.matchAll(/\[([\w:-]+)\s*(?:([~|^$*]?)=\s*["']?([^"'\]]*)["']?)?\]/g)],
  })));
}
const OPERATORS = { '': (a, b) => a === b, '^': (a, b) => a.startsWith(b), $: (a, b) => a.endsWith(b), '*': (a, b) => a.includes(b), '~': (a, b) => a.split(/\s+/).includes(b), '|': (a, b) => a === b || a.startsWith(b + '-') };
function fits(element, steps) {
  const step = steps.at(-1), own = element[ATTRIBUTES];
  if (step.tag && step.tag !== element[TAG]) return false;
  if (step.id && own.id !== step.id) return false;
  if (step.classes.some((name) => !element.classList.contains(name))) return false;
  if (step.pseudo.some((name) => !PSEUDO[name](element))) return false;
  for (const [, name, operator, value] of step.attributes) {
    const has = own[name.toLowerCase()];
    if (has === undefined || (value !== undefined && !OPERATORS[operator](has, value))) return false;
  }
  if (steps.length === 1) return true;
  for (let above = element[PARENT]; above instanceof Element; above = above[PARENT]) {
    if (fits(above, steps.slice(0, -1))) return true;
    if (step.direct) return false;
  }
  return false;
}
function select(root, selector, first = false, test = undefined) {
  const lists = test ? null : selectors(selector), found = [];
  const wanted = test ?? ((element) => lists.some((steps) => fits(element, steps)));
  const walk = (element) => {
    for (const child of element[CHILDREN]) {
      if (!(child instanceof Element)) continue;
      if (wanted(child)) found.push(child);
      if (first && found.length) return;
      walk(child);
    }
  };
  walk(root);
  return found;
}
