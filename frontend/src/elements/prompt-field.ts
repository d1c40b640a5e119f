/**
 * The prompt form: Ctrl+Enter sends it, and a link that carries `data-prompt` fills it without leaving the page.
 * An answer that arrives is brought into sight.
 */
class PromptField extends HTMLElement {
  private readonly fill = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-prompt]") : null;
    const field = this.querySelector("textarea");
    if (!link || !field || event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    field.value = link.dataset.prompt ?? "";
    field.scrollIntoView({ block: "center" });
    field.focus();
  };

  private readonly arrivals = new MutationObserver(() => {
    const answer = document.getElementById("prompt-answer");
    if (answer?.firstElementChild) answer.scrollIntoView({ block: "nearest" });
  });

  connectedCallback(): void {
    document.addEventListener("click", this.fill);
    const answer = document.getElementById("prompt-answer");
    if (answer) this.arrivals.observe(answer, { childList: true });
    this.querySelector("textarea")?.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.querySelector("form")?.requestSubmit();
    });
  }

  disconnectedCallback(): void {
    document.removeEventListener("click", this.fill);
    this.arrivals.disconnect();
  }
}

customElements.define("prompt-field", PromptField);
