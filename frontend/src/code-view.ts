import { defaultKeymap, history, historyKeymap, indentWithTab, toggleTabFocusMode } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** What is wrong at a line, counted from 1; null where it is about the whole. */
export interface Problem {
  line: number | null;
  message: string;
  hint: string;
  stops: boolean;
}

/** How the editor tells the page what somebody did in it. */
export interface Acts {
  changed(): void;
  keep(): void;
  draw(): void;
}

// The same colours as of highlighted code elsewhere, measured for contrast there.
const COLOURS = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--primary)", fontWeight: "600" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--amber)" },
  { tag: [tags.number, tags.bool], color: "var(--red)" },
  { tag: tags.comment, color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [tags.definition(tags.variableName), tags.className], color: "var(--link)", fontWeight: "600" },
]);
const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "15px" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "-3px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", minHeight: "320px", maxHeight: "70vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--ink-3)", backgroundColor: "var(--sunk)", border: "none" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--link-soft) 60%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--link-soft)",
  },
  ".cm-panels, .cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--card)", borderColor: "var(--edge)" },
  ".cm-panel input, .cm-panel button": { minHeight: "32px", font: "inherit" },
  ".cm-deletedChunk": { backgroundColor: "var(--red-soft)" },
  ".cm-changedLine, .cm-insertedLine": { backgroundColor: "var(--primary-soft) !important" },
});

/** CodeMirror in the place of a text field. */
export class CodeView {
  private readonly view: EditorView;
  private readonly changes = new Compartment();

  constructor(place: HTMLElement, text: string, label: string, nonce: string, acts: Acts) {
    const command = (act: () => void) => () => {
      act();
      return true;
    };
    const keys = keymap.of([
      { key: "Mod-s", run: command(() => acts.keep()), preventDefault: true },
      { key: "Mod-Enter", run: command(() => acts.draw()), preventDefault: true },
      { key: "Ctrl-m", run: toggleTabFocusMode },
      ...defaultKeymap,
      ...historyKeymap,
      ...searchKeymap,
      indentWithTab,
    ]);
    const told = EditorView.updateListener.of((update) => {
      if (update.docChanged) acts.changed();
    });
    const extensions: Extension[] = [
      keys,
      told,
      EditorView.cspNonce.of(nonce),
      EditorView.contentAttributes.of({ "aria-label": label, lang: "en", tabindex: "0" }),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      indentOnInput(),
      indentUnit.of("    "),
      bracketMatching(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      python(),
      syntaxHighlighting(COLOURS),
      LOOK,
      this.changes.of([]),
    ];
    this.view = new EditorView({ parent: place, state: EditorState.create({ doc: text, extensions }) });
    this.view.setTabFocusMode(true); // Tab leaves, so that nobody is caught in here
  }

  text(): string {
    return this.view.state.doc.toString();
  }

  /** Put another text in; it can be undone. */
  replace(text: string): void {
    if (text !== this.text()) this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  /** Mark lines beside the text. */
  mark(problems: readonly Problem[]): void {
    const document = this.view.state.doc;
    const found: Diagnostic[] = problems.flatMap((problem) => {
      if (problem.line === null || problem.line > document.lines) return [];
      const line = document.line(problem.line);
      const indent = line.text.length - line.text.trimStart().length;
      const message = [problem.message, problem.hint].filter(Boolean).join(" ");
      return [{ from: line.from + indent, to: line.to, severity: problem.stops ? "error" : "warning", message }];
    });
    this.view.dispatch(setDiagnostics(this.view.state, found));
  }

  /** Bring the reader to a line. */
  go(line: number): void {
    const document = this.view.state.doc;
    const { from } = document.line(Math.min(line, document.lines));
    this.view.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }

  /** Show what differs from another text, or nothing. */
  compare(original: string | null): void {
    const shown = original === null ? [] : unifiedMergeView({ original, mergeControls: false });
    this.view.dispatch({ effects: this.changes.reconfigure(shown) });
  }
}
