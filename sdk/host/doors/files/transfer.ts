import type { Exchange } from "../exchange.ts";
import { HttpError, methodNotAllowed } from "../http-error.ts";

/** `/nfc` and `/guestFile`: what a lease or a guest operation has given out a URL for. Who has the URL needs no session. */
export async function answerTransfer(exchange: Exchange): Promise<void> {
  const { path, method, headers, host, signal } = exchange;
  const url = exchange.query.size === 0 ? path : `${path}?${exchange.query}`;
  const { way, size } = host.tickets.peek(url);
  const fetching = method === "GET" || method === "HEAD";
  if (fetching !== (way === "download"))
    throw methodNotAllowed(
      method,
      way === "download" ? ["GET", "HEAD"] : path.startsWith("/nfc/") ? ["POST", "PUT"] : ["PUT"],
    );
  if (!fetching) {
    const length = headers["content-length"];
    // Not begun, the URL is good for another try.
    if (size !== undefined && length !== undefined && Number(length) !== size)
      throw new HttpError(400, `${size} bytes were announced, but ${length} are to be sent: nothing was changed.`);
    await host.upload(url, exchange.chunks(), signal);
    return exchange.answer(200, {});
  }
  const vmdk = path.endsWith(".vmdk");
  const head: Record<string, string> = {
    "Content-Type": vmdk ? "application/x-vnd.vmware-streamVmdk" : "application/octet-stream",
    "X-Content-Type-Options": "nosniff",
    ...(size === undefined ? {} : { "Content-Length": String(size) }),
  };
  if (method === "HEAD") await exchange.stream(200, head, []);
  else await exchange.stream(200, head, host.download(url, signal));
}
