import {
  after,
  type CommandContext,
  command,
  eachInTurn,
  isMembers,
  type Maybe,
  type MemberValue,
  PSObject,
  toText,
  typeNameOf,
  type Value,
} from "../../language/index.ts";
import { membersOf } from "../../language/members/list.ts";
import { wildcard } from "../../language/regex/wildcard.ts";
import { typeNamesOf } from "../../language/types/is-of-type.ts";

const kinds = [
  "All",
  "Properties",
  "Methods",
  "Property",
  "NoteProperty",
  "ScriptProperty",
  "AliasProperty",
  "ParameterizedProperty",
  "Method",
  "ScriptMethod",
] as const;

export const getMember = command({
  name: "Get-Member",
  aliases: ["gm"],
  summary: "Lists the properties and methods of objects.",
  description: "Objects of the same type are listed once.",
  parameters: {
    Name: { type: "string[]", position: 0, wildcard: true, help: "Only members with these names." },
    MemberType: { type: "string[]", aliases: ["Type"], values: kinds, help: "Only members of these kinds." },
    Force: { type: "switch", help: "Accepted for compatibility." },
    InputObject: { type: "object", pipeline: "value", help: "The objects, usually from the pipeline." },
  },
  state: () => ({ seen: new Set<string>() }),
  outputs: "Microsoft.PowerShell.Commands.MemberDefinition",
  examples: [
    {
      code: "[pscustomobject]@{ Name = 'web-01' } | Get-Member -MemberType NoteProperty",
      note: "The properties of an object.",
      output:
        "\n   TypeName: System.Management.Automation.PSCustomObject\n\nName                         MemberType            Definition\n----                         ----------            ----------\nName                         NoteProperty          string Name=web-01\n\n",
    },
    { code: "('a' | Get-Member Trim*).Count", note: "Methods by name.", output: "3\n" },
  ],
  process(ctx, { Name = ["*"], MemberType = ["All"], InputObject = null }) {
    if (InputObject === null) {
      if (!ctx.hasInput && !ctx.isBound("InputObject")) {
        return ctx.error("Get-Member needs an object: pipe one to it.", {
          category: "CloseError",
          id: "NoObjectInGetMember",
        });
      }
      return;
    }
    const typeName = typeNamesOf(InputObject)[0] ?? typeNameOf(InputObject);
    if (ctx.state.seen.has(typeName)) return;
    ctx.state.seen.add(typeName);
    const members = membersOf(InputObject)
      .filter((member) => Name.some((pattern) => wildcard(pattern).test(member.name)))
      .filter((member) => MemberType.some((kind) => isOfKind(member, kind)))
      .sort((left, right) => left.kind.localeCompare(right.kind, "en") || left.name.localeCompare(right.name, "en"));
    return eachInTurn(members, (member) => put(ctx, typeName, member, isReadable(InputObject)));
  },
});

function isOfKind({ kind }: MemberValue, wanted: string): boolean {
  if (wanted === "All") return true;
  if (wanted === "Properties") return kind.endsWith("Property");
  return wanted === "Methods" ? kind.endsWith("Method") : kind === wanted;
}

// Reading a property of an inventory object may mean a call to the server: its type is not worth that.
function isReadable(value: Value): boolean {
  return !isMembers(value) || value instanceof PSObject;
}

function put(ctx: CommandContext<unknown>, typeName: string, member: MemberValue, readable: boolean): Maybe<void> {
  return after(definition(member, readable), (text) =>
    ctx.write(
      PSObject.of(
        { TypeName: typeName, Name: member.name, MemberType: member.kind, Definition: text },
        "Microsoft.PowerShell.Commands.MemberDefinition",
      ),
    ),
  );
}

function definition(member: MemberValue, readable: boolean): Maybe<string> {
  const { name, kind, type } = member;
  if (kind.endsWith("Method")) return `${type === undefined ? "" : `${shortType(type)} `}${name}()`;
  const accessors = member.set === undefined ? "{get;}" : "{get;set;}";
  if (type !== undefined) return `${shortType(type)} ${name} ${accessors}`;
  if (!readable) return `${name} ${accessors}`;
  return after(member.get?.() ?? null, (value) => {
    const valueType = shortType(value === null ? "System.Object" : typeNameOf(value));
    return kind === "NoteProperty" ? `${valueType} ${name}=${toText(value)}` : `${valueType} ${name} ${accessors}`;
  });
}

const short: Readonly<Record<string, string>> = {
  "System.String": "string",
  "System.Int32": "int",
  "System.Int64": "long",
  "System.Double": "double",
  "System.Boolean": "bool",
  "System.Char": "char",
  "System.DateTime": "datetime",
  "System.TimeSpan": "timespan",
  "System.Object": "System.Object",
};

function shortType(name: string): string {
  return Object.hasOwn(short, name) ? (short[name] ?? name) : name;
}
