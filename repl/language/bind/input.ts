import { ScriptError } from "../errors/script-error.ts";
import type { Maybe } from "../maybe.ts";
import { findMember } from "../members/access.ts";
import type { Value } from "../values/value.ts";
import { converted } from "./bind.ts";
import { membership, type Parameter, type Plan } from "./parameter.ts";

/** Binds the pipeline's objects, one after the other, to the parameters that nothing else was given for. */
export class InputBinder {
  /** The one parameter that takes whole objects of any type: no questions to ask. */
  readonly direct: Parameter | undefined;
  private readonly plan: Plan;
  private readonly byValue: readonly Parameter[];
  private readonly byProperty: readonly Parameter[];

  constructor(plan: Plan, sets: readonly string[], bound: ReadonlyMap<Parameter, unknown>) {
    this.plan = plan;
    const open = plan.parameters.filter((parameter) => !bound.has(parameter));
    const takes = (parameter: Parameter, how: "byValue" | "byProperty") =>
      (sets.length > 0 ? sets : [""]).some((set) => membership(parameter, set)?.[how]);
    this.byValue = open.filter((parameter) => takes(parameter, "byValue"));
    this.byProperty = open.filter((parameter) => takes(parameter, "byProperty"));
    const [only] = this.byValue;
    const plain =
      this.byValue.length === 1 &&
      this.byProperty.length === 0 &&
      only?.typeName === "System.Object" &&
      only.allowsNull &&
      !only.checks;
    this.direct = plain ? only : undefined;
  }

  get takesNothing(): boolean {
    return this.byValue.length === 0 && this.byProperty.length === 0;
  }

  /**
   * What an object gives: whole to a parameter of its type, its properties to parameters of their names, and only
   * then whole to one it can be converted to. Undefined when nothing takes it.
   */
  bind(value: Value): Maybe<Map<Parameter, unknown> | undefined> {
    const found = new Map<Parameter, unknown>();
    for (const parameter of this.byValue) {
      if (parameter.fits(value)) this.attempt(parameter, value, found);
    }
    if (found.size > 0 && this.byProperty.length === 0) return found;
    const properties = this.properties(value, found);
    return properties instanceof Promise ? properties.then(() => this.rest(value, found)) : this.rest(value, found);
  }

  private rest(value: Value, found: Map<Parameter, unknown>): Map<Parameter, unknown> | undefined {
    if (found.size > 0) return found;
    let failure: unknown;
    for (const parameter of this.byValue) {
      failure ??= this.attempt(parameter, value, found);
      if (found.size > 0) return found;
    }
    if (failure !== undefined) throw failure;
    return undefined;
  }

  private attempt(parameter: Parameter, value: Value, found: Map<Parameter, unknown>): unknown {
    try {
      found.set(parameter, converted(this.plan, parameter, value, undefined));
      return undefined;
    } catch (error) {
      if (error instanceof ScriptError) return error;
      throw error;
    }
  }

  private properties(value: Value, found: Map<Parameter, unknown>): Maybe<void> {
    const pending: Promise<void>[] = [];
    for (const parameter of this.byProperty) {
      if (found.has(parameter) || value === null) continue;
      const name = [parameter.name, ...parameter.aliases].find((each) => findMember(value, each) !== undefined);
      const held = name === undefined ? undefined : findMember(value, name);
      if (held === undefined) continue;
      if (held instanceof Promise) pending.push(held.then((there) => void this.attempt(parameter, there, found)));
      else this.attempt(parameter, held, found);
    }
    return pending.length > 0 ? Promise.all(pending).then(() => undefined) : undefined;
  }
}
