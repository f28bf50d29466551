import { type CommandRegistry, commandRegistry } from "../language/index.ts";
import { coreCommands } from "./core.ts";
import { lazyEntry } from "./entry.ts";
import { vsphereCommands } from "./vsphere.ts";

/**
 * All commands by name and alias. Only this table is loaded at the start; a command is loaded when it is first called,
 * so that `fargo -c '1'` loads none.
 */
export const commands: CommandRegistry = commandRegistry([
  ...coreCommands.map((line) => lazyEntry(line, "Fargo.Core")),
  ...vsphereCommands.map((line) => lazyEntry(line, "VMware.VimAutomation.Core")),
]);
