import type { CommandLine } from "./entry.ts";

/** The commands of PowerCLI and of this shell alone: name, aliases, summary, module. A test compares each line with its declaration. */
export const vsphereCommands: readonly CommandLine[] = [
  [
    "Connect-VIServer",
    "",
    "Connects to a server; without one, to the built-in simulated vCenter.",
    () => import("./server/connect-vi-server.ts"),
  ],
  [
    "Disconnect-VIServer",
    "",
    "Ends connections to servers. A built-in vCenter ends with its connection.",
    () => import("./server/disconnect-vi-server.ts"),
  ],
  ["Get-Cluster", "", "Lists clusters.", () => import("./cluster/get-cluster.ts")],
  ["Get-Datacenter", "", "Lists datacenters.", () => import("./datacenter/get-datacenter.ts")],
  ["Get-Datastore", "", "Lists datastores with what is free on them.", () => import("./datastore/get-datastore.ts")],
  ["Get-Folder", "", "Lists folders.", () => import("./folder/get-folder.ts")],
  [
    "Get-MemorySharing",
    "",
    "Shows how much memory machines share with others and how much is their own, exact to the byte.",
    () => import("./vm/get-memory-sharing.ts"),
  ],
  ["Get-ResourcePool", "", "Lists resource pools.", () => import("./resource-pool/get-resource-pool.ts")],
  ["Get-Stat", "", "Reads statistics of machines and hosts, the newest first.", () => import("./stat/get-stat.ts")],
  [
    "Get-StatType",
    "",
    "Lists the statistics that there are of machines and hosts.",
    () => import("./stat/get-stat-type.ts"),
  ],
  ["Get-Task", "", "Lists tasks: what is under way and what was done lately.", () => import("./task/get-task.ts")],
  ["Get-Template", "", "Lists templates.", () => import("./vm/get-template.ts")],
  ["Get-VIEvent", "", "Lists events, the newest first.", () => import("./event/get-vi-event.ts")],
  ["Get-VM", "", "Lists virtual machines.", () => import("./vm/get-vm.ts")],
  ["Get-VMHost", "", "Lists hosts.", () => import("./vm-host/get-vm-host.ts")],
  [
    "New-InstantClone",
    "",
    "Forks running virtual machines: each fork shares all memory and disks and keeps only what it changes.",
    () => import("./vm/new-instant-clone.ts"),
  ],
  [
    "New-VM",
    "",
    "Makes a virtual machine: a new one, or a full copy of a template or of another machine.",
    () => import("./vm/new-vm.ts"),
  ],
  [
    "Remove-VM",
    "",
    "Removes virtual machines from the inventory; with -DeletePermanently their files too.",
    () => import("./vm/remove-vm.ts"),
  ],
  ["Set-VM", "", "Changes the configuration of virtual machines.", () => import("./vm/set-vm.ts")],
  ["Start-VM", "", "Powers on virtual machines.", () => import("./vm/start-vm.ts")],
  ["Stop-Task", "", "Cancels tasks that can be cancelled.", () => import("./task/stop-task.ts")],
  ["Stop-VM", "", "Powers off virtual machines, without asking the guest.", () => import("./vm/stop-vm.ts")],
  ["Suspend-VM", "", "Suspends virtual machines.", () => import("./vm/suspend-vm.ts")],
  [
    "Wait-Task",
    "",
    "Waits until tasks have finished, and puts out what they made.",
    () => import("./task/wait-task.ts"),
  ],
];
