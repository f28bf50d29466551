import type { Members, MemberValue, Value } from "../language/index.ts";
import { enumeration, isRef, moment, whole } from "./values.ts";
import type { VIObject } from "./vi-object.ts";

const isoDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

/** A value of vim25 as the language has it: numbers, dates and lists of its own, data objects by {@link VimValue}. */
export function vimValue(value: unknown): Value {
  switch (typeof value) {
    case "string":
      return isoDate.test(value) ? moment(value) : value;
    case "number":
    case "bigint":
      return whole(value);
    case "boolean":
      return value;
    case "object":
      if (value === null || value instanceof Uint8Array) return value;
      return Array.isArray(value) ? value.map(vimValue) : new VimValue(value);
    default:
      return null;
  }
}

/** A data object of vim25, its properties by name in any case; reading only. */
export class VimValue implements Members {
  readonly typeNames: readonly string[];
  readonly #value: Readonly<Record<string, unknown>>;

  constructor(value: object, typeName?: string) {
    this.#value = Object.fromEntries(Object.entries(value));
    const named = this.#value._typeName;
    const name =
      typeName ?? (isRef(value) ? "ManagedObjectReference" : typeof named === "string" ? named : "DynamicData");
    this.typeNames = [
      `VMware.Vim.${name}`,
      ...(name.endsWith("Event") || name === "EventEx" ? ["VMware.Vim.Event"] : []),
      "VMware.Vim.DynamicData",
    ];
  }

  member(name: string): MemberValue | undefined {
    const wanted = name.toLowerCase();
    const found = Object.keys(this.#value).find((key) => key.toLowerCase() === wanted && key !== "_typeName");
    if (found === undefined) return undefined;
    return {
      name: enumeration(found) ?? found,
      kind: "Property",
      get: () => vimValue(this.#value[found]),
    };
  }

  memberNames(): readonly string[] {
    return Object.keys(this.#value).flatMap((key) => (key === "_typeName" ? [] : (enumeration(key) ?? key)));
  }

  asText(): string {
    return isRef(this.#value) ? `${this.#value.type}-${this.#value.value}` : (this.typeNames[0] ?? "");
  }
}

/** All properties of a managed object, read when a script first asks: what PowerCLI calls `ExtensionData`. */
export async function vimObject(object: VIObject): Promise<VimValue> {
  const { session } = object.connection;
  const { propertyCollector } = session.content;
  const specSet = [
    {
      propSet: [{ type: object.ref.type, all: true }],
      objectSet: [{ obj: object.ref, skip: false }],
    },
  ];
  const answer = await session.call(propertyCollector, "RetrievePropertiesEx", {
    specSet,
    options: {},
  });
  const properties: Record<string, unknown> = { moRef: object.ref };
  for (const { name, val } of answer?.objects?.[0]?.propSet ?? []) properties[name] = val;
  return new VimValue(properties, object.ref.type);
}
