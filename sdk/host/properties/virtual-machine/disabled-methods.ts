import type { MachineRecord } from "../../state/machine-record.ts";

const always = [
  "DisableSecondaryVM_Task",
  "EnableSecondaryVM_Task",
  "MakePrimaryVM_Task",
  "StartRecording_Task",
  "StartReplaying_Task",
  "StopRecording_Task",
  "StopReplaying_Task",
  "TerminateFaultTolerantVM_Task",
  "TurnOffFaultToleranceForVM_Task",
];
const guestOnly = ["RebootGuest", "ShutdownGuest", "StandbyGuest", "MountToolsInstaller", "UnmountToolsInstaller"];
const runningOnly = ["PowerOffVM_Task", "ResetVM_Task", "SuspendVM_Task", "AcquireMksTicket", "InstantClone_Task"];
const stoppedOnly = ["PowerOnVM_Task", "Destroy_Task", "UnregisterVM", "MarkAsTemplate", "ExportVm", "UpgradeVM_Task"];
const machinesOnly = ["PowerOnVM_Task", "ReconfigVM_Task", "CreateSnapshot_Task", "MarkAsTemplate", "UpgradeVM_Task"];
const templatesOnly = ["MarkAsVirtualMachine"];

const disabled = {
  template: [...always, ...guestOnly, ...runningOnly, ...machinesOnly],
  poweredOn: [...always, ...stoppedOnly, ...templatesOnly],
  poweredOff: [...always, ...guestOnly, ...runningOnly, ...templatesOnly],
  suspended: [
    ...always,
    ...guestOnly,
    "SuspendVM_Task",
    "ResetVM_Task",
    "InstantClone_Task",
    "Destroy_Task",
    ...templatesOnly,
  ],
} as const;
for (const list of Object.values(disabled)) Object.freeze(list);

/** What clients grey out: the methods that a machine's power state rules out. */
export const disabledMethods = (machine: MachineRecord): readonly string[] =>
  disabled[machine.template ? "template" : machine.power];
