/**
 * Builds an element. Text becomes text nodes, never markup: what a caller said must not become part of the page.
 * `set` holds attributes; `on…` functions become listeners; `undefined`, `null` and `false` leave an attribute out.
 */
export function element(tag, set = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(set)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false));
  return node;
}

export const byId = (id) => document.getElementById(id);

/** Shows the text, or hides the element when there is none. */
export function say(node, text) {
  node.hidden = !text;
  node.textContent = text ?? "";
}

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
export const timeOf = (iso) => clock.format(new Date(iso));

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "short" });
export const dayOf = (iso) => day.format(new Date(iso));
