import { VsphereError } from "../errors.ts";
import type { Http } from "./http.ts";
import type { Transfer } from "./transport.ts";

/** Moves bytes from and to URLs of a server: those that it gives out, and files of its datastores. */
export function httpTransfer(http: Http, cookie: () => string | undefined): Transfer {
  const headers = (): Record<string, string> => {
    const session = cookie();
    return session === undefined ? {} : { Cookie: session };
  };
  return {
    async *download(url, signal) {
      const what = "The download";
      const { status, body } = await http.send({
        method: "GET",
        path: pathOf(url, http),
        headers: headers(),
        signal,
        what,
      });
      if (status >= 300) throw refused(what, status, await shown(body));
      yield* body;
    },
    async upload(url, chunks, signal) {
      const what = "The upload";
      const path = pathOf(url, http);
      // vSphere takes disks of a lease by POST, files by PUT.
      const method = path.startsWith("/nfc/") ? "POST" : "PUT";
      const type = { "Content-Type": "application/octet-stream" };
      const sent = { method, path, headers: { ...headers(), ...type }, body: each(chunks), signal, what } as const;
      const { status, body } = await http.send(sent);
      const answer = await shown(body);
      if (status >= 300) throw refused(what, status, answer);
    },
  };
}

/** The path of a URL on this server. A `*` in the place of the host stands for the server that one has asked. */
function pathOf(url: string, { address }: Http): string {
  const [, host, path = "/"] = /^https?:\/\/([^/]*)(\/.*)?$/.exec(url) ?? [undefined, "*", url];
  const own = host === "*" || host === address.host || host === `${address.host}:${address.port}`;
  if (own) return path;
  throw new VsphereError(
    "NotSupported",
    `The bytes are at another server, ${host}: this version moves bytes only with the server it is connected to.`,
  );
}

async function* each(chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** The beginning of what a server says. */
async function shown(body: AsyncIterable<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of body) if (text.length < 300) text += Buffer.from(chunk).toString("utf8");
  return text.replace(/\s+/g, " ").trim().slice(0, 300);
}

const codes: Readonly<Record<number, string>> = { 401: "NotAuthenticated", 403: "NoPermission", 404: "NotFound" };

const refused = (what: string, status: number, text: string): VsphereError =>
  new VsphereError(
    codes[status] ?? "BadAnswer",
    `${what} was refused with HTTP status ${status}${text === "" ? "" : `: ${text}`}`,
  );
