// The wall: sittings, newest first, a handful at a time.
import { byId, el, fill, placeAt } from "./dom.js";
import { SittingView } from "./sitting-view.js";

const PER_PAGE = 6;

export class Gallery {
  #host = byId("gallery");
  #more = byId("gallery-more");
  #clear = byId("history-clear");
  #views = new Map();
  #sittings;
  #actions;
  #shown = PER_PAGE;

  constructor(sittings, actions) {
    this.#sittings = sittings;
    this.#actions = actions;
    this.#more.addEventListener("click", async () => {
      this.#shown += PER_PAGE;
      if (this.#sittings.list.length < this.#shown && this.#sittings.hasOlder) await this.#sittings.older().catch(() => {});
      this.show();
    });
    this.#clear.addEventListener("click", () => {
      this.#sittings.clear();
      this.show();
      byId("prompt").focus();
    });
    setInterval(() => this.#views.forEach(view => view.tick()), 1000);
    this.show();
  }

  /** Brings the wall in line with the list; nodes that stay are left alone, so that focus and selection survive. */
  show() {
    const wanted = this.#sittings.list.slice(0, this.#shown);
    for (const [sitting, view] of this.#views) {
      if (wanted.includes(sitting)) continue;
      view.node.remove();
      this.#views.delete(sitting);
    }
    if (wanted.length === 0) fill(this.#host, empty());
    else this.#host.querySelector(".empty")?.remove();
    wanted.forEach((sitting, i) => {
      if (!this.#views.has(sitting)) {
        this.#views.set(sitting, new SittingView(sitting, this.#actions));
        this.#sittings.seen(sitting);
      }
      placeAt(this.#host, this.#views.get(sitting).node, i);
    });
    this.#more.hidden = this.#sittings.list.length <= this.#shown && !this.#sittings.hasOlder;
    this.#clear.hidden = this.#sittings.list.every(sitting => sitting.account);
  }

  update(sitting) {
    this.#views.get(sitting)?.update();
  }

  reveal(sitting) {
    this.#views.get(sitting)?.node.scrollIntoView({ block: "nearest" });
  }
}

function empty() {
  return el("div", { class: "empty" },
    el("div", { class: "alcove waiting", "aria-hidden": "true" }),
    el("div", {},
      el("h3", {}, "The wall is still empty"),
      el("p", {}, "Describe a picture, or pick one of the suggestions, and press Create. Each picture comes with a receipt: who made it, and why it was believed.")));
}
