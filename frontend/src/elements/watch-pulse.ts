import type { StagePlayer } from "./stage-player";
import { clock } from "../logic/clock";

const PULSE_MS = 4000;

/**
 * A page that is shared: asks every four seconds whether its reader may still see it, and loads it again when not, so
 * that it ends with its right. Tells `comments-changed` when they did; a click on a moment takes the player there.
 */
class WatchPulse extends HTMLElement {
  private beat = 0;
  private stamp = "";

  connectedCallback(): void {
    this.stamp = this.dataset.stamp ?? "";
    this.beat = window.setInterval(() => void this.ask(), PULSE_MS);
    this.addEventListener("click", (event) => this.onClick(event));
    const now = this.querySelector<HTMLButtonElement>("[data-now]");
    if (now && this.player) now.hidden = false;
    const at = Number(new URLSearchParams(location.search).get("at"));
    if (at > 0) this.querySelector("video")?.addEventListener("loadedmetadata", () => this.player?.seek(at), { once: true });
  }

  disconnectedCallback(): void {
    clearInterval(this.beat);
  }

  private get player(): StagePlayer | null {
    return this.querySelector<StagePlayer>("stage-player");
  }

  private onClick(event: Event): void {
    const target = event.target as Element;
    const moment = target.closest<HTMLElement>("[data-seek]");
    const video = this.querySelector("video");
    if (moment && this.player) {
      event.preventDefault();
      this.player.seek(Number(moment.dataset.seek));
      this.player.scrollIntoView({ block: "nearest" });
    } else if (target.closest("[data-now]") && video) {
      const field = this.querySelector<HTMLInputElement>("[name=moment]");
      if (field) field.value = clock(video.currentTime);
    }
  }

  private async ask(): Promise<void> {
    const answer = await fetch(this.dataset.pulse ?? "", { cache: "no-store" }).catch(() => null);
    if (!answer) return; // no network: nothing is known
    if (answer.redirected || answer.status === 404 || answer.status === 403) {
      clearInterval(this.beat);
      location.reload();
      return;
    }
    if (!answer.ok || this.querySelector(".comments details[open]")) return; // a comment is being written anew
    const { comments } = (await answer.json()) as { comments: string };
    if (comments === this.stamp) return;
    this.stamp = comments;
    document.body.dispatchEvent(new CustomEvent("comments-changed"));
  }
}

customElements.define("watch-pulse", WatchPulse);
