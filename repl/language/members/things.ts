import { NOTHING } from "../values/nothing.ts";
import { PSObject } from "../values/ps-object.ts";
import type { ScriptBlock } from "../values/script-block.ts";
import { type Credential, SecureString } from "../values/secure-string.ts";
import type { TypeValue } from "../values/type-value.ts";
import { MemberTable } from "./table.ts";

export const TYPE_MEMBERS = new MemberTable<TypeValue>(
  {
    Name: (self) => self.name,
    FullName: (self) => self.fullName,
    Namespace: (self) => self.fullName.split(".").slice(0, -1).join("."),
    BaseType: () => null,
    IsArray: (self) => self.fullName.endsWith("[]"),
    IsEnum: (self) => self.definition.values !== undefined,
    IsValueType: (self) =>
      /^System\.(U?Int|Double|Single|Decimal|Bool|Char|DateTime|TimeSpan|Guid|S?Byte)/.test(self.fullName),
    IsPublic: () => true,
  },
  {
    GetEnumNames: (self) => [...(self.definition.values ?? [])],
    IsInstanceOfType: (self, args) => self.definition.is(args[0] ?? null),
    Equals: (self, args) => self === args[0],
  },
);

export const BLOCK_MEMBERS = new MemberTable<ScriptBlock>(
  { Ast: (self) => self.text, File: (self) => self.position.file ?? null },
  {
    GetNewClosure: (self) => self.closure?.() ?? self,
    Invoke: (self, args, caller) => caller.invoke(self, args),
    InvokeReturnAsIs: (self, args, caller) => caller.invoke(self, args),
    ToString: (self) => self.text,
  },
);

export const SECURE_STRING_MEMBERS = new MemberTable<SecureString>(
  { Length: (self) => self.length },
  { Dispose: () => NOTHING, MakeReadOnly: () => NOTHING, Copy: (self) => self },
);

export const CREDENTIAL_MEMBERS = new MemberTable<Credential>(
  { UserName: (self) => self.userName, Password: (self) => self.password },
  {
    GetNetworkCredential(self) {
      const [, domain = "", user = self.userName] = /^([^\\]+)\\(.*)$/.exec(self.userName) ?? [];
      const plain = self.password.reveal();
      return PSObject.of(
        { UserName: user, Password: plain, SecurePassword: new SecureString(plain), Domain: domain },
        "System.Net.NetworkCredential",
      );
    },
  },
);
