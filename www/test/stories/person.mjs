// Somebody at the console, in a browser of their own: what they see, and what they do.
import { expect, must } from "../expect.mjs";
import { send } from "./forged.mjs";

/** Where the console stands. */
export const PAGE = "/";

/** What a screen reader says of a control beside its name. */
export const described = (control) =>
  control.evaluate((node) => {
    const ids = (node.getAttribute("aria-describedby") ?? "").split(" ");
    return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  });

export class Person {
  constructor(page, house) {
    this.page = page;
    this.house = house;
  }

  /** Signs in as the development issuer lets one, and opens a place of the console. */
  async enter(person, path = "/", name = undefined) {
    await this.page.goto(this.house.address + PAGE);
    await this.page.evaluate(async (who) => {
      const headers = { "content-type": "application/json" };
      const response = await fetch("/api/development/sign-in", { method: "POST", headers, body: JSON.stringify(who) });
      sessionStorage.setItem("bailiwick-token", (await response.json()).token);
    }, { person, name });
    await this.goes(path);
    await this.page.reload();
    await this.title();
  }

  /** Goes to a place of the console, as by a bookmark. */
  async goes(path) {
    await this.page.goto(`${this.house.address}${PAGE}#${path}`);
    await this.title();
  }

  /** Follows an entry of the navigation, a card or any other link. */
  follows = (name) => this.page.getByRole("link", { name }).first().click();

  /** The title of the page, once it stands. */
  async title() {
    const title = this.page.locator("h1").first();
    await title.waitFor();
    return title.innerText();
  }

  /** The part in which they are: a row, or the whole page. */
  at(row) {
    return row === undefined ? this.page : this.page.locator(".row, tr", { hasText: row }).first();
  }

  button = (name, row) => this.at(row).getByRole("button", { name, exact: true });
  press = (name, row) => this.button(name, row).first().click();
  tab = (name) => this.page.getByRole("tab", { name }).click();

  /** The dialog that is open. */
  get form() {
    return this.page.getByRole("dialog").last();
  }

  fill = (label, value) => this.form.getByLabel(label).fill(value);

  /** A role, or another of several choices. */
  ticks = (label) => this.form.getByText(label, { exact: true }).click();

  /** One of a list that opens. */
  async chooses(label, option) {
    await this.form.getByRole("button", { name: label }).click();
    await this.page.getByRole("option", { name: option }).first().click();
  }

  /** Somebody out of many, by name. */
  async picks(label, name) {
    const box = this.form.getByRole("combobox", { name: label });
    await box.fill(name);
    await this.page.getByRole("option", { name }).first().waitFor();
    await box.press("ArrowDown");
    await box.press("Enter");
  }

  /** Ends the dialog with its last button, and is told what came of it. */
  async finishes(name, sentence) {
    await this.form.getByRole("button", { name, exact: true }).click();
    await this.told(sentence);
  }

  told = (sentence) => this.page.locator(".toast").getByText(sentence, { exact: true }).waitFor();
  closes = () => this.page.keyboard.press("Escape");
  sees = (text) => this.page.getByText(text).first().waitFor();
  foresees = (text) => this.form.locator(".preview").getByText(text).first().waitFor();
  has = (name, row) => this.button(name, row).first().waitFor();

  /** What the navigation offers. */
  places = () => this.page.locator(".side .nav-link > span:nth-of-type(1)").allInnerTexts();

  /** A button is not there, and the command behind it, sent by hand, is refused for that reason. */
  async lacks(name, command, reason, row) {
    expect(await this.button(name, row).count(), 0, `buttons “${name}” where there may be none`);
    await this.cannot(command, reason);
  }

  /** A button is there and says why it may not be pressed, and what stands behind it is refused as well; gives what it says. */
  async mayNot(name, command, reason, row) {
    const button = this.button(name, row).first();
    await button.waitFor();
    expect(await button.getAttribute("aria-disabled"), "true", `“${name}” cannot be pressed`);
    const says = await described(button);
    must(says.length > 0, `“${name}” does not say why`);
    await this.cannot(command, reason);
    return says;
  }

  /** The dialog says why it cannot be ended, and what it would send is refused as well. */
  async cannotFinish(name, says, command, reason) {
    await this.form.getByText(says).first().waitFor();
    const button = this.form.getByRole("button", { name, exact: true });
    must(await button.isDisabled(), `“${name}” can be pressed`);
    must((await described(button)).length > 0, `“${name}” does not say why it cannot be pressed`);
    await this.cannot(command, reason);
  }

  /** The authority refuses a command that this person sends past the page. */
  async cannot(command, reason) {
    const answer = await send(this.page, this.organization, command);
    must(answer.status >= 400 && answer.status < 500, `${JSON.stringify(command)} was answered ${answer.status}`);
    expect(answer.reason, reason, `the reason why ${JSON.stringify(command)} is refused`);
    must(answer.text.length > 0, `${JSON.stringify(command)} is refused without a sentence`);
  }

  /** The organization whose page is open. */
  get organization() {
    return decodeURIComponent(new URL(this.page.url()).hash.split("/")[2]);
  }
}
