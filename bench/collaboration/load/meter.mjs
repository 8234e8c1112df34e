/** What a load measures of itself and of the edits it makes; all in this process's one clock. */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";

const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1e6;

export class Meter {
  #latencies = [];
  #from = Number.POSITIVE_INFINITY;
  #until = Number.POSITIVE_INFINITY;
  #cpu = null;
  #lag = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  edits = 0;
  #frames = 0;

  /** Tell the one who measures the server, and start to count. */
  start() {
    this.#from = performance.now();
    this.#cpu = process.cpuUsage();
    this.#lag.enable();
    process.stdout.write('{"now":"start"}\n');
  }

  stop() {
    process.stdout.write('{"now":"stop"}\n');
    this.#until = performance.now();
    this.#cpu = process.cpuUsage(this.#cpu);
    this.#lag.disable();
  }

  wrote(at) {
    if (this.#counts(at)) this.edits += 1;
  }

  /** Count a frame of text that somebody received. */
  heard() {
    if (this.#counts(performance.now())) this.#frames += 1;
  }

  /** Count how long something took that began at `at`. */
  took(at) {
    if (this.#counts(at)) this.#latencies.push(performance.now() - at);
  }

  #counts(at) {
    return at >= this.#from && at < this.#until;
  }

  get deliveries() {
    return this.#latencies.length;
  }

  report() {
    const sorted = Float64Array.from(this.#latencies).sort();
    const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
    const seconds = (this.#until - this.#from) / 1000;
    return {
      seconds,
      edits: this.edits,
      deliveries: sorted.length,
      frames: this.#frames,
      p50: at(0.5) ?? null,
      p95: at(0.95) ?? null,
      p99: at(0.99) ?? null,
      // How busy the load itself was: near 1 it measures itself, not the server.
      client_cpu: (this.#cpu.user + this.#cpu.system) / 1e6 / seconds,
      client_lag_p99: this.#lag.percentile(99) / NANOSECONDS_PER_MS - RESOLUTION_MS,
    };
  }
}
