import { type Call, type Handlers, sessionOf } from "../call.ts";
import { invalidState } from "../faults.ts";
import { disconnect, reconnect } from "../hosts/connection.ts";
import { enterMaintenance, exitMaintenance, reboot } from "../hosts/maintenance.ts";
import { requireReady } from "../machine/overhead.ts";
import { hostConnectInfo } from "../properties/host-connect-info.ts";
import { readerOf } from "../property/reader.ts";
import type { HostSettings } from "../state/host-settings.ts";
import { record } from "../state/view.ts";
import { lasting } from "../task/durations.ts";
import { operation } from "../task/operation.ts";

const phases = () => [{ name: "entity.move", ms: lasting("entity.move") }];
const kind = "HostSystem";

function change({ core, id }: Call<"HostSystem">, changes: HostSettings): void {
  core.universe.transact((tx) => {
    requireReady({ ...record(tx, kind, id), maintenance: false });
    tx.change(kind, id, ({ settings }) => ({ settings: { ...settings, ...changes } }));
  });
}

export const hostSystem: Handlers<"HostSystem"> = {
  EnterMaintenanceMode_Task: operation(kind, "EnterMaintenanceMode_Task", {
    lock: "exclusive",
    phases,
    finish: (tx, { id, args, ...by }) => enterMaintenance(tx, by, id, args.evacuatePoweredOffVms ?? false),
  }),

  ExitMaintenanceMode_Task: operation(kind, "ExitMaintenanceMode_Task", {
    lock: "exclusive",
    phases,
    finish: (tx, { id, ...by }) => exitMaintenance(tx, by, id),
  }),

  DisconnectHost_Task: operation(kind, "DisconnectHost_Task", {
    lock: "exclusive",
    phases,
    finish: (tx, { id, ...by }) => disconnect(tx, by, id),
  }),

  ReconnectHost_Task: operation(kind, "ReconnectHost_Task", {
    lock: "exclusive",
    phases,
    finish: (tx, { id, args, ...by }) => reconnect(tx, by, id, args.cnxSpec),
  }),

  RebootHost_Task: operation(kind, "RebootHost_Task", {
    lock: "exclusive",
    phases: () => [{ name: "power.on", ms: lasting("power.on") }],
    finish: (tx, { id, args, ...by }) => reboot(tx, by, id, args.force),
  }),

  QueryHostConnectionInfo(call) {
    const reader = readerOf(call.core, sessionOf(call));
    return hostConnectInfo(reader, record(reader, kind, call.id));
  },

  RetrieveHardwareUptime({ core, id }) {
    const { view } = core.universe;
    return Math.max(0, Math.floor((view.now - record(view, kind, id).booted) / 1000));
  },

  UpdateFlags: (call, { flagInfo }) => change(call, { flags: flagInfo }),

  EnterLockdownMode(call) {
    const { view } = call.core.universe;
    const { name, settings } = record(view, kind, call.id);
    if (settings?.lockdown === "lockdownNormal") throw invalidState(`'${name}' is in lockdown mode already.`);
    change(call, { lockdown: "lockdownNormal" });
  },

  ExitLockdownMode(call) {
    const { view } = call.core.universe;
    const { name, settings } = record(view, kind, call.id);
    if (settings?.lockdown !== "lockdownNormal") throw invalidState(`'${name}' is not in lockdown mode.`);
    change(call, { lockdown: "lockdownDisabled" });
  },
};
