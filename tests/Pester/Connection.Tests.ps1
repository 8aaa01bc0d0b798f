#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Connecting, switching and closing connections.

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

Describe 'Connect-ZoomScim -Simulator' {
    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    It 'writes nothing without -PassThru and leaves a valid connection' {
        Connect-ZoomScim -Simulator | Should -BeNullOrEmpty
        $connection = Get-ZoomScimConnection
        $connection | Should -BeOfType ZoomProvisioning.Connections.ZoomScimConnection
        $connection.Status | Should -Be 'Valid'
        $connection.Name | Should -Be 'simulator'
        $connection.IsSimulator | Should -BeTrue
        $connection.Enabled | Should -BeTrue
        $connection.TestedAt | Should -Not -BeNullOrEmpty
        $connection.LastTest.Count | Should -Be 5
    }

    It 'gives the connection back with -PassThru' {
        $connection = Connect-ZoomScim -Simulator -PassThru -Name a -Description 'to try things'
        $connection | Should -Be (Get-ZoomScimConnection a)
        $connection.Description | Should -Be 'to try things'
        "$connection" | Should -Be 'a (simulator)'
    }

    It 'takes all switches' {
        $connection = Connect-ZoomScim -Simulator -PassThru -AllowCreate $false -AllowUpdate $false -AllowDisable $false -AllowDeprovision $false `
            -RemoveAction Delete -MaxRequestsPerSecond 30
        $connection.AllowCreate, $connection.AllowUpdate, $connection.AllowDisable, $connection.AllowDeprovision | Should -Be @($false, $false, $false, $false)
        $connection.RemoveAction | Should -Be 'Delete'
        $connection.MaxRequestsPerSecond | Should -Be 30
    }

    It 'allows everything and disables by default' {
        $connection = Connect-ZoomScim -Simulator -PassThru
        $connection.AllowCreate, $connection.AllowUpdate, $connection.AllowDisable, $connection.AllowDeprovision | Should -Be @($true, $true, $true, $true)
        $connection.RemoveAction | Should -Be 'Disable'
        $connection.MaxRequestsPerSecond | Should -BeNullOrEmpty
    }

    It 'has as many users as -SimulatorUsers says, and an owner and an admin' {
        Connect-ZoomScim -Simulator -SimulatorUsers 7
        @(Get-ZoomScimUser).Count | Should -Be 9
    }

    It 'refuses a rate of <_>' -ForEach @(0, -1, 1001) {
        (Get-ErrorOf { Connect-ZoomScim -Simulator -MaxRequestsPerSecond $_ }).FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentValidationError,*'
    }

    It 'keeps to -MaxRequestsPerSecond' {
        Connect-ZoomScim -Simulator -SimulatorUsers 8 -MaxRequestsPerSecond 10
        $ids = (Get-ZoomScimUser).Id
        $took = Measure-Command { $null = $ids | Get-ZoomScimUser }
        # Ten at ten a second: the first at once, nine a tenth of a second apart.
        $took.TotalSeconds | Should -BeGreaterThan 0.85
    }

    It 'offers the rate plans by completion' {
        $line = 'Connect-ZoomScim -Simulator -SimulatorRate '
        ([Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches.CompletionText | Sort-Object |
            Should -Be @('ample', 'business', 'legacy', 'none', 'pro')
    }

    It 'is not slowed down by another simulated account that was slow' {
        Connect-ZoomScim -Simulator -SimulatorRate legacy -Name slow -SimulatorUsers 0
        Connect-ZoomScim -Simulator -SimulatorRate none -Name quick -SimulatorUsers 5
        (Measure-Command { $null = (Get-ZoomScimUser).Id | Get-ZoomScimUser }).TotalSeconds |
            Should -BeLessThan 3 -Because 'at one request a second it would take 7'
    }
}

Describe 'Several connections' {
    BeforeAll {
        Connect-ZoomScim -Simulator -Name first -SimulatorUsers 0
        Connect-ZoomScim -Simulator -Name second -SimulatorUsers 3
    }

    AfterAll { Disconnect-ZoomScim -All }

    It 'uses the one made last' { @(Get-ZoomScimUser).Count | Should -Be 5 }

    It 'finds the others by name, in any case' {
        @(Get-ZoomScimUser -Connection FIRST).Count | Should -Be 2
    }

    It 'takes the connection itself' {
        @(Get-ZoomScimUser -Connection (Get-ZoomScimConnection first)).Count | Should -Be 2
    }

    It 'lists them, the default one last, and by wildcard' {
        (Get-ZoomScimConnection).Name | Should -Be @('first', 'second')
        (Get-ZoomScimConnection 'f*').Name | Should -Be 'first'
        Get-ZoomScimConnection 'x*' | Should -BeNullOrEmpty
    }

    It 'completes their names' {
        $line = 'Get-ZoomScimUser -Connection s'
        ([Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)).CompletionMatches.CompletionText | Should -Be 'second'
    }

    It 'names the connections there are when one is wanted that is not' {
        $problem = Get-ErrorOf { Get-ZoomScimUser -Connection thrid }
        $problem.FullyQualifiedErrorId | Should -BeLike 'ParameterArgumentTransformationError,*'
        $problem.Exception.Message | Should -BeLike "*'thrid'*first, second*"
    }

    It 'says that Get-ZoomScimConnection found nothing' {
        $problem = Get-ErrorOf { Get-ZoomScimConnection third }
        $problem.FullyQualifiedErrorId | Should -Be 'Zoom.Connection.NotFound,ZoomProvisioning.Commands.GetZoomScimConnectionCommand'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'counts up the simulators'' own names' {
        (Connect-ZoomScim -Simulator -PassThru).Name | Should -Be 'simulator'
        (Connect-ZoomScim -Simulator -PassThru).Name | Should -Be 'simulator-2'
        Disconnect-ZoomScim simulator
        Disconnect-ZoomScim simulator-2
    }

    It 'replaces one of the same name' {
        Connect-ZoomScim -Simulator -Name FIRST -SimulatorUsers 1
        @(Get-ZoomScimConnection).Count | Should -Be 2
        @(Get-ZoomScimUser -Connection first).Count | Should -Be 3
        (Get-ZoomScimConnection)[-1].Name | Should -Be 'FIRST'
    }
}

Describe 'Disconnect-ZoomScim' {
    BeforeEach {
        Connect-ZoomScim -Simulator -Name one -SimulatorUsers 0
        Connect-ZoomScim -Simulator -Name two -SimulatorUsers 0
    }

    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    It 'closes the default one' {
        Disconnect-ZoomScim
        (Get-ZoomScimConnection).Name | Should -Be 'one'
    }

    It 'closes one by name' {
        Disconnect-ZoomScim -Name one
        (Get-ZoomScimConnection).Name | Should -Be 'two'
    }

    It 'closes those it is piped' {
        Get-ZoomScimConnection | Disconnect-ZoomScim
        Get-ZoomScimConnection | Should -BeNullOrEmpty
    }

    It 'closes all' {
        Disconnect-ZoomScim -All
        Get-ZoomScimConnection | Should -BeNullOrEmpty
        (Get-ErrorOf { Disconnect-ZoomScim }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotConnected,*'
    }

    It 'leaves a connection somebody kept unusable, with an error that says so' {
        $kept = Get-ZoomScimConnection one
        Disconnect-ZoomScim one
        $problem = Get-ErrorOf { Get-ZoomScimUser -Connection $kept }
        $problem | Should -Not -BeNullOrEmpty
        $problem.Exception | Should -BeOfType ZoomProvisioning.ScimException
        $problem.Exception.Message | Should -Not -BeLike '*defect of the module*'
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.Closed,*'
        (Get-ErrorOf { Test-ZoomConnection $kept }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.Closed,*'
    }
}

Describe 'Not connected' {
    BeforeAll { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    It '<_> ends with an error that names Connect-ZoomScim' -ForEach @(
        'Get-ZoomScimUser', 'New-ZoomScimUser jill@example.com', 'Set-ZoomScimUser jill@example.com -Title Boss',
        'Remove-ZoomScimUser jill@example.com -Confirm:$false', 'Test-ZoomConnection', 'Set-ZoomScimConnection -AllowCreate $false', 'Disconnect-ZoomScim') {
        $went = $false
        try {
            & ([scriptblock]::Create("$_ -ErrorAction SilentlyContinue"))
            $went = $true
        }
        catch {
            $_.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotConnected,*'
            $_.CategoryInfo.Category | Should -Be 'ConnectionError'
            $_.Exception | Should -BeOfType ZoomProvisioning.ScimNotConnectedException
            $_.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        $went | Should -BeFalse -Because 'the error must end the command whatever -ErrorAction says'
    }

    It 'ends a pipeline once, not once for each record' {
        $problems = @()
        try { 1..5 | ForEach-Object { @{ UserName = "u$_@example.com" } } | New-ZoomScimUser -ErrorVariable problems } catch { $caught = $_ }
        $caught.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotConnected,*'
        @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).Count | Should -BeLessOrEqual 1
    }
}

Describe 'Set-ZoomScimConnection' {
    BeforeAll { $zoom = New-TestZoom -Name toggled -Default }
    AfterAll { Disconnect-ZoomScim -All }

    It 'switches <Parameter>' -ForEach @(
        @{ Parameter = 'AllowCreate' }, @{ Parameter = 'AllowUpdate' }, @{ Parameter = 'AllowDisable' }, @{ Parameter = 'AllowDeprovision' },
            @{ Parameter = 'Enabled' }) {
        foreach ($value in $false, $true) {
            $arguments = @{ $Parameter = $value }
            (Set-ZoomScimConnection @arguments -PassThru).$Parameter | Should -Be $value
        }
    }

    It 'sets the description and the remove action, and nothing else' {
        $connection = Set-ZoomScimConnection -Name toggled -Description 'Head office' -RemoveAction Delete -PassThru
        $connection.Description | Should -Be 'Head office'
        $connection.RemoveAction | Should -Be 'Delete'
        $connection.AllowCreate | Should -BeTrue
        Set-ZoomScimConnection -Description '' -RemoveAction Disable
        $connection.Description | Should -Be ''
    }

    It 'only says what it would do with -WhatIf' {
        Set-ZoomScimConnection -Enabled $false -WhatIf
        (Get-ZoomScimConnection toggled).Enabled | Should -BeTrue
    }

    It 'takes connections from the pipeline' {
        Get-ZoomScimConnection | Set-ZoomScimConnection -AllowDisable $false
        (Get-ZoomScimConnection toggled).AllowDisable | Should -BeFalse
        Set-ZoomScimConnection -AllowDisable $true
    }

    It 'refuses everything over a connection that is switched off, and sends nothing' -ForEach @(
        @{ Command = { Get-ZoomScimUser } }, @{ Command = { New-ZoomScimUser jill@example.com } },
        @{ Command = { Set-ZoomScimUser owner@example.com -Title Boss } }, @{ Command = { Remove-ZoomScimUser owner@example.com -Confirm:$false } }) {
        Set-ZoomScimConnection -Enabled $false
        try {
            Clear-SentRequest $zoom
            $problem = Get-ErrorOf $Command
            $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.Disabled,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Set-ZoomScimConnection*toggled*'
            (Get-SentRequest $zoom).Count | Should -Be 0
        }
        finally {
            Set-ZoomScimConnection -Enabled $true
        }

        @(Get-ZoomScimUser).Count | Should -Be 22
    }

    It 'has advice that works as it stands' {
        Set-ZoomScimConnection -Enabled $false
        $advice = (Get-ErrorOf { Get-ZoomScimUser }).ErrorDetails.RecommendedAction
        $command = [regex]::Match($advice, "Set-ZoomScimConnection [^,]+").Value
        & ([scriptblock]::Create($command))
        (Get-ZoomScimConnection toggled).Enabled | Should -BeTrue
    }
}

Describe 'What is said of connections' {
    It 'is the account, what may be done there, the pace and the scopes' {
        $said = Connect-ZoomScim -Simulator -Name said -AllowDisable $false -AllowDeprovision $false 6>&1
        "$said" | Should -BeLike "Connected 'said' to a simulated account: read, create, update; 59 requests a second to begin with; scopes *."
        Connect-ZoomScim -Simulator -Name silent -InformationAction Ignore 6>&1 | Should -BeNullOrEmpty
        "$(Connect-ZoomScim -Simulator -Name slow -MaxRequestsPerSecond 1.5 6>&1)" | Should -BeLike '*; 1.5 requests a second to begin with;*'
    }

    It 'is which one commands use that name none, and which one after it' {
        Disconnect-ZoomScim -All
        Connect-ZoomScim -Simulator -Name first
        Connect-ZoomScim -Simulator -Name second
        (Get-ZoomScimConnection | Where-Object IsDefault).Name | Should -Be 'second'
        Get-ZoomScimConnection | Out-String | Should -Match '(?m)^\* second '
        "$(Disconnect-ZoomScim 6>&1)" | Should -Be "Disconnected 'second'. Commands that name no connection go to 'first' from now on."
        (Get-ZoomScimConnection).IsDefault | Should -BeTrue
        $replaced = Get-ZoomScimConnection first
        Connect-ZoomScim -Simulator -Name first
        $replaced.IsDefault | Should -BeFalse
        Disconnect-ZoomScim 6>&1 | Should -BeNullOrEmpty
    }
}
