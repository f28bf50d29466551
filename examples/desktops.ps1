# What an admin does: a table of desktops, one instant clone each with guestinfo of its own, then a report as CSV.
param([string] $Report = "-")

$desktops = @(
    @{ Name = "desk-anna"; Ip = "10.0.0.11" },
    @{ Name = "desk-ben";  Ip = "10.0.0.12" },
    @{ Name = "desk-cleo"; Ip = "10.0.0.13" }
)

foreach ($desktop in $desktops) {
    New-InstantClone -VM golden -Name $desktop.Name -GuestInfo @{
        "guestinfo.ic.hostname"  = $desktop.Name
        "guestinfo.ic.ipaddress" = $desktop.Ip
    } | Out-Null
}

$rows = Get-VM desk-* | Sort-Object Name | ForEach-Object {
    $sharing = Get-MemorySharing $_
    [pscustomobject]@{
        Name      = $_.Name
        State     = $_.PowerState
        SharedGB  = $sharing.Shared / 1GB
        PrivateMB = $sharing.Private / 1MB
    }
}
if ($Report -eq "-") { $rows | ConvertTo-Csv } else { $rows | Export-Csv $Report }

#> "Name","State","SharedGB","PrivateMB"
#> "desk-anna","PoweredOn","8","0"
#> "desk-ben","PoweredOn","8","0"
#> "desk-cleo","PoweredOn","8","0"
