// A receipt as something to read: the verdict first, then who, what, when and how to check it.
import { fetchReceipt, pictureUrl, receiptPath } from "./api.js";
import { copyButton } from "./clipboard.js";
import { el } from "./dom.js";
import { evidenceRows } from "./evidence.js";
import { rows } from "./facts.js";
import { failurePanel } from "./failures.js";
import { decimal, milliseconds, moment, shortKey } from "./format.js";
import { checkHashes } from "./hash-checks.js";
import { showPanel, updatePanel } from "./panel.js";
import { mark, outcome, reasonWords } from "./verdicts.js";

const TITLE = "Receipt";

export async function openReceipt(sitting, result) {
  const url = pictureUrl(result.url);
  const picture = url && el("img", { src: url, alt: sitting.request.prompt, width: result.width, height: result.height });
  const prompt = el("p", { class: "lead" }, sitting.request.prompt);
  showPanel(TITLE, picture, prompt, el("p", { class: "hint" }, "Reading the receipt…"));
  try {
    const receipt = await fetchReceipt(result.receipt_id);
    const checks = el("ul", { class: "checks" });
    updatePanel(TITLE, picture, prompt, verdictPanel(receipt.verdict ?? {}), checks, ...sections(receipt));
    await checkHashes(checks, receipt, sitting.request.prompt, url);
  } catch (error) {
    updatePanel(TITLE, picture, prompt, failurePanel(error, () => openReceipt(sitting, result)));
  }
}

function verdictPanel(verdict) {
  const known = outcome(verdict.outcome);
  const compared = verdict.outcome === "verified" || verdict.outcome === "wrong";
  const likeness = compared && Number.isFinite(verdict.similarity) ? ` Likeness to the trusted picture: ${decimal(verdict.similarity)} of 1.` : "";
  return el("div", { class: "verdict" },
    mark(verdict.outcome), el("strong", {}, known.label),
    el("p", {}, `${reasonWords(verdict.reason) || known.means}${likeness}`));
}

function sections(receipt) {
  const settings = [
    ["Model", receipt.model], ["Size", receipt.width && `${receipt.width} × ${receipt.height}`], ["Steps", receipt.steps],
    ["Guidance", receipt.guidance], ["Seed", copyable(receipt.seed, "seed")], ["Model digest", copyable(receipt.model_digest, "model digest")],
  ];
  const people = [
    ["Miner", receipt.miner_uid], ["Miner hotkey", copyable(receipt.miner_hotkey, "miner hotkey")],
    ["Validator hotkey", copyable(receipt.validator_hotkey, "validator hotkey")],
  ];
  const times = [
    ["Made", moment(receipt.created_at)], ["In the queue", milliseconds(receipt.queued_ms)], ["At the miner", milliseconds(receipt.miner_ms)],
    ["Altogether", milliseconds(receipt.total_ms)],
  ];
  const proof = [
    ["Picture SHA-256", copyable(receipt.image_sha256, "picture hash")], ["Prompt SHA-256", copyable(receipt.prompt_sha256, "prompt hash")],
    ["Validator's signature", copyable(receipt.signature, "signature")],
  ];
  return [
    rows("Picture", settings), rows("Who made it", people), rows("Times", times), rows("Evidence", evidenceRows(receipt.verdict?.evidence)), rows("Proof", proof),
    el("p", {}, el("a", { href: receiptPath(receipt.id), target: "_blank", rel: "noopener" }, "Open the receipt as JSON")),
  ];
}

function copyable(value, what) {
  return value === null || value === undefined || value === "" ? null : copyButton(String(value), shortKey(value), what);
}
