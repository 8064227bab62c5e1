// The wheel scrolls the page until somebody means the picture: by Ctrl, by a click into it, or by zooming it otherwise.
export class Purpose {
  meant = false;

  constructor(canvas) {
    document.addEventListener("pointerdown", (event) => (this.meant = canvas.contains(event.target)), true);
    canvas.addEventListener("blur", () => (this.meant = false));
  }

  allows = (event) => this.meant || event.ctrlKey || event.metaKey;
}
