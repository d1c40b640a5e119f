import { CodeView, type Problem } from "../code-view";
import { patience } from "../logic/board";
import { csrfToken, pageData, part, type Problem as Refusal, readProblem, say, type Words } from "../page";

const QUIET_MILLISECONDS = 1000;
const SIGN_OF_LIFE_MILLISECONDS = 15_000;

interface State {
  version: number;
  source: string;
  problems: Problem[];
}

/** Puts an editor over the form's text field, keeps what is typed and says what is wrong with it. */
class CodeEditor extends HTMLElement {
  private readonly words = pageData<Words>("code-words") ?? {};
  private readonly over = new AbortController();
  private view!: CodeView;
  private form!: HTMLFormElement;
  private store = "";
  private timer = 0;
  private pulse = 0;
  private failures = 0;
  private busy = false;
  private stopped = false;
  private theirs = "";
  private comparing = false;

  connectedCallback(): void {
    const form = this.querySelector("form");
    const field = this.querySelector<HTMLTextAreaElement>("textarea[name=source]");
    if (!form || !field) return;
    this.form = form;
    this.store = `code-${this.dataset.key ?? ""}`;
    const place = part(this, "place");
    const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "";
    this.view = new CodeView(place, field.value, say(this.words, "editor"), nonce, {
      changed: () => this.changed(),
      keep: () => void this.send("save"),
      draw: () => void this.draw(),
    });
    place.hidden = false;
    field.hidden = true;
    this.listen();
    this.bringBack();
    this.pulse = window.setInterval(() => this.giveSign(), SIGN_OF_LIFE_MILLISECONDS);
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    clearInterval(this.pulse);
    this.over.abort();
  }

  private listen(): void {
    const { signal } = this.over;
    this.form.addEventListener("submit", (event) => this.onSubmit(event), { signal });
    part(this, "mine").addEventListener("click", () => this.settle(null), { signal });
    part(this, "theirs").addEventListener("click", () => this.settle(this.theirs), { signal });
    const button = part<HTMLButtonElement>(this, "changes");
    button.hidden = false;
    button.addEventListener("click", () => this.toggleChanges(button), { signal });
    window.addEventListener("pagehide", () => this.leave(), { signal });
    window.addEventListener("beforeunload", (event) => this.isUnsaved() && event.preventDefault(), { signal });
    window.addEventListener("online", () => this.isUnsaved() && this.soon(0), { signal });
    const line = Number(this.dataset.failedLine ?? "0");
    if (line > 0) this.view.go(line);
  }

  /** What was typed when the network or the page went away. */
  private bringBack(): void {
    const kept = sessionStorage.getItem(this.store);
    if (kept === null || kept === this.view.text()) sessionStorage.removeItem(this.store);
    else this.view.replace(kept);
  }

  private isUnsaved(): boolean {
    return sessionStorage.getItem(this.store) !== null;
  }

  private line(key: string, values: Record<string, string | number> = {}): void {
    part(this, "line").textContent = say(this.words, key, values);
  }

  private changed(): void {
    sessionStorage.setItem(this.store, this.view.text());
    this.soon();
  }

  private soon(delay = QUIET_MILLISECONDS): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = window.setTimeout(() => void this.send("save"), delay);
  }

  private version(): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>("[name=version]");
  }

  private giveSign(): void {
    if (document.hasFocus() && this.version()?.value !== "0" && !this.stopped && !this.busy) void this.send("save");
  }

  private async post(act: string): Promise<Response> {
    const body = new FormData(this.form);
    body.set("act", act);
    body.set("source", this.view.text());
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    return fetch(this.form.action, { method: "POST", headers, body, keepalive: act === "release" });
  }

  private async send(act: "save" | "format"): Promise<boolean> {
    if (this.busy) {
      this.soon();
      return false;
    }
    this.busy = true;
    if (this.isUnsaved()) this.line("saving");
    const sent = this.view.text();
    try {
      const response = await this.post(act);
      if (response.status >= 500) throw new Error("The server is away.");
      this.failures = 0;
      if (!response.ok) {
        this.refused(await readProblem(response));
        return false;
      }
      this.take((await response.json()) as State, sent, act);
      return true;
    } catch {
      this.failures += 1;
      this.line("unsaved");
      this.timer = window.setTimeout(() => void this.send(act), patience(this.failures));
      return false;
    } finally {
      this.busy = false;
    }
  }

  private take(state: State, sent: string, act: string): void {
    const field = this.version();
    if (field) field.value = String(state.version);
    if (act === "format" && this.view.text() === sent) this.view.replace(state.source);
    if (this.view.text() === state.source) {
      clearTimeout(this.timer);
      sessionStorage.removeItem(this.store);
    }
    this.view.mark(state.problems);
    this.list(state.problems);
    this.line(act === "format" ? "formatted" : "saved");
  }

  private refused(problem: Refusal | null): void {
    if (problem?.code === "code_changed") {
      this.stopped = true;
      const field = this.version();
      if (field) field.value = String(problem.data.version);
      this.theirs = String(problem.data.source ?? "");
      part(this, "conflict-words").textContent = problem.message;
      part(this, "conflict").hidden = false;
      return;
    }
    const line = Number(problem?.data.line ?? "0");
    part(this, "line").textContent = [problem?.message, problem?.hint].filter(Boolean).join(" ");
    if (line > 0) this.view.go(line);
  }

  /** The reader has chosen between two texts. */
  private settle(taken: string | null): void {
    part(this, "conflict").hidden = true;
    this.stopped = false;
    if (taken !== null) this.view.replace(taken);
    void this.send("save");
  }

  private list(problems: readonly Problem[]): void {
    const rows = problems.map((problem) => {
      const row = document.createElement("li");
      row.className = problem.stops ? "is-bad" : "is-warn";
      if (problem.line !== null) {
        const { line } = problem;
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = say(this.words, "line", { line });
        button.addEventListener("click", () => this.view.go(line));
        row.append(button, " ");
      }
      row.append([problem.message, problem.hint].filter(Boolean).join(" "));
      return row;
    });
    part(this, "problems").replaceChildren(...rows);
    part(this, "fine").hidden = rows.length > 0;
  }

  private toggleChanges(button: HTMLButtonElement): void {
    this.comparing = !this.comparing;
    button.setAttribute("aria-pressed", String(this.comparing));
    button.textContent = say(this.words, this.comparing ? "hide_changes" : "show_changes");
    this.view.compare(this.comparing ? part<HTMLTextAreaElement>(this, "base").value : null);
  }

  private onSubmit(event: SubmitEvent): void {
    const act = (event.submitter as HTMLButtonElement | null)?.value ?? "save";
    if (act === "over") {
      sessionStorage.removeItem(this.store);
      return;
    }
    event.preventDefault();
    if (act === "draw") void this.draw();
    else void this.send(act === "format" ? "format" : "save");
  }

  private async draw(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isUnsaved() && !(await this.send("save"))) return;
    this.line("drawing");
    try {
      const response = await this.post("draw");
      if (!response.ok) {
        this.refused(await readProblem(response));
        return;
      }
      sessionStorage.removeItem(this.store);
      location.assign(this.dataset.studio ?? "/");
    } catch {
      this.line("unsaved");
    }
  }

  private leave(): void {
    if (this.version()?.value !== "0") void this.post("release").catch(() => undefined);
  }
}
customElements.define("code-editor", CodeEditor);
