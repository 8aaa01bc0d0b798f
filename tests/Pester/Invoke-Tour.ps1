<#
.SYNOPSIS
Installs the package into an empty module path and takes the README's tour with it.
.DESCRIPTION
Ends with one line, 'TOUR:' and JSON, that tells what came out. Any error ends it with an exit code of its own.
#>
[CmdletBinding()]
param(
    # The folder with the package.
    [Parameter(Mandatory)]
    [string] $Source,

    # An empty folder to install to.
    [Parameter(Mandatory)]
    [string] $Destination
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
$manifest = & (Join-Path $PSScriptRoot 'Install-Package.ps1') -Source $Source -Destination $Destination

# Nothing is found by name from here on but PowerShell's own modules and what was installed.
$env:PSModulePath = (Resolve-Path -LiteralPath $Destination).ProviderPath + [IO.Path]::PathSeparator + (Join-Path $PSHOME 'Modules')
$listed = @(Get-Module -ListAvailable -Name ZoomProvisioning)
$null = Test-ModuleManifest -Path $manifest

# Not imported: the first command finds its module, as it does at a new user's prompt.
Connect-ZoomScim -Simulator
$test = @(Test-ZoomConnection)

$people = @(Import-Csv (Join-Path $repository 'examples/users.csv') -Encoding UTF8 | Where-Object Active -eq 'True' | Select-Object -First 25)
$before = @(Get-ZoomScimUser).Count
$null = $people | New-ZoomScimUser -WhatIf *>&1
$afterWhatIf = @(Get-ZoomScimUser).Count
$created = @($people | New-ZoomScimUser)
$again = @($people | New-ZoomScimUser -IfExists Skip)

$first = $people[0].UserName
$changed = Set-ZoomScimUser $first -Department Research
$null = New-ZoomScimGroup -Name Research
$joined = @(Get-ZoomScimUser | Where-Object Department -eq 'Research' | Add-ZoomScimGroupMember -Group Research)
$disabled = Remove-ZoomScimUser $first -Action Disable -Confirm:$false
$deleted = Remove-ZoomScimUser $people[1].UserName -Action Delete -Confirm:$false

$module = Get-Module ZoomProvisioning
'TOUR:' + (ConvertTo-Json -Compress -InputObject @{
        ModuleBase = $module.ModuleBase
        Version    = "$($module.Version)"
        Listed     = $listed.Count
        Steps      = $test.Count
        NotPassed  = @($test | Where-Object { "$($_.Outcome)" -ne 'Passed' } | ForEach-Object { "$($_.Name): $($_.Outcome)" })
        Before     = $before
        AfterWhatIf = $afterWhatIf
        Created    = @($created | Where-Object { "$($_.Outcome)" -eq 'Done' }).Count
        Skipped    = @($again | Where-Object { "$($_.Outcome)" -eq 'Skipped' }).Count
        Changed    = "$($changed.Outcome)"
        Joined     = @($joined | Where-Object { "$($_.Outcome)" -eq 'Done' }).Count
        Disabled   = "$($disabled.Outcome)"
        Deleted    = "$($deleted.Outcome)"
        Left       = @(Get-ZoomScimUser).Count
        Help       = (Get-Help Connect-ZoomScim).Name
    })
Disconnect-ZoomScim -All
