import { throwIfAborted } from "../errors.ts";
import type { CallOptions } from "../progress.ts";
import type { Session } from "../session.ts";
import type { ManagedType, Ref, Row, vim } from "../vim/index.ts";
import { filterSpec } from "./retrieve.ts";

/** What has become of one watched object. The first of each object is `enter`, with all its values. */
export interface Update<T extends ManagedType, P extends string> {
  readonly ref: Ref<T>;
  readonly kind: "enter" | "modify" | "leave";
  /** The new values of the paths that changed; a path that is there and undefined has been unset. */
  readonly changes: Partial<Omit<Row<T, P>, "ref">>;
}

/** Watches properties until the loop is left, the signal is aborted or the session is closed. */
export async function* watch<T extends ManagedType, P extends string>(
  session: Session,
  refs: readonly Ref<T>[],
  paths: readonly string[],
  { signal }: CallOptions,
): AsyncGenerator<Update<T, P>, void, undefined> {
  const collector = await session.call(session.content.propertyCollector, "CreatePropertyCollector", {}, { signal });
  try {
    await session.call(collector, "CreateFilter", { spec: filterSpec(refs, paths), partialUpdates: false }, { signal });
    for (let version = ""; ; ) {
      throwIfAborted(signal, "Watching");
      const set = await session.call(
        collector,
        "WaitForUpdatesEx",
        { version, options: { maxWaitSeconds: 600 } },
        { signal },
      );
      if (!set) continue;
      version = set.version;
      for (const filter of set.filterSet ?? [])
        for (const update of filter.objectSet ?? []) yield updateOf<T, P>(update);
    }
  } finally {
    await session.call(collector, "DestroyPropertyCollector", {}).catch(ignoreClosed);
  }
}

function updateOf<T extends ManagedType, P extends string>(update: vim.ObjectUpdate): Update<T, P> {
  const changes: Record<string, unknown> = {};
  for (const { name, val } of update.changeSet ?? []) changes[name] = val;
  // The filter was made for these types and paths; the server answers for no others.
  const seen: object = { ref: update.obj, kind: update.kind, changes };
  return seen as Update<T, P>;
}

/** The session may be gone by now, and its collectors with it. */
const ignoreClosed = (): undefined => undefined;
