import { toText } from "../convert/to-text.ts";
import { CATEGORIES } from "../errors/category.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { Exception } from "../errors/exception.ts";
import { textAt } from "../members/arguments.ts";
import { sameText } from "../operators/strings.ts";
import type { Value } from "../values/value.ts";
import { CastProblem } from "./cast.ts";
import type { TypeDefinition } from "./definition.ts";

/** Any `...Exception` a script names: made with a message and, if given, the exception inside. */
export function exceptionType(name: string): TypeDefinition | undefined {
  if (!/^[\w.]*exception$/i.test(name)) return undefined;
  const fullName = /^system\./i.test(name) || name.includes(".") ? name : `System.${name}`;
  const make = (args: readonly Value[]) =>
    new Exception(fullName, textAt(args, 0, `Exception of type '${fullName}' was thrown.`), {
      inner: args[1] instanceof Exception ? args[1] : undefined,
    });
  return {
    fullName,
    is: (value) => value instanceof Exception && value.typeNames.some((each) => sameText(each, fullName)),
    convert: (value) => (value instanceof Exception ? value : make([value])),
    construct: make,
  };
}

const RECORD: TypeDefinition = {
  fullName: "System.Management.Automation.ErrorRecord",
  is: (value) => value instanceof ErrorRecord,
  construct(args) {
    const [cause, id, category, target = null] = args;
    const exception = cause instanceof Exception ? cause : new Exception("System.Exception", toText(cause ?? null));
    const known = CATEGORIES.find((each) => sameText(each, toText(category ?? "NotSpecified")));
    return new ErrorRecord(exception, { id: toText(id ?? ""), target, ...(known ? { category: known } : {}) });
  },
};

const CATEGORY: TypeDefinition = {
  fullName: "System.Management.Automation.ErrorCategory",
  values: CATEGORIES,
  is: () => false,
  convert(value) {
    const known = CATEGORIES.find((each) => sameText(each, toText(value)));
    if (known === undefined)
      throw new CastProblem(`Unable to match the identifier name ${toText(value)} to a valid enumerator name.`);
    return known;
  },
};

export const ERROR_TYPES: readonly TypeDefinition[] = [RECORD, CATEGORY];
