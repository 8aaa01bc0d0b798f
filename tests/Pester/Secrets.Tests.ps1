#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The client secret and the tokens appear nowhere a script, a log or a colleague could read them.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 3 -Fast -Default
    $secret = $zoom.Simulator.ClientSecret
    $basic = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($zoom.Simulator.ClientId):$secret"))

    # Everything that must not be seen: the secret, its Basic form, and what a Bearer header would show.
    function Assert-NoSecret([string] $text) {
        $text | Should -Not -BeNullOrEmpty
        $text.Contains($secret) | Should -BeFalse -Because 'the client secret was shown'
        $text.Contains($basic) | Should -BeFalse -Because 'the Basic form of the secret was shown'
        $text | Should -Not -Match 'Bearer\s+[A-Za-z0-9._\-]{8,}'
        $text | Should -Not -Match '"access_token"\s*:\s*"[A-Za-z0-9]'
    }

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
        Assert-NoSecret (($streams.Verbose + $streams.Debug + $streams.Warning + ($streams.Error | ForEach-Object { "$_" })) -join "`n")
    }
}

Describe 'A transcript' {
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
        $text = $seen.Text
        $secret = $seen.Secret
        $basic = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($seen.Client):$secret"))
        $text | Should -BeLike '*POST /scim2/Users*'
        Assert-NoSecret $text
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
        Assert-NoSecret (& $Show $zoom.Connection)
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
        Assert-NoSecret ($text -join "`n")
    }

    It 'holds none after a sign-in with a wrong one' {
        $Error.Clear()
        $listener = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Loopback), 0
        $listener.Start()
        $port = $listener.LocalEndpoint.Port
        $listener.Stop()
        $problem = Get-ErrorOf { Connect-ZoomScim -AccountId acc -ClientId cli -ClientSecret (ConvertTo-SecureString 'wrong-but-still-secret-4711' -AsPlainText -Force) -ScimUri "http://127.0.0.1:$port/scim2" -TokenUri "http://127.0.0.1:$port/oauth/token" }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.TestFailed,*'
        # The line of the script itself is the script's own affair, and here it holds the secret in the clear.
        ($problem.Exception.ToString() + $problem.ErrorDetails).Contains('wrong-but-still-secret') | Should -BeFalse
    }
}

Describe 'The engine''s objects' {
    It 'are not reachable from a result' {
        $null = Test-ZoomConnection
        $result = New-ZoomScimUser reach@example.com
        Assert-NoSecret (ConvertTo-Json $result -Depth 8 -WarningAction SilentlyContinue)
        Assert-NoSecret ([Management.Automation.PSSerializer]::Serialize($result, 8))
    }
}
