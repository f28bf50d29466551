import type { Members, MemberValue } from "../values/members.ts";
import type { Value } from "../values/value.ts";

/** What typed `catch` compares: each type and the one it derives from; all end in `System.Exception`. */
const BASES = new Map<string, string>([
  ["System.Management.Automation.RuntimeException", "System.SystemException"],
  ["System.SystemException", "System.Exception"],
  ["System.Management.Automation.CommandNotFoundException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.ParameterBindingException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.ValidationMetadataException", "System.Management.Automation.MetadataException"],
  ["System.Management.Automation.MetadataException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.ActionPreferenceStopException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.ItemNotFoundException", "System.Management.Automation.SessionStateException"],
  ["System.Management.Automation.DriveNotFoundException", "System.Management.Automation.SessionStateException"],
  ["System.Management.Automation.SessionStateException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.ParseException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.MethodException", "System.Management.Automation.ExtendedTypeSystemException"],
  ["System.Management.Automation.MethodInvocationException", "System.Management.Automation.MethodException"],
  ["System.Management.Automation.SetValueException", "System.Management.Automation.ExtendedTypeSystemException"],
  ["System.Management.Automation.GetValueException", "System.Management.Automation.ExtendedTypeSystemException"],
  ["System.Management.Automation.ExtendedTypeSystemException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.PSInvalidCastException", "System.InvalidCastException"],
  ["System.Management.Automation.PSNotSupportedException", "System.NotSupportedException"],
  ["System.Management.Automation.PipelineStoppedException", "System.Management.Automation.RuntimeException"],
  ["System.Management.Automation.ScriptCallDepthException", "System.SystemException"],
  ["System.DivideByZeroException", "System.ArithmeticException"],
  ["System.OverflowException", "System.ArithmeticException"],
  ["System.ArithmeticException", "System.SystemException"],
  ["System.InvalidCastException", "System.SystemException"],
  ["System.FormatException", "System.SystemException"],
  ["System.ArgumentNullException", "System.ArgumentException"],
  ["System.ArgumentOutOfRangeException", "System.ArgumentException"],
  ["System.ArgumentException", "System.SystemException"],
  ["System.InvalidOperationException", "System.SystemException"],
  ["System.NotSupportedException", "System.SystemException"],
  ["System.NotImplementedException", "System.SystemException"],
  ["System.IndexOutOfRangeException", "System.SystemException"],
  ["System.NullReferenceException", "System.SystemException"],
  ["System.UnauthorizedAccessException", "System.SystemException"],
  ["System.TimeoutException", "System.SystemException"],
  ["System.OperationCanceledException", "System.SystemException"],
  ["System.Threading.Tasks.TaskCanceledException", "System.OperationCanceledException"],
  ["System.IO.IOException", "System.SystemException"],
  ["System.IO.FileNotFoundException", "System.IO.IOException"],
  ["System.IO.DirectoryNotFoundException", "System.IO.IOException"],
  ["System.Net.WebException", "System.InvalidOperationException"],
  ["System.Net.Http.HttpRequestException", "System.Exception"],
]);

/** A type's name and those of all it derives from. */
function chain(typeName: string): string[] {
  const names = [typeName];
  for (let base = BASES.get(typeName); base !== undefined; base = BASES.get(base)) names.push(base);
  if (!names.includes("System.Exception")) names.push("System.Exception");
  return names;
}

export interface ExceptionOptions {
  readonly inner?: Exception | undefined;
  /** Types it derives from beyond the known ones, nearest first: what `catch [...]` may name. */
  readonly alsoKnownAs?: readonly string[];
  /** Further properties scripts may read, e.g. the vSphere fault. */
  readonly data?: Readonly<Record<string, Value>>;
  /** The JavaScript error behind it, for the log; never shown. */
  readonly cause?: unknown;
}

/** What `$_.Exception` is in a `catch`. */
export class Exception implements Members {
  readonly typeNames: readonly string[];
  readonly message: string;
  readonly inner: Exception | undefined;
  readonly data: Readonly<Record<string, Value>>;
  readonly cause: unknown;

  constructor(typeName: string, message: string, options: ExceptionOptions = {}) {
    this.typeNames = [typeName, ...(options.alsoKnownAs ?? []), ...chain(typeName).slice(1), "System.Object"];
    this.message = message;
    this.inner = options.inner;
    this.data = options.data ?? {};
    this.cause = options.cause;
  }

  member(name: string): MemberValue | undefined {
    const wanted = name.toLowerCase();
    const found = this.memberNames().find((candidate) => candidate.toLowerCase() === wanted);
    if (found === undefined) return undefined;
    return { name: found, kind: "Property", get: () => this.value(found) };
  }

  memberNames(): readonly string[] {
    return ["Message", "InnerException", "StackTrace", "HResult", "Source", ...Object.keys(this.data)];
  }

  asText(): string {
    return `${this.typeNames[0]}: ${this.message}`;
  }

  private value(name: string): Value {
    if (name === "Message") return this.message;
    if (name === "InnerException") return this.inner ?? null;
    if (name === "HResult") return -2146233088;
    return this.data[name] ?? null;
  }
}
