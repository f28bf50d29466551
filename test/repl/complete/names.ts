import type { Scope } from "../../../repl/complete/scope.ts";
import {
  type Command,
  command,
  commandRegistry,
  entryOf,
  PSObject,
  type Session,
  silentHost,
  type Value,
} from "../../../repl/language/index.ts";

const nothing = { process() {} };

const commands: readonly Command[] = [
  command({
    name: "Get-VM",
    summary: "",
    parameters: {
      Name: { type: "string[]", position: 0, wildcard: true, complete: "VirtualMachine", help: "x" },
      Location: { type: "object[]", complete: "Folder", help: "x" },
      NoRecursion: { type: "switch", help: "x" },
    },
    ...nothing,
  }),
  command({ name: "Get-VMHost", summary: "", parameters: {}, ...nothing }),
  command({
    name: "Set-VM",
    aliases: ["svm"],
    summary: "",
    supportsShouldProcess: "medium",
    parameters: {
      VM: { type: "object[]", position: 0, complete: "VirtualMachine", help: "x" },
      State: { type: "string", position: 1, values: ["PoweredOn", "PoweredOff"], help: "x" },
      Old: { type: "string", hidden: true, help: "x" },
    },
    ...nothing,
  }),
  command({
    name: "Sort-Object",
    summary: "",
    parameters: {
      Property: { type: "object[]", position: 0, complete: "Property", help: "x" },
      Descending: { type: "switch", help: "x" },
    },
    ...nothing,
  }),
  command({
    name: "Import-Csv",
    summary: "",
    parameters: { Path: { type: "string", position: 0, help: "x" } },
    ...nothing,
  }),
];

/** A session whose `evaluate` answers from a table instead of running anything. */
export function fakeScope(
  answers: Readonly<Record<string, readonly Value[]>>,
  location = ".",
): Scope & { readonly asked: string[] } {
  const asked: string[] = [];
  const session: Session = {
    host: silentHost,
    commands: commandRegistry(commands.map((one) => entryOf(one))),
    errors: [],
    location,
    service: ({ create }) => create(session),
    getVariable: () => undefined,
    setVariable() {},
    removeVariable: () => false,
    evaluate(text) {
      asked.push(text);
      return answers[text] ?? [];
    },
  };
  return {
    session,
    asked,
    variables: () => ["vm", "vms", "my var"],
    functions: () => ["Get-Mine"],
    environment: () => ["PATH", "PAGER"],
  };
}

export const named = (name: string): Value => PSObject.of({ Name: name, NumCpu: 2 });
