import type { vim } from "../../vim/index.ts";
import { isSubtype, managedType } from "../../vim/schema.ts";
import { fault, invalidArgument } from "../faults.ts";
import type { Draft } from "../state/draft.ts";
import type { InventoryRecord } from "../state/record.ts";
import type { View } from "../state/view.ts";

/** The field with a number. Throws InvalidArgument. */
function fieldOf(view: View, key: number): vim.CustomFieldDef {
  const field = view.settings.fields.find((one) => one.key === key);
  if (field) return field;
  throw invalidArgument("key", `There is no custom field ${key}.`);
}

/** Whether objects of a type have a field: those without a type are everybody's. */
const isFor = (field: vim.CustomFieldDef, type: string) =>
  field.managedObjectType === undefined || isSubtype(type, field.managedObjectType);

export const fieldsOf = (view: Pick<View, "settings">, type: string): vim.CustomFieldDef[] =>
  view.settings.fields.filter((field) => isFor(field, type));

/** Adds a field, for objects of one type or for all. Throws DuplicateName, InvalidName, InvalidArgument. */
export function addField(
  tx: Draft,
  name: string,
  type: string | undefined,
  policies: Pick<vim.CustomFieldDef, "fieldDefPrivileges" | "fieldInstancePrivileges">,
): vim.CustomFieldDef {
  if (type !== undefined && !managedType(type)) throw invalidArgument("moType", `There is no managed type '${type}'.`);
  requireFree(tx, name, type);
  const key = tx.settings.next;
  const field: vim.CustomFieldDef = Object.freeze({
    key,
    name,
    type: "string",
    ...(type === undefined ? {} : { managedObjectType: type }),
    ...policies,
  });
  tx.settings = { ...tx.settings, next: key + 1, fields: [...tx.settings.fields, field] };
  return field;
}

export function renameField(tx: Draft, key: number, name: string): void {
  const field = fieldOf(tx, key);
  if (field.name !== name) requireFree(tx, name, field.managedObjectType);
  const fields = tx.settings.fields.map((one) => (one === field ? Object.freeze({ ...field, name }) : one));
  tx.settings = { ...tx.settings, fields };
}

/** Removes a field, and its values with it. */
export function removeField(tx: Draft, key: number): void {
  const field = fieldOf(tx, key);
  tx.settings = { ...tx.settings, fields: tx.settings.fields.filter((one) => one !== field) };
  // Fields are removed rarely: this may walk over the inventory.
  for (const { id } of tx.state.objects.values()) {
    const record = tx.object(id);
    if (record?.custom && Object.hasOwn(record.custom, key)) tx.put(withValue(record, key, ""));
  }
}

/** Gives an object a value of a field; an empty one takes it away. */
export function setField(tx: Draft, record: InventoryRecord, key: number, value: string): void {
  const field = fieldOf(tx, key);
  if (!isFor(field, record.kind))
    throw invalidArgument("entity", `The custom field '${field.name}' is for ${field.managedObjectType} objects only.`);
  tx.put(withValue(record, key, value));
}

/** As `setField`, by the name of the field. */
export function setNamedField(tx: Draft, record: InventoryRecord, name: string, value: string): void {
  const field = fieldsOf(tx, record.kind).find((one) => one.name === name);
  if (!field) throw invalidArgument("key", `'${record.name}' has no custom field '${name.slice(0, 200)}'.`);
  tx.put(withValue(record, field.key, value));
}

function withValue<R extends InventoryRecord>(record: R, key: number, value: string): R {
  const { [key]: _old, ...others } = record.custom ?? {};
  const custom = value === "" ? others : { ...others, [key]: value };
  if (Object.keys(custom).length > 0) return { ...record, custom };
  const { custom: _none, ...bare } = record;
  return bare as R;
}

const noValues: readonly vim.CustomFieldValue[] = Object.freeze([]);

/** The values that an object has, in the order of the fields. */
export const valuesOf = ({ custom }: Pick<InventoryRecord, "custom">): readonly vim.CustomFieldValue[] =>
  custom === undefined
    ? noValues
    : Object.entries(custom).map(
        ([key, value]): vim.CustomFieldStringValue => ({
          _typeName: "CustomFieldStringValue",
          key: Number(key),
          value,
        }),
      );

function requireFree(view: View, name: string, type: string | undefined): void {
  if (name.trim() === "") throw fault("InvalidName", { name }, "A custom field needs a name.");
  const other = view.settings.fields.find((one) => one.name === name && one.managedObjectType === type);
  if (!other) return;
  // The schema wants an object here; a field is none, and vCenter names the manager.
  const object = { type: "CustomFieldsManager", value: "CustomFieldsManager" } as const;
  throw fault("DuplicateName", { name, object }, `A custom field named '${name.slice(0, 200)}' already exists.`);
}
