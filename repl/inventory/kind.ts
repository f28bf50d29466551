import type { CheckedPath, ManagedType } from "../../sdk/index.ts";
import type { Maybe, Value } from "../language/index.ts";
import { idOf, text } from "./values.ts";
import type { Kind, Values, VIObject } from "./vi-object.ts";
import { vimObject } from "./vim-value.ts";

type Getter = (values: Values, object: VIObject) => Maybe<Value>;

/** Defines a kind of inventory object. The paths are checked against the managed type; every kind has a name and an id. */
export function kind<T extends ManagedType, const P extends string>(
  type: T,
  typeName: string,
  paths: readonly CheckedPath<T, P>[],
  properties: Readonly<Record<string, Getter>>,
): Kind<T> {
  return {
    type,
    typeNames: [typeName, "InventoryItem", "VIObject"],
    paths: ["name", ...paths],
    properties: {
      Name: (values, object) => text(values.name) ?? object.ref.value,
      ...properties,
      Id: (_values, object) => idOf(object.ref),
      Uid: (_values, object) =>
        `/VIServer=${object.connection.user}@${object.connection.name}:443/${typeName}=${idOf(object.ref)}/`,
      ExtensionData: (_values, object) => vimObject(object),
    },
  };
}
