import { expect, it, vi } from "vitest";
import { ApiProblem } from "../../../api/problem";
import { Conflict, guarded } from "./guarded";

const stale = new ApiProblem({
  status: 412,
  code: "precondition_failed",
  title: "Changed meanwhile",
  detail: "",
  requestId: "r",
  errors: [],
  retryAfter: null,
});

function tagged(title: string, text = "") {
  return { value: { title, text }, etag: `"${title}${text}"` };
}

it("writes on top of what the person saw", async () => {
  const write = vi.fn(async (patch: { title: string }) => ({ ...tagged("").value, ...patch }));
  const saved = await guarded({
    read: async () => tagged("old"),
    write,
    base: { title: "old" },
    mine: { title: "new" },
  });
  expect(saved.title).toBe("new");
  expect(write).toHaveBeenCalledWith({ title: "new" }, '"old"');
});

it("goes on when somebody changed something else in between", async () => {
  const read = vi
    .fn()
    .mockResolvedValueOnce(tagged("old"))
    .mockResolvedValue(tagged("old", "typed"));
  const write = vi
    .fn()
    .mockRejectedValueOnce(stale)
    .mockResolvedValue(tagged("new", "typed").value);
  await guarded({ read, write, base: { title: "old" }, mine: { title: "new" } });
  expect(write).toHaveBeenLastCalledWith({ title: "new" }, '"oldtyped"');
});

it("shows what somebody else wrote in the same field, and writes nothing", async () => {
  const write = vi.fn();
  const change = guarded({
    read: async () => tagged("theirs"),
    write,
    base: { title: "old" },
    mine: { title: "mine" },
  });
  await expect(change).rejects.toSatisfy(
    (error) => error instanceof Conflict && error.theirs.title === "theirs",
  );
  expect(write).not.toHaveBeenCalled();
});

it("is content when both wrote the same", async () => {
  const write = vi.fn().mockResolvedValue(tagged("new").value);
  const read = async () => tagged("new");
  await guarded({ read, write, base: { title: "old" }, mine: { title: "new" } });
  expect(write).toHaveBeenCalledOnce();
});
