// The page that compares two versions.
import { part } from "./page";

/** Two pictures on one place: a slider says how much of the first is seen. Without scripts they stand one by one. */
class ImageWipe extends HTMLElement {
  connectedCallback(): void {
    const control = part(this, "control");
    const slider = control.querySelector("input");
    if (!slider) return;
    const wipe = () => this.style.setProperty("--wiped", `${slider.value}%`);
    slider.addEventListener("input", wipe);
    control.hidden = false;
    this.dataset.on = "";
    wipe();
  }
}
customElements.define("image-wipe", ImageWipe);
