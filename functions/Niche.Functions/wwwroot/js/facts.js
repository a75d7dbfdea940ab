// Titled lists of names and values.
import { el } from "./dom.js";

/** A titled list of facts; absent ones are left out, and an empty list altogether. */
export function rows(title, pairs) {
  const present = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false);
  if (present.length === 0) return null;
  return el("section", {}, el("h3", {}, title), el("dl", { class: "rows" }, present.map(([name, value]) => [el("dt", {}, name), el("dd", {}, value)])));
}
