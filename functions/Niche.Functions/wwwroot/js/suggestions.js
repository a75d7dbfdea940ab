// Prompts that the model does well, a few at a time.
import { byId, el, fill } from "./dom.js";

const AT_ONCE = 3;

export class Suggestions {
  #host = byId("suggestions");
  #use;
  #list = [];
  #first = 0;

  /** @param use (text) => void */
  constructor(use) {
    this.#use = use;
  }

  offer(list) {
    this.#list = list;
    this.#first = 0;
    this.#show();
  }

  #show() {
    const shown = Array.from({ length: Math.min(AT_ONCE, this.#list.length) }, (_, i) => this.#list[(this.#first + i) % this.#list.length]);
    this.#host.hidden = shown.length === 0;
    fill(this.#host,
      shown.map(text => el("button", { type: "button", title: text, on: { click: () => this.#use(text) } }, text)),
      this.#list.length > AT_ONCE && el("button", { type: "button", class: "more", on: { click: () => this.#next() } }, "Other ideas"));
  }

  #next() {
    this.#first = (this.#first + AT_ONCE) % this.#list.length;
    this.#show();
    this.#host.querySelector(".more")?.focus();
  }
}
