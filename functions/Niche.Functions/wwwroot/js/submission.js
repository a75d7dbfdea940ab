// Sends a job exactly once, however often the connection breaks: the same request keeps its idempotency key until it got an answer.
import { ApiError, submitJob } from "./api.js";
import { uuid } from "./identifiers.js";
import { pause } from "./polling.js";

const RETRY_AFTER_MS = [700, 2000];
let unanswered = { body: "", key: "" };

export async function submit(request) {
  const body = JSON.stringify(request);
  if (unanswered.body !== body) unanswered = { body, key: uuid() };
  for (let attempt = 0; ; attempt++) {
    try {
      const job = await submitJob(request, unanswered.key);
      unanswered = { body: "", key: "" };
      return job;
    } catch (error) {
      const lost = error instanceof ApiError && error.code === "unreachable";
      if (!lost) unanswered = { body: "", key: "" };
      if (!lost || attempt === RETRY_AFTER_MS.length) throw error;
      await pause(RETRY_AFTER_MS[attempt]);
    }
  }
}
