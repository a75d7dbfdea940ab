// The HTTP contract of the validator, and one error type for everything that can go wrong on the way.

import { currentKey, signOut } from "./session.js";

/** A refusal or a failure. `code` is stable (problem+json), or one of the local ones: unreachable, unexpected_answer. */
export class ApiError extends Error {
  constructor({ code, title, detail, status = 0, errors = [], requestId = "", retryAfter = null }) {
    super(detail || title);
    Object.assign(this, { code, title, detail, status, errors, requestId, retryAfter });
  }
}

const TIMEOUT_MS = 30_000;
const MAX_JSON_CHARACTERS = 2_000_000;

async function request(path, { method = "GET", body, headers = {}, signal, key = currentKey() } = {}) {
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  let response, text;
  try {
    response = await fetch(path, {
      method,
      headers: { Accept: "application/json", ...(key ? { Authorization: `Bearer ${key}` } : {}), ...(body ? { "Content-Type": "application/json" } : {}), ...headers },
      body: body ? JSON.stringify(body) : undefined,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      cache: "no-store",
    });
    text = await response.text();
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError({ code: "unreachable", title: "The server does not answer", detail: "" });
  }
  const value = parse(text);
  if (response.ok && value) return value;
  // Revoked elsewhere: what is on the page must not stay somebody's.
  if (response.status === 401 && key && key === currentKey()) signOut();
  throw problem(response, value);
}

function parse(text) {
  if (text.length > MAX_JSON_CHARACTERS) return null;
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === "object" ? value : null;
  } catch {
    return null;
  }
}

function problem(response, value) {
  const wait = Number(response.headers.get("Retry-After"));
  return new ApiError({
    code: typeof value?.code === "string" ? value.code : "unexpected_answer",
    title: typeof value?.title === "string" ? value.title : `The server answered ${response.status} without an explanation`,
    detail: typeof value?.detail === "string" ? value.detail : "",
    status: response.status,
    errors: Array.isArray(value?.errors) ? value.errors : [],
    requestId: typeof value?.request_id === "string" ? value.request_id : "",
    retryAfter: wait > 0 ? wait : null,
  });
}

export const fetchModels = signal => request("/v1/models", { signal });
export const fetchMiners = signal => request("/v1/miners", { signal });
export const fetchReceipt = id => request(`/v1/receipts/${encodeURIComponent(id)}`);
export const receiptPath = id => `/v1/receipts/${encodeURIComponent(id)}`;
export const submitJob = (body, key) => request("/v1/jobs", { method: "POST", body, headers: { "Idempotency-Key": key } });
export const cancelJob = id => request(`/v1/jobs/${encodeURIComponent(id)}`, { method: "DELETE" });

/** The account of a key; without one of the key that is signed in. */
export const fetchAccount = key => request("/v1/account", key ? { key } : {});
export const fetchHistory = before => request(`/v1/history?limit=20${before ? `&before=${encodeURIComponent(before)}` : ""}`);
/** A code for a chat, or what a code of a chat is worth: its account joined, and without a key a key. */
export const link = body => request("/v1/link", { method: "POST", body });
export const unlink = () => request("/v1/link", { method: "DELETE" });
export const revokeKey = id => request(`/v1/keys/${encodeURIComponent(id)}`, { method: "DELETE" });

/** Answers when the job changes, or after `waitSeconds` at the latest. */
export const fetchJob = (id, waitSeconds, signal) =>
  request(`/v1/jobs/${encodeURIComponent(id)}`, { headers: waitSeconds ? { Prefer: `wait=${waitSeconds}` } : {}, signal });

/** The address of a picture if it is ours to show, else null: a job's answer must not be able to point a link elsewhere. */
export function pictureUrl(url) {
  if (typeof url !== "string") return null;
  if (/^data:image\/(png|jpeg|webp);base64,/.test(url)) return url;
  const parsed = URL.canParse(url, location.href) ? new URL(url, location.href) : null;
  return parsed?.origin === location.origin ? parsed.pathname + parsed.search : null;
}
