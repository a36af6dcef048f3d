// The only place where elements are made. Text is always a text node: nothing that a log or an incident says can become markup.

const SVG = "http://www.w3.org/2000/svg";

/** An HTML element. Children are elements or texts; null is left out. */
export function el(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") {
      element.addEventListener(name, value);
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

/** Text of others: shown from left to right, whatever letters it has. */
export function foreign(tag, text, attributes = {}) {
  return el(tag, { dir: "ltr", ...attributes }, String(text));
}

/** Puts children in the place of what is there, and the focus, and the caret in a text, back where they were. */
export function replace(parent, ...children) {
  const { dataset, selectionStart, selectionEnd } = document.activeElement ?? {};
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  if (dataset?.key) {
    const again = [...parent.querySelectorAll("[data-key]")].find((element) => element.dataset.key === dataset.key);
    again?.focus({ preventScroll: true });
    if (again && typeof selectionStart === "number") again.setSelectionRange(selectionStart, selectionEnd);
  }
}

export function badge(phase) {
  return el("span", { class: `badge phase-${phase}` }, phase);
}

/** As "3 min", "2 h", "5 d". */
export function ago(time, now) {
  return span(Math.max(0, new Date(now) - new Date(time)));
}

export function span(millis) {
  const seconds = Math.round(millis / 1000);
  if (seconds < 180) return `${seconds} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86400)} d`;
}

/** In the time zone of the browser. */
export function clock(time) {
  return new Date(time).toLocaleTimeString([], { hour12: false });
}

export function when(time) {
  return el("time", { datetime: time, title: time }, new Date(time).toLocaleString([], { hour12: false }));
}
