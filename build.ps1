<#
.SYNOPSIS
Builds, tests and shows ZoomProvisioning.

.DESCRIPTION
A thin caller of the .NET SDK, for people who live in PowerShell. Building and staging the module is the work of MSBuild
targets, so 'dotnet build' and 'dotnet test' do the same without PowerShell.

Build  builds everything and stages the loadable module in out/ZoomProvisioning/<version>/.
Test   runs all tests. Without Pester 5 in pwsh it tries to get it from the PowerShell Gallery; without pwsh it tries
       'dotnet tool restore'. Where neither can be had, the Pester suite is one skipped test that says so.
Demo   provisions the 300 people of examples/users.csv into the embedded Zoom simulator. Nothing leaves the machine.
Bench  measures the embedded simulator under load, and what planning 100,000 people costs, each as a process of its own.
Help   brings the pages of src/help in step with the cmdlets, makes the help file of them, and stages it with the module.
Package  makes what is released, in out/packages: the module's package for the PowerShell Gallery and the tool's for .NET.

.PARAMETER Task
What to do: Build (default), Test, Demo, Bench, Help or Package.

.PARAMETER Configuration
Release (default) or Debug.

.EXAMPLE
./build.ps1

Builds and stages the module.

.EXAMPLE
./build.ps1 -Task Test

Runs all tests.

.NOTES
Works in Windows PowerShell 5.1 and PowerShell 7. Exits with the code of the program it called.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Help', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'

function Find-Pwsh {
    $found = Get-Command -Name pwsh -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($found) { return $found.Source }
}

function Initialize-Pester {
    $pwsh = Find-Pwsh
    if (-not $pwsh) {
        # Some programs write to stderr though nothing is wrong, which Windows PowerShell would take for an error.
        $ErrorActionPreference = 'Continue'
        & dotnet tool restore
        if ($LASTEXITCODE -ne 0) {
            Write-Warning 'There is no pwsh on this machine and it could not be fetched, so the Pester suite is skipped.'
        }
        return
    }

    # Pester must be where pwsh looks for it, which is not where Windows PowerShell installs.
    $script = @'
if (Get-Module -ListAvailable -Name Pester | Where-Object { $_.Version.Major -eq 5 }) { exit 0 }
Write-Host 'Getting Pester 5 from the PowerShell Gallery...'
try {
    Install-Module -Name Pester -MinimumVersion 5.5.0 -MaximumVersion 5.99.99 -Repository PSGallery -Scope CurrentUser -Force -SkipPublisherCheck -ErrorAction Stop
} catch {
    Write-Host $_.Exception.Message
    exit 1
}
'@
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
    & $pwsh -NoProfile -NonInteractive -EncodedCommand $encoded
    if ($LASTEXITCODE -ne 0) {
        Write-Warning 'Pester 5 is not on this machine and could not be fetched, so the Pester suite is skipped.'
    }
}

if (-not (Get-Command -Name dotnet -CommandType Application -ErrorAction SilentlyContinue)) {
    Write-Warning 'The .NET SDK is missing. Get it from https://dotnet.microsoft.com/download; global.json says which version.'
    exit 1
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Build' {
            & dotnet build --configuration $Configuration
        }
        'Test' {
            Initialize-Pester
            & dotnet test --configuration $Configuration
        }
        'Demo' {
            & dotnet run --configuration $Configuration --project src/ZoomProvisioning.Cli -- sync --source examples/users.csv --simulate
        }
        'Bench' {
            & dotnet run --configuration Release --project tests/ZoomProvisioning.Benchmarks
            & dotnet run --configuration Release --project tests/ZoomProvisioning.Benchmarks -- plan
        }
        'Help' {
            foreach ($step in 'refresh', 'build', 'check') {
                & dotnet run --configuration $Configuration --project src/ZoomProvisioning.Help -- $step
                if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
            }

            & dotnet build --configuration $Configuration src/ZoomProvisioning
        }
        'Package' {
            & dotnet pack src/ZoomProvisioning --configuration $Configuration
            if ($LASTEXITCODE -eq 0) {
                & dotnet pack src/ZoomProvisioning.Cli --configuration $Configuration
            }
        }
        default {
            Write-Warning "There is no task $Task. There are Build, Test, Demo, Bench, Help and Package."
            exit 1
        }
    }

    exit $LASTEXITCODE
}
finally {
    Pop-Location
}
