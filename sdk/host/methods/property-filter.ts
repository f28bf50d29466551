import { type Handlers, sessionOf } from "../call.ts";
import { notFound } from "../faults.ts";
import { Collector } from "../property/collector.ts";

export const propertyFilter: Handlers<"PropertyFilter"> = {
  DestroyPropertyFilter(call) {
    for (const object of sessionOf(call).objects.values()) {
      if (object instanceof Collector && object.destroyFilter(call.self.value)) return;
    }
    throw notFound(call.self);
  },
};
