/** A short silent example: it moves while the pointer is on its card or something in it has the focus, and stops with it. */
class LoopClip extends HTMLElement {
  private readonly over = new AbortController();

  connectedCallback(): void {
    const video = this.querySelector("video");
    if (!video || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const { signal } = this.over;
    const card = this.closest("article") ?? this;
    const play = () => void video.play().catch(() => undefined); // a still picture remains
    const stop = () => {
      video.pause();
      video.load(); // back to its picture
    };
    card.addEventListener("pointerenter", play, { signal });
    card.addEventListener("focusin", play, { signal });
    card.addEventListener("pointerleave", stop, { signal });
    card.addEventListener("focusout", stop, { signal });
  }

  disconnectedCallback(): void {
    this.over.abort();
  }
}
customElements.define("loop-clip", LoopClip);
