import { VsphereError } from "../errors.ts";
import type { Progress, ProgressOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { Transfer } from "../transport/transport.ts";

/** Bytes sent at a time. */
const piece = 2 ** 18;

function transferOf(session: Session): Transfer {
  const { transfer } = session.transport;
  if (transfer) return transfer;
  throw new VsphereError("NotSupported", "This connection cannot move files from and to guests.");
}

/** Throws `NotSupported` before anything is asked of a server whose URLs cannot be reached. */
export const requireTransfer = (session: Session): void => void transferOf(session);

const progress = (activity: string, done: number, total: number): Progress => ({ activity, done, total, failed: 0 });

/** All bytes behind a URL, which must be as many as were announced. */
export async function receive(
  session: Session,
  url: string,
  size: number,
  activity: string,
  { signal, onProgress }: ProgressOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let done = 0;
  for await (const chunk of transferOf(session).download(url, signal)) {
    chunks.push(chunk);
    done += chunk.length;
    onProgress?.(progress(activity, done, size));
  }
  if (done !== size) throw new VsphereError("BadAnswer", `${activity}: ${size} bytes were announced, ${done} came.`);
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

export async function send(
  session: Session,
  url: string,
  bytes: Uint8Array,
  activity: string,
  { signal, onProgress }: ProgressOptions,
): Promise<void> {
  function* pieces(): Generator<Uint8Array, void> {
    for (let at = 0; at < bytes.length; at += piece) {
      yield bytes.subarray(at, at + piece);
      onProgress?.(progress(activity, Math.min(bytes.length, at + piece), bytes.length));
    }
  }
  await transferOf(session).upload(url, pieces(), signal);
}
