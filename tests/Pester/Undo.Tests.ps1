#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# One history of every write, and taking a run or a command back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
    $jill = 'siobhan.muller@example.com'
    $rules = (Resolve-Path (Join-Path $PSScriptRoot '../../examples/rules')).ProviderPath
}

Describe 'History of every write' {
    BeforeEach {
        $null = Connect-ZoomScim -Simulator
    }

    AfterEach {
        Disconnect-ZoomScim -All -ErrorAction Ignore
    }

    It 'knows commands on people, groups and members, with what was called and not with values' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $null = New-ZoomScimGroup Team
        $null = $jill | Add-ZoomScimGroupMember -Group Team
        $null = Set-ZoomScimGroup Team -Name Crew
        $null = Remove-ZoomScimGroup Crew -Confirm:$false

        $runs = @(Get-ZoomProvisioningRun)
        $runs.What | Should -Be @(
            'Remove-ZoomScimGroup -Identity', 'Set-ZoomScimGroup -Identity -Name', 'Add-ZoomScimGroupMember -Group', 'New-ZoomScimGroup -Name',
            'Set-ZoomScimUser -Department -Identity')
        $runs.Done | Should -Be @(1, 1, 1, 1, 1)
        $runs.Outcome | Select-Object -Unique | Should -Be 'Done'
        $runs[0].Actor | Should -Be "$([Environment]::UserName)@$([Environment]::MachineName)"
    }

    It 'finds entries by person, attribute, action and run' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $null = Set-ZoomScimUser $jill -Phone '+1 5125550123'

        @(Get-ZoomProvisioningHistory -User 'siobhan*').Count | Should -Be 4
        @(Get-ZoomProvisioningHistory -UserName 'siobhan*').Count | Should -Be 4
        @(Get-ZoomProvisioningHistory -Attribute Depart*).Count | Should -Be 2
        @(Get-ZoomProvisioningHistory -Action Update).Count | Should -Be 4
        @(Get-ZoomProvisioningHistory -Before 2020-01-01).Count | Should -Be 0
        $run = Get-ZoomProvisioningRun -Last 1
        @($run | Get-ZoomProvisioningHistory).Kind | Should -Be @('RunStarted', 'Intent', 'Outcome', 'RunEnded')
        (Get-ZoomProvisioningHistory -Attribute Department | Where-Object Kind -EQ 'Intent').Before['userName'] | Should -Be $jill
    }

    It 'finds somebody by the name of today in what was done under the one before, and by the full name' {
        $id = (Get-ZoomScimUser $jill).Id
        $null = Set-ZoomScimUser $jill -Department Legal
        $null = Set-ZoomScimUser $jill -NewUserName siobhan.klein@example.com
        $null = Set-ZoomScimUser jurgen.garcialopez@example.com -Department Legal
        $entries = @(Get-ZoomProvisioningHistory -User siobhan.klein@example.com)
        $entries.Kind | Should -Be @('Intent', 'Outcome', 'Intent', 'Outcome')
        $entries.ZoomId | Select-Object -Unique | Should -Be $id
        @(Get-ZoomProvisioningHistory -User "Siobh$([char]0xE1)n M$([char]0xFC)ller").Count | Should -Be 4
        @(Get-ZoomProvisioningRun -User siobhan.klein@example.com).Count | Should -Be 2
        @(Get-ZoomProvisioningHistory -Actor ([Environment]::UserName)).Count | Should -Be 12
        $screen = @($entries | Format-Table | Out-String -Width 80 -Stream)
        $screen -join "`n" | Should -Match "(?m)^At +Actor +User +What"
        $screen -join "`n" | Should -BeLike "*$([Environment]::UserName.Substring(0, 1))*siobhan*Update: *"
    }

    It 'says that nobody of a name was found, and of a time without a name only where it is asked' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $null = Get-ZoomProvisioningHistory -User x -WarningVariable user -WarningAction SilentlyContinue
        $null = Get-ZoomProvisioningRun -Actor nobody -WarningVariable actor -WarningAction SilentlyContinue
        $null = Get-ZoomProvisioningHistory -Before 2020-01-01 -WarningVariable none -WarningAction SilentlyContinue
        "$user" | Should -BeLike "Nothing in the history fits 'x'.*full name*-Explain*"
        "$actor" | Should -BeLike "Nothing in the history fits 'nobody'.*user@machine*"
        $none | Should -BeNullOrEmpty
    }

    It 'offers the last runs at Tab, in words' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $match = (TabExpansion2 'Undo-ZoomProvisioningRun ').CompletionMatches | Select-Object -First 1
        $match.CompletionText | Should -Be (Get-ZoomProvisioningRun -Last 1).RunId
        $match.ToolTip | Should -BeLike '*Set-ZoomScimUser -Department -Identity*1 done'
    }

    It 'says once that it cannot be written, and does the work' {
        $file = Join-Path $TestDrive 'file'
        Set-Content -LiteralPath $file -Value x
        $results = $jill, 'jurgen.garcialopez@example.com' |
            Set-ZoomScimUser -Department Legal -StatePath (Join-Path $file state) -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Outcome | Should -Be @('Done', 'Done')
        $results.Warnings | Should -Contain 'It was done, and is not written down.'
        @($warnings -match 'not written down, so history').Count | Should -Be 1
    }
}

Describe 'Undo-ZoomProvisioningRun' {
    BeforeEach {
        $null = Connect-ZoomScim -Simulator
        $before = Get-ZoomScimUser $jill
    }

    AfterEach {
        Disconnect-ZoomScim -All -ErrorAction Ignore
    }

    It 'puts back what a command changed, and an undo of that gives it again' {
        $null = Set-ZoomScimUser $jill -Department Legal -UserType Licensed
        $undo = Get-ZoomProvisioningRun -Last 1 | Undo-ZoomProvisioningRun -Confirm:$false
        $undo.Outcome | Should -Be 'Done'
        $now = Get-ZoomScimUser $jill
        $now.Department, $now.UserType | Should -Be @($before.Department, $before.UserType)

        $null = Undo-ZoomProvisioningRun $undo.RunId -Confirm:$false
        $now = Get-ZoomScimUser $jill
        $now.Department, $now.UserType | Should -Be @('Legal', 'Licensed')
    }

    It 'leaves what was changed since, and says so' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $run = Get-ZoomProvisioningRun -Last 1
        $null = Set-ZoomScimUser $jill -Department Finance
        $undo = Undo-ZoomProvisioningRun $run.RunId -Confirm:$false -WarningAction SilentlyContinue -WarningVariable warnings
        (Get-ZoomScimUser $jill).Department | Should -Be 'Finance'
        $undo.Outcome | Should -Be 'Attention'
        $warnings -join ' ' | Should -BeLike "*changed since the run and stays 'Finance'*"
    }

    It 'writes nothing with -WhatIf' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $plan = Undo-ZoomProvisioningRun (Get-ZoomProvisioningRun -Last 1).RunId -WhatIf
        $plan.Pending.Count | Should -Be 1
        (Get-ZoomScimUser $jill).Department | Should -Be 'Legal'
    }

    It 'brings a deleted person back as a new account, and says what that means' {
        $null = Remove-ZoomScimUser $jill -Action Delete -Confirm:$false
        $undo = Get-ZoomProvisioningRun -Last 1 | Undo-ZoomProvisioningRun -Confirm:$false
        $undo.Results[0].Reason | Should -BeLike '*a new account with what is known*'
        (Get-ZoomScimUser $jill).Department | Should -Be $before.Department
    }

    It 'holds what is too much of a rule''s run, lets it go when approved, and says that the rule will do it again' {
        $run = Import-Csv (Join-Path $rules '../users.csv') | Sync-ZoomScimUser -Rule (Join-Path $rules csv.json) -Confirm:$false -WarningAction Ignore
        $held = Undo-ZoomProvisioningRun $run.RunId -WhatIf -WarningAction SilentlyContinue -WarningVariable warnings
        $held.Held.Count | Should -BeGreaterThan 100
        $warnings -join ' ' | Should -BeLike "*The rule 'CSV staff' will do it again at its next run*"

        $undo = Undo-ZoomProvisioningRun $run.RunId -User z* -Confirm:$false -WarningAction Ignore
        $undo.Disabled | Should -Be $undo.Results.Count
        $undo.Undoes | Should -Be $run.RunId
    }

    It 'refuses somebody the run was not about, and writes nothing down' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $run = Get-ZoomProvisioningRun -Last 1
        { Undo-ZoomProvisioningRun $run.RunId -User nobody@example.com -Confirm:$false } | Should -Throw -ErrorId 'Zoom.History.NobodyInRun*'
        @(Get-ZoomProvisioningRun).Count | Should -Be 1
        (Get-ZoomScimUser $jill).Department | Should -Be 'Legal'
    }

    It 'takes a run for its id, wherever it stands' {
        $null = Set-ZoomScimUser $jill -Department Legal
        $run = Get-ZoomProvisioningRun -Last 1
        (Undo-ZoomProvisioningRun $run -WhatIf).Pending.Count | Should -Be 1
        @(Get-ZoomProvisioningHistory -RunId $run).RunId | Select-Object -Unique | Should -Be $run.RunId
        $undo = Undo-ZoomProvisioningRun -RunId $run -Confirm:$false
        (Undo-ZoomProvisioningRun $undo -WhatIf).Pending.Count | Should -Be 1
    }

    It 'says with whom something was undone before, and asks nobody where nothing is left to do' {
        $other = 'jurgen.garcialopez@example.com'
        $null = $jill, $other | Set-ZoomScimUser -Department Legal
        $run = Get-ZoomProvisioningRun -Last 1
        $null = Undo-ZoomProvisioningRun $run -User $jill -Confirm:$false
        $null = Undo-ZoomProvisioningRun $run -User $other -WhatIf -WarningAction SilentlyContinue -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $null = Undo-ZoomProvisioningRun $run -WhatIf -WarningAction SilentlyContinue -WarningVariable warnings
        $warnings -join ' ' | Should -BeLike "It was undone before for $jill, by the run *"
        # A question would end this host, in which nobody can be asked.
        (Undo-ZoomProvisioningRun $run -User $jill -Confirm -WarningAction Ignore).Outcome | Should -Be 'Done'
    }

    It 'knows no run of an id that is none' {
        { Undo-ZoomProvisioningRun nonsense -Confirm:$false } | Should -Throw -ErrorId 'Zoom.History.NoRun*'
    }
}
