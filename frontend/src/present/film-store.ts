import type { Film } from "../logic/deck";

/** Films as wholes in memory, so that a presentation goes on when the network drops. */
export class FilmStore {
  private readonly kept = new Map<number, string>();
  private readonly coming = new Map<number, Promise<string | null>>();

  constructor(private readonly films: readonly Film[]) {}

  /** Fetch all of them, one after the other; `told` hears of each before (false) and after it is here or missing. */
  async fetchAll(told: (at: number, film: string | null | false) => void): Promise<boolean> {
    let whole = true;
    for (const at of this.films.keys()) {
      told(at, false);
      const film = await this.fetch(at);
      whole &&= film !== null;
      told(at, film);
    }
    return whole;
  }

  /** The film's address in memory; null where it could not be fetched, and may be tried again. */
  async fetch(at: number): Promise<string | null> {
    const here = this.kept.get(at);
    if (here) return here;
    const asked = this.coming.get(at) ?? this.ask(at);
    this.coming.set(at, asked);
    const film = await asked;
    this.coming.delete(at);
    return film;
  }

  forget(): void {
    for (const url of this.kept.values()) URL.revokeObjectURL(url);
    this.kept.clear();
  }

  private async ask(at: number): Promise<string | null> {
    try {
      const answer = await fetch(this.films[at]!.video);
      if (!answer.ok) return null;
      const url = URL.createObjectURL(await answer.blob());
      this.kept.set(at, url);
      return url;
    } catch {
      return null;
    }
  }
}
