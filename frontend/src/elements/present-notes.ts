import { clock } from "../logic/clock";
import { part } from "../page";

interface State {
  kind: "state";
  place: string;
  note: string;
  said: string;
  shown: string;
  coming: string;
  began: number;
}

/** The presenter's notes: told by the presentation in another window of this browser, and its remote control. */
class PresentNotes extends HTMLElement {
  private channel: BroadcastChannel | null = null;
  private ticking = 0;
  private began = 0;

  connectedCallback(): void {
    const channel = new BroadcastChannel(this.dataset.channel ?? "");
    this.channel = channel;
    channel.addEventListener("message", (event: MessageEvent<State>) => {
      if (event.data.kind === "state") this.show(event.data);
    });
    this.addEventListener("click", (event) => {
      const name = (event.target as Element).closest<HTMLElement>("[data-act]")?.dataset.act;
      if (name) channel.postMessage({ kind: "act", name });
    });
    document.addEventListener("keydown", this.keys);
    this.ticking = window.setInterval(() => this.tick(), 1000);
    channel.postMessage({ kind: "hello" });
  }

  disconnectedCallback(): void {
    this.channel?.close();
    clearInterval(this.ticking);
    document.removeEventListener("keydown", this.keys);
  }

  private readonly keys = (event: KeyboardEvent): void => {
    const names: Record<string, string> = { ArrowRight: "next", PageDown: "next", ArrowLeft: "back", PageUp: "back" };
    const name = names[event.key];
    if (!name) return;
    event.preventDefault();
    this.channel?.postMessage({ kind: "act", name });
  };

  private show(state: State): void {
    part(this, "waiting").hidden = true;
    part(this, "sheet").hidden = false;
    for (const name of ["place", "note", "said", "shown", "coming"] as const) part(this, name).textContent = state[name];
    this.began = state.began;
    this.tick();
  }

  private tick(): void {
    if (this.began) part(this, "time").textContent = clock((Date.now() - this.began) / 1000);
  }
}

customElements.define("present-notes", PresentNotes);
