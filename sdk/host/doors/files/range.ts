/** What is asked of a file: bytes from one place on up to another. */
interface ByteRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Reads a `Range` header: `bytes=0-99`, `bytes=100-` or `bytes=-100`. Undefined where all of the file is to be sent: without one, for
 * one that cannot be read, and for several ranges at once, which a server need not serve. `unsatisfiable` where the file has none of it.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const match = /^bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(header ?? "");
  const [, first = "", last = ""] = match ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") {
    const length = Math.min(Number(last), size);
    return length === 0 ? "unsatisfiable" : { from: size - length, to: size };
  }
  const from = Number(first);
  const to = last === "" ? size : Math.min(Number(last) + 1, size);
  if (last !== "" && Number(last) < from) return undefined;
  return from >= size ? "unsatisfiable" : { from, to };
}
