import type { TypeName } from "../ast/expressions.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import type { Exception } from "../errors/exception.ts";
import { sameType } from "../types/is-of-type.ts";
import { typeText } from "./types.ts";

/** Whether `catch [A], [B]` takes an error: by the types of its exception, or of the one inside it. */
export function catches(types: readonly TypeName[]): (record: ErrorRecord) => boolean {
  if (types.length === 0) return () => true;
  const names = types.map(typeText);
  const takes = (exception: Exception | undefined): boolean =>
    exception !== undefined &&
    (exception.typeNames.some((known) => names.some((name) => sameType(known, name))) || takes(exception.inner));
  return (record) => takes(record.exception);
}
