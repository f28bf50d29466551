import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, it } from "vitest";

const folder = fileURLToPath(new URL("../../.peers", import.meta.url));

/** Where somebody else's program is: made by `npm run peers`, or else on the PATH. */
export function peer(name: string, within = "bin"): string | undefined {
  const path = (process.env.PATH ?? "").split(delimiter);
  return [join(folder, within), ...path].map((at) => join(at, name)).find((at) => existsSync(at));
}

/** Tests that take somebody else's program. Where it is missing they say so, and are skipped. */
export function withPeer(name: string, title: string, suite: () => void): void {
  if (peer(name)) {
    describe(title, suite);
    return;
  }
  const message = `not tried here: there is no ${name} (npm run peers)`;
  console.warn(`${title}: ${message}`);
  describe(title, () => {
    it.skip(message, () => {});
  });
}
