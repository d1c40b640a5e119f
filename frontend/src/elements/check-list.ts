import { pageData, part, say, type Words } from "../page";
import type { StagePlayer } from "./stage-player";

/** What to check before class: an item jumps to its moment in the video, and a tick is kept as soon as it is set. */
class CheckList extends HTMLElement {
  private words: Words = {};

  connectedCallback(): void {
    this.words = pageData<Words>("studio-words") ?? {};
    part(this, "keep").hidden = true;
    this.addEventListener("click", (event) => this.jump(event.target as Element));
    this.addEventListener("change", () => void this.keep());
  }

  private jump(target: Element): void {
    const button = target.closest<HTMLElement>("[data-seconds]");
    const player = document.querySelector<StagePlayer>("stage-player[data-keys]");
    if (!button || !player) return;
    player.seek(Number(button.dataset.seconds));
    player.scrollIntoView({ block: "nearest" });
  }

  /** Send all ticks. Where that fails the button to send them by hand is back. */
  private async keep(): Promise<void> {
    const form = this.querySelector("form");
    if (!form) return;
    const kept = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" }).then(
      (answer) => answer.type === "opaqueredirect",
      () => false,
    );
    part(this, "keep").hidden = kept;
    part(this, "line").textContent = say(this.words, kept ? "check_kept" : "check_lost");
  }
}

customElements.define("check-list", CheckList);
