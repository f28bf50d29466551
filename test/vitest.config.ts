import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Tests that look at what their process holds of memory, or that mind what else it has loaded. */
const alone = ["test/*.test.ts", "test/e2e/**/*.test.ts", "test/sdk/host/cow/page-store.memory.test.ts"];

export default defineConfig({
  root: at(".."),
  resolve: { alias: { "fargo/host": at("../sdk/host/index.ts"), fargo: at("../sdk/index.ts") } },
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Most files share a process, and what it has loaded: to load it anew for each would take longer than all tests together.
    projects: [
      {
        extends: true,
        test: { name: "together", include: ["test/**/*.test.ts"], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: "alone", include: alone } },
    ],
  },
});
