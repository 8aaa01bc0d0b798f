#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Rules whose plans must be approved: nothing is done without, only what was approved, and by as many people as the rule says.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force

    function New-Signer([string]$Subject) {
        $key = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
            $Subject, $key, [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddYears(-1), [DateTimeOffset]::UtcNow.AddYears(10))
    }
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'A rule that wants its plans approved' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $people = New-PersonList 4
        $quiet = @{ Confirm = $false; WarningAction = 'SilentlyContinue' }
        $folder = New-Item -ItemType Directory -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $file = Join-Path $folder 'plan.json'
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'only plans in a sync, and says what to do' {
        $rule = Save-Rule @{ approval = 'required' }
        $run = $people | Sync-ZoomScimUser -Rule $rule -Confirm:$false -WarningAction SilentlyContinue -WarningVariable warnings
        "$($run.Outcome) $($run.Held)" | Should -Be 'Held 4'
        Get-Write | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*wants somebody to approve a plan before anything of it is done*'
        "$warnings" | Should -BeLike '*Approve-ZoomProvisioningPlan*Invoke-ZoomProvisioningPlan*'
        { $people | Sync-ZoomScimUser -Rule $rule -Approve 3f0c91d2ab45 @quiet } | Should -Throw -ErrorId 'Zoom.Approval.NotEnough*'
    }

    It 'applies what was approved, tells who by, and keeps the rest back' {
        $rule = Save-Rule @{ approval = 'required' }
        $people | New-ZoomProvisioningPlan -Rule $rule -WarningAction Ignore | Export-ZoomProvisioningPlan $file
        { Invoke-ZoomProvisioningPlan $file -Rule $rule @quiet } | Should -Throw -ErrorId 'Zoom.Approval.Missing*'
        { Invoke-ZoomProvisioningPlan $file -Rule $rule -WhatIf } | Should -Throw -ErrorId 'Zoom.Approval.Missing*'
        Approve-ZoomProvisioningPlan $file -WhatIf | Should -BeNullOrEmpty
        { Approve-ZoomProvisioningPlan $file -Except nobody@example.com @quiet } | Should -Throw -ErrorId 'Zoom.Approval.Nobody*'
        Get-ChildItem $folder -Filter *.approval.* | Should -BeNullOrEmpty

        $approval = Approve-ZoomProvisioningPlan $file -Except $people[0].UserName -Comment 'as discussed' @quiet -InformationVariable said
        "$said" | Should -BeLike "Approved so far by $($approval.Who). *wants somebody to approve*"
        "$($approval.Entries.Count) of $($approval.Of)" | Should -Be '3 of 4'
        (Import-ZoomProvisioningPlan $file).Approvals.Comment | Should -Be 'as discussed'
        $run = Invoke-ZoomProvisioningPlan $file -Rule $rule @quiet
        "$($run.Created) created, $($run.Held) held, $($run.Outcome)" | Should -Be '3 created, 1 held, Held'
        $run.Plan.Approvals.Who | Should -Be $approval.Who
        (Get-ZoomProvisioningHistory -Rule $rule -Action Approved).Message | Should -BeLike '*3 of 4, "as discussed"'
        { Invoke-ZoomProvisioningPlan $file -Rule $rule @quiet } | Should -Throw -ErrorId 'Zoom.Plan.AppliedBefore*'
    }

    It 'wants two different people, told apart by their certificates' {
        $first, $second, $stranger = (New-Signer 'CN=Ada'), (New-Signer 'CN=Ben'), (New-Signer 'CN=Mallory')
        $rule = Save-Rule @{ approval = @{ need = 'two'; certificates = @($first.Thumbprint, $second.Thumbprint) } }
        $people | New-ZoomProvisioningPlan -Rule $rule -WarningAction Ignore | Export-ZoomProvisioningPlan $file
        $null = Approve-ZoomProvisioningPlan $file -Certificate $first @quiet
        $null = Approve-ZoomProvisioningPlan $file -Certificate $first -Comment again -Confirm:$false -WarningAction SilentlyContinue -WarningVariable same
        "$same" | Should -BeLike '*where a rule wants two people, this is one.'
        $null = Approve-ZoomProvisioningPlan $file -Certificate $stranger @quiet
        $null = Approve-ZoomProvisioningPlan $file @quiet
        $refused = { Invoke-ZoomProvisioningPlan $file -Rule $rule @quiet } | Should -Throw -ErrorId 'Zoom.Approval.Missing*' -PassThru
        $refused.Exception.Message | Should -BeLike "*$($stranger.Thumbprint)*not signed*"
        Get-Write | Should -BeNullOrEmpty

        $page = Join-Path $folder 'plan.html'
        (Approve-ZoomProvisioningPlan $file -Certificate $second -HtmlPath $page @quiet).SignedBy | Should -Be 'signed by CN=Ben'
        Get-Content $page -Raw | Should -BeLike '*signed by CN=Ada*signed by CN=Ben*'
        (Invoke-ZoomProvisioningPlan $file -Rule $rule @quiet).Created | Should -Be 4
    }

    It 'prints commands on the page that work as they stand, also for a rule given by its path' {
        $rule = Save-Rule @{ approval = 'required' }
        $page = Join-Path $folder 'plan.html'
        $people | New-ZoomProvisioningPlan -Rule $rule -WarningAction Ignore | Export-ZoomProvisioningPlan $file -HtmlPath $page
        $commands = [regex]::Matches((Get-Content $page -Raw), '<code>([^<]*ZoomProvisioningPlan [^<]*)</code>') |
            ForEach-Object { [System.Net.WebUtility]::HtmlDecode($_.Groups[1].Value) }
        $commands.Count | Should -Be 2
        $commands | ForEach-Object { $null = & ([scriptblock]::Create("$_ -Confirm:`$false -WarningAction SilentlyContinue")) }
        (Get-ZoomScimUser).Count | Should -BeGreaterThan 4
    }

    It 'is set by New- and Set-ZoomProvisioningRule' {
        $path = Join-Path $folder 'staff.json'
        $null = New-ZoomProvisioningRule -Name Staff -Path $path -Approval two
        (Get-ZoomProvisioningRule -Path $path).Approval.People | Should -Be 2
        Set-ZoomProvisioningRule -Path $path -Approval none
        (Get-ZoomProvisioningRule -Path $path).Approval | Should -BeNullOrEmpty
    }
}
