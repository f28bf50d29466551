import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import type { Members, MemberValue } from "../values/members.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";
import { MemberTable } from "./table.ts";

export const ERROR_MEMBERS = new MemberTable<ErrorRecord>(
  {
    Exception: (self) => self.exception,
    TargetObject: (self) => self.target,
    CategoryInfo: (self) => new CategoryInfo(self),
    FullyQualifiedErrorId: (self) => self.fullyQualifiedId,
    ErrorDetails: (self) =>
      self.details === undefined ? null : PSObject.of({ Message: self.details, RecommendedAction: "" }),
    InvocationInfo: invocationInfo,
    ScriptStackTrace: (self) =>
      self.position ? `at <ScriptBlock>, ${self.position.file ?? "<No file>"}: line ${self.position.line}` : "",
    PipelineIterationInfo: () => [],
    PSMessageDetails: () => null,
  },
  { ToString: (self) => self.message },
);

/** What kind of error it is; as text `ObjectNotFound: (nope:String) [Get-VM], VimException`. */
class CategoryInfo implements Members {
  readonly typeNames = ["System.Management.Automation.ErrorCategoryInfo", "System.Object"];
  private readonly record: ErrorRecord;

  constructor(record: ErrorRecord) {
    this.record = record;
  }

  member(name: string): MemberValue | undefined {
    const known = this.memberNames().find((each) => each.toLowerCase() === name.toLowerCase());
    return known === undefined ? undefined : { name: known, kind: "Property", get: () => this.values()[known] ?? "" };
  }

  memberNames(): readonly string[] {
    return ["Category", "Activity", "Reason", "TargetName", "TargetType"];
  }

  asText(): string {
    const { Category, Activity, Reason, TargetName, TargetType } = this.values();
    return `${Category}: (${TargetName}:${TargetType}) [${Activity}], ${Reason}`;
  }

  private values(): Record<string, string> {
    const { category, command, exception, target } = this.record;
    return {
      Category: category,
      Activity: command ?? "",
      Reason: (exception.typeNames[0] ?? "").replace(/^.*\./, ""),
      TargetName: toText(target),
      TargetType: typeNameOf(target).replace(/^.*\./, ""),
    };
  }
}

function invocationInfo(self: ErrorRecord): Value {
  const { position } = self;
  return PSObject.of(
    {
      MyCommand: self.command ?? null,
      ScriptLineNumber: position?.line ?? 0,
      OffsetInLine: position?.column ?? 0,
      ScriptName: position?.file ?? null,
      Line: position?.lineText ?? "",
      PositionMessage: position?.message ?? "",
      InvocationName: self.command ?? "",
      PSCommandPath: position?.file ?? null,
    },
    "System.Management.Automation.InvocationInfo",
  );
}
