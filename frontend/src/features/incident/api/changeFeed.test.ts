import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { keys } from "../../../api/keys";
import { ChangeFeed, GATHER_MS } from "./changeFeed";
import { changing, partKeys } from "./keys";

const KEY = "INC-1";
const queryClient = new QueryClient();
let feed: ChangeFeed;
const invalidate = vi.spyOn(queryClient, "invalidateQueries").mockResolvedValue();

function invalidated(): unknown[] {
  return invalidate.mock.calls.map(([filters]) => filters?.queryKey);
}

beforeEach(() => {
  vi.useFakeTimers();
  invalidate.mockClear();
  feed = new ChangeFeed(queryClient, KEY);
});

afterEach(() => vi.useRealTimers());

it("reads again what moved, once for many changes", () => {
  for (let change = 0; change < 50; change++) feed.heard("event");
  feed.heard("why");
  feed.heard("something new");
  vi.advanceTimersByTime(GATHER_MS);
  expect(invalidated()).toEqual([partKeys.events(KEY), partKeys.whys(KEY)]);
});

it("leaves the incident's parts alone when only the incident itself moved", () => {
  feed.heard("incident");
  vi.advanceTimersByTime(GATHER_MS);
  expect(invalidate).toHaveBeenCalledWith({ queryKey: keys.incident(KEY), exact: true });
});

it("waits for this page's own change to be answered", async () => {
  let finish = () => {};
  const own = queryClient.getMutationCache().build(queryClient, {
    mutationKey: changing(KEY),
    mutationFn: () => new Promise<void>((resolve) => (finish = resolve)),
  });
  const done = own.execute(undefined);
  feed.heard("event");
  await vi.advanceTimersByTimeAsync(GATHER_MS * 3);
  expect(invalidate).not.toHaveBeenCalled();
  finish();
  await done;
  await vi.advanceTimersByTimeAsync(GATHER_MS);
  expect(invalidated()).toEqual([partKeys.events(KEY)]);
});

it("reads all again after a gap, and nothing once it is stopped", () => {
  feed.missedSome();
  feed.stop();
  vi.advanceTimersByTime(GATHER_MS);
  expect(invalidate).not.toHaveBeenCalled();
});
