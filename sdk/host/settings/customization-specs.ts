import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import { iso } from "../properties/values.ts";
import type { Draft } from "../state/draft.ts";
import type { View } from "../state/view.ts";

export const specNamed = ({ settings }: Pick<View, "settings">, name: string): vim.CustomizationSpecItem | undefined =>
  settings.customizationSpecs.find(({ info }) => info.name === name);

/** Throws NotFound. */
export function requireSpec(view: View, name: string): vim.CustomizationSpecItem {
  const item = specNamed(view, name);
  if (item) return item;
  throw fault("NotFound", {}, `There is no customization specification '${name.slice(0, 200)}'.`);
}

/** Throws AlreadyExists where there is one of that name. */
export function addSpec(tx: Draft, item: vim.CustomizationSpecItem): void {
  const { name } = item.info;
  if (name.trim() === "") throw invalidArgument("item.info.name", "It is empty.");
  if (specNamed(tx, name))
    throw fault(
      "AlreadyExists",
      { name },
      `A customization specification named '${name.slice(0, 200)}' already exists.`,
    );
  put(tx, [...tx.settings.customizationSpecs, stamped(tx, item, "1")]);
}

/** Replaces one. Throws NotFound, and ConcurrentAccess where it has changed since it was read. */
export function overwriteSpec(tx: Draft, item: vim.CustomizationSpecItem): void {
  const old = requireSpec(tx, item.info.name);
  const { changeVersion } = old.info;
  if (item.info.changeVersion !== undefined && item.info.changeVersion !== changeVersion)
    throw fault("ConcurrentAccess", {}, `'${item.info.name}' has been changed by somebody else. Read it again.`);
  const next = stamped(tx, item, String(Number(changeVersion ?? 0) + 1));
  put(
    tx,
    tx.settings.customizationSpecs.map((one) => (one === old ? next : one)),
  );
}

export function deleteSpec(tx: Draft, name: string): void {
  const old = requireSpec(tx, name);
  put(
    tx,
    tx.settings.customizationSpecs.filter((one) => one !== old),
  );
}

const renamed = (item: vim.CustomizationSpecItem, name: string) => ({ ...item, info: { ...item.info, name } });

export const duplicateSpec = (tx: Draft, name: string, newName: string): void =>
  addSpec(tx, renamed(requireSpec(tx, name), newName));

export function renameSpec(tx: Draft, name: string, newName: string): void {
  const item = requireSpec(tx, name);
  if (newName === name) return;
  deleteSpec(tx, name);
  addSpec(tx, renamed(item, newName));
}

function put(tx: Draft, customizationSpecs: readonly vim.CustomizationSpecItem[]): void {
  tx.settings = { ...tx.settings, customizationSpecs };
}

const stamped = (tx: Draft, item: vim.CustomizationSpecItem, changeVersion: string): vim.CustomizationSpecItem =>
  Object.freeze({
    ...item,
    info: Object.freeze({ ...item.info, changeVersion, lastUpdateTime: iso(tx.now) }),
  });
