/** A message of the simulated vCenter about its inventory, which names a path, in the words of who gave it: his file or option. */
export const inventoryPath = (source: string, message: string): string =>
  /^inventory\b/.test(message) ? `${source}: ${message.replace(/^inventory[.:]? ?/, "").replace(/\.$/, "")}` : message;
