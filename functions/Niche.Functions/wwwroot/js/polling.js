// Repeats a task while the page is visible. A hidden tab asks for nothing, and catches up the moment it is shown.

/** @returns {{now: () => void, stop: () => void}} */
export function repeatWhileVisible(task, everyMs) {
  let timer = 0, running = false, stopped = false;

  async function turn() {
    clearTimeout(timer);
    if (running || stopped || document.hidden) return;
    running = true;
    try {
      await task();
    } finally {
      running = false;
    }
    if (!stopped && !document.hidden) timer = setTimeout(turn, everyMs);
  }

  document.addEventListener("visibilitychange", turn);
  turn();
  return {
    now: turn,
    stop() {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", turn);
    },
  };
}

export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener("abort", () => { clearTimeout(timer); reject(signal.reason); }, { once: true });
  });
}
