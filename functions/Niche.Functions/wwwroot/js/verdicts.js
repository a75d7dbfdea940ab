// Verdicts in words and marks. The mark's shape carries the meaning; the colour only repeats it.
import { el, icon } from "./dom.js";
import { words } from "./format.js";

const OUTCOMES = {
  verified: { label: "Verified", tone: "good", means: "The answer matches what the validator's trusted machine makes." },
  wrong: { label: "Wrong", tone: "bad", means: "The answer is not what the model makes from this request." },
  invalid: { label: "Invalid", tone: "bad", means: "The answer could not be used: broken, of the wrong kind or the wrong size." },
  late: { label: "Late", tone: "warn", means: "The answer came after the deadline." },
  overloaded: { label: "Overloaded", tone: "warn", means: "The miner said that it has no room for more work." },
  unreachable: { label: "Unreachable", tone: "calm", means: "The miner did not answer." },
  unverified: { label: "Not compared", tone: "calm", means: "This answer was delivered without a full comparison." },
};

const REASONS = {
  match: "It matches the trusted machine's own picture.",
  plausible_tokens: "Other words than the trusted machine's, but each one plausible to the same model.",
  other_settings: "Same seed, but other settings, for example fewer steps.",
  other_seed: "Painted from another seed, or by a similar model.",
  other_content: "Something else was painted.",
  replayed: "This very picture was delivered before, for another request.",
  prompt_ignored: "The picture does not follow the prompt.",
  blank_image: "The picture is one plain colour, or nearly.",
  other_tokens: "Other words than the model gives.",
  empty_answer: "The answer was empty.",
  not_base64: "The picture was not encoded as agreed.",
  too_large: "The answer was larger than allowed.",
  unknown_format: "The answer was not a PNG, JPEG or WebP picture.",
  wrong_aspect: "The picture has another shape than asked for.",
  wrong_size: "The picture has another size than asked for.",
  undecodable: "The picture could not be opened.",
  malformed_answer: "The answer was not of the agreed form.",
  miner_error: "The miner answered with an error.",
  refused: "The miner refused although it had quota left.",
  timed_out: "No answer within the time limit.",
  overloaded: "The miner said that it has no room for more work.",
  unreachable: "No connection could be made, or it broke.",
  not_sampled: "It passed the quick checks and was not chosen for a full comparison.",
  no_reference: "The trusted machine had nothing to compare with.",
  feature_mismatch: "The two sets of measurements cannot be compared.",
};

export const OUTCOME_NAMES = Object.keys(OUTCOMES);

export function outcome(name) {
  return OUTCOMES[name] ?? { label: words(name ?? "unknown"), tone: "calm", means: "" };
}

/** The reason as a sentence: known codes from the list, sentences as they are, other codes split into words. */
export function reasonWords(reason) {
  if (!reason) return "";
  const text = String(reason);
  if (Object.hasOwn(REASONS, text)) return REASONS[text];
  return /\s/.test(text) ? text : `${words(text)}.`;
}

/** The mark alone; whoever places it gives it a text. */
export function mark(name) {
  const known = Object.hasOwn(OUTCOMES, name);
  return icon(known ? name : "unverified", `mark tone-${outcome(name).tone}`);
}

/** Mark and name, to be set side by side. */
export function labelledMark(name) {
  return [mark(name), el("span", {}, outcome(name).label)];
}
