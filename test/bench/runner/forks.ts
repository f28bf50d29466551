import type { Host } from "../../../sdk/host/host.ts";
import { refOf } from "../../../sdk/host/state/id.ts";
import type { Ref } from "../../../sdk/vim/index.ts";

/** The golden machine, in the lab: frozen, 8 GiB of memory whose pages all differ, a disk of 40 GiB. */
export function golden(host: Host): Ref<"VirtualMachine"> {
  for (const record of host.universe.state.objects.values())
    if (record.kind === "VirtualMachine" && record.name === "golden") return refOf(record);
  throw new Error("the lab has no machine called golden");
}

/** One who calls a host at its embedded door. */
export interface Client {
  readonly host: Host;
  call(self: Ref, method: string, args: Readonly<Record<string, unknown>>): unknown;
}

export function clientOf(host: Host): Client {
  const connection = host.connect({ loggedIn: true, userAgent: "bench" });
  return { host, call: (self, method, args) => host.call(connection, self, method, args) };
}

/** Forks as a client does: a call with arguments that are checked, which makes a task, an event, a machine and its place. */
export function forker({ host, call }: Client): (name: string) => void {
  const source = golden(host);
  return (name) => {
    const config = [{ _typeName: "OptionValue", key: "guestinfo.ic.hostname", value: name }];
    call(source, "InstantClone_Task", { spec: { name, location: {}, config } });
  };
}
