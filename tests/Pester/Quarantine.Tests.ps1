#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# A rule whose runs were held back three times in a row only plans, until somebody says that it goes on.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'A rule in quarantine' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $quiet = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
        $rule = Save-Rule @{ guard = @{ maxDisable = 1; maxSourceShrinkPercent = 100 } }
        $all = New-PersonList 8
        $left = @($all | Select-Object -First 4)
        $null = $all | Sync-ZoomScimUser -Rule $rule @quiet
        1..3 | ForEach-Object { "$(($left | Sync-ZoomScimUser -Rule $rule @quiet).Outcome)" | Should -Be 'Held' }
        $before = Get-WriteCount
        $joined = $left + (New-Person 99 Joiner)
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'only plans, and says what to do as an error' {
        $run = $joined | Sync-ZoomScimUser -Rule $rule @quiet -ErrorAction SilentlyContinue -ErrorVariable errors -WarningVariable warnings
        "$($run.Outcome) $($run.IsQuarantined) $($run.Created) $($run.Plan.Pending.Count) $($run.Plan.Held.Count)" | Should -Be 'Held True 0 0 5'
        Get-WriteCount | Should -Be $before
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Rule.Quarantined*'
        "$($errors[0].CategoryInfo.Category)" | Should -Be 'InvalidOperation'
        "$($errors[0]) $($errors[0].ErrorDetails.RecommendedAction)" | Should -BeLike "*rule 'Staff' is in quarantine*-Resume*Get-ZoomProvisioningRun*"
        "$warnings" | Should -BeLike '*Held by the guard: *quarantine*-Approve *'
        { $joined | Sync-ZoomScimUser -Rule $rule @quiet -ErrorAction Stop } | Should -Throw -ErrorId 'Zoom.Rule.Quarantined*'
        Get-WriteCount | Should -Be $before
    }

    It 'shows the plan with -WhatIf, without an error' {
        $plan = $joined | Sync-ZoomScimUser -Rule $rule -WhatIf -WarningAction SilentlyContinue -ErrorAction Stop
        "$($plan.Guard.Check)" | Should -BeLike '*Quarantined*'
        "$(($joined | Sync-ZoomScimUser -Rule $rule -Resume -WhatIf -WarningAction SilentlyContinue).Pending.UserName)" | Should -Be 'joiner@example.com'
    }

    It 'goes on with -Resume, within the limits of the rule' {
        $run = $joined | Sync-ZoomScimUser -Rule $rule -Resume @quiet -ErrorAction Stop
        "$($run.Outcome) $($run.Created) created $($run.Held) held" | Should -Be 'Held 1 created 4 held'
        $run = $all | Sync-ZoomScimUser -Rule $rule @quiet -ErrorAction Stop
        $run.IsQuarantined | Should -BeFalse
    }

    It 'goes on with the plan that was shown, once that is approved' {
        $plan = $joined | Sync-ZoomScimUser -Rule $rule -WhatIf -WarningAction SilentlyContinue
        $run = $joined | Sync-ZoomScimUser -Rule $rule -Approve $plan.Id.Substring(0, 12) @quiet -ErrorAction Stop
        "$($run.Outcome) $($run.Created) created $($run.Disabled) disabled" | Should -Be 'Done 1 created 4 disabled'
    }

    It 'holds a saved plan too, until it is applied with -Resume' {
        $file = Join-Path $TestDrive 'plan.json'
        $joined | New-ZoomProvisioningPlan $rule -WarningAction SilentlyContinue | Export-ZoomProvisioningPlan $file -Force
        { Invoke-ZoomProvisioningPlan $file -Rule $rule @quiet } | Should -Throw -ErrorId 'Zoom.Rule.Quarantined*'
        Get-WriteCount | Should -Be $before
        (Invoke-ZoomProvisioningPlan $file -Rule $rule -Resume @quiet -ErrorAction Stop).Created | Should -Be 1
    }
}
