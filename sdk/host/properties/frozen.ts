/**
 * Freezes plain data all the way down and returns it. What is frozen already is taken to be so all the way: results share parts
 * with each other and with records. Bytes stay as they are, typed arrays cannot be frozen.
 */
export function frozen<V>(value: V): V {
  if (typeof value !== "object" || value === null || Object.isFrozen(value) || value instanceof Uint8Array)
    return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
