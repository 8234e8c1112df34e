import { expect, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

test("two people write the recap together and see each other", async ({ seat, incident }) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await expect(a.here).toHaveText([/Ada, you/, /Grace/]);

  const editor = await a.write("summary");
  await ada.page.keyboard.type("Orders could not be placed. ");
  await expect(g.passage("summary")).toContainText("Orders could not be placed.");
  await expect(g.passage("summary")).toContainText("Ada is writing here");

  await g.write("summary");
  await grace.page.keyboard.type("Customers were told at 14:31.");
  await expect(editor).toContainText("Customers were told at 14:31.");
  await expect(ada.page.locator("[class*=caretLabel]")).toHaveText("Grace");
  await expect(grace.page.locator("[class*=caretLabel]")).toHaveText("Ada");

  await ada.page.keyboard.press("Control+Enter");
  await expect(a.passage("summary").getByRole("textbox")).toHaveCount(0);
  await expect(grace.page.locator("[class*=caretLabel]")).toHaveCount(0);
  await a.isSaved();

  await ada.context.close();
  await expect(g.here).toHaveText([/Grace, you/], { timeout: 2_000 });
});

test("each person undoes only their own words", async ({ seat, incident }) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await a.write("summary");
  await ada.page.keyboard.type("mine");
  await g.write("summary");
  await grace.page.keyboard.type(" theirs");
  await expect(a.passage("summary")).toContainText("mine theirs");
  await ada.page.keyboard.press("Control+z");
  await expect(a.passage("summary")).not.toContainText("mine");
  await expect(a.passage("summary")).toContainText("theirs");
});

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
  for (const page of [a, g]) {
    await expect(page.passage("summary")).toContainText("Ada wrote this on the train.");
    await expect(page.passage("summary")).toContainText("Grace wrote this in the lift.");
  }
  // What is saved is on disk; what the API reads follows within a second.
  await expect
    .poll(async () => (await people.ada.get(`/incidents/${incident.key}`)).summary)
    .toMatch(/(?=.*Before\.)(?=.*on the train\.)(?=.*in the lift\.)/s);
});

test("what was typed offline survives closing the tab", async ({ seat, incident, people }) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  await a.write("summary");
  ada.cable.cut();
  await ada.page.keyboard.type("Kept in this browser.");
  await expect(a.sync).toContainText("21 changes kept here");
  await ada.page.waitForTimeout(700);
  await ada.page.close();

  ada.cable.mend();
  const again = await new IncidentPage(await ada.context.newPage()).open(incident.key);
  await expect(again.passage("summary")).toContainText("Kept in this browser.");
  await expect
    .poll(async () => (await people.ada.get(`/incidents/${incident.key}`)).summary)
    .toBe("Kept in this browser.");
});

test("the server is restarted while both type, and both have everything", async ({
  seat,
  incident,
  backend,
}) => {
  test.setTimeout(60_000);
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await a.write("summary");
  await g.write("summary");
  const halted = backend.halt();
  await ada.page.keyboard.type("Ada typed through the restart. ");
  await halted;
  await grace.page.keyboard.type("Grace typed while it was away. ");
  await expect(a.sync).toContainText("Offline");
  await backend.run();
  await Promise.all([a.isSaved(), g.isSaved()]);
  for (const page of [a, g])
    for (const words of ["Ada typed through the restart.", "Grace typed while it was away."])
      await expect(page.passage("summary")).toContainText(words);
});

test("a page that the server stops says why and hands back the unsaved words", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const a = new IncidentPage(ada.page);
  let stop = () => {};
  let hold = false;
  await ada.page.routeWebSocket(/\/live$/, (near) => {
    const far = near.connectToServer();
    near.onMessage((message) => {
      if (!hold) far.send(message);
    });
    far.onMessage((message) => near.send(message));
    stop = () => void near.close({ code: 4409, reason: "the document is too large" });
  });
  await a.open(incident.key);
  await a.write("summary");
  hold = true;
  await ada.page.keyboard.type("Words in the air.");
  await expect(a.sync).toHaveText(/Saving 17/);
  stop();
  const notice = ada.page.getByRole("alert");
  await expect(notice).toContainText("too long to take more");
  await expect(notice).toContainText("Words in the air.");
  await expect(a.sync).toHaveText(/Reload to edit/);
  await expect(a.passage("summary").getByRole("textbox")).toHaveCount(0);
  hold = false;
  await notice.getByRole("button", { name: "Reload" }).click();
  await a.isSaved();
  await expect(a.passage("summary")).not.toContainText("Words in the air.");
});

test("signing out leaves no copy of the text in the browser", async ({ seat, incident }) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  await a.write("summary");
  await ada.page.keyboard.type("Not for whoever comes next.");
  await a.isSaved();
  const copies = () =>
    ada.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(await copies()).toHaveLength(1);
  await ada.page.goto("/me");
  await ada.page.getByRole("button", { name: "Sign out" }).click();
  await expect(ada.page).toHaveURL(/\/login/);
  expect(await copies()).toEqual([]);
});
