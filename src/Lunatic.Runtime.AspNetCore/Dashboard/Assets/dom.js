// Elements. Whatever text comes from the server may come from a guest: it goes into text nodes and attributes only, never through an HTML parser.

const svgNamespace = "http://www.w3.org/2000/svg";

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false)
      continue;
    if (typeof value === "function")
      element.addEventListener(name, value);
    else
      element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const el = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) => fill(document.createElementNS(svgNamespace, tag), attributes, children);

export const root = document.documentElement.dataset.root;

export const main = document.getElementById("main");

/** Changes a text only where it differs, so that selections and screen readers are left alone. */
export function setText(element, text) {
  if (element.textContent !== text)
    element.textContent = text;
}

/** Changes an attribute only where it differs; null removes it. */
export function setAttribute(element, name, value) {
  if (value === null)
    element.removeAttribute(name);
  else if (element.getAttribute(name) !== value)
    element.setAttribute(name, value);
}

/** A text that a guest may have chosen, without what would reorder or hide parts of it. */
export const printable = text => text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, "\ufffd");

/** A name that a guest may have chosen, kept apart from the text around it. */
export const name = text => el("bdi", { class: "name" }, printable(text));

export const processAddress = id => `${root}processes/${encodeURIComponent(id)}`;

/** A link to a process. */
export function processLink(id, label) {
  return el("a", { href: processAddress(id) }, label ?? id);
}

/** A process that another one is related to. */
export function reference(process) {
  const id = process.alive ? processLink(process.id) : el("span", { class: "gone", title: "ended" }, process.id);
  const text = process.name ?? process.function;
  return el("span", { class: "reference" }, id, text && [" ", name(text)]);
}

export const states = {
  running: "Running", ready: "Ready", receiving: "Receiving", sleeping: "Sleeping", waiting: "Waiting", ended: "Ended",
  starting: "Starting", stopping: "Stopping", restarting: "Restarting", stopped: "Stopped", removed: "Removed",
};

export const kinds = { guest: "Guest", native: "C#", supervisor: "Supervisor" };

export const state = value => el("span", { class: `state ${value}` }, states[value] ?? value);

export function setState(element, value) {
  setAttribute(element, "class", `state ${value}`);
  setText(element, states[value] ?? value);
}
