// One sitting on the wall: what was asked for, how it goes, and its pictures.
import { announce, el, fill, icon, setText } from "./dom.js";
import { failurePanel } from "./failures.js";
import { ago, clock, decimal, plural, seconds } from "./format.js";
import { pictureView, waitingView } from "./picture-view.js";
import { isActive } from "./sittings.js";

export class SittingView {
  #sitting;
  #actions;
  #slots = new Map();
  #facts = el("p", { class: "facts" });
  #tools = el("div", { class: "tools" });
  #state = el("strong");
  #expected = el("span");
  #elapsed = el("span");
  #progress;
  #failure = el("div");
  #pictures;
  #said = "";

  /** @param actions {reuse, again, cancel, remove, receipt} */
  constructor(sitting, actions) {
    this.#sitting = sitting;
    this.#actions = actions;
    this.#progress = el("div", { class: "progress-line" }, this.#state, this.#expected, this.#elapsed);
    this.#pictures = el("div", { class: "pictures", "data-count": sitting.request.count });
    this.node = el("article", { class: "sitting", "aria-label": sitting.request.prompt },
      el("header", {}, el("h3", { title: sitting.request.prompt }, sitting.request.prompt), this.#facts, this.#tools),
      this.#progress, this.#failure, this.#pictures);
    this.update();
  }

  update() {
    const sitting = this.#sitting;
    this.#showTools();
    this.#progress.hidden = !isActive(sitting) && sitting.status !== "cancelled" && sitting.status !== "expired";
    setText(this.#state, stateOf(sitting));
    this.#showFailure();
    this.#showPictures();
    this.tick();
    this.#announce();
  }

  /** Moves the clocks; called every second. */
  tick() {
    const sitting = this.#sitting, active = isActive(sitting);
    const passed = (Date.now() - sitting.heardAt) / 1000;
    const left = Math.max(0, sitting.eta - passed);
    setText(this.#facts, factsOf(sitting));
    setText(this.#expected, active && Number.isFinite(left) ? (left < 1 ? "any moment now" : `about ${seconds(Math.ceil(left))} left`) : "");
    setText(this.#elapsed, active ? `${clock((Date.now() - sitting.at) / 1000)} so far` : "");
  }

  #showTools() {
    const sitting = this.#sitting, kind = isActive(sitting) ? "active" : "done";
    if (this.#tools.dataset.kind === kind) return;
    this.#tools.dataset.kind = kind;
    const tool = (text, symbol, run) => el("button", { type: "button", class: "link", on: { click: () => run(sitting) } }, icon(symbol), text);
    fill(this.#tools,
      tool("Use these settings", "again", this.#actions.reuse),
      kind === "active" ? tool("Cancel", "close", this.#actions.cancel) : !sitting.account && tool("Remove", "close", this.#actions.remove));
  }

  #showFailure() {
    const { status, error } = this.#sitting, shown = status === "failed" && error;
    if (!shown) fill(this.#failure);
    else if (!this.#failure.hasChildNodes()) fill(this.#failure, failurePanel(error, () => this.#actions.again(this.#sitting)));
  }

  #showPictures() {
    const sitting = this.#sitting, results = new Map(sitting.results.map(result => [result.index, result]));
    const order = [...Array(sitting.request.count).keys()];
    for (const index of order) {
      const result = results.get(index);
      const stage = result ? `done ${result.outcome ?? ""}` : isActive(sitting) ? "waiting" : "none";
      const old = this.#slots.get(index);
      if (old?.stage === "waiting" && stage === "waiting") old.move(partOf(sitting), sitting.status === "running");
      if (old?.stage === stage) continue;
      if (old?.stage.startsWith("done") && result) { old.judge(result.outcome); old.stage = stage; continue; }
      const slot = result ? pictureView(sitting, result, this.#actions) : stage === "waiting" ? waitingView(sitting.request, index) : { node: null };
      slot.stage = stage;
      slot.move?.(partOf(sitting), sitting.status === "running");
      this.#slots.set(index, slot);
      if (old?.node && slot.node) old.node.replaceWith(slot.node);
      else if (old?.node) old.node.remove();
      else if (slot.node) this.#pictures.append(slot.node);
    }
  }

  #announce() {
    const text = stateOf(this.#sitting);
    if (this.#said && this.#said !== text) announce(text);
    this.#said = text;
  }
}

function stateOf({ status, position, results, request, lost }) {
  if (lost) return "Connection lost, trying again";
  if (status === "queued") return position > 1 ? `Number ${position} in the queue` : position === 1 ? "Next in the queue" : "Waiting for a miner";
  if (status === "running") return request.count > 1 ? `Being painted, ${results.length} of ${request.count} ready` : "Being painted";
  if (status === "cancelled") return "Cancelled";
  if (status === "expired") return "No longer kept; its settings make it again";
  return status === "failed" ? "It did not work" : `${plural(results.length, "picture")} ready`;
}

/** How far the sun has risen: the share of work done, never quite full before the picture is there. */
function partOf({ status, progress }) {
  const part = progress?.total > 0 ? progress.done / progress.total : 0;
  return status === "running" ? 0.3 + 0.6 * part : 0.08;
}

function factsOf(sitting) {
  const { model, width, height, steps, guidance, negative_prompt: without, seed } = sitting.request;
  const took = (new Date(sitting.finished_at) - new Date(sitting.created_at)) / 1000;
  return [model, `${width} × ${height}`, `${steps} steps`, `guidance ${decimal(guidance, 1)}`, without && `without ${without}`,
    seed !== undefined && `seed ${seed}`, Number.isFinite(took) && took >= 0 && `took ${seconds(took)}`,
    sitting.door && sitting.door !== "api" && `from ${sitting.door}`, ago(sitting.at)]
    .filter(Boolean).map(fact => fact.length < 24 ? fact.replaceAll(" ", "\u00a0") : fact).join(" · ");
}
