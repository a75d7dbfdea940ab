// The seed: new each time, or fixed; rolling the dice fixes it.
import { byId, announce } from "./dom.js";
import { choose, chosen } from "./choices.js";
import { randomSeed } from "./identifiers.js";

export class SeedField {
  #mode = byId("seed-mode");
  #number = byId("seed");

  constructor() {
    this.#mode.addEventListener("change", () => this.#follow());
    byId("seed-roll").addEventListener("click", () => {
      this.set(randomSeed());
      announce(`Seed ${this.#number.value}`);
    });
    this.#follow();
  }

  /** A number, NaN when fixed but unreadable, or null for a new seed each time. */
  get value() {
    if (chosen(this.#mode) !== "fixed") return null;
    return this.#number.value.trim() === "" ? NaN : Number(this.#number.value);
  }

  set(seed) {
    const fixed = seed !== null && seed !== undefined;
    choose(this.#mode, fixed ? "fixed" : "random");
    if (fixed) this.#number.value = String(seed);
    this.#follow();
  }

  #follow() {
    const fixed = chosen(this.#mode) === "fixed";
    if (fixed && this.#number.value === "") this.#number.value = String(randomSeed());
    this.#number.hidden = !fixed;
    if (!fixed) this.#number.value = "";
  }
}
