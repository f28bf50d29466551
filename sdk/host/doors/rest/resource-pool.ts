import type { vim } from "../../../vim/index.ts";
import { escapeName } from "../../state/name.ts";
import { ref } from "./caller.ts";
import { type List, listed } from "./list.ts";
import type { Route } from "./route.ts";

const pools: List<"ResourcePool"> = {
  kinds: ["ResourcePool"],
  ids: "resource_pools",
  most: 1000,
  filters: {
    parent_resource_pools: ({ parent }, inventory) => inventory.idOf(parent),
    clusters: ({ owner }, inventory) => inventory.idOf(owner),
    hosts({ owner }, inventory) {
      const compute = inventory.object(owner);
      return compute?.kind === "ComputeResource" ? inventory.idOf(compute.hosts.firstKey() ?? 0) : "";
    },
  },
  row: ({ id, name }, inventory) => ({ name: escapeName(name), resource_pool: inventory.idOf(id) }),
};

const allocation = ({ reservation, limit, expandableReservation, shares }: vim.ResourceAllocationInfo) => ({
  reservation,
  expandable_reservation: expandableReservation,
  limit,
  shares: {
    level: shares?.level.toUpperCase(),
    ...(shares?.level === "custom" ? { shares: shares.shares } : {}),
  },
});

export const poolRoutes: readonly Route[] = [
  { method: "GET", path: "/vcenter/resource-pool", run: (caller) => listed(pools, caller) },
  {
    method: "GET",
    path: "/vcenter/resource-pool/{resource_pool}",
    run(caller, { resource_pool = "" }) {
      const self = ref("ResourcePool", resource_pool);
      const { cpuAllocation, memoryAllocation } = caller.fetch(self, "config");
      return {
        name: caller.fetch(self, "name"),
        resource_pools: (caller.fetch(self, "resourcePool") ?? []).map(({ value }) => value),
        cpu_allocation: allocation(cpuAllocation),
        memory_allocation: allocation(memoryAllocation),
      };
    },
  },
];
