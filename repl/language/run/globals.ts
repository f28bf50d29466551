import { homedir } from "node:os";
import { Hashtable } from "../values/hashtable.ts";
import { List } from "../values/list.ts";
import { PSObject } from "../values/ps-object.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";
import type { Engine } from "./engine.ts";
import { hostObject } from "./host-object.ts";

/** The variables every session starts with. */
export function declareGlobals(engine: Engine): void {
  const values: Readonly<Record<string, Value>> = {
    ErrorActionPreference: "Continue",
    WarningPreference: "Continue",
    VerbosePreference: "SilentlyContinue",
    DebugPreference: "SilentlyContinue",
    InformationPreference: "SilentlyContinue",
    ProgressPreference: "Continue",
    ConfirmPreference: "High",
    WhatIfPreference: false,
    OFS: " ",
    OutputEncoding: "utf-8",
    FormatEnumerationLimit: 4,
    MaximumHistoryCount: 4096,
    PSDefaultParameterValues: new Hashtable(),
    HOME: engine.environment.HOME ?? homedir(),
    PID: process.pid,
    ShellId: "Microsoft.PowerShell",
    IsWindows: process.platform === "win32",
    IsLinux: process.platform === "linux",
    IsMacOS: process.platform === "darwin",
    IsCoreCLR: true,
    Error: engine.errorList,
    LASTEXITCODE: null,
  };
  for (const [name, value] of Object.entries(values)) engine.global.set(name, value);
}

/** Values that are made when somebody asks for them. */
export function dynamicGlobal(key: string, engine: Engine): Value | undefined {
  switch (key) {
    case "pwd":
      return PSObject.of(
        { Path: engine.location, ProviderPath: engine.location },
        "System.Management.Automation.PathInfo",
      ).add({
        name: "ToString",
        kind: "ScriptMethod",
        invoke: () => engine.location,
      });
    case "psversiontable":
      return versionTable();
    case "host":
      return hostObject(engine);
    case "psculture":
    case "psuiculture":
      return "en-US";
    case "pshome":
      return "/";
    case "args":
      return [];
    case "input":
      return new List();
    case "profile":
      return "";
    case "psscriptroot":
    case "pscommandpath":
      return "";
    case "executioncontext":
      return PSObject.of({});
    default:
      return undefined;
  }
}

function versionTable(): Hashtable {
  return Hashtable.from(
    [
      ["PSVersion", new Version([7, 4, 0])],
      ["PSEdition", "Core"],
      ["OS", `${process.platform}`],
      ["Platform", process.platform === "win32" ? "Win32NT" : "Unix"],
      ["PSCompatibleVersions", [new Version([7, 0])]],
    ],
    { ordered: true },
  );
}
