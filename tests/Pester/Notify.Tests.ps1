#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Whom a rule tells of its runs: a program and a mail server that are really there, and what does not arrive.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
    if (-not ('ZoomProvisioning.Tests.SmtpListener' -as [type])) {
        # Windows PowerShell's compiler does not know what is said to newer ones.
        $code = Get-Content -Raw (Join-Path $PSScriptRoot '../Shared/SmtpListener.cs')
        Add-Type -TypeDefinition ($code -replace '(?m)^#.*$', '')
    }

    # Its words are PowerShell 7's only.
    if ($PSVersionTable.PSEdition -ne 'Desktop' -and -not ('ZoomProvisioning.Tests.HookListener' -as [type])) {
        $code = Get-Content -Raw (Join-Path $PSScriptRoot '../Shared/HookListener.cs')
        Add-Type -TypeDefinition ("#nullable enable`n" + $code -replace 'internal sealed class', 'public sealed class')
    }

    function Save-NotifyingRule([hashtable] $Notify, [hashtable] $Guard = @{ maxDisable = 1; maxSourceShrinkPercent = 100 }) {
        Save-Rule @{ notify = $Notify; guard = $Guard }
    }
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'A rule that tells of its runs' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $quiet = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
        $people = New-PersonList 6
        $env:ZOOM_TEST_SMTP_PASSWORD = 'pass-word-hidden'
        # In the clear it goes nowhere but to this machine itself.
        $env:ZOOM_TEST_WEBHOOK = 'http://hooks.example.com/T0PSECRET?sig=f00dcafe'
        $server = [ZoomProvisioning.Tests.SmtpListener]::new($null, $false)
        $server.Password = $env:ZOOM_TEST_SMTP_PASSWORD
        $mail = @{ server = 'localhost'; port = $server.Port; security = 'none'; from = 'zoom@example.com'; to = 'it@example.com'; user = 'zoom'
            passwordVariable = 'ZOOM_TEST_SMTP_PASSWORD' }
        $hook = @{ urlVariable = 'ZOOM_TEST_WEBHOOK' }
    }

    AfterEach {
        $server.Dispose()
        Disconnect-ZoomScim -All
        $env:ZOOM_TEST_SMTP_PASSWORD = $env:ZOOM_TEST_WEBHOOK = $null
    }

    It 'sends a mail when something is held, and none when all is well' {
        $rule = Save-NotifyingRule @{ mail = $mail }
        $run = $people | Sync-ZoomScimUser -Rule $rule @quiet
        $run.Notifications.Count | Should -Be 0
        $run = $people[0..2] | Sync-ZoomScimUser -Rule $rule @quiet
        "$($run.Notifications.Target) $($run.Notifications.Arrived)" | Should -Be 'Mail True'
        $server.Messages.Count | Should -Be 1
        $text = @($server.Messages)[0]
        $text | Should -BeLike '*Subject: Zoom rule Staff: held*The guard held back 3 changes.*-Approve *Sync-ZoomScimUser*-WhatIf*'
        $text | Should -Not -BeLike '*pass-word-hidden*'
        $null = $people[0..2] | Sync-ZoomScimUser -Rule $rule -WhatIf -WarningAction SilentlyContinue
        $server.Messages.Count | Should -Be 1
    }

    It 'says what does not arrive as a warning, and the run stays what it was' {
        $rule = Save-NotifyingRule @{ on = 'always'; webhook = $hook; command = @('there-is-no-such-program') }
        $log = Join-Path $TestDrive 'run.jsonl'
        $state = Join-Path $TestDrive 'state'
        $run = $people | Sync-ZoomScimUser -Rule $rule -Confirm:$false -LogPath $log -StatePath $state -WarningAction SilentlyContinue `
            -WarningVariable warnings -ErrorAction Stop
        "$($run.Outcome) $($run.Created)" | Should -Be 'Done 6'
        "$($run.Notifications.ErrorId)" | Should -Be 'Zoom.Notification.InvalidAddress Zoom.Program.NotFound'
        "$warnings" | Should -BeLike '*The notification did not arrive. Webhook (in ZOOM_TEST_WEBHOOK): *'
        @(Get-Content $log | ConvertFrom-Json | Where-Object event -eq 'notification').Count | Should -Be 2
        $said = ($run | ConvertTo-Json -Depth 3 -WarningAction SilentlyContinue) + "$warnings" + ($run | Format-List * | Out-String)
        $forbidden = @{ 'the address' = 'T0PSECRET'; 'its signature' = 'f00dcafe'; 'the password' = 'pass-word-hidden' }
        Assert-NoSecret $forbidden -Text $said -Path $log, $state
    }

    It 'posts to a webhook' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $listener = [ZoomProvisioning.Tests.HookListener]::new($null, $null)
        try {
            $env:ZOOM_TEST_WEBHOOK = $listener.Address
            $run = $people | Sync-ZoomScimUser -Rule (Save-NotifyingRule @{ on = 'always'; webhook = $hook }) @quiet
            "$($run.Notifications)" | Should -Be 'Webhook (in ZOOM_TEST_WEBHOOK): It arrived.'
            $told = @($listener.Requests)[0].Item2 | ConvertFrom-Json
            "$($told.rule) $($told.outcome) $($told.counts.created) $($told.test)" | Should -Be 'Staff Done 6 False'
        }
        finally { $listener.Dispose() }
    }

    It 'tells that a run did not take place' {
        $rule = Save-NotifyingRule @{ on = 'failure'; mail = $mail }
        { $people | Sync-ZoomScimUser -Rule $rule -LogPath $TestDrive @quiet } | Should -Throw
        @($server.Messages)[0] | Should -BeLike '*Subject: Zoom rule Staff: failed*The run did not take place: *'
    }

    It 'tells of quarantine with the command that goes on' {
        $rule = Save-NotifyingRule @{ on = 'failure'; mail = $mail } @{ maxDisable = 1; maxSourceShrinkPercent = 100; quarantineAfterRuns = 1 }
        $null = $people | Sync-ZoomScimUser -Rule $rule @quiet
        $null = $people[0..2] | Sync-ZoomScimUser -Rule $rule @quiet
        $server.Messages.Count | Should -Be 0
        $null = $people[0..2] | Sync-ZoomScimUser -Rule $rule @quiet -ErrorAction SilentlyContinue
        @($server.Messages)[0] | Should -BeLike '*Subject: Zoom rule Staff: in quarantine*Sync-ZoomScimUser*-Resume*'
    }

    It 'tells of an undo' {
        $rule = Save-NotifyingRule @{ on = 'always'; mail = $mail } @{ maxDisable = 6; maxDisablePercent = 100 }
        $run = $people | Sync-ZoomScimUser -Rule $rule @quiet
        $undo = Undo-ZoomProvisioningRun $run.RunId -Rule $rule @quiet
        "$($undo.Disabled) $($undo.Notifications.Arrived)" | Should -Be '6 True'
        @($server.Messages)[-1] | Should -BeLike "*Subject: Zoom rule Staff: undo done*The run $($run.RunId.Substring(0, 12)) was taken back.*"
        $null = Undo-ZoomProvisioningRun $undo.RunId -Rule $rule -WhatIf 3>$null
        $server.Messages.Count | Should -Be 2
    }

    It 'tells that a rule was removed, and its people with it' {
        $rule = Save-Rule @{ notify = @{ on = 'always'; mail = $mail }; deprovisionOnRuleRemoval = $true; guard = @{ maxDisable = 6; maxDisablePercent = 100 } }
        $null = $people | Sync-ZoomScimUser -Rule $rule @quiet
        $removal = Remove-ZoomProvisioningRule $rule @quiet
        "$($removal.Disabled) $($removal.Notifications.Arrived)" | Should -Be '6 True'
        @($server.Messages)[-1] | Should -BeLike '*Subject: Zoom rule Staff: removal done*The rule was removed, *'
    }

    It 'tells what became of a saved plan' {
        $rule = Save-NotifyingRule @{ on = 'always'; mail = $mail }
        $plan = $people | New-ZoomProvisioningPlan $rule -WarningAction SilentlyContinue
        $run = Invoke-ZoomProvisioningPlan -Plan $plan -Rule $rule @quiet
        "$($run.Notifications.Arrived)" | Should -Be 'True'
        @($server.Messages)[0] | Should -BeLike '*Subject: Zoom rule Staff: done*'
    }
}

Describe 'Test-ZoomProvisioningNotification' {
    BeforeEach {
        $server = [ZoomProvisioning.Tests.SmtpListener]::new($null, $false)
        $mail = @{ server = 'localhost'; port = $server.Port; security = 'none'; from = 'zoom@example.com'; to = 'it@example.com' }
    }

    AfterEach { $server.Dispose() }

    It 'sends a marked test to each target without a connection, and says which arrived' {
        Disconnect-ZoomScim -All -ErrorAction SilentlyContinue
        $rule = Save-NotifyingRule @{ mail = $mail; webhook = @{ urlVariable = 'ZOOM_TEST_NOT_SET' } }
        $results = @(Test-ZoomProvisioningNotification $rule)
        "$($results.Target): $($results.Arrived)" | Should -Be 'Webhook Mail: False True'
        $results[0].Message | Should -BeLike '*environment variable ZOOM_TEST_NOT_SET, which is not set.'
        $results[1].Address | Should -Be 'it@example.com by localhost'
        @($server.Messages)[0] | Should -BeLike '*Subject: Zoom rule Staff: TEST*This is a test*'
        ($results | Format-Table | Out-String) | Should -BeLike '*Webhook*False*'
    }

    It 'takes rules from the pipeline and refuses one that tells nobody' {
        "$((Get-ZoomProvisioningRule -Path (Save-NotifyingRule @{ mail = $mail }) | Test-ZoomProvisioningNotification).Arrived)" | Should -Be 'True'
        { Test-ZoomProvisioningNotification (Save-Rule) } | Should -Throw -ErrorId 'Zoom.Notification.None*'
    }
}
