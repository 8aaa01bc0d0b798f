<#
.SYNOPSIS
Provisions Zoom users from a CSV file, unattended.

.DESCRIPTION
Everybody in the file is created, or brought to what the file says. Who is Active=False there is disabled in Zoom.
Nobody who is missing from the file is touched, and nobody is deleted.

The credentials come from a profile that New-ZoomScimProfile saved, or from the environment variables ZOOM_ACCOUNT_ID,
ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET, which the scheduler sets; no secret is written anywhere.

Writes one summary object and a CSV file with a line for each person. Exit codes: 0 all well, 3 some people failed (the
others are done), 1 the run could not do its work or was stopped.

.PARAMETER Path
The CSV file, UTF-8, with a heading line: UserName, FirstName, LastName, Active, UserType ... (see examples/users.csv).

.PARAMETER ResultPath
Where to write the results. By default zoom-results-<time>.csv in the current folder.

.PARAMETER ProfileName
The profile to connect with. Left out, the environment variables are used.

.PARAMETER Simulator
Work on the embedded Zoom simulator instead of a Zoom account.

.EXAMPLE
pwsh -NoProfile -NonInteractive -File ./Sync-FromCsv.ps1 -Path ./users.csv -Simulator

A rehearsal: nothing leaves the machine.

.EXAMPLE
powershell.exe -NoProfile -NonInteractive -File .\Sync-FromCsv.ps1 -Path D:\hr\people.csv -ResultPath D:\hr\zoom-results.csv

A scheduled task in Windows PowerShell 5.1.

.EXAMPLE
./Sync-FromCsv.ps1 -Path ./users.csv -WhatIf

Says what would be done, and changes nothing.
#>
#requires -Version 5.1
#requires -Modules ZoomProvisioning
[CmdletBinding(SupportsShouldProcess = $true)]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSShouldProcess', '', Justification = '-WhatIf is handed on to the cmdlets that change something.')]
param(
    [Parameter(Mandatory = $true)]
    [string] $Path,

    [string] $ResultPath = (Join-Path -Path (Get-Location) -ChildPath ('zoom-results-{0:yyyyMMdd-HHmmss}.csv' -f (Get-Date))),

    [string] $ProfileName,

    [switch] $Simulator
)

$ErrorActionPreference = 'Continue' # One bad record must not end the run.
$ProgressPreference = 'SilentlyContinue'
$notActive = 'False', 'No', 'N', '0', 'Inactive', 'Disabled', 'Off'

# A spreadsheet runs a cell that begins like a formula. The values come from other people, so they are made plain text.
function ConvertTo-PlainCell {
    param([string] $Text)
    if ($Text -match '^\s*[=+\-@]' -or $Text -match '^[\t\r\n]') { "'" + $Text } else { $Text }
}

# One line of the results, from a result or from the error of a record.
filter ConvertTo-ResultLine {
    $isError = $_ -is [Management.Automation.ErrorRecord]
    [pscustomobject]@{
        UserName = ConvertTo-PlainCell $(if ($isError) { $_.TargetObject.UserName } else { $_.UserName })
        Action   = if ($isError) { '' } else { "$($_.Action)" }
        Outcome  = if (-not $isError) { "$($_.Outcome)" } elseif (Test-NotInZoom $_) { 'NoChange' } else { 'Failed' }
        Reason   = ConvertTo-PlainCell $(if ($isError) { "$_" } else { @($_.Reason) + @($_.Warnings) -join ' ' })
    }
}

function Test-NotInZoom {
    param([Management.Automation.ErrorRecord] $ErrorRecord)
    $ErrorRecord.FullyQualifiedErrorId -like 'Zoom.User.NotFound,*'
}

$exitCode = 1
$isStopped = $true
$people = $done = $left = $problems = $leaveProblems = @()
try {
    if ($Simulator) { Connect-ZoomScim -Simulator -ErrorAction Stop }
    elseif ($ProfileName) { Connect-ZoomScim -Profile $ProfileName -ErrorAction Stop }
    else { Connect-ZoomScim -EnvironmentVariable -ErrorAction Stop }

    $people = @(Import-Csv -LiteralPath $Path -Encoding UTF8 -ErrorAction Stop)
    if ($people.Count -eq 0) { throw "The file '$Path' names nobody." }

    # Nobody is there to confirm, hence -Confirm:$false. -OutVariable keeps what was done even when the run is stopped half way.
    $people | Where-Object { $_.Active -notin $notActive } |
        New-ZoomScimUser -IfExists Update -Confirm:$false -OutVariable done -ErrorVariable problems | Out-Null

    # A leaver who is not in Zoom is no problem, so errors are sorted first.
    $people | Where-Object { $_.Active -in $notActive } |
        Remove-ZoomScimUser -Action Disable -Confirm:$false -OutVariable left -ErrorVariable leaveProblems -ErrorAction SilentlyContinue | Out-Null
    $leaveProblems | Where-Object { -not (Test-NotInZoom $_) } | ForEach-Object { Write-Error -ErrorRecord $_ }

    $exitCode = 0
    $isStopped = $false
}
catch {
    $isStopped = $false
    Write-Error -ErrorRecord $_
}
finally {
    # Also after Ctrl+C, when nothing can be shown any more but the file still tells what was done, and what was under way.
    $stopped = if ($Error.Count -gt 0 -and $Error[0].FullyQualifiedErrorId -like 'Zoom.Call.Interrupted*') { $Error[0].TargetObject }
    $records = @($done) + @($left) + @($stopped) + @(@($problems) + @($leaveProblems) | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    $lines = @($records | ConvertTo-ResultLine)
    $isWritten = $lines.Count -gt 0 -and -not $WhatIfPreference
    if ($isWritten) {
        # Excel recognises UTF-8 by its mark, which the two editions of PowerShell ask for by different names.
        $encoding = if ($PSVersionTable.PSVersion.Major -ge 6) { 'utf8BOM' } else { 'UTF8' }
        $lines | Export-Csv -LiteralPath $ResultPath -Encoding $encoding -NoTypeInformation
    }

    Get-ZoomScimConnection | Disconnect-ZoomScim

    # PowerShell ends with 0 after Ctrl+C or SIGINT, which a scheduler would take for success.
    if ($isStopped -and ([Environment]::GetCommandLineArgs() -like '-noni*')) { $Host.SetShouldExit(1) }
}

$failed = @($lines | Where-Object { $_.Outcome -in 'Failed', 'Unknown', 'NotSent' }).Count
[pscustomobject]@{
    Source      = $Path
    People      = $people.Count
    Created     = @($lines | Where-Object { $_.Action -eq 'Create' -and $_.Outcome -eq 'Done' }).Count
    Changed     = @($lines | Where-Object { $_.Action -in 'Update', 'Reactivate' -and $_.Outcome -eq 'Done' }).Count
    Disabled    = @($lines | Where-Object { $_.Action -eq 'Disable' -and $_.Outcome -eq 'Done' }).Count
    Unchanged   = @($lines | Where-Object { $_.Outcome -eq 'NoChange' }).Count
    Skipped     = @($lines | Where-Object { $_.Outcome -eq 'Skipped' }).Count
    Failed      = $failed
    ResultsFile = if ($isWritten) { $ResultPath } else { '' }
}

if ($exitCode -eq 0 -and $failed -gt 0) { $exitCode = 3 }
exit $exitCode
