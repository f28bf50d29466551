import { errorOfFault, throwIfAborted, VsphereError } from "../errors.ts";
import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { ManagedType, Ref, Row, vim } from "../vim/index.ts";
import { isSubtype } from "../vim/schema.ts";

/** Objects asked for in one call; a page of the answer is the server's choice. */
const batch = 2_000;

/** Reads properties of many objects: rows in the order of the objects, each with its values by path. */
export async function retrieve<T extends ManagedType, P extends string>(
  session: Session,
  refs: readonly Ref<T>[],
  paths: readonly string[],
  options: CallOptions,
): Promise<Row<T, P>[]> {
  const found = new Map<string, Readonly<Record<string, unknown>>>();
  for (let from = 0; from < refs.length; from += batch) {
    throwIfAborted(options.signal, "Reading properties");
    const spec = filterSpec(refs.slice(from, from + batch), paths);
    for await (const content of contents(session, [spec], options)) found.set(content.obj.value, valuesOf(content));
  }
  return refs.map((ref) => {
    const values = found.get(ref.value);
    if (!values)
      throw new VsphereError("NotFound", `${ref.type} ${ref.value} cannot be read: it is gone, or you may not see it.`);
    // The paths were checked against the type, and the values are what the schema says is there.
    return Object.freeze({ ref, ...values }) as Row<T, P>;
  });
}

/** The pages of one retrieval, object by object. */
export async function* contents(
  session: Session,
  specSet: readonly vim.PropertyFilterSpec[],
  { signal }: CallOptions,
): AsyncGenerator<vim.ObjectContent, void, undefined> {
  const collector = session.content.propertyCollector;
  let page = await session.call(collector, "RetrievePropertiesEx", { specSet, options: {} }, { signal });
  while (page) {
    yield* page.objects ?? [];
    if (page.token === undefined) return;
    page = await session.call(collector, "ContinueRetrievePropertiesEx", { token: page.token }, { signal });
  }
}

/** Asks for the same paths of objects of any types. */
export function filterSpec(refs: readonly Ref[], paths: readonly string[]): vim.PropertyFilterSpec {
  const types = [...new Set(refs.map((ref) => ref.type))].filter(
    (type, _, all) => !all.some((other) => other !== type && isSubtype(type, other)),
  );
  return {
    propSet: types.map((type) => ({ type, pathSet: paths })),
    objectSet: refs.map((obj) => ({ obj, skip: false })),
  };
}

/** What was read of one object, by path. Throws when the server says why something is missing. */
export function valuesOf(content: vim.ObjectContent): Readonly<Record<string, unknown>> {
  const [missing] = content.missingSet ?? [];
  if (missing) throw errorOfFault(missing.fault, `${content.obj.type} ${content.obj.value}, property ${missing.path}`);
  const values: Record<string, unknown> = {};
  for (const { name, val } of content.propSet ?? []) values[name] = val;
  return values;
}
