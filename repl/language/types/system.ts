import { homedir, hostname, userInfo } from "node:os";
import { floatAt, intAt, textAt } from "../members/arguments.ts";
import { environmentValue } from "../run/environment.ts";
import { ScriptExit } from "../run/signals.ts";
import { toDouble } from "../values/double.ts";
import { DictionaryEntry, Hashtable } from "../values/hashtable.ts";
import type { Members, MemberValue } from "../values/members.ts";
import { NOTHING } from "../values/nothing.ts";
import { SecureString } from "../values/secure-string.ts";
import { TimeSpan } from "../values/time-span.ts";
import type { Value } from "../values/value.ts";
import { Version } from "../values/version.ts";
import type { TypeDefinition } from "./definition.ts";

export const ENVIRONMENT_TYPE: TypeDefinition = {
  fullName: "System.Environment",
  is: () => false,
  properties: {
    CurrentDirectory: (caller) => caller.location,
    MachineName: () => hostname(),
    NewLine: () => "\n",
    OSVersion: () => process.platform,
    ProcessId: () => process.pid,
    ProcessorCount: () => 1,
    TickCount: () => Math.trunc(performance.now()),
    UserDomainName: () => hostname(),
    UserInteractive: () => true,
    UserName: () => userInfo().username,
    Version: () => new Version([8, 0, 0]),
  },
  methods: {
    Exit(args) {
      throw new ScriptExit(intAt(args, 0));
    },
    ExpandEnvironmentVariables: (args, caller) =>
      textAt(args, 0).replace(/%(\w+)%/g, (whole, name: string) => environmentValue(caller.environment, name) ?? whole),
    GetCommandLineArgs: () => [...process.argv],
    GetEnvironmentVariable: (args, caller) => environmentValue(caller.environment, textAt(args, 0)) ?? null,
    GetEnvironmentVariables: (_args, caller) =>
      Hashtable.from(Object.entries(caller.environment).map(([name, value]) => [name, value ?? ""] as const)),
    GetFolderPath: () => homedir(),
    SetEnvironmentVariable(args, caller) {
      caller.environment[textAt(args, 0)] = textAt(args, 1);
      return NOTHING;
    },
  },
};

/** `[Diagnostics.Stopwatch]` */
class Stopwatch implements Members {
  readonly typeNames = ["System.Diagnostics.Stopwatch", "System.Object"];
  private started: number | undefined;
  private before = 0;

  start(): this {
    this.started ??= performance.now();
    return this;
  }

  private get ms(): number {
    return this.before + (this.started === undefined ? 0 : performance.now() - this.started);
  }

  private stop(): void {
    this.before = this.ms;
    this.started = undefined;
  }

  member(name: string): MemberValue | undefined {
    const property = (shown: string, get: () => Value): MemberValue => ({ name: shown, kind: "Property", get });
    const method = (shown: string, act: () => void): MemberValue => ({
      name: shown,
      kind: "Method",
      invoke() {
        act();
        return NOTHING;
      },
    });
    switch (name.toLowerCase()) {
      case "elapsed":
        return property("Elapsed", () => new TimeSpan(this.ms));
      case "elapsedmilliseconds":
        return property("ElapsedMilliseconds", () => BigInt(Math.trunc(this.ms)));
      case "elapsedticks":
        return property("ElapsedTicks", () => BigInt(Math.trunc(this.ms * 10_000)));
      case "isrunning":
        return property("IsRunning", () => this.started !== undefined);
      case "start":
        return method("Start", () => this.start());
      case "stop":
        return method("Stop", () => this.stop());
      case "reset":
        return method("Reset", () => {
          this.stop();
          this.before = 0;
        });
      case "restart":
        return method("Restart", () => {
          this.before = 0;
          this.started = performance.now();
        });
      default:
        return undefined;
    }
  }

  memberNames(): readonly string[] {
    return ["IsRunning", "Elapsed", "ElapsedMilliseconds", "ElapsedTicks", "Start", "Stop", "Reset", "Restart"];
  }
}

export const STOPWATCH_TYPE: TypeDefinition = {
  fullName: "System.Diagnostics.Stopwatch",
  is: (value) => value instanceof Stopwatch,
  construct: () => new Stopwatch(),
  methods: {
    StartNew: () => new Stopwatch().start(),
    GetTimestamp: () => BigInt(Math.trunc(performance.now() * 10_000)),
  },
};

/** Nothing to collect, nothing to configure: calls that scripts make for other reasons. */
function harmless(
  fullName: string,
  methods: readonly string[],
  properties: Readonly<Record<string, Value>> = {},
): TypeDefinition {
  const held = new Map<string, Value>(Object.entries(properties));
  return {
    fullName,
    is: () => false,
    methods: Object.fromEntries(methods.map((name) => [name, () => NOTHING])),
    properties: Object.fromEntries(Object.keys(properties).map((name) => [name, () => held.get(name) ?? null])),
    assign(name, value) {
      const key = [...held.keys()].find((each) => each.toLowerCase() === name.toLowerCase());
      if (key !== undefined) held.set(key, value);
    },
  };
}

export const QUIET_TYPES: readonly TypeDefinition[] = [
  harmless("System.GC", ["Collect", "WaitForPendingFinalizers"]),
  harmless("System.Net.ServicePointManager", [], {
    SecurityProtocol: "Tls12",
    ServerCertificateValidationCallback: null,
    CertificatePolicy: null,
    Expect100Continue: false,
    DefaultConnectionLimit: 2,
  }),
  harmless("System.Reflection.Assembly", ["LoadWithPartialName", "Load", "LoadFile", "LoadFrom"]),
  harmless("System.Console", ["Beep", "Clear"], {
    OutputEncoding: "utf-8",
    InputEncoding: "utf-8",
    Title: "",
    CursorVisible: true,
  }),
];

/** Text behind a pointer: what scripts use these calls for is to read a SecureString. */
export const MARSHAL_TYPE: TypeDefinition = {
  fullName: "System.Runtime.InteropServices.Marshal",
  is: () => false,
  methods: {
    SecureStringToBSTR: (args) => new DictionaryEntry("BSTR", args[0] ?? null),
    SecureStringToGlobalAllocUnicode: (args) => new DictionaryEntry("BSTR", args[0] ?? null),
    PtrToStringAuto: (args) => behind(args[0]),
    PtrToStringBSTR: (args) => behind(args[0]),
    PtrToStringUni: (args) => behind(args[0]),
    ZeroFreeBSTR: () => NOTHING,
  },
};

function behind(pointer: Value | undefined): Value {
  return pointer instanceof DictionaryEntry && pointer.value instanceof SecureString ? pointer.value.reveal() : null;
}

class RandomSource implements Members {
  readonly typeNames = ["System.Random", "System.Object"];

  member(name: string): MemberValue | undefined {
    const wanted = name.toLowerCase();
    if (wanted === "next") return { name: "Next", kind: "Method", invoke: next };
    return wanted === "nextdouble"
      ? { name: "NextDouble", kind: "Method", invoke: () => toDouble(Math.random()) }
      : undefined;
  }

  memberNames(): readonly string[] {
    return ["Next", "NextDouble"];
  }
}

function next(args: readonly Value[]): Value {
  const [from, to] = args.length > 1 ? [floatAt(args, 0), floatAt(args, 1)] : [0, floatAt(args, 0, 2 ** 31 - 1)];
  return from + Math.floor(Math.random() * (to - from));
}

export const RANDOM_TYPE: TypeDefinition = {
  fullName: "System.Random",
  is: (value) => value instanceof RandomSource,
  construct: () => new RandomSource(),
};

export const THREAD_TYPE: TypeDefinition = {
  fullName: "System.Threading.Thread",
  is: () => false,
  methods: {
    Sleep: (args) =>
      new Promise((resolve) => setTimeout(resolve, args[0] instanceof TimeSpan ? args[0].ms : intAt(args, 0), NOTHING)),
  },
};
