/** The list of keys: `?` opens it, and its switch turns all single keys off. */
const OFF = "theorama.shortcuts";

class ShortcutList extends HTMLElement {
  private readonly keys = (event: KeyboardEvent): void => {
    const target = event.target as Element;
    if (event.key !== "?" || target.matches("input, textarea, select, [contenteditable]")) return;
    if (localStorage.getItem(OFF) === "off") return;
    this.open();
  };

  connectedCallback(): void {
    const toggle = this.querySelector<HTMLInputElement>("input[type=checkbox]");
    this.hidden = false;
    this.querySelector("[data-open]")?.addEventListener("click", () => this.open());
    if (toggle) {
      toggle.checked = localStorage.getItem(OFF) !== "off";
      toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "on" : "off"));
    }
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback(): void {
    document.removeEventListener("keydown", this.keys);
  }

  private open(): void {
    const dialog = this.querySelector("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  }
}

customElements.define("shortcut-list", ShortcutList);
