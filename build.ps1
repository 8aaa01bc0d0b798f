<#
.SYNOPSIS
Builds, tests and shows ZoomProvisioning.

.DESCRIPTION
A thin caller of the .NET SDK, for people who live in PowerShell. Building and staging the module is the work of MSBuild
targets, so 'dotnet build' and 'dotnet test' do the same without PowerShell.

Build  builds everything and stages the loadable module in out/ZoomProvisioning/<version>/.
Test   runs all tests, the Pester suite among them. 'dotnet test' brings the PowerShell and the Pester that it runs it with:
       nothing is installed on the machine, and nothing is skipped. ZOOM_TEST_PWSH=<path> chooses another PowerShell, and
       ZOOM_TEST_PWSH=none leaves out what needs one.
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
