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
  await g.holds("mine");
  await g.write("summary");
  await grace.page.keyboard.type(" theirs");
  await expect(a.passage("summary")).toContainText("mine theirs");
  await ada.page.keyboard.press("Control+z");
  await expect(a.passage("summary")).not.toContainText("mine");
  await expect(a.passage("summary")).toContainText("theirs");
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
