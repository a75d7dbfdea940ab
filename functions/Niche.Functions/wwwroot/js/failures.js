// Failures in words: what happened, and what to do about it.
import { el } from "./dom.js";

const ADVICE = {
  unreachable: "Check that the validator is running and that you are connected, then try again.",
  unexpected_answer: "Try again in a moment. If it stays, look at the validator's log.",
  invalid_prompt: "Shorten or rewrite the prompt.",
  unknown_model: "Choose another model; the list has been loaded again.",
  size_not_allowed: "Choose one of the sizes that the model offers.",
  body_too_large: "Shorten the prompt.",
  no_miner_available: "No miner serves this model right now. Wait a little and try again, or choose another model.",
  miners_failed: "Several miners tried and none gave a usable picture. Try again; other miners will be asked.",
  queue_full: "Many people are waiting. Try again in a little while.",
  quota_exceeded: "Your share of this interval is used up. Wait for the next one.",
  job_not_found: "The validator no longer knows this job. Use its settings to make the picture again.",
  receipt_not_found: "The receipt is not written yet or no longer kept. Try again in a moment.",
  job_cancelled: "It was cancelled before it finished. Use its settings to make it again.",
  idempotency_conflict: "Press Create again: it will go out as a new request.",
  idempotency_in_progress: "The first try is still running. Wait a moment before trying again.",
  deadline_exceeded: "It took longer than allowed. Try fewer steps, or try again later.",
  unauthorized: "Sign in, above: with a key, or with a code that /link shows in a chat.",
  account_banned: "Ask the operator of this validator if you think that is wrong.",
  invalid_link_code: "Make a new code with /link in a chat. A code works once, for ten minutes.",
  link_conflict: "Nothing was changed.",
  key_not_found: "It was revoked already.",
  internal: "Try again. If it happens again, report the reference below.",
};

export function adviceFor({ code, status = 0, retryAfter }) {
  if (retryAfter) return `Try again in ${retryAfter} s.`;
  if (Object.hasOwn(ADVICE, code)) return ADVICE[code];
  if (status === 400 || status === 422) return "Change the marked settings and press Create again.";
  if (status === 429) return "Wait a little and try again.";
  return "Try again in a moment.";
}

/** A panel for an ApiError or a job's `error`. `again` adds a button. */
export function failurePanel(error, again = null) {
  return el("div", { class: "failure", role: "alert" },
    el("strong", {}, error.title || "It did not work"),
    error.detail && error.detail !== error.title && el("span", {}, error.detail),
    el("span", { class: "todo" }, adviceFor(error)),
    (error.requestId || error.code) && el("span", { class: "reference" }, `Code ${error.code}`, error.requestId ? `, reference ${error.requestId}` : ""),
    again && el("button", { type: "button", class: "plain", on: { click: again } }, "Try again"));
}
