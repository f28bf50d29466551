import type { ParameterDeclaration, ScriptBlockNode } from "../ast/blocks.ts";
import type { AttributeNode, Expression } from "../ast/expressions.ts";
import type { Unit } from "../compile/code.ts";
import { compileExpression } from "../compile/expression.ts";
import { lazyType, typeText } from "../compile/types.ts";
import { toBoolean } from "../convert/to-boolean.ts";
import { toFloat } from "../convert/to-number.ts";
import { after, type Maybe } from "../maybe.ts";
import type { Frame } from "../run/frame.ts";
import { cast } from "../types/cast.ts";
import { isOfType } from "../types/is-of-type.ts";
import { NOTHING } from "../values/nothing.ts";
import type { Value } from "../values/value.ts";
import { indexByName } from "./command-plan.ts";
import { booleanOf } from "./converters.ts";
import { ALL_SETS, type Parameter, type Plan, type SetMembership } from "./parameter.ts";
import { notValid } from "./problems.ts";
import { type Check, compileChecks } from "./validation.ts";

/** The plan of a script block's or function's parameters. */
export function planOfBlock(node: ScriptBlockNode, unit: Unit): Plan {
  const declarations = node.parameters ?? [];
  const binding = find(node.attributes, "cmdletbinding");
  const explicit = declarations.some((parameter) => find(parameter.attributes, "parameter"));
  const positional = flag(binding, "positionalbinding", true);
  const numbered = declarations.some((parameter) => parameter.attributes.some((each) => named(each, "position")));
  const parameters = declarations.map((parameter, index) =>
    parameterOf(parameter, positional && !numbered ? place(declarations, index) : undefined, unit),
  );
  return {
    parameters,
    byName: indexByName(parameters),
    sets: [...new Set(parameters.flatMap((parameter) => [...parameter.sets.keys()]))].filter((set) => set !== ALL_SETS),
    defaultSet: textOf(named(binding, "defaultparametersetname")),
    strict: binding !== undefined || explicit,
    common: binding !== undefined || explicit,
    shouldProcess: flag(binding, "supportsshouldprocess", false),
    wording: "transform",
  };
}

/** Switches take no place among the positional parameters. */
function place(declarations: readonly ParameterDeclaration[], index: number): number | undefined {
  const isSwitch = (parameter: ParameterDeclaration | undefined) =>
    parameter?.type !== undefined && /^switch(parameter)?$/i.test(parameter.type.name);
  if (isSwitch(declarations[index])) return undefined;
  return declarations.slice(0, index).filter((parameter) => !isSwitch(parameter)).length;
}

export function find(attributes: readonly AttributeNode[], name: string): AttributeNode | undefined {
  return attributes.find(
    (attribute) =>
      attribute.name
        .toLowerCase()
        .replace(/^system\.management\.automation\./, "")
        .replace(/attribute$/, "") === name,
  );
}

function named(attribute: AttributeNode | undefined, name: string): { value: Expression | undefined } | undefined {
  const found = attribute?.named.find((each) => each.name === name);
  return found && { value: found.value };
}

function textOf(setting: { value: Expression | undefined } | undefined): string | undefined {
  return setting?.value?.kind === "String" ? setting.value.value : undefined;
}

function flag(attribute: AttributeNode | undefined, name: string, otherwise: boolean): boolean {
  const setting = named(attribute, name);
  if (setting === undefined) return otherwise;
  if (setting.value === undefined) return true;
  const { value } = setting;
  if (value.kind === "Variable") return value.name.toLowerCase() === "true";
  return value.kind === "Number" ? toBoolean(value.value) : true;
}

function setsOf(declaration: ParameterDeclaration, position: number | undefined): Map<string, SetMembership> {
  const sets = new Map<string, SetMembership>();
  for (const attribute of declaration.attributes) {
    if (find([attribute], "parameter") === undefined) continue;
    const given = named(attribute, "position")?.value;
    sets.set(textOf(named(attribute, "parametersetname")) ?? ALL_SETS, {
      position: given?.kind === "Number" ? toFloat(given.value) : position,
      mandatory: flag(attribute, "mandatory", false),
      byValue: flag(attribute, "valuefrompipeline", false),
      byProperty: flag(attribute, "valuefrompipelinebypropertyname", false),
    });
  }
  if (sets.size === 0) sets.set(ALL_SETS, { position, mandatory: false, byValue: false, byProperty: false });
  return sets;
}

function parameterOf(declaration: ParameterDeclaration, position: number | undefined, unit: Unit): Parameter {
  const { name, type, attributes } = declaration;
  const isSwitch =
    type !== undefined && type.rank === 0 && /^(System\.Management\.Automation\.)?switch(parameter)?$/i.test(type.name);
  const resolve = type && lazyType(type);
  const isText = type?.rank === 0 && /^(System\.)?string$/i.test(type.name);
  const isBoolean = type?.rank === 0 && /^(System\.)?bool(ean)?$/i.test(type.name);
  const checks = compileChecks(attributes, unit);
  const sets = setsOf(declaration, position);
  const mandatory = [...sets.values()].some((set) => set.mandatory);
  return {
    name,
    aliases: (find(attributes, "alias")?.positional ?? []).flatMap((alias) =>
      alias.kind === "String" ? [alias.value] : [],
    ),
    isSwitch,
    typeName: type ? typeText(type) : "System.Object",
    convert(value, text) {
      const held = value === NOTHING ? null : value;
      if (isText && text !== undefined) return text;
      if (isBoolean) return booleanOf(held);
      return resolve ? cast(resolve().definition, held) : held;
    },
    fits: (value) => resolve === undefined || isOfType(value, resolve()),
    check: (value, frame) => checkAll(checks, name, value, frame),
    checks: checks.length > 0,
    sets,
    remaining: attributes.some((each) => flag(each, "valuefromremainingarguments", false)),
    initial: initialOf(declaration, isSwitch, resolve && ((value) => cast(resolve().definition, value)), unit),
    allowsEmpty: !mandatory || ["allowemptystring", "allowemptycollection"].some((each) => find(attributes, each)),
    allowsNull: !mandatory || find(attributes, "allownull") !== undefined,
  };
}

function checkAll(checks: readonly Check[], name: string, value: unknown, frame: Frame): Maybe<void> {
  const from = (index: number): Maybe<void> => {
    const check = checks[index];
    if (check === undefined) return undefined;
    return after(check(asValue(value), frame), (why) => {
      if (why !== undefined) throw notValid(name, why);
      return from(index + 1);
    });
  };
  return from(0);
}

function asValue(value: unknown): Value {
  return value === undefined || typeof value === "symbol" || typeof value === "function" ? null : value;
}

/** A default is evaluated in the function's scope; without one a typed parameter has its type's zero. */
function initialOf(
  declaration: ParameterDeclaration,
  isSwitch: boolean,
  convert: ((value: Value) => Value) | undefined,
  unit: Unit,
): Parameter["initial"] {
  if (declaration.initial) {
    const code = compileExpression(declaration.initial, unit);
    return (frame) => after(code.run(frame), (value) => (convert ? convert(value) : value));
  }
  if (isSwitch) return () => false;
  if (declaration.type === undefined || declaration.type.rank > 0) return undefined;
  return zeroOf(declaration.type.name);
}

function zeroOf(typeName: string): (() => Value) | undefined {
  if (/^(System\.)?(int|int32|long|int64|double|decimal|uint32|byte|single|float)$/i.test(typeName)) return () => 0;
  if (/^(System\.)?(bool|boolean)$/i.test(typeName)) return () => false;
  return /^(System\.)?string$/i.test(typeName) ? () => "" : undefined;
}
