import { readdirSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The top of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

/** A place in a file that breaks a rule. */
export interface Breach {
  readonly file: string;
  readonly line: number;
  /** What is written there, and what to do instead. */
  readonly message: string;
}

/** One import, export-from, `import()` or `import("...")` type. */
export interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** The file it means, from the top of the repository on; for a package, its name. */
  readonly target: string;
  /** When it loads the target: at once, when the code runs that far, or never, as types are erased. */
  readonly loads: "at once" | "when needed" | "never";
}

/** The TypeScript files of a folder, with paths from the top of the repository on. */
export function filesUnder(folder: string): string[] {
  return readdirSync(posix.join(root, folder), { recursive: true, encoding: "utf8" })
    .map((name) => posix.join(folder, name.replaceAll("\\", "/")))
    .filter((name) => name.endsWith(".ts"))
    .sort();
}

export function textOf(file: string): string {
  return readFileSync(posix.join(root, file), "utf8");
}

export function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Calls `visit` for every node of a file. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

export function lineOf(source: ts.SourceFile, node: ts.Node): number {
  return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
}

/** What a file imports, as the compiler's own parser sees it. */
export function importsOf(file: string, text: string): Import[] {
  const source = parse(file, text);
  const found: Import[] = [];
  walk(source, (node) => {
    const [specifier, loads] = imported(node);
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    found.push({
      file,
      line: lineOf(source, node),
      specifier: specifier.text,
      target: targetOf(file, specifier.text),
      loads,
    });
  });
  return found;
}

function imported(node: ts.Node): [ts.Node | undefined, Import["loads"]] {
  if (ts.isImportDeclaration(node)) {
    const erased = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return [node.moduleSpecifier, erased ? "never" : "at once"];
  }
  if (ts.isExportDeclaration(node)) return [node.moduleSpecifier, node.isTypeOnly ? "never" : "at once"];
  if (ts.isExternalModuleReference(node)) return [node.expression, "at once"];
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) return [node.argument.literal, "never"];
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    return [node.arguments[0], "when needed"];
  }
  return [undefined, "never"];
}

const ownNames = new Map([
  ["fargo", "sdk/index.ts"],
  ["fargo/host", "sdk/host/index.ts"],
]);

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith(".")) return posix.join(posix.dirname(file), specifier);
  return ownNames.get(specifier) ?? specifier;
}
