# What the suite's files share. Runs on Windows PowerShell 5.1 as well.
Set-StrictMode -Version 2

$script:Root = (Resolve-Path (Join-Path $PSScriptRoot '../../..')).Path

# The staged module under test: Invoke-Suite.ps1 names it, and the newest one in out/ is taken when it does not.
function Get-TestModulePath {
    if ($env:ZOOMPROVISIONING_TEST_MODULE) {
        return (Resolve-Path $env:ZOOMPROVISIONING_TEST_MODULE).Path
    }

    $found = Get-ChildItem (Join-Path $script:Root 'out/ZoomProvisioning/*/ZoomProvisioning.psd1') -ErrorAction SilentlyContinue |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $found) {
        throw 'There is no staged module. Build it with: dotnet build src/ZoomProvisioning'
    }

    $found.FullName
}

function Get-TestRepositoryPath { $script:Root }

# Imports the module into the caller's session and begins without connections.
function Import-TestModule {
    if (-not (Get-Module ZoomProvisioning)) {
        Import-Module (Get-TestModulePath) -Global -ErrorAction Stop
    }

    if (Get-ZoomScimConnection) {
        Disconnect-ZoomScim -All
    }
}

function Get-RootAssembly {
    [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ZoomProvisioning' } | Select-Object -First 1
}

# A clock on which everything takes a twentieth of the time. Client and simulator share it, so that rate limits are obeyed
# and nobody waits for them.
function Get-FastClock {
    if (-not ('ZoomTest.FastClock' -as [type])) {
        $core = Join-Path (Split-Path (Get-TestModulePath)) 'ZoomProvisioning.Core.dll'
        $references = @($core)
        $references += if ($PSVersionTable.PSEdition -eq 'Desktop') { 'netstandard' } else { 'System.Runtime', 'netstandard' }
        Add-Type -ReferencedAssemblies $references -TypeDefinition @'
using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomTest
{
    public sealed class FastClock : ZoomProvisioning.Contracts.IClock
    {
        private const int Factor = 20;
        private static readonly DateTimeOffset Start = DateTimeOffset.UtcNow;
        private static readonly Stopwatch Watch = Stopwatch.StartNew();

        public DateTimeOffset UtcNow { get { return Start + Elapsed; } }

        public TimeSpan Elapsed { get { return TimeSpan.FromTicks(Watch.Elapsed.Ticks * Factor); } }

        public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
        {
            return delay > TimeSpan.Zero ? Task.Delay(TimeSpan.FromTicks(delay.Ticks / Factor), cancellationToken) : Task.CompletedTask;
        }
    }
}
'@
    }

    New-Object ZoomTest.FastClock
}

<#
A simulated Zoom account together with a connection to it. Unlike with Connect-ZoomScim -Simulator the test has the simulator
itself in hand: what it was asked (Get-SentRequest), how it behaves (Set-TestZoom).
#>
function New-TestZoom {
    param(
        [int] $Users = 20,
        [string] $Name = 'test',
        [string] $RatePlan = 'business',
        [hashtable] $Behaviour = @{},
        [switch] $Fast,
        [switch] $Untested,
        # Makes it the runspace's default connection.
        [switch] $Default
    )

    $loader = (Get-RootAssembly).GetType('ZoomProvisioning.Loading.EngineLoader')
    $clock = if ($Fast) { Get-FastClock } else { [ZoomProvisioning.Contracts.SystemClock]::Instance }
    $simulator = $loader.GetProperty('Simulator').GetValue($null, $null).Create([ZoomProvisioning.Contracts.SimulatorOptions]@{
            SeedUsers = $Users; RatePlan = $RatePlan; Clock = $clock
        })
    $secret = ConvertTo-SecureString $simulator.ClientSecret -AsPlainText -Force
    $service = $loader.GetProperty('Engine').GetValue($null, $null).Connect([ZoomProvisioning.Connections.EngineOptions]@{
            ScimUri = $simulator.ScimUri; TokenUri = $simulator.TokenUri; AccountId = $simulator.AccountId
            ClientId = $simulator.ClientId; ClientSecret = $secret; Transport = $simulator.CreateTransport(); Clock = $clock
            # On the fast clock a minute is three seconds, which a busy machine takes for a breath.
            AttemptTimeout = [TimeSpan]::FromMinutes($(if ($Fast) { 20 } else { 1 }))
        })
    $connection = New-Object ZoomProvisioning.Connections.ZoomScimConnection -ArgumentList $Name, $service
    if (-not $Untested) {
        $null = Test-ZoomConnection -Connection $connection
    }

    if ($Default) {
        $table = (Get-RootAssembly).GetType('ZoomProvisioning.Session.ConnectionTable')
        $null = $table.GetMethod('Add').Invoke($table.GetProperty('Current').GetValue($null, $null), [object[]]@($connection.PSObject.BaseObject))
    }

    $zoom = New-Object psobject -Property @{ Connection = $connection; Simulator = $simulator }
    if ($Behaviour.Count) {
        Set-TestZoom $zoom $Behaviour
    }

    $simulator.ClearRequests()
    $zoom
}

# Changes how a simulated account behaves: @{ latency_ms = 300; faults = @(@{ kind = 'drop' }) }.
function Set-TestZoom {
    param([Parameter(Mandatory)] $Zoom, [Parameter(Mandatory)] [hashtable] $Behaviour)

    $Zoom.Simulator.PatchBehaviour((ConvertTo-Json $Behaviour -Depth 5 -Compress))
}

# The SCIM requests that reached a simulated account, oldest first; with -Write only those that change something.
function Get-SentRequest {
    param([Parameter(Mandatory)] $Zoom, [switch] $Write)

    # Windows PowerShell hands a JSON array on as one object.
    $requests = ConvertFrom-Json $Zoom.Simulator.GetRequests()
    @($requests | ForEach-Object { $_ } | Where-Object { $_.path -notlike '*/oauth/token*' -and (-not $Write -or $_.method -ne 'GET') })
}

function Clear-SentRequest {
    param([Parameter(Mandatory)] $Zoom)

    $Zoom.Simulator.ClearRequests()
}

# The simulated account as a text, to compare before and after.
function Get-ZoomState {
    param([Parameter(Mandatory)] $Zoom)

    $Zoom.Simulator.ExportState()
}

<#
Runs this very PowerShell as a process of its own and gives back what it writes; its exit code is in $LASTEXITCODE. PowerShell
is either a program, or a library that dotnet runs, as the .NET tool does.
#>
function Invoke-TestShell {
    param([Parameter(Mandatory)] [string[]] $ArgumentList)

    $program = (Get-Process -Id $PID).Path
    if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') {
        $ArgumentList = @(Join-Path $PSHOME 'pwsh.dll') + $ArgumentList
    }

    & $program @ArgumentList
}

# Runs a script in a PowerShell process of its own and gives back the object it ends with, by way of JSON.
function Invoke-ChildPowerShell {
    param([Parameter(Mandatory)] [string] $Script, [hashtable] $Environment = @{})

    $file = [IO.Path]::Combine([IO.Path]::GetTempPath(), [Guid]::NewGuid().ToString('N') + '.ps1')
    $prelude = "if (`$PSStyle) { `$PSStyle.OutputRendering = 'PlainText' }; `$ErrorActionPreference = 'Stop'; " +
        "`$ProgressPreference = 'SilentlyContinue'; `$modulePath = '$((Get-TestModulePath).Replace("'", "''"))'`n"
    # With a mark, or Windows PowerShell takes the text for ANSI.
    [IO.File]::WriteAllText($file, $prelude + $Script, (New-Object Text.UTF8Encoding $true))
    $before = @{}
    try {
        foreach ($name in $Environment.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $Environment[$name])
        }

        $output = Invoke-TestShell '-NoProfile', '-NonInteractive', '-File', $file 2>&1
        $exitCode = $LASTEXITCODE
    }
    finally {
        foreach ($name in $before.Keys) {
            [Environment]::SetEnvironmentVariable($name, $before[$name])
        }

        Remove-Item -LiteralPath $file -ErrorAction SilentlyContinue
    }

    $text = @($output | ForEach-Object { "$_" })
    $json = $text | Where-Object { $_.StartsWith('JSON:') } | Select-Object -Last 1
    if (-not $json) {
        throw "The child PowerShell (exit code $exitCode) gave no result: $($text -join [Environment]::NewLine)"
    }

    ConvertFrom-Json $json.Substring(5)
}

# The console program's simulator on a port of its own, or $null when the console program was neither built here nor installed.
# With -SignIn the variables of the environment say how to sign in to it, as they do for the real Zoom.
function Start-SocketZoom {
    param([int] $Users = 0, [switch] $SignIn)

    $program = Get-ChildItem (Join-Path $script:Root 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') -ErrorAction SilentlyContinue |
        Sort-Object LastWriteTime | Select-Object -Last 1
    $dotnet = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    $tool = Get-Command zoomprov -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if (-not $tool -and -not ($program -and $dotnet)) {
        return
    }

    $start = New-Object Diagnostics.ProcessStartInfo
    $start.Arguments = "simulate --port 0 --json --seed $Users"
    if ($program -and $dotnet) {
        $start.FileName = $dotnet.Source
        $start.Arguments = "`"$($program.FullName)`" " + $start.Arguments
    }
    else {
        $start.FileName = $tool.Source
    }

    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLineAsync()
    if (-not $line.Wait(120000) -or -not $line.Result) {
        if (-not $process.HasExited) { $process.Kill() }
        throw 'zoomprov simulate did not start.'
    }

    $at = ConvertFrom-Json $line.Result
    $variables = @{ ZOOM_SCIM_URI = $at.scimUri; ZOOM_TOKEN_URI = $at.tokenUri; ZOOM_ACCOUNT_ID = $at.accountId;
        ZOOM_CLIENT_ID = $at.clientId; ZOOM_CLIENT_SECRET = $at.clientSecret }
    if (-not $SignIn) { $variables = @{} }
    foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
    New-Object psobject -Property @{ Process = $process; At = $at; Variables = @($variables.Keys) }
}

function Stop-SocketZoom {
    param($Zoom)

    if ($Zoom) {
        foreach ($name in $Zoom.Variables) { [Environment]::SetEnvironmentVariable($name, $null) }
    }

    if ($Zoom -and -not $Zoom.Process.HasExited) {
        $Zoom.Process.Kill()
        $null = $Zoom.Process.WaitForExit(5000)
    }
}

# Runs the console program that was built here, in a folder and with a home there, and gives back exit code and output.
function Invoke-Zoomprov {
    param([Parameter(Mandatory)] [string] $Line, [Parameter(Mandatory)] [string] $Folder)

    $program = Get-ChildItem (Join-Path $script:Root 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') | Sort-Object LastWriteTime | Select-Object -Last 1
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = (Get-Command dotnet -CommandType Application | Select-Object -First 1).Source
    $start.Arguments = "`"$($program.FullName)`" $Line"
    $start.WorkingDirectory = $Folder
    $start.UseShellExecute = $false
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $start.EnvironmentVariables['ZOOM_PROVISIONING_HOME'] = Join-Path $Folder 'home'
    $process = [Diagnostics.Process]::Start($start)
    $errors = $process.StandardError.ReadToEndAsync()
    $output = $process.StandardOutput.ReadToEnd()
    $process.WaitForExit()
    New-Object psobject -Property @{ ExitCode = $process.ExitCode; Output = $output + $errors.Result }
}

# Runs a command and gives back its error record, whether it ended the command or not; $null when there was none.
function Get-ErrorOf {
    param([Parameter(Mandatory)] [scriptblock] $Command)

    $found = $null
    try {
        $null = & $Command 2>&1 3>$null | ForEach-Object {
            if ($_ -is [Management.Automation.ErrorRecord] -and -not $found) { $found = $_ }
        }
    }
    catch {
        $found = $_
    }

    $found
}

# Runs a command and sorts what comes out of its streams.
function Get-StreamsOf {
    param([Parameter(Mandatory)] [scriptblock] $Command)

    $all = @(& $Command *>&1)
    New-Object psobject -Property @{
        Output  = @($all | Where-Object { $_ -isnot [Management.Automation.InformationalRecord] -and
            $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.InformationRecord] })
        Error   = @($all | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
        Warning = @($all | Where-Object { $_ -is [Management.Automation.WarningRecord] } | ForEach-Object { $_.Message })
        Verbose = @($all | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object { $_.Message })
        Debug   = @($all | Where-Object { $_ -is [Management.Automation.DebugRecord] } | ForEach-Object { $_.Message })
    }
}

<#
What must be seen nowhere, by what it is: the client secret (also its beginning and end, and as it goes over the wire) and every
access token. Takes the zoom of New-TestZoom or the credentials that Start-SocketZoom gives.
#>
function Get-ForbiddenText {
    param([Parameter(Mandatory)] $Zoom)

    $at = if ($Zoom.PSObject.Properties['Simulator']) { $Zoom.Simulator } elseif ($Zoom.PSObject.Properties['At']) { $Zoom.At } else { $Zoom }
    $secret = $at.clientSecret
    $forbidden = @{
        'the client secret'              = $secret
        'the beginning of the secret'    = $secret.Substring(0, 12)
        'the end of the secret'          = $secret.Substring($secret.Length - 12)
        'the Basic form of the secret'   = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($at.clientId):$secret"))
        # All tokens of the simulator begin with the same header, as JSON web tokens do.
        'an access token'                = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes('{"alg":"HS512","v":"2.0"}')).TrimEnd('=') + '.'
    }
    # A simulator in this process can be asked for its tokens, so that pieces of them are found as well.
    $private = [Reflection.BindingFlags]'NonPublic, Instance'
    $fields = @($at.GetType().GetFields($private) | ForEach-Object { $_.GetValue($at) } | Where-Object { $null -ne $_ })
    $within = @($fields | ForEach-Object { $part = $_; $part.GetType().GetFields($private) | ForEach-Object { $_.GetValue($part) } })
    $tokens = @($fields) + $within | Where-Object { $null -ne $_ -and $_.GetType().Name -eq 'TokenStore' } | Select-Object -First 1
    if ($tokens) {
        $number = 0
        foreach ($token in $tokens.GetType().GetField('_tokens', $private).GetValue($tokens).Keys) {
            $number++
            $forbidden["the middle of token $number"] = $token.Substring(60, 40)
            $forbidden["the end of token $number"] = $token.Substring($token.Length - 24)
        }
    }

    $forbidden
}

<#
Looks for what must not be seen in texts, and in files with everything below a folder, whatever their encoding. One object for
each finding; nothing when all is well.
#>
function Find-Secret {
    param([Parameter(Mandatory)] [hashtable] $Forbidden, [string[]] $Text = @(), [string[]] $Path = @())

    $places = @{}
    $number = 0
    foreach ($one in $Text) { $number++; $places["text $number"] = @($one) }
    foreach ($file in @($Path | ForEach-Object { Get-ChildItem -LiteralPath $_ -Recurse -File -Force })) {
        $bytes = [IO.File]::ReadAllBytes($file.FullName)
        $places[$file.FullName] = @([Text.Encoding]::GetEncoding(28591).GetString($bytes), [Text.Encoding]::Unicode.GetString($bytes),
            [Text.Encoding]::Unicode.GetString($bytes, [Math]::Min(1, $bytes.Length), [Math]::Max(0, $bytes.Length - 1)))
    }

    foreach ($place in $places.Keys) {
        foreach ($what in $Forbidden.Keys) {
            if (@($places[$place] | Where-Object { $_ -and $_.Contains($Forbidden[$what]) }).Count) {
                New-Object psobject -Property @{ Where = $place; What = $what }
            }
        }
    }
}

# Fails when a text, a file or anything below a folder shows the secret or a token, and says where.
function Assert-NoSecret {
    param([Parameter(Mandatory)] [hashtable] $Forbidden, [string[]] $Text = @(), [string[]] $Path = @())

    $found = @(Find-Secret -Forbidden $Forbidden -Text $Text -Path $Path)
    if ($found.Count) {
        throw "Shown: $(($found | ForEach-Object { "$($_.What) in $($_.Where)" }) -join '; ')"
    }

    foreach ($one in $Text) {
        if ($one -match 'Bearer\s+[A-Za-z0-9._\-]{8,}|"access_token"\s*:\s*"[A-Za-z0-9]') {
            throw "Shown: what looks like a token, '$($Matches[0].Substring(0, 12))...'"
        }
    }
}

Export-ModuleMember -Function *-*
