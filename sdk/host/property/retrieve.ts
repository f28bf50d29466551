import type { vim } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import { notFound } from "../faults.ts";
import type { Reader } from "../properties/derivation.ts";
import type { Session } from "../session/session.ts";
import { Access } from "./access.ts";
import { contentOf } from "./content.ts";
import { walk } from "./edges.ts";
import { find, type Key, lookUp } from "./objects.ts";
import { readerOf } from "./reader.ts";
import { compileSpec, type FilterSpec } from "./spec.ts";

/**
 * What some specs select of the present state, object by object: values are made as they are asked for. Specs are checked and
 * objects selected at once: throws InvalidProperty, InvalidType, InvalidArgument and ManagedObjectNotFound.
 */
export function retrieve(
  core: Core,
  session: Session | undefined,
  specSet: readonly vim.PropertyFilterSpec[],
): Generator<vim.ObjectContent, void, undefined> {
  const reader = readerOf(core, session);
  const selected = specSet.map((given) => {
    const spec = compileSpec(given);
    return { spec, keys: select(spec, reader) };
  });
  return contents(selected, reader);
}

function select(spec: FilterSpec, reader: Reader): Key[] {
  const keys: Key[] = [];
  const roots = spec.roots.flatMap(({ ref, report, selection }) => {
    const found = lookUp(reader, ref);
    if (found) return [{ key: found.key, report, selection }];
    if (spec.tolerant) return [];
    throw notFound(ref);
  });
  walk(roots, reader, (key) => keys.push(key));
  return keys;
}

function* contents(
  selected: readonly { readonly spec: FilterSpec; readonly keys: readonly Key[] }[],
  reader: Reader,
): Generator<vim.ObjectContent, void, undefined> {
  const access = new Access(reader);
  for (const { spec, keys } of selected) {
    for (const key of keys) {
      const found = find(reader, key);
      const paths = found && spec.pathsOf(found.type);
      // What is come upon and may not be seen is not there; what is named is, with nothing to be read.
      if (paths && (access.sight(found) !== "none" || spec.names(found))) yield contentOf(found, paths, reader, access);
    }
  }
}
