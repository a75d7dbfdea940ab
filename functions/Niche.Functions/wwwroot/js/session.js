// Who is signed in: an API key, kept in this browser until somebody signs out. Without one the page is nobody's, as for a newcomer.

const KEY = "niche.studio.key.v1";
const FORM = /^niche_[0-9a-f]{16}_[0-9a-f]{64}$/;
const listeners = new Set();
export const isKey = text => FORM.test(text);
let key = stored();

export const isSignedIn = () => key !== "";
export const currentKey = () => key;

/** Called after every change, also one that another tab made. */
export function onSession(listener) {
  listeners.add(listener);
}

export function signIn(fresh) {
  change(fresh, () => localStorage.setItem(KEY, fresh));
}

export function signOut() {
  change("", () => localStorage.removeItem(KEY));
}

function change(fresh, keep) {
  key = fresh;
  try {
    keep();
  } catch {
    // Blocked storage: signed in until the page is closed.
  }
  listeners.forEach(listener => listener());
}

function stored() {
  let text = "";
  try {
    text = localStorage.getItem(KEY) ?? "";
  } catch {
    // Blocked storage: nobody is signed in.
  }
  return isKey(text) ? text : "";
}

addEventListener("storage", event => {
  if (event.key !== KEY) return;
  key = stored();
  listeners.forEach(listener => listener());
});
