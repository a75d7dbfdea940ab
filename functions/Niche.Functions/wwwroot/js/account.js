// Signing in, and what belongs to an account: its doors, its keys, what is left of the hour, codes for chats.
import { fetchAccount, link, revokeKey, unlink } from "./api.js";
import { copyButton } from "./clipboard.js";
import { announce, byId, el, fill } from "./dom.js";
import { rows } from "./facts.js";
import { failurePanel } from "./failures.js";
import { showPanel, updatePanel } from "./panel.js";
import { currentKey, isKey, isSignedIn, onSession, signIn, signOut } from "./session.js";

const SIGN_IN = "Sign in", ACCOUNT = "Your account";
const opener = byId("account-open");

opener.addEventListener("click", () => (isSignedIn() ? openAccount() : openSignIn()));
onSession(showOpener);
showOpener();

function showOpener() {
  opener.textContent = isSignedIn() ? "Account" : "Sign in";
}

function openSignIn() {
  showPanel(SIGN_IN,
    el("p", {}, "With ", el("code", {}, "/link"), " the bot on Discord, on Telegram or in a terminal shows a code and makes API keys. Signed in, your chats, your programs and this page have one history."),
    codeForm("API key, or code of a chat", "Sign in", async text => {
      // Tried before it is kept: a typing error signs nobody in.
      if (isKey(text)) await fetchAccount(text);
      const key = isKey(text) ? text : (await link({ code: text, name: "studio" })).key;
      signIn(key);
      announce("Signed in.");
      // Who closed the panel meanwhile wants to see the wall.
      if (byId("panel").open) await openAccount();
    }),
    el("p", { class: "hint" }, "The key stays in this browser until you sign out."));
}

async function openAccount() {
  showPanel(ACCOUNT, el("p", { class: "hint" }, "Reading your account…"));
  try {
    show(await fetchAccount());
  } catch (error) {
    updatePanel(ACCOUNT, failurePanel(error, () => (isSignedIn() ? openAccount() : openSignIn())));
  }
}

function show(account) {
  const doors = account.doors ?? [], fresh = el("div", { class: "fresh-code" });
  const then = work => async () => {
    try {
      await work();
    } catch (error) {
      fill(fresh, failurePanel(error));
    }
  };
  const again = async () => show(await fetchAccount());
  updatePanel(ACCOUNT,
    rows("What it has", [
      ["Doors", doors.join(", ")],
      ["Pictures this hour", `${account.pictures?.used} of ${account.pictures?.per_hour}`],
      ["Texts this hour", `${account.texts?.used} of ${account.texts?.per_hour}`],
    ]),
    el("section", {}, el("h3", {}, "Link a chat"),
      el("p", {}, "Write a code of this page to the bot, or enter one that it showed you."),
      el("div", { class: "row" }, el("button", { type: "button", class: "quiet", on: { click: then(async () => showCode(fresh, await link({}))) } }, "Make a code"),
        doors.length > 1 && el("button", { type: "button", class: "quiet", on: { click: then(async () => show(await unlink())) } }, "Unlink")),
      fresh,
      codeForm("Code of a chat", "Link", async text => {
        await link({ code: text });
        announce("Linked.");
        await again();
      })),
    el("section", {}, el("h3", {}, "API keys"),
      el("ul", { class: "keys" }, (account.keys ?? []).map(key => el("li", {},
        el("span", {}, el("code", {}, key.prefix), el("small", {}, ` ${key.name} · ${key.is_this ? "this browser" : `last used ${key.used_on ?? "never"}`}`)),
        el("button", { type: "button", class: "link", "aria-label": `Revoke ${key.prefix}`, on: { click: then(async () => {
          await revokeKey(key.id);
          if (currentKey().startsWith(key.prefix)) leave();
          else await again();
        }) } }, "Revoke"))))),
    el("button", { type: "button", class: "quiet", on: { click: leave } }, "Sign out"));
}

function leave() {
  signOut();
  announce("Signed out.");
  openSignIn();
}

function showCode(host, { code, say, expires_in_seconds: left }) {
  fill(host, el("p", {}, `Write this to the bot within ${Math.round(left / 60)} minutes: `, copyButton(say, say, `the code ${code}`)),
    el("p", { class: "hint" }, "Whoever has the code gets into your account."));
}

/** A field with a button; what goes wrong is said below it. */
function codeForm(label, action, run) {
  const input = el("input", { type: "text", id: "account-code", autocomplete: "off", spellcheck: "false", autocapitalize: "off", maxlength: "120" });
  const said = el("div");
  const form = el("form", { class: "field", novalidate: true }, el("label", { for: "account-code" }, label), input,
    el("button", { type: "submit", class: "primary" }, action), said);
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return input.focus();
    fill(said);
    try {
      await run(text);
    } catch (error) {
      fill(said, failurePanel(error));
      input.focus();
    }
  });
  return form;
}
