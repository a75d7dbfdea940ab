// The miners: score, weight and the last verdicts. Rows are updated in place, so that focus and tooltips survive a refresh.
import { copyButton } from "./clipboard.js";
import { byId, el, fill, placeAt, setText } from "./dom.js";
import { decimal, milliseconds, percent, shortKey } from "./format.js";
import { openMiner } from "./miner-panel.js";
import { mark, outcome, OUTCOME_NAMES, reasonWords } from "./verdicts.js";

const COLUMNS = ["Miner", "Model", "Score", "Weight", "Last verdicts", "Verified / failed", "Median time"];

export class MinerTable {
  #rows = new Map();
  #body = el("tbody", { role: "rowgroup" });
  #table;

  constructor() {
    const head = el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, COLUMNS.map((name, i) =>
      el("th", { scope: "col", role: "columnheader", class: i > 4 ? "number" : null }, name))));
    this.#table = el("table", { class: "miner-table", role: "table", "aria-labelledby": "miners-title" }, head, this.#body);
    fill(byId("legend"), OUTCOME_NAMES.map(name => el("li", {}, mark(name), outcome(name).label)));
  }

  update(miners) {
    if (miners.length === 0) {
      fill(byId("miner-table"), el("p", { class: "hint" }, "No miner has registered yet."));
      return;
    }
    if (!this.#table.isConnected) fill(byId("miner-table"), this.#table);
    const order = [...miners].sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0) || a.uid - b.uid);
    const keyOf = miner => `${miner.uid} ${miner.hotkey}`;
    const keys = new Set(order.map(keyOf));
    for (const [key, row] of this.#rows) {
      if (keys.has(key)) continue;
      row.node.remove();
      this.#rows.delete(key);
    }
    const best = Math.max(...order.map(miner => miner.score ?? 0));
    order.forEach((miner, i) => {
      if (!this.#rows.has(keyOf(miner))) this.#rows.set(keyOf(miner), new MinerRow(miner));
      const row = this.#rows.get(keyOf(miner));
      row.update(miner, best);
      placeAt(this.#body, row.node, i);
    });
  }
}

class MinerRow {
  #miner;
  #dot = el("span", { class: "dot" });
  #state = el("span", { class: "state" });
  #model = el("td", { role: "cell", class: "model-name", "data-label": "Model" });
  #score = bar();
  #weight = bar();
  #marks = el("button", { type: "button", class: "marks", on: { click: () => openMiner(this.#miner) } });
  #verified = el("span");
  #failed = el("span", { class: "failed" });
  #median = el("td", { role: "cell", class: "number", "data-label": "Median time" });
  #shownMarks = "";

  constructor(miner) {
    const cell = (label, className, ...content) => el("td", { role: "cell", class: className, "data-label": label }, content);
    this.node = el("tr", { role: "row" },
      el("th", { scope: "row", role: "rowheader", class: "wide" },
        el("span", { class: "miner-name" }, this.#dot, `Miner ${miner.uid}`, this.#state),
        copyButton(String(miner.hotkey), shortKey(miner.hotkey), `hotkey of miner ${miner.uid}`)),
      this.#model, cell("Score", null, this.#score.node), cell("Weight", null, this.#weight.node),
      cell("Last verdicts", "wide", this.#marks), cell("Verified / failed", "number counts", this.#verified, " / ", this.#failed), this.#median);
  }

  update(miner, best) {
    this.#miner = miner;
    const online = miner.status === "online";
    this.#dot.classList.toggle("offline", !online);
    setText(this.#state, online ? "" : "offline");
    setText(this.#model, String(miner.model ?? "–"));
    this.#score.set(miner.score, Number.isFinite(miner.score) ? decimal(miner.score, 2) : "–");
    this.#score.node.classList.toggle("low", miner.score < best / 2);
    this.#weight.set(miner.weight, percent(miner.weight));
    const { verified, failed } = tally(miner.counts);
    setText(this.#verified, String(verified));
    setText(this.#failed, String(failed));
    setText(this.#median, milliseconds(miner.median_ms));
    this.#showMarks(miner);
  }

  #showMarks(miner) {
    const recent = (Array.isArray(miner.recent) ? miner.recent : []).slice(0, 10);
    const state = JSON.stringify(recent);
    if (state === this.#shownMarks) return;
    this.#shownMarks = state;
    const texts = recent.map(verdict => `${outcome(verdict.outcome).label}${verdict.reason ? `: ${reasonWords(verdict.reason)}` : ""}`);
    this.#marks.setAttribute("aria-label", recent.length ? `Last verdicts of miner ${miner.uid}, newest first: ${texts.join(" ")}` : `No verdicts of miner ${miner.uid} yet`);
    fill(this.#marks, recent.length ? recent.map((verdict, i) => el("span", { title: texts[i] }, mark(verdict.outcome))) : el("small", {}, "none yet"));
  }
}

/** Answers that were believed against all the ways to fail. */
function tally(counts = {}) {
  const of = name => Number(counts?.[name]) || 0;
  return { verified: of("verified"), failed: of("wrong") + of("invalid") + of("late") + of("overloaded") + of("unreachable") };
}

function bar() {
  const track = el("span"), text = el("span"), node = el("div", { class: "bar" }, el("span", { class: "track", "aria-hidden": "true" }, track), text);
  return {
    node,
    set(value, shown) {
      const part = Number.isFinite(value) ? Math.min(1, Math.max(0, value)) : 0;
      track.style.setProperty("--part", String(part));
      setText(text, shown);
    },
  };
}
