/** What a load measures of the edits it makes, and of itself; all in one clock. */
import { monitorEventLoopDelay, performance } from "node:perf_hooks";

const RESOLUTION_MS = 1;
const NANOSECONDS_PER_MS = 1e6;

export class Meter {
  #say;
  #latencies = [];
  #from = Number.POSITIVE_INFINITY;
  #until = Number.POSITIVE_INFINITY;
  #lag = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #edits = 0;
  #frames = 0;

  /** `say` is told "start" and "stop", for those who measure something else at the same time. */
  constructor(say) {
    this.#say = say;
  }

  start() {
    this.#from = performance.now();
    this.#lag.enable();
    this.#say("start");
  }

  stop() {
    this.#say("stop");
    this.#until = performance.now();
    this.#lag.disable();
  }

  wrote(at) {
    if (this.#counts(at)) this.#edits += 1;
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

  get edits() {
    return this.#edits;
  }

  get deliveries() {
    return this.#latencies.length;
  }

  read() {
    return {
      seconds: (this.#until - this.#from) / 1000,
      edits: this.#edits,
      frames: this.#frames,
      latencies: Float64Array.from(this.#latencies),
      lag_p99: Math.max(0, this.#lag.percentile(99) / NANOSECONDS_PER_MS - RESOLUTION_MS),
    };
  }
}

/** Put together what several meters read at the same time. */
export function summary(readings, cpu) {
  const sum = (name) => readings.reduce((total, reading) => total + reading[name], 0);
  const sorted = Float64Array.from(readings.flatMap(({ latencies }) => [...latencies])).sort();
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  const seconds = sum("seconds") / readings.length;
  return {
    seconds,
    edits: sum("edits"),
    frames: sum("frames"),
    deliveries: sorted.length,
    p50: at(0.5) ?? null,
    p95: at(0.95) ?? null,
    p99: at(0.99) ?? null,
    // How busy the load itself was. Much lag: it measures itself, not the server.
    client_cpu: (cpu.user + cpu.system) / 1e6 / seconds,
    client_lag_p99: Math.max(...readings.map(({ lag_p99 }) => lag_p99)),
  };
}
