import type { Maybe } from "../maybe.ts";
import type { Caller } from "../types/definition.ts";
import type { Value } from "../values/value.ts";

export type Property<T> = (self: T) => Maybe<Value>;
export type Method<T> = (self: T, args: readonly Value[], caller: Caller) => Maybe<Value>;

/** The members of one built-in type, looked up in any case. */
export class MemberTable<T> {
  readonly properties: Readonly<Record<string, Property<T>>>;
  readonly methods: Readonly<Record<string, Method<T>>>;
  private readonly byName = new Map<string, Property<T>>();
  private readonly methodsByName = new Map<string, Method<T>>();

  constructor(properties: Readonly<Record<string, Property<T>>>, methods: Readonly<Record<string, Method<T>>> = {}) {
    this.properties = properties;
    this.methods = methods;
    fill(this.byName, properties);
    fill(this.methodsByName, methods);
  }

  property(name: string): Property<T> | undefined {
    return this.byName.get(name) ?? this.byName.get(name.toLowerCase());
  }

  method(name: string): Method<T> | undefined {
    return this.methodsByName.get(name) ?? this.methodsByName.get(name.toLowerCase());
  }
}

function fill<T>(map: Map<string, T>, members: Readonly<Record<string, T>>): void {
  for (const [name, member] of Object.entries(members)) {
    map.set(name, member);
    map.set(name.toLowerCase(), member);
  }
}
