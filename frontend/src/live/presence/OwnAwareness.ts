/** Awareness that speaks only for this page: of the others the server knows already. */
import { Awareness } from "y-protocols/awareness";
import { Pace } from "./Pace";

/** A caret that moves ten times a second looks alive; more is noise for everybody else. */
const SPEAK_EVERY_MS = 100;

interface Changed {
  added: number[];
  updated: number[];
  removed: number[];
}

type State = Record<string, unknown>;

/** What y-websocket hears as "update" it sends, so only what is to be sent is called that. */
export class OwnAwareness extends Awareness {
  private own: State | null = null;
  /** Not there yet when the base class, being made, says its first words to nobody. */
  private readonly pace: Pace | undefined = new Pace(() => this.speak(), SPEAK_EVERY_MS);

  override setLocalState(state: State | null): void {
    this.own = state;
    super.setLocalState(state);
  }

  override emit(name: string, args: unknown[]): void {
    // The server's echo of what we said a moment ago must not undo what we say now.
    if (this.own !== null) this.states.set(this.clientID, this.own);
    if (name !== "update") {
      super.emit(name, args);
      return;
    }
    const [changed, origin] = args as [Changed, unknown];
    // Or somebody took us for gone, after a connection that was cut.
    if (origin === "local" || changed.removed.includes(this.clientID)) this.pace?.ask();
  }

  override destroy(): void {
    super.destroy();
    this.pace?.stop();
  }

  private speak(): void {
    super.emit("update", [{ added: [], updated: [this.clientID], removed: [] }, "local"]);
  }
}
