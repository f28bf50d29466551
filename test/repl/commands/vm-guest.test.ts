import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { inDirectory, run } from "./run.ts";

const account = "-GuestUser root -GuestPassword fargo";
/** What a script put out, which must not have failed. */
async function text(script: string, location?: string): Promise<string> {
  const ran = await run(script, location === undefined ? {} : { location });
  expect(ran.errors.map(String)).toEqual([]);
  return ran.text;
}
/** The messages of what a script failed with. */
const failures = async (script: string): Promise<string[]> => (await run(script)).errors.map(String);

describe("Invoke-VMScript", () => {
  test("gives what a script put out, on either stream and in order, and its exit code", async () => {
    const script = `$r = Invoke-VMScript 'echo one; echo two >&2; hostname; exit 4' -VM web-01 ${account}; $r.ScriptOutput; $r.ExitCode`;
    expect(await text(script)).toBe("one\ntwo\nweb-01.lab.local\n\n4\n");
  });

  test("gives an object that is its output as text, and names its machine", async () => {
    const script = `$r = Invoke-VMScript 'printf x' web-01; "[$r]"; $r -match 'x'; $r.VM.Name; $r`;
    expect(await text(script)).toBe("[x]\nTrue\nweb-01\n\nScriptOutput : x\nExitCode     : 0\n\n");
  });

  test("runs in every machine of a pipeline, and what one refuses does not keep the others from it", async () => {
    const script =
      "(Get-VM web-*, build-01 | Invoke-VMScript 'hostname' -ErrorAction SilentlyContinue).ScriptOutput.Trim()";
    expect(await text(script)).toBe("web-01.lab.local\nweb-02.lab.local\n");
    expect(await failures("Invoke-VMScript 'true' build-01")).toEqual([expect.stringContaining("poweredOff")]);
    expect(await failures("Invoke-VMScript 'true' golden")).toEqual([expect.stringContaining("frozen")]);
  });

  test("takes accounts as text, as secure strings and as credentials, and no wrong ones", async () => {
    const secure = "$p = ConvertTo-SecureString fargo -AsPlainText -Force";
    const known = (await run("Get-Command ConvertTo-SecureString")).errors.length === 0;
    if (known)
      expect(await text(`${secure}; (Invoke-VMScript id web-01 -GuestUser root -GuestPassword $p).ExitCode`)).toBe(
        "0\n",
      );
    expect(await failures("Invoke-VMScript id web-01 -GuestUser root -GuestPassword no")).toEqual([
      expect.stringContaining("Failed to authenticate"),
    ]);
  });

  test("runs a script that is in a file, and does not wait where it is told not to", async () => {
    await inDirectory(async (location) => {
      await writeFile(join(location, "job.sh"), "echo from a file\n");
      expect(await text("(Invoke-VMScript job.sh web-01).ScriptOutput", location)).toBe("from a file\n\n");
    });
    const script = "(Invoke-VMScript 'sleep 1000' web-01 -RunAsync).ProcessId -gt 1000";
    expect(await text(script)).toBe("True\n");
  });

  test("does nothing with -WhatIf, and only what Linux can do", async () => {
    expect((await run("Invoke-VMScript 'echo x' web-01 -WhatIf")).text).toBe("");
    expect(await failures("Invoke-VMScript 'dir' web-01 -ScriptType Bat")).toEqual([expect.stringContaining("Bash")]);
  });
});

describe("Copy-VMGuestFile", () => {
  test("copies files and whole directories, there and back", async () => {
    await inDirectory(async (location) => {
      await mkdir(join(location, "site/css"), { recursive: true });
      await writeFile(join(location, "site/index.html"), "<p>\n");
      await writeFile(join(location, "site/css/a.css"), Buffer.from([0, 255, 10]));
      const there = "Copy-VMGuestFile -Source site -Destination /srv/www -VM web-01 -LocalToGuest";
      const back = "Copy-VMGuestFile -Source /srv/www/site -Destination back -VM web-01 -GuestToLocal";
      expect(await text(`${there} ${account}; ${back}; Get-Content back/index.html`, location)).toBe("<p>\n");
      expect([...(await readFile(join(location, "back/css/a.css")))]).toEqual([0, 255, 10]);
    });
  });

  test("makes directories only with -Force; what ends with a slash is one", async () => {
    await inDirectory(async (location) => {
      await writeFile(join(location, "a.txt"), "a\n");
      const copy = "Copy-VMGuestFile a.txt /opt/new/dir/ web-01 -LocalToGuest";
      expect((await run(copy, { location })).errors.map(String)).toEqual([expect.stringContaining("/opt/new")]);
      const script = `${copy} -Force; (Invoke-VMScript 'cat /opt/new/dir/a.txt' web-01).ScriptOutput.Trim()`;
      expect(await text(script, location)).toBe("a\n");
      const back = "Copy-VMGuestFile /etc/timezone down/here/ web-01 -GuestToLocal";
      expect((await run(back, { location })).errors).toHaveLength(1);
      expect(await text(`${back} -Force; Get-Content down/here/timezone`, location)).toBe("Etc/UTC\n");
    });
  });

  test("goes one way at a time, from what is there", async () => {
    expect(await failures("Copy-VMGuestFile a b web-01")).toHaveLength(1);
    expect(await failures("Copy-VMGuestFile a b web-01 -LocalToGuest -GuestToLocal")).toHaveLength(1);
    expect(await failures("Copy-VMGuestFile /nowhere /tmp/x web-01 -LocalToGuest")).toHaveLength(1);
    expect(await failures("Copy-VMGuestFile /nowhere x web-01 -GuestToLocal")).toEqual([
      expect.stringContaining("There is no '/nowhere'"),
    ]);
  });
});

describe("guests", () => {
  test("show themselves as PowerCLI's do", async () => {
    expect(await text("Get-VMGuest web-01")).toMatch(
      /^\nState +IPAddress +OSFullName\n-+ +-+ +-+\nRunning +\{192\.168\.10\.11\} +\S.*\n\n$/,
    );
    expect(await text("(Get-VM web-01).Guest.IPAddress[0]; (Get-VM web-01 | Get-VMGuest).VM.Name")).toBe(
      "192.168.10.11\nweb-01\n",
    );
    expect(await text("(Get-VMGuest build-01).State")).toBe("NotRunning\n");
  });

  test("are shut down, restarted and put to sleep by themselves", async () => {
    expect(await text("Stop-VMGuest web-01 -Confirm:$false | Out-Null; (Get-VM web-01).PowerState")).toBe(
      "PoweredOff\n",
    );
    expect(await text("Get-VMGuest web-01 | Shutdown-VMGuest -Confirm:$false | % State")).toBe("NotRunning\n");
    expect(await text("Restart-VMGuest web-01 -Confirm:$false | % State")).toBe("Running\n");
    expect(await text("Suspend-VMGuest web-01 -Confirm:$false | Out-Null; (Get-VM web-01).PowerState")).toBe(
      "Suspended\n",
    );
    expect(await failures("Stop-VMGuest build-01 -Confirm:$false")).toHaveLength(1);
  });

  test("are waited for, and not for ever", async () => {
    expect(await text("(Wait-Tools web-01).Name")).toBe("web-01\n");
    expect(await failures("Wait-Tools golden -TimeoutSeconds 0")).toHaveLength(1);
    expect(await failures("Wait-Tools build-01 -TimeoutSeconds 0")).toEqual([
      expect.stringContaining("within 0 seconds"),
    ]);
    expect(await failures("Invoke-VMScript true build-01 -ToolsWaitSecs 1")).toHaveLength(1);
  });
});
