import type { Handlers } from "../call.ts";
import { customizeGuest, requireRoot, startNetwork } from "../guest/customization/customize.ts";
import { actNow, changeNow, requireGuest } from "../guest/operations/in-guest.ts";
import { resolveKind } from "../inventory/lookup.ts";
import { phase } from "../machine/phases.ts";
import type { View } from "../state/view.ts";
import { operation } from "../task/operation.ts";

const manager = "VirtualMachineGuestCustomizationManager";

const machineOf = (view: View, { args }: { readonly args: { readonly vm: Parameters<typeof resolveKind>[2] } }) =>
  resolveKind(view, "VirtualMachine", args.vm);

/** One at a time may customize a machine. */
const alone = {
  lock: "exclusive",
  keeps: (view: View, job: Parameters<typeof machineOf>[1]) => machineOf(view, job).id,
  begin: (view: View, job: Parameters<typeof machineOf>[1]) => requireGuest(machineOf(view, job)),
} as const;

export const guestCustomizationManager: Handlers<typeof manager> = {
  CustomizeGuest_Task: operation(manager, "CustomizeGuest_Task", {
    ...alone,
    phases: () => [phase("guest.customize")],
    finish: (tx, job) =>
      changeNow(tx, job.args, "CustomizeGuest", (guest) => customizeGuest(tx, job, guest, job.args.spec)),
  }),

  StartGuestNetwork_Task: operation(manager, "StartGuestNetwork_Task", {
    ...alone,
    finish: (tx, job) => actNow(tx, job.args, "StartGuestNetwork", (guest) => startNetwork(tx, guest)),
  }),

  /** What it gives up is a customization that was cut off: here there is none, as each is done at once or not at all. */
  AbortCustomization_Task: operation(manager, "AbortCustomization_Task", {
    ...alone,
    finish: (tx, job) => actNow(tx, job.args, "AbortCustomization", requireRoot),
  }),
};
