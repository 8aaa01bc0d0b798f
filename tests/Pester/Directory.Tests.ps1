#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# A rule that reads a directory itself. No directory is needed: what it does with a real one is tested in
# tests/ZoomProvisioning.Cli.Tests/Ldap; here is what PowerShell adds, on a port where nobody answers.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
    Connect-ZoomScim -Simulator -SimulatorUsers 0

    # Writes a rule over a directory on a port of this machine where nobody listens.
    function Save-DirectoryRule {
        param([string] $Bind = '', [string] $More = '')

        $path = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).json"
        Set-Content -LiteralPath $path -Value "{ `"name`": `"Directory`", $More `"source`": { `"ldap`": { `"servers`": `"ldaps://127.0.0.1:1`"$Bind } } }"
        $path
    }
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'A rule that reads a directory' {
    BeforeAll {
        $password = ConvertTo-SecureString 'Geheim.2026' -AsPlainText -Force
        $credential = [pscredential]::new('reader@example.com', $password)
    }

    It 'asks the directory where nothing is piped in, and says what is wrong with it' {
        $rule = Save-DirectoryRule
        { Sync-ZoomScimUser -Rule $rule -SourceCredential $credential -Confirm:$false -ErrorAction Stop } |
            Should -Throw -ErrorId 'Zoom.Directory.PortClosed,*' -ExpectedMessage '127.0.0.1 does not answer on port 1*'
        { New-ZoomProvisioningPlan -Rule $rule -SourceCredential $credential -ErrorAction Stop } | Should -Throw -ErrorId 'Zoom.Directory.PortClosed,*'
        { Compare-ZoomScimUser -Rule $rule -SourceCredential $credential -ErrorAction Stop } | Should -Throw -ErrorId 'Zoom.Directory.PortClosed,*'
    }

    It 'takes the records that are piped in instead, also when they are none' {
        $rule = Save-DirectoryRule
        $ana = [pscustomobject]@{ mail = 'ana@example.com'; objectGUID = [guid]::NewGuid() }
        $plan = $ana | New-ZoomProvisioningPlan -Rule $rule -WarningAction SilentlyContinue
        $plan.Changes.UserName | Should -Be 'ana@example.com'
        (@() | New-ZoomProvisioningPlan -Rule $rule -WarningAction SilentlyContinue).Changes | Should -BeNullOrEmpty
    }

    It 'connects to nothing with -ValidateOnly' {
        Sync-ZoomScimUser -Rule (Save-DirectoryRule) -ValidateOnly | Should -BeNullOrEmpty
    }

    It 'says where a password is that is not there' {
        $variable = ', "bind": { "user": "reader@example.com", "passwordVariable": "ZOOM_TEST_NO_SUCH_VARIABLE" }'
        { New-ZoomProvisioningPlan -Rule (Save-DirectoryRule $variable) -ErrorAction Stop } |
            Should -Throw -ErrorId 'Zoom.Directory.NoPassword,*' -ExpectedMessage '*ZOOM_TEST_NO_SUCH_VARIABLE*'
    }

    It 'fetches the password from a vault' {
        $secret = ', "bind": { "user": "reader@example.com", "secretName": "reader", "secretVault": "Work" }'
        function global:Get-Secret {
            param($Name, $Vault)
            if ("$Name/$Vault" -eq 'reader/Work') { ConvertTo-SecureString 'Geheim.2026' -AsPlainText -Force }
        }
        try {
            { New-ZoomProvisioningPlan -Rule (Save-DirectoryRule $secret) -ErrorAction Stop } | Should -Throw -ErrorId 'Zoom.Directory.PortClosed,*'
            $other = $secret.Replace('"reader",', '"other",')
            { New-ZoomProvisioningPlan -Rule (Save-DirectoryRule $other) -ErrorAction Stop } |
                Should -Throw -ErrorId 'Zoom.Directory.NoPassword,*' -ExpectedMessage "*'other' of the vault 'Work'*"
        }
        finally {
            Remove-Item function:Get-Secret
        }
    }

    It 'shows the password nowhere' {
        $rule = Save-DirectoryRule
        $shown = & {
            try { New-ZoomProvisioningPlan -Rule $rule -SourceCredential $credential -Verbose -Debug *>&1 }
            catch { $_ | Format-List * -Force; "$($_.Exception)" }
        } | Out-String
        $shown | Should -Match 'does not answer'
        $shown | Should -Not -Match 'Geheim'
    }

    It 'tells every mistake in the settings' {
        $rule = Save-DirectoryRule ', "bas": "OU=Staff,DC=example,DC=com", "filter": "(mail=*"'
        $problem = { New-ZoomProvisioningPlan -Rule $rule -ErrorAction Stop } | Should -Throw -PassThru
        $problem.Exception.Message | Should -Match "source\.ldap\.bas.*did you mean 'base'"
        $problem.Exception.Message | Should -Match 'is not closed'
    }
}
