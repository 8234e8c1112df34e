/** The network between one browser and the backend, which can be cut, or swallow bytes in silence. */
import { connect, createServer, type Server, type Socket } from "node:net";

export class Cable {
  private readonly sockets = new Set<Socket>();
  private whole = true;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(target: string): Promise<Cable> {
    const { hostname, port } = new URL(target);
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const address = server.address();
    const own = typeof address === "object" && address ? address.port : 0;
    const cable = new Cable(server, `http://127.0.0.1:${own}`);
    server.on("connection", (socket) => cable.join(socket, hostname, Number(port)));
    return cable;
  }

  cut(): void {
    this.whole = false;
    for (const socket of this.sockets) socket.destroy();
  }

  /** What a laptop leaves behind that falls asleep: connections that only look alive. */
  silence(): void {
    this.whole = false;
    for (const socket of this.sockets) {
      socket.unpipe();
      socket.resume();
    }
  }

  /** New connections come about again; the old ones stay as they were left. */
  mend(): void {
    this.whole = true;
  }

  async remove(): Promise<void> {
    this.cut();
    await new Promise((done) => this.server.close(done));
  }

  private join(near: Socket, host: string, port: number): void {
    if (!this.whole) {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(one);
      one.pipe(other);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        this.sockets.delete(one);
        other.destroy();
      });
    }
  }
}
