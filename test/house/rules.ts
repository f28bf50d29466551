import ts from "typescript";
import { type Breach, type Import, lineOf, parse, walk } from "./source.ts";

/** Who may import whom. A rule looks at one import and says what to do instead, or nothing when it is in order. */
type ImportRule = (one: Import) => string | undefined;

const within = (path: string, ...folders: readonly string[]): boolean =>
  folders.some((folder) => path.startsWith(`${folder}/`));

const ofTheHouse = (path: string): boolean => within(path, "sdk", "repl", "examples", "test");

const frontDoors = ["sdk/index.ts", "sdk/host/index.ts"];
const loadsHost = ["sdk/connect.ts", "sdk/transport/memory.ts", "sdk/index.ts"];

export const importRules: Readonly<Record<string, ImportRule>> = {
  "repl/ reaches the SDK through its front doors only": ({ file, target }) =>
    within(file, "repl") && within(target, "sdk") && !frontDoors.includes(target)
      ? "import it from sdk/index.ts or sdk/host/index.ts, and export it there if it is meant for users"
      : undefined,

  "sdk/ knows nothing of repl/": ({ file, target }) =>
    within(file, "sdk") && within(target, "repl")
      ? "move what both need into sdk/, or hand it in as an argument"
      : undefined,

  'examples import "fargo" by name, as users do': ({ file, target, specifier }) =>
    within(file, "examples") && specifier.startsWith(".") && !within(target, "examples")
      ? 'import it from "fargo" or "fargo/host"'
      : undefined,

  "what is shipped does not import tests or examples": ({ file, target }) =>
    within(file, "sdk", "repl") && within(target, "test", "examples") ? "move it into sdk/ or repl/" : undefined,

  "sdk/host/ imports only sdk/host/, sdk/vim/, sdk/soap/ and sdk/vmdk/": ({ file, target }) =>
    within(file, "sdk/host") && ofTheHouse(target) && !within(target, "sdk/host", "sdk/vim", "sdk/soap", "sdk/vmdk")
      ? "the simulated vCenter does not know its clients: move what both need into sdk/vim/, sdk/soap/ or sdk/vmdk/"
      : undefined,

  "outside sdk/host/, only connect.ts, transport/memory.ts and index.ts import from it": ({ file, target }) =>
    within(file, "sdk") && !within(file, "sdk/host") && within(target, "sdk/host") && !loadsHost.includes(file)
      ? "go through a Transport: the code has to work on a real vCenter as well"
      : undefined,

  "sdk/ loads the simulated vCenter only when it is needed": ({ file, target, loads }) =>
    within(file, "sdk") && !within(file, "sdk/host") && within(target, "sdk/host") && loads === "at once"
      ? "write `import type`, `export type`, or `await import()` where it is used"
      : undefined,

  "sdk/host/cow/ imports nothing of the house": ({ file, target }) =>
    within(file, "sdk/host/cow") && ofTheHouse(target) && !within(target, "sdk/host/cow")
      ? "bytes and collections know nothing of vSphere: hand it in as an argument"
      : undefined,

  "files in sdk/host/methods/ do not import each other": ({ file, target }) =>
    within(file, "sdk/host/methods") && within(target, "sdk/host/methods") && file !== "sdk/host/methods/index.ts"
      ? "move what both need into state/, machine/, storage/ or another folder of sdk/host/"
      : undefined,
};

/** The imports that break a rule. */
export function brokenImports(rule: ImportRule, imports: readonly Import[]): Breach[] {
  return imports.flatMap((one) => {
    const advice = rule(one);
    return advice === undefined
      ? []
      : [{ file: one.file, line: one.line, message: `imports "${one.specifier}": ${advice}` }];
  });
}

export const LONGEST = 300;

/** A file that has become too long. */
export function tooLong(file: string, text: string): Breach[] {
  const lines = text.replace(/\n$/, "").split("\n").length;
  const message = `has ${lines} lines, ${LONGEST} are allowed: look for the second noun and give it a file of its own`;
  return lines > LONGEST ? [{ file, line: LONGEST + 1, message }] : [];
}

const clock = "take the time, and timers, from the host's clock (sdk/host/clock.ts), which tests can stop and advance";
const random = "take chance from the host's generator (sdk/host/random.ts): the same seed must give the same host";
/** Names that are the clock or chance when they stand for the global of that name, in any place, or as a member. */
const globals = new Map([
  ["setTimeout", clock],
  ["setInterval", clock],
]);
const anywhere = new Map([
  ["hrtime", clock],
  ["randomUUID", random],
  ["randomBytes", random],
  ["getRandomValues", random],
]);
const members = new Map([
  ["Date.now", clock],
  ["performance.now", clock],
  ["Math.random", random],
]);

/** Uses of the real clock or of real chance, which would make two hosts with the same seed differ. */
export function unrepeatable(file: string, text: string): Breach[] {
  const source = parse(file, text);
  const found: Breach[] = [];
  const report = (node: ts.Node, advice: string | undefined) => {
    if (advice !== undefined)
      found.push({ file, line: lineOf(source, node), message: `${node.getText(source)}: ${advice}` });
  };
  walk(source, (node) => {
    if (ts.isPropertyAccessExpression(node)) {
      const { expression, name } = node;
      const owner = expression.getText(source).replace(/^globalThis\./, "");
      report(
        node,
        members.get(`${owner}.${name.text}`) ?? (owner === "globalThis" ? globals.get(name.text) : undefined),
      );
    } else if (ts.isIdentifier(node)) {
      report(node, anywhere.get(node.text) ?? (isGlobal(node) ? globals.get(node.text) : undefined));
    } else if (isNow(node)) {
      report(node, clock);
    }
  });
  return found;
}

/** Whether a name stands for the global of that name: not a member of something, nor a name being declared. */
function isGlobal(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  const declares = "name" in parent && parent.name === node;
  return !declares || ts.isImportSpecifier(parent) || ts.isShorthandPropertyAssignment(parent);
}

/** `new Date()`, `new Date` and `Date()`. */
function isNow(node: ts.Node): boolean {
  if (!ts.isNewExpression(node) && !ts.isCallExpression(node)) return false;
  const { expression } = node;
  if (!ts.isIdentifier(expression) || expression.text !== "Date") return false;
  return ts.isCallExpression(node) || node.arguments === undefined || node.arguments.length === 0;
}
