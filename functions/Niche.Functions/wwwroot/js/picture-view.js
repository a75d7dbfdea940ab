// One picture of a sitting, finished or still being painted.
import { pictureUrl } from "./api.js";
import { copyButton } from "./clipboard.js";
import { el, fill, icon } from "./dom.js";
import { fileName } from "./format.js";
import { labelledMark } from "./verdicts.js";

/** @returns {{node: HTMLElement, move: (part: number, painting: boolean) => void}} */
export function waitingView(request, index) {
  const alcove = el("div", {
    class: "alcove waiting", role: "img", "aria-label": `Picture ${index + 1}, not ready yet`,
    vars: { "--ratio": `${request.width} / ${request.height}` },
  });
  return {
    node: el("figure", { class: "picture" }, alcove),
    move(part, painting) {
      alcove.style.setProperty("--part", String(part));
      alcove.classList.toggle("painting", painting);
    },
  };
}

/** @returns {{node: HTMLElement, judge: (outcome: string) => void}} */
export function pictureView(sitting, result, actions) {
  const url = pictureUrl(result.url);
  const verdict = el("span", { class: "by" });
  const open = () => actions.receipt(sitting, result);
  const judge = outcome => fill(verdict, outcome && labelledMark(outcome));
  judge(result.outcome);
  const caption = el("figcaption", {},
    el("span", { class: "made" }, result.miner && `By miner ${result.miner.uid}`, verdict),
    url && el("a", { class: "link", href: url, download: fileName(sitting.request.prompt, result) }, icon("save"), "Save"),
    result.receipt_id && el("button", { type: "button", class: "link", on: { click: open } }, icon("receipt"), "Receipt"),
    copyButton(String(result.seed), `Seed ${result.seed}`, `seed ${result.seed}`, "link own-line"));
  return { node: el("figure", { class: "picture" }, frame(sitting, result, url, open), caption), judge };
}

function frame(sitting, result, url, open) {
  const ratio = { "--ratio": `${result.width} / ${result.height}` };
  const gone = () => el("div", { class: "alcove gone", vars: ratio }, "The validator no longer keeps this picture. Its settings and seed make it again.");
  if (!url) return gone();
  const image = el("img", { src: url, alt: sitting.request.prompt, width: result.width, height: result.height, decoding: "async" });
  const button = el("button", {
    type: "button", class: "alcove", vars: ratio, on: { click: open }, "aria-label": `Picture ${result.index + 1}: ${sitting.request.prompt}. Open its receipt`,
  }, image);
  image.addEventListener("error", () => button.replaceWith(gone()));
  return button;
}
