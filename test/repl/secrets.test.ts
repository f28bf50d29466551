import { expect, test } from "vitest";
import { holdsSecret } from "../../repl/secrets.ts";

test.each([
  "Connect-VIServer vc -User a -Password 'x'",
  "Connect-VIServer vc -User a -Pass x",
  "Connect-VIServer vc -pa x",
  "Connect-VIServer vc -Password:x",
  "Connect-VIServer https://root:vmware@vc/sdk",
  "Connect-VIServer 'https://root:p/w@vc'",
  "Invoke-VMScript -GuestPassword secret -ScriptText ls",
  "$s = ConvertTo-SecureString 'x' -AsPlainText -Force",
  "New-Object System.Management.Automation.PSCredential('u', $s)",
  "$password = 'x'",
  "$env:GOVC_PASSWORD='x'",
  "$splat = @{ Server = 'vc'; Password = 'x' }",
  "New-InstantClone -GuestInfo @{ 'guestinfo.token' = 'x' }",
  "Set-VMHost -LicenseKey 0000-1111",
  "irm x -Headers @{ a = 'Bearer abcdef' }",
  "{\n  Connect-VIServer vc `\n    -Password x\n}",
])("a line that may hold a secret is recognised: %s", (line) => {
  expect(holdsSecret(line)).toBe(true);
});

test.each([
  "Get-VM golden",
  "Get-ChildItem -Path C:\\x",
  "Get-VM | Where-Object { $_.Name -like 'pass*' }",
  "Connect-VIServer https://vc/sdk -Credential $cred",
  "1..3 | ForEach-Object -Parallel { $_ }",
  "New-InstantClone -VM golden -PassThru:$false -Name a",
  "Get-VM x | Set-VM -Notes 'mail me: a@b'",
])("an ordinary line is not: %s", (line) => {
  expect(holdsSecret(line)).toBe(false);
});
