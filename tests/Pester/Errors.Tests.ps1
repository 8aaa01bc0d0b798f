#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What scripts can build upon: ids, categories, targets, advice and exception types.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 3 -Fast -Default
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'The error <Id>' -ForEach @(
    @{ Id = 'Zoom.User.NotFound'; Type = 'ScimNotFoundException'; Category = 'ObjectNotFound'; Behaviour = @{}; Command = { Set-ZoomScimUser nobody@example.com -Title Boss } }
    @{ Id = 'Zoom.User.AlreadyExists'; Type = 'ScimConflictException'; Category = 'ResourceExists'; Behaviour = @{}; Command = { New-ZoomScimUser owner@example.com } }
    @{ Id = 'Zoom.User.PendingOrForeign'; Type = 'ScimUserStateException'; Category = 'ResourceUnavailable'; Behaviour = @{}; Command = { New-ZoomScimUser pending@example.com } }
    @{ Id = 'Zoom.User.DomainNotAssociated'; Type = 'ScimBadRequestException'; Category = 'InvalidArgument'; Behaviour = @{}; Command = { New-ZoomScimUser jill@elsewhere.invalid } }
    @{ Id = 'Zoom.User.AdminProtected'; Type = 'ScimUserStateException'; Category = 'PermissionDenied'; Behaviour = @{}; Command = { Remove-ZoomScimUser admin@example.com -Action Delete -Confirm:$false } }
    @{ Id = 'Zoom.Permission.RoleMissing'; Type = 'ScimPermissionException'; Category = 'PermissionDenied'; Behaviour = @{ permissions = 'User:Read' }; Command = { New-ZoomScimUser role@example.com } }
    @{ Id = 'Zoom.Account.SsoNotEnabled'; Type = 'ScimBadRequestException'; Category = 'InvalidOperation'; Behaviour = @{ sso = 'off' }; Command = { New-ZoomScimUser sso@example.com } }
    @{ Id = 'Zoom.Server.Failed'; Type = 'ScimServerException'; Category = 'ConnectionError'; Behaviour = @{ faults = @(@{ kind = 'status'; status = 500 }) }; Command = { New-ZoomScimUser server@example.com } }
    @{ Id = 'Zoom.Rate.LongWait'; Type = 'ScimRateLimitException'; Category = 'LimitsExceeded'; Behaviour = @{ daily_limit = 1 }; Command = { 1..3 | ForEach-Object { @{ UserName = "daily$_@example.com" } } | New-ZoomScimUser } }
    @{ Id = 'Zoom.Record.InvalidAddress'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{}; Command = { New-ZoomScimUser 'no address' } }
    @{ Id = 'Zoom.Record.TooLong'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{}; Command = { New-ZoomScimUser long@example.com -GivenName ('x' * 65) } }
    @{ Id = 'Zoom.Record.NoIdentity'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{}; Command = { [pscustomobject]@{ Department = 'x' } | Set-ZoomScimUser } }
    @{ Id = 'Zoom.Request.InvalidFilter'; Type = 'ScimBadRequestException'; Category = 'InvalidArgument'; Behaviour = @{}; Command = { Get-ZoomScimUser -Filter 'x' } }
    @{ Id = 'Zoom.Mapping.UnknownAttribute'; Type = 'ScimRecordException'; Category = 'InvalidData'; Behaviour = @{}; Command = { @{ a = 1 } | New-ZoomScimUser -Mapping @{ Nonsense = 'a' } } }
    @{ Id = 'Zoom.Connection.NotValid'; Type = 'ScimNotConnectedException'; Category = 'ResourceUnavailable'; Behaviour = $null; Command = { New-ZoomScimUser x@example.com } }
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
