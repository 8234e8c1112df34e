/** The server takes nothing from a page any more: it says why, and hands back what was not saved. */
import type { WebSocketRoute } from "@playwright/test";
import { violations } from "./harness/axe";
import { expect, type Seat, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

/** A wire between page and server on which words can be held back. */
async function wired({ page }: Seat) {
  const wire = { hold: false, toServer: null as WebSocketRoute | null };
  await page.routeWebSocket(/\/live$/, (near) => {
    const far = near.connectToServer();
    wire.toServer = far;
    near.onMessage((message) => {
      if (!wire.hold) far.send(message);
    });
  });
  return wire;
}

test("who is signed out while typing goes on from there after signing in again", async ({
  seat,
  incident,
  newcomer,
  people,
}) => {
  const linus = await seat(newcomer);
  const grace = await seat("grace");
  const wire = await wired(linus);
  const [l, g] = [new IncidentPage(linus.page), new IncidentPage(grace.page)];
  await Promise.all([l.open(incident.key), g.open(incident.key)]);
  await l.write("summary");
  wire.hold = true;
  await linus.page.keyboard.type("Words in the air.");
  await expect(l.sync).toHaveText(/Saving 17/);
  await people.ada.patch(`/users/${newcomer.id}`, { active: false });

  const { notice } = l;
  await expect(notice).toContainText("You are signed out.", { timeout: 20_000 });
  await expect(notice).toContainText("Words in the air.");
  await expect(l.sync).toHaveText(/Reload to edit/);
  await expect(l.passage("summary").getByRole("textbox")).toHaveCount(0);
  await expect(g.here).toHaveText([/Grace, you/]);

  await people.ada.patch(`/users/${newcomer.id}`, { active: true });
  wire.hold = false;
  await notice.getByRole("button", { name: "Sign in again" }).click();
  await linus.page.getByRole("textbox", { name: "Email" }).fill(newcomer.email);
  await linus.page.getByRole("textbox", { name: "Password" }).fill(newcomer.password);
  await linus.page.getByRole("button", { name: "Sign in" }).click();
  await l.isSaved();
  await g.holds("Words in the air.");
});

test("who may only read from now on keeps their words, and nothing calls them saved", async ({
  seat,
  incident,
  newcomer,
  people,
}) => {
  await people.ada.post(`/incidents/${incident.key}/events`, { kind: "effect", text: "Seen." });
  const linus = await seat(newcomer);
  const grace = await seat("grace");
  const wire = await wired(linus);
  const [l, g] = [new IncidentPage(linus.page), new IncidentPage(grace.page)];
  await Promise.all([l.open(incident.key), g.open(incident.key)]);
  await l.write("summary");
  wire.hold = true;
  await linus.page.keyboard.type("Too late.");
  await expect(l.sync).toHaveText(/Saving 9/);
  await people.ada.patch(`/users/${newcomer.id}`, { role: "viewer" });
  const { notice } = l;
  await expect(notice).toContainText("You can read this incident now, but not write in it.", {
    timeout: 20_000,
  });
  await expect(notice).toContainText("Too late.");
  await expect(l.sync).toHaveText(/Read-only/);
  await expect(l.passage("summary").getByRole("textbox")).toHaveCount(0);
  await expect(g.passage("summary")).not.toContainText("Linus is writing here");
  expect(await violations(linus.page)).toEqual([]);
  wire.hold = false;

  await linus.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await notice.getByRole("button", { name: "Copy and go on without them" }).click();
  await expect(notice).toHaveCount(0);
  expect(await linus.page.evaluate(() => navigator.clipboard.readText())).toBe("Too late.");
  await expect(l.passage("summary")).not.toContainText("Too late.");
  await g.write("summary");
  await grace.page.keyboard.type("Linus reads this.");
  await l.holds("Linus reads this.");
  await expect(g.passage("summary")).not.toContainText("Too late.");
});

test("a member again, what was kept meanwhile is sent", async ({
  seat,
  incident,
  newcomer,
  people,
}) => {
  const linus = await seat(newcomer);
  const wire = await wired(linus);
  const l = await new IncidentPage(linus.page).open(incident.key);
  await l.write("summary");
  wire.hold = true;
  await linus.page.keyboard.type("In between.");
  await people.ada.patch(`/users/${newcomer.id}`, { role: "viewer" });
  await expect(l.sync).toHaveText(/Read-only/, { timeout: 20_000 });
  wire.hold = false;
  await linus.page.reload();
  await expect(l.notice).toContainText("In between.");
  await people.ada.patch(`/users/${newcomer.id}`, { role: "member" });
  await expect(l.sync).toHaveText(/Saved/, { timeout: 20_000 });
  await expect(l.notice).toHaveCount(0);
  await expect
    .poll(async () => (await people.ada.get(`/incidents/${incident.key}`)).summary)
    .toBe("In between.");
});

test("an incident that is closed to somebody leaves them their own words, and nothing else", async ({
  seat,
  incident,
  newcomer,
  people,
}) => {
  const linus = await seat(newcomer);
  const wire = await wired(linus);
  const l = await new IncidentPage(linus.page).open(incident.key);
  await l.write("summary");
  wire.hold = true;
  await linus.page.keyboard.type("My own account.");
  await people.ada.patch(`/incidents/${incident.key}`, { visibility: "restricted" });
  const { notice } = l;
  await expect(notice).toContainText("no longer open to you", { timeout: 20_000 });
  await expect(notice).toContainText("My own account.");
  await expect(l.sync).toHaveText(/Reload to edit/);

  await linus.page.getByRole("link", { name: "Incidents" }).first().click();
  const question = linus.page.getByRole("dialog");
  await expect(question).toContainText("this page is the only place that has them");
  await question.getByRole("button", { name: "Stay here" }).click();
  wire.hold = false;
  await linus.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await notice.getByRole("button", { name: "Copy and go on without them" }).click();
  await expect(notice).not.toContainText("My own account.");
  expect(await linus.page.evaluate(() => navigator.clipboard.readText())).toBe("My own account.");
  await linus.page.reload();
  await expect(linus.page.getByText(`There is no ${incident.key} here`)).toBeVisible();
});

test("a text that has become too long takes words again once some are out", async ({
  seat,
  incident,
  people,
}) => {
  test.slow();
  const path = `/incidents/${incident.key}/takeaways`;
  const paragraph = `${"So it went on for a while. ".repeat(60)}\n\n`;
  const text = paragraph.repeat(Math.floor(50_000 / paragraph.length));
  const full = await fill(() => people.ada.post(path, { kind: "learning", text }));
  expect(full).toContain("413");
  const [first] = await people.ada.list(path);

  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  const editor = await a.write("summary");
  await ada.page.keyboard.insertText(text);
  await ada.page.keyboard.insertText(text);
  const { notice } = a;
  await expect(notice).toContainText("too long to take more");
  await expect(notice).toContainText("Taking some out makes room again.");
  await expect(a.sync).toHaveText(/Reload to edit/);
  await expect(editor).toHaveCount(0);

  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await notice.getByRole("button", { name: "Copy and go on without them" }).click();
  await a.isSaved();
  const kept = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(kept).toContain("So it went on for a while.");
  await a.write(`takeaways/${first?.id}/text`);
  await ada.page.keyboard.press("Control+a");
  await ada.page.keyboard.press("Delete");
  await a.isSaved();
  await ada.page.keyboard.press("Control+Enter");
  await a.write("summary");
  await ada.page.keyboard.type("There is room for this.");
  await a.isSaved();
  await expect
    .poll(async () => (await people.ada.get(`/incidents/${incident.key}`)).summary)
    .toContain("There is room for this.");
});

test("a page that the server cannot make sense of stops, and goes on after a reload", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const wire = await wired(ada);
  const a = await new IncidentPage(ada.page).open(incident.key);
  await a.write("summary");
  wire.hold = true;
  await ada.page.keyboard.type("Words in the air.");
  wire.toServer?.send(Buffer.from([42]));
  const { notice } = a;
  await expect(notice).toContainText("could not make sense of what this page sent");
  await expect(notice).toContainText("Words in the air.");
  await expect(a.sync).toHaveText(/Reload to edit/);
  wire.hold = false;
  await notice.getByRole("button", { name: "Reload" }).click();
  await a.isSaved();
  await a.holds("Words in the air.");
});

/** Repeats a write until it is refused; returns why. */
async function fill(write: () => Promise<unknown>): Promise<string> {
  for (let count = 0; count < 200; count++) {
    try {
      await write();
    } catch (error) {
      return String(error);
    }
  }
  return "never refused";
}
