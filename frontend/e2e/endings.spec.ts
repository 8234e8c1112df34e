/** Every way a connection can end and come back, with two people, and no letter lost. */
import type { Page } from "@playwright/test";
import { expect, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

const HOUR = "01:00:00";

test.slow();

test("with the network cut on both sides, no letter is lost", async ({
  seat,
  incident,
  people,
}) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await a.write("summary");
  await g.write("summary");
  await ada.page.keyboard.type("Before. ");
  await expect(g.passage("summary")).toContainText("Before.");

  ada.cable.cut();
  grace.cable.cut();
  await expect(a.sync).toContainText("Offline");
  await ada.page.keyboard.type("Ada wrote this on the train. ");
  await grace.page.keyboard.press("Control+End");
  await grace.page.keyboard.type("Grace wrote this in the lift. ");
  await expect(g.sync).toContainText("Offline, 30 changes kept here");

  ada.cable.mend();
  grace.cable.mend();
  await Promise.all([a.isSaved(), g.isSaved()]);
  for (const page of [a, g])
    await page.holds("Ada wrote this on the train.", "Grace wrote this in the lift.");
  // What is saved is on disk; what the API reads follows within a second.
  await expect
    .poll(async () => (await people.ada.get(`/incidents/${incident.key}`)).summary)
    .toMatch(/(?=.*Before\.)(?=.*on the train\.)(?=.*in the lift\.)/s);
});

test("a browser that says it is offline is believed, and comes back by itself", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  await a.write("summary");
  await ada.context.setOffline(true);
  await expect(a.sync).toHaveText(/^Offline/);
  await ada.page.keyboard.type("Far away.");
  await expect(a.sync).toContainText("Offline, 9 changes kept here");
  await ada.context.setOffline(false);
  await a.isSaved();
});

test("a laptop wakes after an hour and brings its words without undoing newer ones", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  await ada.page.clock.install();
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await a.write("summary");
  await ada.page.keyboard.type("Orders were away. ");
  await expect(g.passage("summary")).toContainText("Orders were away.");

  ada.cable.silence();
  await ada.page.keyboard.type("Typed as the lid closed. ");
  await expect(a.sync).toContainText("Saving 25");
  await freeze(ada.page, true);
  await expect(g.here).toHaveText([/Grace, you/, /Ada/]);
  const editor = await g.write("summary");
  await editor.press("Control+a");
  await grace.page.keyboard.type("Grace wrote it all anew. ");
  await g.isSaved();

  await freeze(ada.page, false);
  ada.cable.mend();
  await ada.page.clock.fastForward(HOUR);
  await a.isSaved();
  for (const page of [a, g]) {
    await page.holds("Grace wrote it all anew.", "Typed as the lid closed.");
    await expect(page.passage("summary")).not.toContainText("Orders were away.");
  }
});

test("what was typed offline survives closing the tab, and is counted until it is sent", async ({
  seat,
  incident,
  people,
}) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  await a.write("summary");
  ada.cable.cut();
  await ada.page.keyboard.type("Kept in this browser.");
  await expect(a.sync).toContainText("Offline, 21 changes kept here");
  await ada.page.close();

  ada.cable.mend();
  const page = await ada.context.newPage();
  let away = true;
  await page.routeWebSocket(/\/live$/, (near) => {
    if (away) void near.close({ code: 1013 });
    else near.connectToServer();
  });
  const again = new IncidentPage(page);
  await page.goto(`/i/${incident.key}`);
  await expect(again.sync).toContainText("Offline, 21 changes kept here");
  await expect(again.passage("summary")).toContainText("Kept in this browser.");
  away = false;
  await again.isSaved();
  await expect
    .poll(async () => (await people.ada.get(`/incidents/${incident.key}`)).summary)
    .toBe("Kept in this browser.");
  await page.reload();
  await again.isSaved();
});

test("a browser that keeps nothing lets people write, and asks before words would be lost", async ({
  seat,
  incident,
}) => {
  const { page, cable } = await seat("ada");
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new Error("no room");
    };
  });
  const a = await new IncidentPage(page).open(incident.key);
  await a.write("summary");
  await page.keyboard.type("Written all the same. ");
  await a.isSaved();
  cable.cut();
  await page.keyboard.type("Only here.");
  await expect(a.sync).toContainText("Offline, 10 changes kept here");
  await expect(a.sync).toHaveAttribute("title", /leave this tab open/);
  await page.getByRole("link", { name: "Actions" }).first().click();
  const question = page.getByRole("dialog");
  await expect(question).toContainText("this page is the only place that has them");
  await question.getByRole("button", { name: "Stay here" }).click();
  cable.mend();
  await a.isSaved();
});

for (const [how, signal] of [
  ["restarted", "SIGTERM"],
  ["killed", "SIGKILL"],
] as const)
  test(`the server is ${how} while both type, and both have everything`, async ({
    seat,
    incident,
    backend,
  }) => {
    const ada = await seat("ada");
    const grace = await seat("grace");
    const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
    await Promise.all([a.open(incident.key), g.open(incident.key)]);
    await a.write("summary");
    await g.write("summary");
    const halted = backend.halt(signal);
    await ada.page.keyboard.type("Ada typed through it. ");
    await halted;
    await grace.page.keyboard.type("Grace typed while it was away. ");
    await expect(a.sync).toContainText("Offline");
    await backend.run();
    await Promise.all([a.isSaved(), g.isSaved()]);
    for (const page of [a, g])
      await page.holds("Ada typed through it.", "Grace typed while it was away.");
  });

test("while the database is away nothing is called saved, and then everything is", async ({
  seat,
  incident,
  backend,
  people,
}) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await a.write("summary");
  await backend.killDatabase();
  await ada.page.keyboard.type("Not on any disk yet.");
  await expect(a.sync).toHaveText(/^(Saving 20|Offline, 20 changes kept here)/);
  await expect(g.passage("summary")).not.toContainText("Not on any disk yet.");

  await backend.startDatabase();
  await a.isSaved();
  await g.holds("Not on any disk yet.");
  await expect(async () => {
    const { summary } = await people.ada.get(`/incidents/${incident.key}`);
    expect(summary).toBe("Not on any disk yet.");
  }).toPass();
});

/** What the browser does to a page when the machine sleeps. */
async function freeze(page: Page, frozen: boolean): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setWebLifecycleState", { state: frozen ? "frozen" : "active" });
  await session.detach();
}
