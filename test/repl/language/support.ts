import {
  type BlockRunner,
  command,
  commandRegistry,
  type ErrorRecord,
  entryOf,
  type Host,
  Interpreter,
  type InterpreterOptions,
  isPromise,
  type RunResult,
  toText,
  type Value,
} from "../../../repl/language/index.ts";

const input = { type: "object", pipeline: "value", help: "The object." } as const;

interface Held {
  runner: BlockRunner | undefined;
  count: number;
}

/** A few commands, just enough to try the language with. */
const commands = [
  command({
    name: "ForEach-Object",
    aliases: ["%"],
    summary: "Runs a block for each object.",
    parameters: { Process: { type: "scriptblock", position: 0, mandatory: true, help: "" }, InputObject: input },
    state: (): Held => ({ runner: undefined, count: 0 }),
    process(ctx, { Process, InputObject }) {
      ctx.state.runner ??= ctx.block(Process);
      return ctx.state.runner.each(InputObject ?? null);
    },
  }),
  command({
    name: "Where-Object",
    aliases: ["?"],
    summary: "Keeps the objects a block says yes to.",
    parameters: { FilterScript: { type: "scriptblock", position: 0, mandatory: true, help: "" }, InputObject: input },
    state: (): Held => ({ runner: undefined, count: 0 }),
    process(ctx, { FilterScript, InputObject = null }) {
      ctx.state.runner ??= ctx.block(FilterScript);
      const yes = ctx.state.runner.test(InputObject);
      if (isPromise(yes)) return yes.then((answer) => (answer ? ctx.writeWhole(InputObject) : undefined));
      return yes ? ctx.writeWhole(InputObject) : undefined;
    },
  }),
  command({
    name: "Select-Object",
    aliases: ["select"],
    summary: "Takes the first objects.",
    parameters: { First: { type: "int", default: 1, help: "" }, InputObject: input },
    state: (): Held => ({ runner: undefined, count: 0 }),
    process(ctx, { First, InputObject = null }) {
      ctx.state.count += 1;
      const busy = ctx.writeWhole(InputObject);
      if (ctx.state.count >= First) ctx.stop();
      return busy;
    },
  }),
  command({
    name: "Measure-Object",
    aliases: ["measure"],
    summary: "Counts objects.",
    parameters: { InputObject: input },
    state: (): Held => ({ runner: undefined, count: 0 }),
    process(ctx) {
      ctx.state.count += 1;
    },
    end: (ctx) => ctx.write(ctx.state.count),
  }),
  command({
    name: "Write-Output",
    aliases: ["echo"],
    summary: "Puts out its arguments.",
    parameters: { InputObject: { type: "object[]", position: 0, pipeline: "value", remaining: true, help: "" } },
    process: (ctx, { InputObject }) => ctx.write(InputObject ?? null),
  }),
  command({
    name: "Write-Error",
    summary: "Reports an error.",
    parameters: { Message: { type: "string", position: 0, mandatory: true, help: "" } },
    process: (ctx, { Message }) => ctx.error(Message, { id: "Microsoft.PowerShell.Commands.WriteErrorException" }),
  }),
  command({
    name: "Write-Warning",
    summary: "Warns.",
    parameters: { Message: { type: "string", position: 0, mandatory: true, help: "" } },
    process: (ctx, { Message }) => ctx.warn(Message),
  }),
  command({
    name: "Start-Sleep",
    aliases: ["sleep"],
    summary: "Waits.",
    parameters: { Milliseconds: { type: "int", position: 0, default: 1, help: "" } },
    process: (_ctx, { Milliseconds }) => new Promise((resolve) => setTimeout(resolve, Milliseconds)),
  }),
  command({
    name: "Out-Null",
    summary: "Drops what it gets.",
    parameters: { InputObject: input },
    process() {},
  }),
  command({
    name: "Get-Thing",
    aliases: ["gt"],
    summary: "Shows how its arguments were bound.",
    parameters: {
      Name: { type: "string[]", position: 0, pipeline: "property", help: "" },
      Size: { type: "int", position: 1, aliases: ["Length"], help: "" },
      Kind: { type: "string", values: ["Small", "Large"], help: "" },
      Limit: { type: "int", range: [1, 9], help: "" },
      When: { type: "datetime", help: "" },
      Force: { type: "switch", help: "" },
      InputObject: { type: "object", pipeline: "value", help: "" },
    },
    supportsShouldProcess: "low",
    process(ctx, { Name, Size, Kind, Force, Limit, InputObject }) {
      const parts = [
        Name && `Name=${Name.join(",")}`,
        Size !== undefined && `Size=${Size}`,
        Kind && `Kind=${Kind}`,
        Limit !== undefined && `Limit=${Limit}`,
        Force && "Force",
        InputObject !== undefined && `Input=${toText(InputObject)}`,
      ];
      const write = () => ctx.write(parts.filter((part) => part !== false && part !== undefined).join(" "));
      const go = ctx.shouldProcess("thing");
      return isPromise(go) ? go.then((yes) => (yes ? write() : undefined)) : go ? write() : undefined;
    },
  }),
  command({
    name: "Set-Place",
    summary: "Has parameter sets.",
    parameters: {
      Path: { type: "string", position: 0, mandatory: true, sets: ["ByPath"], help: "" },
      Id: { type: "int", mandatory: true, sets: ["ById"], help: "" },
      Value: { type: "string", position: 1, help: "" },
    },
    defaultSet: "ByPath",
    process: (ctx, { Path, Id, Value }) => ctx.write(`${ctx.parameterSet} ${Path ?? Id} ${Value ?? "-"}`),
  }),
  command({
    name: "Export-ModuleMember",
    summary: "Names what a module exports.",
    parameters: { Function: { type: "string[]", position: 0, default: [], help: "" } },
    process(ctx, { Function: names }) {
      ctx.session.exportMembers(names);
    },
  }),
  command({
    name: "Test-Failure",
    summary: "Throws what is no script error.",
    parameters: { InputObject: input },
    process() {
      throw new TypeError("broken inside");
    },
  }),
];

export interface Ran extends RunResult {
  readonly values: readonly Value[];
  /** Values as text, `|` between them. */
  readonly text: string;
  readonly errors: readonly ErrorRecord[];
  readonly warnings: readonly string[];
  readonly host: string;
}

/** A session that remembers what it was told. */
export function session(options: Partial<InterpreterOptions> & { readonly answers?: readonly string[] } = {}) {
  let errors: ErrorRecord[] = [];
  let warnings: string[] = [];
  let text = "";
  const answers = [...(options.answers ?? [])];
  const host: Host = {
    interactive: options.answers !== undefined,
    error(record) {
      errors.push(record);
    },
    warning(message) {
      warnings.push(message);
    },
    verbose(message) {
      warnings.push(`VERBOSE: ${message}`);
    },
    debug() {},
    information() {},
    text(shown, { newline }) {
      text += newline ? `${shown}\n` : shown;
    },
    progress() {},
    prompt: async () => answers.shift() ?? "",
  };
  const interpreter = new Interpreter({
    host,
    commands: commandRegistry(commands.map((each) => entryOf(each))),
    environment: { HOME: "/home/a", Colour: "red" },
    ...options,
  });
  return {
    interpreter,
    async run(
      script: string,
      run: { readonly signal?: AbortSignal; readonly file?: string; readonly args?: readonly string[] } = {},
    ): Promise<Ran> {
      errors = [];
      warnings = [];
      text = "";
      const values: Value[] = [];
      const result = await interpreter.run(script, {
        ...run,
        onOutput(value) {
          values.push(value);
        },
      });
      return { ...result, values, text: values.map(shown).join("|"), errors, warnings, host: text };
    },
  };
}

export function shown(value: Value): string {
  if (value === null) return "<null>";
  return Array.isArray(value) ? `(${value.map(shown).join(",")})` : toText(value);
}

export function run(script: string): Promise<Ran> {
  return session().run(script);
}

/** What a script puts out, or `! message` of its first error. */
export async function outcome(script: string): Promise<string> {
  const { text, errors } = await run(script);
  const [first] = errors;
  return first ? `${text === "" ? "" : `${text}|`}! ${first.message}` : text;
}
