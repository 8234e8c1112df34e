/** Who is here, where they write, and following them. */
import { violations } from "./harness/axe";
import { expect, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

test("two tabs of one person are one person in two places, and one text", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [one, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  const two = new IncidentPage(await ada.context.newPage());
  await Promise.all([one.open(incident.key), two.open(incident.key), g.open(incident.key)]);
  await grace.page.getByRole("button", { name: "Ask the first why" }).click();
  await grace.page.keyboard.type("How did it come about?");
  await grace.page.keyboard.press("Enter");
  await expect(g.here).toHaveText([/Grace, you/, /Ada/]);
  await expect(one.here).toHaveText([/Ada, you/, /Grace/]);

  await one.write("summary");
  await one.page.keyboard.type("From the first tab. ");
  await expect(two.why).toHaveCount(1);
  await two.page.locator("[data-passage$='/answer'] button").first().click();
  await two.page.keyboard.type("From the second tab.");
  await expect(g.passage("summary")).toContainText("Ada is writing here");
  await expect(grace.page.locator("[data-passage$='/answer']")).toContainText(
    "Ada is writing here",
  );

  await two.write("summary");
  await two.page.keyboard.press("Control+End");
  await two.page.keyboard.type("Then the second.");
  for (const page of [one, two, g]) await page.holds("From the first tab.", "Then the second.");
  await one.page.keyboard.press("Control+z");
  for (const page of [one, two, g]) {
    await expect(page.passage("summary")).not.toContainText("From the first tab.");
    await page.holds("Then the second.");
  }
  await two.page.close();
  await expect(g.here).toHaveText([/Grace, you/, /Ada/]);
});

test("a tab that comes back does not undo what another one of the same person wrote", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const one = await new IncidentPage(ada.page).open(incident.key);
  await one.write("summary");
  ada.cable.cut();
  await one.page.keyboard.type("Offline in one. ");
  await expect(one.sync).toContainText("16 changes kept here");
  ada.cable.mend();
  const two = await new IncidentPage(await ada.context.newPage()).open(incident.key);
  await two.holds("Offline in one.");
  await two.write("summary");
  await two.page.keyboard.type("Newer in two.");
  await Promise.all([one.isSaved(), two.isSaved()]);
  for (const page of [one, two]) await page.holds("Offline in one.", "Newer in two.");
});

test("a browser that is killed leaves no ghost", async ({ seat, incident, mortal }) => {
  const grace = await seat("grace");
  const ada = await seat("ada", { browser: mortal.browser });
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await g.write("summary");
  await a.write("summary");
  await expect(g.passage("summary")).toContainText("Ada is writing here");
  await expect(grace.page.locator("[class*=caretLabel]")).toHaveText("Ada");
  mortal.kill();
  await expect(g.here).toHaveText([/Grace, you/], { timeout: 2_000 });
  await expect(grace.page.locator("[class*=caretLabel]")).toHaveCount(0);
});

test("a page speaks only of its own person, and not too often", async ({ seat, incident }) => {
  const grace = await seat("grace");
  const ada = await seat("ada");
  let said = 0;
  ada.page.on("websocket", (socket) =>
    socket.on("framesent", ({ payload }) => {
      if (typeof payload !== "string" && payload[0] === 1) said += 1;
    }),
  );
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  await expect(a.here).toHaveCount(2);
  await expect.poll(() => said).toBeGreaterThan(0);
  said = 0;
  await g.write("summary");
  await grace.page.keyboard.type("Grace moves her caret all the time, and Ada says nothing of it.");
  await expect(a.passage("summary")).toContainText("nothing of it.");
  expect(said).toBe(0);
});

test("following somebody goes where they write, until one moves by oneself", async ({
  seat,
  incident,
  people,
}) => {
  const paragraphs = Array.from({ length: 60 }, (_, index) => `Paragraph ${index}.`).join("\n\n");
  await people.ada.patch(`/incidents/${incident.key}`, { summary: paragraphs });
  await people.ada.post(`/incidents/${incident.key}/whys`, { question: "How did it come about?" });
  await people.ada.post(`/incidents/${incident.key}/events`, { kind: "effect", text: "Seen." });
  const ada = await seat("ada");
  const grace = await seat("grace", { width: 360 });
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);

  await g.follow("Ada");
  await expect(g.following).toHaveText("Following Ada, who is not writing just now");
  await a.write("summary");
  await expect(g.following).toHaveText("Following Ada in Summary");
  await expect(grace.page.getByText("Paragraph 59.")).toBeInViewport();
  expect(await violations(grace.page)).toEqual([]);
  await ada.page.keyboard.press("Control+Home");
  await expect(grace.page.getByText("Paragraph 0.")).toBeInViewport();
  await ada.page.keyboard.press("Control+Enter");
  await ada.page.locator("[data-passage$='/answer'] button").first().click();
  await expect(g.following).toHaveText(/^Following Ada in Answer/);
  await expect(grace.page.locator("[data-passage$='/answer']")).toBeInViewport();

  ada.cable.cut();
  await expect(g.following).toHaveText("Ada is away just now");
  ada.cable.mend();
  await expect(g.following).toHaveText(/^Following Ada in Answer/);
  await grace.page.keyboard.press("Escape");
  await expect(g.following).toHaveCount(0);

  await g.here.getByRole("button", { name: "Follow Ada" }).focus();
  await grace.page.keyboard.press("Enter");
  await expect(g.following).toHaveText(/^Following Ada/);
  await grace.page.mouse.wheel(0, -200);
  await expect(g.following).toHaveCount(0);
  await g.follow("Ada");
  await g.write("summary");
  await expect(g.following).toHaveCount(0);
});
