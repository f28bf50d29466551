import { BoundBlock } from "../compile/block.ts";
import { toText } from "../convert/to-text.ts";
import { Position } from "../errors/position.ts";
import type { Maybe } from "../maybe.ts";
import { NOTHING } from "../values/nothing.ts";
import { ScriptBlock } from "../values/script-block.ts";
import type { Value } from "../values/value.ts";
import { environmentValue } from "./environment.ts";
import type { Frame } from "./frame.ts";

/** `$drive:name`: the environment, functions and aliases as variables. */
export class Drives {
  read(drive: string, name: string, frame: Frame): Maybe<Value> {
    const { engine, scope } = frame;
    switch (drive) {
      case "env":
        return environmentValue(engine.environment, name) ?? null;
      case "function": {
        const found = engine.findFunction(name, scope);
        if (found === undefined) return null;
        return new ScriptBlock(
          new Position(found.code.unit.source, found.code.node),
          new BoundBlock(found.code, found.home),
        );
      }
      case "alias":
        return engine.aliases.get(name.toLowerCase())?.definition ?? engine.commands.find(name)?.name ?? null;
      default:
        return null;
    }
  }

  write(drive: string, name: string, value: Value, frame: Frame): void {
    if (drive === "env")
      setEnvironmentValue(
        frame.engine.environment,
        name,
        value === null || value === NOTHING ? undefined : toText(value),
      );
    if (drive === "function" && value instanceof ScriptBlock && value.code instanceof BoundBlock) {
      frame.engine.defineFunction({ name, code: value.code.block, home: value.code.home }, frame.scope);
    }
    if (drive === "alias") frame.engine.aliases.set(name.toLowerCase(), { name, definition: toText(value) });
  }
}

function setEnvironmentValue(
  environment: Record<string, string | undefined>,
  name: string,
  value: string | undefined,
): void {
  if (value === undefined || value === "") delete environment[name];
  else environment[name] = value;
}
