import {
  type Command,
  command,
  commandRegistry,
  entryOf,
  Interpreter,
  PSObject,
  type Session,
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

interface FakeSession extends Session {
  /** What was asked of `evaluate`. */
  readonly asked: readonly string[];
}

/** A session whose `evaluate` answers from a table instead of running anything. */
export function fakeSession(answers: Readonly<Record<string, readonly Value[]>>, location = "."): FakeSession {
  const { session } = new Interpreter({
    commands: commandRegistry(commands.map((one) => entryOf(one))),
    environment: { PATH: "", PAGER: "" },
    location,
  });
  for (const name of ["vm", "vms", "my var"]) session.setVariable(name, null, { scope: "global" });
  const asked: string[] = [];
  const evaluate = (text: string): readonly Value[] => {
    asked.push(text);
    return answers[text] ?? [];
  };
  return Object.assign(Object.create(session), { asked, evaluate });
}

/** The same with the function `Get-Mine -Target -Force`. */
export async function withFunction(): Promise<Session> {
  const interpreter = new Interpreter({ commands: commandRegistry([]) });
  await interpreter.run("function Get-Mine { param([string]$Target, [switch]$Force) }");
  return interpreter.session;
}

export const named = (name: string): Value => PSObject.of({ Name: name, NumCpu: 2 });
