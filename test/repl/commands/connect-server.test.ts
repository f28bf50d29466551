import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, type Host, startHost } from "../../../sdk/index.ts";
import { run } from "./run.ts";

/** Another vCenter, behind a door of its own. */
let host: Host;
let server: Awaited<ReturnType<Host["listen"]>>;
beforeAll(async () => {
  host = await startHost({ seed: 1, users: [{ name: "anna@vsphere.local", password: "it's" }] });
  server = await host.listen({ port: 0 });
});
afterAll(async () => {
  await server.close();
  host.close();
});

const account = "-User anna@vsphere.local -Password 'it''s'";

describe("Connect-VIServer to a server", () => {
  it("works there from then on, as on the built-in one", async () => {
    const { text, errors } = await run(`
      Connect-VIServer ${server.origin} ${account} -Thumbprint ${server.thumbprint} | Out-Null
      $made = New-InstantClone golden -Count 3 -Name "far-{0}"
      ($made.Name -join ' ') + ' ' + $DefaultVIServer.User; (Get-VM far-2).SourceVM; $DefaultVIServer.Port`);
    expect(errors).toEqual([]);
    expect(text.split("\n")[0]).toBe("far-1 far-2 far-3 VSPHERE.LOCAL\\anna");
    expect(text).toContain(String(server.port));
    const owner = await connect(host);
    expect((await owner.find.virtualMachine("far-3")).ref.type).toBe("VirtualMachine");
  });

  it.each([
    [`Connect-VIServer ${"{origin}"} ${account}`, "is not trusted: it has signed itself"],
    [`Connect-VIServer ${"{origin}"} ${account} -Thumbprint AA:BB`, "another one than the given thumbprint names"],
    [
      `Connect-VIServer ${"{origin}"} -User anna@vsphere.local -Password wrong -Force`,
      "incorrect user name or password",
    ],
    [`Connect-VIServer 127.0.0.1 -Port 1 ${account}`, "nothing listens there"],
    ["Connect-VIServer ftp://example.com -User a -Password b", "is no address of a server"],
  ])("%s: says why not", async (script, reason) => {
    const { errors, exitCode } = await run(script.replace("{origin}", server.origin));
    expect(errors.map(String).join()).toContain(reason);
    expect(exitCode).not.toBe(0);
  });
});
