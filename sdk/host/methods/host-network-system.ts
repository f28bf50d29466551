import type { Call, Handlers } from "../call.ts";
import { addGroup, addSwitch, removeGroup, removeSwitch, updateGroup, updateSwitch } from "../network/host-network.ts";
import type { Draft } from "../state/draft.ts";

const change = ({ core, id }: Call<"HostNetworkSystem">, work: (tx: Draft, host: number) => void): void =>
  core.universe.transact((tx) => work(tx, id));

/** The networks of one host, `HostSystem.configManager.networkSystem`. */
export const hostNetworkSystem: Handlers<"HostNetworkSystem"> = {
  AddVirtualSwitch: (call, { vswitchName, spec }) => change(call, (tx, host) => addSwitch(tx, host, vswitchName, spec)),
  UpdateVirtualSwitch: (call, { vswitchName, spec }) =>
    change(call, (tx, host) => updateSwitch(tx, host, vswitchName, spec)),
  RemoveVirtualSwitch: (call, { vswitchName }) => change(call, (tx, host) => removeSwitch(tx, host, vswitchName)),

  AddPortGroup: (call, { portgrp }) => change(call, (tx, host) => addGroup(tx, host, portgrp)),
  UpdatePortGroup: (call, { pgName, portgrp }) => change(call, (tx, host) => updateGroup(tx, host, pgName, portgrp)),
  RemovePortGroup: (call, { pgName }) => change(call, (tx, host) => removeGroup(tx, host, pgName)),

  /** The state is all there is: nothing can be out of date. */
  RefreshNetworkSystem() {},
};
