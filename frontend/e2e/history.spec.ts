import { expect, type Page } from "@playwright/test";
import { violations } from "./harness/axe";
import { test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

const rows = (page: Page) => page.locator("main ul [data-row]");

test("who wrote what is told, and an older text comes back in open pages", async ({
  seat,
  incident,
  people,
}) => {
  await people.grace.patch(`/incidents/${incident.key}`, { summary: "The disk was full." });
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await a.write("summary");
  await ada.page.keyboard.press("Control+End");
  await ada.page.keyboard.type(" So was the queue.");
  await ada.page.keyboard.press("Control+Enter");
  await a.isSaved();

  // From a text to its history in one key.
  await ada.page.getByRole("button", { name: "Edit Summary" }).focus();
  await ada.page.keyboard.press("h");
  await expect(ada.page).toHaveURL(/history\?passage=summary/);
  await expect(rows(ada.page)).toHaveCount(2);
  await expect(rows(ada.page)).toContainText(["Ada", "Grace"]);
  const detail = ada.page.getByRole("article");
  await expect(detail.locator("ins")).toContainText("So was the queue.");

  await ada.page.keyboard.press("j");
  await ada.page.keyboard.press("j");
  await ada.page.keyboard.press("Enter");
  await expect(detail).toContainText("Grace");
  await expect(detail.locator("ins")).toContainText("The disk was full.");

  // Any two: the first one against the newest reads the other way round.
  await detail.getByLabel("Compared with").selectOption({ index: 1 });
  await expect(detail.locator("del")).toContainText("So was the queue.");
  await detail.getByRole("button", { name: "Whole text" }).click();
  await expect(detail).toContainText("The disk was full.");

  await detail.getByRole("button", { name: "Restore this text" }).click();
  await expect(g.passage("summary")).toHaveText(/The disk was full\.$/);
  await ada.page.getByRole("button", { name: "Undo" }).click();
  await expect(g.passage("summary")).toContainText("So was the queue.");

  // What is written while somebody looks shows by itself.
  await g.write("summary");
  await grace.page.keyboard.press("Control+End");
  await grace.page.keyboard.type(" And the cache.");
  await expect(rows(ada.page).first()).toContainText("Grace", { timeout: 12_000 });
});

test("what was deleted can still be read, and readers can read it all", async ({
  seat,
  incident,
  people,
}) => {
  const path = `/incidents/${incident.key}/events`;
  const event = await people.ada.post(path, { kind: "action", text: "We restarted it." });
  await people.ada.delete(`${path}/${event.id}`);
  const { page } = await seat("vera");
  await page.goto(`/i/${incident.key}/history`);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("Went with its entry");
  await rows(page).nth(1).click();
  await page.getByRole("button", { name: "Whole text" }).click();
  await expect(page.getByRole("article")).toContainText("We restarted it.");
  await page.getByRole("button", { name: "Restore this text" }).hover();
  await expect(page.getByRole("tooltip")).toContainText("An administrator can make you a member");
});

for (const colorScheme of ["light", "dark"] as const)
  test(`the history follows the rules of accessibility, ${colorScheme}, also on a phone`, async ({
    seat,
    incident,
    people,
  }) => {
    await people.grace.patch(`/incidents/${incident.key}`, { summary: "The disk was full." });
    await people.ada.patch(`/incidents/${incident.key}`, { summary: "The queue was full." });
    const { page } = await seat("ada", { colorScheme });
    await page.goto(`/i/${incident.key}/history`);
    await expect(page.locator("ins")).toHaveText("[added: queue]");
    expect(await violations(page)).toEqual([]);

    const phone = await seat("ada", { colorScheme, width: 360 });
    await phone.page.goto(`/i/${incident.key}/history`);
    await expect(phone.page.getByRole("article")).toBeHidden();
    await rows(phone.page).first().click();
    await expect(phone.page.locator("ins")).toBeVisible();
    expect(await phone.page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(phone.page)).toEqual([]);
    await phone.page.getByRole("link", { name: "All versions" }).click();
    await expect(rows(phone.page).first()).toBeVisible();
  });
