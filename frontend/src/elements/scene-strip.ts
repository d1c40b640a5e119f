import type { Progress } from "../logic/progress";
import { pageData, say, type Words } from "../page";
import type { StagePlayer } from "./stage-player";

/** The scenes in order. A click shows one; while a job runs each card says how far its scene is. */
class SceneStrip extends HTMLElement {
  private words: Words = {};
  private readonly follow = (event: Event): void => this.onProgress((event as CustomEvent<Progress>).detail);
  private readonly mark = (event: Event): void => this.onScene((event as CustomEvent<{ index: number }>).detail.index);

  connectedCallback(): void {
    this.words = pageData<Words>("studio-words") ?? {};
    document.addEventListener("job-progress", this.follow);
    document.addEventListener("scene-change", this.mark);
    this.addEventListener("click", (event) => {
      const card = (event.target as Element).closest<HTMLElement>("[data-start]");
      const player = document.querySelector<StagePlayer>("stage-player[data-keys]");
      if (!card || !player) return;
      player.seek(Number(card.dataset.start));
      player.tryPlay();
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener("job-progress", this.follow);
    document.removeEventListener("scene-change", this.mark);
  }

  private onScene(index: number): void {
    for (const [at, card] of [...this.querySelectorAll<HTMLElement>("[data-scene]")].entries()) {
      if (at === index) card.setAttribute("aria-current", "true");
      else card.removeAttribute("aria-current");
    }
  }

  private onProgress(progress: Progress): void {
    for (const scene of progress.scenes) {
      const card = this.querySelector<HTMLElement>(`[data-scene="${CSS.escape(scene.name)}"]`);
      const badge = card?.querySelector<HTMLElement>("[data-part=state]");
      if (!badge) continue;
      badge.textContent = say(this.words, `scene_${scene.state}`);
      const look = { rendered: "badge-good", cached: "badge-good", failed: "badge-bad", drawing: "badge-info" };
      badge.className = `badge ${scene.state in look ? look[scene.state as keyof typeof look] : ""}`;
    }
  }
}

customElements.define("scene-strip", SceneStrip);
