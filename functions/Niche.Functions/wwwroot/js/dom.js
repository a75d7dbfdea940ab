// Building elements. Text always goes in as text nodes: nothing that came over the wire is ever parsed as markup.
const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {object} [props] `class`, `on` ({event: handler}), `vars` (custom properties), any other key is an attribute; null and false leave it out.
 * @param {...(Node|string|number|null|undefined|false)} children
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else if (name === "vars") for (const [key, part] of Object.entries(value)) node.style.setProperty(key, part);
    else node.setAttribute(name, value === true ? "" : value);
  }
  fill(node, ...children);
  return node;
}

/** Replaces the children of a node; empty ones are left out. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false).map(toNode));
}

function toNode(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

/** Writes text only when it differs, so that a screen reader and a selection are left in peace. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Puts a node at a place among its siblings; moving it keeps the focus inside it, where the browser can (moveBefore) and where it cannot. */
export function placeAt(parent, node, index) {
  const next = parent.children[index] ?? null;
  if (next === node) return;
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  if (parent.moveBefore && node.parentNode === parent) parent.moveBefore(node, next);
  else parent.insertBefore(node, next);
  if (focused && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

export function byId(id) {
  return document.getElementById(id);
}

/** A decorative symbol of icons.svg. */
export function icon(name, className = "icon") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** Tells a screen reader about a change, once. */
export function announce(text) {
  byId("announcer").textContent = text;
}
