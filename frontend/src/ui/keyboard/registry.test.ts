import { userEvent } from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { keyCaps } from "./chords";
import { type Shortcut, ShortcutRegistry, singleKeys } from "./registry";

let registry: ShortcutRegistry;
const user = userEvent.setup();

function offer(keys: string, extra: Partial<Shortcut> = {}) {
  const run = vi.fn();
  registry.register([{ keys, label: keys, group: "Test", run, ...extra }]);
  return run;
}

beforeEach(() => {
  registry = new ShortcutRegistry();
  document.addEventListener("keydown", registry.handle);
});

afterEach(() => {
  document.removeEventListener("keydown", registry.handle);
  document.body.replaceChildren();
});

describe("the keyboard registry", () => {
  it("runs single keys, symbols and chords", async () => {
    const [move, help, palette] = [offer("j"), offer("?"), offer("mod+k")];
    await user.keyboard("j");
    await user.keyboard("{Shift>}?{/Shift}");
    await user.keyboard("{Control>}k{/Control}");
    expect([move, help, palette].map((run) => run.mock.calls.length)).toEqual([1, 1, 1]);
  });

  it("keeps e and shift+e apart", async () => {
    const [plain, shifted] = [offer("e"), offer("shift+e")];
    await user.keyboard("{Shift>}E{/Shift}");
    expect(plain).not.toHaveBeenCalled();
    expect(shifted).toHaveBeenCalledOnce();
  });

  it("runs sequences, and forgets a first key that went elsewhere", async () => {
    const go = offer("g i");
    await user.keyboard("gi");
    await user.keyboard("gxi");
    expect(go).toHaveBeenCalledOnce();
  });

  it("never fires while somebody types, unless the shortcut says so", async () => {
    document.body.innerHTML = "<textarea></textarea>";
    document.querySelector("textarea")?.focus();
    const [letter, finish] = [offer("c"), offer("mod+Enter", { whileTyping: true })];
    await user.keyboard("c{Control>}{Enter}{/Control}");
    expect(letter).not.toHaveBeenCalled();
    expect(finish).toHaveBeenCalledOnce();
  });

  it("leaves what is behind a dialog alone", async () => {
    document.body.innerHTML = '<div role="dialog"><button>Close</button></div>';
    document.querySelector("button")?.focus();
    const move = offer("j");
    await user.keyboard("j");
    expect(move).not.toHaveBeenCalled();
  });

  it("lets the page win over what is on every page", async () => {
    const page = offer("/");
    const shell = vi.fn();
    registry.register([{ keys: "/", label: "Search", group: "Test", run: shell }], true);
    await user.keyboard("/");
    expect(page).toHaveBeenCalledOnce();
    expect(shell).not.toHaveBeenCalled();
  });

  it("turns single keys off without turning off the rest", async () => {
    singleKeys.set("off");
    const [letter, sequence, palette] = [offer("c"), offer("g i"), offer("mod+k")];
    await user.keyboard("cgi{Control>}k{/Control}");
    expect(letter).not.toHaveBeenCalled();
    expect(sequence).not.toHaveBeenCalled();
    expect(palette).toHaveBeenCalledOnce();
  });
});

it("prints the caps people know", () => {
  expect(keyCaps("mod+k", false)).toEqual([["Ctrl", "K"]]);
  expect(keyCaps("mod+k", true)).toEqual([["⌘", "K"]]);
  expect(keyCaps("g i")).toEqual([["G"], ["I"]]);
  expect(keyCaps("Space")).toEqual([["Space"]]);
});
