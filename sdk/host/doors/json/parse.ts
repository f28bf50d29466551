import { HttpError } from "../http-error.ts";

/** No specification nests as deep. */
const deepest = 200;

/**
 * A number beyond 2^53, which JSON.parse would round: an object whose only member has no name. No data object has one.
 */
export function wideIn(value: unknown): bigint | undefined {
  if (typeof value !== "object" || value === null || !("" in value)) return undefined;
  const digits = value[""];
  return typeof digits === "string" && /^-?\d{16,20}$/.test(digits) ? BigInt(digits) : undefined;
}

/** Parses JSON; numbers of 16 digits and more stay exact (see `wideIn`). Throws HttpError 400 for what is no JSON or nests too deep. */
export function parseJson(text: string): unknown {
  requireShallow(text);
  try {
    return JSON.parse(/\d{16}/.test(text) ? keepWide(text) : text);
  } catch {
    throw new HttpError(400, "The body of the request is not JSON.");
  }
}

/** Strings, long whole numbers, and all between them, so that digits in strings are left alone. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"?|-?\d{16,20}(?![\d.eE])|-?\d[\d.eE+-]*/gs;

const keepWide = (text: string): string =>
  text.replace(token, (found) => (/^-?\d{16,20}$/.test(found) && unsafe(found) ? `{"":"${found}"}` : found));

// Zeros in front are not JSON's, and the parser is to say so.
const unsafe = (digits: string) => !/^-?0/.test(digits) && !Number.isSafeInteger(Number(digits));

function requireShallow(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === 0x5c) at++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > deepest) throw new HttpError(400, "The body of the request is nested too deeply.");
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
}
