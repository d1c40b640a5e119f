import { BoardKeeper, type Saved } from "../board-keeper";
import { CardDrag } from "../card-drag";
import { neighbour, typedSeconds } from "../logic/board";
import { pageData, part, say, type Words } from "../page";

/**
 * Scene cards that move by dragging, by buttons and by Alt+Up and Alt+Down, and that are saved while they change.
 * Without JavaScript every button sends the form.
 */
class StoryBoard extends HTMLElement {
  private words: Words = {};
  private keeper: BoardKeeper | null = null;

  connectedCallback(): void {
    this.words = pageData<Words>("board-words") ?? {};
    const form = this.querySelector("form");
    if (!form) return;
    this.keeper = new BoardKeeper(form, this.dataset.key ?? "", {
      line: (key, values) => this.tell(key, values),
      saved: (saved) => this.showProblems(saved),
      conflict: () => this.showConflict(),
      replaced: () => this.afterReplacing(),
    });
    form.addEventListener("input", (event) => this.onInput(event));
    form.addEventListener("click", (event) => this.onClick(event));
    form.addEventListener("keydown", (event) => this.onKey(event));
    form.addEventListener("pointerdown", (event) => this.onGrip(event));
    this.keeper.begin(this.dataset.refused !== undefined);
    this.count();
    this.bringToSight();
    if (this.dataset.ask !== undefined) this.ask();
  }

  disconnectedCallback(): void {
    this.keeper?.end();
  }

  private get cards(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>("[data-card]")];
  }

  private onGrip(event: PointerEvent): void {
    const card = (event.target as Element).closest("[data-grip]")?.closest<HTMLElement>("[data-card]");
    if (!card || event.button !== 0) return;
    event.preventDefault();
    new CardDrag(card, event, {
      moved: () => this.count(),
      dropped: () => {
        this.count();
        this.sayPlace("moved", card);
        this.keeper?.soon(0);
      },
    });
  }

  private onInput(event: Event): void {
    const field = event.target as HTMLElement;
    if (field.closest("[data-idea]")) return;
    this.count();
    this.keeper?.soon();
  }

  private onClick(event: MouseEvent): void {
    const button = (event.target as Element).closest<HTMLElement>("button[data-move]");
    const card = button?.closest<HTMLElement>("[data-card]");
    if (!button || !card) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const act = button.dataset.move;
    if (act === "up" || act === "down") this.move(card, act === "up" ? -1 : 1, button);
    else this.leaveOut(card, act === "delete");
  }

  private onKey(event: KeyboardEvent): void {
    const field = event.target as HTMLElement;
    const card = field.closest<HTMLElement>("[data-card]");
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && card) {
      event.preventDefault();
      this.move(card, event.key === "ArrowUp" ? -1 : 1, field);
      return;
    }
    if (event.key !== "Enter" || !(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return;
    event.preventDefault(); // lines are one line each, and Enter in a field sends nothing by accident
    if (field.closest("[data-idea]")) this.querySelector<HTMLElement>('button[name=act][value="idea"]')?.click();
  }

  private move(card: HTMLElement, step: -1 | 1, focus: HTMLElement): void {
    const cards = this.cards;
    const drawn = cards.map((one) => one.dataset.leftOut === undefined);
    const to = neighbour(drawn, cards.indexOf(card), step);
    const other = to === null ? null : cards[to];
    if (!other) {
      this.sayPlace(step < 0 ? "first" : "last", card);
      return;
    }
    if (step < 0) other.before(card);
    else other.after(card);
    focus.focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
    this.count();
    this.sayPlace("moved", card);
    this.keeper?.soon(0);
  }

  private leaveOut(card: HTMLElement, out: boolean): void {
    part<HTMLInputElement>(card, "left-out").checked = out;
    this.showLeftOut(card);
    this.count();
    this.sayPlace(out ? "left_out" : "put_back", card);
    if (out) part(card, "back").focus();
    else card.querySelector<HTMLElement>("[data-move=delete]")?.focus();
    this.keeper?.soon(0);
  }

  private showLeftOut(card: HTMLElement): void {
    const out = part<HTMLInputElement>(card, "left-out").checked;
    card.toggleAttribute("data-left-out", out);
    part(card, "tools").hidden = out;
    part(card, "back").hidden = !out;
    part(card, "gone").hidden = !out;
    part(card, "numbered").hidden = out;
    part(card, "title").textContent = titleOf(card);
  }

  /** Numbers and sum after any change. */
  private count(): void {
    let number = 0;
    let seconds = 0;
    for (const card of this.cards) {
      if (card.dataset.leftOut !== undefined) continue;
      number += 1;
      part(card, "number").textContent = String(number);
      const typed = card.querySelector<HTMLInputElement>(`[name="${card.dataset.card}.seconds"]`);
      seconds += typed ? typedSeconds(typed.value) : Number(card.dataset.seconds);
    }
    const sum = this.querySelector("[data-part=sum]");
    if (sum) sum.textContent = say(this.words, "sum", { n: number, seconds: Math.round(seconds) });
  }

  private sayPlace(key: string, card: HTMLElement): void {
    const drawn = this.cards.filter((one) => one.dataset.leftOut === undefined);
    const values = { title: titleOf(card), n: drawn.indexOf(card) + 1, of: drawn.length };
    part(this, "live").textContent = say(this.words, key, values);
  }

  private tell(key: string, values: Record<string, string>): void {
    const line = this.querySelector("[data-part=line]");
    if (line) line.textContent = key ? say(this.words, key, values) : "";
  }

  private showProblems(saved: Saved): void {
    const told = new Map(saved.problems.map((problem) => [problem.place, problem.message]));
    for (const field of this.querySelectorAll<HTMLElement>("[data-place]")) {
      const message = told.get(field.dataset.place ?? "") ?? "";
      const error = part(field, "error");
      error.hidden = message === "";
      part(error, "text").textContent = message;
      const input = field.querySelector("input, textarea");
      if (message) input?.setAttribute("aria-invalid", "true");
      else input?.removeAttribute("aria-invalid");
    }
  }

  private showConflict(): void {
    const banner = part(this, "conflict");
    banner.hidden = false;
    banner.scrollIntoView({ block: "nearest" });
  }

  private afterReplacing(): void {
    for (const card of this.cards) this.showLeftOut(card);
    this.count();
  }

  private ask(): void {
    part(this, "wait-line").textContent = say(this.words, "asking");
    this.querySelector<HTMLElement>("[data-suggest]")?.click();
  }

  /** After an act has brought this form anew: to what is new, or to what is wrong. */
  private bringToSight(): void {
    const name = this.dataset.new;
    const fresh = name ? this.querySelector<HTMLElement>(`[data-card="${CSS.escape(name)}"]`) : null;
    const wrong = this.dataset.refused !== undefined ? this.querySelector<HTMLElement>("[aria-invalid=true]") : null;
    const refusal = this.querySelector<HTMLElement>("[data-part=refusal]");
    const goal = fresh?.querySelector<HTMLElement>("input[type=text]") ?? wrong ?? refusal;
    goal?.focus({ preventScroll: true });
    (fresh ?? goal)?.scrollIntoView({ block: fresh ? "start" : "center" });
  }
}

function titleOf(card: HTMLElement): string {
  return card.querySelector<HTMLInputElement>(`[name="${card.dataset.card}.title"]`)?.value ?? "";
}

customElements.define("story-board", StoryBoard);
