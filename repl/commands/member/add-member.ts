import {
  type CommandContext,
  command,
  Hashtable,
  PSObject,
  ScriptBlock,
  scriptError,
  toText,
  type Value,
} from "../../language/index.ts";
import { extendObject } from "../../language/members/extensions.ts";
import { findProperty } from "../../render/properties.ts";
import { type MemberKindName, makeMember, memberKind } from "./make-member.ts";

interface Addition {
  readonly kind: MemberKindName;
  readonly name: string;
  readonly value: Value;
}

export const addMember = command({
  name: "Add-Member",
  summary: "Adds properties and methods to objects.",
  description: "Besides -MemberType, -Name and -Value it takes a name and a value, or a hashtable of them.",
  parameters: {
    MemberType: {
      type: "object",
      position: 0,
      aliases: ["Type"],
      help: "NoteProperty, ScriptProperty, ScriptMethod or AliasProperty; or the name of a note property.",
    },
    Name: { type: "object", position: 1, help: "The member's name." },
    Value: {
      type: "object",
      position: 2,
      help: "The value; a script block that uses $this; or the name an alias stands for.",
    },
    SecondValue: {
      type: "object",
      position: 3,
      help: "A script block that sets a script property, with the value in $args[0].",
    },
    NotePropertyName: { type: "string", help: "The name of a note property." },
    NotePropertyValue: { type: "object", help: "The value of the note property." },
    NotePropertyMembers: { type: "hashtable", help: "Names and values of note properties." },
    TypeName: { type: "string", help: "A type name to put in front of the object's own." },
    PassThru: { type: "switch", help: "Puts the objects out." },
    Force: { type: "switch", help: "Replaces members that are there." },
    InputObject: {
      type: "object",
      pipeline: "value",
      mandatory: true,
      help: "The objects, usually from the pipeline.",
    },
  },
  examples: [
    {
      code: "([pscustomobject]@{ Name = 'web-01' } | Add-Member -NotePropertyName Cpus -NotePropertyValue 2 -PassThru).Cpus",
      note: "A property more.",
      output: "2\n",
    },
    {
      code: "$vm = [pscustomobject]@{ MB = 2048 }; $vm | Add-Member ScriptProperty GB { $this.MB / 1024 }; $vm.GB",
      note: "A property that is computed.",
      output: "2\n",
    },
  ],
  process(ctx, args) {
    const { InputObject, TypeName, PassThru, Force } = args;
    if (InputObject === null || typeof InputObject !== "object") {
      throw scriptError("Members can be added to objects only, not to text, numbers or $null.", {
        category: "InvalidArgument",
        target: InputObject,
      });
    }
    if (TypeName !== undefined && InputObject instanceof PSObject) InputObject.typeNames.unshift(TypeName);
    for (const addition of additions(args)) add(ctx, InputObject, addition, args.SecondValue ?? null, Force);
    return PassThru ? ctx.writeWhole(InputObject) : undefined;
  },
});

interface Wanted {
  readonly MemberType: Value | undefined;
  readonly Name: Value | undefined;
  readonly Value: Value | undefined;
  readonly NotePropertyName: string | undefined;
  readonly NotePropertyValue: Value | undefined;
  readonly NotePropertyMembers: Hashtable | undefined;
}

function additions(args: Wanted): Addition[] {
  const { MemberType: type = null, Name: name = null, Value: value = null } = args;
  const table = args.NotePropertyMembers ?? (type instanceof Hashtable ? type : undefined);
  if (table !== undefined) {
    return [...table.entries()].map(([key, held]) => ({ kind: "NoteProperty", name: toText(key), value: held }));
  }
  if (args.NotePropertyName !== undefined) {
    return [{ kind: "NoteProperty", name: args.NotePropertyName, value: args.NotePropertyValue ?? null }];
  }
  if (type === null) return name === null ? [] : [{ kind: "NoteProperty", name: toText(name), value }];
  const kind = memberKind(toText(type));
  if (kind !== undefined && name !== null) return [{ kind, name: toText(name), value }];
  if (kind === undefined && args.Value === undefined)
    return [{ kind: "NoteProperty", name: toText(type), value: name }];
  throw scriptError(`'${toText(type)}' is no kind of member that can be added.`, { category: "InvalidArgument" });
}

function add(ctx: CommandContext<unknown>, object: object, addition: Addition, setter: Value, force: boolean): void {
  const { kind, name, value } = addition;
  if (!force && findProperty(object, name) !== undefined) {
    const text = `Cannot add a member with the name "${name}" because a member with that name already exists. To overwrite the member anyway, add the Force parameter to your command.`;
    void ctx.error(text, { category: "InvalidOperation", id: "MemberAlreadyExists", target: object });
    return;
  }
  if (kind === "NoteProperty" && object instanceof PSObject) {
    if (force) object.remove(name);
    object.note(name, value);
    return;
  }
  const member = makeMember(ctx, object, kind, name, value, setter instanceof ScriptBlock ? setter : undefined);
  if (object instanceof PSObject) object.add(member);
  else extendObject(object, member);
}
