import type { CallOptions } from "../progress.ts";
import { retrieve } from "../property/retrieve.ts";
import type { Session } from "../session.ts";
import type { Task } from "../task/task.ts";
import type { CheckedPath, ManagedType, Methods, PathValue, Ref, Row } from "../vim/index.ts";
import { defineWireMethods } from "./wire.ts";

/** Something that stands for a managed object: its reference, or an object that has one. */
export type Reference<T extends ManagedType = ManagedType> = Ref<T> | { readonly ref: Ref<T> };

export function referenceOf<T extends ManagedType>(reference: Reference<T>): Ref<T> {
  return "ref" in reference ? reference.ref : reference;
}

type Args<T extends ManagedType, M extends keyof Methods<T>> = Methods<T>[M] extends { args: infer A } ? A : never;
type Parameters<A> =
  Record<never, never> extends A ? [args?: A, options?: CallOptions] : [args: A, options?: CallOptions];
type Answer<D> = D extends { result: infer R } ? Task<R> : D extends { returns: infer R } ? R : never;

/** The methods of a managed type as they are on the wire; a `_Task` method gives a {@link Task} to wait for. */
export type WireMethods<T extends ManagedType> = {
  readonly [M in keyof Methods<T>]: (...args: Parameters<Args<T, M>>) => Promise<Answer<Methods<T>[M]>>;
};

/** A managed object of a session: its reference, with what can be asked of it. */
export class ManagedObject<T extends ManagedType = ManagedType> {
  readonly session: Session;
  readonly ref: Ref<T>;

  constructor(session: Session, ref: Ref<T>) {
    this.session = session;
    this.ref = ref;
    defineWireMethods(new.target.prototype, ref.type);
  }

  /** The managed object id: `vm-42`. */
  get id(): string {
    return this.ref.value;
  }

  /**
   * Reads one property. What is unset is undefined.
   *
   * @example
   * const cpus = await vm.get("config.hardware.numCPU");
   */
  async get<const P extends string>(path: CheckedPath<T, P>, options: CallOptions = {}): Promise<PathValue<T, P>> {
    const [row]: Readonly<Record<string, unknown>>[] = await retrieve<T, P>(this.session, [this.ref], [path], options);
    return row?.[path] as PathValue<T, P>;
  }

  /**
   * Reads several properties at once.
   *
   * @example
   * const row = await vm.retrieve(["name", "runtime.powerState"]);
   * console.log(row.name, row["runtime.powerState"]);
   */
  async retrieve<const P extends string>(
    paths: readonly CheckedPath<T, P>[],
    options: CallOptions = {},
  ): Promise<Row<T, P>> {
    const [row] = await retrieve<T, P>(this.session, [this.ref], paths, options);
    if (row) return row;
    throw new TypeError(`The server did not answer for ${this.ref.type} ${this.ref.value}.`);
  }

  toString(): string {
    return `${this.ref.type} ${this.ref.value}`;
  }
}
