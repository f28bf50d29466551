import { dataType, managedType, type PropertyInfo, subtypes, type ValueInfo } from "../vim/schema.ts";
import { rankOf } from "./version.ts";

/** What a property path leads to. */
export interface PathType {
  /** One type; more where subtypes on the way have properties of the same name. */
  readonly types: readonly ValueInfo[];
  /** The rank of the first version that knows all of the path. */
  readonly since: number;
}

const mostKept = 5000;
const known = new Map<string, PathType | undefined>();

/**
 * What a property collector's path of a managed type leads to by the schema: `config.hardware.device[4000].backing` of a
 * VirtualMachine is a VirtualDeviceBackingInfo. Undefined where the schema has no such path.
 */
export function typeOfPath(type: string, path: string): PathType | undefined {
  const key = `${type} ${path}`;
  const found = known.get(key);
  if (found !== undefined || known.has(key)) return found;
  const made = follow(type, path);
  // Keys in brackets are without number.
  if (!path.includes("[") && known.size < mostKept) known.set(key, made);
  return made;
}

const step = /([A-Za-z_]\w*)(\[(?:[^"\]]*|"[^"]*")\])?(?:\.|$)/y;

function follow(type: string, path: string): PathType | undefined {
  let types: readonly PropertyInfo[] = [];
  let since = 0;
  for (let at = 0; at < path.length; at = step.lastIndex) {
    step.lastIndex = at;
    const [, name, key] = step.exec(path) ?? [];
    if (name === undefined) return undefined;
    const next = at === 0 ? [managedType(type)?.property(name)] : types.flatMap((one) => membersOf(one.type, name));
    types = next.flatMap((one) => (one ? [key === undefined ? one : { ...one, array: false }] : []));
    if (types.length === 0) return undefined;
    since = Math.max(since, Math.min(...types.map((one) => (one.since === undefined ? 0 : rankOf(one.since)))));
  }
  return types.length === 0 ? undefined : { types, since };
}

/** A property of a data type, or else those of that name that types derived from it have. */
function membersOf(type: string, name: string): readonly (PropertyInfo | undefined)[] {
  const own = dataType(type)?.property(name);
  if (own) return [own];
  const found = new Map<string, PropertyInfo>();
  for (const subtype of subtypes(type)) {
    const property = dataType(subtype)?.property(name);
    if (property) found.set(`${property.type} ${property.array}`, property);
  }
  return [...found.values()];
}
