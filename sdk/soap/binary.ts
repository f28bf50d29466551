const alphabet = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes that a text in base64 stands for, or undefined where it is no base64. Space may be anywhere in it. */
export function bytesIn(text: string): Uint8Array | undefined {
  const compact = /[ \t\r\n]/.test(text) ? text.replace(/[ \t\r\n]+/g, "") : text;
  return isBase64(compact) ? new Uint8Array(Buffer.from(compact, "base64")) : undefined;
}

/** In parts: a regular expression over all of many megabytes would need as much of the stack. */
function isBase64(text: string): boolean {
  if (text.length % 4 !== 0) return false;
  const part = 4096;
  for (let at = 0; at < text.length; at += part) {
    const some = text.slice(at, at + part);
    if (!alphabet.test(some) || (some.endsWith("=") && at + part < text.length)) return false;
  }
  return true;
}

/** Bytes as base64. */
export const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64");
