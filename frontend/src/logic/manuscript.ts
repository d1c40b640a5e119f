/** The code that a model is writing, put together from the pieces a page gets. */

export interface CodePiece {
  scene: string;
  /** The character from which on the text is new. */
  from: number;
  text: string;
}

export interface CodeNews {
  scenes: readonly CodePiece[];
}

/** A whole text as pieces: what those get who poll. */
export function whole(texts: Readonly<Record<string, string>>): CodePiece[] {
  return Object.entries(texts).map(([scene, text]) => ({ scene, from: 0, text }));
}

/** The text after one more piece. A scene that is begun anew comes from its first character on. */
export function grown(text: string, piece: CodePiece): string {
  return text.slice(0, piece.from) + piece.text;
}
