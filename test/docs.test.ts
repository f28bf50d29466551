import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A piece of code from a text, with where it stands. */
interface Snippet {
  readonly title: string;
  readonly code: string;
}

/** What an example may take for granted. */
const given = `
const vc = await connect();
const golden = await vc.find.virtualMachine("golden");
const vm = await vc.find.virtualMachine("web-01");
const folder = await vc.find.folder("/DC0/vm");
const datastore = await vc.find.datastore("vmfs-01");
`;

/** The blocks of a language in a Markdown text. */
function blocks(file: string, language: string): Snippet[] {
  const text = readFileSync(join(root, file), "utf8");
  const found = text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"));
  return [...found].map((match, i) => ({ title: `${file}, ${language} block ${i + 1}`, code: match[1] ?? "" }));
}

/** The \`@example\` of doc comments in a source file. */
function examples(file: string): Snippet[] {
  const text = readFileSync(file, "utf8");
  const comments = text.matchAll(/\/\*\*[\s\S]*?\*\//g);
  return [...comments].flatMap(({ 0: comment, index }) => {
    const code = /@example([\s\S]*?)(?:\n\s*\*\s*@|\*\/)/.exec(comment)?.[1];
    if (code === undefined) return [];
    const line = text.slice(0, index).split("\n").length;
    const plain = code.replace(/^\s*\* ?/gm, "").replace(/^```(ts)?$/gm, "");
    return [{ title: `${file.slice(root.length)}:${line}`, code: plain }];
  });
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "host" || entry.name === "vim" ? [] : sources(path);
    return entry.name.endsWith(".ts") ? [path] : [];
  });
}

/** One program of all pieces: each in a function, where it may declare anew what it could take for granted. */
function program(snippets: readonly Snippet[]): string {
  const parts = snippets.map(({ title, code }, i) => {
    const body = code.replace(/^import .* from "fargo";$/gm, "");
    return `// ${title}\nasync function example${i}() {\n${given}\n{\n${body}\n}\nvoid [startHost, VsphereError];\n}`;
  });
  const calls = snippets.map(({ title }, i) => `console.error(${JSON.stringify(title)}); await example${i}();`);
  const imports = 'import { connect, startHost, VsphereError } from "fargo";';
  return [imports, ...parts, ...calls, "process.exit(0);\n"].join("\n");
}

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(root, "test", ".docs-"));
  file = join(folder, "examples.ts");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("code in the documentation", () => {
  const snippets = [...blocks("README.md", "ts"), ...sources(join(root, "sdk")).flatMap(examples)];

  it("is there", () => {
    expect(snippets.length).toBeGreaterThan(10);
  });

  it("compiles", () => {
    writeFileSync(file, program(snippets));
    const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
    const compiled = ts.createProgram([file], { ...options, noUnusedLocals: false, noUnusedParameters: false });
    const source = compiled.getSourceFile(file);
    const found = [...compiled.getSyntacticDiagnostics(source), ...compiled.getSemanticDiagnostics(source)];
    expect(found.map((problem) => describeProblem(problem))).toEqual([]);
  });

  it("runs", () => {
    writeFileSync(file, program(snippets));
    // Files that examples write go with the folder.
    const { status, stderr } = spawnSync(process.execPath, ["--import", "tsx", file], {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
    });
    expect(`${stderr}\nexit code ${status}`).toMatch(/exit code 0$/);
  });
});

describe("the tour of the README", () => {
  const shell = ["--import", "tsx", join(root, "repl/main.ts")];
  const run = (args: readonly string[], input = "") =>
    spawnSync(process.execPath, [...shell, ...args], { cwd: root, encoding: "utf8", input, timeout: 60_000 });

  it("runs in the shell, command by command, without an error", () => {
    const [tour] = blocks("README.md", "powershell");
    const { status, stdout, stderr } = run([], tour?.code);
    expect(stderr).toBe("");
    expect(status).toBe(0);
    expect(stdout).toContain("1001");
  });

  it("runs from the command line", () => {
    const [lines] = blocks("README.md", "sh");
    expect(lines?.code).toContain("npx fargo");
    for (const line of lines?.code.trim().split("\n") ?? []) {
      const [, piped = "", quoted = ""] = /^(?:echo '(.*)' \| )?npx fargo ?(.*)$/.exec(line) ?? [];
      const args = [...quoted.matchAll(/'([^']*)'|(\S+)/g)].map(([, text, word]) => text ?? word ?? "");
      expect(`${line}: ${run(args, piped).status}`).toBe(`${line}: 0`);
    }
  });
});

/** What is wrong, and in whose example. */
function describeProblem({ file: source, start = 0, messageText }: ts.Diagnostic): string {
  const before = source?.text.slice(0, start) ?? "";
  const title = before.match(/^\/\/ .*$/gm)?.at(-1) ?? "";
  return `${title}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
}
