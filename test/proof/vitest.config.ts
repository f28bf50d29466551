import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** What takes longer than tests should, or tools that are not ours: `npm run proof`. */
export default defineConfig({
  root: at("../.."),
  resolve: { alias: { "fargo/host": at("../../sdk/host/index.ts"), fargo: at("../../sdk/index.ts") } },
  test: {
    include: ["test/proof/**/*.proof.ts"],
    testTimeout: 300_000,
    hookTimeout: 120_000,
  },
});
