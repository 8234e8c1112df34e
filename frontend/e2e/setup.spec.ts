import { Backend } from "./harness/backend";
import { expect, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

test("the set-up link makes the first administrator and loads the example", async ({ browser }) => {
  test.setTimeout(60_000);
  const backend = await Backend.start({ setUp: false });
  try {
    const link = /(http\S+\/setup#token=\S+)/.exec(backend.output)?.[1] ?? "";
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByRole("textbox", { name: "Name" }).fill("Ada");
    await page.getByRole("textbox", { name: "Email" }).fill("ada@example.org");
    await page.getByLabel("Password", { exact: true }).fill("a long enough password");
    const example = page.getByRole("checkbox", { name: /example/i });
    if (!(await example.isChecked())) await example.check();
    await page.getByRole("button", { name: /create|start|set up/i }).click();

    await page
      .getByRole("link", { name: /database/ })
      .first()
      .click();
    const incident = new IncidentPage(page);
    await expect(page.getByText("#12-23-2020-rca-ddedown")).toBeVisible();
    await incident.isSaved();
    await expect(incident.event.first()).toBeVisible();
    expect(await incident.event.count()).toBeGreaterThanOrEqual(12);
    expect(await incident.why.count()).toBeGreaterThanOrEqual(5);
    expect(await incident.action.count()).toBeGreaterThanOrEqual(3);
    await page.close();
  } finally {
    await backend.stop();
  }
});
