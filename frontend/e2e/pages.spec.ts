import type { Page } from "@playwright/test";
import { violations } from "./harness/axe";
import { expect, test } from "./harness/fixtures";

const WIDTHS = [360, 768, 1280];

/** Every address of the page for whoever is signed in, with what says that it has loaded. */
function routes(incidentKey: string, sourceId: string) {
  return [
    "/incidents",
    "/incidents/new",
    `/i/${incidentKey}?map=true`,
    "/actions",
    "/settings/people",
    "/settings/tokens",
    "/settings/sources",
    `/settings/sources/${sourceId}`,
    "/me",
  ];
}

async function settled(page: Page) {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await page.waitForLoadState("networkidle");
  // Skeletons fade in and dialogs out; colours are judged when they stand still.
  await page.waitForFunction(() =>
    document.getAnimations().every((a) => a.playState !== "running"),
  );
}

for (const colorScheme of ["light", "dark"] as const)
  test(`every page is accessible and fits every width, ${colorScheme}`, async ({
    seat,
    people,
    incident,
  }) => {
    test.setTimeout(90_000);
    const path = `/incidents/${incident.key}`;
    const event = await people.ada.post(`${path}/events`, {
      kind: "action",
      occurred_at: "2026-10-03T12:02:00Z",
      known_at: "2026-10-03T12:09:00Z",
      text: "Removed `dd-east-2`, see https://example.org/a-rather-long-address-without-any-spaces",
      evidence: ["https://graphs.example.org/d/checkout"],
      pivot: true,
    });
    const why = await people.ada.post(`${path}/whys`, {
      question: "How did a production database come to look like a development one?",
      answer: "Both were made from one template.",
      expectation: "Names tell.",
      evidence: [event.id],
    });
    await people.ada.post(`${path}/whys`, { question: "Why one template?", effects: [why.id] });
    const learned = await people.ada.post(`${path}/takeaways`, {
      kind: "learning",
      text: "A name tells who made a thing, not who depends on it.",
    });
    await people.ada.post(`${path}/actions`, {
      title: "Ask for the full name before a datastore is removed",
      origin: { kind: "takeaway", id: learned.id },
    });
    const source = await people.ada.post("/alert-sources", {
      kind: "alertmanager",
      name: `Alertmanager ${colorScheme}`,
    });

    const { page } = await seat("ada", { colorScheme });
    for (const route of routes(incident.key, source.id)) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(route);
      await settled(page);
      expect(await violations(page), route).toEqual([]);
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - window.innerWidth,
        );
        expect(overflow, `${route} at ${width}`).toBeLessThanOrEqual(0);
      }
    }
  });

for (const colorScheme of ["light", "dark"] as const)
  test(`signing in is accessible, ${colorScheme}`, async ({ browser, backend }) => {
    const context = await browser.newContext({ colorScheme, baseURL: backend.url });
    const page = await context.newPage();
    for (const route of ["/login", "/setup"]) {
      await page.goto(route);
      await settled(page);
      expect(await violations(page), route).toEqual([]);
    }
    await context.close();
  });
