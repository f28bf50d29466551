import type { vim } from "../../vim/index.ts";
import { fault } from "../faults.ts";
import { inputs, noBytes, type Reader } from "../properties/derivation.ts";
import type { Access } from "./access.ts";
import { bytesOf } from "./bytes.ts";
import type { Found } from "./objects.ts";
import { type Path, valueAt } from "./path.ts";

/** The values of an object at some paths; what is unset is left out, what may not be read is said to be missing. */
export function contentOf(found: Found, paths: readonly Path[], reader: Reader, access: Access): vim.ObjectContent {
  const sight = access.sight(found);
  const bytes = paths.some((path) => path.inputs & inputs.bytes) ? bytesOf(found.key, reader) : noBytes;
  const propSet: vim.DynamicProperty[] = [];
  let missingSet: vim.MissingProperty[] | undefined;
  for (const path of paths) {
    if ((path.privilege !== "System.View" && path.privilege !== "System.Read") || sight !== "read") {
      if (!access.allows(found, sight, path.privilege)) {
        missingSet ??= [];
        missingSet.push(noPermission(found, path));
        continue;
      }
    }
    const val = valueAt(path, found.record, reader, bytes);
    if (val !== undefined) propSet.push(Object.freeze({ name: path.text, val }));
  }
  const content = { obj: found.ref, propSet: Object.freeze(propSet) };
  return Object.freeze(missingSet ? { ...content, missingSet: Object.freeze(missingSet) } : content);
}

/** Why a property is missing. */
export function noPermission({ ref }: Found, path: Path): vim.MissingProperty {
  const denied = fault(
    "NoPermission",
    { object: ref, privilegeId: path.privilege },
    `Permission to read '${path.text}' was denied: it takes ${path.privilege}.`,
  );
  return Object.freeze({ path: path.text, fault: denied.localized });
}
