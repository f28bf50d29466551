import type { Handlers } from "../call.ts";
import { destroyEntity } from "../inventory/destroy.ts";
import { resolve } from "../inventory/lookup.ts";
import { newChain } from "../state/event.ts";

export const network: Handlers<"Network"> = {
  DestroyNetwork: ({ core, self, session }) =>
    core.universe.transact((tx) => {
      destroyEntity(tx, { user: session?.userName ?? "", chain: newChain(tx) }, resolve(tx, self));
    }),
};
