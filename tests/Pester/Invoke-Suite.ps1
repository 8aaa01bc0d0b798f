<#
.SYNOPSIS
Runs the Pester suite against a staged or an installed module.
.DESCRIPTION
Never asks anything. Ends with the line 'Pester: N passed, N failed, N skipped' and the number of failures as exit code, at
most 100. 101 means that the suite could not be run at all.
.EXAMPLE
pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1 -ModulePath out/ZoomProvisioning/0.1.0/ZoomProvisioning.psd1 -ResultPath out/pester.xml
.EXAMPLE
./tests/Pester/Invoke-Suite.ps1 -Installed

Tests the module that is installed on this machine, as a user of it would find it.
#>
[CmdletBinding()]
param(
    # The manifest of the staged module. The newest one in out/ when left out.
    [string] $ModulePath,

    # Tests the newest module of the name in PSModulePath instead of a staged one.
    [switch] $Installed,

    # Where to write the results, in NUnit's format.
    [string] $ResultPath,

    # Runs only the files of these names, for example Users or Bulk.
    [string[]] $Name,

    # Runs only the tests that have one of these tags; the others count for nothing.
    [string[]] $Tag,

    # Pester's own Output.Verbosity.
    [ValidateSet('None', 'Normal', 'Detailed', 'Diagnostic')]
    [string] $Output = 'Normal'
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$ConfirmPreference = 'High'
if (Get-Variable PSStyle -ErrorAction SilentlyContinue) {
    # Colours in a message would break the XML.
    $PSStyle.OutputRendering = 'PlainText'
}

try {
    $pester = Get-Module Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 } | Sort-Object Version | Select-Object -Last 1
    if (-not $pester) {
        throw 'Pester 5 is in no folder of PSModulePath. dotnet test brings its own.'
    }

    Import-Module $pester.Path
    if ($Installed) {
        $ModulePath = (Get-Module ZoomProvisioning -ListAvailable | Sort-Object Version | Select-Object -Last 1).Path
        if (-not $ModulePath) {
            throw 'ZoomProvisioning is not installed: it is in no folder of PSModulePath.'
        }

        Write-Output "Testing $ModulePath"
    }

    if ($ModulePath) {
        $env:ZOOMPROVISIONING_TEST_MODULE = (Resolve-Path -LiteralPath $ModulePath).Path
    }

    # The machine's own sign-in must never reach a test.
    foreach ($variable in 'ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_SCIM_URI', 'ZOOM_TOKEN_URI') {
        [Environment]::SetEnvironmentVariable($variable, $null)
    }

    # With -File, PowerShell hands on 'Users,Bulk' as one text.
    $Name = @($Name | Where-Object { $_ } | ForEach-Object { $_.Split(',') })
    $files = @(Get-ChildItem -Path $PSScriptRoot -Filter '*.Tests.ps1' |
        Where-Object { $Name.Count -eq 0 -or $Name -contains $_.Name.Replace('.Tests.ps1', '') })
    if ($files.Count -eq 0) {
        throw "There is no test file of the name $($Name -join ', ')."
    }

    if ($Tag) {
        # Finding out what is in a file takes time, and most files have none of them.
        $files = @($files | Where-Object { Select-String -LiteralPath $_.FullName -Pattern ($Tag | ForEach-Object { "-Tag .*\b$_\b" }) -Quiet })
    }

    $configuration = New-PesterConfiguration
    $configuration.Run.Path = $files.FullName
    $configuration.Run.PassThru = $true
    if ($Tag) {
        $configuration.Filter.Tag = $Tag
    }

    $configuration.Output.Verbosity = $Output
    $configuration.Output.RenderMode = 'Plaintext'
    if ($ResultPath) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'NUnitXml'
        $configuration.TestResult.OutputPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($ResultPath)
    }

    $result = Invoke-Pester -Configuration $configuration
    if (-not $result) {
        throw 'Pester gave no result.'
    }
}
catch {
    Write-Output "The Pester suite could not be run: $_"
    Write-Output 'Pester: 0 passed, 1 failed, 0 skipped'
    exit 101
}

# A file or block that breaks outside a test counts as a failure too: its tests did not run.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
$skipped = $result.SkippedCount + $(if (-not $Tag) { $result.NotRunCount })
Write-Output ('Pester: {0} passed, {1} failed, {2} skipped' -f $result.PassedCount, $failed, $skipped)
exit ([Math]::Min($failed, 100))
