#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Set- and Remove-ZoomScimUser, one user at a time.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 30 -Fast -Default
    function Find-User([string] $userName) { Get-ZoomScimUser -Filter "userName eq ""$userName""" | Get-ZoomScimUser }
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Set-ZoomScimUser' {
    BeforeEach {
        $name = "set-$([Guid]::NewGuid().ToString('N').Substring(0, 8))@example.com"
        $before = New-ZoomScimUser $name -GivenName Anna -FamilyName Smith -Department Sales -PassThru
        Clear-SentRequest $zoom
    }

    It 'sends what differs and nothing else' {
        $result = Set-ZoomScimUser $name -Department Finance -GivenName Anna
        $result.Action | Should -Be 'Update'
        $result.Outcome | Should -Be 'Done'
        $result.Changes.Name | Should -Be 'Department'
        $writes = @(Get-SentRequest $zoom -Write)
        $writes.Count | Should -Be 1
        $writes[0].method | Should -Be 'PUT'
        $body = ConvertFrom-Json $writes[0].body
        $body.PSObject.Properties.Name | Sort-Object | Should -Be @('schemas', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User')
        (Get-ZoomScimUser $name).Department | Should -Be 'Finance'
    }

    It 'renames: the id stays, the display name is sent again with a new family name' {
        $newName = "renamed-$name"
        $result = Set-ZoomScimUser $name -UserName $newName -FamilyName Jones
        $result.Outcome | Should -Be 'Done'
        $after = Get-ZoomScimUser $newName
        $after.Id | Should -Be $before.Id
        $after.UserName, $after.Email, $after.DisplayName | Should -Be @($newName, $newName, 'Anna Jones')
        (Get-ErrorOf { Get-ZoomScimUser $name }).FullyQualifiedErrorId | Should -BeLike 'Zoom.User.NotFound,*'
        (ConvertFrom-Json (Get-SentRequest $zoom -Write)[0].body).displayName | Should -Be 'Anna Jones'
    }

    It 'says who has the address that is wanted, with advice that fits' {
        $other = New-ZoomScimUser "other-$name" -PassThru
        $problem = Get-ErrorOf { Set-ZoomScimUser $name -UserName "other-$name" }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.User.AlreadyExists,*'
        "$problem" | Should -BeLike "*'other-$name' of this account has it (active, id $($other.Id)*"
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeLike '*IfExists*'
    }

    It 'leaves a display name that was chosen by hand' {
        $null = Set-ZoomScimUser $name -DisplayName 'The Boss'
        $null = Set-ZoomScimUser $name -FamilyName Jones
        (Get-ZoomScimUser $name).DisplayName | Should -Be 'The Boss'
    }

    It 'finds the user by id' {
        (Set-ZoomScimUser -Id $before.Id -Department Legal).Outcome | Should -Be 'Done'
        (Get-ZoomScimUser $name).Department | Should -Be 'Legal'
    }

    It 'takes several users, as Get- and Remove-ZoomScimUser do' {
        $null = New-ZoomScimUser "second-$name"
        (Set-ZoomScimUser $name, "second-$name", $name -Department Legal).UserName | Should -Be @($name, "second-$name")
        (Get-ZoomScimUser $name, "second-$name").Department | Should -Be @('Legal', 'Legal')
        Clear-SentRequest $zoom
        foreach ($one in @{ UserName = 'x@example.com' }, @{ Email = 'x@example.com' }, @{ EmployeeNumber = '1' }) {
            (Get-ErrorOf { Set-ZoomScimUser $name, "second-$name" @one }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.OneOnly,*'
        }

        (Get-SentRequest $zoom).Count | Should -Be 0
        (Remove-ZoomScimUser $name, "second-$name" -Action Delete -Confirm:$false).Outcome | Should -Be @('Done', 'Done')
    }

    It 'takes a user from the pipeline, with explicit values' {
        (Get-ZoomScimUser $name | Set-ZoomScimUser -Department Legal).Outcome | Should -Be 'Done'
        (Get-ZoomScimUser $name).Department | Should -Be 'Legal'
    }

    It 'sends what a script set on a piped user, and only that' {
        $user = Get-ZoomScimUser $name
        $user.Department = 'People'
        ($user | Set-ZoomScimUser).Changes.Name | Should -Be 'Department'
        (Get-ZoomScimUser $name).Department | Should -Be 'People'
    }

    It 'writes nothing when there is nothing to change' {
        $result = Set-ZoomScimUser $name -Department Sales -GivenName Anna
        $result.Outcome | Should -Be 'NoChange'
        (Get-SentRequest $zoom -Write).Count | Should -Be 0
    }

    It 'deactivates by PATCH and activates again before it changes anything' {
        (Set-ZoomScimUser $name -Active $false -Confirm:$false).Action | Should -Be 'Disable'
        (Get-ZoomScimUser $name).Active | Should -BeFalse
        Clear-SentRequest $zoom
        $result = Set-ZoomScimUser $name -Active $true -Department Support
        $result.Action | Should -Be 'Reactivate'
        (Get-SentRequest $zoom -Write).method | Should -Be @('PATCH', 'PUT')
        $user = Get-ZoomScimUser $name
        $user.Active | Should -BeTrue
        $user.Department | Should -Be 'Support'
    }

    It 'reports that an inactive user cannot be changed' {
        $null = Set-ZoomScimUser $name -Active $false -Confirm:$false
        Clear-SentRequest $zoom
        $streams = Get-StreamsOf { Set-ZoomScimUser $name -Department Support }
        $streams.Output[0].Outcome | Should -Be 'Skipped'
        $streams.Output[0].Reason | Should -BeLike '*deactivated*Department*-Active $true*'
        $streams.Warning -join ' ' | Should -BeLike '*skipped*'
        (Get-SentRequest $zoom -Write).Count | Should -Be 0
    }

    It 'says that the user is not there' {
        (Get-ErrorOf { Set-ZoomScimUser nobody@example.com -Title Boss }).FullyQualifiedErrorId | Should -BeLike 'Zoom.User.NotFound,*'
    }

    It 'reports what Zoom accepted but did not apply' {
        Set-TestZoom $zoom @{ put_displayName = 'ignored' }
        try {
            $streams = Get-StreamsOf { Set-ZoomScimUser $name -DisplayName 'Somebody Else' }
            $streams.Output[0].Warnings | Should -BeLike "*DisplayName 'Somebody Else'*"
            $streams.Warning -join ' ' | Should -BeLike "*Zoom accepted DisplayName*"
        }
        finally {
            Set-TestZoom $zoom @{ put_displayName = 'applied' }
        }
    }

    It 'gives the user back with -PassThru, changed or not' {
        (Set-ZoomScimUser $name -Department Legal -PassThru).Department | Should -Be 'Legal'
        Set-ZoomScimUser $name -Department Legal -PassThru | Should -BeOfType ZoomProvisioning.ScimUser
    }
}

Describe 'Remove-ZoomScimUser' {
    BeforeEach {
        $name = "gone-$([Guid]::NewGuid().ToString('N').Substring(0, 8))@example.com"
        $before = New-ZoomScimUser $name -GivenName Go -FamilyName Ne -PassThru
        Clear-SentRequest $zoom
    }

    It 'disables by default, and again is no change' {
        $result = Remove-ZoomScimUser $name -Confirm:$false
        $result.Action | Should -Be 'Disable'
        $result.Outcome | Should -Be 'Done'
        (Get-ZoomScimUser $name).Active | Should -BeFalse
        (Remove-ZoomScimUser $name -Confirm:$false).Outcome | Should -Be 'NoChange'
    }

    It 'does what the connection says when it is not told' {
        Set-ZoomScimConnection -RemoveAction Delete
        try { (Remove-ZoomScimUser $name -Confirm:$false).Action | Should -Be 'Delete' }
        finally { Set-ZoomScimConnection -RemoveAction Disable }
        (Get-ErrorOf { Get-ZoomScimUser $name }).FullyQualifiedErrorId | Should -BeLike 'Zoom.User.NotFound,*'
    }

    It 'deletes for good with -Action Delete, by id too; again is an error that says why' {
        $result = Remove-ZoomScimUser -Id $before.Id -Action Delete -Confirm:$false
        $result.Outcome | Should -Be 'Done'
        $result.User.UserName | Should -Be $name
        (Get-SentRequest $zoom -Write).method | Should -Be 'DELETE'
        (Get-ErrorOf { Remove-ZoomScimUser $name -Action Delete -Confirm:$false }).FullyQualifiedErrorId | Should -BeLike 'Zoom.User.NotFound,*'
    }

    It 'takes users from the pipeline' {
        (Get-ZoomScimUser $name | Remove-ZoomScimUser -Action Delete -Confirm:$false).Outcome | Should -Be 'Done'
    }

    It 'gives the user back with -PassThru' {
        $user = Remove-ZoomScimUser $name -Confirm:$false -PassThru
        $user | Should -BeOfType ZoomProvisioning.ScimUser
        $user.Active | Should -BeFalse
    }

    It 'is refused for an admin: <Action>' -ForEach @(@{ Action = 'Disable'; Id = 'Zoom.User.AdminOrRoomProtected' },
        @{ Action = 'Delete'; Id = 'Zoom.User.AdminProtected' }) {
        $problem = Get-ErrorOf { Remove-ZoomScimUser admin@example.com -Action $Action -Confirm:$false }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
        (Get-ZoomScimUser admin@example.com).Active | Should -BeTrue
    }
}

Describe 'Set-ZoomScimUser that deactivates' -Tag ChildShell {
    BeforeAll {
        # A host that answers every question alike and remembers them, in a process of its own.
        function Invoke-Asked([string] $script) {
            Invoke-ChildPowerShell @"
Import-Module `$modulePath
Connect-ZoomScim -Simulator -SimulatorUsers 0
'a', 'b', 'c' | ForEach-Object { `$null = New-ZoomScimUser "`$_@example.com" -Department Old }
`$failure = `$null
try { $script } catch { `$failure = `$_ }
`$state = Get-ZoomScimUser | Where-Object { `$_.UserName -match '^[abc]@' } | ForEach-Object { "`$(`$_.UserName) `$(`$_.Active) `$(`$_.Department)" }
'JSON:' + (ConvertTo-Json @{ State = @(`$state); Failure = if (`$failure) { `$failure.FullyQualifiedErrorId }
    Advice = if (`$failure) { `$failure.ErrorDetails.RecommendedAction } } -Compress)
"@
        }
    }

    It 'is refused where nobody can be asked, like Remove-ZoomScimUser: <Name>' -ForEach @(
        @{ Name = 'parameter'; Script = 'Set-ZoomScimUser a@example.com -Active $false' }
        @{ Name = 'record'; Script = '[pscustomobject]@{ UserName = "a@example.com"; Active = "False" } | Set-ZoomScimUser' }
        @{ Name = 'New -IfExists Update'; Script = '[pscustomobject]@{ UserName = "a@example.com"; Active = "False" } | New-ZoomScimUser -IfExists Update' }) {
        $seen = Invoke-Asked $Script
        $seen.Failure | Should -BeLike 'Zoom.Call.CannotAsk*'
        $seen.Advice | Should -BeLike '*-Confirm:$false*'
        $seen.State | Should -Contain 'a@example.com True Old'
    }

    It 'goes with -Confirm:$false, and changes that deactivate nobody are not asked about' {
        $seen = Invoke-Asked ('[pscustomobject]@{ UserName = "a@example.com"; Active = "False" }, ' +
            '[pscustomobject]@{ UserName = "b@example.com"; Department = "New" } | Set-ZoomScimUser -Confirm:$false; ' +
            'Set-ZoomScimUser c@example.com -Department New')
        $seen.Failure | Should -BeNullOrEmpty
        ($seen.State | Sort-Object) -join '; ' | Should -BeLike 'a@example.com False *; b@example.com True New; c@example.com True New'
    }

    It 'only says so with -WhatIf' {
        $zoom = New-TestZoom -Users 0 -Default
        $null = New-ZoomScimUser a@example.com
        Set-ZoomScimUser a@example.com -Active $false -WhatIf
        (Get-ZoomScimUser a@example.com).Active | Should -BeTrue
    }
}

Describe 'The lines of a text' {
    BeforeAll {
        $null = New-ZoomScimUser lines@example.com
        $null = New-ZoomScimGroup Lines
    }

    It 'are nobody where they are empty: <Name>' -ForEach @(
        @{ Name = 'Set'; Command = { $input | Set-ZoomScimUser -Department Legal } }, @{ Name = 'Get'; Command = { $input | Get-ZoomScimUser } },
        @{ Name = 'Add'; Command = { $input | Add-ZoomScimGroupMember Lines } },
        @{ Name = 'Take out'; Command = { $input | Remove-ZoomScimGroupMember Lines -Confirm:$false } },
        @{ Name = 'Remove'; Command = { $input | Remove-ZoomScimUser -Action Disable -Confirm:$false } }) {
        $found = @('lines@example.com', '', "  `t" | & $Command 2>&1)
        $found.Count | Should -Be 1
        $found.UserName | Should -Be 'lines@example.com'
    }

    It 'are a mistake where somebody is named by one: <Name>' -ForEach @(
        @{ Name = 'Set'; Command = { Set-ZoomScimUser ' ' -Department Legal } }, @{ Name = 'Get'; Command = { Get-ZoomScimUser ' ' } },
        @{ Name = 'Remove'; Command = { Remove-ZoomScimUser ' ' -Confirm:$false } }, @{ Name = 'Add'; Command = { Add-ZoomScimGroupMember Lines ' ' } }) {
        (Get-ErrorOf $Command).FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.NoIdentity,*'
    }
}

Describe 'A Zoom that replaces where it should merge' {
    It 'hurts one user of many, and the command says what it did' {
        $zoom = New-TestZoom -Users 0 -Default
        $null = 1..60 | ForEach-Object { [pscustomobject]@{ UserName = "whole$_@example.com"; FirstName = 'W'; LastName = 'U'; Company = 'ACME' } } |
            New-ZoomScimUser
        Set-TestZoom $zoom @{ put_semantics = 'replace' }
        $Error.Clear()
        $null = 1..60 | ForEach-Object { [pscustomobject]@{ UserName = "whole$_@example.com"; Department = 'New' } } |
            Set-ZoomScimUser -ErrorAction SilentlyContinue
        @(Get-ZoomScimUser | Where-Object { $_.UserName -like 'whole*' -and -not $_.FamilyName }).Count | Should -Be 1
        @($Error | Where-Object { $_.FullyQualifiedErrorId -like 'Zoom.Write.AttributesLost*' }).Count | Should -Be 1
        @($Error | Where-Object { $_.FullyQualifiedErrorId -like 'Zoom.Write.Withheld*' }).Count | Should -Be 59
        "$($Error[-1])" | Should -BeLike '*took away what nobody sent*FamilyName*'
    }

    It 'hurts one user, whichever of the first records is sent first' {
        # Two records begin at the same moment now and then; what they must know of each other is there once all the same.
        foreach ($time in 1..8) {
            $zoom = New-TestZoom -Users 0 -Default
            $null = 1..12 | ForEach-Object { [pscustomobject]@{ UserName = "whole$_@example.com"; FirstName = 'W'; LastName = 'U' } } | New-ZoomScimUser
            Set-TestZoom $zoom @{ put_semantics = 'replace' }
            $null = 1..12 | ForEach-Object { [pscustomobject]@{ UserName = "whole$_@example.com"; Department = 'New' } } |
                Set-ZoomScimUser -ErrorAction SilentlyContinue
            @(Get-ZoomScimUser | Where-Object { $_.UserName -like 'whole*' -and -not $_.FamilyName }).Count | Should -Be 1 -Because "of time $time"
        }
    }
}
