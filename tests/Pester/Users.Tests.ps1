#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Get- and New-ZoomScimUser, -WhatIf and -Confirm, one user at a time.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 30 -Fast -Default
    function Find-User([string] $userName) { Get-ZoomScimUser -Filter "userName eq ""$userName""" | Get-ZoomScimUser }
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Get-ZoomScimUser' {
    It 'gives all users, the second page and the 101st user too' {
        $big = New-TestZoom -Users 230 -Fast
        $users = Get-ZoomScimUser -Connection $big.Connection
        $users.Count | Should -Be 232
        @($users.Id | Select-Object -Unique).Count | Should -Be 232
        $users | Should -BeOfType ZoomProvisioning.ScimUser
        $users[0].UserName | Should -Be 'owner@example.com'
        $users[100].UserName | Should -Not -BeNullOrEmpty
        $requests = Get-SentRequest $big
        $requests.Count | Should -Be 3
        ($requests.query -replace '.*startIndex=(\d+).*', '$1' | Sort-Object { [int] $_ }) -join ' ' | Should -Be '1 101 201'
    }

    It 'streams: the first users are there before the next page is asked for' {
        $big = New-TestZoom -Users 400 -Fast
        $first = Get-ZoomScimUser -Connection $big.Connection | Select-Object -First 3
        $first.Count | Should -Be 3
        (Get-SentRequest $big).Count | Should -BeLessOrEqual 2
    }

    It 'reads one by user name, in any case' {
        $user = Get-ZoomScimUser OWNER@example.com
        $user.UserName | Should -Be 'owner@example.com'
        $user.DisplayName | Should -Be 'Olivia Owner'
        $user.Roles | Should -Be 'Owner'
    }

    It 'reads one by id' {
        $id = (Get-ZoomScimUser owner@example.com).Id
        (Get-ZoomScimUser -Id $id).UserName | Should -Be 'owner@example.com'
    }

    It 'reads one whose id has & - _ / + = in it' {
        $odd = New-TestZoom -Users 0 -Fast
        $id = (Get-ZoomScimUser owner@example.com -Connection $odd.Connection).Id
        $odd.Simulator.ImportState($odd.Simulator.ExportState().Replace($id, 'a&b-c_d/e+f=g%20h?i'))
        $listed = Get-ZoomScimUser -Connection $odd.Connection | Where-Object UserName -EQ 'owner@example.com'
        $listed.Id | Should -Be 'a&b-c_d/e+f=g%20h?i'
        (Get-ZoomScimUser -Id $listed.Id -Connection $odd.Connection).UserName | Should -Be 'owner@example.com'
        ($listed | Get-ZoomScimUser -Connection $odd.Connection).UserName | Should -Be 'owner@example.com'
    }

    It 'reads several, in the order asked for' {
        (Get-ZoomScimUser admin@example.com, owner@example.com).UserName | Should -Be @('admin@example.com', 'owner@example.com')
    }

    It 'reads those whose names are piped' {
        ('owner@example.com', 'admin@example.com' | Get-ZoomScimUser).UserName | Should -Be @('owner@example.com', 'admin@example.com')
    }

    It 'reads again, with everything, those that are piped' {
        $listed = Get-ZoomScimUser | Where-Object { $_.UserName -like '*@example.org' } | Select-Object -First 2
        $full = $listed | Get-ZoomScimUser
        $full.Id | Should -Be $listed.Id
        $listed[0].Organization | Should -BeNullOrEmpty
        $full[0].Organization | Should -Be 'Example'
    }

    It 'reads everything of a list with -Detailed' {
        $all = Get-ZoomScimUser -Detailed
        $all.Count | Should -Be 32
        @($all | Where-Object { $_.Organization -eq 'Example' }).Count | Should -Be 30
    }

    It 'reads many at once with -Detailed, in the order of the list' {
        $big = New-TestZoom -Users 150
        Set-TestZoom $big @{ latency_ms = 60 }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $all = Get-ZoomScimUser -Detailed -Connection $big.Connection
        $watch.Stop()
        # One after the other they would take nine seconds.
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 6
        $all.Id | Should -Be (Get-ZoomScimUser -Connection $big.Connection).Id
        $all[40].Organization | Should -Be 'Example'
    }

    It 'says of one that cannot be read that it cannot, and gives the others' {
        $few = New-TestZoom -Users 10 -Fast
        $id = (Get-ZoomScimUser -Connection $few.Connection)[4].Id
        Set-TestZoom $few @{ faults = @(@{ kind = 'status'; status = 500; method = 'GET'; path = "/scim2/Users/$([Uri]::EscapeDataString($id))" }) }
        $all = Get-ZoomScimUser -Detailed -Connection $few.Connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $all.Count | Should -Be 11
        $problems.Count | Should -Be 1
        $problems[0].TargetObject.Id | Should -Be $id
    }

    It 'filters by <_>' -ForEach @('userName eq "owner@example.com"', 'userName eq owner@example.com', "USERNAME EQ 'owner@example.com'") {
        $found = @(Get-ZoomScimUser -Filter $_)
        $found.Count | Should -Be 1
        $found[0].UserName | Should -Be 'owner@example.com'
    }

    It 'filters by externalId, which is Zoom''s id' {
        $id = (Get-ZoomScimUser owner@example.com).Id
        (Get-ZoomScimUser -Filter "externalId eq ""$id""").UserName | Should -Be 'owner@example.com'
    }

    It 'gives nothing for a filter that fits nobody' {
        Get-ZoomScimUser -Filter 'userName eq "nobody@example.com"' | Should -BeNullOrEmpty
    }

    It 'refuses a filter Zoom does not have and sends nothing: <_>' -ForEach @('userName sw "j"', 'active eq true', 'displayName eq "x"', 'nonsense',
        'userName eq "a@example.com" or userName eq "b@example.com"') {
        Clear-SentRequest $zoom
        $problem = Get-ErrorOf { Get-ZoomScimUser -Filter $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Request.InvalidFilter,*'
        $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Where-Object*'
        (Get-SentRequest $zoom).Count | Should -Be 0
    }

    It 'has one error for each user that is not there, and goes on' {
        $users = Get-ZoomScimUser nobody@example.com, owner@example.com, 'no-such-id' -ErrorVariable problems -ErrorAction SilentlyContinue
        $users.UserName | Should -Be 'owner@example.com'
        $problems.Count | Should -Be 2
        $problems[0].FullyQualifiedErrorId | Should -Be 'Zoom.User.NotFound,ZoomProvisioning.Commands.GetZoomScimUserCommand'
        $problems[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problems[0].Exception.Message | Should -BeLike '*nobody@example.com*'
        $problems[1].Exception.Message | Should -BeLike '*no-such-id*'
    }

    It 'says that an address is pending or foreign: <_>' -ForEach @('pending@example.com', 'foreign@example.com') {
        (Get-ErrorOf { Get-ZoomScimUser $_ }).FullyQualifiedErrorId | Should -BeLike 'Zoom.User.PendingOrForeign,*'
    }
}

Describe 'New-ZoomScimUser' {
    It 'creates one from parameters' {
        $result = New-ZoomScimUser -UserName jill@example.com -GivenName Jill -FamilyName "O'Brien" -Title Boss -Department Sales `
            -Organization Example -Locale 'San Jose' -Phone '+1 (512) 555-0123' -UserType Licensed -Roles Member
        $result | Should -BeOfType ZoomProvisioning.Plans.ChangeResult
        $result.Outcome | Should -Be 'Done'
        $result.Action | Should -Be 'Create'
        $result.UserName | Should -Be 'jill@example.com'
        $result.Id | Should -Not -BeNullOrEmpty
        $user = Get-ZoomScimUser jill@example.com
        $user.Id | Should -Be $result.Id
        $user.GivenName, $user.FamilyName, $user.DisplayName | Should -Be @('Jill', "O'Brien", "Jill O'Brien")
        $user.Email | Should -Be 'jill@example.com'
        $user.Department, $user.Organization, $user.UserType | Should -Be @('Sales', 'Example', 'Licensed')
        $user.Phone | Should -Be '+1 5125550123'
        $user.Active | Should -BeTrue
    }

    It 'takes the user name by position and the mail address alone' {
        (New-ZoomScimUser by-position@example.com).Outcome | Should -Be 'Done'
        (New-ZoomScimUser -Email by-mail@example.com).UserName | Should -Be 'by-mail@example.com'
    }

    It 'gives the user back with -PassThru' {
        $user = New-ZoomScimUser passed@example.com -GivenName Pass -FamilyName Thru -PassThru
        $user | Should -BeOfType ZoomProvisioning.ScimUser
        $user.DisplayName | Should -Be 'Pass Thru'
    }

    It 'creates an inactive user when -Active $false is said' {
        (New-ZoomScimUser asleep@example.com -Active $false).Outcome | Should -Be 'Done'
        (Get-ZoomScimUser asleep@example.com).Active | Should -BeFalse
    }

    It 'refuses two different addresses and sends nothing' {
        Clear-SentRequest $zoom
        $problem = Get-ErrorOf { New-ZoomScimUser one@example.com -Email two@example.com }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.TwoAddresses,*'
        (Get-SentRequest $zoom).Count | Should -Be 0
    }

    It 'refuses what is no mail address: <_>' -ForEach @('jdoe', 'j doe@example.com', 'jdoe@localhost', '@example.com') {
        (Get-ErrorOf { New-ZoomScimUser $_ }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InvalidAddress,*'
    }

    It 'says that there is no address at all' {
        (Get-ErrorOf { New-ZoomScimUser -GivenName Jill }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.NoUserName,*'
    }

    It 'refuses a domain that is not the account''s, with Zoom''s words' {
        $problem = Get-ErrorOf { New-ZoomScimUser jill@elsewhere.invalid }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.User.DomainNotAssociated,*'
        $problem.Exception.ZoomMessage | Should -BeLike 'The email domain does not match*'
        $problem.Exception.TrackingId | Should -Not -BeNullOrEmpty
    }

    Context 'who exists' {
        BeforeAll { $null = New-ZoomScimUser there@example.com -GivenName Old -FamilyName Name }

        It 'is an error by default, and nothing is written' {
            Clear-SentRequest $zoom
            $problem = Get-ErrorOf { New-ZoomScimUser there@example.com -GivenName New }
            $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.User.AlreadyExists,*'
            $problem.CategoryInfo.Category | Should -Be 'ResourceExists'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-IfExists*'
            # Zoom's own no to the create is how it is found out.
            @(Get-SentRequest $zoom -Write | Where-Object status -LT 400).Count | Should -Be 0
            (Get-SentRequest $zoom).Count | Should -Be 2
            (Get-ZoomScimUser there@example.com).GivenName | Should -Be 'Old'
        }

        It 'is a reported skip with -IfExists Skip' {
            $result = New-ZoomScimUser there@example.com -GivenName New -IfExists Skip
            $result.Outcome | Should -Be 'Skipped'
            $result.Reason | Should -BeLike '*exists already*'
            $result.Id | Should -Not -BeNullOrEmpty
            (Get-ZoomScimUser there@example.com).GivenName | Should -Be 'Old'
        }

        It 'is brought to what is wanted with -IfExists Update' {
            $result = New-ZoomScimUser there@example.com -GivenName New -IfExists Update
            $result.Action | Should -Be 'Update'
            $result.Outcome | Should -Be 'Done'
            (Get-ZoomScimUser there@example.com).GivenName | Should -Be 'New'
            (New-ZoomScimUser there@example.com -GivenName New -IfExists Update).Outcome | Should -Be 'NoChange'
        }
    }

    It 'tells a pending or foreign address from a user of this account, whatever -IfExists says: <_>' -ForEach @('pending@example.com', 'foreign@example.com') {
        foreach ($ifExists in 'Fail', 'Skip', 'Update') {
            Clear-SentRequest $zoom
            $problem = Get-ErrorOf { New-ZoomScimUser $_ -IfExists $ifExists }
            $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.User.PendingOrForeign,*'
            $problem.Exception | Should -BeOfType ZoomProvisioning.ScimUserStateException
            @(Get-SentRequest $zoom -Write | Where-Object status -LT 400).Count | Should -Be 0
        }
    }

    It 'warns about an empty parameter and leaves the attribute alone' {
        $streams = Get-StreamsOf { New-ZoomScimUser empty@example.com -GivenName '' -FamilyName Full }
        $streams.Warning | Should -BeLike '*-GivenName is empty*'
        $streams.Output[0].Outcome | Should -Be 'Done'
    }

    It 'understands the older user type Pro, and says so' {
        $streams = Get-StreamsOf { New-ZoomScimUser pro@example.com -UserType Pro }
        $streams.Warning -join ' ' | Should -BeLike "*'Pro'*Licensed*"
        (Get-ZoomScimUser pro@example.com).UserType | Should -Be 'Licensed'
    }

    It 'settles a create whose reply was lost without making two' {
        Set-TestZoom $zoom @{ faults = @(@{ kind = 'drop'; method = 'POST'; when = 'after'; count = 1 }) }
        Clear-SentRequest $zoom
        (New-ZoomScimUser lost@example.com).Outcome | Should -Be 'Done'
        @(Get-SentRequest $zoom -Write | Where-Object { $_.method -eq 'POST' }).Count | Should -Be 1
        @(Get-ZoomScimUser | Where-Object UserName -EQ 'lost@example.com').Count | Should -Be 1
    }
}

Describe '-WhatIf and -Confirm' {
    BeforeAll { $null = New-ZoomScimUser whatif@example.com -GivenName What -FamilyName If }

    It 'sends no write with -WhatIf: <Name>' -ForEach @(
        @{ Name = 'New'; Command = { New-ZoomScimUser never@example.com -WhatIf } }
        @{ Name = 'New by pipeline'; Command = { 1..5 | ForEach-Object { @{ UserName = "never$_@example.com" } } | New-ZoomScimUser -WhatIf } }
        @{ Name = 'New -IfExists Update'; Command = { New-ZoomScimUser whatif@example.com -GivenName Other -IfExists Update -WhatIf } }
        @{ Name = 'Set'; Command = { Set-ZoomScimUser whatif@example.com -GivenName Other -WhatIf } }
        @{ Name = 'Set -Active'; Command = { Set-ZoomScimUser whatif@example.com -Active $false -WhatIf } }
        @{ Name = 'Remove'; Command = { Remove-ZoomScimUser whatif@example.com -WhatIf } }
        @{ Name = 'Remove -Action Delete'; Command = { Remove-ZoomScimUser whatif@example.com -Action Delete -WhatIf } }) {
        $before = Get-ZoomState $zoom
        Clear-SentRequest $zoom
        & $Command | Should -BeNullOrEmpty
        (Get-SentRequest $zoom -Write).Count | Should -Be 0
        (Get-SentRequest $zoom).Count | Should -BeGreaterThan 0 -Because 'looking is allowed'
        Get-ZoomState $zoom | Should -Be $before
    }

    It 'obeys $WhatIfPreference' {
        $before = Get-ZoomState $zoom
        & { $WhatIfPreference = $true; New-ZoomScimUser never@example.com } | Should -BeNullOrEmpty
        Get-ZoomState $zoom | Should -Be $before
    }

    It 'obeys -WhatIf of a calling function' {
        function Add-Somebody { [CmdletBinding(SupportsShouldProcess)] param() New-ZoomScimUser never@example.com }
        $before = Get-ZoomState $zoom
        Add-Somebody -WhatIf | Should -BeNullOrEmpty
        Get-ZoomState $zoom | Should -Be $before
    }

    It 'names the person and what would be done' {
        # What if goes to the host alone, which a transcript hears too.
        $transcript = Join-Path $TestDrive 'whatif.txt'
        $null = Start-Transcript -Path $transcript
        try {
            Set-ZoomScimUser whatif@example.com -Department Finance -WhatIf
            Remove-ZoomScimUser whatif@example.com -Action Delete -WhatIf
        }
        finally { $null = Stop-Transcript }
        $said = Get-Content $transcript -Raw
        $said | Should -BeLike '*What If <whatif@example.com>*'
        $said | Should -BeLike '*Department*Finance*'
        $said | Should -BeLike '*DELETE Zoom user for good*'
    }

    It 'does not ask before a create or a change, but before a removal' {
        # A runspace without anybody to ask: the question itself is the error.
        foreach ($case in @(@{ Text = 'New-ZoomScimUser unasked@example.com'; Asks = $false },
            @{ Text = 'Set-ZoomScimUser whatif@example.com -Title Boss'; Asks = $false },
                @{ Text = 'Remove-ZoomScimUser whatif@example.com'; Asks = $true }, @{ Text = 'New-ZoomScimUser asked@example.com -Confirm'; Asks = $true },
                @{ Text = '$ConfirmPreference = ''Medium''; New-ZoomScimUser asked@example.com'; Asks = $true },
                @{ Text = '$ConfirmPreference = ''None''; Remove-ZoomScimUser unasked@example.com'; Asks = $false })) {
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("param(`$path, `$connection) Import-Module `$path
                    `$PSDefaultParameterValues['*-ZoomScimUser:Connection'] = `$connection; $($case.Text)").
                    AddArgument((Get-TestModulePath)).AddArgument($zoom.Connection)
                $problem = $null
                $result = @()
                try { $result = @($shell.Invoke()) } catch { $problem = $_ }
                $problem = if ($problem) { $problem } else { $shell.Streams.Error | Select-Object -First 1 }
            }
            finally { $shell.Dispose() }
            if ($case.Asks) {
                $problem | Should -Not -BeNullOrEmpty -Because $case.Text
                $result.Count | Should -Be 0 -Because $case.Text
            }
            else {
                $problem | Should -BeNullOrEmpty -Because $case.Text
                $result[0].Outcome | Should -Be 'Done' -Because $case.Text
            }
        }

        (Get-ZoomScimUser whatif@example.com).Active | Should -BeTrue
        (Get-ErrorOf { Get-ZoomScimUser asked@example.com }).FullyQualifiedErrorId | Should -BeLike 'Zoom.User.NotFound,*'
    }
}

Describe 'Capabilities that are switched off' {
    BeforeAll { $null = New-ZoomScimUser capable@example.com -GivenName Cap -FamilyName Able }

    It 'make <Name> a reported skip' -ForEach @(
        @{ Name = 'creating'; Switch = 'AllowCreate'; Command = { New-ZoomScimUser forbidden@example.com } }
        @{ Name = 'changing'; Switch = 'AllowUpdate'; Command = { Set-ZoomScimUser capable@example.com -Department X } }
        @{ Name = 'adopting'; Switch = 'AllowUpdate'; Command = { New-ZoomScimUser capable@example.com -Department X -IfExists Update } }
        @{ Name = 'deactivating'; Switch = 'AllowDisable'; Command = { Set-ZoomScimUser capable@example.com -Active $false } }
        @{ Name = 'removing'; Switch = 'AllowDisable'; Command = { Remove-ZoomScimUser capable@example.com -Confirm:$false } }
        @{ Name = 'deleting'; Switch = 'AllowDeprovision'; Command = { Remove-ZoomScimUser capable@example.com -Action Delete -Confirm:$false } }) {
        $off = @{ $Switch = $false }
        $on = @{ $Switch = $true }
        Set-ZoomScimConnection @off
        try {
            Clear-SentRequest $zoom
            $streams = Get-StreamsOf $Command
            $streams.Error.Count | Should -Be 0
            $streams.Output[0].Outcome | Should -Be 'Skipped'
            $streams.Output[0].Reason | Should -BeLike "*-$Switch*"
            $streams.Warning -join ' ' | Should -BeLike '*skipped*switched off*'
            (Get-SentRequest $zoom -Write).Count | Should -Be 0
        }
        finally { Set-ZoomScimConnection @on }
    }
}

Describe 'A user as a script makes it' {
    It 'can be cast from a hashtable and created' {
        $user = [ZoomProvisioning.ScimUser]@{ UserName = 'cast@example.com'; GivenName = 'Cast'; FamilyName = 'Away' }
        ($user | New-ZoomScimUser).Outcome | Should -Be 'Done'
        (Get-ZoomScimUser cast@example.com).DisplayName | Should -Be 'Cast Away'
    }

    It 'has no property by a misspelt name' {
        { [ZoomProvisioning.ScimUser]@{ UserNmae = 'x' } } | Should -Throw '*UserNmae*'
    }
}

Describe 'Warnings about many records' {
    It 'come once for each kind, with the first five names' {
        $zoom = New-TestZoom -Users 0 -Default
        $warnings = $null
        $null = 1..30 | ForEach-Object { [pscustomobject]@{ UserName = "warned$_@example.com"; Phone = "555012$_" } } |
            New-ZoomScimUser -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings).Count | Should -Be 1
        "$warnings" | Should -BeLike '30 records (warned1@example.com, *and 25 more): a phone number*'
    }
}
