// The one side panel. The browser's dialog keeps focus inside, closes on Escape and gives focus back.
import { byId, fill } from "./dom.js";

const panel = byId("panel");
byId("panel-close").addEventListener("click", () => panel.close());
panel.addEventListener("click", event => { if (event.target === panel) panel.close(); });

/** Opens the panel, or replaces what it shows. */
export function showPanel(title, ...content) {
  byId("panel-title").textContent = title;
  fill(byId("panel-body"), ...content);
  if (!panel.open) panel.showModal();
  panel.scrollTop = 0;
  byId("panel-title").focus();
}

/** Replaces the content only while the panel still shows what was opened under this title. */
export function updatePanel(title, ...content) {
  if (panel.open && byId("panel-title").textContent === title) fill(byId("panel-body"), ...content);
}
