import { refIn } from "../../../sdk/host/arguments/scalar.ts";
import { singletons } from "../../../sdk/host/content.ts";
import { registry } from "../../../sdk/host/methods/index.ts";
import { refOf } from "../../../sdk/host/state/id.ts";
import {
  dataType,
  enumType,
  managedType,
  type PropertyInfo,
  subtypes,
  type ValueInfo,
} from "../../../sdk/vim/schema.ts";
import { type Caller, eventManager, taskManager } from "./caller.ts";

/** Chance that can be had again: the same seed makes the same values. */
export class Dice {
  #state: number;
  constructor(seed: number) {
    this.#state = seed | 0;
  }
  /** A whole number from 0 to below a limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }
  /** True once in so many times. */
  once(times: number): boolean {
    return this.below(times) === 0;
  }
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)];
    if (value === undefined) throw new Error("nothing to choose from");
    return value;
  }
}

const texts = [
  "",
  " ",
  "web-01",
  "golden",
  "a/b",
  "100%",
  "%2f",
  "\u0000\u001b[31m",
  "😀",
  "\ud800",
  "[vmfs-01] golden/golden.vmdk",
  "x".repeat(200),
  "__proto__",
  "VSPHERE.LOCAL\\Administrator",
  "name",
  "2026-01-01T00:00:00Z",
];
const numbers = [0, 1, -1, 2, 4, 1000, 1024, 4096, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 53, 0.5, Number.NaN, -0];
const wild: readonly unknown[] = [
  null,
  true,
  7n,
  2n ** 70n,
  Symbol("s"),
  () => 1,
  [],
  {},
  [[]],
  new Date(0),
  new Map(),
  Object.create(null),
  new Uint8Array(3),
  { _typeName: "ManagedEntity" },
  { type: 1, value: 2 },
];

/** What calls are made on and with. New objects may be added to it. */
export interface Known {
  readonly refs: { readonly type: string; readonly value: string }[];
}

/** The objects of a client's host, and a collector of either kind. */
export function knownTo(caller: Caller): Known {
  const own = [
    caller.call(eventManager, "CreateCollectorForEvents", { filter: {} }),
    caller.call(taskManager, "CreateCollectorForTasks", { filter: {} }),
  ];
  const objects = [...caller.state.objects.values()].map(refOf);
  return { refs: [...objects, ...singletons.vcenter.values(), ...own.flatMap((one) => refIn(one) ?? [])] };
}

/** Makes calls, tame ones with what fits and little of it, and others in which anything may be wrong. */
class Maker {
  readonly #dice: Dice;
  readonly #known: Known;
  readonly #tame: boolean;

  constructor(dice: Dice, known: Known) {
    this.#dice = dice;
    this.#known = known;
    this.#tame = !dice.once(3);
  }

  #rarely(times: number): boolean {
    return !this.#tame && this.#dice.once(times);
  }

  /** A value that a slot of the schema might be given. */
  value(info: ValueInfo, depth = 0): unknown {
    const dice = this.#dice;
    if (this.#rarely(30)) return dice.of(wild);
    if (info.array) return Array.from({ length: dice.below(3) }, () => this.value({ ...info, array: false }, depth));
    const values = enumType(info.type)?.values;
    if (values) return this.#rarely(20) ? "none" : dice.of(values);
    switch (info.type) {
      case "boolean":
        return dice.once(2);
      case "byte":
      case "short":
      case "int":
      case "long":
      case "float":
      case "double":
        return this.#tame ? dice.of([1, 2, 4, 1024, 4096]) : dice.of(numbers);
      case "string":
      case "anyURI":
      case "dateTime":
        return this.#text(info.enum);
      case "base64Binary":
        return new Uint8Array(dice.below(5));
      case "anyType":
        return dice.once(3) ? dice.of(texts) : dice.once(2) ? dice.of(numbers) : dice.of(this.#known.refs);
      case "ManagedObjectReference": {
        const fitting = this.#known.refs.filter(({ type }) => isA(type, info.ref));
        return dice.of(fitting.length > 0 && !this.#rarely(10) ? fitting : this.#known.refs);
      }
      default:
        return this.#data(info.type, depth);
    }
  }

  #text(openEnum: string | undefined): string {
    const dice = this.#dice;
    if (openEnum && !this.#rarely(4)) return dice.of(enumType(openEnum)?.values ?? texts);
    return this.#tame && !dice.once(6) ? `name-${dice.below(1000)}` : dice.of(texts);
  }

  /** A data object of a type or one derived from it, with what it needs and some of what it may have. */
  #data(declared: string, depth: number): unknown {
    const dice = this.#dice;
    const below = subtypes(declared);
    const name = below.length > 0 && !dice.once(3) ? dice.of(below) : declared;
    const info = dataType(name);
    if (!info || depth > 6) return {};
    const value: Record<string, unknown> = name === declared ? {} : { _typeName: name };
    const odds = this.#tame ? info.properties.length : 2 + depth * 2;
    for (const property of info.properties) {
      const wanted = property.name === "name" || (property.optional ? dice.once(odds) : !this.#rarely(60));
      if (wanted) value[property.name] = this.value(property, depth + 1);
    }
    if (this.#rarely(60)) value.nosuch = 1;
    return value;
  }

  /** A method, most likely one that is simulated, an object that has it, and arguments. */
  call() {
    const dice = this.#dice;
    const on = this.#rarely(30) ? { type: "VirtualMachine", value: "vm-99999" } : this.#object();
    const methods = [...(managedType(on.type)?.methods.values() ?? [])];
    const simulated = methods.filter(
      ({ name, owner }) => registry.get(owner)?.has(name) || registry.get(on.type)?.has(name),
    );
    const wanted = dice.of(simulated.length > 0 && !this.#rarely(6) ? simulated : methods);
    // After a logout there is little more to be seen.
    const method = wanted.name === "Logout" && !dice.once(5) ? dice.of(simulated) : wanted;
    const given = method.params.filter((param: PropertyInfo) => !param.optional || dice.once(2));
    return { on, method: method.name, args: Object.fromEntries(given.map((param) => [param.name, this.value(param)])) };
  }

  /** An object of any kind there is, kinds being equally likely, but for machines, at which most happens. */
  #object() {
    const refs = this.#known.refs.filter(({ type }) => (managedType(type)?.methods.size ?? 0) > 0);
    const kinds = [...new Set(refs.map(({ type }) => type))];
    const kind = this.#dice.once(3) ? "VirtualMachine" : this.#dice.of(kinds);
    const ofKind = refs.filter(({ type }) => type === kind);
    return this.#dice.of(ofKind.length > 0 ? ofKind : refs);
  }
}

export const someCall = (dice: Dice, known: Known) => new Maker(dice, known).call();

function isA(type: string, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  for (let at = managedType(type); at; at = at.base) if (at.name === wanted) return true;
  return false;
}
