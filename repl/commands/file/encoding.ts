/** Names that `-Encoding` accepts. UTF-8 without a byte order mark is the default, as in PowerShell 7. */
export const encodings = [
  "utf8",
  "utf8NoBOM",
  "utf8BOM",
  "Default",
  "unicode",
  "bigendianunicode",
  "ascii",
  "ansi",
  "latin1",
  "oem",
] as const;

/**
 * `text` as the bytes of a file in this encoding, with its byte order mark where the encoding has one; without it when
 * the text is `added` to a file.
 */
export function encodeText(text: string, encoding = "utf8", added = false): Buffer {
  const marked = added ? text : `\ufeff${text}`;
  switch (encoding) {
    case "utf8BOM":
      return Buffer.from(marked, "utf8");
    case "unicode":
      return Buffer.from(marked, "utf16le");
    case "bigendianunicode":
      return Buffer.from(marked, "utf16le").swap16();
    case "ascii":
      return Buffer.from(text.replace(/[^\x00-\x7f]/gu, "?"), "latin1");
    case "ansi":
    case "latin1":
    case "oem":
      return Buffer.from(text.replace(/[^\x00-\xff]/gu, "?"), "latin1");
    default:
      return Buffer.from(text, "utf8");
  }
}

/** The text in a file's bytes: a byte order mark decides, without one the encoding that was asked for. */
export function decodeText(bytes: Buffer, encoding = "utf8"): string {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString("utf8", 3);
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString("utf16le", 2);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return bigEndian(bytes.subarray(2));
  switch (encoding) {
    case "unicode":
      return bytes.toString("utf16le");
    case "bigendianunicode":
      return bigEndian(bytes);
    case "ansi":
    case "latin1":
    case "oem":
      return bytes.toString("latin1");
    default:
      return bytes.toString("utf8");
  }
}

function bigEndian(bytes: Buffer): string {
  return Buffer.from(bytes.subarray(0, bytes.length & ~1))
    .swap16()
    .toString("utf16le");
}
