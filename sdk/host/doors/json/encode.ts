import type { ValueInfo } from "../../../vim/schema.ts";
import { type Out, Writer } from "./write.ts";

const writers = new Map<number, Writer>();

/** How values are written for a release, by its rank. */
export function writerOf(rank: number): Writer {
  const known = writers.get(rank);
  if (known) return known;
  const made = new Writer(rank);
  writers.set(rank, made);
  return made;
}

/** Pieces are about this long: what is flushed while the rest is still being written. */
const pieceLength = 64 * 1024;
/** Long lists are this near to the top: `RetrieveResult.objects`, `UpdateSet.filterSet.objectSet`. */
const deepest = 3;

/**
 * A value of a declared type as JSON, in pieces: all of it is never in memory at one time. A small one is one piece.
 */
export function* encode(info: ValueInfo, value: unknown, rank: number): Generator<string, void, undefined> {
  const out: Out = { text: "" };
  yield* pieces(writerOf(rank), info, value, out, 0);
  if (out.text !== "") yield out.text;
}

function* pieces(
  writer: Writer,
  info: ValueInfo,
  value: unknown,
  out: Out,
  depth: number,
): Generator<string, void, undefined> {
  if (info.array && Array.isArray(value)) {
    const one = { ...info, array: false };
    out.text += "[";
    for (let i = 0; i < value.length; i++) {
      if (i > 0) out.text += ",";
      yield* pieces(writer, one, value[i], out, depth + 1);
      if (out.text.length >= pieceLength) {
        yield out.text;
        out.text = "";
      }
    }
    out.text += "]";
    return;
  }
  if (depth >= deepest || info.array || !holdsLists.has(info.type) || typeof value !== "object" || value === null) {
    writer.slot(info)(value, out);
    return;
  }
  const shape = writer.shapeOf({ ...value }, info.type);
  out.text += shape.head;
  for (const [name, field] of Object.entries(value)) {
    const member = field === undefined ? undefined : shape.member(name);
    const property = shape.info?.property(name);
    if (!member || !property) continue;
    out.text += member.key;
    if (member.context) member.context(field, { ...value }, out);
    else yield* pieces(writer, property, field, out, depth + 1);
  }
  out.text += "}";
}

/** What the property collector answers with: there is no end to how long it may be. */
const holdsLists: ReadonlySet<string> = new Set(["RetrieveResult", "UpdateSet", "PropertyFilterUpdate"]);
