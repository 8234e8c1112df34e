/** The real backend on a free port, with its own PostgreSQL in a folder that goes with it. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const ROOT = resolve(import.meta.dirname, "../../..");
const PROGRAM = join(ROOT, ".venv/bin/secondstory");
const PYTHON = join(ROOT, ".venv/bin/python");
const START_DATABASE =
  "import sys, embedded_postgres as e; e.get_server(sys.argv[1], cleanup_mode=None)";
const START_MS = 60_000;
const STOP_MS = 10_000;

export const ADMIN = {
  email: "ada@example.org",
  password: "a long enough password",
  name: "Ada",
};

export class Backend {
  private process: ChildProcess | null = null;
  /** What it has printed, set-up link included. */
  output = "";

  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** `setUp`: with an administrator already; without, it prints its set-up link. */
  static async start({ setUp }: { setUp: boolean }): Promise<Backend> {
    const port = await freePort();
    const folder = await mkdtemp(join(tmpdir(), "secondstory-e2e-"));
    const administrator = {
      SECONDSTORY_ADMIN_EMAIL: ADMIN.email,
      SECONDSTORY_ADMIN_PASSWORD: ADMIN.password,
    };
    const backend = new Backend(`http://127.0.0.1:${port}`, folder, {
      ...process.env,
      ...(setUp ? administrator : {}),
      SECONDSTORY_DATA_DIR: folder,
      SECONDSTORY_HOST: "127.0.0.1",
      SECONDSTORY_PORT: String(port),
    });
    try {
      await backend.run();
    } catch (error) {
      await backend.stop();
      throw error;
    }
    return backend;
  }

  async run(): Promise<void> {
    const child = spawn(PROGRAM, ["serve"], { env: this.environment, cwd: ROOT });
    this.process = child;
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (text) => {
        this.output += text;
      });
    const until = Date.now() + START_MS;
    while (!(await this.answers())) {
      if (child.exitCode !== null || Date.now() > until)
        throw new Error(`The backend did not start.\n${this.output}`);
      await pause(100);
    }
  }

  /** By default with a goodbye to everybody; killed, its database is left running. */
  async halt(signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> {
    const child = this.process;
    this.process = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((done) => child.once("exit", done));
    child.kill(signal);
    await Promise.race([ended, pause(STOP_MS)]);
    if (child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
  }

  /** The database ends where it stands, as if its machine had lost power. */
  async killDatabase(): Promise<void> {
    const folder = join(this.folder, "postgres");
    const [postmaster = ""] = (await readFile(join(folder, "postmaster.pid"), "utf8")).split("\n");
    const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, "utf8");
    for (const pid of [postmaster, ...children.trim().split(" ")])
      process.kill(Number(pid), "SIGKILL");
    // PostgreSQL believes these for as long as nobody has collected the dead process.
    await rm(join(folder, "postmaster.pid"));
    await rm(join(folder, ".s.PGSQL.5432.lock"));
  }

  async startDatabase(): Promise<void> {
    await promisify(execFile)(PYTHON, [
      "-W",
      "ignore",
      "-c",
      START_DATABASE,
      join(this.folder, "postgres"),
    ]);
  }

  async stop(): Promise<void> {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(`${this.url}/healthz`)).ok;
    } catch {
      return false;
    }
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => found(typeof address === "object" && address ? address.port : 0));
    });
  });
}
