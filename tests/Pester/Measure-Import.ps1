<#
.SYNOPSIS
Measures what importing the module adds to the start of PowerShell.
.DESCRIPTION
Starts PowerShell again and again, in turn without and with the import, and compares the medians: a busy machine slows both.
Not a test, because a time is nobody's fault on a shared machine. The aim is less than 150 ms.
.EXAMPLE
pwsh -NoProfile -File tests/Pester/Measure-Import.ps1

With the staged module.
.EXAMPLE
pwsh -NoProfile -File tests/Pester/Measure-Import.ps1 -ModulePath ~/Modules/ZoomProvisioning/0.1.0/ZoomProvisioning.psd1 -Count 50
#>
[CmdletBinding()]
param(
    # The manifest of the module. The newest one in out/ when left out.
    [string] $ModulePath,

    # How often each is started.
    [ValidateRange(3, 1000)]
    [int] $Count = 15
)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1')
if (-not $ModulePath) {
    $ModulePath = Get-TestModulePath
}

$manifest = (Resolve-Path -LiteralPath $ModulePath).Path.Replace("'", "''")
$cases = [ordered]@{
    Empty   = 'exit'
    Import  = "Import-Module '$manifest'; exit"
    # The first connection loads the engine.
    Connect = "Import-Module '$manifest'; Connect-ZoomScim -Simulator -SimulatorUsers 0; exit"
}
$times = @{}
foreach ($name in $cases.Keys) { $times[$name] = New-Object 'System.Collections.Generic.List[double]' }

# One of each first, so that the files are in memory.
for ($round = 0; $round -le $Count; $round++) {
    foreach ($name in $cases.Keys) {
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Invoke-TestShell '-NoProfile', '-NonInteractive', '-Command', $cases[$name]
        if ($LASTEXITCODE -ne 0) { throw "'$($cases[$name])' ended with $LASTEXITCODE." }
        if ($round) { $times[$name].Add($watch.Elapsed.TotalMilliseconds) }
    }
}

function Get-Median([double[]] $Values) { @($Values | Sort-Object)[[int][Math]::Floor($Values.Count / 2)] }

$empty = Get-Median $times.Empty
foreach ($name in $cases.Keys) {
    $median = Get-Median $times[$name]
    [pscustomobject]@{
        Start      = $name
        MedianMs   = [int] [Math]::Round($median)
        FastestMs  = [int] [Math]::Round(($times[$name] | Measure-Object -Minimum).Minimum)
        OverEmptyMs = [int] [Math]::Round($median - $empty)
    }
}
