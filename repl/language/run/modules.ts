import { bindArguments } from "../bind/bind.ts";
import { after, type Maybe } from "../maybe.ts";
import { wildcard } from "../regex/wildcard.ts";
import type { Value } from "../values/value.ts";
import type { Frame } from "./frame.ts";
import { FunctionStage } from "./function-stage.ts";
import { runStages } from "./pipeline.ts";
import { Scope } from "./scope.ts";
import { loadScript } from "./scripts.ts";
import { Collector } from "./sink.ts";

/** What importing a script module came to. */
export interface ImportedModule {
  readonly path: string;
  /** Functions the session has now. */
  readonly functions: readonly string[];
  /** What the module put out while it was loaded. */
  readonly output: readonly Value[];
}

/**
 * Runs a `.psm1` (or `.ps1`) in a scope of its own and gives the session the functions it exports: those that
 * `Export-ModuleMember` named, or all.
 */
export function importModule(path: string, args: readonly Value[], frame: Frame): Maybe<ImportedModule> {
  const { engine } = frame;
  const code = loadScript(path);
  const scope = new Scope(engine.global, "script");
  scope.isModule = true;
  const collector = new Collector();
  const binding = bindArguments(
    code.plan,
    args.map((value) => ({ name: undefined, value, given: true, text: undefined })),
  );
  const stage = new FunctionStage(
    {
      code,
      name: path,
      caller: frame.with({ scope, out: collector }),
      binding,
      streams: frame.streams,
      position: undefined,
      hasInput: false,
      scope: undefined,
      file: path,
    },
    collector,
  );
  return after(runStages([stage], undefined), () => {
    const patterns = scope.exported?.map((pattern) => wildcard(pattern));
    const functions: string[] = [];
    for (const definition of scope.functions?.values() ?? []) {
      if (patterns && !patterns.some((pattern) => pattern.test(definition.name))) continue;
      engine.defineFunction({ ...definition, home: scope }, engine.global);
      functions.push(definition.name);
    }
    return { path, functions, output: collector.items };
  });
}
