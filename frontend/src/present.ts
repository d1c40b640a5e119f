// Presenting: every link marked `data-present` opens its deck over the page, and so does the key P.
import "./elements/present-notes";
import { Presentation } from "./present/presentation";

const TYPING = "input, textarea, select, [contenteditable]";

function open(link: HTMLAnchorElement): void {
  void new Presentation(link.dataset.present ?? "", link.href).open();
}

document.addEventListener("click", (event) => {
  const link = (event.target as Element).closest<HTMLAnchorElement>("a[data-present]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "p" || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if ((event.target as Element).matches(TYPING) || document.querySelector("dialog[open]")) return;
  if (localStorage.getItem("theorama.shortcuts") === "off") return;
  const link = document.querySelector<HTMLAnchorElement>("a[data-present]");
  if (!link) return;
  event.preventDefault();
  open(link);
});
