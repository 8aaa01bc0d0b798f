#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What scripts can build upon: ids, categories, targets, advice and exception types.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 3 -Fast -Default
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'The error <Id>' -ForEach @(
    @{ Id = 'Zoom.User.NotFound'; Type = 'ScimNotFoundException'; Category = 'ObjectNotFound'; Behaviour = @{};
        Command = { Set-ZoomScimUser nobody@example.com -Title Boss } }
    @{ Id = 'Zoom.User.AlreadyExists'; Type = 'ScimConflictException'; Category = 'ResourceExists'; Behaviour = @{};
        Command = { New-ZoomScimUser owner@example.com } }
    @{ Id = 'Zoom.User.PendingOrForeign'; Type = 'ScimUserStateException'; Category = 'ResourceUnavailable'; Behaviour = @{};
        Command = { New-ZoomScimUser pending@example.com } }
    @{ Id = 'Zoom.User.DomainNotAssociated'; Type = 'ScimBadRequestException'; Category = 'InvalidArgument'; Behaviour = @{};
        Command = { New-ZoomScimUser jill@elsewhere.invalid } }
    @{ Id = 'Zoom.User.AdminProtected'; Type = 'ScimUserStateException'; Category = 'PermissionDenied'; Behaviour = @{};
        Command = { Remove-ZoomScimUser admin@example.com -Action Delete -Confirm:$false } }
    @{ Id = 'Zoom.Permission.RoleMissing'; Type = 'ScimPermissionException'; Category = 'PermissionDenied';
        Behaviour = @{ permissions = 'User:Read' }; Command = { New-ZoomScimUser role@example.com } }
    @{ Id = 'Zoom.Account.SsoNotEnabled'; Type = 'ScimBadRequestException'; Category = 'InvalidOperation'; Behaviour = @{ sso = 'off' };
        Command = { New-ZoomScimUser sso@example.com } }
    @{ Id = 'Zoom.Server.Failed'; Type = 'ScimServerException'; Category = 'ConnectionError';
        Behaviour = @{ faults = @(@{ kind = 'status'; status = 500 }) }; Command = { Get-ZoomScimUser server@example.com } }
    @{ Id = 'Zoom.Rate.LongWait'; Type = 'ScimRateLimitException'; Category = 'LimitsExceeded'; Behaviour = @{ daily_limit = 1 };
        Command = { 1..3 | ForEach-Object { @{ UserName = "daily$_@example.com" } } | New-ZoomScimUser } }
    @{ Id = 'Zoom.Record.InvalidAddress'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{}; Command = { New-ZoomScimUser 'no address' } }
    @{ Id = 'Zoom.Record.TooLong'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{};
        Command = { New-ZoomScimUser long@example.com -GivenName ('x' * 65) } }
    @{ Id = 'Zoom.Record.NoIdentity'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{};
        Command = { [pscustomobject]@{ Department = 'x' } | Set-ZoomScimUser } }
    @{ Id = 'Zoom.Request.InvalidFilter'; Type = 'ScimBadRequestException'; Category = 'InvalidArgument'; Behaviour = @{};
        Command = { Get-ZoomScimUser -Filter 'x' } }
    @{ Id = 'Zoom.Mapping.UnknownAttribute'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{};
        Command = { @{ a = 1 } | New-ZoomScimUser -Mapping @{ Nonsense = 'a' } } }
    @{ Id = 'Zoom.Connection.NotValid'; Type = 'ScimNotConnectedException'; Category = 'ResourceUnavailable'; Behaviour = $null;
        Command = { New-ZoomScimUser x@example.com } }
) {
    BeforeAll {
        # An account of its own: some of these spoil it for good.
        $spoilt = New-TestZoom -Users 0 -Fast -Name 'spoilt' -Default -Untested:($null -eq $Behaviour)
        if ($Behaviour.Count) { Set-TestZoom $spoilt $Behaviour }
        $problem = Get-ErrorOf $Command
        $caught = $null
        try { $null = & $Command -ErrorAction Stop 2>&1 } catch { $caught = $_ }
    }

    AfterAll { Disconnect-ZoomScim spoilt }

    It 'has a stable id' { $problem.FullyQualifiedErrorId | Should -BeLike "$Id,ZoomProvisioning.Commands.*Command" }
    It 'has a category' { $problem.CategoryInfo.Category | Should -Be $Category }
    It 'has a type of its own' { $problem.Exception.GetType().FullName | Should -Be "ZoomProvisioning.$Type" }
    It 'says what to do' {
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        $problem.Exception.RecommendedAction | Should -Be $problem.ErrorDetails.RecommendedAction
    }

    It 'has a target, or is about the connection' {
        if ($Id -notlike 'Zoom.Connection.*') { $problem.TargetObject | Should -Not -BeNullOrEmpty }
    }

    It 'carries Zoom''s words and tracking id where Zoom spoke' {
        if ($problem.Exception.Status) {
            $problem.Exception.ZoomMessage | Should -Not -BeNullOrEmpty
            $problem.Exception.TrackingId | Should -BeLike 'v=2.0;*'
            "$problem" | Should -BeLike "*$($problem.Exception.TrackingId)*"
        }
    }
}

Describe 'Catching' {
    It 'works by the exception''s type with -ErrorAction Stop' {
        $kind = try { New-ZoomScimUser owner@example.com -ErrorAction Stop }
        catch [ZoomProvisioning.ScimNotFoundException] { 'wrong' }
        catch [ZoomProvisioning.ScimConflictException] { 'conflict' }
        $kind | Should -Be 'conflict'
        $kind = try { Get-ZoomScimUser nobody@example.com -ErrorAction Stop } catch [ZoomProvisioning.ScimException] { 'any' }
        $kind | Should -Be 'any'
    }

    It 'finds the source record as the error''s target' {
        $row = [pscustomobject]@{ UserName = 'owner@example.com'; Key = 17 }
        $null = $row | New-ZoomScimUser -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].TargetObject.Key | Should -Be 17
    }

    It 'finds the identity as the target where there is no record' {
        $null = Get-ZoomScimUser nobody@example.com -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0].TargetObject)" | Should -Be 'nobody@example.com'
    }

    It 'is not needed for others: -ErrorAction SilentlyContinue goes on' {
        (Get-ZoomScimUser nobody@example.com, owner@example.com -ErrorAction SilentlyContinue).UserName | Should -Be 'owner@example.com'
    }

    It 'sees the advice in PowerShell''s own view of the error' {
        $problem = Get-ErrorOf { New-ZoomScimUser owner@example.com }
        ($problem | Out-String -Width 500) | Should -BeLike '*-IfExists*'
    }
}

Describe 'The module''s own error <Id>' -ForEach @(
    @{ Id = 'Zoom.Connection.NotConnected'; Target = $null; Command = { Disconnect-ZoomScim -All; Get-ZoomScimUser } }
    @{ Id = 'Zoom.Connection.NotConnected'; Target = $null; Command = { Disconnect-ZoomScim -All; Test-ZoomConnection } }
    @{ Id = 'Zoom.Connection.NotConnected'; Target = $null; Command = { Disconnect-ZoomScim -All; Set-ZoomScimConnection -Enabled $true } }
    @{ Id = 'Zoom.Connection.Closed'; Target = 'own*';
        Command = { $kept = Get-ZoomScimConnection own; Disconnect-ZoomScim -All; Get-ZoomScimUser -Connection $kept } }
    @{ Id = 'Zoom.Connection.Disabled'; Target = 'own*'; Command = { Set-ZoomScimConnection -Enabled $false; Get-ZoomScimUser } }
    @{ Id = 'Zoom.Connection.MissingCredential'; Target = $null; Command = { Connect-ZoomScim } }
    @{ Id = 'Zoom.Connection.MissingCredential'; Target = 'mine'; Command = { Connect-ZoomScim -AccountId a -Name mine } }
    @{ Id = 'Zoom.Connection.InvalidArgument'; Target = $null; Command = { Connect-ZoomScim -AccessToken (ConvertTo-SecureString 'x y' -AsPlainText -Force) } }
    @{ Id = 'Zoom.Connection.TestFailed'; Target = '127.0.0.1';
        Command = { Connect-ZoomScim -AccessToken (ConvertTo-SecureString 'xyz' -AsPlainText -Force) -ScimUri http://127.0.0.1:9/scim2 } }
    @{ Id = 'Zoom.Profile.NotFound'; Target = 'nobody'; Command = { Connect-ZoomScim -Profile nobody } }
    @{ Id = 'Zoom.Profile.NotFound'; Target = 'nobody'; Command = { Get-ZoomScimProfile nobody } }
    @{ Id = 'Zoom.Profile.NotFound'; Target = 'nobody'; Command = { Remove-ZoomScimProfile nobody } }
    @{ Id = 'Zoom.Profile.InvalidName'; Target = '../x'; Command = { New-ZoomScimProfile '../x' -AccountId a -SecretName n } }
    @{ Id = 'Zoom.Profile.InvalidSetting'; Target = 'x'; Command = { New-ZoomScimProfile x -AccountId a } }
    @{ Id = 'Zoom.Simulator.InvalidState'; Target = '*state.json';
        Command = { [IO.File]::WriteAllText("$TestDrive/state.json", 'x'); Connect-ZoomScim -Simulator -SimulatorState "$TestDrive/state.json" } }
    @{ Id = 'Zoom.Simulator.FileNotRead'; Target = $null; Command = { Connect-ZoomScim -Simulator -SimulatorState "$TestDrive/absent.json" } }
    @{ Id = 'Zoom.Group.NotFound'; Target = 'Nowhere'; Command = { Set-ZoomScimGroup Nowhere -Name x } }
    @{ Id = 'Zoom.Mapping.InvalidSource'; Target = $null; Command = { @{ a = 1 } | New-ZoomScimUser -Mapping @{ Title = 7 } } }
) {
    BeforeAll {
        $homeBefore = $env:ZOOM_PROVISIONING_HOME
        $env:ZOOM_PROVISIONING_HOME = Join-Path $TestDrive 'home'
        $null = New-TestZoom -Users 0 -Fast -Name 'own' -Default
        $problem = Get-ErrorOf $Command
    }

    AfterAll {
        [Environment]::SetEnvironmentVariable('ZOOM_PROVISIONING_HOME', $homeBefore)
        if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
    }

    It 'says what happened, of what kind it is, and what to do' {
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,ZoomProvisioning.Commands.*Command"
        "$problem" | Should -Match '^[-A-Z0-9''"@].{15,}[.!]$'
        $problem.ErrorDetails.RecommendedAction | Should -Match '^[A-Z].{10,}'
        $problem.Exception.RecommendedAction | Should -Be $problem.ErrorDetails.RecommendedAction
        $problem.CategoryInfo.Category | Should -Not -Be 'NotSpecified'
        $problem.Exception | Should -BeOfType ZoomProvisioning.ScimException
        if ($Target) { "$($problem.TargetObject)" | Should -BeLike $Target }
    }
}
