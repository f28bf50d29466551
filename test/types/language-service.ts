import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * One file of source text open in an editor: the language service over the project's compiler options, as VS Code runs
 * it. The text is placed in `test/types/`, so relative imports start there.
 */
export class OpenFile {
  readonly #path = join(root, "test/types/open-file.ts");
  readonly #service: ts.LanguageService;
  #text = "";
  #version = 0;

  constructor() {
    const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root, {
      noEmit: true,
      noUnusedLocals: false,
    });
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [this.#path],
      getScriptVersion: (file) => (file === this.#path ? String(this.#version) : "0"),
      getScriptSnapshot: (file) => {
        if (file === this.#path) return ts.ScriptSnapshot.fromString(this.#text);
        return ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8")) : undefined;
      },
      getCurrentDirectory: () => root,
      getDefaultLibFileName: (target) => ts.getDefaultLibFilePath(target),
      fileExists: (file) => file === this.#path || ts.sys.fileExists(file),
      readFile: (file) => (file === this.#path ? this.#text : ts.sys.readFile(file)),
      directoryExists: (directory) => directory === dirname(this.#path) || ts.sys.directoryExists(directory),
    });
  }

  /** Replaces the text. */
  type(text: string): void {
    this.#text = text;
    this.#version++;
  }

  /** What the editor offers at the last `|` in the text, which is taken out. */
  complete(text: string): string[] {
    const at = text.lastIndexOf("|");
    this.type(text.slice(0, at) + text.slice(at + 1));
    return this.#service.getCompletionsAtPosition(this.#path, at, {})?.entries.map((entry) => entry.name) ?? [];
  }

  /** The lines (from 1) that do not compile, with the first message of each. */
  errors(): Map<number, string> {
    const lines = new Map<number, string>();
    const diagnostics = [
      ...this.#service.getSyntacticDiagnostics(this.#path),
      ...this.#service.getSemanticDiagnostics(this.#path),
    ];
    for (const { start = 0, messageText } of diagnostics) {
      const line = this.#text.slice(0, start).split("\n").length;
      if (!lines.has(line)) lines.set(line, ts.flattenDiagnosticMessageText(messageText, "\n"));
    }
    return lines;
  }
}
