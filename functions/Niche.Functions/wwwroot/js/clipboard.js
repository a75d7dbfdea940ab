// Copying, also where the page is not a secure context and navigator.clipboard is missing.
import { announce, el, icon } from "./dom.js";

export async function copy(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  const field = el("textarea", { readonly: true, class: "visually-hidden" });
  field.value = text;
  const host = document.querySelector("dialog[open]") ?? document.body;
  host.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("The browser refused to copy.");
}

/** A button that shows `shown` and copies `text`. */
export function copyButton(text, shown, what, className = "key") {
  const label = el("span", {}, shown);
  const button = el("button", { type: "button", class: className, title: text, "aria-label": `Copy ${what}` }, label, icon("copy"));
  let back = 0;
  button.addEventListener("click", async () => {
    const said = await copy(text).then(() => "Copied", () => "Could not copy");
    label.textContent = said;
    announce(`${said}: ${what}`);
    clearTimeout(back);
    back = setTimeout(() => { label.textContent = shown; }, 1400);
  });
  return button;
}
