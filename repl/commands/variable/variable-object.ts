import { PSObject, type Value } from "../../language/index.ts";

/** A variable as the variable commands put it out. */
export function variableObject(name: string, value: Value, readOnly = false): PSObject {
  return PSObject.of(
    { Name: name, Value: value, Options: readOnly ? "ReadOnly" : "None" },
    "System.Management.Automation.PSVariable",
  );
}
