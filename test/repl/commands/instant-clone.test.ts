import { describe, expect, it } from "vitest";
import { run } from "./run.ts";

const off = "Stop-VM golden -Confirm:$false | Out-Null;";

describe("New-InstantClone", () => {
  it("warns of settings that change nothing", async () => {
    const { messages, text } = await run("(New-InstantClone golden desk-1 -GuestInfo @{ numCPUs = 4 }).NumCpu");
    expect(text).toBe("2\n");
    expect(messages.join("\n")).toContain("'numCPUs' changes nothing in an instant clone");
  });

  it("leaves cards disconnected where the guest keeps its source's address, and says so", async () => {
    const { messages } = await run("New-InstantClone web-01 copy | Out-Null");
    expect(messages.join("\n")).toContain("'copy' are left disconnected");
    expect((await run("New-InstantClone web-01 copy -Network Connected | Out-Null")).messages).toEqual([]);
    expect((await run("New-InstantClone web-01 copy -Network Disconnected | Out-Null")).messages).toEqual([]);
  });

  it("tells the first of many warnings, and how many more there are", async () => {
    const { messages } = await run('New-InstantClone web-01 -Count 15 -Name "w-{0}" | Out-Null');
    expect(messages).toHaveLength(11);
    expect(messages.at(-1)).toContain("5 more");
  });

  it("refuses to give several forks one name, and makes none", async () => {
    const { text, errors } = await run("New-InstantClone golden -Count 3 -Name same; (Get-VM same).Count");
    expect(errors.map(({ message }) => message)[0]).toContain("put their number into it, as in 'same-{0:d4}'");
    expect(text).not.toContain("PoweredOn");
  });

  it("says with -RunAsync that nobody connects the cards", async () => {
    const { messages, text } = await run("(New-InstantClone golden desk-1 -RunAsync).State");
    expect(text).toBe("Success\n");
    expect(messages.join("\n")).toContain("nobody waits");
  });
});

describe("Get-VM -InstantCloneOf", () => {
  it("lists what was forked from a machine, by name too", async () => {
    const made =
      'New-InstantClone golden -Count 3 -Name "desk-{0}" | Out-Null; New-InstantClone desk-1 other | Out-Null;';
    expect((await run(`${made} (Get-VM -InstantCloneOf golden).Name`)).text).toBe("desk-1\ndesk-2\ndesk-3\n");
    expect((await run(`${made} (Get-VM desk-2, other -InstantCloneOf golden, desk-1).Name`)).text).toBe(
      "desk-2\nother\n",
    );
    expect((await run(`${made} (Get-VM other).SourceVM; (Get-VM golden).ForkCount`)).text).toBe("desk-1\n3\n");
  });
});

describe("Remove-VM -Forks", () => {
  const fork = "New-InstantClone golden desk-1 | Out-Null;";
  const remove = "Remove-VM golden -DeletePermanently -Confirm:$false";

  it("keeps machines that others are based on where it is asked to", async () => {
    const { errors, text } = await run(`${fork} ${off} ${remove} -Forks Refuse; (Get-VM golden).Name`);
    expect(errors[0]?.message).toContain("'desk-1' are based on its files");
    expect(text).toBe("golden\n");
  });

  it("takes forks along, or gives them files of their own", async () => {
    expect((await run(`${fork} ${off} ${remove} -Forks Cascade; (Get-VM desk-*).Count`)).text).toBe("0\n");
    const stop = "Stop-VM desk-1 -Confirm:$false | Out-Null;";
    const compact = await run(`${fork} ${off} ${stop} ${remove} -Forks Compact; (Get-VM desk-1).Name`);
    expect([compact.text, compact.errors]).toEqual(["desk-1\n", []]);
  });

  it("makes no sense for a machine that only leaves the inventory", async () => {
    const { errors } = await run("Remove-VM golden -Forks Cascade -Confirm:$false");
    expect(errors[0]?.message).toContain("-DeletePermanently");
  });
});
