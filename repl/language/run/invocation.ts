import { toText } from "../convert/to-text.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { Exception } from "../errors/exception.ts";
import { ScriptError, scriptError } from "../errors/script-error.ts";
import { after } from "../maybe.ts";
import { Hashtable } from "../values/hashtable.ts";
import type { Members, MemberValue } from "../values/members.ts";
import { NOTHING } from "../values/nothing.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";
import { emit } from "./emit.ts";
import type { Frame } from "./frame.ts";
import type { FunctionCall } from "./function-stage.ts";
import { askShouldProcess } from "./should-process.ts";

/** What a call knows about itself: `$args`, `$input`, `$PSBoundParameters`, `$MyInvocation`, `$PSCmdlet`. */
export class Invocation {
  private readonly call: FunctionCall;
  private readonly frame: Frame;
  private readonly input: readonly Value[];
  private readonly set: string;
  private readonly made = new Map<string, Value>();

  constructor(call: FunctionCall, frame: Frame, input: readonly Value[], set: string) {
    this.call = call;
    this.frame = frame;
    this.input = input;
    this.set = set;
  }

  /** The value of an automatic variable, by its name in lower case; undefined for other names. */
  automatic(name: string): Value | undefined {
    if (name === "input") return [...this.input];
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const value = this.make(name);
    if (value !== undefined) this.made.set(name, value);
    return value;
  }

  private make(name: string): Value | undefined {
    const { binding, file, position } = this.call;
    switch (name) {
      case "args":
        return [...binding.rest];
      case "psboundparameters":
        return this.bound();
      case "myinvocation":
        return this.myInvocation();
      case "pscmdlet":
        return binding.plan.strict ? this.cmdlet() : undefined;
      case "psscriptroot":
        return file === undefined ? undefined : directory(file);
      case "pscommandpath":
        return file ?? position?.file;
      default:
        return undefined;
    }
  }

  private bound(): Hashtable {
    const table = new Hashtable({ ordered: true });
    for (const [parameter, value] of this.call.binding.values) table.set(parameter.name, asValue(value));
    return table;
  }

  private myInvocation(): Value {
    const { name, position, file } = this.call;
    const command = PSObject.of({
      Name: file === undefined ? name : name.replace(/^.*[\\/]/, ""),
      CommandType: file === undefined ? "Function" : "ExternalScript",
      Path: file ?? null,
      Definition: file ?? this.call.code.text,
    });
    return PSObject.of({
      MyCommand: command,
      InvocationName: name,
      BoundParameters: this.bound(),
      UnboundArguments: [...this.call.binding.rest],
      ScriptName: position?.file ?? null,
      PSCommandPath: file ?? position?.file ?? null,
      PSScriptRoot: file === undefined ? "" : directory(file),
      ScriptLineNumber: position?.line ?? 0,
      OffsetInLine: position?.column ?? 0,
      Line: position?.lineText ?? "",
      PositionMessage: position?.message ?? "",
      ExpectingInput: this.call.hasInput,
    });
  }

  private cmdlet(): Value {
    return new Cmdlet(this.call, this.frame, this.set, () => this.automatic("myinvocation") ?? null);
  }
}

/** `$PSCmdlet` */
class Cmdlet implements Members {
  readonly typeNames = ["System.Management.Automation.PSScriptCmdlet", "System.Object"];
  private readonly methods: ReadonlyMap<string, MemberValue>;

  constructor(call: FunctionCall, frame: Frame, set: string, invocation: () => Value) {
    const { streams, engine } = frame;
    const method = (name: string, invoke: (args: readonly Value[]) => Value | Promise<Value>): MemberValue => ({
      name,
      kind: "Method",
      invoke,
    });
    const property = (name: string, get: () => Value): MemberValue => ({ name, kind: "Property", get });
    const nothing = () => NOTHING;
    const members = [
      property("ParameterSetName", () => set || "__AllParameterSets"),
      property("MyInvocation", invocation),
      method("ShouldProcess", (args) =>
        askShouldProcess(
          frame,
          call.name,
          toText(args[0] ?? null),
          args[1] === undefined ? undefined : toText(args[1]),
        ),
      ),
      method("ShouldContinue", (args) => engine.confirm(toText(args[1] ?? "Confirm"), toText(args[0] ?? null))),
      method("WriteObject", (args) =>
        after(args[1] === true ? emit(args[0] ?? null, frame.out) : frame.out.write(args[0] ?? null), nothing),
      ),
      method("WriteError", (args) => after(engine.report(recordFrom(args[0] ?? null), frame, call.position), nothing)),
      method("WriteVerbose", (args) => after(engine.say("verbose", toText(args[0] ?? null), frame), nothing)),
      method("WriteWarning", (args) => after(engine.say("warning", toText(args[0] ?? null), frame), nothing)),
      method("WriteDebug", (args) => after(engine.say("debug", toText(args[0] ?? null), frame), nothing)),
      method("WriteInformation", (args) => after(streams.information(args[0] ?? null), nothing)),
      method("ThrowTerminatingError", (args) => {
        throw new ScriptError(recordFrom(args[0] ?? null), "command");
      }),
      method("GetUnresolvedProviderPathFromPSPath", (args) => toText(args[0] ?? null)),
    ];
    this.methods = new Map(members.map((member) => [member.name.toLowerCase(), member]));
  }

  member(name: string): MemberValue | undefined {
    return this.methods.get(name.toLowerCase());
  }

  memberNames(): readonly string[] {
    return [...this.methods.values()].map((member) => member.name);
  }
}

function recordFrom(value: Value): ErrorRecord {
  if (value instanceof Exception) return new ErrorRecord(value);
  return value instanceof ErrorRecord ? value : scriptError(toText(value)).record;
}

function directory(file: string): string {
  return file.replace(/[\\/][^\\/]*$/, "") || "/";
}

function asValue(value: unknown): Value {
  return value === undefined || typeof value === "symbol" || typeof value === "function" ? null : value;
}
