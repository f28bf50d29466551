import type { BlockCode } from "../compile/block.ts";
import type { FunctionInfo } from "../session.ts";
import type { Scope } from "./scope.ts";

/** A function that a script defined. */
export interface ScriptFunction {
  readonly name: string;
  readonly code: BlockCode;
  /** Scope of the module it belongs to; functions of scripts see their caller's variables. */
  readonly home: Scope | undefined;
}

export function functionInfo({ name, code }: ScriptFunction): FunctionInfo {
  return {
    name,
    definition: code.text,
    help: code.node.help,
    file: code.unit.source.file,
    parameters: code.plan.parameters.map((parameter) => {
      const sets = [...parameter.sets.values()];
      return {
        name: parameter.name,
        typeName: parameter.typeName,
        aliases: parameter.aliases,
        isSwitch: parameter.isSwitch,
        mandatory: sets.some((set) => set.mandatory),
        position: sets[0]?.position,
        pipeline: sets.some((set) => set.byValue || set.byProperty),
      };
    }),
  };
}
