import { administrationViews } from "./views/administration.ts";
import { deviceViews } from "./views/device.ts";
import { inventoryViews } from "./views/inventory.ts";
import { languageViews } from "./views/language.ts";
import type { View } from "./views/view.ts";

/** Default views by type name. A type that is not here is a table up to four properties and a list beyond. */
const views: Readonly<Record<string, View>> = {
  ...inventoryViews,
  ...deviceViews,
  ...administrationViews,
  ...languageViews,
};

const byName = new Map<string, View | undefined>(
  Object.entries(views).map(([name, view]) => [name.toLowerCase(), view]),
);

/**
 * The view of an object with these type names, most derived first. A long .NET name also matches by its last part,
 * but not the raw vSphere types (`VMware.Vim.VirtualMachine`) nor what Select-Object made (`Selected.VirtualMachine`).
 */
export function viewFor(typeNames: readonly string[]): View | undefined {
  for (const typeName of typeNames) {
    const view = known.has(typeName) ? known.get(typeName) : remember(typeName);
    if (view !== undefined) return view;
  }
  return undefined;
}

/** What was found for each type name, or that nothing was. */
const known = new Map<string, View | undefined>();

function remember(typeName: string): View | undefined {
  const name = typeName.toLowerCase();
  const raw = name.startsWith("vmware.vim.") || name.startsWith("selected.");
  const view = byName.get(name) ?? (raw ? undefined : byName.get(name.slice(name.lastIndexOf(".") + 1)));
  // Scripts may make up type names without end.
  if (known.size < 1000) known.set(typeName, view);
  return view;
}
