#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The whole life of a tenant under a rule, in a real PowerShell against the simulator.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'The life of a tenant' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        $sync = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'plans and sends no write with -WhatIf, and writes nothing to the disk either' {
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $plan = New-PersonList 3 | Sync-ZoomScimUser -Rule $rule -StatePath $state -WhatIf
        $plan | Should -BeOfType ([ZoomProvisioning.Plans.SyncPlan])
        "$plan" | Should -BeLike 'Plan: 3 to create*'
        Get-Write | Should -BeNullOrEmpty
        Test-Path $state | Should -BeFalse
    }

    It 'takes over more people than a page holds, and creates one with an apostrophe in the address' {
        Connect-ZoomScim -Simulator -SimulatorUsers 130
        $there = @(Get-ZoomScimUser | Where-Object { $_.Active -and $_.UserName -notin 'owner@example.com', 'admin@example.com' } | ForEach-Object {
                [pscustomobject]@{ Key = $_.Id; UserName = $_.UserName; FirstName = $_.GivenName; LastName = $_.FamilyName }
            })
        $there.Count | Should -BeGreaterThan 100
        $run = @($there) + (New-Person 'o' "O'Brien") | Sync-ZoomScimUser -Rule $rule -PassThru @sync
        "$($run[-1].Adopted) $($run[-1].Created) $($run[-1].Failed)" | Should -Be "$($there.Count) 1 0"
        $run.Count | Should -Be ($run[-1].Plan.Changes.Count + 1)
        (Get-ZoomScimUser "o'brien@example.com").FamilyName | Should -Be "O'Brien"
        @(Get-Write) | Should -BeLike 'P*'
    }

    It 'creates joiners, and then has nothing to do: two pages for more than a hundred, and no write' {
        $people = New-PersonList 120
        $run = $people | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Outcome) $($run.Created)" | Should -Be 'Done 120'
        $before = @(Get-ZoomScimSimulator -Requests).Count
        $again = $people | Sync-ZoomScimUser -Rule $rule @sync
        $again.Plan.Pending.Count | Should -Be 0
        @(Get-ZoomScimSimulator -Requests).Count - $before | Should -Be 2
    }

    It 'adopts who is in Zoom already and sends what differs' {
        $null = New-ZoomScimUser person001@example.com -GivenName Person001 -FamilyName "O'Brien" -Department Old
        $run = New-PersonList 1 | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Adopted) $($run.Created)" | Should -Be '1 0'
        (Get-ZoomScimUser person001@example.com).Department | Should -Be 'Sales'
    }

    It 'moves movers, renames by the anchor, disables leavers, and brings rehires back with their licence' {
        $people = New-PersonList 4
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $id = (Get-ZoomScimUser person002@example.com).Id
        $people[0].Department = 'Research'
        $people[1].UserName = 'renamed@example.com'
        $run = $people[0..2] | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Updated) $($run.Disabled) $($run.Created)" | Should -Be '2 1 0'
        (Get-ZoomScimUser renamed@example.com).Id | Should -Be $id
        (Get-ZoomScimUser person004@example.com).Active | Should -BeFalse
        $run = $people | Sync-ZoomScimUser -Rule $rule @sync
        $run.Reactivated | Should -Be 1
        $back = Get-ZoomScimUser person004@example.com
        "$($back.Active) $($back.UserType)" | Should -Be 'True Licensed'
        ($people | New-ZoomProvisioningPlan -Rule $rule -WarningAction SilentlyContinue).Pending.Count | Should -Be 0
    }

    It 'works by a changed rule, and by a scope' {
        $people = New-PersonList 3
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $people[2].Department = 'Legal'
        $narrow = Save-Rule @{ scope = "Department eq 'Sales'" }
        $run = $people | Sync-ZoomScimUser -Rule $narrow @sync
        $run.Disabled | Should -Be 1
        ($run.Results | Where-Object Action -EQ 'Disable').Reason | Should -BeLike '*scope*'
        $wider = Save-Rule @{ attributes = @{ CostCenter = @{ constant = 'C1' } } }
        $run = $people[0..1] | Sync-ZoomScimUser -Rule $wider @sync
        "$($run.Updated) $($run.Failed)" | Should -Be '2 0'
        ($people[0..1] | Sync-ZoomScimUser -Rule $wider @sync).Updated | Should -Be 0
    }

    It 'forgets who is gone from Zoom' {
        $people = New-PersonList 3
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        Remove-ZoomScimUser person003@example.com -Action Delete -Confirm:$false
        $run = $people[0..1] | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Outcome) $($run.Disabled) $($run.Plan.Gone.Count)" | Should -Be 'Done 0 1'
        $before = @(Get-ZoomScimSimulator -Requests).Count
        $null = $people[0..1] | Sync-ZoomScimUser -Rule $rule @sync
        @(Get-ZoomScimSimulator -Requests | Select-Object -Skip $before | ForEach-Object Path) | Should -BeLike '*/Users'
    }

    It 'holds removals back, goes on with the rest, and lets go exactly what was looked at, once' {
        $people = New-PersonList 20
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $few = @($people[0..9]) + @(New-Person '99' 'Joiner')
        $run = $few | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Outcome) $($run.Held) $($run.Created)" | Should -Be 'Held 10 1'
        $id = $run.Plan.Id.Substring(0, 12)
        "$($run.Plan.Guard.Message)" | Should -BeLike '10 of 20 people would be disabled; the rule allows 5 in one run*'
        ($run.Plan | Out-String) | Should -BeLike "*-Approve $id*"

        # Nobody who was not in the list that was looked at goes with it.
        $fewer = @($few | Where-Object Key -NE '10')
        $run = $fewer | Sync-ZoomScimUser -Rule $rule -Approve $id @sync
        "$($run.Outcome) $($run.Disabled) $($run.Held)" | Should -Be 'Held 10 1'
        (Get-ZoomScimUser person010@example.com).Active | Should -BeTrue
        { $few | Sync-ZoomScimUser -Rule $rule -Approve $id @sync } | Should -Throw -ErrorId 'Zoom.Approval.Used*'
        { $few | Sync-ZoomScimUser -Rule $rule -Approve 10 @sync } | Should -Throw "*'10' is a number*by its id*"
        { $few | Sync-ZoomScimUser -Rule $rule -Approve 0123456789ab @sync } | Should -Throw -ErrorId 'Zoom.Approval.Unknown*'
    }

    It 'holds everything back for an empty source, and with StopAll does nothing at all' {
        $null = New-PersonList 4 | Sync-ZoomScimUser -Rule $rule @sync
        $before = Get-WriteCount
        $plan = @() | New-ZoomProvisioningPlan -Rule $rule -WarningAction SilentlyContinue
        ($plan | Out-String) | Should -Not -BeLike '*-Approve*'
        $run = @() | Sync-ZoomScimUser -Rule $rule -Approve $plan.Id -WarningVariable warned @sync
        "$warned" | Should -BeLike '*nobody*'
        "$($run.Outcome) $($run.Held)" | Should -Be 'Held 4'
        $null = @(New-Person '50' 'Joiner') | Sync-ZoomScimUser -Rule $rule -OnGuard StopAll @sync
        Get-WriteCount | Should -Be $before
    }

    It 'never touches the owner, an admin, or whom the rule protects' {
        $people = @(New-PersonList 2) + @([pscustomobject]@{ Key = 'o'; UserName = 'owner@example.com'; FirstName = 'X'; LastName = 'Y';
            Department = 'Z'; Active = 'False' })
        $guarded = Save-Rule @{ protected = @{ users = @('person001@*') } }
        $run = $people | Sync-ZoomScimUser -Rule $guarded @sync
        @($run.Results | Where-Object Action -EQ 'Protected' | ForEach-Object UserName) | Should -Be 'owner@example.com', 'person001@example.com'
        (Get-ZoomScimUser owner@example.com).Active | Should -BeTrue
    }

    It 'protects who became an admin and then left, in the plan as in the run' {
        $people = New-PersonList 3
        foreach ($action in 'disable', 'delete') {
            $leaving = Save-Rule @{ name = "Leaving $action"; removeAction = $action }
            $null = $people | Sync-ZoomScimUser -Rule $leaving @sync
            # Zoom's time of change has whole seconds only; a department is in the list.
            $null = Set-ZoomScimUser person003@example.com -Role Admin -Department "Board to $action" -Confirm:$false
            $plan = $people[0..1] | New-ZoomProvisioningPlan -Rule $leaving
            "$($plan.Pending.Count) $($plan.Count('Protected'))" | Should -Be '0 1'
            $null = Set-ZoomScimUser person003@example.com -Role Member -Confirm:$false
        }
    }

    It 'skips an invitation nobody has accepted and an address of another account: no failure, and no success either' {
        $people = @(New-PersonList 1) + @(New-Person 'p' 'Pending') + @(New-Person 'f' 'Foreign')
        $run = $people | Sync-ZoomScimUser -Rule $rule -ErrorVariable failed @sync
        "$($run.Outcome) $($run.Created) $($run.Skipped) $(@($failed).Count)" | Should -Be 'Attention 1 2 0'
        @($run.Results | Where-Object Outcome -EQ 'Skipped' | ForEach-Object { $_.Error.ErrorId }) |
            Should -Be 'Zoom.User.PendingOrForeign', 'Zoom.User.PendingOrForeign'
        "$(($people | Sync-ZoomScimUser -Rule $rule @sync).Outcome)" | Should -Be 'Attention'
    }

    It 'reports duplicates and bad records, and does the others' {
        $people = @(New-PersonList 2) + @(New-Person '2' 'Twin') +
            @([pscustomobject]@{ Key = '9'; UserName = 'no address'; FirstName = 'No'; LastName = 'One' })
        $run = $people | Sync-ZoomScimUser -Rule $rule -ErrorVariable failed -ErrorAction SilentlyContinue @sync
        "$($run.Outcome) $($run.Created)" | Should -Be 'Attention 1'
        @($failed | ForEach-Object FullyQualifiedErrorId) | Should -BeLike 'Zoom.Record.InvalidAddress*'
    }

    It 'leaves alone who changed since a plan was saved, and refuses a plan of a changed rule' {
        $people = New-PersonList 2
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $people | ForEach-Object { $_.Department = 'Research' }
        $file = Join-Path $TestDrive 'plan.json'
        $people | New-ZoomProvisioningPlan -Rule $rule -WarningAction SilentlyContinue | Export-ZoomProvisioningPlan $file -Force
        $null = Set-ZoomScimUser person001@example.com -Department Hand
        $run = Invoke-ZoomProvisioningPlan $file -Rule $rule @sync
        "$($run.Outcome) $($run.Updated) $($run.Skipped) $($run.Stale)" | Should -Be 'Stale 1 1 1'
        (Get-ZoomScimUser person001@example.com).Department | Should -Be 'Hand'
        { Invoke-ZoomProvisioningPlan $file -Rule (Save-Rule @{ removeAction = 'delete' }) @sync } | Should -Throw -ErrorId 'Zoom.Plan.OtherRule*'
    }

    It 'removes a rule''s people only when the rule says so' {
        $kept = Save-Rule
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-PersonList 2 | Sync-ZoomScimUser -Rule $kept -StatePath $state @sync
        $before = @(Get-ZoomScimSimulator -Requests).Count
        Remove-ZoomProvisioningRule $kept -StatePath $state -WhatIf | Should -BeNullOrEmpty
        Test-Path $kept | Should -BeTrue
        Remove-ZoomProvisioningRule $kept -StatePath $state @sync | Should -BeNullOrEmpty
        @(Get-ZoomScimSimulator -Requests).Count | Should -Be $before
        Test-Path $kept | Should -BeFalse
        @(Get-ChildItem (Join-Path (Split-Path $kept) 'archive') -Filter "*$(Split-Path $kept -Leaf)").Count | Should -Be 1
        $archived = (Get-ChildItem $state -Recurse -Filter journal.jsonl).DirectoryName
        $archived | Should -BeLike '*archive*'
        @(Get-ZoomProvisioningHistory -StatePath $archived -User person001@example.com).Count | Should -Be 2
        (Get-ZoomScimUser person001@example.com).Active | Should -BeTrue
        $gone = Save-Rule @{ name = 'Leaving'; deprovisionOnRuleRemoval = $true; removeAction = 'delete' }
        $null = New-PersonList 2 | Sync-ZoomScimUser -Rule $gone @sync
        $tight = Save-Rule @{ name = 'Leaving'; deprovisionOnRuleRemoval = $true; removeAction = 'delete'; guard = @{ maxDelete = 1 } }
        $run = Remove-ZoomProvisioningRule $tight -WarningVariable warned @sync
        "$($run.Held) $($run.Deleted)" | Should -Be '2 0'
        "$warned" | Should -BeLike '*stays*'
        Test-Path $tight | Should -BeTrue
        $run = Remove-ZoomProvisioningRule $tight -Approve $run.Plan.Id @sync
        $run.Deleted | Should -Be 2
        Test-Path $tight | Should -BeFalse
        Get-ZoomScimUser person001@example.com -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'has everything in the journal, finds a changed line, and has no secret in it' {
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync
        $entries = @(Get-ZoomProvisioningHistory $rule -StatePath $state -User person001@example.com)
        @($entries | ForEach-Object { "$($_.Kind)" }) | Should -Be 'Intent', 'Outcome'
        $entries[1].TrackingId | Should -Not -BeNullOrEmpty
        (Test-ZoomProvisioningHistory $rule -StatePath $state).IsIntact | Should -BeTrue
        Get-ChildItem $state -Recurse -File | Get-Content -Raw | Should -Not -Match 'Bearer |access_token|clientSecret|eyJ'
        $journal = (Get-ChildItem $state -Recurse -Filter journal.jsonl).FullName
        $text = [IO.File]::ReadAllText($journal)
        [IO.File]::WriteAllText($journal, $text.Replace('person001', 'person009'))
        (Test-ZoomProvisioningHistory $rule -StatePath $state).IsIntact | Should -BeFalse
    }

    It 'explains one person and writes nothing' {
        $explained = New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -Explain person002@example.com -WarningAction SilentlyContinue
        $explained.Change.Action | Should -Be 'Create'
        "$($explained.Requests[0])" | Should -BeLike 'POST /Users {*person002@example.com*'
        ($explained | Out-String) | Should -BeLike '*Nothing was written.*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'says how to go on where nobody can be asked' {
        { New-PersonList 1 | Sync-ZoomScimUser -Rule $rule } | Should -Throw -ErrorId 'Zoom.Call.CannotAsk*'
        Get-Write | Should -BeNullOrEmpty
    }

    It 'writes log lines, a report, and shows itself' {
        $log = Join-Path $TestDrive 'run.jsonl'
        $page = Join-Path $TestDrive 'run.html'
        $run = New-PersonList 2 | Sync-ZoomScimUser -Rule $rule -LogPath $log -ReportPath $page @sync
        $lines = @(Get-Content $log | ForEach-Object { ConvertFrom-Json $_ })
        @($lines | ForEach-Object event) | Should -Be 'plan', 'result', 'result', 'end'
        Get-Content $page -Raw | Should -BeLike '*<h1>Provisioning run: <bdi>Staff</bdi></h1>*'
        ($run | Out-String) | Should -BeLike '*2 created*'
        (New-PersonList 3 | New-ZoomProvisioningPlan -Rule $rule | Out-String) | Should -BeLike '*+ *person003@example.com*Plan: 1 to create*'
    }

    It 'reports failures with advice, what the guard held, and who changed Zoom by hand' {
        $people = New-PersonList 9
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $null = Set-ZoomScimUser person001@example.com -Department 'By hand'
        $null = Remove-ZoomScimUser person002@example.com -Action Disable -Confirm:$false
        $null = Remove-ZoomScimUser person003@example.com -Action Delete -Confirm:$false
        $people[0].Department = 'Research'
        $people += [pscustomobject]@{ Key = '99'; UserName = 'nobody'; FirstName = 'No'; LastName = 'Body' }

        # A plan that was saved knows what the ledger said, too.
        $left = $people[0..2] + $people[-1]
        $json = Join-Path $TestDrive "$([guid]::NewGuid()) of O'Brien.json"
        $html = [IO.Path]::ChangeExtension($json, 'html')
        $left | New-ZoomProvisioningPlan -Rule $rule -WarningAction SilentlyContinue -ErrorAction SilentlyContinue |
            Export-ZoomProvisioningPlan $json -HtmlPath $html
        $id = (Import-ZoomProvisioningPlan $json).Id.Substring(0, 12)
        $command = "Invoke-ZoomProvisioningPlan -Path &#39;*O&#39;&#39;Brien.json&#39; -Rule &#39;*.json&#39; -Approve $id"
        Get-Content $html -Raw | Should -BeLike "*<code>$command</code>*"
        $run = $left | Sync-ZoomScimUser -Rule $rule @sync -ErrorAction SilentlyContinue
        $saved = Import-ZoomProvisioningPlan $json

        foreach ($of in $run.Plan, $saved) {
            @($of.Changes | Where-Object ActiveCause -eq ZoomChanged).UserName | Should -Be 'person002@example.com'
            $department = $of.Changes[0].Changes[0]
            "$($department.Cause) $($department.LedgerValue)>$($department.OldValue)>$($department.NewValue)" | Should -Be 'BothChanged Sales>By hand>Research'
        }

        @($run.Drift).UserName | Should -Contain 'person002@example.com'
        $page = Get-Content ($run | Export-ZoomProvisioningReport (Join-Path $TestDrive 'drift.html') -PassThru) -Raw
        $page | Should -BeLike ('*>Held by the guard (7)</h2>*<code>-Approve {0}</code>*' -f $run.Plan.Id.Substring(0, 12))
        $page | Should -BeLike "*>Records of the source that cannot be used (1)</h2>*Map the user name to the mail address*"
        $page | Should -BeLike '*>Gone from Zoom (1)</h2>*person003@example.com*'
        $row = '<bdi>{0}</bdi>.*?<b>{1}</b>.*?<bdi>{2}</bdi>.*?<bdi>{3}</bdi>.*?<bdi>{4}</bdi>.*?{5}'
        $drift = $page.Substring($page.IndexOf('<section id="drift"'))
        $drift | Should -Match ($row -f 'person001@example.com', 'Department', 'Sales', 'By hand', 'Research', 'as in the source')
        $drift | Should -Match ($row -f 'person002@example.com', 'Active', 'true', 'false', 'true', 'as in Zoom')
    }

    It 'makes a damaged ledger anew, and only looks with -WhatIf' {
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $people = New-PersonList 3
        $null = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync
        $ledger = (Get-ChildItem $state -Recurse -Filter ledger.json).FullName
        Set-Content -LiteralPath $ledger -Value 'this is no ledger'
        { $people | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync } | Should -Throw -ErrorId 'Zoom.State.LedgerDamaged*'
        $before = Get-WriteCount
        $plan = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Rebuild -WhatIf -WarningAction SilentlyContinue
        $plan.Pending.Count | Should -Be 0
        Get-Content -LiteralPath $ledger | Should -Be 'this is no ledger'
        $run = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Rebuild @sync
        "$($run.Outcome) $($run.Unchanged)" | Should -Be 'Done 3'
        Get-WriteCount | Should -Be $before
        ($people[0..1] | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync).Disabled | Should -Be 1
    }

    It 'shows the plan of a new ledger also when the journal is damaged, and loses no line of it' {
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $people = New-PersonList 3
        $null = $people[0..1] | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync
        $journal = (Get-ChildItem $state -Recurse -Filter journal.jsonl).FullName
        $good = @([IO.File]::ReadAllLines($journal)).Count
        $null = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync
        $lines = [IO.File]::ReadAllLines($journal)
        $lines[$good] = $lines[$good].Replace('Staff', 'Stuff').Replace('RunStarted', 'RunEnded')
        [IO.File]::WriteAllText($journal, ($lines -join "`n") + "`n")
        $plan = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Rebuild -WhatIf -WarningVariable told -WarningAction SilentlyContinue
        # The lines behind the damaged one say who the third is.
        "$($plan.Changes.Count) $($plan.Count('Adopt'))" | Should -Be '3 0'
        "$told" | Should -BeLike "*The journal is damaged at line $($good + 1):*1 line cannot be used*journal.cut.txt*"
        [IO.File]::ReadAllLines($journal) | Should -Be $lines
        $run = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Rebuild @sync
        "$($run.Outcome) $($run.Adopted) $($run.Unchanged)" | Should -Be 'Done 0 3'
        $cut = Get-Content -Raw (Get-ChildItem $state -Recurse -Filter journal.cut.txt).FullName
        $cut.TrimEnd() | Should -Be ($lines[$good..($lines.Count - 1)] -join "`n")
    }

    It 'lets go of who has moved to another rule, and locks nobody out' {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $contractors = Save-Rule @{ name = 'Contractors' }
        $people = New-PersonList 3
        $null = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync
        $adopted = $people[2] | Sync-ZoomScimUser -Rule $contractors -StatePath $state -PassThru @sync
        "$($adopted[-1].Adopted)" | Should -Be '1'
        "$($adopted[0].Reason)" | Should -BeLike "*Owned elsewhere: the rule 'Staff' had this user first, so its values count"
        "$($adopted[-1].Plan.Guard)" | Should -BeLike "*The rule 'Staff' manages 1 person too and had them first*person003@example.com*"
        $run = $people[0..1] | Sync-ZoomScimUser -Rule $rule -StatePath $state -PassThru @sync
        $run[-1].Disabled | Should -Be 0
        "$(($run | Where-Object Action -EQ Protected).Reason)" | Should -BeLike "*the rule 'Contractors' manages this user too*"
        (Get-ZoomScimUser $people[2].UserName).Active | Should -BeTrue
    }

    It 'shows the beginning of a plan''s id, and keeps all of it' {
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $run = New-PersonList 1 | Sync-ZoomScimUser -Rule $rule -StatePath $state @sync
        $id = $run.Plan.Id
        $id.Length | Should -Be 64
        $entry = @(Get-ZoomProvisioningHistory $rule -StatePath $state)[0]
        $entry.PlanId | Should -Be $id
        foreach ($shown in ($run | Format-List | Out-String -Width 200), ($entry | Format-List | Out-String -Width 200)) {
            $shown | Should -Match ([regex]::Escape($id.Substring(0, 12)) + '\s')
            $shown | Should -Not -Match $id
        }
    }

    It 'says what was approved as a person would' {
        $people = New-PersonList 20
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $plan = $people[0..9] | New-ZoomProvisioningPlan -Rule $rule -WarningVariable told -WarningAction SilentlyContinue
        $id = $plan.Id.Substring(0, 12)
        "$told" | Should -BeLike "*Look at the 10 that are held; to let exactly these go, run again within a day with -Approve $id.*"
        $null = $people[0..9] | Sync-ZoomScimUser -Rule $rule -Approve $id -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -BeLike "*approved*$id*"
        "$told" | Should -Not -BeLike '*run again*'
    }
}
