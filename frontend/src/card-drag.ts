const EDGE_PIXELS = 70; // so near an edge of the window the page scrolls along
const STEP_PIXELS = 14;

/** How a drag tells the page what it did. */
export interface Dragged {
  moved(card: HTMLElement): void;
  dropped(card: HTMLElement): void;
}

/**
 * Moves a card of a list with mouse, pen or finger. The other cards move round the one that is held, which itself stays
 * in the document: libraries that drag a copy set style attributes on it, which our content policy refuses.
 */
export class CardDrag {
  private readonly over = new AbortController();
  private readonly before: Element[];
  private y: number;
  private frame = 0;

  constructor(
    private readonly card: HTMLElement,
    start: PointerEvent,
    private readonly listener: Dragged,
  ) {
    this.before = [...(card.parentElement?.children ?? [])];
    this.y = start.clientY;
    const options = { signal: this.over.signal };
    window.addEventListener("pointermove", (event) => this.to(event.clientY), options);
    window.addEventListener("pointerup", () => this.end(false), options);
    window.addEventListener("pointercancel", () => this.end(true), options);
    window.addEventListener("keydown", (event) => event.key === "Escape" && this.end(true), options);
    card.classList.add("board-dragged");
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  private to(y: number): void {
    this.y = y;
    let moved = false;
    for (;;) {
      const above = this.card.previousElementSibling;
      const below = this.card.nextElementSibling;
      if (above && y < middle(above)) this.card.after(above);
      else if (below && y > middle(below)) this.card.before(below);
      else break;
      moved = true;
    }
    if (moved) this.listener.moved(this.card);
  }

  private scroll(): void {
    const below = this.y > window.innerHeight - EDGE_PIXELS;
    if (below || this.y < EDGE_PIXELS) {
      window.scrollBy(0, below ? STEP_PIXELS : -STEP_PIXELS);
      this.to(this.y);
    }
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  private end(undone: boolean): void {
    this.over.abort();
    cancelAnimationFrame(this.frame);
    this.card.classList.remove("board-dragged");
    const list = this.card.parentElement;
    if (undone) list?.append(...this.before);
    const now = [...(list?.children ?? [])];
    if (now.some((one, at) => one !== this.before[at])) this.listener.dropped(this.card);
    else this.listener.moved(this.card);
  }
}

function middle(card: Element): number {
  const box = card.getBoundingClientRect();
  return box.top + box.height / 2;
}
