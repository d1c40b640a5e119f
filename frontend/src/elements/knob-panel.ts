import { type KnobKind, type KnobValue, parse, show } from "../logic/knob-values";
import { csrfToken, type Problem, pageData, part, readProblem, say, type Words } from "../page";

const QUIET_MILLISECONDS = 600;

/**
 * The knobs of an animation. Sliders and their numbers follow each other at once; a finished change draws the
 * animation again without a new generation. Without JavaScript it is a plain form.
 */
class KnobPanel extends HTMLElement {
  private words: Words = {};
  private timer = 0;
  private sent = "";
  private job = "";
  private readonly rest = (): void => {
    part(this, "line").textContent = "";
  };

  connectedCallback(): void {
    this.words = pageData<Words>("studio-words") ?? {};
    const form = this.querySelector("form");
    if (!form) return;
    this.sent = JSON.stringify(this.read() ?? {});
    document.body.addEventListener("job-finished", this.rest);
    form.addEventListener("input", (event) => this.onInput(event.target as HTMLInputElement));
    form.addEventListener("change", (event) => this.onChange(event.target as HTMLInputElement));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.queue(0);
    });
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
    document.body.removeEventListener("job-finished", this.rest);
  }

  private onInput(input: HTMLInputElement): void {
    const row = input.closest<HTMLElement>("[data-knob]");
    if (!row) return;
    this.complain(row, "");
    if (input.type === "range") {
      const typed = row.querySelector<HTMLInputElement>("[data-value]");
      if (typed) typed.value = show(Number(input.value));
      return;
    }
    const slider = row.querySelector<HTMLInputElement>("input[type=range]");
    const value = parse("number", input.value);
    if (slider && typeof value === "number") slider.value = String(value);
  }

  private onChange(input: HTMLInputElement): void {
    if (input.closest("[data-knob]")) this.queue(QUIET_MILLISECONDS);
  }

  /** The values of all knobs, or null when one cannot be read; then the fault stands at its field. */
  private read(): Record<string, KnobValue> | null {
    const values: Record<string, KnobValue> = {};
    let whole = true;
    for (const row of this.querySelectorAll<HTMLElement>("[data-knob]")) {
      const field = row.querySelector<HTMLInputElement | HTMLSelectElement>("[data-value]");
      if (!field) continue;
      const toggled = field instanceof HTMLInputElement && field.type === "checkbox";
      const value = toggled ? field.checked : parse(row.dataset.kind as KnobKind, field.value);
      if (value === null) {
        this.complain(row, say(this.words, `knob_bad_${row.dataset.kind}`));
        whole = false;
      } else values[row.dataset.knob ?? ""] = value;
    }
    return whole ? values : null;
  }

  private queue(delay: number): void {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.send(), delay);
  }

  private async send(): Promise<void> {
    const values = this.read();
    if (!values || JSON.stringify(values) === this.sent) return;
    const line = part(this, "line");
    line.textContent = say(this.words, "knob_sending");
    await this.cancelEarlier();
    let response: Response;
    try {
      response = await this.post(this.dataset.url ?? "", { values });
    } catch {
      line.textContent = say(this.words, "offline");
      return;
    }
    if (!response.ok) {
      this.refuse(await readProblem(response));
      return;
    }
    this.sent = JSON.stringify(values);
    this.job = String(((await response.json()) as { id: string }).id);
    line.textContent = say(this.words, "knob_drawing");
    document.body.dispatchEvent(new CustomEvent("job-started", { bubbles: true, detail: { job: this.job } }));
  }

  /** Only the newest values matter: an unfinished job of this panel makes room. */
  private async cancelEarlier(): Promise<void> {
    const running = document.querySelector<HTMLElement>("job-stream[data-job]")?.dataset.job;
    if (!running || running !== this.job) return;
    try {
      await this.post((this.dataset.cancel ?? "").replace("00000000-0000-0000-0000-000000000000", running), {});
    } catch {
      // It ends by itself; the new job waits behind it.
    }
  }

  private post(url: string, body: unknown): Promise<Response> {
    return fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify(body),
    });
  }

  private refuse(problem: Problem | null): void {
    const message = problem ? [problem.message, problem.hint].filter(Boolean).join(" ") : say(this.words, "offline");
    const row = [...this.querySelectorAll<HTMLElement>("[data-knob]")].find(
      (one) => one.dataset.knob === problem?.data?.knob,
    );
    part(this, "line").textContent = row ? "" : message;
    if (row) this.complain(row, message);
  }

  private complain(row: HTMLElement, message: string): void {
    const error = part(row, "error");
    error.hidden = message === "";
    part(error, "text").textContent = message;
    const field = row.querySelector<HTMLElement>("[data-value]");
    if (message) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }
}

customElements.define("knob-panel", KnobPanel);
