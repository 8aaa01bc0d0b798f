#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# From a file of people to a rule that runs by itself. What is proposed is tested in Core (RuleProposalTests), what a scheduler
# reads in TaskPlannerTests; here is what PowerShell adds.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
    $previousHome = $env:ZOOM_PROVISIONING_HOME
    $env:ZOOM_PROVISIONING_HOME = Join-Path $TestDrive 'home'
    $people = Join-Path $TestDrive 'people list.csv'
    $lines = @('Nr;E-Mail;Vorname;Nachname;Abteilung') + @(1..12 | ForEach-Object { "$_;p$_@example.com;Anna;Muster;Sales" })
    Set-Content -LiteralPath $people -Value $lines
}

AfterAll {
    Disconnect-ZoomScim -All -ErrorAction SilentlyContinue
    $env:ZOOM_PROVISIONING_HOME = $previousHome
}

Describe 'A rule for a file' {
    BeforeEach { Connect-ZoomScim -Simulator -SimulatorUsers 0 }

    It 'is proposed with its reasons, shows the first plan, and then its name is enough' {
        $plan = New-ZoomProvisioningRule -Sample $people -InformationVariable said
        $plan.Changes.Count | Should -Be 12
        "$said" | Should -Match "12 records with 5 columns \(separated by ';', utf-8\)"
        "$said" | Should -Match 'People are known again by "Nr"'
        $rule = Get-ZoomProvisioningRule 'people list'
        $rule.Path | Should -Match '\.json$'
        $rule.Anchor | Should -Be 'Nr'
        Get-Content -LiteralPath $rule.Path -Raw | Should -Match '// What never changes for a person'

        $run = Sync-ZoomScimUser 'people list' -Confirm:$false
        "$($run.Outcome)" | Should -Be 'Done'
        $run.Created | Should -Be 12
        Compare-ZoomScimUser -Rule 'people list' | Where-Object Difference -ne Orphan | Should -BeNullOrEmpty
    }

    It 'takes parameters in place of proposals, a .psd1 where one is named, and people from the pipeline' {
        $file = Join-Path $TestDrive 'given.psd1'
        $null = Import-Csv -LiteralPath $people -Delimiter ';' |
            New-ZoomProvisioningRule Given -Path $file -Anchor '' -MaxDisableCount 1 -InformationAction Ignore
        $rule = Get-ZoomProvisioningRule -Path $file
        $rule.Anchor | Should -BeNullOrEmpty
        $rule.Guard.MaxDisable | Should -Be 1
        $rule.Source.Csv | Should -BeNullOrEmpty
        Get-Content -LiteralPath $file -Raw | Should -Match '# Nobody is deleted'
    }

    It 'keeps who has no address out of a scope that is given, and says how a plan that needs approval is done' {
        $file = Join-Path $TestDrive 'rooms.csv'
        Set-Content -LiteralPath $file -Value 'Nr;E-Mail;Abteilung', '1;a@example.com;Sales', '2;b@example.com;IT', '3;;Sales'
        $plan = New-ZoomProvisioningRule -Sample $file -Scope "Abteilung eq 'Sales'" -Approval required -InformationVariable said
        @($plan.Changes.UserName) | Should -Be 'a@example.com'
        "$said" | Should -Match ('to do it: New-ZoomProvisioningPlan rooms \| Export-ZoomProvisioningPlan plan.json; ' +
            'Approve-ZoomProvisioningPlan plan.json; then')
        (Get-ZoomProvisioningRule rooms).Scope.Text | Should -Be "EMail pr and (Abteilung eq 'Sales')"

        (Get-ZoomProvisioningRule rooms).Approval.People | Should -Be 1
        $steps = [regex]::Match("$said", 'to do it: (.*)$').Groups[1].Value -replace 'then ' -replace 'plan\.json', "(Join-Path '$TestDrive' rooms.plan)"
        $run = Invoke-Expression "`$ConfirmPreference = 'None'; $steps" | Select-Object -Last 1
        "$($run.Outcome) $($run.Created)" | Should -Be 'Done 1'
    }

    It 'writes nothing with -WhatIf, without a connection no plan, and nobody for nobody' {
        $file = Join-Path $TestDrive 'none.json'
        New-ZoomProvisioningRule -Sample $people -Path $file -WhatIf -InformationAction Ignore | Should -BeNullOrEmpty
        Test-Path -LiteralPath $file | Should -BeFalse
        Disconnect-ZoomScim -All
        New-ZoomProvisioningRule -Sample $people -Path $file -InformationAction Ignore | Should -BeNullOrEmpty
        Test-Path -LiteralPath $file | Should -BeTrue
        { New-ZoomProvisioningRule -Sample $people -Path $file } | Should -Throw -ErrorId 'Zoom.Rule.FileExists,*'
        $empty = Join-Path $TestDrive 'empty.csv'
        Set-Content -LiteralPath $empty -Value 'E-Mail;Vorname'
        { New-ZoomProvisioningRule -Sample $empty } | Should -Throw -ErrorId 'Zoom.Setup.NoRecords,*'
        { New-ZoomProvisioningRule -Sample (Join-Path $TestDrive 'gone.csv') } | Should -Throw -ErrorId 'Zoom.Source.NotRead,*'
    }

    It 'lets scriptblocks see the rows of the file as Import-Csv gives them' {
        $file = Join-Path $TestDrive 'script.psd1'
        Set-Content -LiteralPath $file -Value "@{ Name = 'Script'; Source = @{ Csv = 'people list.csv' }
            Scope = { `$_.Nr -in 1, 2 }; Attributes = @{ Department = { `$_.'Abteilung' + '!' } } }"
        $plan = New-ZoomProvisioningPlan -Rule $file
        $plan.Changes.Count | Should -Be 2
        $plan.Changes[0].Desired.Values.Department | Should -Be 'Sales!'
    }
}

Describe 'From commands to a rule' {
    It 'takes over whom the commands have created, in one line and without a doubt' {
        $list = Join-Path $TestDrive 'fifty.csv'
        Set-Content -LiteralPath $list -Value (@('UserName,FirstName,LastName,Department,EmployeeNumber') +
            @(1..50 | ForEach-Object { "q$_@example.com,Anna,Muster,Sales,E$_" }))
        $rule = Join-Path $TestDrive 'fifty.json'
        Set-Content -LiteralPath $rule -Value '{ "name": "Fifty", "anchor": "EmployeeNumber", "source": { "csv": "fifty.csv" } }'
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $null = Import-Csv -LiteralPath $list | New-ZoomScimUser

        $plan = New-ZoomProvisioningPlan -Rule $rule -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $plan.Held.Count | Should -Be 0
        @($plan.Changes | Where-Object Action -eq Adopt).Count | Should -Be 50
        @($plan.Changes.Reason | Select-Object -Unique) | Should -Be 'created here by a command; has what the source wants'
        ($plan | Out-String -Width 200) | Should -Match '= 50 to adopt: created here by a command'

        $run = Sync-ZoomScimUser -Rule $rule -Confirm:$false
        "$($run.Outcome)" | Should -Be 'Done'
        # The second time they are the rule's.
        (New-ZoomProvisioningPlan -Rule $rule).Pending.Count | Should -Be 0
    }
}

Describe 'A task for a rule' {
    BeforeAll {
        $rule = Join-Path $TestDrive "it's 5% `$x.json"
        Set-Content -LiteralPath $rule -Value '{ "name": "Nightly", "source": { "csv": "people list.csv" } }'
    }

    It 'is printed for each scheduler, and names no secret' {
        $null = New-ZoomScimProfile contoso -AccountId a -ClientId c -SecretVault Work -SecretName zoom -Force
        foreach ($scheduler in 'Windows', 'SystemdUser', 'SystemdSystem', 'Cron') {
            $text = Register-ZoomProvisioningTask $rule -Scheduler $scheduler -Profile contoso -WhatIf
            $text | Should -Match 'Sync-ZoomScimUser -Rule'
            $text | Should -Match 'Connect-ZoomScim -Profile contoso'
            $text | Should -Match '-Confirm:\$+false'
            $text | Should -Not -Match 'Secret'
        }
    }

    It 'says now what would be missing each night' {
        (Get-ErrorOf { Register-ZoomProvisioningTask $rule -Profile nope -WhatIf }).Exception.Message | Should -Match "no profile 'nope'"

        Set-ZoomProvisioningRule -Path $rule -NotifyWebhook STAFF_WEBHOOK
        $null = Register-ZoomProvisioningTask $rule -Scheduler Cron -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*needs ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, STAFF_WEBHOOK:*'

        $file = Join-Path $TestDrive 'zoom.env'
        Set-Content -LiteralPath $file -Value 'ZOOM_ACCOUNT_ID=a', 'ZOOM_CLIENT_ID=b', 'ZOOM_CLIENT_SECRET=c'
        $null = Register-ZoomProvisioningTask $rule -Scheduler SystemdUser -EnvironmentFile $file -WhatIf `
            -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*needs STAFF_WEBHOOK:*'
    }

    It 'says that an approval will be waited for' {
        $signed = Join-Path $TestDrive 'signed.json'
        Set-Content -LiteralPath $signed -Value '{ "name": "Signed", "approval": "two", "source": { "csv": "people list.csv" } }'
        $null = Register-ZoomProvisioningTask $signed -Scheduler Cron -WhatIf -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*'Signed' wants two different people to approve each plan*"
    }

    It 'leaves nothing behind where it could not be registered' {
        if (Get-Command systemctl -ErrorAction Ignore) { $env:PATH, $path = '', $env:PATH }
        $home0, $env:XDG_CONFIG_HOME = $env:XDG_CONFIG_HOME, (Join-Path $TestDrive 'config')
        try {
            (Get-ErrorOf { Register-ZoomProvisioningTask $rule -Scheduler SystemdUser -Confirm:$false -WarningAction SilentlyContinue }).FullyQualifiedErrorId |
                Should -BeLike 'Zoom.Task.NotRegistered,*'
        }
        finally {
            $env:XDG_CONFIG_HOME = $home0
            if ($path) { $env:PATH = $path }
        }

        Get-ChildItem (Join-Path $TestDrive 'config') -Recurse -File | Should -BeNullOrEmpty
    }

    It 'tells of a sign-in that fails, as the rule wants' -Tag ChildShell {
        $told = Join-Path $TestDrive 'told.json'
        $tell = Join-Path $TestDrive 'tell.sh'
        Set-Content -LiteralPath $tell -Value '#!/bin/sh', "cat > '$told'"
        if (-not $IsWindows) { chmod +x $tell }
        $alarmed = Join-Path $TestDrive 'alarmed.json'
        $run = if ($IsWindows) { 'powershell', '-NoProfile', '-Command', "`$input | Set-Content '$told'" } else { , $tell }
        @{ name = 'Alarmed'; source = @{ csv = 'people list.csv' }; notify = @{ command = @($run) } } | ConvertTo-Json -Depth 5 |
            Set-Content -LiteralPath $alarmed
        $line = Register-ZoomProvisioningTask $alarmed -Scheduler Cron -WhatIf -WarningAction SilentlyContinue
        $script = [regex]::Match($line, "-Command '(.*)'$").Groups[1].Value.Replace("'\''", "'").Replace('\%', '%')
        $null = Invoke-TestShell '-NoProfile', '-NonInteractive', '-Command', $script 2>&1
        $LASTEXITCODE | Should -Be 5
        (Get-Content -LiteralPath $told -Raw) | Should -Match 'Connect-ZoomScim has failed'
    }

    It 'needs a rule that names its source' {
        $bare = Join-Path $TestDrive 'bare.json'
        Set-Content -LiteralPath $bare -Value '{ "name": "Bare" }'
        { Register-ZoomProvisioningTask $bare -WhatIf } | Should -Throw -ErrorId 'Zoom.Task.NotPossible,*' `
            -ExpectedMessage '*does not say where the people are*'
        { Register-ZoomProvisioningTask $rule -At 25:00 -WhatIf } | Should -Throw -ErrorId 'Zoom.Task.NotPossible,*'
    }
}
