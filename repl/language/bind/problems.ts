import { toText } from "../convert/to-text.ts";
import { ErrorRecord } from "../errors/error-record.ts";
import { Exception } from "../errors/exception.ts";
import { ScriptError, scriptError } from "../errors/script-error.ts";
import type { Value } from "../values/value.ts";
import type { Parameter, Plan } from "./parameter.ts";

const TYPE = "System.Management.Automation.ParameterBindingException";

/** Errors of the binder, in PowerShell's words. */

function problem(message: string, id: string, target: Value = null): ScriptError {
  return scriptError(message, { type: TYPE, category: "InvalidArgument", id, target });
}

export function unknownParameter(name: string): ScriptError {
  return problem(`A parameter cannot be found that matches parameter name '${name}'.`, "NamedParameterNotFound", name);
}

export function ambiguousParameter(name: string, matches: readonly Parameter[]): ScriptError {
  const names = matches.map((parameter) => `-${parameter.name}`).join(" ");
  return problem(
    `Parameter cannot be processed because the parameter name '${name}' is ambiguous. Possible matches include: ${names}.`,
    "AmbiguousParameter",
    name,
  );
}

export function missingArgument(parameter: Parameter): ScriptError {
  return problem(
    `Missing an argument for parameter '${parameter.name}'. Specify a parameter of type '${parameter.typeName}' and try again.`,
    "MissingArgument",
    parameter.name,
  );
}

export function boundTwice(parameter: Parameter): ScriptError {
  return problem(
    `Cannot bind parameter because parameter '${parameter.name}' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, "-parameter value1,value2,value3".`,
    "ParameterAlreadyBound",
    parameter.name,
  );
}

export function surplusArgument(value: Value): ScriptError {
  return problem(
    `A positional parameter cannot be found that accepts argument '${toText(value)}'.`,
    "PositionalParameterNotFound",
    value,
  );
}

export function missingMandatory(parameters: readonly Parameter[]): ScriptError {
  const names = parameters.map((parameter) => parameter.name).join(" ");
  return problem(
    `Cannot process command because of one or more missing mandatory parameters: ${names}.`,
    "MissingMandatoryParameter",
  );
}

export function ambiguousSet(): ScriptError {
  return problem(
    "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.",
    "AmbiguousParameterSet",
  );
}

export function inputNotBound(value: Value): ScriptError {
  return problem(
    "The input object cannot be bound to any parameters for the command either because the command does not take pipeline input or the input and its properties do not match any of the parameters that take pipeline input.",
    "InputObjectNotBound",
    value,
  );
}

export function emptyValue(
  parameter: Parameter,
  what: "null" | "an empty string" | "an empty array" | "an empty collection",
): ScriptError {
  return problem(
    `Cannot bind argument to parameter '${parameter.name}' because it is ${what}.`,
    `ParameterArgumentValidationError${what === "null" ? "Null" : "EmptyString"}NotAllowed`,
    parameter.name,
  );
}

/** A conversion that failed, with the parameter's name before the reason. */
export function notConverted(plan: Plan, parameter: Parameter, error: ScriptError): ScriptError {
  const start =
    plan.wording === "bind" ? "Cannot bind parameter" : "Cannot process argument transformation on parameter";
  const message = `${start} '${parameter.name}'. ${error.record.message}`;
  const id = plan.wording === "bind" ? "CannotConvertArgumentNoMessage" : "ParameterArgumentTransformationError";
  const exception = new Exception(TYPE, message, { inner: error.record.exception });
  return new ScriptError(
    new ErrorRecord(exception, {
      category: plan.wording === "bind" ? "InvalidArgument" : "InvalidData",
      id,
      target: error.record.target,
    }),
  );
}

export function notValid(name: string, why: string): ScriptError {
  return scriptError(`Cannot validate argument on parameter '${name}'. ${why}`, {
    type: TYPE,
    category: "InvalidData",
    id: "ParameterArgumentValidationError",
    alsoKnownAs: ["System.Management.Automation.ValidationMetadataException"],
  });
}
