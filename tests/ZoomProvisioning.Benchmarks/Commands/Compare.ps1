#Requires -Version 7.4
<#
.SYNOPSIS
The module beside what an admin would write, and beside a bare HttpClient, over the same simulated Zoom: one table.

.DESCRIPTION
For each setting a simulator of its own is started for each contestant, so that none lives on another's account or quota, and the
rounds go through the contestants in turn, so that a noisy minute hits all of them. A cell is the median of the rounds in records a
second, with the lowest and the highest. The loop does a tenth of the people: it is as slow for the rest.

.PARAMETER Latency
How long each reply is held back, in milliseconds.

.PARAMETER Rate
Whose ceilings are enforced: ample (1,000 requests a second, which nobody reaches here), or business (80 light and 60 medium ones).

.PARAMETER Headers
Whether Zoom tells its ceilings in headers, where there are any.

.PARAMETER Count
How many people are created, changed, disabled and deleted.

.PARAMETER Users
How many others are in the account, for lists.

.PARAMETER Rounds
How often everything is measured.
#>
[CmdletBinding()]
param(
    [int[]] $Latency = @(0, 50, 200),
    [string[]] $Rate = @('ample', 'business'),
    [ValidateSet('on', 'off')] [string[]] $Headers = @('on'),
    [ValidateRange(10, 100000)] [int] $Count = 1000,
    [ValidateRange(0, 1000000)] [int] $Users = 10000,
    [ValidateRange(1, 100)] [int] $Rounds = 3,
    [string[]] $Work = @('create', 'update', 'disable', 'delete', 'list'),
    [string[]] $Contestant = @('Module', 'Bare', 'Parallel', 'Loop'),
    [ValidateRange(1, 1000)] [int] $InFlight = 16,
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Program,
    [Parameter(Mandatory)] [string] $Console,
    [Parameter(Mandatory)] [string] $PowerShell
)

$ErrorActionPreference = 'Stop'

# Starts what is a program, or what the SDK has to run.
function Get-Launch([string] $path) { if ($path -like '*.dll') { 'dotnet', $path } else { , $path } }

function Start-Simulator([int] $delay, [string] $limits, [string] $told) {
    $start = [Diagnostics.ProcessStartInfo]::new()
    $start.FileName, $rest = Get-Launch $Console
    $options = 'simulate', '--json', '--seed', $Users, '--rate', $limits, '--latency', "${delay}ms", '--behaviour', "rate_headers=$told"
    foreach ($argument in @($rest) + $options) {
        if ($null -ne $argument) { $start.ArgumentList.Add($argument) }
    }

    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    [pscustomobject]@{ Process = $process; Address = $process.StandardOutput.ReadLine() | ConvertFrom-Json }
}

function Invoke-Contestant([string] $name, [int] $people, $address, [bool] $asMany) {
    $variables = @{
        ZOOM_SCIM_URI = $address.scimUri; ZOOM_TOKEN_URI = $address.tokenUri; ZOOM_ACCOUNT_ID = $address.accountId
        ZOOM_CLIENT_ID = $address.clientId; ZOOM_CLIENT_SECRET = $address.clientSecret
        ZOOM_PROVISIONING_HOME = Join-Path ([IO.Path]::GetTempPath()) "zoom-bench-$([guid]::NewGuid().ToString('N'))"
    }
    foreach ($variable in $variables.Keys) { Set-Item "env:$variable" $variables[$variable] }
    try {
        $arguments = @(if ($name -eq 'Bare') {
                Get-Launch $Program
                'client', '--count', $people, '--in-flight', $InFlight, '--work', ($Work -join ',')
            }
            else {
                Get-Launch $PowerShell
                '-NoProfile', '-NonInteractive', '-Command', ("& '{0}' -Name {1} -Count {2} -InFlight {3} -Work {4} -Module '{5}'{6}" -f
                    (Join-Path $PSScriptRoot 'Contestant.ps1'), $name, $people, $InFlight, ($Work -join ','), $Module, $(if ($asMany) { ' -AsMany' }))
            })
        $file, $rest = $arguments
        & $file @rest | Where-Object { $_ -like '{*' } | ConvertFrom-Json
        if ($LASTEXITCODE -ne 0) { Write-Warning "$name ended with $LASTEXITCODE." }
    }
    finally {
        foreach ($variable in $variables.Keys) { Remove-Item "env:$variable" }
        if (Test-Path $variables.ZOOM_PROVISIONING_HOME) { Remove-Item $variables.ZOOM_PROVISIONING_HOME -Recurse -Force }
    }
}

function Get-Median([double[]] $numbers) { ($numbers | Sort-Object)[[math]::Floor(($numbers.Count - 1) / 2)] }

$settings = foreach ($limits in $Rate) {
    foreach ($told in $(if ($limits -eq 'ample') { 'on' } else { $Headers })) {
        foreach ($delay in $Latency) { [pscustomobject]@{ Rate = $limits; Headers = $told; Latency = $delay } }
    }
}

foreach ($setting in $settings) {
    $ceiling = if ($setting.Rate -eq 'ample') { 'no ceiling that anybody reaches' } else { "the $($setting.Rate) plan's ceilings, headers $($setting.Headers)" }
    Write-Host ''
    Write-Host "$($setting.Latency) ms, $ceiling, $Count people, $($Users + 2) others, $InFlight in flight, $Rounds round(s)" -ForegroundColor Cyan
    $measured = foreach ($round in 1..$Rounds) {
        foreach ($name in $Contestant) {
            $simulator = Start-Simulator $setting.Latency $setting.Rate $setting.Headers
            $people = if ($name -eq 'Loop') { [math]::Max(10, $Count / 10) } else { $Count }
            try { Invoke-Contestant $name $people $simulator.Address ($setting.Rate -eq 'ample') }
            finally { $simulator.Process.Kill(); $simulator.Process.WaitForExit() }
        }
    }

    $rows = foreach ($kind in $Work) {
        $row = [ordered]@{ Work = $kind }
        $medians = @{}
        foreach ($name in $Contestant) {
            $of = @($measured | Where-Object { $_.contestant -eq $name -and $_.work -eq $kind })
            if ($of.Count -eq 0) { continue }
            $rates = [double[]]@($of | ForEach-Object { $_.done / $_.seconds })
            $medians[$name] = Get-Median $rates
            $spread = $rates | Measure-Object -Minimum -Maximum
            $row["$name/s"] = '{0:n1} ({1:n1}-{2:n1})' -f $medians[$name], $spread.Minimum, $spread.Maximum
        }

        $own = @($measured | Where-Object { $_.contestant -eq 'Module' -and $_.work -eq $kind })
        foreach ($name in $Contestant -ne 'Module') {
            $row["of $name"] = if ($medians[$name]) { '{0:n2}' -f ($medians['Module'] / $medians[$name]) }
        }

        $row['Done'] = @($own.done | Sort-Object -Unique) -join ','
        $row['Requests'] = [int](Get-Median ([double[]]$own.requests))
        $row['429'] = ($own.refused | Measure-Object -Sum).Sum
        if ($kind -eq 'list' -and $own.first) { $row['Work'] = 'list, first after {0:n2} s' -f (Get-Median ([double[]]$own.first)) }
        [pscustomobject]$row
    }

    $rows | Format-Table -AutoSize | Out-String -Width 240 | ForEach-Object { $_.Trim("`r", "`n") }
}
