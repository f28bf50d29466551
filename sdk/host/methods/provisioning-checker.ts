import type { Ref, vim } from "../../vim/index.ts";
import type { Handlers } from "../call.ts";
import { type HostFault, invalidArgument } from "../faults.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { Findings, testTypes } from "../machine/attempt.ts";
import { planClone } from "../machine/clone-spec.ts";
import { chainWarning } from "../machine/fork-source.ts";
import { findingsOf } from "../machine/instant-clone.ts";
import { refOf } from "../state/id.ts";
import type { MachineRecord } from "../state/machine-record.ts";
import type { View } from "../state/view.ts";
import { operation } from "../task/operation.ts";

function requireTests(tests: readonly string[] | undefined): void {
  tests?.forEach((test, i) => {
    if (!testTypes.some((known) => known === test))
      throw invalidArgument(`testType[${i}]`, `'${test.slice(0, 80)}' is none of ${testTypes.join(", ")}.`);
  });
}

/** The machine that a check is about. Asking takes no privilege on it but to see it: what the operation takes, it says itself. */
const machineOf = (view: View, ref: Ref<"VirtualMachine">) => resolveKind(view, "VirtualMachine", ref);

const result = (
  view: View,
  machine: MachineRecord,
  error: readonly HostFault[],
  warning: readonly HostFault[] = [],
): vim.CheckResult => {
  const host = view.object(machine.host);
  return {
    vm: refOf(machine),
    ...(host?.kind === "HostSystem" ? { host: refOf(host) } : {}),
    ...(warning.length === 0 ? {} : { warning: warning.map(({ localized }) => localized) }),
    ...(error.length === 0 ? {} : { error: error.map(({ localized }) => localized) }),
  };
};

/** Says beforehand what would refuse an operation. It changes nothing. */
export const provisioningChecker: Handlers<"VirtualMachineProvisioningChecker"> = {
  CheckInstantClone_Task: operation("VirtualMachineProvisioningChecker", "CheckInstantClone_Task", {
    begin(view, { args }) {
      requireTests(args.testType);
      machineOf(view, args.vm);
    },
    finish(tx, { args }) {
      const source = machineOf(tx, args.vm);
      const warning = chainWarning(source);
      const faults = findingsOf(tx, source, args.spec).faults(args.testType);
      return [result(tx, source, faults, warning ? [warning] : [])];
    },
  }),

  /** Of a clone only the first refusal is found: its specification is read until something is wrong with it. */
  CheckClone_Task: operation("VirtualMachineProvisioningChecker", "CheckClone_Task", {
    begin(view, { args }) {
      requireTests(args.testType);
      machineOf(view, args.vm);
    },
    finish(tx, { args }) {
      const source = machineOf(tx, args.vm);
      const findings = new Findings();
      findings.attempt("sourceTests", undefined, () => void planClone(tx, source, args));
      return [result(tx, source, findings.faults())];
    },
  }),
};
