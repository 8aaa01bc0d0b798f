#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Testing a connection, and what a sign-in takes its credentials from.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $variables = 'ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET', 'ZOOM_SCIM_URI', 'ZOOM_TOKEN_URI'
    $saved = @{}
    foreach ($variable in $variables) {
        $saved[$variable] = [Environment]::GetEnvironmentVariable($variable)
    }

    function Clear-ZoomVariable {
        foreach ($variable in $variables) { [Environment]::SetEnvironmentVariable($variable, $null) }
    }

    function ConvertTo-Secret([string] $Text) { ConvertTo-SecureString $Text -AsPlainText -Force }

    # A port nobody listens on: taken from the system and given back.
    function Get-FreePort {
        $listener = New-Object Net.Sockets.TcpListener ([Net.IPAddress]::Loopback), 0
        $listener.Start()
        $listener.LocalEndpoint.Port
        $listener.Stop()
    }
}

AfterAll {
    foreach ($variable in $saved.Keys) { [Environment]::SetEnvironmentVariable($variable, $saved[$variable]) }
    if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
}

Describe 'Test-ZoomConnection' {
    It 'gives one object for each step' {
        $zoom = New-TestZoom -Name tested -Default
        $steps = Test-ZoomConnection
        $steps | Should -BeOfType ZoomProvisioning.ConnectionTestStep
        $steps.Name | Should -Be @('NameResolution', 'TcpAndTls', 'Token', 'Scopes', 'ScimRead')
        $steps.Outcome | Should -Be @('Skipped', 'Skipped', 'Passed', 'Passed', 'Passed')
        $steps.Connection | Select-Object -Unique | Should -Be 'tested'
        $zoom.Connection.LastTest.Count | Should -Be 5
        Disconnect-ZoomScim -All
    }

    It 'gives one report for a ticket with -Detailed' {
        $zoom = New-TestZoom -Name ticket
        Clear-SentRequest $zoom
        $report = Test-ZoomConnection -Connection $zoom.Connection -Detailed
        $report | Should -BeOfType ZoomProvisioning.Connections.ConnectionReport
        @($report).Count | Should -Be 1
        $report.Passed | Should -BeTrue
        $report.Steps.Name | Should -Be @('Clock', 'NameResolution', 'TcpAndTls', 'Token', 'Scopes', 'SingleSignOn', 'ScimRead', 'Role', 'RateLimit',
            'Capabilities')
        ($report.Steps | Where-Object Name -EQ 'Clock').Outcome | Should -Be 'Passed'
        ($report.Steps | Where-Object Name -EQ 'RateLimit').Detail | Should -BeLike '*Medium 60 a second, * left*'
        ($report.Steps | Where-Object Name -EQ 'Scopes').Detail | Should -BeLike '*scim2:admin, held*group:read:list_members:admin*'
        (Get-SentRequest $zoom).Count | Should -Be 2
        (Get-SentRequest $zoom -Write).Count | Should -Be 0
    }

    It 'shows the report as it is, in 78 columns, whatever the width' -ForEach @(@{ Width = 80 }, @{ Width = 200 }) {
        $zoom = New-TestZoom -Name ticket -Behaviour @{ permissions = 'User:Read' }
        $report = Test-ZoomConnection -Connection $zoom.Connection -Detailed
        $shown = ($report | Out-String -Width $Width).Trim()
        $shown -replace "`r" | Should -Be ($report.Text -replace "`r")
        ($shown -split "`n" | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 78
        $shown | Should -BeLike 'Zoom connection report: ticket works*Group:Read: MISSING*'
        "$report" | Should -Be $report.Text
    }

    It 'reports what <Why> did, and no secret' -ForEach @(
        @{ Why = 'the app'; Behaviour = @{ app = 'disabled' }; Step = 'Token' }
        @{ Why = 'single sign-on'; Behaviour = @{ sso = 'off' }; Step = 'SingleSignOn' }
        @{ Why = 'a scope'; Behaviour = @{ scopes = 'user:read' }; Step = 'ScimRead' }
        @{ Why = 'the role'; Behaviour = @{ permissions = 'Group:Read' }; Step = 'ScimRead' }) {
        $zoom = New-TestZoom -Behaviour $Behaviour
        $report = Test-ZoomConnection -Connection $zoom.Connection -Detailed
        $report.Passed | Should -BeFalse
        @($report.Steps | Where-Object Outcome -EQ 'Failed')[0].Name | Should -Be $Step
        $report.Text | Should -BeLike "*FAILS at $Step*Do: *"
        $report.Text.Contains($zoom.Simulator.ClientSecret) | Should -BeFalse
    }

    It 'sees a clock that is wrong' {
        $zoom = New-TestZoom
        $zoom.Simulator.AdvanceTime([TimeSpan]::FromMinutes(10))
        $clock = (Test-ZoomConnection -Connection $zoom.Connection -Detailed).Steps | Where-Object Name -EQ 'Clock'
        $clock.Outcome | Should -Be 'Warning'
        $clock.Detail | Should -BeLike '*10 minutes behind*'
        $clock.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'is no exception when <Why>, but a failed step with Zoom''s words and the remedy' -ForEach @(
        @{ Why = 'the app is disabled'; Behaviour = @{ app = 'disabled' }; Step = 'Token'; Words = 'The app has been disabled'; Remedy = '*Activate*' }
        @{ Why = 'single sign-on is off'; Behaviour = @{ sso = 'off' }; Step = 'ScimRead'; Words = 'Account has not enabled Single Sign-On.';
            Remedy = '*Single Sign-On*' }
        @{ Why = 'a scope is missing'; Behaviour = @{ scopes = 'user:read' }; Step = 'ScimRead'; Words = '*does not contain scopes*'; Remedy = '*scim2:admin*' }
        @{ Why = 'a role permission is missing'; Behaviour = @{ permissions = 'Group:Read' }; Step = 'ScimRead'; Words = '*User:Read*'; Remedy = '*role*' }) {
        $zoom = New-TestZoom -Behaviour $Behaviour
        $steps = Test-ZoomConnection -Connection $zoom.Connection
        $failed = @($steps | Where-Object Outcome -EQ 'Failed')
        $failed.Count | Should -Be 1
        $failed.Name | Should -Be $Step
        $failed.ZoomMessage | Should -BeLike $Words
        $failed.Remedy | Should -BeLike $Remedy
        $zoom.Connection.Status | Should -Be 'Invalid'
    }

    It 'marks a connection valid again when the trouble is over' {
        $zoom = New-TestZoom -Behaviour @{ sso = 'off' }
        $null = Test-ZoomConnection -Connection $zoom.Connection
        (Get-ErrorOf { New-ZoomScimUser jill@example.com -Connection $zoom.Connection }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotValid,*'
        Set-TestZoom $zoom @{ sso = 'on' }
        $null = Test-ZoomConnection -Connection $zoom.Connection
        $zoom.Connection.Status | Should -Be 'Valid'
        (New-ZoomScimUser jill@example.com -Connection $zoom.Connection).Outcome | Should -Be 'Done'
    }
}

Describe '-SkipTest' {
    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    It 'keeps a connection marked invalid; reads are tried, changes are refused until a test passes' {
        $connection = Connect-ZoomScim -Simulator -SimulatorUsers 0 -SkipTest -PassThru
        $connection.Status | Should -Be 'Invalid'
        $connection.TestedAt | Should -BeNullOrEmpty
        @(Get-ZoomScimUser).Count | Should -Be 2
        foreach ($command in { New-ZoomScimUser jill@example.com }, { Set-ZoomScimUser owner@example.com -Title Boss },
            { Remove-ZoomScimUser owner@example.com -Confirm:$false }) {
            $problem = Get-ErrorOf $command
            $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotValid,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Test-ZoomConnection*'
        }

        $null = Test-ZoomConnection
        $connection.Status | Should -Be 'Valid'
        (New-ZoomScimUser jill@example.com).Outcome | Should -Be 'Done'
    }

    It 'keeps one that cannot work, so that it can be mended' {
        $port = Get-FreePort
        Connect-ZoomScim -AccessToken (ConvertTo-Secret 'some-token') -ScimUri "http://127.0.0.1:$port/scim2" -Name later -SkipTest
        (Get-ZoomScimConnection later).Status | Should -Be 'Invalid'
        $failed = Test-ZoomConnection later | Where-Object Outcome -EQ 'Failed'
        $failed.Name | Should -Be 'TcpAndTls'
        $failed.Remedy | Should -Not -BeNullOrEmpty
    }
}

Describe 'A test that fails' {
    It 'ends Connect-ZoomScim, names the step and the remedy, and keeps no connection' {
        $port = Get-FreePort
        $problem = Get-ErrorOf { Connect-ZoomScim -AccountId a -ClientId b -ClientSecret (ConvertTo-Secret 'x1y2z3secret') `
            -ScimUri "http://127.0.0.1:$port/scim2" -TokenUri "http://127.0.0.1:$port/oauth/token" }
        $problem.FullyQualifiedErrorId | Should -Be 'Zoom.Connection.TestFailed,ZoomProvisioning.Commands.ConnectZoomScimCommand'
        $problem.CategoryInfo.Category | Should -Be 'ConnectionError'
        $problem.Exception.Message | Should -BeLike '*TcpAndTls*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-SkipTest*'
        "$($problem | Format-List * -Force | Out-String)" | Should -Not -BeLike '*x1y2z3secret*'
        Get-ZoomScimConnection | Should -BeNullOrEmpty
    }
}

Describe 'Sign-in from the environment' {
    BeforeEach { Clear-ZoomVariable }
    AfterEach { Clear-ZoomVariable }

    It 'names the variables that are missing and asks nothing' {
        $problem = Get-ErrorOf { Connect-ZoomScim }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.MissingCredential,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $problem.Exception.Message | Should -BeLike '*ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Simulator*'
    }

    It 'names only those that are missing' {
        $env:ZOOM_ACCOUNT_ID = 'abc'
        $env:ZOOM_CLIENT_ID = ' '
        $problem = Get-ErrorOf { Connect-ZoomScim -EnvironmentVariable }
        $problem.Exception.Message | Should -BeLike '*ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET*'
        $problem.Exception.Message | Should -Not -BeLike '*ZOOM_ACCOUNT_ID*'
    }

    It 'says which address is none' {
        $env:ZOOM_ACCOUNT_ID = 'abc'
        $env:ZOOM_CLIENT_ID = 'def'
        $env:ZOOM_CLIENT_SECRET = 'ghi'
        $env:ZOOM_SCIM_URI = 'not an address'
        $problem = Get-ErrorOf { Connect-ZoomScim }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.InvalidArgument,*'
        $problem.Exception.Message | Should -BeLike '*ZOOM_SCIM_URI*'
    }
}

Describe 'Addresses and secrets' {
    It 'refuses http:// beyond this machine: <_>' -ForEach @('http://api.zoom.us/scim2', 'http://10.0.0.1/scim2',
        'http://localhost.example.com/scim2', 'ftp://localhost/scim2') {
        $problem = Get-ErrorOf { Connect-ZoomScim -AccessToken (ConvertTo-Secret 'some-token') -ScimUri $_ -SkipTest }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.InvalidArgument,*'
        $problem.Exception.Message | Should -BeLike '*https://*'
        Get-ZoomScimConnection | Should -BeNullOrEmpty
    }

    It 'refuses an unsafe token address' {
        $problem = Get-ErrorOf { Connect-ZoomScim -AccountId a -ClientId b -ClientSecret (ConvertTo-Secret 'c') `
            -TokenUri 'http://zoom.us/oauth/token' -SkipTest }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.InvalidArgument,*'
    }

    It 'refuses an address with a password in it, and does not repeat it' {
        $problem = Get-ErrorOf { Connect-ZoomScim -AccessToken (ConvertTo-Secret 'some-token') -ScimUri 'https://joe:hunter2@example.com/scim2' -SkipTest }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.InvalidArgument,*'
        $problem.Exception.Message | Should -Not -BeLike '*hunter2*'
    }

    It 'refuses a relative address' {
        (Get-ErrorOf { Connect-ZoomScim -AccessToken (ConvertTo-Secret 'some-token') -ScimUri 'scim2' -SkipTest }).FullyQualifiedErrorId |
            Should -BeLike 'Zoom.Connection.InvalidArgument,*'
    }

    It 'does not take the client secret as a plain text' {
        (Get-ErrorOf { Connect-ZoomScim -AccountId a -ClientId b -ClientSecret 'plain' -SkipTest }).FullyQualifiedErrorId |
            Should -BeLike 'ParameterArgumentTransformationError*'
    }

    It 'takes a PSCredential, and names the connection after the account' {
        $credential = New-Object pscredential 'the-client', (ConvertTo-Secret 'the-secret')
        $connection = Connect-ZoomScim -AccountId the-account -Credential $credential -SkipTest -PassThru
        $connection.AccountId | Should -Be 'the-account'
        $connection.ClientId | Should -Be 'the-client'
        $connection.Name | Should -Be 'the-account'
        $connection.ScimUri | Should -Be 'https://api.zoom.us/scim2'
        $connection.TokenUri | Should -Be 'https://zoom.us/oauth/token'
        Disconnect-ZoomScim -All
    }

    It 'has no way to mix sign-ins' {
        (Get-ErrorOf { Connect-ZoomScim -Simulator -AccountId a }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-ErrorOf { Connect-ZoomScim -Simulator -ScimUri https://example.com }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }
}
