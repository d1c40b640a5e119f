/** A button that turns paper to stage and back. The choice is a cookie, so that the server sends the right page at once. */
class ThemeSwitch extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    if (!button) return;
    this.hidden = false;
    this.show(button);
    button.addEventListener("click", () => {
      const theme = this.dark() ? "light" : "dark";
      document.documentElement.dataset.theme = theme;
      const secure = location.protocol === "https:" ? ";secure" : "";
      document.cookie = `theme=${theme};path=/;max-age=31536000;samesite=lax${secure}`;
      this.show(button);
    });
  }

  private dark(): boolean {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  private show(button: HTMLButtonElement): void {
    const dark = this.dark();
    button.setAttribute("aria-pressed", String(dark));
    for (const icon of this.querySelectorAll<HTMLElement>("[data-when]")) {
      icon.hidden = (icon.dataset.when === "dark") !== dark;
    }
  }
}

customElements.define("theme-switch", ThemeSwitch);
