import type { CommandNode, ScriptNode, StatementNode } from "just-bash";
import { type Node, nameOf, plainText, statement } from "./nodes.ts";
import { isRedirectingExec } from "./redirections.ts";
import { rewritten } from "./rewrite.ts";

/** What the library needs of just-bash, which is loaded only when a guest runs something. */
export interface Grammar {
  parse(text: string): ScriptNode;
  serialize(script: ScriptNode): string;
}

/** Why a statement cannot be left to the shell as a whole. */
export interface Traits {
  /** It may freeze or sleep, or change what later statements mean to the walk. */
  readonly stops: boolean;
  readonly breaks: boolean;
  readonly returns: boolean;
  readonly locals: boolean;
}

const none: Traits = { stops: false, breaks: false, returns: false, locals: false };
const stopping: Traits = { ...none, stops: true };
const union = (all: readonly Traits[]): Traits => ({
  stops: all.some(({ stops }) => stops),
  breaks: all.some(({ breaks }) => breaks),
  returns: all.some(({ returns }) => returns),
  locals: all.some(({ locals }) => locals),
});

/** A script as it was parsed, with the functions that are known where it runs. */
export class Library {
  readonly grammar: Grammar;
  readonly #functions = new Map<string, Node<"FunctionDef">>();
  readonly #texts = new Map<string, string>();
  readonly #canonical = new Map<string, Node<"FunctionDef">>();
  readonly #parsed = new Map<string, ScriptNode>();
  readonly #traits = new WeakMap<CommandNode, Traits>();
  readonly #asking = new Set<string>();

  constructor(grammar: Grammar) {
    this.grammar = grammar;
  }

  /** Parses a text, which is remembered, and gets to know its functions. Throws what the parser throws. */
  parse(text: string): ScriptNode {
    const known = this.#parsed.get(text);
    if (known) return known;
    const script = this.grammar.parse(text);
    this.#collect(script);
    rewritten(script);
    this.#parsed.set(text, script);
    return script;
  }

  isFunction(name: string): boolean {
    return this.#functions.has(name);
  }

  /** The definition of a function as text, undefined for one that nobody has seen. */
  definition(name: string): string | undefined {
    return this.#texts.get(name);
  }

  /** The function that a text defines: the same node for the same text. */
  definedBy(text: string): Node<"FunctionDef"> {
    const known = this.#canonical.get(text);
    if (known) return known;
    const found = rewritten(this.grammar.parse(text)).statements[0]?.pipelines[0]?.commands[0];
    if (found?.type !== "FunctionDef") throw new Error("A function was kept as something else.");
    this.#canonical.set(text, found);
    return found;
  }

  traits(node: StatementNode): Traits {
    if (node.background) return none;
    return union(
      node.pipelines.map(({ commands }) => {
        const [only] = commands;
        return only && commands.length === 1 ? this.traitsOf(only) : none;
      }),
    );
  }

  traitsOf(node: CommandNode): Traits {
    const known = this.#traits.get(node);
    if (known) return known;
    const found = this.#traitsOf(node);
    this.#traits.set(node, found);
    return found;
  }

  #traitsOf(node: CommandNode): Traits {
    const list = (statements: readonly StatementNode[]) => union(statements.map((inner) => this.traits(inner)));
    const loop = (body: readonly StatementNode[], condition: readonly StatementNode[] = []): Traits => ({
      ...union([list(body), list(condition)]),
      breaks: false,
    });
    switch (node.type) {
      case "SimpleCommand":
        return this.#simple(node);
      case "If":
        return union([
          ...node.clauses.flatMap(({ condition, body }) => [list(condition), list(body)]),
          list(node.elseBody ?? []),
        ]);
      case "While":
      case "Until":
        return loop(node.body, node.condition);
      case "For":
      case "CStyleFor":
        return loop(node.body);
      case "Case":
        return union(node.items.map(({ body }) => list(body)));
      case "Group":
        return list(node.body);
      default:
        return none;
    }
  }

  #simple(node: Node<"SimpleCommand">): Traits {
    const name = nameOf(node);
    if (name === undefined) return none;
    if (name === "break" || name === "continue") return { ...none, breaks: true };
    if (name === "return") return { ...none, returns: true };
    if (name === "local") return { ...none, locals: true };
    if (name === "exec") return isRedirectingExec(node) ? stopping : none;
    if (name === "sleep") return stopping;
    if (name === "vmware-rpctool" || name === "vmtoolsd" || name === "sudo") return mayFreeze(node) ? stopping : none;
    const found = this.#functions.get(name);
    if (!found || this.#asking.has(name)) return none;
    this.#asking.add(name);
    try {
      return this.traitsOf(found.body).stops ? stopping : none;
    } finally {
      this.#asking.delete(name);
    }
  }

  #collect(node: unknown): void {
    if (Array.isArray(node)) {
      for (const inner of node) this.#collect(inner);
      return;
    }
    if (typeof node !== "object" || node === null) return;
    if (isFunctionDef(node)) {
      this.#functions.set(node.name, node);
      this.#texts.set(node.name, this.grammar.serialize({ type: "Script", statements: [statement(node)] }));
    }
    for (const inner of Object.values(node)) if (typeof inner === "object") this.#collect(inner);
  }
}

const isFunctionDef = (node: object): node is Node<"FunctionDef"> => "type" in node && node.type === "FunctionDef";

/** Asking and telling guestinfo freezes nothing; what is not written out might. */
function mayFreeze(node: Node<"SimpleCommand">): boolean {
  return (
    node.args.some((word) => {
      const text = plainText(word);
      return text === undefined || text.includes("freeze");
    }) && !node.args.some((word) => /^info-[gs]et\b/.test(beginning(word)))
  );
}

function beginning(word: Node<"SimpleCommand">["args"][number]): string {
  const [first] = word.parts;
  if (first?.type === "DoubleQuoted") return plainText({ type: "Word", parts: first.parts.slice(0, 1) }) ?? "";
  return plainText({ type: "Word", parts: word.parts.slice(0, 1) }) ?? "";
}
