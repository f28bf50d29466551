import type { TypeName } from "../ast/expressions.ts";
import { toText } from "../convert/to-text.ts";
import { ScriptError, scriptError } from "../errors/script-error.ts";
import { cast } from "../types/cast.ts";
import { isOfType } from "../types/is-of-type.ts";
import { typeFromText, typeOf } from "../types/registry.ts";
import { TypeValue } from "../values/type-value.ts";
import type { Value } from "../values/value.ts";
import { type Code, map2 } from "./code.ts";

/** Spells a type's name as it was written. */
export function typeText(node: TypeName): string {
  const generic = node.generic.length > 0 ? `[${node.generic.map(typeText).join(",")}]` : "";
  return `${node.name}${generic}${"[]".repeat(node.rank)}`;
}

export function unknownType(name: string): ScriptError {
  return scriptError(`Unable to find type [${name}].`, {
    category: "InvalidOperation",
    id: "TypeNotFound",
    target: name,
  });
}

/** Finds the type of a literal when it is first needed: types may be added while a script runs. */
export function lazyType(node: TypeName): () => TypeValue {
  let found: TypeValue | undefined;
  return () => {
    found ??= typeOf(node);
    if (found === undefined) throw unknownType(typeText(node));
    return found;
  };
}

function asType(value: Value): TypeValue | undefined {
  return value instanceof TypeValue ? value : typeFromText(toText(value));
}

/** `-is`, `-isnot`, `-as` */
export function compileTypeTest(operator: "is" | "isnot" | "as", left: Code, right: Code): Code {
  return map2(left, right, (value, wanted) => {
    const type = asType(wanted);
    if (operator !== "as") {
      if (type === undefined) throw unknownType(toText(wanted));
      return isOfType(value, type) === (operator === "is");
    }
    if (type === undefined) return null;
    try {
      return cast(type.definition, value);
    } catch (error) {
      if (error instanceof ScriptError) return null;
      throw error;
    }
  });
}
