import { bringFile, clientSession, type FetchableFile, fetchFile, removeFile } from "../../datastore/door.ts";
import { indexAt } from "../../datastore/index-page.ts";
import type { Connection } from "../../session/connection.ts";
import type { Exchange } from "../exchange.ts";
import { HttpError } from "../http-error.ts";
import { pageOf } from "./page.ts";
import { rangeOf } from "./range.ts";

const html = {
  "Content-Type": "text/html; charset=utf-8",
  "Content-Security-Policy": "default-src 'none'",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};

/** `/folder`: the files of datastores. */
export async function answerFolder(exchange: Exchange, connection: Connection): Promise<void> {
  const { method, host } = exchange;
  const url = targetOf(exchange);
  if (method === "PUT") return await take(exchange, connection, url);
  if (method === "DELETE") {
    removeFile(host, connection, url);
    return exchange.answer(204, {});
  }
  const page = indexAt(host, clientSession(host, connection), url);
  if (page) return exchange.answer(200, html, [...pageOf(page)].join(""));
  await send(exchange, fetchFile(host, connection, url, exchange.signal));
}

/** The host's own name for its only datacenter stands for any: tickets are for a host, and vCenter's clients then say it so. */
function targetOf({ path, query }: Exchange): string {
  const asked = new URLSearchParams(query);
  if (asked.get("dcPath") === "ha-datacenter") asked.delete("dcPath");
  return asked.size === 0 ? path : `${path}?${asked}`;
}

async function send(exchange: Exchange, file: FetchableFile): Promise<void> {
  const { size, modified, tag } = file;
  const { headers, method } = exchange;
  const etag = tag === undefined ? undefined : `"${tag}"`;
  const date = modified > 0 ? new Date(modified).toUTCString() : undefined;
  const head: Record<string, string> = {
    "Content-Type": "application/octet-stream",
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    ...(date === undefined ? {} : { "Last-Modified": date }),
    ...(etag === undefined ? {} : { ETag: etag }),
  };
  if (etag !== undefined && names(headers["if-none-match"], etag)) return exchange.answer(304, head);
  const condition = headers["if-range"];
  const same = condition === undefined || condition === etag || condition === date;
  const range = same && method === "GET" ? rangeOf(headers.range, size) : undefined;
  if (range === "unsatisfiable")
    throw new HttpError(416, `The file has ${size} bytes.`, { "Content-Range": `bytes */${size}` });
  const { from, to } = range ?? { from: 0, to: size };
  head["Content-Length"] = String(to - from);
  if (range) head["Content-Range"] = `bytes ${from}-${to - 1}/${size}`;
  if (method === "HEAD") return exchange.answer(200, head);
  await exchange.stream(range ? 206 : 200, head, file.range(from, to));
}

const names = (header: string | undefined, tag: string): boolean =>
  header?.split(",", 100).some((one) => one.trim().replace(/^W\//, "") === tag) ?? false;

/** `Overwrite: F`, as WebDAV has it, keeps what is there; without it vSphere replaces it. */
async function take(exchange: Exchange, connection: Connection, url: string): Promise<void> {
  const { headers, host, signal } = exchange;
  if (headers["content-range"] !== undefined)
    throw new HttpError(400, "A file is brought as a whole: there are no ranges of it to put.");
  const length = headers["content-length"];
  const size = length === undefined ? undefined : Number(length);
  const keeps = /^f(?:alse)?$/i.test(String(headers.overwrite ?? ""));
  const done = await bringFile(host, connection, url, exchange.chunks(), signal, { size, replace: !keeps });
  exchange.answer(done === "created" ? 201 : 200, {});
}
