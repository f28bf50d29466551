import type { vim } from "../../vim/index.ts";
import { fault, invalidArgument } from "../faults.ts";
import type { HostRecord } from "../state/record.ts";

/** An advanced option of a host: a whole number within bounds. */
interface Option {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
  readonly summary: string;
}

/** Only options that something in the simulator acts on: one that changes nothing had better be refused. */
const options = {
  "Migrate.ProhibitInstantClone": {
    least: 0,
    most: 1,
    otherwise: 0,
    summary: "Prohibit instant clones of the machines that run on this host",
  },
} as const satisfies Record<string, Option>;

export type HostOption = keyof typeof options;
const isOption = (name: string): name is HostOption => Object.hasOwn(options, name);
const names = Object.keys(options).filter(isOption);

/** What an option of a host is set to. */
export const optionOf = (host: HostRecord, name: HostOption): number => host.options?.[name] ?? options[name].otherwise;

const shownOption = (host: HostRecord, key: HostOption): vim.OptionValue => ({
  _typeName: "OptionValue",
  key,
  value: optionOf(host, key),
});

export const settings = (host: HostRecord): vim.OptionValue[] => names.map((name) => shownOption(host, name));

/** The options of a name, or of all names that begin with one that ends in a dot; all of them where none is given. */
export function queryOptions(host: HostRecord, name: string | undefined): vim.OptionValue[] {
  if (name === undefined || name === "") return settings(host);
  const found = names.filter((known) => known === name || known.startsWith(name.endsWith(".") ? name : `${name}.`));
  if (found.length === 0) throw unknown(name);
  return found.map((known) => shownOption(host, known));
}

/** A host with some of its options changed, all or none. */
export function withOptions(host: HostRecord, changes: readonly vim.OptionValue[]): HostRecord {
  const changed: Record<string, number> = { ...host.options };
  changes.forEach(({ key, value }, i) => {
    if (!isOption(key)) throw unknown(key);
    const { least, most } = options[key];
    const wanted = typeof value === "bigint" ? Number(value) : value;
    if (typeof wanted !== "number" || !Number.isInteger(wanted) || wanted < least || wanted > most)
      throw invalidArgument(`changedValue[${i}].value`, `${key} is a whole number from ${least} to ${most}.`);
    changed[key] = wanted;
  });
  return { ...host, options: changed };
}

const unknown = (name: string) =>
  fault(
    "InvalidName",
    { name },
    `There is no advanced option '${name.slice(0, 200)}'. The simulated hosts have ${names.join(", ")}.`,
  );

export const supportedOptions = (): vim.OptionDef[] =>
  names.map((key) => {
    const { least, most, otherwise, summary } = options[key];
    const optionType: vim.LongOption = {
      _typeName: "LongOption",
      valueIsReadonly: false,
      min: least,
      max: most,
      defaultValue: otherwise,
    };
    return { key, label: key, summary, optionType };
  });
