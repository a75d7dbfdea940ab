// Groups of radio buttons and pairs of slider and number that follow what the chosen model offers.
import { el, fill } from "./dom.js";

/** Fills a group; keeps the chosen value if it is still on offer. */
export function fillRadios(host, name, options, preferred) {
  const before = host.querySelector("input:checked")?.value;
  const values = options.map(option => option.value);
  const chosen = [before, preferred].find(value => values.includes(value)) ?? values[0];
  fill(host, options.map(({ value, content, label }) => el("label", { title: label },
    el("input", { type: "radio", name, value, checked: value === chosen, "aria-label": label }), el("span", {}, content))));
}

export function choose(host, value) {
  const input = [...host.querySelectorAll("input")].find(candidate => candidate.value === String(value));
  if (input) input.checked = true;
}

export const chosen = host => host.querySelector("input:checked")?.value;

/** Slider and number show one value. */
export class NumberSlider {
  #range;
  #number;
  #field;

  constructor(field) {
    this.#field = field;
    this.#range = field.querySelector("input[type=range]");
    this.#number = field.querySelector("input[type=number]");
    this.#range.addEventListener("input", () => this.set(this.#range.value));
    this.#number.addEventListener("change", () => this.set(this.#number.value));
  }

  get value() {
    return Number(this.#range.value);
  }

  /** @param limits {min, max, default} */
  limit(limits, step) {
    const { min, max } = limits;
    const before = this.#range.max === "" || this.#range.dataset.ready !== "yes" ? limits.default : this.value;
    this.#range.dataset.ready = "yes";
    for (const input of [this.#range, this.#number]) Object.assign(input, { min, max, step });
    this.#field.hidden = min === max;
    this.set(before >= min && before <= max ? before : limits.default);
  }

  set(value) {
    const text = String(value).trim(), wanted = Number(text);
    if (text !== "" && Number.isFinite(wanted)) this.#range.value = text;
    this.#number.value = this.#range.value;
    const span = this.#range.max - this.#range.min;
    this.#range.style.setProperty("--part", `${span > 0 ? ((this.#range.value - this.#range.min) / span) * 100 : 0}%`);
  }
}
