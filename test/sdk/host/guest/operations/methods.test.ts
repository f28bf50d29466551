import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { faultOf } from "../../caller.ts";
import { Vcenter } from "../../machine/vcenter.ts";

const auth = {
  _typeName: "NamePasswordAuthentication",
  interactiveSession: false,
  username: "root",
  password: "fargo",
} as const;
const files = { type: "GuestFileManager", value: "guestOperationsFileManager" } as const;
const processes = { type: "GuestProcessManager", value: "guestOperationsProcessManager" } as const;
const logins = { type: "GuestAuthManager", value: "guestOperationsAuthManager" } as const;
const aliases = { type: "GuestAliasManager", value: "guestOperationsAliasManager" } as const;

let vcenter: Vcenter;
beforeEach(() => {
  vcenter = new Vcenter();
});
afterEach(() => vcenter.close());

const asked = (name = "web-01") => ({ vm: vcenter.ref("VirtualMachine", name), auth });
const call = <T>(
  manager: typeof files | typeof processes | typeof logins | typeof aliases,
  method: string,
  args: object = {},
) => vcenter.call(manager, method, { ...asked(), ...args }) as T;
const fault = (...args: Parameters<typeof call>) => faultOf(() => call(...args));

async function* once(...chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void> {
  yield* chunks;
}
const bytes = (text: string) => new TextEncoder().encode(text);
const attributes = { _typeName: "GuestPosixFileAttributes" };

function upload(path: string, fileSize: number, overwrite = true): string {
  return call(files, "InitiateFileTransferToGuest", {
    guestFilePath: path,
    fileAttributes: attributes,
    fileSize,
    overwrite,
  });
}
async function download(path: string): Promise<string> {
  const { url } = call<{ url: string }>(files, "InitiateFileTransferFromGuest", { guestFilePath: path });
  let text = "";
  for await (const chunk of vcenter.host.download(url)) text += new TextDecoder().decode(chunk);
  return text;
}
/** Puts a text into a file of the guest. */
async function put(path: string, text: string): Promise<void> {
  await vcenter.host.upload(upload(path, bytes(text).length), once(bytes(text)));
}

describe("transfers by URL", () => {
  it("say how large a file is and what it is like", () => {
    const info = call(files, "InitiateFileTransferFromGuest", { guestFilePath: "/etc/shells" });
    expect(info).toMatchObject({ size: 18, attributes: { ...attributes, ownerId: 0, permissions: 0o644 } });
    expect(info).toHaveProperty("url", expect.stringMatching(/^https:\/\/\*\/guestFile\?id=\d+&token=/));
  });

  it("that are cut short, or go on too long, leave the guest's file and its disk as they were", async () => {
    const before = vcenter.figures("web-01", 0);
    const text = await download("/etc/motd");
    for (const sent of ["", "123", "12345", "1234567890"])
      await expect(vcenter.host.upload(upload("/etc/motd", 4), once(bytes(sent)))).rejects.toMatchObject({
        name: "InvalidArgument",
      });
    async function* broken() {
      yield bytes("12");
      throw new Error("the line is dead");
    }
    await expect(vcenter.host.upload(upload("/etc/motd", 4), broken())).rejects.toThrow("the line is dead");
    expect(await download("/etc/motd")).toBe(text);
    expect(vcenter.figures("web-01", 0)).toEqual(before);
  });

  it("ask again when the bytes are there: what was right then may be wrong now", async () => {
    const [one, two] = [upload("/tmp/x", 1, false), upload("/tmp/x", 1, false)];
    await vcenter.host.upload(one, once(bytes("1")));
    await expect(vcenter.host.upload(two, once(bytes("2")))).rejects.toMatchObject({ name: "FileAlreadyExists" });
    const late = upload("/tmp/y", 1);
    vcenter.vm("web-01", "PowerOffVM_Task", {});
    await expect(vcenter.host.upload(late, once(bytes("1")))).rejects.toMatchObject({ name: "InvalidPowerState" });
  });

  it("do not tear a file that changes meanwhile", async () => {
    await put("/var/tmp/f", "x".repeat(3_000_000));
    const { url } = call<{ url: string }>(files, "InitiateFileTransferFromGuest", { guestFilePath: "/var/tmp/f" });
    const chunks = vcenter.host.download(url)[Symbol.asyncIterator]();
    expect((await chunks.next()).value).toHaveLength(2 ** 20);
    await put("/var/tmp/f", "y".repeat(2_000_000));
    await expect(chunks.next()).rejects.toMatchObject({ name: "FileFault" });
  });

  it("of what cannot be are refused at once", () => {
    const refused = (path: string, size: number, overwrite = true) =>
      faultOf(() => upload(path, size, overwrite))._typeName;
    expect(refused("/etc", 1)).toBe("NotAFile");
    expect(refused("/nowhere/x", 1)).toBe("FileNotFound");
    expect(refused("/etc/motd/x", 1)).toBe("NotADirectory");
    expect(refused("/etc/motd", 1, false)).toBe("FileAlreadyExists");
    expect(refused("/etc/x", -1)).toBe("InvalidArgument");
    expect(refused("/etc/x", 2 ** 40)).toBe("FileTooLarge");
    expect(refused("etc/x", 1)).toBe("InvalidArgument");
    expect(fault(files, "InitiateFileTransferFromGuest", { guestFilePath: "/etc" })._typeName).toBe("NotAFile");
  });

  it("are nobody's who may not use the guest", async () => {
    const { host } = vcenter;
    const twin = host.fork();
    const url = upload("/tmp/x", 1);
    await expect(twin.upload(url, once(bytes("1")))).rejects.toMatchObject({ name: "NotFound" });
    twin.close();
  });
});

describe("privileges", () => {
  it("are asked on the machine: looking takes Query, changing Modify, running Execute", () => {
    const ask = (privileges: readonly string[]) => {
      const host = vcenter.host.fork();
      const client = host.connect({ loggedIn: true, userAgent: "test" });
      const authorization = { type: "AuthorizationManager", value: "AuthorizationManager" } as const;
      const roleId = host.call(client, authorization, "AddAuthorizationRole", { name: "guest", privIds: privileges });
      const permission = { principal: "VSPHERE.LOCAL\\Administrator", group: false, propagate: true, roleId };
      const entity = asked().vm;
      host.call(client, authorization, "SetEntityPermissions", { entity, permission: [permission] });
      const may = (manager: typeof files | typeof processes, method: string, args: object): boolean => {
        try {
          host.call(client, manager, method, { ...asked(), ...args });
          return true;
        } catch (error) {
          expect(error).toMatchObject({ name: "NoPermission" });
          return false;
        }
      };
      const found = [
        may(files, "ListFilesInGuest", { filePath: "/" }),
        may(files, "MakeDirectoryInGuest", { directoryPath: "/srv/x", createParentDirectories: false }),
        may(processes, "StartProgramInGuest", { spec: { programPath: "/bin/true", arguments: "" } }),
      ];
      host.close();
      return found;
    };
    const all = ["Query", "Modify", "Execute"].map((name) => `VirtualMachine.GuestOperations.${name}`);
    expect(ask([])).toEqual([false, false, false]);
    for (let i = 0; i < 3; i++) expect(ask(all.slice(i, i + 1))).toEqual(all.map((_, j) => i === j));
  });
});

describe("programs", () => {
  const start = (programPath: string, args = "", more: object = {}) =>
    call<number>(processes, "StartProgramInGuest", { spec: { programPath, arguments: args, ...more } });
  const refused = (...args: Parameters<typeof start>) => faultOf(() => start(...args))._typeName;

  it("are started as processes of their account, and ended", () => {
    const pid = start("/bin/sleep", "100");
    const find = () => call<object[]>(processes, "ListProcessesInGuest", { pids: [pid] });
    expect(find()).toMatchObject([{ pid, name: "sleep", owner: "root" }]);
    call(processes, "TerminateProcessInGuest", { pid });
    expect(find()).toMatchObject([{ pid, exitCode: 143, endTime: expect.any(String) }]);
    expect(fault(processes, "TerminateProcessInGuest", { pid })).toMatchObject({
      _typeName: "GuestProcessNotFound",
      pid,
    });
    expect(fault(processes, "TerminateProcessInGuest", { pid: 1 })._typeName).toBe("GuestPermissionDenied");
    expect(call<object[]>(processes, "ListProcessesInGuest").length).toBeGreaterThan(3);
  });

  it("that cannot be are refused, and nothing is started", () => {
    const before = call<object[]>(processes, "ListProcessesInGuest");
    expect(refused("/bin/nosuch")).toBe("FileNotFound");
    expect(refused("/etc")).toBe("NotAFile");
    expect(refused("/etc/motd")).toBe("CannotAccessFile");
    expect(refused("sh")).toBe("InvalidArgument");
    expect(refused("/bin/sh", "", { workingDirectory: "/nowhere" })).toBe("FileNotFound");
    expect(refused("/bin/sh", "", { workingDirectory: "/etc/motd" })).toBe("NotADirectory");
    expect(refused("/bin/sh", "", { envVariables: ["A B=1"] })).toBe("InvalidArgument");
    expect(refused("/bin/sh", "", { _typeName: "GuestWindowsProgramSpec", startMinimized: false })).toBe(
      "InvalidArgument",
    );
    expect(call<object[]>(processes, "ListProcessesInGuest")).toHaveLength(before.length);
  });

  it("do not touch the disk by being started or listed", () => {
    const before = vcenter.figures("web-01", 0);
    start("/bin/sleep", "100");
    call(processes, "ListProcessesInGuest");
    call(files, "ListFilesInGuest", { filePath: "/etc" });
    expect(vcenter.figures("web-01", 0)).toEqual(before);
  });

  it("find the variables of their account and of the system", () => {
    expect(call(processes, "ReadEnvironmentVariableInGuest", { names: ["HOME", "LANG", "NONE"] })).toEqual([
      "HOME=/root",
      "LANG=C.UTF-8",
    ]);
  });
});

describe("what a guest disables", () => {
  it("is refused, by method or altogether", async () => {
    await put("/etc/vmware-tools/tools.conf", "[guestoperations]\nListFilesInGuest.disabled=true\n");
    expect(fault(files, "ListFilesInGuest", { filePath: "/" })._typeName).toBe("OperationDisabledByGuest");
    call(logins, "ValidateCredentialsInGuest");
    await put("/etc/vmware-tools/tools.conf", "[guestoperations]\ndisabled=true\n");
    expect(fault(logins, "ValidateCredentialsInGuest")._typeName).toBe("OperationDisabledByGuest");
  });

  it("is what Linux does not have: sessions and tickets of Windows", () => {
    const args = { requestedAuth: auth };
    const { vm } = asked();
    expect(faultOf(() => vcenter.call(logins, "AcquireCredentialsInGuest", { vm, ...args }))._typeName).toBe(
      "OperationNotSupportedByGuest",
    );
    expect(fault(logins, "ReleaseCredentialsInGuest")._typeName).toBe("OperationNotSupportedByGuest");
  });
});

/** A certificate that nobody trusts, for nobody. */
const certificate = [
  "MIIBdjCCARugAwIBAgIUZeZlLXSgNAIivbzSq2z1dKvlCUIwCgYIKoZIzj0EAwIwDzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjMy",
  "MDI4MTdaGA8yMTI2MTAzMDIwMjgxN1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABKzvUyZ25uJI",
  "DkRvMssmkKWEKEYV66giuJ3rZhTUgxbOMSyc3tgAHIoyunNm9JIh1uzraU047/VaLmxrgmF2Jd2jUzBRMB0GA1UdDgQWBBTmyHxD",
  "niLVCf74pchVT7EoRpL+kjAfBgNVHSMEGDAWgBTmyHxDniLVCf74pchVT7EoRpL+kjAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49",
  "BAMCA0kAMEYCIQCn1c7zz9izipSAiunx6wJXP6F7y79uoGWmDPoHYyN/5wIhAOp4Eceg6h40jDPukKfb2wpf6eEjOjhpOQGxd3lu",
  "ddYN",
].join("");

describe("aliases", () => {
  const named = (name: string) => ({ _typeName: "GuestAuthNamedSubject", name });
  const add = (username: string, subject: object, mapCert = false, base64Cert = certificate) =>
    call(aliases, "AddGuestAlias", { username, mapCert, base64Cert, aliasInfo: { subject, comment: "for tests" } });
  const list = (username: string) => call<object[]>(aliases, "ListGuestAliases", { username });

  it("are kept in the guest, by certificate", () => {
    add("root", named("ann"));
    add("root", { _typeName: "GuestAuthAnySubject" });
    add("root", named("ann"));
    expect(list("root")).toEqual([
      {
        base64Cert: certificate,
        aliases: [
          { subject: { _typeName: "GuestAuthAnySubject" }, comment: "for tests" },
          { subject: named("ann"), comment: "for tests" },
        ],
      },
    ]);
    expect(call(aliases, "ListGuestMappedAliases")).toEqual([]);
    vcenter.instantClone("web-01", "fork");
    expect(vcenter.call(aliases, "ListGuestAliases", { ...asked("fork"), username: "root" })).toEqual(list("root"));
    call(aliases, "RemoveGuestAlias", { username: "root", base64Cert: certificate, subject: named("ann") });
    expect(list("root")).toMatchObject([{ aliases: [{ subject: { _typeName: "GuestAuthAnySubject" } }] }]);
    call(aliases, "RemoveGuestAliasByCert", { username: "root", base64Cert: certificate });
    expect(list("root")).toEqual([]);
  });

  it("that stand for an account by their certificate alone stand for one", () => {
    add("root", named("ann"), true);
    expect(call(aliases, "ListGuestMappedAliases")).toEqual([
      { base64Cert: certificate, username: "root", subjects: [named("ann")] },
    ]);
    expect(faultOf(() => add("user", named("ann"), true))._typeName).toBe("GuestMultipleMappings");
    add("user", named("ann"));
    expect(list("user")).toHaveLength(1);
  });

  it("are refused where something is wrong with them", () => {
    expect(faultOf(() => add("nobody-there", named("ann")))).toMatchObject({ invalidProperty: "username" });
    expect(faultOf(() => add("root", named("ann"), false, "AAAA"))).toMatchObject({ invalidProperty: "base64Cert" });
    const gone = { username: "root", base64Cert: certificate };
    expect(fault(aliases, "RemoveGuestAliasByCert", gone)).toMatchObject({ _typeName: "InvalidArgument" });
  });
});
