import { toText } from "../convert/to-text.ts";
import { typeNameOf } from "../convert/type-name.ts";
import type { ErrorRecord } from "../errors/error-record.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";
import { MemberTable } from "./table.ts";

export const ERROR_MEMBERS = new MemberTable<ErrorRecord>(
  {
    Exception: (self) => self.exception,
    TargetObject: (self) => self.target,
    CategoryInfo: categoryInfo,
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

function categoryInfo(self: ErrorRecord): Value {
  const reason = (self.exception.typeNames[0] ?? "").replace(/^.*\./, "");
  const info = PSObject.of(
    {
      Category: self.category,
      Activity: self.command ?? "",
      Reason: reason,
      TargetName: toText(self.target),
      TargetType: typeNameOf(self.target).replace(/^.*\./, ""),
    },
    "System.Management.Automation.ErrorCategoryInfo",
  );
  return info.add({
    name: "ToString",
    kind: "ScriptMethod",
    invoke: () =>
      `${self.category}: (${toText(self.target)}:${typeNameOf(self.target).replace(/^.*\./, "")}) [${self.command ?? ""}], ${reason}`,
  });
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
