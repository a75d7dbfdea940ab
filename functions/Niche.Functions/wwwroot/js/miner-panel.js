// One miner in the side panel: its numbers and its last verdicts in words.
import { copyButton } from "./clipboard.js";
import { el } from "./dom.js";
import { rows } from "./facts.js";
import { ago, decimal, milliseconds, percent, shortKey, words } from "./format.js";
import { showPanel } from "./panel.js";
import { mark, outcome, reasonWords } from "./verdicts.js";

export function openMiner(miner) {
  const recent = Array.isArray(miner.recent) ? miner.recent : [];
  showPanel(`Miner ${miner.uid}`,
    rows("Standing", [
      ["Hotkey", copyButton(String(miner.hotkey), shortKey(miner.hotkey), "hotkey")], ["Model", miner.model], ["State", miner.status],
      ["Score", decimal(miner.score)], ["Weight", percent(miner.weight)], ["Share of its volume", shareOf(miner)], ["Median time", milliseconds(miner.median_ms)],
    ]),
    rows("Counts", Object.entries(miner.counts ?? {}).map(([name, count]) => [words(name), String(count)])),
    el("section", {}, el("h3", {}, "Last verdicts"), recent.length === 0
      ? el("p", { class: "hint" }, "None yet. A miner is checked at least once per round.")
      : el("ul", { class: "verdict-list" }, recent.map(verdictLine))));
}

/** How much of what the miner offers this validator may use: requests per interval, of its whole volume. */
function shareOf({ share, total_volume: total }) {
  if (!Number.isFinite(share)) return null;
  return Number.isFinite(total) ? `${share} of ${total} requests` : String(share);
}

function verdictLine({ at, outcome: name, reason, score }) {
  return el("li", {}, mark(name),
    el("span", {}, el("strong", {}, outcome(name).label), reason ? ` ${reasonWords(reason)}` : "", Number.isFinite(score) ? ` Reward ${decimal(score, 2)}.` : ""),
    el("small", {}, ago(at)));
}
