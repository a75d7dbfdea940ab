// Checks in the reader's own browser that the receipt speaks of this picture and this prompt.
import { el, fill } from "./dom.js";
import { mark } from "./verdicts.js";

export async function checkHashes(host, receipt, prompt, url) {
  // Only secure contexts (https, localhost) have the digest; elsewhere the hashes can still be compared by hand.
  if (!globalThis.crypto?.subtle) return;
  const found = await Promise.all([
    url && check(receipt.image_sha256, "picture", async () => (await fetch(url)).arrayBuffer()),
    check(receipt.prompt_sha256, "prompt", async () => new TextEncoder().encode(prompt)),
  ]);
  fill(host, found.map(item => item && el("li", {}, mark(item.same ? "verified" : "wrong"), item.text)));
}

async function check(expected, what, read) {
  if (typeof expected !== "string" || !expected) return null;
  const bytes = await read().catch(() => null);
  if (!bytes) return null;
  const digest = [...new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  const same = digest === expected.toLowerCase().replace(/^(sha256:|0x)/, "");
  return { same, text: same ? `This ${what} is the one on the receipt.` : `This ${what} is not the one on the receipt.` };
}
