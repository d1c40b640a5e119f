import { byName, type Fields, parseUnsaved, patience } from "./logic/board";
import { csrfToken, readProblem } from "./page";

const QUIET_MILLISECONDS = 800;

/** What the server answers to a save: its new version, and what is wrong by the place where it is said. */
export interface Saved {
  version: number;
  problems: { place: string; message: string }[];
}

/** How the keeper tells the page what happened. */
export interface Listener {
  line(key: string, values: Record<string, string>): void;
  saved(saved: Saved): void;
  conflict(): void;
  replaced(): void;
}

/**
 * Saves a form while it changes. Until the server has its words they are kept in this window, so that neither a lost
 * connection nor a reload loses them; a newer version of somebody else stops the saving until the reader has chosen.
 */
export class BoardKeeper {
  private readonly store: string;
  private readonly over = new AbortController();
  private timer = 0;
  private failures = 0;
  private saving = false;
  private again = false;
  private stopped = false;
  private waiting: HTMLElement | null = null;

  constructor(
    private readonly form: HTMLFormElement,
    key: string,
    private readonly listener: Listener,
  ) {
    this.store = `storyboard-${key}`;
    const options = { signal: this.over.signal };
    form.addEventListener("submit", (event) => this.onSubmit(event), { ...options, capture: true });
    window.addEventListener("online", () => this.isKept() && this.soon(0), options);
    window.addEventListener("beforeunload", (event) => this.isKept() && event.preventDefault(), options);
    document.addEventListener("visibilitychange", () => document.hidden && this.timer && this.soon(0), options);
  }

  /** Bring back words that were kept when the page closed. `refused`: what the form shows is newer than they are. */
  begin(refused: boolean): void {
    const kept = refused ? null : parseUnsaved(sessionStorage.getItem(this.store));
    if (!kept) {
      sessionStorage.removeItem(this.store);
      return;
    }
    this.replace(kept.fields);
    this.listener.replaced();
    this.listener.line("restored", {});
    if (kept.version === this.version()) this.soon(0);
    else this.stop();
  }

  /** Stop listening; the form has gone. */
  end(): void {
    clearTimeout(this.timer);
    this.over.abort();
  }

  /** Save after a moment of quiet. */
  soon(delay = QUIET_MILLISECONDS): void {
    sessionStorage.setItem(this.store, JSON.stringify({ version: this.version(), fields: this.fields() }));
    if (this.stopped) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), delay);
  }

  private isKept(): boolean {
    return sessionStorage.getItem(this.store) !== null;
  }

  private version(): number {
    return Number(this.form.querySelector<HTMLInputElement>("[name=version]")?.value ?? "0");
  }

  private setVersion(version: number): void {
    const field = this.form.querySelector<HTMLInputElement>("[name=version]");
    if (field) field.value = String(version);
  }

  private fields(): Fields {
    const found: [string, string][] = [];
    for (const [name, value] of new FormData(this.form))
      if (typeof value === "string" && name !== "csrfmiddlewaretoken" && name !== "version") found.push([name, value]);
    return found;
  }

  private async save(): Promise<void> {
    this.timer = 0;
    if (this.saving) {
      this.again = true;
      return;
    }
    this.saving = true;
    this.listener.line("saving", {});
    const sent = JSON.stringify(this.fields());
    try {
      await this.take(await this.post(), sent);
    } catch {
      this.failures += 1;
      this.listener.line("unsaved", {});
      this.timer = window.setTimeout(() => void this.save(), patience(this.failures));
    }
    this.saving = false;
    if (this.again && !this.stopped) {
      this.again = false;
      void this.save();
    } else this.goOn();
  }

  private post(): Promise<Response> {
    const body = new FormData(this.form);
    body.set("act", "save");
    body.delete("idea");
    const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
    return fetch(this.form.action, { method: "POST", headers, body, keepalive: true });
  }

  private async take(response: Response, sent: string): Promise<void> {
    if (response.status >= 500) throw new Error("The server is away.");
    this.failures = 0;
    if (!response.ok) {
      const problem = await readProblem(response);
      if (problem?.code === "board_changed") {
        this.setVersion(Number(problem.data.version));
        this.stop();
      }
      this.listener.line("refused", { why: [problem?.message, problem?.hint].filter(Boolean).join(" ") });
      return;
    }
    const saved = (await response.json()) as Saved;
    this.setVersion(saved.version);
    if (JSON.stringify(this.fields()) === sent) sessionStorage.removeItem(this.store);
    this.listener.saved(saved);
    this.listener.line("saved", {});
  }

  /** Somebody else saved: nothing more is sent until the reader says so. */
  private stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.listener.conflict();
  }

  /** A button sends the form with the newest version: it waits for a save that is on its way. */
  private onSubmit(event: SubmitEvent): void {
    if (this.saving) {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.waiting = event.submitter;
      return;
    }
    clearTimeout(this.timer);
    this.timer = 0;
    sessionStorage.removeItem(this.store);
  }

  private goOn(): void {
    const button = this.waiting;
    this.waiting = null;
    if (button) this.form.requestSubmit(button);
  }

  /** Put kept words into the form, and its cards into the order they had. */
  private replace(fields: Fields): void {
    const values = byName(fields);
    const list = this.form.querySelector("[data-part=cards]");
    for (const name of values.get("card") ?? []) {
      const card = list?.querySelector(`[data-card="${CSS.escape(name)}"]`);
      if (card) list?.append(card);
    }
    for (const field of this.form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input, textarea")) {
      if (["card", "csrfmiddlewaretoken", "version"].includes(field.name)) continue;
      const kept = values.get(field.name);
      if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = kept !== undefined;
      else if (kept?.length) field.value = kept.shift() ?? "";
    }
  }
}
