import type { ManagedType, Ref } from "../../vim/index.ts";
import type { Core } from "../core.ts";
import { fault, invalidArgument, notFound } from "../faults.ts";
import { inputs, noBytes } from "../properties/derivation.ts";
import type { Session } from "../session/session.ts";
import { Access } from "./access.ts";
import { bytesOf } from "./bytes.ts";
import { lookUp } from "./objects.ts";
import { pathOf, valueAt } from "./path.ts";
import { readerOf } from "./reader.ts";
import { requireType } from "./selection.ts";

/**
 * One property of one object: what `Fetch` answers, a method that every object has and no schema lists, and what a property's own
 * address gives; `args` is `{ prop }`. Undefined where it is unset. Throws ManagedObjectNotFound, InvalidProperty, NoPermission, NotAuthenticated.
 */
export function fetchProperty(core: Core, session: Session | undefined, ref: Ref<ManagedType>, args: unknown): unknown {
  const path = typeof args === "object" && args !== null && "prop" in args ? args.prop : undefined;
  if (typeof path !== "string") throw invalidArgument("prop", "It must be the path of a property.");
  const compiled = pathOf(requireType(ref.type), path);
  const reader = readerOf(core, session);
  const found = lookUp(reader, ref);
  if (!found) throw notFound(ref);
  const access = new Access(reader);
  if (!access.allows(found, access.sight(found), compiled.privilege)) {
    throw fault(
      "NoPermission",
      { object: ref, privilegeId: compiled.privilege },
      `Permission to read '${path}' was denied: it takes ${compiled.privilege}.`,
    );
  }
  const bytes = compiled.inputs & inputs.bytes ? bytesOf(found.key, reader) : noBytes;
  return valueAt(compiled, found.record, reader, bytes);
}
