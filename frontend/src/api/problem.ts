/** What the server answers when it cannot do what was asked (RFC 9457), as an error to throw. */
import type { components } from "./schema.gen";

type PointedError = components["schemas"]["PointedError"];

/** The one code that never comes from the server: nothing answered at all. */
export const UNREACHABLE = "unreachable";

interface Parts {
  status: number;
  code: string;
  title: string;
  detail: string;
  requestId: string;
  errors: PointedError[];
  retryAfter: number | null;
}

/** Branch on `code`, show `title` and `detail`, and hand people the `requestId`. */
export class ApiProblem extends Error implements Parts {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors: PointedError[];
  /** Seconds the server asks to wait, when it says so. */
  readonly retryAfter: number | null;

  constructor(parts: Parts, options?: ErrorOptions) {
    super(parts.detail || parts.title, options);
    this.name = "ApiProblem";
    this.status = parts.status;
    this.code = parts.code;
    this.title = parts.title;
    this.detail = parts.detail;
    this.requestId = parts.requestId;
    this.errors = parts.errors;
    this.retryAfter = parts.retryAfter;
  }

  /** What is said about one member of the body that was sent, such as `/password/current`. */
  at(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }

  /** What is said about the top members of the body that was sent, by their names. */
  byField(): Record<string, string> {
    return Object.fromEntries(
      this.errors.map(({ pointer, detail }) => [pointer.split("/")[1] ?? "", detail]),
    );
  }
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code);
}

/** The error, unless fields of a form say all of it already. */
export function beyondFields(error: unknown, fields: readonly string[]): unknown {
  if (!isProblem(error) || error.errors.length === 0) return error;
  return Object.keys(error.byField()).every((field) => fields.includes(field)) ? null : error;
}

/** Nothing came back: no network, or the server is not running. */
export function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem(
    {
      status: 0,
      code: UNREACHABLE,
      title: "The server cannot be reached",
      detail: "Check your connection; nothing you wrote is lost.",
      requestId: "",
      errors: [],
      retryAfter: null,
    },
    { cause },
  );
}

/** Reads an answer outside 2xx; a proxy's HTML page becomes a problem too. */
export function problemFrom(response: Response, body: unknown): ApiProblem {
  const said: Partial<components["schemas"]["ProblemBody"]> =
    typeof body === "object" && body !== null ? body : {};
  return new ApiProblem({
    status: response.status,
    code: said.code ?? "unknown",
    title: said.title ?? "That did not work",
    detail: said.detail ?? `The server answered ${response.status}.`,
    requestId: said.request_id ?? response.headers.get("X-Request-Id") ?? "",
    errors: said.errors ?? [],
    retryAfter: secondsToWait(response.headers.get("Retry-After")),
  });
}

function secondsToWait(header: string | null): number | null {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) ? Math.max(0, Math.ceil(seconds)) : null;
}
