import type { Ref, vim } from "../../sdk/index.ts";
import { scriptError } from "../language/error.ts";
import type { Connection } from "./connection.ts";

type Backing = vim.VirtualEthernetCardNetworkBackingInfo | vim.VirtualEthernetCardDistributedVirtualPortBackingInfo;

/** How a card is connected to a network of a name: to a port group of a distributed switch by the switch's UUID and the group's key. */
export async function networkBacking(
  { session }: Pick<Connection, "session">,
  name: string,
  network: Ref,
  signal: AbortSignal,
): Promise<Backing> {
  if (network.type !== "DistributedVirtualPortgroup")
    return {
      _typeName: "VirtualEthernetCardNetworkBackingInfo",
      deviceName: name,
      network: network as Ref<"Network">,
    };
  const group = network as Ref<"DistributedVirtualPortgroup">;
  const [portgroup] = await session.retrieve([group], ["key", "config.distributedVirtualSwitch"], { signal });
  const owner = portgroup?.["config.distributedVirtualSwitch"];
  const [of] = owner ? await session.retrieve([owner], ["uuid"], { signal }) : [];
  if (!portgroup || !of)
    throw scriptError(`The distributed switch of '${name}' cannot be read.`, {
      category: "PermissionDenied",
      target: name,
    });
  return {
    _typeName: "VirtualEthernetCardDistributedVirtualPortBackingInfo",
    port: { switchUuid: of.uuid, portgroupKey: portgroup.key },
  };
}
