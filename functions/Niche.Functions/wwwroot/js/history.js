// Sittings kept in this browser: settings, addresses and seeds of the pictures. Those of an account are not among them: the account has them, and whoever uses this
// browser next has not.

const KEY = "niche.studio.sittings.v1";
const MOST = 60;

export function loadSittings() {
  try {
    const list = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(list) ? list.filter(isSitting).slice(0, MOST) : [];
  } catch {
    // Blocked or damaged storage: start with an empty wall rather than with no page.
    return [];
  }
}

export function saveSittings(list) {
  try {
    localStorage.setItem(KEY, JSON.stringify(list.filter(sitting => !sitting.account).slice(0, MOST)));
  } catch {
    // Full or blocked: the pictures stay on the page for now.
  }
}

function isSitting(item) {
  return item !== null && typeof item === "object" && typeof item.key === "string" && typeof item.status === "string"
    && Array.isArray(item.results) && typeof item.request?.prompt === "string" && Number.isFinite(item.at);
}
