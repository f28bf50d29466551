import type { CommandNode, SimpleCommandNode, StatementNode, WordNode } from "just-bash";

/** A kind of command in a parsed script. */
export type Node<T extends CommandNode["type"]> = Extract<CommandNode, { type: T }>;
export type Redirection = SimpleCommandNode["redirections"][number];

/** A word that is this text, whatever is in it. */
export const literal = (value: string): WordNode => ({ type: "Word", parts: [{ type: "SingleQuoted", value }] });

/** `"$name"`. */
export const parameter = (name: string): WordNode => ({
  type: "Word",
  parts: [{ type: "DoubleQuoted", parts: [{ type: "ParameterExpansion", parameter: name, operation: null }] }],
});

/** `"$(name arguments)"`. */
export const output = (name: string, ...args: string[]): WordNode => ({
  type: "Word",
  parts: [
    {
      type: "DoubleQuoted",
      parts: [
        {
          type: "CommandSubstitution",
          body: { type: "Script", statements: [statement(command(name, args.map(literal)))] },
          legacy: false,
        },
      ],
    },
  ],
});

export const command = (name: string, args: WordNode[] = []): SimpleCommandNode => ({
  type: "SimpleCommand",
  assignments: [],
  name: { type: "Word", parts: [{ type: "Literal", value: name }] },
  args,
  redirections: [],
});

/** A statement of one command. */
export const statement = (...commands: CommandNode[]): StatementNode => ({
  type: "Statement",
  pipelines: [{ type: "Pipeline", commands, negated: false }],
  operators: [],
  background: false,
});

export const assignment = (name: string, value: string): StatementNode =>
  statement({
    type: "SimpleCommand",
    assignments: [{ type: "Assignment", name, value: literal(value), append: false, array: null }],
    name: null,
    args: [],
    redirections: [],
  });

/** What a word says if nothing in it has to be expanded. */
export function plainText(word: WordNode | null | undefined): string | undefined {
  if (!word) return undefined;
  let text = "";
  for (const part of word.parts) {
    if (part.type === "Literal" || part.type === "SingleQuoted" || part.type === "Escaped") text += part.value;
    else if (part.type === "DoubleQuoted") {
      const inner = plainText({ type: "Word", parts: part.parts });
      if (inner === undefined) return undefined;
      text += inner;
    } else return undefined;
  }
  return text;
}

/** The name of a command without the directory, where it is written out. */
export function nameOf(node: SimpleCommandNode): string | undefined {
  const text = plainText(node.name);
  return text?.slice(text.lastIndexOf("/") + 1);
}
