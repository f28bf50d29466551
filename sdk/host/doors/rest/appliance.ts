import { ref } from "./caller.ts";
import type { Route } from "./route.ts";

export const applianceRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/appliance/system/version",
    run(caller) {
      const { about } = caller.fetch(ref("ServiceInstance", "ServiceInstance"), "content");
      return {
        version: about.version,
        product: about.name,
        build: about.build,
        type: "vCenter Server with an embedded Platform Services Controller",
        summary: about.fullName,
      };
    },
  },
];
