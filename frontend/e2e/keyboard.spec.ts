import { expect, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

test("from the first sentence to the published review by keyboard alone", async ({ seat }) => {
  const { page } = await seat("ada");
  const keys = (...pressed: string[]) =>
    pressed.reduce((done, key) => done.then(() => page.keyboard.press(key)), Promise.resolve());
  const type = (text: string) => page.keyboard.type(text);
  const incident = new IncidentPage(page);

  await page.goto("/incidents");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await keys("c");
  await expect(page.getByRole("textbox", { name: "What did people notice?" })).toBeFocused();
  await type("Sign-in codes came late");
  await keys("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign-in codes came late");
  await incident.isSaved();

  await keys("e");
  await expect(page.getByRole("textbox", { name: "What happened" })).toBeFocused();
  await type("Codes took ten minutes to arrive");
  await keys("Enter");
  await expect(incident.event).toHaveCount(1);
  await type("Thought it was the phone network");
  await keys("Shift+Tab");
  await type("-5m");
  await keys("Enter");
  await expect(incident.event).toHaveCount(2);
  await expect(incident.event.first()).toContainText("Thought it was the phone network");
  await keys("Escape");

  await keys("2");
  await page.getByRole("button", { name: "Ask the first why" }).focus();
  await keys("Enter");
  await type("How did codes come to wait?");
  await keys("Enter");
  await type("Why was nobody told?");
  await keys("Enter", "Tab");
  await type("What would have shown it?");
  await keys("Control+Enter");
  await expect(incident.why).toHaveCount(3);
  await expect(incident.why.nth(2)).toContainText("2.1");
  await expect(page.getByRole("textbox", { name: "Answer to 2.1" })).toBeFocused();
  await type("A count of codes that wait.");
  await keys("Control+Enter");
  await expect(incident.why.nth(2)).toContainText("A count of codes that wait.");

  await incident.why.nth(1).locator("[data-row]").focus();
  await keys("Alt+ArrowRight");
  await expect(incident.why.nth(2)).toContainText("1.1.1");
  await keys("Alt+ArrowLeft");
  await expect(incident.why.nth(2)).toContainText("2.1");
  await keys("Alt+ArrowUp");
  await expect(incident.why.first()).toContainText("Why was nobody told?");

  await keys("Alt+l");
  const dialog = page.getByRole("dialog", { name: "Also caused by…" });
  await expect(dialog).toBeVisible();
  await dialog.getByRole("checkbox", { name: /How did codes come to wait/ }).focus();
  await keys("Space", "Escape");
  await expect(dialog).toHaveCount(0);
  await expect(incident.why.filter({ hasText: "How did codes come to wait?" })).toContainText(
    "1.2",
  );

  await keys("3");
  await page.getByRole("textbox", { name: "Add a learning" }).focus();
  await type("Waiting codes are invisible.");
  await keys("Enter");
  await expect(incident.takeaway).toHaveCount(1);
  await page.getByRole("button", { name: "Action", exact: true }).focus();
  await keys("Enter");
  await expect(page.getByRole("textbox", { name: "What will be done" })).toBeFocused();
  await type("Show how many codes wait");
  await keys("Enter");
  await expect(incident.action).toContainText("Show how many codes wait");
  await keys("Escape");

  for (const step of ["Start the discussion", "Go on to takeaways", "Publish"]) {
    await page.getByRole("button", { name: step, exact: true }).focus();
    await keys("Enter");
  }
  await expect(page.locator("[aria-current='step']")).toHaveText(/Published/);
});

test("rows are walked, marked and parked by single keys", async ({ seat, incident, people }) => {
  const path = `/incidents/${incident.key}`;
  await people.ada.post(`${path}/events`, { kind: "effect", text: "Seen." });
  await people.ada.post(`${path}/takeaways`, { kind: "learning", text: "Learned." });
  const { page } = await seat("ada");
  const a = await new IncidentPage(page).open(incident.key);

  await page.keyboard.press("j");
  await expect(a.event.locator("[data-row]")).toBeFocused();
  await page.keyboard.press("s");
  await expect(a.event).toContainText("Turning point");
  await page.keyboard.press("j");
  await expect(a.takeaway.locator("[data-row]")).toBeFocused();
  await page.keyboard.press("p");
  await expect(page.getByRole("region", { name: "Parking lot" })).toContainText("Learned.");

  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const words of ["New event, now", "Turning point", "Copy link to this row or incident"])
    await expect(sheet.getByText(words)).toBeVisible();
});
