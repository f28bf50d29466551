import { type Call, type Handlers, sessionOf } from "../call.ts";
import { startMachines, stopMachines, withAutoStart } from "../hosts/auto-start.ts";
import { timeZones, withDateTime } from "../hosts/date-time.ts";
import { withRuleset } from "../hosts/firewall.ts";
import { requireRunningService, withPolicy, withRunning } from "../hosts/services.ts";
import type { Doer } from "../machine/create.ts";
import { requireReady } from "../machine/overhead.ts";
import type { Draft } from "../state/draft.ts";
import { newChain } from "../state/event.ts";
import type { HostRecord } from "../state/record.ts";
import { record } from "../state/view.ts";

/** Changes the host that a service belongs to. A host that is not connected cannot be changed. */
function change(call: Call, work: (host: HostRecord, tx: Draft) => HostRecord): void {
  call.core.universe.transact((tx) => {
    const host = record(tx, "HostSystem", call.id);
    requireReady({ ...host, maintenance: false });
    tx.put(work(host, tx));
  });
}

/** Runs something on that host. */
function act(call: Call, work: (tx: Draft, by: Doer, host: HostRecord) => void): void {
  call.core.universe.transact((tx) => {
    work(tx, { user: sessionOf(call).userName, chain: newChain(tx) }, record(tx, "HostSystem", call.id));
  });
}

export const hostServiceSystem: Handlers<"HostServiceSystem"> = {
  StartService: (call, { id }) => change(call, (host) => withRunning(host, id, true)),
  StopService: (call, { id }) => change(call, (host) => withRunning(host, id, false)),
  RestartService: (call, { id }) =>
    change(call, (host) => {
      requireRunningService(host, id);
      return host;
    }),
  UpdateServicePolicy: (call, { id, policy }) => change(call, (host) => withPolicy(host, id, policy)),
  RefreshServices() {},
};

export const hostFirewallSystem: Handlers<"HostFirewallSystem"> = {
  EnableRuleset: (call, { id }) => change(call, (host) => withRuleset(host, id, { enabled: true })),
  DisableRuleset: (call, { id }) => change(call, (host) => withRuleset(host, id, { enabled: false })),
  UpdateRuleset: (call, { id, spec }) => change(call, (host) => withRuleset(host, id, { allowed: spec.allowedHosts })),
  RefreshFirewall() {},
};

export const hostDateTimeSystem: Handlers<"HostDateTimeSystem"> = {
  QueryDateTime: ({ core }) => new Date(core.universe.now).toISOString(),
  QueryAvailableTimeZones: timeZones,
  UpdateDateTimeConfig: (call, { config }) => change(call, (host) => withDateTime(host, config)),
  RefreshDateTimeSystem() {},
};

export const hostAutoStartManager: Handlers<"HostAutoStartManager"> = {
  ReconfigureAutostart: (call, { spec }) => change(call, (host, tx) => withAutoStart(tx, host, spec)),
  AutoStartPowerOn: (call) => act(call, startMachines),
  AutoStartPowerOff: (call) => act(call, stopMachines),
};
