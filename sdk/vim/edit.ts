/** A `T` that can be written to, all the way down. Bytes are replaced as a whole. */
export type Mutable<T> = T extends Uint8Array
  ? T
  : T extends readonly (infer E)[]
    ? Mutable<E>[]
    : T extends object
      ? { -readonly [K in keyof T]: Mutable<T[K]> }
      : T;

/**
 * Changes a copy of a value and freezes it. Of a frozen value, as every result is, only what lies on the way to a
 * change is copied, all the rest is shared with the original, and when nothing was changed the result is the original
 * itself. What is not frozen is copied.
 *
 * `change` works on the draft with assignments, `delete` and the methods of arrays. Setting a property to `undefined`
 * unsets it. The draft, and all that was read from it, is dead once `change` returns.
 *
 * ```ts
 * const spec = vim.edit(template, (draft) => {
 *   draft.name = "desk-2";
 *   draft.deviceChange?.push({ operation: "add", device: { _typeName: "VirtualCdrom", key: -1 } });
 * });
 * ```
 *
 * @throws TypeError when `change` is asynchronous: what it does later would be lost.
 */
export function edit<T extends object>(value: T, change: (draft: Mutable<T>) => unknown): T;
export function edit(value: object, change: (draft: object) => unknown): object {
  const session = new Session();
  try {
    const draft = session.draft(value);
    const returned = change(draft);
    if (returned instanceof Promise) throw new TypeError("vim.edit: the change must not be asynchronous");
    return session.finish(draft);
  } finally {
    session.close();
  }
}

/** What is behind a draft: it is a proxy of `copy`, whose members turn into drafts as they are read. */
interface Draft {
  readonly base: object;
  readonly copy: object;
  readonly parent: Draft | undefined;
  changed: boolean;
  finished: "no" | "underway" | "yes";
}

class Session {
  readonly #drafts = new Map<unknown, Draft>();
  readonly #copies = new Map<object, object>();
  readonly #revoke: (() => void)[] = [];

  draft(base: object, parent?: Draft): object {
    const copy = Array.isArray(base) ? base.slice() : { ...base };
    const draft: Draft = { base, copy, parent, changed: false, finished: "no" };
    const { proxy, revoke } = Proxy.revocable(copy, {
      get: (_, key) => {
        const value: unknown = Reflect.get(copy, key);
        if (!isPlain(value) || this.#drafts.has(value) || !Object.hasOwn(copy, key)) return value;
        const child = this.draft(value, draft);
        Reflect.set(copy, key, child);
        return child;
      },
      set: (_, key, value) => {
        if (value === undefined && !Array.isArray(copy)) return remove(draft, key);
        if (!Object.hasOwn(copy, key) || !this.#same(Reflect.get(copy, key), value)) {
          Reflect.set(copy, key, value);
          markChanged(draft);
        }
        return true;
      },
      deleteProperty: (_, key) => remove(draft, key),
      defineProperty: () => false,
    });
    this.#drafts.set(proxy, draft);
    this.#revoke.push(revoke);
    return proxy;
  }

  /** What a draft has become, or what a value that was put into a draft becomes. */
  finish<T>(value: T): T;
  finish(value: unknown): unknown {
    if (!isPlain(value)) return value;
    const draft = this.#drafts.get(value);
    if (draft === undefined) return Object.isFrozen(value) ? value : this.finish(this.#copied(value));
    if (!draft.changed && Object.isFrozen(draft.base)) return draft.base;
    if (draft.finished === "underway") throw new TypeError("vim.edit: a value cannot hold itself");
    if (draft.finished === "no") {
      draft.finished = "underway";
      for (const [key, member] of Object.entries(draft.copy)) Reflect.set(draft.copy, key, this.finish(member));
      draft.finished = "yes";
      Object.freeze(draft.copy);
    }
    return draft.copy;
  }

  close(): void {
    for (const revoke of this.#revoke) revoke();
  }

  /** What is not frozen is copied, as its owner may go on changing it. */
  #copied(value: object): object {
    const draft = this.#copies.get(value) ?? this.draft(value);
    this.#copies.set(value, draft);
    return draft;
  }

  /** Whether an assignment changes nothing. */
  #same(before: unknown, after: unknown): boolean {
    const draft = this.#drafts.get(before);
    return Object.is(before, after) || (draft !== undefined && !draft.changed && draft.base === after);
  }
}

function remove(draft: Draft, key: PropertyKey): boolean {
  if (Object.hasOwn(draft.copy, key)) {
    Reflect.deleteProperty(draft.copy, key);
    markChanged(draft);
  }
  return true;
}

function markChanged(draft: Draft): void {
  for (let at: Draft | undefined = draft; at && !at.changed; at = at.parent) at.changed = true;
}

/** Data objects and arrays; bytes are values. */
function isPlain(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
