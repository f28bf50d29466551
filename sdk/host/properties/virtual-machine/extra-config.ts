import type { vim } from "../../../vim/index.ts";
import { extraConfigOf } from "../../machine/extra-config.ts";
import type { MachineBase, MachineRecord } from "../../state/machine-record.ts";

const option = ([key, value]: readonly [string, string]): vim.OptionValue =>
  Object.freeze({ _typeName: "OptionValue", key, value });

/** The pairs of a base, which its forks show too. */
const common = new WeakMap<MachineBase["extraConfig"], readonly vim.OptionValue[]>();

function ofBase(pairs: MachineBase["extraConfig"]): readonly vim.OptionValue[] {
  let options = common.get(pairs);
  if (!options) {
    options = Object.freeze(Object.entries(pairs).map(option));
    common.set(pairs, options);
  }
  return options;
}

/** A machine's `extraConfig`: that of its base with its own on top. */
export function extraConfig(machine: MachineRecord): readonly vim.OptionValue[] {
  const { base } = machine;
  if (!machine.extraConfig) return ofBase(base.extraConfig);
  const pairs = extraConfigOf(machine);
  const shared = new Map(ofBase(base.extraConfig).map((value) => [value.key, value]));
  return Object.entries(pairs).map((pair) => {
    const known = shared.get(pair[0]);
    return known?.value === pair[1] ? known : option(pair);
  });
}
