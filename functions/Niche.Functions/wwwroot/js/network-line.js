// The header line: the round and what waits in the queues.
import { byId, el, fill, setText } from "./dom.js";
import { clock, plural } from "./format.js";

const QUEUES = { organic: ["picture", "pictures"], synthetic: ["challenge", "challenges"], score: ["to judge", "to judge"], deliveries: ["to deliver", "to deliver"] };

export class NetworkLine {
  #host = byId("network");
  #round = el("span");
  #part = el("span");
  #left = el("span");
  #queues = el("span");
  #endsAt = NaN;

  constructor() {
    setInterval(() => this.#tick(), 1000);
  }

  update({ round, queues }) {
    if (!this.#round.isConnected) {
      fill(this.#host, el("span", { class: "round" }, this.#round, el("span", { class: "track", "aria-hidden": "true" }, this.#part), this.#left), this.#queues);
    }
    const { number, done = 0, planned = 0, ends_at } = round ?? {};
    setText(this.#round, number === undefined || number === null ? "No round yet" : `Round ${number}: ${done} of ${planned} requests`);
    this.#part.style.setProperty("--part", String(planned > 0 ? Math.min(1, done / planned) : 0));
    this.#endsAt = new Date(ends_at ?? NaN).getTime();
    const waiting = Object.entries(QUEUES).filter(([name]) => queues?.[name] > 0).map(([name, [one, many]]) => plural(queues[name], one, many));
    setText(this.#queues, waiting.length > 0 ? `Waiting: ${waiting.join(", ")}` : "Nothing is waiting");
    this.#tick();
  }

  lost(text) {
    fill(this.#host, el("span", { class: "round" }, text));
  }

  #tick() {
    const left = (this.#endsAt - Date.now()) / 1000;
    setText(this.#left, left > 0 ? `${clock(left)} left` : "");
  }
}
