/** From an empty list of senders to an incident, with what real senders send. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Page } from "@playwright/test";
import { violations } from "./harness/axe";
import type { Backend } from "./harness/backend";
import { expect, test } from "./harness/fixtures";

const BODIES = resolve(import.meta.dirname, "../../backend/tests/fixtures/alerts");

const recorded = (file: string) => readFileSync(resolve(BODIES, file), "utf8");

/** Sends as the sender would: to the address that the page shows, and with nothing of the page's. */
async function deliver(page: Page, backend: Backend, body: string): Promise<number> {
  const shown = await page.getByRole("region", { name: "Where to send" }).locator("pre").first();
  const { pathname } = new URL(await shown.innerText());
  const headers = { "Content-Type": "application/json" };
  const sent = await fetch(backend.url + pathname, { method: "POST", headers, body });
  return sent.status;
}

const section = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const messages = (page: Page) =>
  page.getByRole("list", { name: "Messages, newest first" }).locator(":scope > li");

test("an Alertmanager is added, heard, held against its rules, and heard again", async ({
  seat,
  backend,
}) => {
  test.setTimeout(60_000);
  const { page } = await seat("ada");
  await page.goto("/settings/sources");
  await page.getByRole("button", { name: "Add a source" }).click();
  await page.getByLabel("Who sends?").fill("prometheus");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("radio", { name: /Prometheus Alertmanager/ })).toBeChecked();
  await page.getByLabel("Who sends?").fill("");
  for (const key of ["Tab", "ArrowDown", "ArrowUp", "Tab"]) await page.keyboard.press(key);
  await expect(page.getByRole("radio", { name: /Prometheus Alertmanager/ })).toBeChecked();
  await expect(page.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Production");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Production");
  await expect(section(page, "Where to send")).toContainText("webhook_configs:");
  await expect(section(page, "What came in")).toContainText("Nothing has come yet.");

  await page.getByRole("button", { name: "Send a test" }).click();
  await expect(section(page, "Where to send").getByRole("status")).toContainText("opened nothing");
  await expect(messages(page).first()).toContainText("Kept as it came");

  const rules = section(page, "What becomes of an alert");
  await rules.getByRole("button", { name: "Change the rules" }).click();
  await rules.getByRole("combobox", { name: "Services" }).click();
  await page.getByRole("option", { name: /only some services/ }).click();
  await rules.getByRole("combobox", { name: "These services" }).fill("search");
  await page.keyboard.press("Enter");
  await rules.getByRole("button", { name: "Save rules" }).click();
  await expect(rules).toContainText("Open an incident for alerts of any severity, only of search.");

  expect(await deliver(page, backend, recorded("alertmanager/01-firing-one.json"))).toBe(202);
  const newest = messages(page).first();
  await expect(newest).toContainText("Checkout API error rate is 12.4%");
  await expect(newest).toContainText("Listed");
  await expect(newest).toContainText("only for alerts of search; this one is of checkout-api");

  await rules.getByRole("button", { name: "Change the rules" }).click();
  await rules.getByRole("combobox", { name: "These services" }).fill("checkout-*");
  await page.keyboard.press("Enter");
  await expect(rules.getByRole("region", { name: "These rules tried on a message" })).toContainText(
    "Opens an incident",
  );
  await rules.getByRole("button", { name: "Save rules" }).click();
  await expect(rules).toContainText("only of search or checkout-*");

  await newest.locator("summary").click();
  await newest.getByRole("button", { name: "Replay" }).click();
  await expect(newest).toContainText("Opened an incident");
  await newest.getByRole("link", { name: /^INC-/ }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Checkout API error rate");
});

test("a mapping is written against what came, and what waited is replayed", async ({
  seat,
  people,
  backend,
}) => {
  const source = await people.ada.post("/alert-sources", { kind: "generic", name: "Checks" });
  const { page } = await seat("ada");
  await page.goto(`/settings/sources/${source.id}`);
  const body = { check: { name: "Orders are slow", id: 7, level: "P0" }, status: "broken" };
  expect(await deliver(page, backend, JSON.stringify(body))).toBe(202);
  const [message] = [messages(page).first()];
  await expect(message).toContainText("The source has no mapping yet");

  const reading = section(page, "How it is read");
  const trial = reading.getByRole("region", { name: "This mapping tried on a message" });
  await reading.getByLabel("Title", { exact: true }).fill("check.name");
  await expect(trial).toContainText("Orders are slow");
  await expect(trial).toContainText("Opens an incident");
  await reading.getByLabel("Dedup key", { exact: true }).fill("check.");
  await expect(trial).toContainText("Dedup key: not a JMESPath expression");
  await reading.getByLabel("Dedup key", { exact: true }).fill("check.id");
  await expect(trial.getByText("7", { exact: true })).toBeVisible();
  await reading.getByRole("button", { name: "Save mapping" }).click();

  const came = section(page, "What came in");
  await came.getByRole("button", { name: "Replay what belongs to no alert" }).click();
  await page.getByRole("menuitem", { name: "From the last hour" }).click();
  await expect(came).toContainText("One message read again: 1 opened an incident.");
  await expect(message).toContainText("Opened an incident");
});

test("a list of alerts is mapped from a pasted message, while somebody else maps it too", async ({
  seat,
  people,
}) => {
  const source = await people.ada.post("/alert-sources", { kind: "generic", name: "Lists" });
  const [mine, theirs] = [await seat("ada"), await seat("ada")];
  for (const { page } of [mine, theirs]) await page.goto(`/settings/sources/${source.id}`);
  const reading = section(mine.page, "How it is read");
  await reading.getByLabel("List of alerts", { exact: true }).fill("checks");
  await reading.getByLabel("Title", { exact: true }).fill("name");
  await reading.getByLabel("State", { exact: true }).fill("is");
  const words = reading.getByRole("group", { name: "Their words for state" });
  await words.getByRole("button", { name: "Add a word" }).click();
  await mine.page.keyboard.type("splendid");
  await expect(words.getByRole("combobox", { name: "What splendid means" })).toBeVisible();
  const trial = reading.getByRole("region", { name: "This mapping tried on a message" });
  const checks = [{ name: "Orders are slow" }, { name: "Search is slow", is: "splendid" }];
  await trial.getByLabel("Message to try").fill(JSON.stringify({ checks }));
  await expect(trial.getByRole("list").locator(":scope > li")).toHaveText([
    /^Opens an incident.*Orders are slow/,
    /^Changes nothing.*Search is slow/,
  ]);

  const elsewhere = section(theirs.page, "How it is read");
  await elsewhere.getByLabel("Title", { exact: true }).fill("region");
  await reading.getByRole("button", { name: "Save mapping" }).click();
  await expect(elsewhere).toContainText("Somebody else saved this meanwhile.");
  await elsewhere.getByRole("button", { name: "Take theirs" }).click();
  await expect(elsewhere.getByLabel("Title", { exact: true })).toHaveValue("name");
  await reading.getByLabel("Link", { exact: true }).fill("url");
  await reading.getByRole("button", { name: "Save mapping" }).click();
  await expect(elsewhere.getByLabel("Link", { exact: true })).toHaveValue("url");
});

test("signatures that do not fit are checked no longer", async ({ seat, people, backend }) => {
  const source = await people.ada.post("/alert-sources", { kind: "grafana", name: "Signed" });
  const { page } = await seat("ada");
  await page.goto(`/settings/sources/${source.id}`);
  await page.getByLabel("Secret of Grafana").fill("made-by-an-administrator");
  await page.getByRole("button", { name: "Save secret" }).click();
  await expect(section(page, "What came in")).toContainText("refused, and not kept");
  expect(await deliver(page, backend, "{}")).toBe(401);
  await page.getByRole("button", { name: "Stop checking signatures" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Stop checking" }).click();
  await expect(section(page, "What came in")).not.toContainText("refused");
  expect(await deliver(page, backend, "{}")).toBe(202);
  await expect(messages(page)).toHaveCount(1);
});

test("a new routing key is shown where people look, and not for ever", async ({ seat, people }) => {
  const source = await people.ada.post("/alert-sources", {
    kind: "pagerduty_events_v2",
    name: "Pages",
  });
  const { page } = await seat("ada", { width: 360 });
  await page.goto(`/settings/sources/${source.id}`);
  await page.getByRole("button", { name: "Make a new routing key" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new routing key" }).click();
  const once = page.getByText("This is the only time it can be seen.");
  await expect(once).toBeInViewport();
  await page.getByRole("link", { name: "Alert sources" }).first().click();
  await page.getByRole("link", { name: "Pages" }).click();
  await page.getByRole("button", { name: "I have copied it" }).click();
  await expect(once).toBeHidden();
});

test("an address is exchanged, both hold, and the old one is ended", async ({
  seat,
  people,
  backend,
}) => {
  const source = await people.ada.post("/alert-sources", { kind: "grafana", name: "Grafana" });
  const { page } = await seat("ada");
  await page.goto(`/settings/sources/${source.id}`);
  const old = backend.url + source.address;
  const ask = async () => (await fetch(old, { method: "POST", body: "{}" })).status;
  await page.getByRole("button", { name: "Make a new address" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Make a new address" }).click();
  await expect(page.getByText("is accepted too, until")).toBeVisible();
  expect(await deliver(page, backend, "{}")).toBe(202);
  expect(await ask()).toBe(202);
  await page.getByRole("button", { name: "End it now" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it now" }).click();
  await expect(page.getByText("is accepted too, until")).toBeHidden();
  expect(await ask()).toBe(404);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`a source at work is accessible and fits a phone, ${colorScheme}`, async ({
    seat,
    people,
    backend,
  }) => {
    const source = await people.ada.post("/alert-sources", {
      kind: "pagerduty_events_v2",
      name: "ScriptsOfTheTeamThatLooksAfterTheOldestPartOfThePlatform",
    });
    const { page } = await seat("ada", { colorScheme });
    const event = { routing_key: source.secret, event_action: "trigger" };
    const payload = { summary: `Slow, ${colorScheme}`, source: "db", severity: "critical" };
    await fetch(`${backend.url}/v2/enqueue`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...event, payload }),
    });
    await page.goto(`/settings/sources/${source.id}`);
    await messages(page).first().locator("summary").click();
    await page.getByRole("button", { name: "Change the rules" }).click();
    await page.getByText(/^How to set up/).click();
    await page.getByRole("button", { name: "Add a word" }).click();
    await page.waitForLoadState("networkidle");
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 800 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
    await page.goto("/settings/sources");
    await page.getByRole("button", { name: "Add a source" }).click();
    await expect(page.getByRole("radio").first()).toBeVisible();
    await page.waitForFunction(() =>
      document.getAnimations().every((a) => a.playState !== "running"),
    );
    expect(await violations(page)).toEqual([]);
  });

test("an incident tells what is known and promised from before", async ({ seat, people }) => {
  const services = ["ledger"];
  const earlier = await people.ada.post("/incidents", {
    title: "The ledger stood still",
    services,
  });
  await people.ada.post(`/incidents/${earlier.key}/actions`, { title: "Say how full the disk is" });
  const now = await people.ada.post("/incidents", { title: "The ledger again", services });
  const { page } = await seat("ada");
  await page.goto(`/i/${now.key}`);
  const known = page.getByRole("region", { name: "Known from before" });
  await expect(known).toContainText("We promised this, and it is still open");
  await expect(known.getByRole("link", { name: "Say how full the disk is" })).toBeVisible();
  await known.getByRole("link", { name: "The ledger stood still" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The ledger stood still");
  await expect(known).toBeHidden();
});
