/** How many edits were never confirmed, kept beside the text in the browser for the next visit. */
import type { IndexeddbPersistence } from "y-indexeddb";

const NAME = "unsaved";

export class KeptCount {
  private written = 0;

  constructor(private readonly copy: IndexeddbPersistence) {}

  async read(): Promise<number> {
    const count: unknown = await this.copy.get(NAME);
    this.written = typeof count === "number" ? count : 0;
    return this.written;
  }

  write(count: number): void {
    if (count === this.written || !this.copy.synced) return;
    this.written = count;
    void this.copy.set(NAME, count);
  }
}
