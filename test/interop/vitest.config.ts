import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Other people's clients use the served vCenter: `npm run interop`, after `npm run peers` has brought them. */
export default defineConfig({
  root: at("../.."),
  resolve: { alias: { "fargo/host": at("../../sdk/host/index.ts"), fargo: at("../../sdk/index.ts") } },
  test: {
    include: ["test/interop/**/*.interop.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    isolate: false,
  },
});
