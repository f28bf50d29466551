import type { Ref } from "../../vim/index.ts";
import type { View } from "../state/view.ts";
import { dependantsOf } from "./dependants.ts";
import { ancestorsOf, forkCount, forksOf, type Relative } from "./lineage.ts";

/** A relative of a machine, as it is told outside. */
export interface Kin {
  readonly ref: Ref<"VirtualMachine">;
  readonly name: string;
  readonly made: Relative["made"];
  /** Set when it is gone: since when, in milliseconds since the epoch. */
  readonly gone: number | undefined;
}

export interface Kinship {
  readonly made: Relative["made"];
  /** The nearest first. */
  readonly ancestors: readonly Kin[];
  readonly forks: number;
}

const kin = ({ id, name, made, gone }: Relative): Kin => ({
  ref: { type: "VirtualMachine", value: `vm-${id}` },
  name,
  made,
  gone,
});

export function kinshipOf(view: View, machine: Pick<Relative, "id" | "made"> & { readonly source: number }): Kinship {
  return {
    made: machine.made,
    ancestors: [...ancestorsOf(view, machine)].map(kin),
    forks: forkCount(view, machine.id),
  };
}

/** Those that were made from a machine, or those that need its files. */
export const kinOf = (view: View, id: number, which: "forks" | "dependants"): Kin[] =>
  which === "forks"
    ? [...forksOf(view, id)].map(kin)
    : [...dependantsOf(view, id)].map((machine) => kin({ ...machine, gone: undefined }));
