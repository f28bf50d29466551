import type { EventRecord } from "../state/task-record.ts";

/** What an event happened to, by name. */
export interface Scene {
  readonly vm: string;
  readonly host: string;
  readonly datacenter: string;
}

const on = ({ vm, host, datacenter }: Scene) => `${vm} on ${host} in ${datacenter}`;

function conflict(more: EventRecord["more"]): string {
  const vm: unknown = more?.conflictedVm;
  const name = nameIn(vm) ?? "another machine";
  return `${String(more?.mac)}, which ${name} has on the same network`;
}

/** What an argument of an event is called. */
function named(more: EventRecord["more"], argument: string): string {
  const about: unknown = more?.[argument];
  return typeof about === "object" && about !== null && "name" in about ? String(about.name) : "";
}

const nameIn = (argument: unknown): string | undefined =>
  typeof argument === "object" && argument !== null && "name" in argument ? String(argument.name) : undefined;

const messages: Readonly<Record<string, (scene: Scene, event: EventRecord) => string>> = {
  EnteredMaintenanceModeEvent: ({ host }) => `${host} is in maintenance mode`,
  EnteringMaintenanceModeEvent: ({ host }) => `${host} is entering maintenance mode`,
  ExitMaintenanceModeEvent: ({ host }) => `${host} has left maintenance mode`,
  HostAddedEvent: ({ host, datacenter }) => `${host} was added to ${datacenter}`,
  HostConnectedEvent: ({ host }) => `${host} was connected`,
  HostDisconnectedEvent: ({ host }) => `${host} was disconnected`,
  HostRemovedEvent: (_scene, { more }) => `${nameIn(more?.host) ?? "A host"} was removed`,
  VmBeingClonedEvent: (scene) => `${on(scene)} is being cloned`,
  VmBeingHotMigratedEvent: (scene) => `${on(scene)} is being migrated while it runs`,
  VmBeingMigratedEvent: (scene) => `${on(scene)} is being migrated`,
  VmBeingRelocatedEvent: (scene) => `${on(scene)} is being relocated`,
  VmBeingCreatedEvent: (scene) => `${on(scene)} is being created`,
  VmClonedEvent: (scene) => `${on(scene)} was cloned`,
  VmCreatedEvent: (scene) => `${on(scene)} was created`,
  VmDeployedEvent: (scene) => `${on(scene)} was deployed from a template`,
  VmGuestRebootEvent: (scene) => `The guest of ${on(scene)} was told to restart`,
  VmGuestShutdownEvent: (scene) => `The guest of ${on(scene)} was told to shut down`,
  VmGuestStandbyEvent: (scene) => `The guest of ${on(scene)} was told to stand by`,
  VmMigratedEvent: (scene) => `${scene.vm} was migrated to ${scene.host} in ${scene.datacenter}`,
  VmMacConflictEvent: (scene, { more }) => `${on(scene)} has the MAC address ${conflict(more)}`,
  VmStaticMacConflictEvent: (scene, { more }) => `${on(scene)} has the static MAC address ${conflict(more)}`,
  VmPoweredOffEvent: (scene) => `${on(scene)} was powered off`,
  VmPoweredOnEvent: (scene) => `${on(scene)} was powered on`,
  VmReconfiguredEvent: (scene) => `${on(scene)} was reconfigured`,
  VmRegisteredEvent: (scene) => `${on(scene)} was registered`,
  VmRelocatedEvent: (scene) => `${scene.vm} was relocated to ${scene.host} in ${scene.datacenter}`,
  VmRemovedEvent: (scene) => `${on(scene)} was removed`,
  VmResettingEvent: (scene) => `${on(scene)} was reset`,
  VmResumingEvent: (scene) => `${on(scene)} was resumed`,
  VmStartingEvent: (scene) => `${on(scene)} is starting`,
  VmStoppingEvent: (scene) => `${on(scene)} is stopping`,
  VmSuspendedEvent: (scene) => `${on(scene)} was suspended`,
  VmSuspendingEvent: (scene) => `${on(scene)} is being suspended`,
  VmRenamedEvent: (scene, { more }) =>
    `${String(more?.oldName)} was renamed to ${String(more?.newName)} in ${scene.datacenter}`,
  DvsCreatedEvent: (_scene, { more }) => `The distributed switch ${named(more, "dvs")} was created`,
  DvsDestroyedEvent: (_scene, { more }) => `The distributed switch ${named(more, "dvs")} was removed`,
  DvsReconfiguredEvent: (_scene, { more }) => `The distributed switch ${named(more, "dvs")} was reconfigured`,
  DvsRenamedEvent: (_scene, { more }) =>
    `The distributed switch ${String(more?.oldName)} was renamed to ${String(more?.newName)}`,
  DvsHostJoinedEvent: (_scene, { more }) => `${named(more, "hostJoined")} joined the switch ${named(more, "dvs")}`,
  DvsHostLeftEvent: (_scene, { more }) => `${named(more, "hostLeft")} left the switch ${named(more, "dvs")}`,
  DVPortgroupCreatedEvent: (_scene, { more }) =>
    `The port group ${named(more, "net")} was added to ${named(more, "dvs")}`,
  DVPortgroupDestroyedEvent: (_scene, { more }) =>
    `The port group ${named(more, "net")} was removed from ${named(more, "dvs")}`,
  DVPortgroupReconfiguredEvent: (_scene, { more }) => `The port group ${named(more, "net")} was reconfigured`,
  DVPortgroupRenamedEvent: (_scene, { more }) =>
    `The port group ${String(more?.oldName)} was renamed to ${String(more?.newName)}`,
  DatastoreFileCopiedEvent: (_scene, { more }) =>
    `${String(more?.sourceFile)} was copied to ${String(more?.targetFile)}`,
  DatastoreFileDeletedEvent: (_scene, { more }) => `${String(more?.targetFile)} was deleted`,
  DatastoreFileMovedEvent: (_scene, { more }) => `${String(more?.sourceFile)} was moved to ${String(more?.targetFile)}`,
  UserLoginSessionEvent: (_scene, { user }) => `${user} logged in`,
  UserLogoutSessionEvent: (_scene, { user }) => `${user} logged out`,
};

/** An event in one sentence: its own message where it brings one. */
export function eventMessage(event: EventRecord, scene: Scene): string {
  const given = event.more?.message;
  if (typeof given === "string") return given;
  const message = messages[event.type];
  if (message) return message(scene, event);
  const name = event.eventTypeId ?? event.type;
  return event.vmName === "" ? name : `${name}: ${on(scene)}`;
}
