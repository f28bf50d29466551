/** What `Get-Help` without a name says. */
export const overview: readonly string[] = [
  "",
  "fargo is a shell for vSphere in the manner of PowerCLI. Without a server it works on a simulated vCenter of its own.",
  "",
  "    Get-VM                               the virtual machines",
  "    Get-VM golden | New-InstantClone -Count 3 -Name 'desk-{0:d2}'",
  "                                         forks of a running machine",
  "    Connect-VIServer vcenter.example.com another vCenter",
  "",
  "    Get-Command                          all commands; Get-Command *-VM those about machines",
  "    Get-Help Get-VM                      what a command does; -Examples, -Full, -Parameter Name",
  "    Get-VM | Get-Member                  what properties objects have",
  "",
  "    Tab completes commands, parameters and names. Ctrl-C stops what is running. exit leaves.",
  "",
];
