/** Copies the text of the element named by `data-from`, and says so. Hidden where the browser has no clipboard. */
class CopyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button || !navigator.clipboard) return;
    this.hidden = false;
    button.addEventListener("click", () => void this.copy());
  }

  private async copy(): Promise<void> {
    const source = document.getElementById(this.dataset.from ?? "");
    const text = source instanceof HTMLTextAreaElement ? source.value : (source?.textContent ?? "");
    const said = this.querySelector<HTMLElement>("[role=status]");
    let outcome = this.dataset.done ?? "";
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      outcome = this.dataset.refused ?? "";
    }
    if (!said) return;
    said.textContent = outcome;
    setTimeout(() => {
      said.textContent = "";
    }, 4000);
  }
}

customElements.define("copy-button", CopyButton);
