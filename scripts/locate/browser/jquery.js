// As much of jQuery as pages use to start a viewer.

function wrap(elements) {
  const each = (run) => { elements.forEach((element, place) => run.call(element, place, element)); return it; };
  const some = {
    length: elements.length, ...elements,
    ready: (run) => { later(() => run.call(document, jQuery)); return it; },
    on: (type, ...rest) => { for (const element of elements) element.addEventListener?.(type, rest.at(-1)); return it; },
    load: (run) => { if (typeof run === 'function') later(() => run()); return it; },
    each, get: (place) => place === undefined ? elements : elements[place], first: () => wrap(elements.slice(0, 1)), eq: (place) => wrap([elements.at(place)].filter(Boolean)),
    find: (selector) => wrap(elements.flatMap((element) => element.querySelectorAll(selector))), parent: () => wrap(elements.map((element) => element.parentNode).filter(Boolean)),
    attr: (name, value) => value === undefined && typeof name === 'string' ? elements[0]?.getAttribute(name) ?? undefined : each((_, element) => { for (const [key, text] of Object.entries(typeof name === 'object' ? name : { [name]: value })) element.setAttribute(key, text); }),
    prop: (name, value) => value === undefined ? elements[0]?.[name] : each((_, element) => { element[name] = value; }),
    data: (name, value) => value !== undefined ? it : name === undefined ? Object.fromEntries(Object.entries(elements[0]?.dataset ?? {}).map(([key, text]) => [key, parsed(text)])) : parsed(elements[0]?.getAttribute('data-' + name.replace(/[A-Z]/g, (letter) => '-' + letter.toLowerCase())) ?? undefined),
    val: (value) => value === undefined ? elements[0]?.value ?? '' : each((_, element) => { element.value = value; }),
    text: (value) => value === undefined ? elements.map((element) => element.textContent).join('') : each((_, element) => { element.textContent = value; }),
    html: (value) => value === undefined ? elements[0]?.innerHTML : each((_, element) => { element.innerHTML = value; }),
    append: (...values) => each((_, element) => { for (const node of values.flatMap(nodes)) element.appendChild(node); }),
    prepend: (...values) => each((_, element) => element.prepend(...values.flatMap(nodes))), after: (...values) => each((_, element) => element.after(...values.flatMap(nodes))),
    before: (...values) => each((_, element) => element.before(...values.flatMap(nodes))), replaceWith: (value) => each((_, element) => element.replaceWith(...nodes(value))),
    ...Object.fromEntries(Object.entries({ appendTo: 'append', prependTo: 'prepend', insertAfter: 'after', insertBefore: 'before', replaceAll: 'replaceWith' }).map(([name, verb]) => [name, (target) => { jQuery(target)[verb](elements); return it; }])),
    wrap: (value) => each((_, element) => { const [around] = nodes(value); element.before(around); around.appendChild(element); }), empty: () => each((_, element) => element.replaceChildren()), remove: () => each((_, element) => element.remove()), detach: () => each((_, element) => element.remove()),
    add: (more) => wrap([...elements, ...jQuery(more).get()]), children: (selector = '*') => wrap(elements.flatMap((element) => element.children ?? []).filter((element) => element.matches(selector))), closest: (selector) => wrap(elements.map((element) => element.closest(selector)).filter(Boolean)),
    filter: (test) => wrap(elements.filter((element, place) => typeof test === 'function' ? test.call(element, place, element) : element.matches?.(test))), not: (test) => wrap(elements.filter((element) => !element.matches?.(test))), last: () => wrap(elements.slice(-1)), end: () => it,
    addClass: (names) => each((_, element) => element.classList.add(...String(names).split(/\s+/))), removeClass: () => it, removeAttr: (name) => each((_, element) => element.removeAttribute(name)), css: () => it, show: () => it, hide: () => it,
    ...Object.fromEntries(['click', 'change', 'submit', 'hover', 'keyup'].map((type) => [type, (run) => typeof run === 'function' ? it.on(type, run) : it.trigger(type)])),
    trigger: (type) => each((_, element) => element.dispatchEvent?.(new Event(type))), index: () => elements[0]?.parentNode?.children.indexOf(elements[0]) ?? -1,
    toArray: () => elements, is: (selector) => typeof selector === 'string' && elements.some((element) => element.matches?.(selector)), hasClass: (name) => elements[0]?.classList.contains(name) ?? false,
    map: (run) => wrap(elements.map((element, place) => run.call(element, place, element))), [Symbol.iterator]: () => elements[Symbol.iterator](),
  };
  const it = new Proxy(some, { get: (target, key) => key in target || typeof key === 'symbol' || /^\d+$/.test(key) || key === 'then' || key === 'toJSON' ? target[key] : (...values) => { record(`$().${key}`, values); return it; } });
  ghosts.add(it);
  return it;
}
const parsed = (text) => { try { return JSON.parse(text); } catch { return text; } };
const nodes = (value) => typeof value === 'string' ? parse(value) : value instanceof Node ? [value] : Array.isArray(value) ? value.flatMap(nodes) : value?.get?.() ?? [];

function jQuery(what, more) {
  if (typeof what === 'function') { later(() => what(jQuery)); return wrap([document]); }
  if (what?.toArray && what.attr) return what;
  if (typeof what !== 'string') return wrap(what === undefined || what === null ? [] : Array.isArray(what) ? what : [what]);
  if (!/^\s*</.test(what)) return wrap([...document.querySelectorAll(what)]);
  const made = parse(what).filter((node) => node instanceof Element);
  // `$('<a>', { href, text, click })`: what has a method is given to that.
  for (const [name, value] of Object.entries(more ?? {})) { const it = wrap(made); if (['text', 'html', 'val', 'data', 'css', 'click', 'append', 'addClass'].includes(name)) it[name](value); else it.attr(name, value); }
  return wrap(made);
}

// $.ajax and its short forms; answers come as a promise with jQuery's own methods.
function ajax(target, options) {
  const wanted = typeof target === 'string' ? { ...options, url: target } : { ...target };
  const query = wanted.data && typeof wanted.data === 'object' ? String(new URLSearchParams(wanted.data)) : '';
  const answer = request(wanted.type ?? wanted.method, wanted.url + (query && (wanted.url.includes('?') ? '&' : '?') + query));
  const good = answer && answer.status < 300, headers = new Headers(answer?.headers);
  const xhr = { status: answer?.status ?? 0, responseText: answer?.body ?? '', getResponseHeader: (name) => headers.get(name) };
  const value = good && (wanted.dataType === 'json' || /json/.test(headers.get('content-type') ?? '')) ? parsed(answer.body) : answer?.body;
  const done = (run, ...values) => { if (typeof run === 'function') later(() => run(...values)); return promise; };
  const promise = Object.assign(xhr, {
    done: (run) => good ? done(run, value, 'success', xhr) : promise, success: (run) => good ? done(run, value, 'success', xhr) : promise,
    fail: (run) => good ? promise : done(run, xhr, 'error'), error: (run) => good ? promise : done(run, xhr, 'error'),
    always: (run) => done(run, value, good ? 'success' : 'error', xhr), complete: (run) => done(run, xhr, good ? 'success' : 'error'),
    then: (yes, no) => (good ? Promise.resolve(value) : Promise.reject(xhr)).then((it) => yes?.(it, 'success', xhr), no ?? quiet),
  });
  if (good) promise.success(wanted.success); else promise.error(wanted.error);
  promise.complete(wanted.complete);
  return promise;
}
const short = (more) => (target, data, success, dataType) => ajax({ url: target, ...(typeof data === 'function' ? { success: data, dataType: success } : { data, success, dataType }), ...more });
const extend = (...objects) => Object.assign(...(objects[0] === true ? objects.slice(1) : objects).map((object) => object ?? {}));
const helpers = {
  ajax, get: short({}), getJSON: short({ dataType: 'json' }), post: short({ type: 'POST' }), extend, ajaxSetup: quiet, noConflict: () => jQuery, parseJSON: JSON.parse, param: (value) => String(new URLSearchParams(value)), trim: (text) => String(text).trim(), isArray: Array.isArray, isFunction: (value) => typeof value === 'function', inArray: (value, list) => list.indexOf(value),
  each: (list, run) => { for (const [key, value] of Object.entries(list)) run.call(value, Array.isArray(list) ? +key : key, value); return list; }, map: (list, run) => Object.entries(list).map(([key, value]) => run(value, key)), fn: ghost('$.fn'), browser: {}, when: (...values) => Promise.all(values), isEmptyObject: (value) => !Object.keys(value).length,
  getScript: (target, run) => { const script = create('script'); script.setAttribute('src', target); if (run) script.onload = run; document.body.appendChild(script); return { done: (more) => { script.addEventListener('load', more); } }; },
};
Object.assign(jQuery, helpers);
const $ = new Proxy(jQuery, { get: (target, key) => key in target || typeof key === 'symbol' ? target[key] : nameless(`$.${key}`) });
offered.$ = offered.jQuery = $;
