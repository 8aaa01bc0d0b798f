#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Get-, New-, Set- and Remove-ZoomScimGroup, Add- and Remove-ZoomScimGroupMember.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 90 -Fast -Default
    $active = @(Get-ZoomScimUser | Where-Object Active)
    $inactive = @(Get-ZoomScimUser | Where-Object { -not $_.Active })

    # The truth about a group, which neither SCIM nor the cmdlets tell.
    function Get-TrueMember([string] $name) {
        $state = ConvertFrom-Json $zoom.Simulator.ExportState()
        @($state.users | Where-Object { $_.groups.value -ccontains $name } | ForEach-Object { $_.userName })
    }

    function Get-GroupRequest { @(Get-SentRequest $zoom -Write) }

    # A connection whose token may read members.
    function New-ReadingZoom {
        $reading = New-TestZoom -Users 20 -Fast -Untested -Behaviour @{ scopes = 'scim2:admin group:read:list_members:admin' }
        $null = Test-ZoomConnection -Connection $reading.Connection
        $reading
    }
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Get-ZoomScimGroup' {
    It 'gives all groups, the second page too' {
        $big = New-TestZoom -Users 0 -Fast
        1..105 | ForEach-Object { "Team $_" } | New-ZoomScimGroup -Connection $big.Connection | Out-Null
        Clear-SentRequest $big
        $groups = Get-ZoomScimGroup -Connection $big.Connection
        @($groups.Id | Select-Object -Unique).Count | Should -Be $groups.Count
        $groups.Count | Should -BeGreaterThan 105
        $groups | Should -BeOfType ZoomProvisioning.ScimGroup
        (Get-SentRequest $big).Count | Should -Be 2
    }

    It 'reads by name in any case, by id, and again what is piped' {
        $group = Get-ZoomScimGroup sales
        $group.DisplayName | Should -BeExactly 'Sales'
        $group.Created | Should -BeOfType DateTimeOffset
        (Get-ZoomScimGroup -Id $group.Id).DisplayName | Should -Be 'Sales'
        ($group | Get-ZoomScimGroup).Id | Should -Be $group.Id
        ('Sales', 'Finance' | Get-ZoomScimGroup).DisplayName | Should -Be @('Sales', 'Finance')
        (Get-ZoomScimGroup Finance, Sales).DisplayName | Should -Be @('Finance', 'Sales')
    }

    It 'gives nothing for an empty pipeline' {
        @() | Get-ZoomScimGroup | Should -BeNullOrEmpty
    }

    It 'takes an empty line of the pipeline for no group' {
        ('Everyone', '', ' ' | Get-ZoomScimGroup).DisplayName | Should -Be 'Everyone'
        '', ' ' | Remove-ZoomScimGroup -Confirm:$false | Should -BeNullOrEmpty
        '', ' ' | New-ZoomScimGroup | Should -BeNullOrEmpty
        (Get-ErrorOf { Get-ZoomScimGroup '' }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.NotAGroup,*'
    }

    It 'says which group is not there, and goes on' {
        $streams = Get-StreamsOf { Get-ZoomScimGroup 'No such group', Sales -ErrorAction Continue }
        $streams.Error.Count | Should -Be 1
        $streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Group.NotFound,*'
        $streams.Error[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $streams.Output.DisplayName | Should -Be 'Sales'
    }

    It 'warns once when the token may not read members' {
        $streams = Get-StreamsOf { Get-ZoomScimGroup -IncludeMember }
        $streams.Output.Count | Should -BeGreaterThan 3
        $streams.Error | Should -BeNullOrEmpty
        $streams.Warning.Count | Should -Be 1
        $streams.Warning[0] | Should -BeLike '*group:read:list_members:admin*'
        $streams.Output[0].Members | Should -Be $null
    }

    It 'reads members when the token may' {
        $reading = New-ReadingZoom
        $users = Get-ZoomScimUser -Connection $reading.Connection | Where-Object Active | Select-Object -First 3
        $null = New-ZoomScimGroup Readers -Connection $reading.Connection
        $null = $users | Add-ZoomScimGroupMember Readers -Connection $reading.Connection
        $group = Get-ZoomScimGroup Readers -IncludeMember -Connection $reading.Connection
        $group.Members.Count | Should -Be 3
        $group.Members.Email | Sort-Object | Should -Be ($users.UserName | Sort-Object)
        # And they can be taken out as they came.
        $gone = $group.Members | Remove-ZoomScimGroupMember Readers -Confirm:$false -Connection $reading.Connection
        $gone.Outcome | Should -Be @('Done', 'Done', 'Done')
        (Get-ZoomScimGroup Readers -IncludeMember -Connection $reading.Connection).Members.Count | Should -Be 0
    }
}

Describe 'New-, Set- and Remove-ZoomScimGroup' {
    It 'creates, changes and deletes a group called <_>' -ForEach @(
        'Plain', "O'Brien & Sons", 'The "A" team', 'Vertrieb Süd / 日本 🦊', 'back\slash', '100% [all] $me `x`', 'x'
    ) {
        $name = "T $_"
        $made = New-ZoomScimGroup -Name $name -EmailAlias 'team@example.com'
        $made | Should -BeOfType ZoomProvisioning.Plans.GroupResult
        $made.Outcome | Should -Be 'Done'
        $made.Name | Should -BeExactly $name
        (Get-ZoomScimGroup $name).Id | Should -Be $made.Id
        (Get-ZoomScimGroup $name).EmailAlias | Should -Be 'team@example.com'

        $set = Set-ZoomScimGroup $name -Name "$name 2" -EmailAlias 'two@example.com' -PassThru
        $set.DisplayName | Should -BeExactly "$name 2"
        $set.EmailAlias | Should -Be 'two@example.com'
        $set.Id | Should -Be $made.Id

        (Remove-ZoomScimGroup "$name 2" -Confirm:$false).Outcome | Should -Be 'Done'
        (Get-ErrorOf { Get-ZoomScimGroup "$name 2" }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Group.NotFound,*'
    }

    It 'refuses a name that is taken, or skips it' {
        $before = Get-ZoomState $zoom
        $failure = Get-ErrorOf { New-ZoomScimGroup SALES }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Zoom.Group.AlreadyExists,*'
        $failure.CategoryInfo.Category | Should -Be 'ResourceExists'
        (New-ZoomScimGroup SALES -IfExists Skip).Outcome | Should -Be 'Skipped'
        (New-ZoomScimGroup SALES -IfExists Skip -PassThru).DisplayName | Should -BeExactly 'Sales'
        { New-ZoomScimGroup SALES -IfExists Update } | Should -Throw
        Get-ZoomState $zoom | Should -Be $before
    }

    It 'takes rows of a file' {
        $rows = 'Name,EmailAlias', 'Row one,one@example.com', 'Row two,' | ConvertFrom-Csv
        $made = $rows | New-ZoomScimGroup -PassThru
        $made.DisplayName | Should -Be @('Row one', 'Row two')
        $made[0].EmailAlias | Should -Be 'one@example.com'
        $made | Remove-ZoomScimGroup -Confirm:$false | Out-Null
    }

    It 'says where one group is taken that it is one at a time' {
        "$(Get-ErrorOf { Set-ZoomScimGroup Everyone, Others -NewName X })" | Should -BeLike '*one at a time*'
        "$(Get-ErrorOf { New-ZoomScimUser a@example.com, b@example.com })" | Should -BeLike '*One at a time*pipe*'
    }

    It 'passes on Zoom''s words when a new name is taken' {
        $failure = Get-ErrorOf { Set-ZoomScimGroup Finance -Name Sales }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Zoom.Group.AlreadyExists,*'
        "$failure" | Should -BeLike '*"Group Sales exists."*'
    }

    It 'sends nothing when Zoom has it so already, and nothing for empty values' {
        Clear-SentRequest $zoom
        (Set-ZoomScimGroup Sales -Name Sales).Outcome | Should -Be 'NoChange'
        $streams = Get-StreamsOf { Set-ZoomScimGroup Sales -EmailAlias '' }
        $streams.Warning[0] | Should -BeLike '-EmailAlias is empty*'
        Get-GroupRequest | Should -BeNullOrEmpty
    }

    It 'does not delete the default group, in Zoom''s words' {
        $failure = Get-ErrorOf { Remove-ZoomScimGroup Everyone -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Zoom.Group.DefaultProtected,*'
        "$failure" | Should -BeLike '*Cannot delete account default group.*'
        (Get-ZoomScimGroup Everyone).DisplayName | Should -Be 'Everyone'
    }

    It 'obeys the switches of the connection' {
        $before = Get-ZoomState $zoom
        $zoom.Connection | Out-Null
        Set-ZoomScimConnection -Connection $zoom.Connection -AllowCreate $false -AllowUpdate $false -AllowDeprovision $false
        try {
            $streams = Get-StreamsOf {
                New-ZoomScimGroup Forbidden
                Set-ZoomScimGroup Sales -Name Forbidden
                Remove-ZoomScimGroup Sales -Confirm:$false
                $active[0] | Add-ZoomScimGroupMember Sales
            }
        }
        finally {
            Set-ZoomScimConnection -Connection $zoom.Connection -AllowCreate $true -AllowUpdate $true -AllowDeprovision $true
        }
        $streams.Output.Outcome | Should -Be @('Skipped', 'Skipped', 'Skipped', 'Skipped')
        $streams.Warning.Count | Should -Be 4
        Get-ZoomState $zoom | Should -Be $before
    }
}

Describe 'Add- and Remove-ZoomScimGroupMember' {
    BeforeEach {
        $null = New-ZoomScimGroup Members
        Clear-SentRequest $zoom
    }

    AfterEach { $null = Get-ZoomScimGroup Members -ErrorAction SilentlyContinue | Remove-ZoomScimGroup -Confirm:$false }

    It 'adds 65 users in 3 requests and takes them out again, never replacing' {
        $some = $active | Select-Object -First 65
        $results = $some | Add-ZoomScimGroupMember -Group Members
        $results | Should -BeOfType ZoomProvisioning.Plans.GroupMemberResult
        $results.UserName | Should -Be $some.UserName
        $results.Outcome | Select-Object -Unique | Should -Be 'Done'
        $results[0].Group | Should -Be 'Members'
        $results[0].Source.Id | Should -Be $some[0].Id
        $requests = Get-GroupRequest
        $requests.Count | Should -Be 3
        $requests | ForEach-Object { @((ConvertFrom-Json $_.body).Operations[0].value).Count } | Should -Be @(30, 30, 5)
        Get-TrueMember Members | Sort-Object | Should -Be ($some.UserName | Sort-Object)

        $gone = $some | Remove-ZoomScimGroupMember Members -Confirm:$false
        $gone.UserName | Should -Be $some.UserName
        Get-TrueMember Members | Should -BeNullOrEmpty
        $all = Get-GroupRequest
        $all.Count | Should -Be 6
        $all | ForEach-Object { @((ConvertFrom-Json $_.body).Operations.op | Select-Object -Unique) } | Select-Object -Unique | Should -Be @('add', 'remove')
        # The users were in hand, so nobody was looked up.
        @(Get-SentRequest $zoom | Where-Object { $_.path -like '/scim2/Users*' }) | Should -BeNullOrEmpty
    }

    It 'takes ids, addresses, users, records and results, by parameter and by pipeline' {
        $mixed = $active[0].Id, $active[1].UserName.ToUpperInvariant(), $active[2], @{ Mail = $active[3].UserName },
            [pscustomobject]@{ UserPrincipalName = $active[4].UserName }
        $results = Add-ZoomScimGroupMember Members -Member $mixed
        $results.UserName | Should -Be $active[0..4].UserName
        $results.Outcome | Select-Object -Unique | Should -Be 'Done'
        (Get-GroupRequest).Count | Should -Be 1
        $gone = $mixed | Remove-ZoomScimGroupMember Members -Confirm:$false
        $gone.UserName | Should -Be $active[0..4].UserName
        # What Add gave back can be handed to Remove, and the other way round.
        ($gone | Add-ZoomScimGroupMember Members | Remove-ZoomScimGroupMember Members -Confirm:$false).Outcome | Select-Object -Unique | Should -Be 'Done'
        Get-TrueMember Members | Should -BeNullOrEmpty
    }

    It 'takes users just created' {
        $results = New-ZoomScimUser fresh@example.com | Add-ZoomScimGroupMember Members
        $results.UserName | Should -Be 'fresh@example.com'
        Get-TrueMember Members | Should -Be 'fresh@example.com'
    }

    It 'takes the group as an object or by id' {
        $group = Get-ZoomScimGroup Members
        (Add-ZoomScimGroupMember $group $active[0]).Outcome | Should -Be 'Done'
        (Add-ZoomScimGroupMember $group.Id $active[1]).Group | Should -Be 'Members'
        (Get-TrueMember Members).Count | Should -Be 2
    }

    It 'reports unknown and inactive members each, in order, and adds the others' {
        $names = $active[0].UserName, 'nobody@example.com', $inactive[0].UserName, 'no-such-id', $active[1].UserName
        $streams = Get-StreamsOf { $names | Add-ZoomScimGroupMember Members -ErrorAction Continue }
        $streams.Output.UserName | Should -Be @($active[0].UserName, $inactive[0].UserName, $active[1].UserName)
        $streams.Output.Outcome | Should -Be @('Done', 'Skipped', 'Done')
        $streams.Error.Count | Should -Be 2
        $streams.Error[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.User.NotFound,*'
        "$($streams.Error[0])" | Should -BeLike '*nobody@example.com*'
        $streams.Warning.Count | Should -Be 1
        $streams.Warning[0] | Should -BeLike "$($inactive[0].UserName): skipped*only active users*"
        Get-TrueMember Members | Sort-Object | Should -Be ($active[0, 1].UserName | Sort-Object)
    }

    It 'can be run again, and sends who is named twice once' {
        $null = $active[0], $active[1], $active[0] | Add-ZoomScimGroupMember Members
        $again = $active[0], $active[1], $active[0] | Add-ZoomScimGroupMember Members
        $again.Outcome | Should -Be @('Done', 'Done', 'NoChange')
        (Get-TrueMember Members).Count | Should -Be 2
        ($active[5] | Remove-ZoomScimGroupMember Members -Confirm:$false).Outcome | Should -Be 'Done'
    }

    It 'adds the others when Zoom refuses a request for one of them' {
        $ghost = New-ZoomScimUser ghost@example.com -PassThru
        $null = Remove-ZoomScimUser ghost@example.com -Action Delete -Confirm:$false
        Set-TestZoom $zoom @{ unknown_member = '400' }
        try {
            $streams = Get-StreamsOf { @($active[0..9]) + $ghost + @($active[10..19]) | Add-ZoomScimGroupMember Members -ErrorAction Continue }
        }
        finally {
            Set-TestZoom $zoom @{ unknown_member = 'ignored' }
        }
        $streams.Output.Outcome | Select-Object -Unique | Should -Be 'Done'
        $streams.Output.Count | Should -Be 20
        $streams.Error.Count | Should -Be 1
        "$($streams.Error[0])" | Should -BeLike '*ghost@example.com*'
        (Get-TrueMember Members).Count | Should -Be 20
    }

    It 'ends before anything when there is no such group' {
        $failure = Get-ErrorOf { $active[0] | Add-ZoomScimGroupMember 'No such group' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Zoom.Group.NotFound,*'
        Get-GroupRequest | Should -BeNullOrEmpty
    }

    It 'gives the users with -PassThru' {
        ($active[0], $active[1] | Add-ZoomScimGroupMember Members -PassThru).UserName | Should -Be $active[0, 1].UserName
    }

    It 'leaves nothing behind after Select-Object -First' {
        $first = Get-StreamsOf { $active | Select-Object -First 65 | Add-ZoomScimGroupMember Members | Select-Object -First 1 }
        $first.Output.Count | Should -Be 1
        $first.Warning[0] | Should -BeLike '*was ended early with * record(s) under way*'
    }
}

Describe 'Asking' {
    It 'sends no write with -WhatIf' {
        $before = Get-ZoomState $zoom
        Clear-SentRequest $zoom
        New-ZoomScimGroup Never -WhatIf | Should -BeNullOrEmpty
        Set-ZoomScimGroup Sales -Name Never -EmailAlias never@example.com -WhatIf | Should -BeNullOrEmpty
        Remove-ZoomScimGroup Sales -WhatIf | Should -BeNullOrEmpty
        $active[0..39] | Add-ZoomScimGroupMember Sales -WhatIf | Should -BeNullOrEmpty
        $active[0..39] | Remove-ZoomScimGroupMember Sales -WhatIf | Should -BeNullOrEmpty
        Get-GroupRequest | Should -BeNullOrEmpty
        Get-ZoomState $zoom | Should -Be $before
    }

    It 'says in words what it would do' -Tag ChildShell {
        $out = Invoke-ChildPowerShell @'
Import-Module $modulePath
Connect-ZoomScim -Simulator
$user = Get-ZoomScimUser admin@example.com
Start-Transcript ($file = [IO.Path]::GetTempFileName()) | Out-Null
$user | Add-ZoomScimGroupMember Sales -WhatIf
Remove-ZoomScimGroup Sales -WhatIf
Stop-Transcript | Out-Null
"JSON:" + (ConvertTo-Json -Compress @(Get-Content $file | Where-Object { $_ -like 'What if*' }))
Remove-Item $file
'@
        $out[0] | Should -BeLike "*""Add to Zoom group 'Sales'""*<admin@example.com>*"
        $out[1] | Should -BeLike '*"DELETE Zoom group for good*" on target "Sales"*'
    }

    It 'asks before deleting where nobody can answer, and says what to do' -Tag ChildShell {
        $out = Invoke-ChildPowerShell @'
Import-Module $modulePath
Connect-ZoomScim -Simulator
try { Remove-ZoomScimGroup Sales; $id = '' } catch { $id = $_.FullyQualifiedErrorId }
"JSON:" + (ConvertTo-Json -Compress @($id, (Get-ZoomScimGroup Sales).DisplayName))
'@
        $out[0] | Should -BeLike 'Zoom.Call.CannotAsk,*'
        $out[1] | Should -Be 'Sales'
    }
}

Describe 'Names and views' {
    It 'completes groups that were listed, and asks Zoom nothing' {
        $null = New-ZoomScimGroup "Zebra O'Brien"
        $null = Get-ZoomScimGroup
        Clear-SentRequest $zoom
        $found = (TabExpansion2 'Add-ZoomScimGroupMember -Group Zeb').CompletionMatches
        $found.CompletionText | Should -Be "'Zebra O''Brien'"
        (TabExpansion2 'Get-ZoomScimGroup Sal').CompletionMatches.CompletionText | Should -Contain 'Sales'
        Get-SentRequest $zoom | Should -BeNullOrEmpty
        $null = Remove-ZoomScimGroup "Zebra O'Brien" -Confirm:$false
        @((TabExpansion2 'Get-ZoomScimGroup Zeb').CompletionMatches | Where-Object CompletionText -Like '*Zebra*') | Should -BeNullOrEmpty
    }

    It 'fits into 80 columns' {
        $null = New-ZoomScimGroup 'A group with quite a long name that goes on and on' -EmailAlias 'a.group.with.quite.a.long.name@example.com'
        $things = @(
            , @(Get-ZoomScimGroup)
            , @(Get-ZoomScimGroup Sales)
            , @(Set-ZoomScimGroup 'A group with quite a long name that goes on and on' -Name 'Short')
            , @($active[0..2] | Add-ZoomScimGroupMember Short)
        )
        foreach ($thing in $things) {
            $lines = ($thing | Out-String -Width 80) -split '\r?\n' | ForEach-Object { $_ -replace '\e\[[0-9;]*m', '' }
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
            @($lines | Where-Object { $_ -match '^-+ ' }).Count | Should -Be 1
        }
        $null = Remove-ZoomScimGroup Short -Confirm:$false
    }
}
