/** A glass over the picture to draw on. Strokes are kept as shares of its size, so that they stay when it changes. */
export class DrawingBoard {
  readonly canvas = document.createElement("canvas");
  private strokes: Array<Array<[number, number]>> = [];
  private readonly watcher = new ResizeObserver(() => this.draw());

  constructor() {
    const { canvas } = this;
    canvas.className = "present-glass";
    canvas.setAttribute("aria-hidden", "true");
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      this.strokes.push([this.place(event)]);
      this.draw();
    });
    canvas.addEventListener("pointermove", (event) => {
      if (!canvas.hasPointerCapture(event.pointerId)) return;
      this.strokes.at(-1)?.push(this.place(event));
      this.draw();
    });
    this.watcher.observe(canvas);
  }

  /** Whether there is anything on it. */
  get isClean(): boolean {
    return this.strokes.length === 0;
  }

  clear(): void {
    this.strokes = [];
    this.draw();
  }

  stop(): void {
    this.watcher.disconnect();
  }

  private place(event: PointerEvent): [number, number] {
    const box = this.canvas.getBoundingClientRect();
    return [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
  }

  private draw(): void {
    const { canvas } = this;
    const scale = devicePixelRatio || 1;
    const [width, height] = [canvas.clientWidth * scale, canvas.clientHeight * scale];
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.clearRect(0, 0, width, height);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = Math.max(3, height / 160);
    pen.lineCap = pen.lineJoin = "round";
    for (const stroke of this.strokes) {
      pen.beginPath();
      for (const [x, y] of stroke) pen.lineTo(x * width, y * height);
      if (stroke.length === 1) pen.lineTo(stroke[0]![0] * width + 0.1, stroke[0]![1] * height);
      pen.stroke();
    }
  }
}
