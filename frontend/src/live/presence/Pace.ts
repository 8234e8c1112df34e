/** Runs something at once, and when it is asked for often, only now and then: the last time counts. */
export class Pace {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = false;

  constructor(
    private readonly run: () => void,
    private readonly everyMs: number,
  ) {}

  ask(): void {
    this.asked = true;
    if (this.timer === undefined) this.runIfAsked();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.asked = false;
  }

  private readonly runIfAsked = (): void => {
    this.timer = undefined;
    if (!this.asked) return;
    this.asked = false;
    this.timer = setTimeout(this.runIfAsked, this.everyMs);
    this.run();
  };
}
