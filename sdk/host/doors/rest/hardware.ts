import { vim } from "../../../vim/index.ts";
import { type Caller, ref } from "./caller.ts";
import { RestError } from "./error.ts";
import { machineInfo } from "./machine-info.ts";
import type { Places, Route } from "./route.ts";

const below = "/vcenter/vm/{vm}/hardware";

/** What of a machine's description a path is about. */
function part(caller: Caller, vm: string, name: string): unknown {
  return new Map(Object.entries(machineInfo(caller, vm))).get(name);
}

/** A list of devices, by their keys. */
function keys(caller: Caller, vm: string, name: string, as: string): object[] {
  const devices = part(caller, vm, name);
  return devices instanceof Map ? [...devices.keys()].map((key: unknown) => ({ [as]: key })) : [];
}

/** One device. Throws NOT_FOUND. */
function device(caller: Caller, vm: string, name: string, key: string): unknown {
  const devices = part(caller, vm, name);
  const found: unknown = devices instanceof Map ? devices.get(key) : undefined;
  if (found !== undefined) return found;
  throw new RestError("NOT_FOUND", `The virtual machine has no such device: '${key.slice(0, 100)}'.`);
}

const reconfigure = (caller: Caller, vm: string, spec: object) =>
  caller.finish(ref("VirtualMachine", vm), "ReconfigVM_Task", { spec });

async function changeCpu(caller: Caller, { vm = "" }: Places): Promise<void> {
  const body = await caller.body();
  const spec = {
    numCPUs: body.count("count"),
    numCoresPerSocket: body.count("cores_per_socket"),
    cpuHotAddEnabled: body.flag("hot_add_enabled"),
    cpuHotRemoveEnabled: body.flag("hot_remove_enabled"),
  };
  body.close();
  await reconfigure(caller, vm, spec);
}

async function changeMemory(caller: Caller, { vm = "" }: Places): Promise<void> {
  const body = await caller.body();
  const spec = { memoryMB: body.count("size_MiB"), memoryHotAddEnabled: body.flag("hot_add_enabled") };
  body.close();
  await reconfigure(caller, vm, spec);
}

/** Connects a network card, as is done with those of an instant clone when its guest is a machine of its own, or disconnects it. */
async function connect(caller: Caller, { vm = "", nic = "" }: Places, connected: boolean): Promise<void> {
  const self = ref("VirtualMachine", vm);
  if (caller.fetch(self, "runtime").powerState !== "poweredOn") {
    throw new RestError("NOT_ALLOWED_IN_CURRENT_STATE", "A network card is connected while its machine is powered on.");
  }
  const devices = caller.fetch(self, "config")?.hardware.device ?? [];
  const card = devices.find(({ key }) => String(key) === nic);
  if (!vim.is(card, "VirtualEthernetCard")) {
    throw new RestError("NOT_FOUND", `The virtual machine has no network card '${nic.slice(0, 100)}'.`);
  }
  const { connectable } = card;
  if ((connectable?.connected ?? false) === connected) {
    throw new RestError("ALREADY_IN_DESIRED_STATE", `The network card is ${connected ? "" : "not "}connected already.`);
  }
  const startConnected = connectable?.startConnected ?? connected;
  const allowGuestControl = connectable?.allowGuestControl ?? true;
  const edited = { ...card, connectable: { startConnected, allowGuestControl, connected } };
  await reconfigure(caller, vm, { deviceChange: [{ operation: "edit", device: edited }] });
}

const connecting = (action: "connect" | "disconnect"): Route[] => {
  const run = (caller: Caller, places: Places) => connect(caller, places, action === "connect");
  return [
    { method: "POST", path: `${below}/ethernet/{nic}`, only: "api", action, run },
    { method: "POST", path: `${below}/ethernet/{nic}/${action}`, only: "rest", run },
  ];
};

const lists = [
  ["disk", "disks", "disk"],
  ["ethernet", "nics", "nic"],
  ["cdrom", "cdroms", "cdrom"],
  ["adapter/scsi", "scsi_adapters", "adapter"],
  ["adapter/sata", "sata_adapters", "adapter"],
  ["adapter/nvme", "nvme_adapters", "adapter"],
] as const;

export const hardwareRoutes: readonly Route[] = [
  { method: "GET", path: below, run: (caller, { vm = "" }) => part(caller, vm, "hardware") },
  ...["cpu", "memory", "boot"].map(
    (name): Route => ({
      method: "GET",
      path: `${below}/${name}`,
      run: (caller, { vm = "" }) => part(caller, vm, name),
    }),
  ),
  { method: "PATCH", path: `${below}/cpu`, run: changeCpu },
  { method: "PATCH", path: `${below}/memory`, run: changeMemory },
  ...lists.flatMap(([path, name, as]): Route[] => [
    { method: "GET", path: `${below}/${path}`, run: (caller, { vm = "" }) => keys(caller, vm, name, as) },
    {
      method: "GET",
      path: `${below}/${path}/{device}`,
      run: (caller, { vm = "", device: key = "" }) => device(caller, vm, name, key),
    },
  ]),
  ...connecting("connect"),
  ...connecting("disconnect"),
];
