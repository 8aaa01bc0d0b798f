#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What a plan is worth: it is the same whatever the order, it is refused where it is not meant, and it can be read. And what
# can be known afterwards and beforehand about one person.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'A plan' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        $people = New-PersonList 6
        $sync = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
        $file = Join-Path $TestDrive 'plan.json'
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'does not depend on the order of the source' {
        $null = $people[0..3] | Sync-ZoomScimUser -Rule $rule @sync
        $people[1].Department = 'Research'
        $one = $people[1..5] | New-ZoomProvisioningPlan -Rule $rule
        $other = $people[5, 2, 4, 1, 3] | New-ZoomProvisioningPlan -Rule $rule
        $one.Pending.Count | Should -Be 4
        $other.Id | Should -Be $one.Id
        "$($other.Changes.UserName)" | Should -Be "$($one.Changes.UserName)"
    }

    It 'is refused for another account and for a changed rule, with -WhatIf as well' {
        $plan = $people | New-ZoomProvisioningPlan -Rule $rule
        { $plan | Invoke-ZoomProvisioningPlan -Rule (Save-Rule @{ removeAction = 'delete' }) -WhatIf } | Should -Throw -ErrorId 'Zoom.Plan.OtherRule*'
        ($plan | Invoke-ZoomProvisioningPlan -Rule $rule -WhatIf).Id | Should -Be $plan.Id
        # Two simulated accounts are one and the same to a plan, so another one is written into it.
        $plan.Account = 'SomebodyElse'
        { $plan | Invoke-ZoomProvisioningPlan -Rule $rule @sync } | Should -Throw -ErrorId 'Zoom.Plan.OtherAccount*'
        { $plan | Invoke-ZoomProvisioningPlan -Rule $rule -WhatIf } | Should -Throw -ErrorId 'Zoom.Plan.OtherAccount*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'is refused when it was changed by hand' {
        $people | New-ZoomProvisioningPlan -Rule $rule | Export-ZoomProvisioningPlan $file -Force
        $forged = Join-Path $TestDrive 'forged.json'
        [IO.File]::WriteAllText($forged, [IO.File]::ReadAllText($file).Replace('Sales', 'Forged'))
        (Get-ErrorOf { Import-ZoomProvisioningPlan $forged }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Plan.Invalid*'
        { Invoke-ZoomProvisioningPlan $forged -Rule $rule @sync } | Should -Throw -ErrorId 'Zoom.Plan.Invalid*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'leaves alone who was changed by hand since, and the next run says so' {
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $people[0].Department = 'Stale'
        $people[1].Department = 'Fresh'
        $people | New-ZoomProvisioningPlan -Rule $rule | Export-ZoomProvisioningPlan $file -HtmlPath (Join-Path $TestDrive 'plan.html') -Force
        Get-Content (Join-Path $TestDrive 'plan.html') -Raw | Should -Match '2 to update'
        (Get-ErrorOf { Import-ZoomProvisioningPlan $file | Export-ZoomProvisioningPlan $file }).FullyQualifiedErrorId | Should -BeLike 'Zoom.File.Exists*'
        $null = Set-ZoomScimUser person001@example.com -Department 'By hand'
        $run = Invoke-ZoomProvisioningPlan $file -Rule $rule -PassThru @sync
        $run[-1].Updated | Should -Be 1
        $skipped = @($run | Where-Object { "$($_.Outcome)" -eq 'Skipped' })
        $skipped.UserName | Should -Be 'person001@example.com'
        $skipped.Reason | Should -BeLike '*changed since the plan was made*'
        @(($people | Sync-ZoomScimUser -Rule $rule @sync).Drift).UserName | Should -Be 'person001@example.com'
    }

    It 'can be read in eighty columns' {
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $people[0].Department = 'Shown'
        $plan = $people | New-ZoomProvisioningPlan -Rule $rule
        $text = $plan | Out-String -Width 80
        $text | Should -Match 'Plan: 0 to create, 1 to update'
        $text | Should -Match '~ .*person001@example\.com'
        $text | Should -Match 'Department.*Sales.*Shown'
        @($text -split "`n" | Where-Object { $_.TrimEnd().Length -gt 80 }) | Should -BeNullOrEmpty
        ($plan.Pending | Out-String -Width 80) | Should -Match 'Update +Person001'
        $run = $people | Sync-ZoomScimUser -Rule $rule @sync
        ($run | Out-String -Width 80) | Should -Match 'Outcome +: Done'
    }
}

Describe 'One person explained' {
    BeforeAll {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule @{ scope = "Department ne 'Legal'"; protected = @{ users = @('person005@*') } }
        $people = New-PersonList 6
        $null = $people | Sync-ZoomScimUser -Rule $rule -Confirm:$false -WarningAction SilentlyContinue
        $writes = Get-WriteCount
        function Get-Explained([string] $Who, [object[]] $Of = $people) {
            $Of | Sync-ZoomScimUser -Rule $rule -Explain $Who -WarningAction SilentlyContinue
        }
    }

    AfterAll {
        Get-WriteCount | Should -Be $writes
        Disconnect-ZoomScim -All
    }

    It 'who changes: from the record to the request' {
        $changed = New-PersonList 6
        $changed[0].Department = 'Explained'
        $told = Get-Explained person001@example.com $changed
        "$($told.Change.Action) $($told.Record.InScope) $($told.Requests.Count)" | Should -Be 'Update True 1'
        "$($told.Requests[0])" | Should -BeLike 'PUT /Users/*Explained*'
        $text = $told | Out-String -Width 80
        $text | Should -Match 'Explained'
        $text | Should -Match 'Nothing was written'
    }

    It 'who needs nothing, by the anchor, with what was done before' {
        $told = Get-Explained '3'
        $told | Out-String -Width 300 | Should -Match 'Before: .* Create: Done \(run [0-9a-f]{12}\)'
        "$($told.UserName) $($told.Change.Action) $($told.Requests.Count)" | Should -Be 'person003@example.com NoOp 0'
    }

    It 'who has left the source' {
        $told = Get-Explained person006@example.com $people[0..4]
        $told.Record | Should -BeNullOrEmpty
        $told.Change.Action | Should -Be 'Disable'
        "$($told.Requests[0])" | Should -BeLike 'PATCH /Users/*'
        $told | Out-String -Width 80 | Should -Match 'not in the source'
    }

    It 'who is on the way out, and what comes when' {
        $slow = Save-Rule @{ scope = "Department ne 'Legal'"; leavers = @{ missingRuns = 2; missingDays = 3 } }
        $told = $people[0..4] | Sync-ZoomScimUser -Rule $slow -Explain person006@example.com -WarningAction SilentlyContinue
        $told | Out-String -Width 300 | Should -Match 'Plan: NoOp: .*; missed in 1 of 2 runs, and disabled by the next run'
    }

    It 'who is out of scope' {
        $moved = New-PersonList 6
        $moved[1].Department = 'Legal'
        $told = Get-Explained person002@example.com $moved
        "$($told.Record.InScope) $($told.Change.Action)" | Should -Be 'False Disable'
        $never = Get-Explained new@example.com (@($people) + (New-Person '77' 'New' 'Legal'))
        "$($never.Record.InScope)" | Should -Be 'False'
        $never.Requests.Count | Should -Be 0
        $text = $never | Out-String -Width 300
        $text | Should -BeLike "*Zoom: not there*Plan: nothing, because the record is out of the rule's scope: Department ne 'Legal' (Department is 'Legal').*"
    }

    It 'by a full name whose record has no address, and not by a name that several have' {
        $nameless = New-Person '99' 'Anna' 'Research'
        $nameless.UserName = ''
        $told = Get-Explained "$($nameless.FirstName) $($nameless.LastName)" (@($people) + $nameless)
        "$($told.Record.Anchor) $($told.Change.Action)" | Should -Be '99 Blocked'
        $told | Out-String -Width 300 | Should -Match 'Problem: .*no user name'
        $failure = Get-ErrorOf { Get-Explained Legal ((New-Person '1' 'Ann' 'Legal'), (New-Person '2' 'Ben' 'Legal')) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Zoom.Source.SeveralFound*'
        "$failure" | Should -BeLike "'Legal' fits 2 people in the source: *ann@example.com*ben@example.com*"
    }

    It 'who is protected' {
        $told = Get-Explained person005@example.com
        "$($told.Change.Action) $($told.Requests.Count)" | Should -Be 'Protected 0'
    }

    It 'who is in the source twice' {
        $told = Get-Explained person004@example.com (@($people) + (New-Person '88' 'Person004' 'Research'))
        "$($told.Change.Action) $($told.Requests.Count)" | Should -Be 'Blocked 0'
        $told.Reason | Should -Match '2 records'
    }

    It 'whom nobody knows' {
        (Get-ErrorOf { Get-Explained nobody@example.com }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Source.NobodyFound*'
    }
}

Describe 'The history of a rule' {
    BeforeAll {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        $people = New-PersonList 20
        $state = Join-Path $TestDrive 'history'
        $sync = @{ StatePath = $state; Confirm = $false; WarningAction = 'SilentlyContinue' }
        $first = $people | Sync-ZoomScimUser -Rule $rule @sync
        $held = $people[0..9] | Sync-ZoomScimUser -Rule $rule @sync
        $journal = (Get-ChildItem $state -Recurse -Filter journal.jsonl).FullName
        $good = [IO.File]::ReadAllText($journal)
        function Set-Journal([string] $Text) { [IO.File]::WriteAllText($journal, $Text) }
    }

    AfterEach { Set-Journal $good }
    AfterAll { Disconnect-ZoomScim -All }

    It 'is asked for by person, run and end' {
        $all = @(Get-ZoomProvisioningHistory $rule -StatePath $state)
        $all[0].Number | Should -Be 1
        @(Get-ZoomProvisioningHistory $rule -StatePath $state -User person00?@*).Count | Should -Be 18
        @(Get-ZoomProvisioningHistory $rule -StatePath $state -Last 3).Number | Should -Be $all[-3..-1].Number
        # That the ledger was saved has a line of its own in the journal, which nobody wants to read.
        $all.Kind | Should -Not -Contain LedgerSaved
        @(Get-ZoomProvisioningHistory $rule -StatePath $state -RunId $held.RunId | Where-Object { "$($_.Outcome)" -eq 'Held' }).Count | Should -Be 10
        ($all | Select-Object -First 5 | Format-Table | Out-String -Width 80) | Should -Match 'Run started'
    }

    It 'shows a line that is gone, moved, put in, or cut' {
        $check = { Test-ZoomProvisioningHistory $rule -StatePath $state }
        (& $check).IsIntact | Should -BeTrue
        $lines = $good.TrimEnd("`n") -split "`n"
        Set-Journal ((@($lines[0..8]) + $lines[10..($lines.Count - 1)] -join "`n") + "`n")
        $found = & $check
        "$($found.IsIntact) $($found.FirstBadLine)" | Should -Be 'False 10'
        Set-Journal ((@($lines[0..8]) + $lines[10] + $lines[9] + $lines[11..($lines.Count - 1)] -join "`n") + "`n")
        (& $check).FirstBadLine | Should -Be 10
        Set-Journal ((@($lines[0..9]) + $lines[9] + $lines[10..($lines.Count - 1)] -join "`n") + "`n")
        (& $check).FirstBadLine | Should -Be 11
        Set-Journal ((@($lines[0..20]) -join "`n") + "`n")
        (& $check).IsIntact | Should -BeFalse
    }

    It 'is not taken for empty or whole where there is none' {
        $never = Save-Rule @{ name = 'Never run' }
        (Get-ErrorOf { Get-ZoomProvisioningHistory $never -StatePath $state }).FullyQualifiedErrorId | Should -BeLike 'Zoom.History.None*'
        (Get-ErrorOf { Test-ZoomProvisioningHistory $never -StatePath $state }).FullyQualifiedErrorId | Should -BeLike 'Zoom.History.None*'
    }

    It 'is read from its folder without rule and connection, and with a connection that is switched off' {
        Set-ZoomScimConnection -Enabled $false -Confirm:$false
        @(Get-ZoomProvisioningHistory $rule -StatePath $state -Last 1).Kind | Should -Be 'RunEnded'
        Disconnect-ZoomScim -All
        @(Get-ZoomProvisioningHistory -StatePath (Split-Path $journal) -Last 1).Kind | Should -Be 'RunEnded'
        (Test-ZoomProvisioningHistory -StatePath (Split-Path $journal)).IsIntact | Should -BeTrue
        (Get-ErrorOf { Get-ZoomProvisioningHistory $rule -StatePath $state }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotConnected*'
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        (Get-ErrorOf { Test-ZoomProvisioningHistory -StatePath $state }).FullyQualifiedErrorId | Should -BeLike 'Zoom.History.NoRule*'
    }
}

Describe 'Around a run' {
    AfterEach { Disconnect-ZoomScim -All }

    It 'keeps the state of a simulated account no longer than the connection' {
        Connect-ZoomScim -Simulator -Name passing
        $connection = Get-ZoomScimConnection passing
        $rule = Save-Rule @{ name = 'Passing' }
        (New-Person '1' 'Passing' | Sync-ZoomScimUser -Rule $rule -Connection passing -Confirm:$false).Created | Should -Be 1
        $folder = $connection.GetType().GetProperty('TemporaryState',
            [Reflection.BindingFlags]'Instance, NonPublic').GetValue($connection.PSObject.BaseObject).Value
        Test-Path $folder | Should -BeTrue
        @(Get-ZoomProvisioningHistory $rule -Connection passing).Count | Should -BeGreaterThan 2
        Disconnect-ZoomScim passing
        Test-Path $folder | Should -BeFalse
    }

    It 'finds mistakes in rule and source without a connection with -ValidateOnly' {
        $bad = New-Person '2' 'Bad'
        $bad.UserName = $null
        foreach ($command in 'Sync-ZoomScimUser', 'New-ZoomProvisioningPlan') {
            $found = @()
            $output = @((New-Person '1' 'Good'), $bad | & $command -Rule (Save-Rule) -ValidateOnly -ErrorVariable found -ErrorAction SilentlyContinue)
            $output.Count | Should -Be 0
            @($found.FullyQualifiedErrorId) | Should -BeLike 'Zoom.Record.NoUserName*'
        }
    }

    It 'says -Confirm:$false where nobody can answer, and nothing where nothing is pending' -Tag ChildShell {
        $rule = Save-Rule
        $told = Invoke-ChildPowerShell @"
Import-Module `$modulePath
Connect-ZoomScim -Simulator -SimulatorUsers 0
`$person = [pscustomobject]@{ Key = 'A1'; UserName = 'a1@example.com'; FirstName = 'A'; LastName = 'One' }
`$advice = try { `$person | Sync-ZoomScimUser -Rule '$rule'; 'nothing' } catch { `$_.ErrorDetails.RecommendedAction }
`$null = `$person | Sync-ZoomScimUser -Rule '$rule' -Confirm:`$false
`$quiet = "`$((`$person | Sync-ZoomScimUser -Rule '$rule').Outcome)"
'JSON:' + (ConvertTo-Json @{ advice = "`$advice"; quiet = `$quiet } -Compress)
"@
        $told.advice | Should -BeLike '*-Confirm:$false*'
        $told.quiet | Should -Be 'Done'
    }

    It 'ends for what is no record, before anything is sent' {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        { @(New-PersonList 2) + 42 | Sync-ZoomScimUser -Rule (Save-Rule) -Confirm:$false } | Should -Throw -ErrorId 'Zoom.Record.NotARecord*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'does not begin without the log it was to write, and keeps a run whose report cannot be written' {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        { New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -LogPath $TestDrive -Confirm:$false } | Should -Throw -ErrorId 'Zoom.File.NotWritten*'
        { New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -StatePath Env:/state -Confirm:$false } | Should -Throw -ErrorId 'Zoom.File.NotAFile*'
        Get-Write | Should -BeNullOrEmpty
        $run = New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -ReportPath $TestDrive -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        "$($run.Outcome) $($run.Created)" | Should -Be 'Done 2'
        @($failed.FullyQualifiedErrorId) | Should -BeLike 'Zoom.File.NotWritten*'
        { $run.Plan | Export-ZoomProvisioningPlan $TestDrive -Force } | Should -Throw -ErrorId 'Zoom.File.NotWritten*'
        { $run | Export-ZoomProvisioningReport $TestDrive } | Should -Throw -ErrorId 'Zoom.File.NotWritten*'
    }

    It 'ends its log with the error that ended it' {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        $state = Join-Path $TestDrive 'broken'
        $log = Join-Path $TestDrive 'broken.jsonl'
        $null = New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -StatePath $state -Confirm:$false
        Set-Content -LiteralPath (Get-ChildItem $state -Recurse -Filter ledger.json).FullName 'no ledger'
        { New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -StatePath $state -LogPath $log -Confirm:$false } |
            Should -Throw -ErrorId 'Zoom.State.LedgerDamaged*'
        $line = Get-Content $log | Select-Object -Last 1 | ConvertFrom-Json
        "$($line.level) $($line.event) $($line.errorId)" | Should -Be 'error error Zoom.State.LedgerDamaged'
        $line.advice | Should -BeLike '*-Rebuild*'
    }

    It 'tells of a bad record with -WhatIf as well' {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $bad = New-Person '2' 'Bad'
        $bad.UserName = 'no address'
        $plan = (New-Person '1' 'Good'), $bad | Sync-ZoomScimUser -Rule (Save-Rule) -WhatIf -ErrorVariable failed -ErrorAction SilentlyContinue
        $plan.Count('Create') | Should -Be 1
        @($failed.FullyQualifiedErrorId) | Should -BeLike 'Zoom.Record.InvalidAddress*'
    }

    It 'removes a rule whole or not at all' {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $state = Join-Path $TestDrive 'whole'
        $rule = Save-Rule @{ name = 'Whole' }
        $null = New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -StatePath $state -Confirm:$false
        $folder = (Get-ChildItem $state -Recurse -Filter journal.jsonl).DirectoryName
        $loader = (Get-RootAssembly).GetType('ZoomProvisioning.Loading.EngineLoader')
        $running = $loader.GetProperty('State').GetValue($null).Open($folder, (Split-Path (Split-Path $folder) -Leaf), 'Whole', $false)
        try {
            { Remove-ZoomProvisioningRule $rule -StatePath $state -Confirm:$false } | Should -Throw -ErrorId 'Zoom.State.Locked*'
        }
        finally {
            $running.Dispose()
        }

        $alone = New-Item -ItemType Directory (Join-Path $TestDrive 'alone')
        $moved = Join-Path $alone.FullName 'whole.json'
        Move-Item -LiteralPath $rule $moved
        Set-Content (Join-Path $alone.FullName 'archive') 'a file where the folder would be'
        { Remove-ZoomProvisioningRule $moved -StatePath $state -Confirm:$false } | Should -Throw -ErrorId 'Zoom.Rule.NotMoved*'
        "$(Test-Path $moved) $(Test-Path $folder)" | Should -Be 'True True'
    }
}
