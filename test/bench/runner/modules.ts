import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A module that measures: it exports `group`, a string, and `run(report)`. */
export interface BenchModule {
  readonly path: string;
  readonly group: string;
  readonly figures: readonly FigureName[];
}

/** A figure's name as far as the module's text tells it: all of it, or how it begins. */
export interface FigureName {
  readonly text: string;
  readonly whole: boolean;
}

/**
 * The modules of a folder. What they measure is read off their text, that is, off `export const group = "..."` and the
 * first arguments of their calls of `report`: nothing has to be loaded, let alone run, to know what there is.
 */
export function modulesIn(folder: string): BenchModule[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      const source = ts.createSourceFile(name, readFileSync(path, "utf8"), ts.ScriptTarget.Latest);
      const group = groupOf(source);
      return group === undefined ? [] : [{ path, group, figures: figuresOf(source) }];
    });
}

/** Whether a word picks a figure: the name of its group, or the beginning of its own. */
export function picks(word: string, group: string, figure: string): boolean {
  return word === group || figure.startsWith(word);
}

/** Whether a module may report a figure that one of the words picks. */
export function concerns(module: BenchModule, words: readonly string[]): boolean {
  const may = (word: string, { text, whole }: FigureName) => text.startsWith(word) || (!whole && word.startsWith(text));
  return words.some((word) => word === module.group || module.figures.some((figure) => may(word, figure)));
}

function groupOf(source: ts.SourceFile): string | undefined {
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    if (!statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || name.text !== "group") continue;
      if (initializer !== undefined && ts.isStringLiteralLike(initializer)) return initializer.text;
    }
  }
  return undefined;
}

function figuresOf(source: ts.SourceFile): FigureName[] {
  const found: FigureName[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "report") {
      found.push(nameIn(node.arguments[0]));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.length > 0 ? found : [nameIn(undefined)];
}

function nameIn(argument: ts.Expression | undefined): FigureName {
  if (argument !== undefined && ts.isStringLiteralLike(argument)) return { text: argument.text, whole: true };
  if (argument !== undefined && ts.isTemplateExpression(argument)) return { text: argument.head.text, whole: false };
  return { text: "", whole: false };
}
