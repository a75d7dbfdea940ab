// Wires the rooms of the page together.
import "./account.js";
import { fetchMiners, fetchModels } from "./api.js";
import { Composer } from "./composer.js";
import { announce, byId, fill } from "./dom.js";
import { adviceFor, failurePanel } from "./failures.js";
import { Gallery } from "./gallery.js";
import { MinerTable } from "./miner-table.js";
import { imageModels } from "./models.js";
import { NetworkLine } from "./network-line.js";
import { showPanel } from "./panel.js";
import { repeatWhileVisible } from "./polling.js";
import { openReceipt } from "./receipt.js";
import { isSignedIn, onSession } from "./session.js";
import { isActive, Sittings } from "./sittings.js";

const MINERS_EVERY_MS = 3000;
const MODELS_EVERY_MS = 30_000;
const HISTORY_EVERY_MS = 10_000;

const sittings = new Sittings(sitting => {
  gallery.update(sitting);
  showCancel();
});

async function create(request) {
  const sitting = await sittings.create(request);
  gallery.show();
  gallery.reveal(sitting);
  announce("The job was accepted.");
}

async function cancel(sitting) {
  await sittings.cancel(sitting).catch(error => announce(`Could not cancel. ${error.title ?? ""} ${adviceFor(error)}`));
}

const composer = new Composer(create);
const gallery = new Gallery(sittings, {
  cancel,
  reuse: sitting => composer.use(sitting.request, sitting.results[0]?.seed ?? sitting.request.seed),
  again: sitting => create(sitting.request).catch(error => fill(byId("composer-failure"), failurePanel(error))),
  receipt: openReceipt,
  remove: sitting => {
    sittings.remove(sitting);
    gallery.show();
    byId("pictures-title").focus();
  },
});

function showCancel() {
  byId("cancel-button").hidden = !sittings.list.some(isActive);
}

byId("cancel-button").addEventListener("click", () => {
  const newest = sittings.list.find(isActive);
  if (newest) cancel(newest);
  byId("create-button").focus();
});

byId("about-open").addEventListener("click", () => showPanel("How it works", byId("about").content.cloneNode(true)));

const table = new MinerTable(), network = new NetworkLine();
let modelsKnown = false;

const models = repeatWhileVisible(async () => {
  try {
    composer.setModels(imageModels(await fetchModels()));
    modelsKnown = true;
  } catch {
    // The miners' poll below fails too and says so; it asks for the models again as soon as the server answers.
  }
}, MODELS_EVERY_MS);

repeatWhileVisible(async () => {
  try {
    const answer = await fetchMiners();
    network.update(answer);
    table.update(Array.isArray(answer.miners) ? answer.miners : []);
    byId("miners-note").textContent = Number.isFinite(answer.block) ? `Block ${answer.block}. Sorted by weight.` : "Sorted by weight.";
    if (!modelsKnown) models.now();
  } catch (error) {
    network.lost(error.title);
    byId("miners-note").textContent = `Not up to date: ${error.title}. ${adviceFor(error)}`;
  }
}, MINERS_EVERY_MS);

// Orders from chats appear here by themselves.
const orders = repeatWhileVisible(async () => {
  byId("pictures-hint").textContent = isSignedIn() ? "Of your account, from every door." : "Kept in this browser only.";
  if (!isSignedIn()) return;
  try {
    await sittings.refresh();
    gallery.show();
    showCancel();
  } catch {
    // Said by the line of the network above; a key that is void signs out.
  }
}, HISTORY_EVERY_MS);

onSession(() => {
  sittings.leave();
  gallery.show();
  showCancel();
  orders.now();
});

showCancel();
sittings.resume();
