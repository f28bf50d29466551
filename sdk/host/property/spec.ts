import type { Ref, vim } from "../../vim/index.ts";
import { isSubtype, type ManagedInfo, managedType } from "../../vim/schema.ts";
import type { Found } from "./objects.ts";
import { allPaths, type Path, pathOf } from "./path.ts";
import { mayReturn } from "./ring.ts";
import { requireType, type Selection, selectionOf } from "./selection.ts";

/** A property filter spec, checked and made ready. */
export interface FilterSpec {
  readonly roots: readonly Root[];
  /** The paths that are asked of objects of a concrete type; undefined: such objects are not reported. */
  pathsOf(type: string): readonly Path[] | undefined;
  /** Whether an object is named, so that it is reported even if nothing of it may be read. */
  names(found: Found): boolean;
  /** Whether the selection must be walked anew after a change. */
  readonly returns: boolean;
  /** Objects that are not there are no mistake. */
  readonly tolerant: boolean;
}

/** An object that the selection starts from. */
export interface Root {
  readonly ref: Ref;
  readonly report: boolean;
  readonly selection: Selection;
}

/**
 * Checks a filter spec against the schema and makes it ready. Throws InvalidProperty, which names the path, InvalidType, which
 * names the type, or InvalidArgument.
 */
export function compileSpec(spec: vim.PropertyFilterSpec): FilterSpec {
  const asked = spec.propSet.map((set) => {
    const type = requireType(set.type);
    // Paths are checked on the type that is named, also where objects of no such type turn up.
    // Who wants everything is not asked which paths: vCenter does not look at them then.
    const paths = set.all ? [] : (set.pathSet ?? []);
    for (const path of paths) pathOf(type, path);
    return { type, all: set.all ?? false, paths };
  });
  const known = new Map<string, readonly Path[] | undefined>();
  const roots = spec.objectSet.map(({ obj, skip, selectSet }) => ({
    ref: obj,
    report: !skip,
    selection: selectionOf(selectSet),
  }));
  const named = new Set(roots.map(({ ref }) => ref.value));
  return {
    roots,
    pathsOf(type) {
      if (known.has(type)) return known.get(type);
      const info = managedType(type);
      const sets = asked.filter((set) => isSubtype(type, set.type.name));
      const paths = info && sets.length > 0 ? pathsFor(info, sets) : undefined;
      known.set(type, paths);
      return paths;
    },
    names: ({ ref }) => named.has(ref.value),
    returns: roots.some(({ selection }) => mayReturn(selection)),
    tolerant: spec.reportMissingObjectsInResults ?? false,
  };
}

/** All that is asked of a type, also by way of the types above it, each path once. */
function pathsFor(
  type: ManagedInfo,
  sets: readonly { readonly all: boolean; readonly paths: readonly string[] }[],
): readonly Path[] {
  const paths = new Map<string, Path>();
  for (const set of sets) {
    const list = set.all ? allPaths(type) : set.paths.map((path) => pathOf(type, path));
    for (const path of list) paths.set(path.text, path);
  }
  return [...paths.values()];
}
