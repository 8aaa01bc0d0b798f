#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The page src/docs/unattended.md, run as it stands, at the simulator of the console program. What is not on
# every machine (SecretManagement, Azure Automation) is stood in for by functions of the same names and parameters.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $cannot = -not (Get-ChildItem (Join-Path (Get-TestRepositoryPath) 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') -ErrorAction SilentlyContinue)
}

Describe 'The page on unattended runs' -Skip:$cannot {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
        Import-TestModule
        $page = [IO.File]::ReadAllText((Join-Path (Get-TestRepositoryPath) 'src/docs/unattended.md')) -replace "`r"
        function Get-Block([string] $Language, [string] $Words) {
            $found = @([regex]::Matches($page, "(?s)``````$Language\n(.*?)``````") | ForEach-Object { $_.Groups[1].Value } |
                Where-Object { $_ -like "*$Words*" })
            if ($found.Count -ne 1) { throw "There are $($found.Count) blocks of $Language with '$Words' in the page." }
            $found[0]
        }

        $socket = Start-SocketZoom -Users 3
        $at = $socket.At
        $accountId = $at.accountId
        $clientId = $at.clientId
        $clientSecret = ConvertTo-SecureString $at.clientSecret -AsPlainText -Force
        $homeBefore = $env:ZOOM_PROVISIONING_HOME
        $env:ZOOM_PROVISIONING_HOME = Join-Path $TestDrive 'home'
        $global:UnattendedVault = @{}
        $global:UnattendedAssets = @{ ZoomAccountId = $accountId; ZoomClientId = $clientId; ZoomClientSecret = $at.clientSecret;
            ZoomApp = New-Object pscredential $clientId, $clientSecret }
        function global:Set-Secret { param([string] $Name, [string] $Vault, $Secret) $global:UnattendedVault["$Vault/$Name"] = $Secret }
        function global:Get-Secret {
            [CmdletBinding()] param([Parameter(Position = 0)] [string] $Name, [string] $Vault)
            $global:UnattendedVault["$Vault/$Name"]
        }
        function global:Get-AutomationVariable { param([string] $Name) $global:UnattendedAssets[$Name] }
        function global:Get-AutomationPSCredential { param([string] $Name) $global:UnattendedAssets[$Name] }

        # The page speaks to Zoom itself; here its addresses are the simulator's.
        foreach ($command in 'Connect-ZoomScim', 'New-ZoomScimProfile') {
            $global:PSDefaultParameterValues["${command}:ScimUri"] = $at.scimUri
            $global:PSDefaultParameterValues["${command}:TokenUri"] = $at.tokenUri
        }

        function Assert-Connected {
            $connection = Get-ZoomScimConnection
            @($connection).Count | Should -Be 1
            $connection.Status | Should -Be 'Valid'
            $connection.ClientId | Should -Be $clientId
            @(Get-ZoomScimUser).Count | Should -BeGreaterOrEqual 5
        }
    }

    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    AfterAll {
        foreach ($command in 'Connect-ZoomScim', 'New-ZoomScimProfile') {
            $global:PSDefaultParameterValues.Remove("${command}:ScimUri")
            $global:PSDefaultParameterValues.Remove("${command}:TokenUri")
        }

        'Set-Secret', 'Get-Secret', 'Get-AutomationVariable', 'Get-AutomationPSCredential' |
            ForEach-Object { Remove-Item "function:$_" -ErrorAction SilentlyContinue }
        Remove-Variable UnattendedVault, UnattendedAssets -Scope Global
        [Environment]::SetEnvironmentVariable('ZOOM_PROVISIONING_HOME', $homeBefore)
        Stop-SocketZoom $socket
    }

    It 'is right about a vault' {
        & ([scriptblock]::Create((Get-Block powershell 'Set-Secret')))
        & ([scriptblock]::Create((Get-Block powershell 'Credential (Get-Secret')))
        Assert-Connected
    }

    It 'is right about a profile with a vault' {
        & ([scriptblock]::Create((Get-Block powershell 'Set-Secret')))
        $null = & ([scriptblock]::Create((Get-Block powershell 'New-ZoomScimProfile')))
        Assert-Connected
        (Get-ZoomScimConnection contoso).AllowDeprovision | Should -BeFalse
        Get-ZoomScimProfile | Remove-ZoomScimProfile -Confirm:$false
    }

    It 'is right about Azure Automation: <Words>' -ForEach @(@{ Words = 'Get-AutomationPSCredential' },
        @{ Words = 'Get-AutomationVariable -Name ZoomClientSecret' }) {
        & ([scriptblock]::Create((Get-Block powershell $Words)))
        Assert-Connected
    }

    It 'is right about GitHub Actions' -Tag ChildShell {
        $yaml = Get-Block yaml 'shell: pwsh'
        $secrets = @{ ZOOM_ACCOUNT_ID = $at.accountId; ZOOM_CLIENT_ID = $at.clientId; ZOOM_CLIENT_SECRET = $at.clientSecret }
        $environment = @{ ZOOM_SCIM_URI = $at.scimUri; ZOOM_TOKEN_URI = $at.tokenUri }
        foreach ($line in [regex]::Matches($yaml, '(?m)^    (\w+): \$\{\{ secrets\.(\w+) \}\}$')) {
            $environment[$line.Groups[1].Value] = $secrets[$line.Groups[2].Value]
        }

        $environment.Count | Should -Be 5
        $run = [regex]::Match($yaml, '(?s)run: \|\n(.*)').Groups[1].Value
        $folder = "$TestDrive".Replace("'", "''")
        [IO.File]::WriteAllText((Join-Path $TestDrive 'people.csv'), "UserName,FirstName,LastName`nactions@example.com,Ac,Tions`n")
        $seen = Invoke-ChildPowerShell -Environment $environment "Import-Module `$modulePath; Set-Location '$folder'; `$results = & {`n$run`n}
            'JSON:' + (ConvertTo-Json @{ Outcome = [string]`$results.Outcome } -Compress)"
        $seen.Outcome | Should -Be 'Done'
    }

    It 'is right about a scheduled task, whose arguments hold no secret' -Tag ChildShell {
        $command = (Get-Block sh '-ProfileName contoso').Trim()
        Assert-NoSecret (Get-ForbiddenText $at) $command
        $null = New-ZoomScimProfile contoso -AccountId $accountId -ClientId $clientId -SecretVariable CONTOSO_SECRET
        $arguments = $command.Split(' ')
        $arguments[0] | Should -Be 'pwsh'
        $modulePathBefore = $env:PSModulePath
        $modules = Split-Path (Split-Path (Split-Path (Get-TestModulePath)))
        try {
            $env:PSModulePath = $modules + [IO.Path]::PathSeparator + $env:PSModulePath
            $env:CONTOSO_SECRET = $at.clientSecret
            Push-Location (Get-TestRepositoryPath)
            $output = Invoke-TestShell ($arguments[1..($arguments.Count - 1)] + '-ResultPath' + (Join-Path $TestDrive 'results.csv')) 2>&1 | Out-String
            $LASTEXITCODE | Should -Be 0 -Because $output
        }
        finally {
            Pop-Location
            $env:PSModulePath = $modulePathBefore
            $env:CONTOSO_SECRET = $null
            Get-ZoomScimProfile | Remove-ZoomScimProfile -Confirm:$false
        }

        $output | Should -BeLike '*Created*288*'
        Assert-NoSecret (Get-ForbiddenText $at) $output (Join-Path $TestDrive 'results.csv')
    }
}
