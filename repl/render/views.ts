import { administrationViews } from "./views/administration.ts";
import { deviceViews } from "./views/device.ts";
import { inventoryViews } from "./views/inventory.ts";
import { languageViews } from "./views/language.ts";
import type { View } from "./views/view.ts";

/** Default views by type name. A type that is not here is a table up to four properties and a list beyond. */
export const views: Readonly<Record<string, View>> = {
  ...inventoryViews,
  ...deviceViews,
  ...administrationViews,
  ...languageViews,
};

const byName = new Map(Object.entries(views).map(([name, view]) => [name.toLowerCase(), view]));

/**
 * The view of an object with these type names, most derived first. A long .NET name also matches by its last part,
 * but not the raw vSphere types (`VMware.Vim.VirtualMachine`) nor what Select-Object made (`Selected.VirtualMachine`).
 */
export function viewFor(typeNames: readonly string[]): View | undefined {
  for (const typeName of typeNames) {
    const name = typeName.toLowerCase();
    const view = byName.get(name);
    if (view !== undefined) return view;
    if (name.startsWith("vmware.vim.") || name.startsWith("selected.")) continue;
    const short = byName.get(name.slice(name.lastIndexOf(".") + 1));
    if (short !== undefined) return short;
  }
  return undefined;
}
