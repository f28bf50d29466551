import { expect, it } from "vitest";
import { Host } from "../../../../sdk/host/host.ts";
import { Caller, sessionManager } from "../caller.ts";

it("users have the roles that they are given on everything, in any case", () => {
  const users = [
    { name: "reader", password: "p", role: "readonly" },
    { name: "second", password: "p", role: "Admin" },
    { name: "third", password: "p" },
  ];
  const host = Host.start({ seed: 1, users });
  const makesFolders = (userName: string) => {
    const caller = new Caller(host, false);
    caller.call(sessionManager, "Login", { userName, password: "p" });
    try {
      return caller.call({ type: "Folder", value: "group-d1" }, "CreateFolder", { name: userName }) !== undefined;
    } catch {
      return false;
    }
  };
  expect(users.map(({ name }) => makesFolders(name))).toEqual([false, true, false]);
  host.close();
});

it("a role that there is not is refused, with those there are", () => {
  expect(() => Host.start({ users: [{ name: "a", password: "p", role: "King" }] })).toThrow(/no role "King".*ReadOnly/);
});
