/** The public API, as a script would use it. */

const TRIES = 10;

export interface Row {
  id: string;
  key: string;
  [field: string]: unknown;
}

export class Api {
  private constructor(
    private readonly base: string,
    private readonly cookie: string,
  ) {}

  static async signIn(url: string, email: string, password: string): Promise<Api> {
    const response = await fetch(`${url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ email, password }),
    });
    if (!response.ok) throw new Error(`Signing in: ${response.status} ${await response.text()}`);
    const [cookie = ""] = response.headers.getSetCookie().map((each) => each.split(";")[0]);
    return new Api(`${url}/api/v1`, cookie ?? "");
  }

  get = (path: string) => this.ask<Row>("GET", path);
  list = async (path: string) => (await this.ask<{ items: Row[] }>("GET", path)).items;
  post = (path: string, body: object) => this.ask<Row>("POST", path, body);
  patch = (path: string, body: object) => this.ask<Row>("PATCH", path, body);

  delete = (path: string) => this.ask<void>("DELETE", path);

  /** The session as a browser keeps it. */
  sessionFor(url: string) {
    const [name = "", ...value] = this.cookie.split("=");
    return { name, value: value.join("="), url };
  }

  private async ask<T>(method: string, path: string, body?: object): Promise<T> {
    const send = () =>
      fetch(this.base + path, {
        method,
        headers: { Cookie: this.cookie, "Content-Type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    let response = await send();
    // "Please try again shortly", as connections say that lived before the database came back.
    for (let again = 0; response.status === 503 && again < TRIES; again++) response = await send();
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === "" ? undefined : JSON.parse(text)) as T;
  }
}
