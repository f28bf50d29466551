import {
  after,
  command,
  eachInTurn,
  type Maybe,
  PSObject,
  scriptError,
  toText,
  type Value,
} from "../../language/index.ts";
import { setMember } from "../../language/members/access.ts";
import { construct } from "../../language/members/statics.ts";
import { typeFromText } from "../../language/types/registry.ts";
import { callerOf } from "../caller.ts";

export const newObject = command({
  name: "New-Object",
  summary: "Makes an object of a type.",
  parameters: {
    TypeName: { type: "string", position: 0, help: "The type, such as PSObject or System.Collections.ArrayList." },
    ArgumentList: { type: "object[]", position: 1, aliases: ["Args"], help: "Arguments of the constructor." },
    Property: { type: "hashtable", help: "Properties to set; of a PSObject, to add." },
    ComObject: { type: "string", help: "Not supported: COM objects exist on Windows only." },
    Strict: { type: "switch", help: "Accepted for compatibility." },
  },
  examples: [
    {
      code: "(New-Object PSObject -Property @{ Name = 'web-01' }).Name",
      note: "An object with properties.",
      output: "web-01\n",
    },
    {
      code: "$list = New-Object System.Collections.ArrayList; $null = $list.Add('a'); $list.Count",
      note: "A list that grows.",
      output: "1\n",
    },
  ],
  process(ctx, { TypeName, ArgumentList = [], Property, ComObject }) {
    if (ComObject !== undefined || TypeName === undefined) {
      const text =
        ComObject === undefined
          ? "New-Object needs -TypeName."
          : `The COM object '${ComObject}' cannot be made: COM objects exist on Windows only.`;
      throw scriptError(text, { category: "NotImplemented", type: "System.NotSupportedException" });
    }
    const type = typeFromText(TypeName);
    if (type === undefined) {
      throw scriptError(`Cannot find type [${TypeName}]: verify that the assembly containing this type is loaded.`, {
        category: "InvalidType",
        id: "TypeNotFound",
        target: TypeName,
      });
    }
    return after(construct(type.definition, ArgumentList, callerOf(ctx)), (made) => {
      const entries = [...(Property?.entries() ?? [])];
      const set = eachInTurn(entries, ([name, value]) => assign(made, toText(name), value));
      return after(set, () => ctx.writeWhole(made));
    });
  },
});

function assign(object: Value, name: string, value: Value): Maybe<void> {
  if (!(object instanceof PSObject)) return setMember(object, name, value);
  object.note(name, value);
}
