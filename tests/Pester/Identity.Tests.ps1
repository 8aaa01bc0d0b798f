#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Who is whom under a rule, as an admin sees it: changed anchors, strangers' accounts, doors shut by hand, renamed rules, one person on demand.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'Who is whom' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        $sync = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'keeps people whose number lost its zeros, and says what waits' {
        $people = 1..4 | ForEach-Object { New-Person ('{0:00000}' -f $_) "person$_" }
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $before = Get-WriteCount
        $people[0].Key = '1'
        $run = $people | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Outcome) $($run.Held) $($run.Disabled) $($run.Unchanged)" | Should -Be 'Held 1 0 3'
        $relink = $run.Plan.Changes | Where-Object Action -EQ Relink
        "$relink" | Should -Be "Relink person1@example.com: known as '00001' of the source, and now it is '1'"
        Get-WriteCount | Should -Be $before
    }

    It 'knows a GUID as AD, csvde and PowerShell write it' {
        $id = [guid]::NewGuid()
        $person = New-Person "$id" 'ada'
        $null = $person | Sync-ZoomScimUser -Rule $rule @sync
        foreach ($spelling in "{$("$id".ToUpperInvariant())}", $id, $id.ToByteArray(), [Convert]::ToBase64String($id.ToByteArray()),
            "X'$(-join ($id.ToByteArray() | ForEach-Object { $_.ToString('x2') }))'") {
            $run = [pscustomobject]@{ Key = $spelling; UserName = 'ada@example.com'; FirstName = 'ada'; LastName = "O'Brien"; Department = 'Sales';
                Title = 'Clerk'; Active = 'True'; UserType = 'Licensed' } | Sync-ZoomScimUser -Rule $rule @sync
            "$($run.Outcome) $($run.Unchanged)" | Should -Be 'Done 1' -Because "$spelling is the same"
        }
    }

    It 'gives no joiner a deactivated account that was never the rule''s, unless the rule says so' {
        $null = New-ZoomScimUser john@example.com -GivenName John -FamilyName Smith -Department Legal
        $null = Remove-ZoomScimUser john@example.com -Action Disable -Confirm:$false
        $john = New-Person '7' 'john'
        $run = $john | Sync-ZoomScimUser -Rule $rule @sync
        $blocked = $run.Plan.Changes | Where-Object UserName -EQ 'john@example.com'
        "$($blocked.Action)" | Should -Be 'Blocked'
        $blocked.Reason | Should -BeLike "*'John Smith', department Legal, created *adoptInactive*"
        (Get-ZoomScimUser john@example.com).Active | Should -BeFalse
        Set-ZoomProvisioningRule -Path $rule -AdoptInactive $true -WarningAction SilentlyContinue
        $null = $john | Sync-ZoomScimUser -Rule $rule @sync
        (Get-ZoomScimUser john@example.com).Active | Should -BeTrue
    }

    It 'leaves a door shut that somebody shut by hand, unless the rule opens it always' {
        $people = New-PersonList 3
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
        $null = Remove-ZoomScimUser person001@example.com -Action Disable -Confirm:$false
        $run = $people | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Outcome) $($run.Held) $($run.Reactivated)" | Should -Be 'Held 1 0'
        (Get-ZoomScimUser person001@example.com).Active | Should -BeFalse
        Set-ZoomProvisioningRule -Path $rule -Reactivate always -WarningAction SilentlyContinue
        $run = $people | Sync-ZoomScimUser -Rule $rule @sync
        "$($run.Outcome) $($run.Reactivated)" | Should -Be 'Done 1'
        (Get-ZoomScimUser person001@example.com).UserType | Should -Be 'Licensed'
    }

    It 'writes an id into a new rule, by which the rule keeps its people under another name' {
        $path = Join-Path $TestDrive 'renamed.psd1'
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $first = New-ZoomProvisioningRule Staff $path -Anchor Key -MaxDisablePercent 50 -MaxSourceShrinkPercent 80 -PassThru
        $first.Id | Should -BeOfType ([guid])
        $people = New-PersonList 4
        $null = $people | Sync-ZoomScimUser -Rule $path -StatePath $state @sync
        (Get-Content -LiteralPath $path -Raw).Replace("'Staff'", "'Staff worldwide'") | Set-Content -LiteralPath $path
        $run = $people[0..2] | Sync-ZoomScimUser -Rule $path -StatePath $state @sync
        "$($run.Rule) $($run.Disabled) $($run.Unchanged)" | Should -Be 'Staff worldwide 1 3'
        (New-ZoomProvisioningRule 'Staff worldwide' $path -Anchor Key -Force -PassThru).Id | Should -Be $first.Id
        (New-ZoomProvisioningRule 'Another' $path -Anchor Key -Force -PassThru).Id | Should -Not -Be $first.Id
    }

    It 'refuses a copy of a rule under another name, and says what to do' {
        $state = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $original, $copy = 'original.json', 'copy.json' | ForEach-Object { Join-Path $TestDrive $_ }
        New-ZoomProvisioningRule Staff $original -Anchor Key
        $null = New-PersonList 2 | Sync-ZoomScimUser -Rule $original -StatePath $state @sync
        (Get-Content -LiteralPath $original -Raw).Replace('"Staff"', '"Contractors"') | Set-Content -LiteralPath $copy
        $refused = { New-PersonList 1 | Sync-ZoomScimUser -Rule $copy -StatePath $state @sync } | Should -Throw -ErrorId 'Zoom.Rule.Copied*' -PassThru
        $refused.ErrorDetails.RecommendedAction | Should -BeLike '*New-Guid*'
    }

    It 'tells a mistake in the new settings with its line' {
        $path = Join-Path $TestDrive 'mistakes.json'
        Set-Content -LiteralPath $path -Value @'
{
  "name": "Staff",
  "id": "no guid",
  "adoptinactiv": true,
  "reactivate": "allways"
}
'@
        $mistakes = @(Get-ZoomProvisioningRule -Path $path -ValidateOnly)
        $mistakes.Line | Should -Be 3, 4, 5
        $mistakes[1].Message | Should -BeLike '*adoptInactive*'
        $mistakes[2].Message | Should -BeLike '*always*'
    }
}

Describe 'One person on demand' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $rule = Save-Rule
        $sync = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
        $people = New-PersonList 6
        $null = $people | Sync-ZoomScimUser -Rule $rule @sync
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'needs that person''s record only, and takes nobody for a leaver' {
        $people[2].Department = 'Research'
        $run = $people[2] | Sync-ZoomScimUser -Rule $rule -Only PERSON003@example.com @sync
        "$($run.Outcome) $($run.Updated) $($run.Plan.Changes.Count)" | Should -Be 'Done 1 1'
        (Get-ZoomScimUser person003@example.com).Department | Should -Be 'Research'
        Get-ZoomScimUser | Where-Object { -not $_.Active } | Should -BeNullOrEmpty
        ($people | Sync-ZoomScimUser -Rule $rule @sync).Unchanged | Should -Be 6
    }

    It 'takes several, by anchor and by Zoom id, and only plans with -WhatIf' {
        $people | ForEach-Object { $_.Department = 'Research' }
        $before = Get-WriteCount
        $plan = $people | Sync-ZoomScimUser -Rule $rule -Only '2', (Get-ZoomScimUser person005@example.com).Id -WhatIf
        ($plan.Changes | ForEach-Object { "$($_.Action) $($_.UserName)" }) -join '; ' | Should -Be 'Update person002@example.com; Update person005@example.com'
        Get-WriteCount | Should -Be $before
    }

    It 'does a leaver''s step on the word of a whole source only' {
        $run = $people[1..5] | Sync-ZoomScimUser -Rule $rule -Only person001@example.com @sync
        "$($run.Disabled) $($run.Plan.Changes.Count)" | Should -Be '1 1'
        { $people[2] | Sync-ZoomScimUser -Rule (Save-Rule @{ guard = @{ maxSourceShrinkPercent = 20 } }) -Only person002@example.com @sync } |
            Should -Throw -ErrorId 'Zoom.Source.NobodyFound*'
        (Get-ZoomScimUser person002@example.com).Active | Should -BeTrue
    }

    It 'is an error for somebody who is nowhere, and nobody is touched' {
        $people[2].Department = 'Research'
        $before = Get-WriteCount
        { $people | Sync-ZoomScimUser -Rule $rule -Only person003@example.com, nobody@example.com @sync } |
            Should -Throw "*Nobody is called 'nobody@example.com'*"
        Get-WriteCount | Should -Be $before
    }
}
