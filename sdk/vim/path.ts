import type { ManagedType, Properties, Ref } from "./ref.ts";

/**
 * Property paths as the property collector takes them: names joined by dots, an element of an array by its key:
 * `config.hardware.device[4000].backing`, `config.extraConfig["guestinfo.ip"].value`.
 *
 * The types follow only the path that is written. Nothing enumerates all paths of a type, so that an editor answers at
 * once.
 */

/**
 * The type at a path of `T`, with `undefined` where something on the way may be unset; `never` when there is no such
 * path. A path that is only known to be a string gives `unknown`.
 *
 * ```ts
 * type Cpus = PathValue<"VirtualMachine", "config.hardware.numCPU">; // number | undefined
 * ```
 */
export type PathValue<T extends ManagedType, P extends string> = T extends unknown
  ? string extends P
    ? unknown
    : At<Root<T>, P>
  : never;

/** `P` if it is a path of `T` (of every type, where `T` is a union), else `never`. */
export type PropertyPath<T extends ManagedType, P extends string> = P extends unknown
  ? true extends Wrong<T, P>
    ? never
    : P
  : never;

type Wrong<T extends ManagedType, P extends string> = T extends unknown
  ? [PathValue<T, P>] extends [never]
    ? true
    : false
  : never;

/**
 * How to declare an argument that takes paths of `T`, where `P` is inferred from the literals. A wrong path does not
 * compile; the message, and the editor's completion, name the paths that would be right in its place.
 *
 * ```ts
 * declare function retrieve<T extends ManagedType, const P extends string>(
 *   refs: readonly Ref<T>[],
 *   paths: readonly CheckedPath<T, P>[],
 * ): Promise<Row<T, P>[]>;
 * ```
 */
export type CheckedPath<T extends ManagedType, P extends string> = P extends unknown
  ? PropertyPath<T, P> | (string extends P ? never : Suggested<T, P>)
  : never;

/** What `retrieve` gives for an object: its reference, and the value at each path. */
export type Row<T extends ManagedType, P extends string> = { readonly ref: Ref<T> } & {
  readonly [K in P]: PathValue<T, K>;
};

/** Marks the properties of a managed object as something one can step into, as `_typeName` does for data objects. */
type Root<T extends ManagedType> = Properties<T> & { readonly _typeName?: string };

/** The value of a whole path. */
type At<T, P extends string> =
  Step<P> extends [infer Head extends string, infer Rest]
    ? Rest extends string
      ? OrUnset<Member<T, Head>, At<NonNullable<Member<T, Head>>, Rest>>
      : Member<T, Head>
    : never;

/** What is unset on the way leaves the end unset. */
type OrUnset<Way, End> = [End] extends [never] ? never : undefined extends Way ? End | undefined : End;

/** The first step of a path, and the path that follows it if any. A quoted key may hold dots. */
type Step<P extends string> = P extends `${infer Head}.${infer Rest}`
  ? Head extends `${string}["${string}`
    ? P extends `${infer Name}["${infer Key}"].${infer More}`
      ? [`${Name}["${Key}"]`, More]
      : [P, undefined]
    : [Head, Rest]
  : [P, undefined];

/** The value of one step, which names a property, or an element of an array property. */
type Member<T, Head extends string> = Head extends `${infer Name}[${infer Key}]`
  ? Element<NonNullable<Property<T, Name>>, Key>
  : Property<T, Head>;

/** The value of a property; unset in those members of a union of types that do not have it. */
type Property<T, Name extends string> =
  Name extends Names<T> ? (T extends unknown ? (Name extends keyof T ? T[Name] : undefined) : never) : never;

/** An element of an array by its key, which is quoted when it is a string. It may not be there. */
type Element<A, Key extends string> = A extends readonly (infer E extends { readonly key: number | string })[]
  ? Key extends (E["key"] extends number ? `${number}` : `"${string}"`)
    ? E | undefined
    : never
  : never;

/** The names one can step to. */
type Names<T> = T extends unknown
  ? "_typeName" extends keyof T
    ? Exclude<keyof T & string, "_typeName">
    : never
  : never;

/** The right paths that share the longest right beginning with `P`; those of all of them, where `T` is a union. */
type Suggested<T extends ManagedType, P extends string> = (
  T extends unknown
    ? (path: Siblings<Root<T>, P, "">) => void
    : never
) extends (path: infer Common extends string) => void
  ? Common
  : never;

type Siblings<T, P extends string, Before extends string> =
  Step<P> extends [infer Head extends string, infer Rest extends string]
    ? [Names<NonNullable<Member<T, Head>>>] extends [never]
      ? `${Before}${Names<T>}`
      : Siblings<NonNullable<Member<T, Head>>, Rest, `${Before}${Head}.`>
    : `${Before}${Names<T>}`;
