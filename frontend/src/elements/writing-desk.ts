import { type CodePiece, grown } from "../logic/manuscript";
import { part } from "../page";

interface Attempt {
  title?: string;
  words?: string;
  detail?: string;
}

/** Shows what a model writes for the job above it: its attempts in words and the code as it comes, all as plain text. */
class WritingDesk extends HTMLElement {
  private readonly texts = new Map<string, string>();
  private readonly onCode = (event: Event): void => this.write((event as CustomEvent<CodePiece[]>).detail);
  private readonly onAttempt = (event: Event): void => this.note((event as CustomEvent<Attempt>).detail);

  connectedCallback(): void {
    document.addEventListener("job-code", this.onCode);
    document.addEventListener("job-attempt", this.onAttempt);
  }

  disconnectedCallback(): void {
    document.removeEventListener("job-code", this.onCode);
    document.removeEventListener("job-attempt", this.onAttempt);
  }

  private note(attempt: Attempt): void {
    const line = document.createElement("li");
    const said = [attempt.words, attempt.detail].filter(Boolean).join(" ");
    line.textContent = attempt.title ? `${attempt.title}: ${said}` : said;
    part(this, "attempts").append(line);
    this.hidden = false;
  }

  private write(pieces: readonly CodePiece[]): void {
    for (const piece of pieces) {
      const text = grown(this.texts.get(piece.scene) ?? "", piece);
      this.texts.set(piece.scene, text);
      const panel = this.panel(piece.scene);
      const box = panel.parentElement ?? panel;
      const follows = box.scrollTop + box.clientHeight >= box.scrollHeight - 8;
      panel.textContent = text;
      if (follows) box.scrollTop = box.scrollHeight;
    }
    this.hidden = false;
  }

  private panel(scene: string): HTMLElement {
    const found = this.querySelector<HTMLElement>(`[data-code="${CSS.escape(scene)}"]`);
    if (found) return found;
    const box = document.createElement("div");
    box.className = "code code-desk";
    box.tabIndex = 0;
    box.role = "region";
    box.ariaLabel = scene;
    const panel = document.createElement("pre");
    panel.dataset.code = scene;
    box.append(panel);
    part(this, "scenes").append(box);
    return panel;
  }
}

customElements.define("writing-desk", WritingDesk);
