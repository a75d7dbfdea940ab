// The sittings: one per press of Create. Follows those that are not finished and keeps all of them in the browser.
import { cancelJob, fetchJob, fetchReceipt } from "./api.js";
import { loadSittings, saveSittings } from "./history.js";
import { uuid } from "./identifiers.js";
import { pause } from "./polling.js";
import { submit } from "./submission.js";

// Short: a change between two questions is seen only when the second one is answered.
const WAIT_SECONDS = 2;
const LEAST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

export const isActive = sitting => sitting.status === "queued" || sitting.status === "running";

export class Sittings {
  #changed;
  #followers = new Map();

  /** @param {(sitting: object) => void} changed called after every change of a sitting */
  constructor(changed) {
    this.#changed = changed;
    this.list = loadSittings();
  }

  resume() {
    this.list.filter(isActive).forEach(sitting => this.#follow(sitting));
  }

  /** @throws {ApiError} when the job was refused */
  async create(request) {
    const job = await submit(request);
    const sitting = { key: uuid(), at: Date.now(), request, results: [], status: "queued" };
    this.list.unshift(sitting);
    this.#apply(sitting, job);
    this.#follow(sitting);
    return sitting;
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
    this.list.filter(sitting => !isActive(sitting)).forEach(sitting => this.remove(sitting));
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
    const open = sitting.results.filter(result => result.receipt_id && !result.outcome);
    const receipts = await Promise.allSettled(open.map(result => fetchReceipt(result.receipt_id)));
    receipts.forEach((receipt, i) => { open[i].outcome = receipt.value?.verdict?.outcome ?? open[i].outcome; });
    if (receipts.some(receipt => receipt.status === "fulfilled")) this.#save(sitting);
  }
}
