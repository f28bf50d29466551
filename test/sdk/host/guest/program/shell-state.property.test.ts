import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MemoryFiles } from "../operations/memory-files.ts";
import { runThrough, textOf } from "./trial.ts";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** What shell scripts hold: anything that can be written, with what means something to a shell more often than by chance. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom("'", '"', "$", "`", "\\", "\n", "\t", " ", "*", "(", ")", "[0]=", "]=", "é", "!"),
      fc.string({ maxLength: 4 }),
    ),
    {
      maxLength: 6,
    },
  )
  // A shell's variables hold no NUL, and what it prints of other control characters it does not read back.
  .map((parts) => parts.join("").replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ""));
const key = fc.stringMatching(/^[a-z][a-z0-9_. -]{0,6}[a-z0-9]$/);

describe("a shell's state", () => {
  it("is after a freeze what it was before, whatever its variables hold", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.array(text, { minLength: 1, maxLength: 4 }),
        fc.dictionary(key, text, { maxKeys: 3 }),
        fc.array(text, { maxLength: 3 }),
        async (value, list, map, args) => {
          const set = [
            `value=${quoted(value)}; export value`,
            `list=(${list.map(quoted).join(" ")})`,
            "declare -A map",
            ...Object.entries(map).map(([name, item]) => `map[${quoted(name)}]=${quoted(item)}`),
            `set -- ${args.map(quoted).join(" ")}`,
          ];
          const tell = [
            'printf "%s\\0" "$value" "${#list[@]}" "${list[@]}" "$#" "$@" "${#map[@]}"',
            ...Object.keys(map).map((name) => `printf "%s\\0" "\${map[${quoted(name)}]}"`),
          ];
          const told = async (between: string) => {
            const files = new MemoryFiles();
            const lines = [...set, between, ...tell.map((line) => `${line} >> /log`)];
            const { output, stops } = await runThrough(lines.join("\n"), files);
            expect(output).toBe("");
            return { log: textOf(files, "/log"), stops };
          };
          const straight = await told(":");
          const frozen = await told("vmware-rpctool instantclone.freeze");
          expect(frozen).toEqual({ ...straight, stops: 1 });
        },
      ),
      { numRuns: 40 },
    );
  });
});
