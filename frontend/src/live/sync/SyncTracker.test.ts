import { describe, expect, it, vi } from "vitest";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { NOTICE } from "../frames";
import { SyncTracker } from "./SyncTracker";

function heard(notice: object) {
  const doc = new Y.Doc();
  const provider = new WebsocketProvider("ws://nowhere", "live", doc, {
    connect: false,
    disableBc: true,
  });
  const duties = { onSynced: vi.fn(), onChange: vi.fn(), onBack: vi.fn() };
  const tracker = new SyncTracker(provider, doc, duties);
  const text = new TextEncoder().encode(JSON.stringify(notice));
  const decoder = { arr: Uint8Array.from([text.length, ...text]), pos: 0 };
  Reflect.apply(provider.messageHandlers[NOTICE] as () => void, null, [null, decoder]);
  tracker.stop();
  provider.destroy();
  return duties;
}

describe("what the server says beside the text", () => {
  it("passes on which part moved", () => {
    const change = { type: "change", entity: "event", action: "updated" };
    const { onChange, onBack } = heard(change);
    expect(onChange).toHaveBeenCalledExactlyOnceWith(change);
    expect(onBack).not.toHaveBeenCalled();
  });

  it("has everything read again when the server may have missed something", () => {
    const { onChange, onBack } = heard({ type: "missed" });
    expect(onBack).toHaveBeenCalledOnce();
    expect(onChange).not.toHaveBeenCalled();
  });
});
