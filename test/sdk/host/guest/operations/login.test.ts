import { describe, expect, test } from "vitest";
import { requireEnabled } from "../../../../../sdk/host/guest/operations/enabled.ts";
import { login } from "../../../../../sdk/host/guest/operations/login.ts";
import { comparePassword } from "../../../../../sdk/host/guest/operations/password.ts";
import { faultOf } from "../../caller.ts";
import { MemoryFiles } from "./memory-files.ts";

// Made with `openssl passwd -6 -salt saltsaltsalt fargo`.
const fargo = "$6$saltsaltsalt$sRCHZIcA6FHRDE/5aQMUC4VelhxgoYmXkY7qZOziDzRJ7xh0EJ76O.ypGN67T/VEHd3cATHxSSNnh76p2w1LY0";

const guest = () =>
  new MemoryFiles({
    "/etc/passwd":
      "# accounts\nroot:x:0:0:root:/root:/bin/bash\nann:x:1000:100:Ann:/home/ann:\nodd:x:zero:0::/:/bin/sh\n",
    "/etc/shadow": `root:${fargo}:19000:0:99999:7:::\nann::19000::::::\nodd:${fargo}:::::::\ngone:${fargo}:::::::\n`,
    "/etc/group": "root:x:0:\nusers:x:100:\nwheel:x:10:bob,ann\n",
  });

const enter = (username: string, password: string, more: object = {}) =>
  login(
    guest(),
    { _typeName: "NamePasswordAuthentication", interactiveSession: false, username, password, ...more },
    "vm",
  );

describe("logging in to a guest", () => {
  test("asks the guest's own files, and knows the groups of an account", () => {
    expect(enter("root", "fargo")).toMatchObject({ name: "root", uid: 0, home: "/root", shell: "/bin/bash" });
    expect(enter("ann", "")).toEqual({
      name: "ann",
      uid: 1000,
      gid: 100,
      groups: [100, 10],
      home: "/home/ann",
      shell: "/bin/sh",
    });
  });

  test("says the same of a wrong password and of a name that there is not", () => {
    const wrong = ["root", "nobody", "odd", "gone"].map((name) =>
      faultOf(() => enter(name, name === "root" ? "f" : "fargo")),
    );
    expect(new Set(wrong.map(({ message }) => message)).size).toBe(1);
    expect(wrong[0]).toMatchObject({ _typeName: "InvalidGuestLogin" });
    expect(faultOf(() => enter("ann", "x"))).toMatchObject({ _typeName: "InvalidGuestLogin" });
  });

  test("is by name and password: other ways are refused, each with its reason", () => {
    const auth = (type: string, more: object) =>
      faultOf(() => login(guest(), Object({ _typeName: type, interactiveSession: false, ...more }), "vm"))._typeName;
    expect(auth("SSPIAuthentication", { sspiToken: "" })).toBe("OperationNotSupportedByGuest");
    expect(auth("TicketedSessionAuthentication", { ticket: "" })).toBe("OperationNotSupportedByGuest");
    expect(auth("SAMLTokenAuthentication", { token: "" })).toBe("NotSupported");
    expect(auth("GuestAuthentication", {})).toBe("InvalidArgument");
    expect(faultOf(() => enter("root", "fargo", { interactiveSession: true }))._typeName).toBe(
      "GuestOperationsUnavailable",
    );
  });
});

describe("comparing a password with a hash", () => {
  test("agrees with other implementations of sha512-crypt and sha256-crypt", () => {
    expect(comparePassword(fargo, "fargo")).toBe("right");
    expect(comparePassword(fargo, "Fargo")).toBe("wrong");
    // It would take a minute to look at.
    expect(comparePassword(fargo, "x".repeat(100_000))).toBe("wrong");
    // The examples of the specification.
    const long =
      "$6$rounds=1400$anotherlongsalts$POfYwTEok97VWcjxIiSOjiykti.o/pQs.wPvMxQ6Fm7I6IoYN3CmLs66x9t0oSwbtEW7o7UmJEiDwGqd8p4ur1";
    const words = "a very much longer text to encrypt.  This one even stretches over morethan one line.";
    expect(comparePassword(long, words)).toBe("right");
    expect(comparePassword("$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5", "Hello world!")).toBe("right");
  });

  test("lets nobody in where the account is locked, and says when it cannot tell", () => {
    for (const hash of ["*", "!", "!!", `!${fargo}`, "x"]) expect(comparePassword(hash, "fargo")).toBe("wrong");
    for (const hash of ["$y$j9T$abc$def", "$6$rounds=999999999$saltsaltsalt$AAAA", `${fargo}\n`, "$6$"])
      expect(comparePassword(hash, "fargo")).toBe("unknown");
  });

  test("is remembered, and nobody else's hash is taken for it", () => {
    for (let i = 0; i < 300; i++) expect(comparePassword(fargo, "fargo")).toBe("right");
    expect(comparePassword(fargo, "fargo ")).toBe("wrong");
  });
});

describe("what tools.conf disables", () => {
  const refused = (text: string, method = "StartProgramInGuest") => {
    const files = new MemoryFiles({ "/etc/vmware-tools/tools.conf": text });
    try {
      requireEnabled(files, method, "vm");
    } catch {
      return true;
    }
    return false;
  };
  test("is one method, or all of them", () => {
    expect(refused("")).toBe(false);
    expect(refused("[guestoperations]\ndisabled=true\n")).toBe(true);
    expect(refused("[guestoperations]\nStartProgramInGuest.disabled = TRUE")).toBe(true);
    expect(refused("[guestoperations]\nStartProgramInGuest.disabled = true", "ListFilesInGuest")).toBe(false);
    expect(refused("[other]\ndisabled=true\n")).toBe(false);
    expect(refused("[guestoperations]\n#disabled=true\ndisabled=false\n")).toBe(false);
    expect(() => requireEnabled(new MemoryFiles(), "ListFilesInGuest", "vm")).not.toThrow();
  });
});
