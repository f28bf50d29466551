import { managedType } from "../../vim/schema.ts";
import type { SessionObject } from "../session/session.ts";
import { authorizationManager } from "./authorization-manager.ts";
import { environmentBrowser, hostDatastoreBrowser } from "./browsers.ts";
import { clusterComputeResource, computeResource } from "./compute-resource.ts";
import { datacenter } from "./datacenter.ts";
import { datastore } from "./datastore.ts";
import { type AnyDerivation, type Linked, linked } from "./derivation.ts";
import { distributedPortgroup } from "./distributed-portgroup.ts";
import { distributedSwitch } from "./distributed-switch.ts";
import { folder } from "./folder.ts";
import { hostNetworkSystem } from "./host-network-system.ts";
import { hostAutoStartManager, hostDateTimeSystem, hostFirewallSystem, hostServiceSystem } from "./host-services.ts";
import { hostDatastoreSystem, hostStorageSystem } from "./host-storage.ts";
import { hostSystem } from "./host-system.ts";
import { hostVirtualNicManager } from "./host-virtual-nic-manager.ts";
import { licenseManager } from "./license-manager.ts";
import { customFieldsManager, customizationSpecManager, extensionManager, userDirectory } from "./managers.ts";
import { network } from "./network.ts";
import { type Node, nodeOf } from "./node.ts";
import { optionManager } from "./option-manager.ts";
import { performanceManager } from "./performance-manager.ts";
import { resourcePool } from "./resource-pool.ts";
import { eventManager, guestOperationsManager, serviceInstance, taskManager, viewManager } from "./services.ts";
import { sessionManager } from "./session-manager.ts";
import { taskTable } from "./task.ts";
import { virtualMachine } from "./virtual-machine/index.ts";
import { virtualMachineSnapshot } from "./virtual-machine/snapshot.ts";

const tables: Readonly<Record<string, Readonly<Record<string, AnyDerivation>>>> = {
  AuthorizationManager: { ...authorizationManager },
  ClusterComputeResource: { ...clusterComputeResource },
  ComputeResource: { ...computeResource },
  CustomFieldsManager: { ...customFieldsManager },
  CustomizationSpecManager: { ...customizationSpecManager },
  Datacenter: { ...datacenter },
  Datastore: { ...datastore },
  DistributedVirtualPortgroup: { ...distributedPortgroup },
  DistributedVirtualSwitchManager: {},
  DiagnosticManager: {},
  EnvironmentBrowser: { ...environmentBrowser },
  EventManager: { ...eventManager },
  ExtensionManager: { ...extensionManager },
  Folder: { ...folder },
  GuestOperationsManager: { ...guestOperationsManager },
  HostAutoStartManager: { ...hostAutoStartManager },
  HostDatastoreBrowser: { ...hostDatastoreBrowser },
  HostDatastoreSystem: { ...hostDatastoreSystem },
  HostStorageSystem: { ...hostStorageSystem },
  HostVirtualNicManager: { ...hostVirtualNicManager },
  HostNetworkSystem: { ...hostNetworkSystem },
  HostDateTimeSystem: { ...hostDateTimeSystem },
  HostFirewallSystem: { ...hostFirewallSystem },
  HostServiceSystem: { ...hostServiceSystem },
  HostSystem: { ...hostSystem },
  LicenseAssignmentManager: {},
  LicenseManager: { ...licenseManager },
  Network: { ...network },
  OptionManager: { ...optionManager },
  PerformanceManager: { ...performanceManager },
  OvfManager: {
    ovfExportOption: () => [
      { option: "extraconfig", description: { key: "extraconfig", message: "Write the extra configuration" } },
    ],
    ovfImportOption: () => [],
  },
  ResourcePool: { ...resourcePool },
  ServiceInstance: { ...serviceInstance },
  SessionManager: { ...sessionManager },
  Task: { ...taskTable },
  TaskManager: { ...taskManager },
  UserDirectory: { ...userDirectory },
  VirtualMachineProvisioningChecker: {},
  VmwareDistributedVirtualSwitch: { ...distributedSwitch },
  ViewManager: { ...viewManager },
  VirtualMachine: { ...virtualMachine },
  VirtualMachineSnapshot: { ...virtualMachineSnapshot },
};

/** What belongs to a session answers for itself. */
const ofSession = (name: string): Linked<SessionObject, unknown> =>
  linked(["session"], (object) => object.property(name));

const compiled = new Map<string, ReadonlyMap<string, Node>>();

/** The properties of a managed type that are simulated, by name, in the order of the schema. */
export function nodesOf(type: string): ReadonlyMap<string, Node> {
  const known = compiled.get(type);
  if (known) return known;
  const table = tables[type];
  const nodes = new Map<string, Node>();
  for (const info of managedType(type)?.properties ?? []) {
    const derivation = table ? table[info.name] : ofSession(info.name);
    if (derivation) nodes.set(info.name, nodeOf(info, derivation));
  }
  compiled.set(type, nodes);
  return nodes;
}
