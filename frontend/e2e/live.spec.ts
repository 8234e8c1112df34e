import { expect, test } from "./harness/fixtures";
import { IncidentPage } from "./harness/incidentPage";

test("what one does the other sees without reloading", async ({ seat, incident }) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);

  await ada.page.keyboard.press("e");
  await ada.page.getByRole("textbox", { name: "What happened" }).fill("Error rate went to 100 %.");
  await ada.page.keyboard.press("Enter");
  await expect(g.event).toContainText("Error rate went to 100 %.");

  await grace.page.getByRole("button", { name: "Ask the first why" }).click();
  await grace.page.keyboard.type("How did it come about?");
  await grace.page.keyboard.press("Enter");
  await grace.page.keyboard.press("Tab");
  await grace.page.keyboard.type("What did the console ask for?");
  await grace.page.keyboard.press("Enter");
  await expect(a.why).toContainText(["How did it come about?", "What did the console ask for?"]);
  await expect(a.why.nth(1)).toContainText("1.1");

  await ada.page.getByRole("textbox", { name: "Add a learning" }).fill("Names mislead.");
  await ada.page.keyboard.press("Enter");
  await expect(g.takeaway).toContainText("Names mislead.");

  await grace.page.getByRole("button", { name: "More for learning 1" }).click();
  await grace.page.getByRole("menuitem", { name: "Action from this" }).click();
  await grace.page.getByRole("textbox", { name: "What will be done" }).fill("Ask for full names");
  await grace.page.getByRole("button", { name: "Add action" }).click();
  await expect(a.action).toContainText("Ask for full names");
  await expect(a.action).toContainText("From “Names mislead.”");

  await ada.page.getByRole("heading", { level: 1 }).getByRole("button").click();
  await ada.page.getByRole("textbox", { name: "Title" }).fill("Checkout was away");
  await ada.page.keyboard.press("Enter");
  await expect(grace.page.getByRole("heading", { level: 1 })).toHaveText("Checkout was away");
});

test("a write by the API shows in an open editor, and the caret stays", async ({
  seat,
  incident,
  people,
}) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  const editor = await a.write("summary");
  await ada.page.keyboard.type("Orders were away.");
  await ada.page.keyboard.press("Home");
  await ada.page.keyboard.press("Control+ArrowRight");
  await a.isSaved();
  await people.grace.patch(`/incidents/${incident.key}`, {
    summary: "By a script: Orders were away.",
  });
  await expect(editor).toHaveText("By a script: Orders were away.");
  await ada.page.keyboard.type(" and codes");
  await expect(editor).toHaveText("By a script: Orders and codes were away.");
});

test("stages move on and come back", async ({ seat, incident, people }) => {
  const ada = await seat("ada");
  const grace = await seat("grace");
  await people.ada.patch(`/incidents/${incident.key}`, { summary: "What happened." });
  const [a, g] = [new IncidentPage(ada.page), new IncidentPage(grace.page)];
  await Promise.all([a.open(incident.key), g.open(incident.key)]);
  const stage = grace.page.locator("[aria-current='step']");

  await ada.page.getByRole("button", { name: "Start the discussion" }).click();
  await expect(stage).toHaveText(/Discussion/);
  await ada.page.getByRole("button", { name: "Undo" }).click();
  await expect(stage).toHaveText(/Recap/);

  for (const step of ["Start the discussion", "Go on to takeaways", "Publish"])
    await ada.page.getByRole("button", { name: step, exact: true }).click();
  await expect(stage).toHaveText(/Published/);
  await expect(ada.page.getByRole("link", { name: "Read the report" })).toBeVisible();

  await grace.page
    .getByRole("list", { name: "Stage of the review" })
    .getByText("Discussion")
    .click();
  await expect(ada.page.locator("[aria-current='step']")).toHaveText(/Discussion/);
  const changes = await people.ada.list(`/incidents/${incident.key}/changes`);
  expect(changes.filter(({ action }) => action === "stage_moved")).toHaveLength(6);
});

test("who may only read sees everything as it is written, and is told why", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const vera = await seat("vera");
  const a = await new IncidentPage(ada.page).open(incident.key);
  const v = new IncidentPage(vera.page);
  await vera.page.goto(`/i/${incident.key}`);
  await expect(v.sync).toContainText("Read-only");

  await a.write("summary");
  await ada.page.keyboard.type("Everybody may read this.");
  await expect(v.passage("summary")).toContainText("Everybody may read this.");
  await expect(vera.page.locator("[data-passage]").getByRole("button")).toHaveCount(0);
  await vera.page.keyboard.press("e");
  await expect(vera.page.getByRole("form", { name: "New event" })).toHaveCount(0);
  const step = vera.page.getByRole("button", { name: "Start the discussion" });
  await expect(step).toHaveAttribute("aria-disabled", "true");
  await step.hover();
  await expect(vera.page.getByRole("tooltip")).toContainText(
    "An administrator can make you a member",
  );
});

test("a deleted event comes back with its words", async ({ seat, incident, people }) => {
  const path = `/incidents/${incident.key}/events`;
  await people.ada.post(path, {
    kind: "effect",
    occurred_at: "2026-10-03T12:05:00Z",
    text: "Seen at five past two.",
    pivot: true,
  });
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  await a.event.getByRole("button", { name: /^More for event/ }).click();
  await ada.page.getByRole("menuitem", { name: "Delete event" }).click();
  await expect(a.event).toHaveCount(0);
  await ada.page.getByRole("button", { name: "Undo" }).click();
  await expect(a.event).toContainText("Seen at five past two.");
  await expect(a.event).toContainText("Turning point");
});

test("two who change the same title both see both", async ({ seat, incident, people }) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  const heading = ada.page.getByRole("heading", { level: 1 });
  await heading.getByRole("button").click();
  await ada.page.getByRole("textbox", { name: "Title" }).fill("Mine");
  await people.grace.patch(`/incidents/${incident.key}`, { title: "Theirs" });
  await ada.page.keyboard.press("Enter");
  await expect(heading.getByRole("alert")).toContainText("Theirs");
  await ada.page.getByRole("button", { name: "Keep mine" }).click();
  await expect(heading).toHaveText("Mine");
  await a.isSaved();
});

test("a row that cannot be saved keeps its words and is sent when it can be", async ({
  seat,
  incident,
}) => {
  const ada = await seat("ada");
  const a = await new IncidentPage(ada.page).open(incident.key);
  ada.cable.cut();
  await ada.page.getByRole("textbox", { name: "Add a learning" }).fill("Written offline.");
  await ada.page.keyboard.press("Enter");
  const kept = ada.page.getByRole("region", { name: "What we learned" });
  await expect(kept.getByRole("alert")).toContainText("cannot be reached");
  await expect(kept).toContainText("Written offline.");
  ada.cable.mend();
  await kept.getByRole("button", { name: "Try again" }).click();
  await expect(a.takeaway).toContainText("Written offline.");
});
