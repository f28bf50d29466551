/** What a door answers when a request is not one that it can serve: an HTTP status and a line for whoever reads it. */
export class HttpError extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.name = "HttpError";
    this.status = status;
    this.headers = headers;
  }
}

/** For a method of HTTP that a path does not know. */
export const methodNotAllowed = (method: string, allowed: readonly string[]): HttpError =>
  new HttpError(405, `${method} is not for this address: use ${allowed.join(" or ")}.`, { Allow: allowed.join(", ") });
