/** What the islands share: finding parts of their server-made markup, words and the CSRF token. */

/** The part of `root` marked `data-part="name"`. A missing part is a mistake in a template and is said loudly. */
export function part<T extends Element = HTMLElement>(root: ParentNode, name: string): T {
  const found = root.querySelector<T>(`[data-part="${name}"]`);
  if (!found) throw new Error(`No part "${name}" in this element.`);
  return found;
}

/** JSON that the server put into `<script type="application/json" id="…">`, or null where there is none. */
export function pageData<T>(id: string): T | null {
  const script = document.getElementById(id);
  return script?.textContent ? (JSON.parse(script.textContent) as T) : null;
}

export type Words = Readonly<Record<string, string>>;

/** Translated sentences of this page. `{name}` is replaced from `values`. */
export function say(words: Words, key: string, values: Record<string, string | number> = {}): string {
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Token for requests that change something. */
export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** The error of our API, as far as a page needs it. */
export interface Problem {
  code: string;
  message: string;
  hint: string;
  data: Record<string, unknown>;
}

/** Read application/problem+json. A body that is something else (a proxy's page) gives null. */
export async function readProblem(response: Response): Promise<Problem | null> {
  try {
    const body = (await response.json()) as Record<string, unknown>;
    const message = body.message ?? body.detail ?? body.title;
    return {
      code: String(body.code ?? response.status),
      message: String(message ?? ""),
      hint: String(body.hint ?? ""),
      data: (body.data as Record<string, unknown>) ?? {},
    };
  } catch {
    return null;
  }
}
