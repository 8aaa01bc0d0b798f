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
Bench  measures the embedded simulator under load, what planning 100,000 people costs, and the cmdlets beside what one would write
       without them: Invoke-RestMethod in a loop and in parallel, and a bare HttpClient. Half an hour; leave the machine alone.
Help   brings the pages of src/help in step with the cmdlets, makes the help file of them, and stages it with the module.
Coverage  runs the unit tests on .NET with coverlet and names the ten least covered files of Core and Engine.
Mutate  changes Core's planner, rules and state in small ways, and looks whether Core's own tests notice (Stryker.NET).
       It takes its time; -Path '**/Reconcile/AddressOrder.cs' looks at a part.
Fuzz   tries texts that nobody would write on everything that reads one (replies, tables, filters, rules, plans, ledgers, journals,
       profiles, the simulator), for -Seconds in all. It begins elsewhere each time, or at -Seed. What it finds is kept as a file
       in tests/Fuzz, and every test run begins with those files.
Soak   lets runs over 2,000 people meet faults, kills and, where root may make one, a full disk, at random, for -Seconds (half an
       hour without). Nobody may be lost, doubled, unreported or misreported. -Seed makes the same again.
Api    writes down the public types and members of Core and the module anew, after a change of them.
Package  makes what is released, in out/packages: the module's package for the PowerShell Gallery and the tool's for .NET, with one
       for each platform that is compiled ahead, a bill of materials for both (CycloneDX), and SHA256SUMS over all of them. With a
       certificate the packages are signed, and on Windows the module's files too.

.PARAMETER Task
What to do: Build (default), Test, Demo, Bench, Help, Coverage, Mutate, Fuzz, Soak, Api or Package.

.PARAMETER Configuration
Release (default) or Debug.

.PARAMETER Path
With Mutate: the files to change, as a pattern; all of Reconcile, Rules and State without one.

.PARAMETER Seconds
With Fuzz and Soak: how long.

.PARAMETER Seed
With Fuzz and Soak: where chance begins.

.PARAMETER CertificateThumbprint
With Package: the code signing certificate of this thumbprint, from the user's store.

.PARAMETER CertificatePath
With Package: the code signing certificate in this PFX file.

.PARAMETER CertificatePassword
The password of the PFX file. It is asked for by nobody: without it the file must have none.

.PARAMETER TimestampServer
With a certificate: who witnesses the time, by RFC 3161. Without one the signature ends with the certificate.

.EXAMPLE
./build.ps1

Builds and stages the module.

.EXAMPLE
./build.ps1 -Task Test

Runs all tests.

.EXAMPLE
./build.ps1 -Task Package -CertificatePath release.pfx -CertificatePassword (Read-Host -AsSecureString) -TimestampServer http://timestamp.digicert.com

Makes the packages and signs them.

.NOTES
Works in Windows PowerShell 5.1 and PowerShell 7. Exits with the code of the program it called.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Bench', 'Help', 'Coverage', 'Mutate', 'Fuzz', 'Soak', 'Api', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [string[]] $Path,

    [ValidateRange(1, 86400)]
    [int] $Seconds,

    [ValidateRange(0, 2147483647)]
    [Nullable[int]] $Seed,

    [ValidatePattern('^[0-9A-Fa-f]{40}$')]
    [string] $CertificateThumbprint,

    [string] $CertificatePath,

    [securestring] $CertificatePassword,

    [uri] $TimestampServer
)

$ErrorActionPreference = 'Stop'

# Runs the SDK, and ends this script with its exit code when it fails.
function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
}

# The cmdlets beside what one would write without them, in a PowerShell like this one.
function Invoke-CommandBenchmark {
    if ($PSVersionTable.PSVersion -lt [version]'7.4') { Write-Warning 'The benchmark of the cmdlets needs PowerShell 7.4.'; return }
    Invoke-DotNet build --configuration Release src/ZoomProvisioning

    # The .NET tool is run by dotnet, and a PowerShell that was installed is a program itself.
    $shell = (Get-Process -Id $PID).Path
    if ([IO.Path]::GetFileNameWithoutExtension($shell) -eq 'dotnet') { $shell = [Environment]::GetCommandLineArgs()[0] }
    $compare = @{
        PowerShell = $shell
        Module = (Get-ChildItem out/ZoomProvisioning/*/ZoomProvisioning.psd1).FullName
        Program = (Resolve-Path tests/ZoomProvisioning.Benchmarks/bin/Release/net10.0/ZoomProvisioning.Benchmarks.dll).Path
        Console = (Resolve-Path src/ZoomProvisioning.Cli/bin/Release/net10.0/zoomprov.dll).Path
    }
    & tests/ZoomProvisioning.Benchmarks/Commands/Compare.ps1 @compare
}

function Get-SigningCertificate {
    $certificate = if ($CertificatePath) {
        if (-not $CertificatePassword) { $CertificatePassword = New-Object securestring }
        New-Object Security.Cryptography.X509Certificates.X509Certificate2 (Resolve-Path -LiteralPath $CertificatePath).ProviderPath,
            $CertificatePassword, 'Exportable'
    }
    else {
        $store = New-Object Security.Cryptography.X509Certificates.X509Store 'My', 'CurrentUser'
        $store.Open('ReadOnly')
        $store.Certificates | Where-Object { $_.Thumbprint -eq $CertificateThumbprint } | Select-Object -First 1
        $store.Close()
    }

    if (-not $certificate -or -not $certificate.HasPrivateKey) { throw 'There is no such certificate with its private key.' }
    $certificate
}

# Only Windows can put a signature into a library or a script. What others built is left as it is.
function Add-FileSignature($Certificate) {
    if (-not (Get-Command -Name Set-AuthenticodeSignature -ErrorAction SilentlyContinue)) {
        Write-Warning 'Authenticode needs Windows: the packages are signed, the files in them are not.'
        return
    }

    $time = if ($TimestampServer) { @{ TimestampServer = "$TimestampServer" } } else { @{} }
    $files = Get-ChildItem -Path out/ZoomProvisioning, "src/ZoomProvisioning.Cli/bin/$Configuration",
        "src/ZoomProvisioning.Cli/obj/$Configuration" -Recurse -File |
        Where-Object { $_.Name -match '^(ZoomProvisioning.*\.(dll|psd1|ps1xml)|zoomprov\.dll)$' }
    foreach ($file in $files) {
        $signed = Set-AuthenticodeSignature -LiteralPath $file.FullName -Certificate $Certificate -HashAlgorithm SHA256 @time
        if ("$($signed.Status)" -ne 'Valid') { throw "$($file.FullName) was not signed: $($signed.StatusMessage)" }
    }
}

# NuGet takes a password in its command line only, where everybody on the machine can read it. So it gets the certificate in a file
# without one, which is this user's alone and gone afterwards.
function Add-PackageSignature($Certificate, [IO.FileInfo[]] $Package) {
    $copy = if ($CertificatePath) { [IO.Path]::GetTempFileName() }
    try {
        if ($copy) {
            [IO.File]::WriteAllBytes($copy, $Certificate.Export('Pfx'))
            $how = '--certificate-path', $copy
        }
        else {
            $sha256 = [Security.Cryptography.SHA256]::Create()
            $how = '--certificate-fingerprint', [BitConverter]::ToString($sha256.ComputeHash($Certificate.RawData)).Replace('-', '')
        }

        if ($TimestampServer) { $how += '--timestamper', "$TimestampServer" }
        foreach ($one in $Package) { Invoke-DotNet nuget sign $one.FullName --overwrite @how }
    }
    finally {
        if ($copy) { Remove-Item -LiteralPath $copy -Force }
    }
}

function Invoke-Package {
    $folder = Join-Path $PSScriptRoot 'out/packages'
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    $sign = $CertificateThumbprint -or $CertificatePath
    $certificate = if ($sign) { Get-SigningCertificate }
    $projects = 'src/ZoomProvisioning', 'src/ZoomProvisioning.Cli'
    foreach ($project in $projects) { Invoke-DotNet build $project --configuration $Configuration }
    if ($sign) { Add-FileSignature $certificate }
    Invoke-DotNet pack src/ZoomProvisioning --no-build --configuration $Configuration
    foreach ($project in $projects) {
        Invoke-DotNet msbuild $project -nologo '-target:WriteSbom' "-property:Configuration=$Configuration"
    }

    # Last, because it restores for the platforms. What is compiled ahead for them is made by this, and signed as a package only.
    Invoke-DotNet pack src/ZoomProvisioning.Cli --configuration $Configuration '-property:PackForEachPlatform=true' '-property:RestoreLockedMode=true'

    if ($sign) { Add-PackageSignature $certificate (Get-ChildItem -Path $folder -Filter '*.nupkg') }

    # In the form that sha256sum --check reads.
    $sums = Get-ChildItem -Path $folder -File | Sort-Object Name |
        ForEach-Object { '{0}  {1}' -f (Get-FileHash -LiteralPath $_.FullName -Algorithm SHA256).Hash.ToLowerInvariant(), $_.Name }
    [IO.File]::WriteAllText((Join-Path $folder 'SHA256SUMS'), ($sums -join "`n") + "`n")
    Get-ChildItem -Path $folder
}

# The module's own tests run the product in processes of its own, which coverlet does not see.
function Invoke-Coverage {
    $folder = Join-Path $PSScriptRoot 'out/coverage'
    if (Test-Path -LiteralPath $folder) { Remove-Item -LiteralPath $folder -Recurse -Force }
    $lines = @{}
    foreach ($project in Get-ChildItem -Path tests/*.Tests/*.csproj | Where-Object BaseName -NE 'ZoomProvisioning.Module.Tests') {
        $collect = '--settings', 'tests/coverage.runsettings', '--collect', 'XPlat Code Coverage', '--results-directory', $folder
        Invoke-DotNet test $project.FullName --framework net10.0 @collect | Out-Host
    }

    # A line is covered when any of the projects has run it.
    foreach ($report in Get-ChildItem -Path $folder -Filter coverage.cobertura.xml -Recurse) {
        $coverage = [xml](Get-Content -LiteralPath $report.FullName -Raw)
        $root = @($coverage.coverage.sources.source)[0]
        foreach ($class in $coverage.SelectNodes('//class')) {
            $file = (Join-Path $root $class.filename).Replace('\', '/') -replace '^.*/src/', 'src/'
            if (-not $lines[$file]) { $lines[$file] = @{} }
            foreach ($line in $class.SelectNodes('lines/line')) {
                $lines[$file][$line.number] = $lines[$file][$line.number] -or [int]$line.hits -gt 0
            }
        }
    }

    $files = foreach ($file in $lines.Keys) {
        $all = $lines[$file].Count
        $covered = @($lines[$file].Values -eq $true).Count
        [pscustomobject]@{ File = $file; Lines = $all; Covered = $covered; Percent = [math]::Round(100 * $covered / [math]::Max(1, $all), 1) }
    }

    foreach ($part in 'Core', 'Engine') {
        $of = @($files | Where-Object File -Like "src/ZoomProvisioning.$part/*")
        $all = ($of | Measure-Object -Property Lines -Sum).Sum
        $percent = 100 * ($of | Measure-Object -Property Covered -Sum).Sum / [math]::Max(1, $all)
        '{0}: {1:0.0} % of {2:N0} lines. The ten least covered files:' -f $part, $percent, $all
        $of | Sort-Object -Property Percent, File | Select-Object -First 10 | Format-Table -AutoSize | Out-String -Width 160
    }
}

function Invoke-Mutation {
    Invoke-DotNet tool restore
    Push-Location -LiteralPath tests/ZoomProvisioning.Core.Tests
    try {
        $mutate = @($Path | Where-Object { $_ } | ForEach-Object { '--mutate', $_ })
        # The project builds with it for Microsoft.Testing.Platform: its process stays, and a mutant costs milliseconds.
        $env:MutationRun = 'true'
        Invoke-DotNet stryker --output (Join-Path $PSScriptRoot 'out/mutation') @mutate
    }
    finally {
        Remove-Item -LiteralPath Env:MutationRun -ErrorAction SilentlyContinue
        Pop-Location
    }
}

# Tests that go on for as long as they are told to, by environment variables.
function Invoke-Long([string] $Variable, [string] $Project, [string] $Tests, [int] $Usual) {
    $wanted = @{ "${Variable}_SECONDS" = "$(if ($Seconds) { $Seconds } else { $Usual })"; "${Variable}_SEED" = "$Seed" }
    $before = @{}
    try {
        foreach ($name in $wanted.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $(if ($wanted[$name]) { $wanted[$name] }))
        }

        Invoke-DotNet test "tests/$Project" --framework net10.0 --filter "FullyQualifiedName~$Tests" --logger 'console;verbosity=detailed'
    }
    finally {
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }
}

# Without the list every public member is an error that names it; those are the list.
function Update-PublicApi {
    foreach ($project in 'src/ZoomProvisioning.Core', 'src/ZoomProvisioning') {
        $shipped = @(Get-Content -LiteralPath "$project/PublicAPI.Shipped.txt")
        $list = "$project/PublicAPI.Unshipped.txt"
        $log = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
        try {
            [IO.File]::WriteAllText((Join-Path $PSScriptRoot $list), "#nullable enable`n")
            $tolerant = "-property:ErrorLog=$log", '-property:TreatWarningsAsErrors=false', '-property:BuildProjectReferences=false', '-warnasmessage:RS0016'
            Invoke-DotNet build $project --no-incremental --verbosity quiet @tolerant | Out-Host
            $results = (Get-Content -LiteralPath $log -Raw | ConvertFrom-Json).runs[0].results
            [string[]] $api = $results | Where-Object ruleId -EQ 'RS0016' | ForEach-Object {
                $message = if ($_.message.text) { $_.message.text } else { $_.message }
                if ($message -match "(?s)^Symbol '(.+)' is not part") { $Matches[1] }
            } | Where-Object { $shipped -cnotcontains $_ } | Select-Object -Unique
            [Array]::Sort($api, [StringComparer]::Ordinal)
            [IO.File]::WriteAllText((Join-Path $PSScriptRoot $list), "#nullable enable`n" + ($api -join "`n") + "`n")
            "$list has $($api.Count) lines."
        }
        finally {
            Remove-Item -LiteralPath $log -Force -ErrorAction SilentlyContinue
        }
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
            & dotnet test --configuration $Configuration
        }
        'Demo' {
            & dotnet run --configuration $Configuration --project src/ZoomProvisioning.Cli -- sync --source examples/users.csv --simulate
        }
        'Bench' {
            & dotnet run --configuration Release --project tests/ZoomProvisioning.Benchmarks
            & dotnet run --configuration Release --project tests/ZoomProvisioning.Benchmarks -- plan
            Invoke-CommandBenchmark
        }
        'Help' {
            foreach ($step in 'refresh', 'build', 'check') {
                & dotnet run --configuration $Configuration --project src/ZoomProvisioning.Help -- $step
                if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
            }

            & dotnet build --configuration $Configuration src/ZoomProvisioning
        }
        'Coverage' {
            Invoke-Coverage
        }
        'Mutate' {
            Invoke-Mutation
        }
        'Fuzz' {
            Invoke-Long ZOOM_FUZZ ZoomProvisioning.Engine.Tests FuzzTests 60
        }
        'Soak' {
            Invoke-Long ZOOM_SOAK ZoomProvisioning.Cli.Tests SoakTests 1800
        }
        'Api' {
            Update-PublicApi
        }
        'Package' {
            Invoke-Package
        }
        default {
            Write-Warning "There is no task $Task. There are Build, Test, Demo, Bench, Help, Coverage, Mutate, Fuzz, Soak, Api and Package."
            exit 1
        }
    }

    exit $LASTEXITCODE
}
finally {
    Pop-Location
}
