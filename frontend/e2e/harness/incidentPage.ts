/** The parts of an incident's page, named as people would. */
import { expect, type Locator, type Page } from "@playwright/test";

export class IncidentPage {
  constructor(readonly page: Page) {}

  async open(key: string): Promise<this> {
    await this.page.goto(`/i/${key}`);
    await this.isSaved();
    return this;
  }

  passage(name: string): Locator {
    return this.page.locator(`[data-passage="${name}"]`);
  }

  /** Opens a passage for writing and returns its editor. */
  async write(name: string): Promise<Locator> {
    const passage = this.passage(name);
    const editor = passage.getByRole("textbox");
    const button = passage.getByRole("button").first();
    await button.focus();
    await this.page.keyboard.press("Enter");
    await expect(editor).toBeFocused();
    return editor;
  }

  get event(): Locator {
    return this.page.locator("[data-place='event']");
  }

  get why(): Locator {
    return this.page.locator("[data-place='why']");
  }

  get takeaway(): Locator {
    return this.page.locator("[data-place='takeaway']");
  }

  get action(): Locator {
    return this.page.locator("[data-place='action']");
  }

  get here(): Locator {
    return this.page.getByRole("list", { name: "Here now" }).getByRole("listitem");
  }

  /** Why nothing is taken from this page any more, with what was not saved. */
  get notice(): Locator {
    return this.page.getByRole("main").getByRole("alert");
  }

  /** Whom this page follows, as its bar says. */
  get following(): Locator {
    return this.page.getByRole("status").filter({ hasText: /^Following|is away just now$/ });
  }

  async follow(name: string): Promise<void> {
    await this.here.getByRole("button", { name: `Follow ${name}` }).click();
  }

  get sync(): Locator {
    return this.page.locator("[data-sync]");
  }

  async isSaved(): Promise<void> {
    await expect(this.sync).toHaveText(/^Saved/, { timeout: 15_000 });
  }

  /** The summary has all of these words, in whatever order. */
  async holds(...words: string[]): Promise<void> {
    for (const each of words) await expect(this.passage("summary")).toContainText(each);
  }
}
