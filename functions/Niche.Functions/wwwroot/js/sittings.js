// The sittings: one per press of Create, and those that the account has from every door. Follows those that are not finished.
import { cancelJob, fetchHistory, fetchJob, fetchReceipt } from "./api.js";
import { loadSittings, saveSittings } from "./history.js";
import { uuid } from "./identifiers.js";
import { pause } from "./polling.js";
import { currentKey, isSignedIn } from "./session.js";
import { submit } from "./submission.js";

// Short: a change between two questions is seen only when the second one is answered.
const WAIT_SECONDS = 2;
const LEAST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

export const isActive = sitting => sitting.status === "queued" || sitting.status === "running";

export class Sittings {
  #changed;
  #followers = new Map();
  #oldest = "";

  /** @param {(sitting: object) => void} changed called after every change of a sitting */
  constructor(changed) {
    this.#changed = changed;
    this.list = loadSittings();
    this.hasOlder = false;
  }

  resume() {
    this.list.filter(isActive).forEach(sitting => this.#follow(sitting));
  }

  /** @throws {ApiError} when the job was refused */
  async create(request) {
    const account = isSignedIn();
    const job = await submit(request);
    const sitting = { key: uuid(), at: Date.now(), request, results: [], status: "queued", account };
    this.list.unshift(sitting);
    this.#apply(sitting, job);
    this.#follow(sitting);
    return sitting;
  }

  /** Brings the newest orders of the account onto the wall. */
  async refresh() {
    const page = await this.#page("");
    if (!page) return;
    if (!this.#oldest) this.#reached(page);
    this.#merge(page.data);
  }

  /** Brings the next page of older orders. */
  async older() {
    const page = await this.#page(this.#oldest);
    if (!page) return;
    this.#reached(page);
    this.#merge(page.data);
  }

  /** Takes everything of the account off the wall. */
  leave() {
    this.list.filter(sitting => sitting.account).forEach(sitting => this.#release(sitting));
    this.list = this.list.filter(sitting => !sitting.account);
    [this.#oldest, this.hasOlder] = ["", false];
  }

  /** A sitting came into view: its verdicts are worth asking for. */
  seen(sitting) {
    if (sitting.account && !isActive(sitting) && !sitting.judged) this.#readVerdicts(sitting);
  }

  /** A page of the history; null when somebody else is signed in by now: it would show them what is not theirs. */
  async #page(before) {
    const asked = currentKey();
    const page = await fetchHistory(before);
    return asked === currentKey() ? page : null;
  }

  #reached(page) {
    this.#oldest = page.data?.at(-1)?.id ?? this.#oldest;
    this.hasOlder = page.has_more === true;
  }

  #merge(entries) {
    for (const entry of Array.isArray(entries) ? entries : []) {
      const known = this.list.find(sitting => sitting.id === entry.id);
      if (known) {
        if (entry.job && known.status !== entry.job.status && !this.#followers.has(known)) this.#apply(known, entry.job);
        continue;
      }
      const sitting = sittingOf(entry);
      this.list.push(sitting);
      if (isActive(sitting)) this.#follow(sitting);
    }
    this.list.sort((one, other) => other.at - one.at);
  }

  async cancel(sitting) {
    this.#apply(sitting, await cancelJob(sitting.id));
    if (!isActive(sitting)) this.#release(sitting);
  }

  remove(sitting) {
    this.#release(sitting);
    this.list = this.list.filter(other => other !== sitting);
    saveSittings(this.list);
  }

  clear() {
    this.list.filter(sitting => !isActive(sitting) && !sitting.account).forEach(sitting => this.remove(sitting));
  }

  #release(sitting) {
    this.#followers.get(sitting)?.abort();
    this.#followers.delete(sitting);
  }

  #apply(sitting, job) {
    const { id, status, position, eta_seconds, started_at, finished_at, created_at, progress, error } = job;
    Object.assign(sitting, {
      id: id ?? sitting.id, status: status ?? sitting.status, position, eta: eta_seconds, started_at, finished_at, created_at, progress,
      error: error ?? null, lost: false, heardAt: Date.now(),
      results: (job.results ?? sitting.results).map(result => ({ ...sitting.results.find(old => old.index === result.index), ...result })),
    });
    this.#save(sitting);
    if (!isActive(sitting)) this.#readVerdicts(sitting);
  }

  #save(sitting) {
    saveSittings(this.list);
    this.#changed(sitting);
  }

  async #follow(sitting) {
    const stop = new AbortController();
    this.#followers.set(sitting, stop);
    let wait = LEAST_PAUSE_MS;
    while (isActive(sitting) && !stop.signal.aborted) {
      const asked = performance.now();
      try {
        const job = await fetchJob(sitting.id, WAIT_SECONDS, stop.signal);
        if (stop.signal.aborted) return;
        this.#apply(sitting, job);
        wait = LEAST_PAUSE_MS;
        // A server that waited has done the pausing; one that answers at once must not be asked in a tight loop.
        if (performance.now() - asked > LEAST_PAUSE_MS) continue;
      } catch (error) {
        if (stop.signal.aborted) return;
        if (error.status === 404) {
          this.#apply(sitting, { status: "failed", error });
          return;
        }
        sitting.lost = true;
        this.#changed(sitting);
        wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
      }
      await pause(wait);
    }
    this.#followers.delete(sitting);
  }

  /** A picture shows its verdict beside it; without one the receipt still tells why when it is opened. */
  async #readVerdicts(sitting) {
    sitting.judged = true;
    const open = sitting.results.filter(result => result.receipt_id && !result.outcome);
    const receipts = await Promise.allSettled(open.map(result => fetchReceipt(result.receipt_id)));
    receipts.forEach((receipt, i) => { open[i].outcome = receipt.value?.verdict?.outcome ?? open[i].outcome; });
    if (receipts.some(receipt => receipt.status === "fulfilled")) this.#save(sitting);
  }
}

/** An order of the account as a sitting; of one that is no longer kept the settings are left. */
function sittingOf({ id, door, prompt, model, count, width, height, steps, guidance, seed, negative_prompt, created_at, job }) {
  return {
    key: id, id, door, account: true, at: Date.parse(created_at), status: job?.status ?? "expired", results: job?.results ?? [], position: job?.position, eta: job?.eta_seconds,
    created_at, started_at: job?.started_at, finished_at: job?.finished_at, progress: job?.progress, error: job?.error ?? null, heardAt: Date.now(),
    // As it was painted, with the words of a style: that is what the receipt attests.
    request: { kind: "image", model, prompt: job?.prompt ?? prompt, count, width, height, steps, guidance, seed, ...(negative_prompt ? { negative_prompt } : {}) },
  };
}
