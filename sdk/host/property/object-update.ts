import type { vim } from "../../vim/index.ts";
import { type Bytes, inputs, type Reader } from "../properties/derivation.ts";
import type { Access } from "./access.ts";
import { type Comparison, changesOf } from "./compare.ts";
import { noPermission } from "./content.ts";
import { equal } from "./equal.ts";
import type { Found } from "./objects.ts";
import { changesWithin } from "./partial.ts";
import { type Path, valueAt } from "./path.ts";
import { assign } from "./property-change.ts";

/** A state as a session may see it. */
export interface Sight {
  readonly reader: Reader;
  readonly access: Access;
}

/** All values of an object, as it is told of for the first time, or again when more or less of it may be read than before. */
export function wholeUpdate(
  kind: "enter" | "modify",
  found: Found,
  paths: readonly Path[],
  { reader, access }: Sight,
  bytes: Bytes,
): vim.ObjectUpdate {
  const sight = access.sight(found);
  const changeSet: vim.PropertyChange[] = [];
  const missingSet: vim.MissingProperty[] = [];
  for (const path of paths) {
    if (!access.allows(found, sight, path.privilege)) {
      missingSet.push(noPermission(found, path));
      continue;
    }
    const value = valueAt(path, found.record, reader, bytes);
    if (value !== undefined || kind === "modify") changeSet.push(assign(path.text, value, path.info.type));
  }
  const update = { kind, obj: found.ref, changeSet: Object.freeze(changeSet) };
  return Object.freeze(missingSet.length === 0 ? update : { ...update, missingSet: Object.freeze(missingSet) });
}

/** What has changed of an object; undefined if that is nothing. */
export function modifyUpdate(
  found: Found,
  paths: readonly Path[],
  { access }: Sight,
  object: Comparison,
  partial: boolean,
): vim.ObjectUpdate | undefined {
  const sight = access.sight(found);
  const changeSet: vim.PropertyChange[] = [];
  for (const path of paths) {
    const changes = changesOf(path, object, partial);
    if (changes.length > 0 && access.allows(found, sight, path.privilege)) changeSet.push(...changes);
  }
  if (changeSet.length === 0) return undefined;
  return Object.freeze({ kind: "modify", obj: found.ref, changeSet: Object.freeze(changeSet) });
}

/** The present values of an object that no state remembers, to be compared with later. */
export function valuesOf(
  found: Found,
  paths: readonly Path[],
  reader: Reader,
  bytes: Bytes,
): ReadonlyMap<string, unknown> {
  const told = paths.filter((path) => (path.inputs & inputs.moment) === 0);
  return new Map(told.map((path) => [path.text, valueAt(path, found.record, reader, bytes)]));
}

/** What has changed of such an object since. */
export function valuesUpdate(
  found: Found,
  paths: readonly Path[],
  { access }: Sight,
  { before, after }: { readonly before: ReadonlyMap<string, unknown>; readonly after: ReadonlyMap<string, unknown> },
  partial: boolean,
): vim.ObjectUpdate | undefined {
  const sight = access.sight(found);
  const changeSet = paths
    .filter(
      ({ text, privilege }) => !equal(before.get(text), after.get(text)) && access.allows(found, sight, privilege),
    )
    .flatMap(({ text, info }) =>
      partial
        ? changesWithin(text, before.get(text), after.get(text), info.type)
        : [assign(text, after.get(text), info.type)],
    );
  if (changeSet.length === 0) return undefined;
  return Object.freeze({ kind: "modify", obj: found.ref, changeSet: Object.freeze(changeSet) });
}
