import { applianceRoutes } from "./appliance.ts";
import { clusterRoutes } from "./cluster.ts";
import { datacenterRoutes } from "./datacenter.ts";
import { datastoreRoutes } from "./datastore.ts";
import { folderRoutes } from "./folder.ts";
import { guestRoutes } from "./guest.ts";
import { hardwareRoutes } from "./hardware.ts";
import { hostRoutes } from "./host.ts";
import { machineRoutes } from "./machine.ts";
import { networkRoutes } from "./network.ts";
import { powerRoutes } from "./power.ts";
import { poolRoutes } from "./resource-pool.ts";
import type { Route } from "./route.ts";
import { sessionRoutes } from "./session.ts";

/** What of the REST API is simulated. */
export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...machineRoutes,
  ...hardwareRoutes,
  ...powerRoutes,
  ...guestRoutes,
  ...hostRoutes,
  ...clusterRoutes,
  ...datacenterRoutes,
  ...datastoreRoutes,
  ...networkRoutes,
  ...folderRoutes,
  ...poolRoutes,
  ...applianceRoutes,
];
