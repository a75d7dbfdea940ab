// The form: offers what the model offers, reads a request, shows what was refused beside the field it concerns.
import { announce, byId, el, fill, setText } from "./dom.js";
import { choose, chosen, fillRadios, NumberSlider } from "./choices.js";
import { failurePanel } from "./failures.js";
import { MAX_SEED } from "./identifiers.js";
import { sizeName } from "./models.js";
import { SeedField } from "./seed-field.js";
import { Suggestions } from "./suggestions.js";

const FIELD_OF = { width: "size", height: "size" };

export class Composer {
  #form = byId("composer");
  #prompt = byId("prompt");
  #model = byId("model");
  #negative = byId("negative");
  #steps = new NumberSlider(byId("steps-field"));
  #guidance = new NumberSlider(byId("guidance-field"));
  #seed = new SeedField();
  #suggestions = new Suggestions(text => this.usePrompt(text));
  #models = [];
  #busy = false;

  /** @param create async (request) => void, throws ApiError */
  constructor(create) {
    this.#form.addEventListener("submit", event => {
      event.preventDefault();
      this.#send(create);
    });
    document.addEventListener("keydown", event => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !document.querySelector("dialog[open]")) {
        event.preventDefault();
        this.#form.requestSubmit();
      }
    });
    this.#model.addEventListener("change", () => this.#offer());
    this.#prompt.addEventListener("input", () => this.#showError("prompt", ""));
  }

  setModels(models) {
    if (JSON.stringify(models) === JSON.stringify(this.#models)) return;
    this.#models = models;
    const before = this.#model.value;
    fill(this.#model, models.map(model => el("option", { value: model.id }, model.id)));
    if (models.some(model => model.id === before)) this.#model.value = before;
    this.#offer();
  }

  usePrompt(text) {
    this.#prompt.value = text;
    this.#showError("prompt", "");
    this.#prompt.focus();
  }

  /** Puts the settings of an earlier sitting back; what the model no longer offers keeps its present value. */
  use(request, seed) {
    if (this.#models.some(model => model.id === request.model)) this.#model.value = request.model;
    this.#offer();
    this.#negative.value = request.negative_prompt ?? "";
    this.#steps.set(request.steps);
    this.#guidance.set(request.guidance);
    choose(byId("count"), request.count);
    choose(byId("size"), `${request.width}x${request.height}`);
    this.#seed.set(seed);
    this.usePrompt(request.prompt);
    this.#form.scrollIntoView({ block: "nearest" });
    announce("Settings are back in the form.");
  }

  #offer() {
    const model = this.#models.find(candidate => candidate.id === this.#model.value);
    if (!model) return;
    fillRadios(byId("count"), "count",
      Array.from({ length: model.maxCount }, (_, i) => ({ value: String(i + 1), content: String(i + 1), label: i ? `${i + 1} pictures` : "1 picture" })), "1");
    fillRadios(byId("size"), "size", model.sizes.map(size => {
      const longest = Math.max(size.width, size.height) / 16;
      const glyph = el("i", { vars: { "--w": `${size.width / longest}px`, "--h": `${size.height / longest}px` } });
      return { value: `${size.width}x${size.height}`, content: [glyph, `${size.width} × ${size.height}`], label: sizeName(size) };
    }));
    this.#steps.limit(model.steps, 1);
    this.#guidance.limit(model.guidance, model.guidance.max - model.guidance.min > 2 ? 0.5 : 0.1);
    this.#suggestions.offer(model.suggestions);
  }

  #read() {
    const [width, height] = (chosen(byId("size")) ?? "0x0").split("x").map(Number);
    const negative = this.#negative.value.trim(), seed = this.#seed.value;
    return {
      kind: "image", model: this.#model.value, prompt: this.#prompt.value.trim(), ...(negative ? { negative_prompt: negative } : {}),
      count: Number(chosen(byId("count")) ?? 1), width, height, steps: this.#steps.value, guidance: this.#guidance.value,
      ...(seed === null ? {} : { seed }),
    };
  }

  async #send(create) {
    if (this.#busy) return;
    this.#clearErrors();
    const request = this.#read();
    if (!request.prompt) return this.#refuse("prompt", "Say what should be painted, or pick a suggestion.");
    if (!request.model) return this.#refuse("model", "The list of models has not arrived yet. Wait a moment.");
    if (!(request.seed === undefined || (Number.isInteger(request.seed) && request.seed >= 0 && request.seed <= MAX_SEED)))
      return this.#refuse("seed", `The seed is a whole number from 0 to ${MAX_SEED}.`);
    this.#setBusy(true);
    try {
      await create(request);
    } catch (error) {
      this.#showFailure(error);
    } finally {
      this.#setBusy(false);
    }
  }

  #setBusy(busy) {
    this.#busy = busy;
    byId("create-button").setAttribute("aria-busy", String(busy));
    byId("create-button").setAttribute("aria-disabled", String(busy));
  }

  #refuse(field, text) {
    this.#showError(field, text);
    (byId(field) ?? this.#prompt).focus();
    announce(text);
  }

  #showFailure(error) {
    for (const { field, detail } of error.errors ?? []) if (typeof field === "string") this.#showError(FIELD_OF[field] ?? field, detail);
    fill(byId("composer-failure"), failurePanel(error));
    byId("composer-failure").scrollIntoView({ block: "nearest" });
    this.#form.querySelector("[aria-invalid=true]")?.focus();
  }

  #showError(field, text) {
    const note = [...this.#form.querySelectorAll("[data-error-for]")].find(candidate => candidate.dataset.errorFor === field);
    if (!note) return;
    setText(note, text);
    note.hidden = !text;
    for (const input of note.parentElement.querySelectorAll("input, select, textarea")) {
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  #clearErrors() {
    fill(byId("composer-failure"));
    for (const note of this.#form.querySelectorAll("[data-error-for]")) this.#showError(note.dataset.errorFor, "");
  }
}
