#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The client secret and the tokens appear nowhere a script, a log or a colleague could read them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 3 -Fast -Default
    $secret = $zoom.Simulator.ClientSecret

    function Invoke-Everything {
        Test-ZoomConnection -Detailed
        New-ZoomScimUser secret@example.com -GivenName Se -FamilyName Cret
        Set-ZoomScimUser secret@example.com -Department Safe
        Get-ZoomScimUser
        Get-ZoomScimUser nobody@example.com -ErrorAction Continue
        New-ZoomScimUser owner@example.com -ErrorAction Continue
        Remove-ZoomScimUser secret@example.com -Action Delete -Confirm:$false
    }
}

AfterAll { Disconnect-ZoomScim -All }

Describe '-Verbose -Debug' {
    BeforeAll {
        $streams = Get-StreamsOf {
            $VerbosePreference = 'Continue'
            $DebugPreference = 'Continue'
            $ErrorActionPreference = 'Continue'
            Test-ZoomConnection -Detailed -Verbose -Debug
            New-ZoomScimUser secret@example.com -GivenName Se -FamilyName Cret -Verbose -Debug -Confirm:$false
            Set-ZoomScimUser secret@example.com -Department Safe -Verbose -Debug -Confirm:$false
            Get-ZoomScimUser nobody@example.com -Verbose -Debug
            Remove-ZoomScimUser secret@example.com -Action Delete -Confirm:$false -Verbose -Debug
        }
    }

    It 'shows the requests' {
        $streams.Verbose -join "`n" | Should -BeLike '*GET /scim2/Users*'
        $streams.Verbose -join "`n" | Should -BeLike '*POST /scim2/Users*: 201 *'
        $streams.Verbose -join "`n" | Should -BeLike '*Department*Safe*'
    }

    It 'shows what is sent and received' {
        $debug = $streams.Debug -join "`n"
        $debug | Should -BeLike '*"userName":"secret@example.com"*'
        $debug | Should -BeLike '*x-zm-trackingid: v=2.0;*'
        $debug | Should -BeLike '*Authorization: (hidden)*'
    }

    It 'shows no secret' {
        Assert-NoSecret (Get-ForbiddenText $zoom) (($streams.Verbose + $streams.Debug + $streams.Warning +
            ($streams.Error | ForEach-Object { "$_" })) -join "`n")
    }
}

Describe 'A transcript' -Tag ChildShell {
    It 'holds no secret' {
        # In a process of its own: a transcript hears only what the host shows, and that is a lot.
        $seen = Invoke-ChildPowerShell ("Import-Module '$((Join-Path $PSScriptRoot 'Support/ZoomTest.psm1').Replace("'", "''"))'`n" + @'
Import-TestModule
$zoom = New-TestZoom -Users 3 -Fast -Default
$file = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
$null = Start-Transcript -Path $file
try {
    $ErrorActionPreference = 'Continue'
    $all = @{ Verbose = $true; Debug = $true; Confirm = $false }
    Test-ZoomConnection -Detailed -Verbose -Debug
    New-ZoomScimUser secret@example.com -GivenName Se -FamilyName Cret @all
    Set-ZoomScimUser secret@example.com -Department Safe @all
    Get-ZoomScimUser nobody@example.com -Verbose -Debug
    Remove-ZoomScimUser secret@example.com -Action Delete @all
    $zoom.Connection | Format-List * -Force
}
finally { $null = Stop-Transcript }
$text = [IO.File]::ReadAllText($file)
Remove-Item $file
'JSON:' + (ConvertTo-Json @{ Text = $text; Secret = $zoom.Simulator.ClientSecret; Client = $zoom.Simulator.ClientId } -Compress)
'@)
        $seen.Text | Should -BeLike '*POST /scim2/Users*'
        Assert-NoSecret (Get-ForbiddenText ([pscustomobject]@{ clientId = $seen.Client; clientSecret = $seen.Secret })) $seen.Text
    }
}

Describe 'A connection' {
    It 'holds no secret: <Name>' -ForEach @(
        @{ Name = 'JSON'; Show = { ConvertTo-Json $args[0] -Depth 6 -WarningAction SilentlyContinue } }
        @{ Name = 'list'; Show = { $args[0] | Format-List * -Force | Out-String } }
        @{ Name = 'CLIXML'; Show = { [Management.Automation.PSSerializer]::Serialize($args[0], 6) } }
        @{ Name = 'CSV'; Show = { $args[0] | ConvertTo-Csv | Out-String } }
        @{ Name = 'members'; Show = { $args[0] | Get-Member -Force | Out-String -Width 300 } }
        @{ Name = 'text'; Show = { "$($args[0])" } }) {
        Assert-NoSecret (Get-ForbiddenText $zoom) (& $Show $zoom.Connection | Out-String)
    }

    It 'has no property for the secret or its service' {
        $zoom.Connection.PSObject.Properties.Name | Should -Not -Contain 'ClientSecret'
        $zoom.Connection.PSObject.Properties.Name | Should -Not -Contain 'Service'
    }
}

Describe '$Error' {
    It 'holds no secret after everything that goes wrong' {
        $Error.Clear()
        Set-TestZoom $zoom @{ faults = @(@{ kind = 'status'; status = 401; count = 6; body = "{""echo"":""$secret""}" }) }
        try { $null = Invoke-Everything 2>&1 3>&1 } catch { $null = $_ }
        Set-TestZoom $zoom @{ faults = $null }
        $Error.Count | Should -BeGreaterThan 0
        $text = $Error | ForEach-Object {
            $_ | Format-List * -Force | Out-String -Width 4000
            "$_"
            if ($_ -is [Management.Automation.ErrorRecord]) { $_.Exception.ToString(); "$($_.Exception.ZoomMessage)" }
        }
        Assert-NoSecret (Get-ForbiddenText $zoom) ($text -join "`n")
    }

    It 'holds none after a sign-in with a wrong one' {
        $Error.Clear()
        $listener = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Loopback), 0
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $problem = Get-ErrorOf { Connect-ZoomScim -AccountId acc -ClientId cli `
            -ClientSecret (ConvertTo-SecureString 'wrong-but-still-secret-4711' -AsPlainText -Force) -ScimUri "http://127.0.0.1:$port/scim2" `
            -TokenUri "http://127.0.0.1:$port/oauth/token" }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.TestFailed,*'
        # The line of the script itself is the script's own affair, and here it holds the secret in the clear.
        ($problem.Exception.ToString() + $problem.ErrorDetails).Contains('wrong-but-still-secret') | Should -BeFalse
    }
}

Describe 'The engine''s objects' {
    It 'are not reachable from a result' {
        $null = Test-ZoomConnection
        $result = New-ZoomScimUser reach@example.com
        Assert-NoSecret (Get-ForbiddenText $zoom) (ConvertTo-Json $result -Depth 8 -WarningAction SilentlyContinue)
        Assert-NoSecret (Get-ForbiddenText $zoom) ([Management.Automation.PSSerializer]::Serialize($result, 8))
    }
}

Describe 'The search itself' {
    BeforeAll {
        $folder = Join-Path $TestDrive 'search'
        $null = New-Item -ItemType Directory (Join-Path $folder 'below') -Force
        $known = Get-ForbiddenText $zoom
    }

    AfterEach { Get-ChildItem $folder -Recurse -File | Remove-Item }

    It 'knows the tokens of the session' {
        @($known.Keys | Where-Object { $_ -like '*token 1' }).Count | Should -Be 2
    }

    It 'finds nothing where there is nothing' {
        [IO.File]::WriteAllText((Join-Path $folder 'clean.txt'), 'nothing')
        Find-Secret $known 'nothing' $folder | Should -BeNullOrEmpty
    }

    It 'finds <What> in a text and in a file of any encoding' -ForEach @('the client secret', 'the Basic form of the secret', 'an access token',
        'the middle of token 1', 'the end of the secret' | ForEach-Object { @{ What = $_ } }) {
        @(Find-Secret $known "before $($known[$What]) after" | Where-Object What -EQ $What).Count | Should -Be 1
        foreach ($encoding in [Text.Encoding]::UTF8, [Text.Encoding]::Unicode) {
            foreach ($shift in '', 'x') {
                [IO.File]::WriteAllText((Join-Path $folder 'below/odd.bin'), "$shift$($known[$What])", $encoding)
                @(Find-Secret $known -Path $folder | Where-Object What -EQ $What).Where | Should -BeLike '*odd.bin'
            }
        }

        { Assert-NoSecret $known -Path $folder } | Should -Throw "*$What*odd.bin*"
    }

    It 'does not repeat what it found' {
        try { Assert-NoSecret $known "x $secret y" } catch { "$_".Contains($secret) | Should -BeFalse }
    }
}

Describe 'A whole session, signed in with a profile' -Tag ChildShell {
    BeforeAll {
        # In a process of its own, so that its arguments, its $Error and its files are only this session's.
        $place = Join-Path $TestDrive 'session'
        $null = New-Item -ItemType Directory $place -Force
        $support = (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1').Replace("'", "''")
        $seen = Invoke-ChildPowerShell ("Import-Module '$support'`n`$place = '$($place.Replace("'", "''"))'`n" + @'
Import-TestModule
$ErrorActionPreference = 'Continue'
$env:ZOOM_PROVISIONING_HOME = Join-Path $place 'home'
$zoom = New-TestZoom -Users 3 -Fast -Default
$env:ZOOM_TEST_SECRET = $zoom.Simulator.ClientSecret
$null = Start-Transcript -Path (Join-Path $place 'transcript.txt')
$all = @{ Verbose = $true; Confirm = $false }
$DebugPreference = 'Continue'
New-ZoomScimProfile contoso -AccountId $zoom.Simulator.AccountId -ClientId $zoom.Simulator.ClientId -SecretVariable ZOOM_TEST_SECRET `
    -ScimUri http://127.0.0.1:9/scim2 -TokenUri http://127.0.0.1:9/oauth/token | Format-List * -Force
Get-ZoomScimProfile | ConvertTo-Json
Connect-ZoomScim contoso -Verbose
Connect-ZoomScim contoso -SkipTest -Verbose -PassThru -Name unreachable | Format-List * -Force
Test-ZoomConnection unreachable -Detailed -Verbose
Test-ZoomConnection -Connection $zoom.Connection -Detailed -Verbose
New-ZoomScimUser secret@example.com -GivenName Se -Connection $zoom.Connection @all
New-ZoomScimUser secret@example.com -GivenName Se -Connection $zoom.Connection @all
Set-ZoomScimUser nobody@example.com -Title x -Connection $zoom.Connection @all
Set-TestZoom $zoom @{ faults = @(@{ kind = 'status'; status = 401; count = 6; body = '{"code":124,"message":"Invalid access token."}' }) }
Get-ZoomScimUser -Connection $zoom.Connection -Verbose
Set-TestZoom $zoom @{ faults = $null; app = 'disabled' }
Test-ZoomConnection -Connection $zoom.Connection -Detailed -Verbose
$zoom.Connection.LastTest | Format-List * -Force
$null = Stop-Transcript
$DebugPreference = 'SilentlyContinue'
# What somebody puts into a ticket or a log when things went wrong.
$Error | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue | Set-Content (Join-Path $place 'errors.json')
$Error | ForEach-Object { $_ | Format-List * -Force; $_.Exception | Format-List * -Force; $_.Exception.ToString() } |
    Out-String -Width 4000 | Set-Content (Join-Path $place 'errors.txt')
$Error | Where-Object { $_ -is [Management.Automation.ErrorRecord] } | Export-Clixml (Join-Path $place 'errors.xml') -Depth 5
# Without the history there would be nothing on the command line; with the process itself there is.
if ($IsLinux) { [IO.File]::ReadAllText('/proc/self/cmdline').Replace([char]0, ' ') | Set-Content (Join-Path $place 'arguments.txt') }
$forbidden = Get-ForbiddenText $zoom
$found = @(Find-Secret $forbidden -Path $place)
'JSON:' + (ConvertTo-Json @{ Found = @($found | ForEach-Object { "$($_.What) in $($_.Where)" }); Looked = $forbidden.Count; Errors = $Error.Count } -Compress)
'@)
    }

    It 'was a session with much to tell' {
        $seen.Errors | Should -BeGreaterOrEqual 4
        $seen.Looked | Should -BeGreaterThan 6
        foreach ($file in 'transcript.txt', 'errors.json', 'errors.txt', 'errors.xml', 'home/profiles/contoso.json') {
            (Get-Item (Join-Path $place $file)).Length | Should -BeGreaterThan 100
        }

        $transcript = [IO.File]::ReadAllText((Join-Path $place 'transcript.txt'))
        $transcript | Should -BeLike '*Zoom connection report: unreachable FAILS at Tcp*'
        $transcript | Should -BeLike '*Authorization: (hidden)*'
    }

    It 'shows the secret and the tokens nowhere' {
        $seen.Found | Should -BeNullOrEmpty
    }
}

Describe 'A whole session behind a proxy with a password' -Tag ChildShell {
    BeforeAll {
        # The proxy refuses everybody and repeats what it was sent, as some do in their error pages.
        $place = Join-Path $TestDrive 'proxy'
        $null = New-Item -ItemType Directory $place -Force
        $support = (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1').Replace("'", "''")
        $seen = Invoke-ChildPowerShell ("Import-Module '$support'`n`$place = '$($place.Replace("'", "''"))'`n" + @'
Import-TestModule
$ErrorActionPreference = 'Continue'
$env:ZOOM_PROVISIONING_HOME = Join-Path $place 'home'
Add-Type -TypeDefinition @"
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;

public sealed class RefusingProxy
{
    private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);

    public RefusingProxy()
    {
        _listener.Start();
        new Thread(Listen) { IsBackground = true }.Start();
    }

    public int Port { get { return ((IPEndPoint)_listener.LocalEndpoint).Port; } }

    public int SignIns;

    private void Listen()
    {
        while (true)
        {
            var client = _listener.AcceptTcpClient();
            new Thread(() => Talk(client)) { IsBackground = true }.Start();
        }
    }

    private void Talk(TcpClient client)
    {
        try
        {
            var stream = client.GetStream();
            var head = new StringBuilder();
            for (int one; (one = stream.ReadByte()) >= 0;)
            {
                head.Append((char)one);
                if (!head.ToString().EndsWith("\r\n\r\n")) { continue; }
                var at = head.ToString().IndexOf("Proxy-Authorization: ");
                var sent = at < 0 ? "" : head.ToString().Substring(at + 21).Split('\r')[0];
                if (at >= 0) { Interlocked.Increment(ref SignIns); }
                var reply = Encoding.ASCII.GetBytes("HTTP/1.1 407 No " + sent + "\r\nProxy-Authenticate: Basic realm=\"corp\"\r\nContent-Length: "
                    + sent.Length + "\r\n\r\n" + sent);
                stream.Write(reply, 0, reply.Length);
                head.Clear();
            }
        }
        catch (System.IO.IOException) { }
    }
}
"@
$proxy = New-Object RefusingProxy
$password = 'Pr0xy/P@ss-w0rd-4711'
$inAddress = "http://svc-proxy:$([Uri]::EscapeDataString($password))@127.0.0.1:$($proxy.Port)"
$credential = New-Object pscredential 'svc-proxy', (ConvertTo-SecureString $password -AsPlainText -Force)
$at = @{ AccountId = 'account'; ClientId = 'client'; ClientSecret = (ConvertTo-SecureString 'the-client-secret-0815' -AsPlainText -Force)
    ScimUri = 'https://zoom.invalid/scim2'; TokenUri = 'https://zoom.invalid/oauth/token' }
$null = Start-Transcript -Path (Join-Path $place 'transcript.txt')
$DebugPreference = 'Continue'
Connect-ZoomScim @at -Proxy $inAddress -Verbose
Connect-ZoomScim @at -Proxy "http://127.0.0.1:$($proxy.Port)" -ProxyCredential $credential -Verbose
Connect-ZoomScim @at -Proxy $inAddress -SkipTest -PassThru -Verbose | Format-List * -Force
Test-ZoomConnection -Detailed -Verbose
Test-ZoomConnection -Detailed | Out-String -Width 4000
Get-ZoomScimConnection | ConvertTo-Json -Depth 4 -WarningAction SilentlyContinue
Get-ZoomScimUser -Verbose
[Management.Automation.PSSerializer]::Serialize((Get-ZoomScimConnection), 6)
$null = Stop-Transcript
$DebugPreference = 'SilentlyContinue'
$Error | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue | Set-Content (Join-Path $place 'errors.json')
$Error | ForEach-Object { $_.FullyQualifiedErrorId; $_.Exception | Format-List * -Force; $_.Exception.ToString() } |
    Out-String -Width 4000 | Set-Content (Join-Path $place 'errors.txt')
$forbidden = @{ 'the password' = $password; 'the password in an address' = [Uri]::EscapeDataString($password); 'its beginning' = $password.Substring(0, 9)
    'its end' = $password.Substring($password.Length - 9); 'its Basic form' = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("svc-proxy:$password"))
    'the client secret' = 'the-client-secret-0815' }
# The text of a script is the script's own affair, and $Error tells where in it something went wrong.
$found = @(Find-Secret $forbidden -Path $place)
'JSON:' + (ConvertTo-Json @{ Found = @($found | ForEach-Object { "$($_.What) in $($_.Where)" }); SignIns = $proxy.SignIns; Errors = $Error.Count
    Text = [IO.File]::ReadAllText((Join-Path $place 'errors.txt')) } -Compress)
'@)
    }

    It 'was signed in with, and refused as what it is' {
        $seen.SignIns | Should -BeGreaterOrEqual 3
        $seen.Errors | Should -BeGreaterOrEqual 3
        $seen.Text | Should -BeLike '*Zoom.Connection.*'
        $seen.Text | Should -BeLike '*407*'
    }

    It 'shows the password nowhere' { $seen.Found | Should -BeNullOrEmpty }
}
