import type { Handlers } from "../call.ts";
import { serviceContent } from "../content.ts";

export const serviceInstance: Handlers<"ServiceInstance"> = {
  RetrieveServiceContent: ({ core }) => serviceContent(core),
  CurrentTime: ({ core }) => new Date(core.universe.now).toISOString(),
};
