#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Saved profiles, the places a secret can be kept in, and what happens where nobody can be asked.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $cannot = -not (Get-ChildItem (Join-Path (Get-TestRepositoryPath) 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') -ErrorAction SilentlyContinue)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $homeBefore = $env:ZOOM_PROVISIONING_HOME
    $env:ZOOM_PROVISIONING_HOME = Join-Path $TestDrive 'home'
    function Clear-Profile { Get-ZoomScimProfile | Remove-ZoomScimProfile -Confirm:$false }
}

AfterAll {
    [Environment]::SetEnvironmentVariable('ZOOM_PROVISIONING_HOME', $homeBefore)
    if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
}

Describe 'New-ZoomScimProfile' {
    AfterEach { Clear-Profile }

    It 'saves every setting but the secret, in a readable file' {
        $saved = New-ZoomScimProfile contoso -AccountId acc -ClientId cli -SecretVault Work -SecretName zoom -ScimUri https://api.zoomgov.com/scim2 `
            -TokenUri https://zoomgov.com/oauth/token -Description 'Büro' -AllowCreate $false -AllowUpdate $false -AllowDisable $false `
            -AllowDeprovision $false `
            -RemoveAction Delete -MaxRequestsPerSecond 12.5 -Proxy http://proxy.example.com:8080
        $saved | Should -BeOfType ZoomProvisioning.Connections.ZoomScimProfile
        $read = Get-ZoomScimProfile contoso
        foreach ($property in $saved.PSObject.Properties) { $read.($property.Name) | Should -Be $property.Value }
        $file = Join-Path $env:ZOOM_PROVISIONING_HOME 'profiles/contoso.json'
        $json = [IO.File]::ReadAllText($file)
        $json | Should -BeLike '*"description": "Büro"*'
        (ConvertFrom-Json $json).secret.name | Should -Be 'zoom'
    }

    It 'does not replace a profile without -Force' {
        $null = New-ZoomScimProfile contoso -AccountId one -ClientId c -SecretVariable V
        $problem = Get-ErrorOf { New-ZoomScimProfile CONTOSO -AccountId two -ClientId c -SecretVariable V }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.AlreadyExists,*'
        $problem.TargetObject | Should -Be 'CONTOSO'
        (Get-ZoomScimProfile contoso).AccountId | Should -Be 'one'
        $null = New-ZoomScimProfile CONTOSO -AccountId two -ClientId c -SecretVariable V -Force
        @(Get-ZoomScimProfile).Count | Should -Be 1
        (Get-ZoomScimProfile contoso).AccountId | Should -Be 'two'
    }

    It 'saves nothing with -WhatIf' {
        New-ZoomScimProfile contoso -AccountId one -ClientId c -SecretVariable V -WhatIf | Should -BeNullOrEmpty
        Get-ZoomScimProfile | Should -BeNullOrEmpty
    }

    It 'says what is missing and asks nothing: <What>' -ForEach @(
        @{ What = 'the account id'; Arguments = @{ ClientId = 'c'; SecretVariable = 'V' }; Words = '*account id*' }
        @{ What = 'the place of the secret'; Arguments = @{ AccountId = 'a'; ClientId = 'c' }; Words = '*where the client secret is*' }
        @{ What = 'the client id'; Arguments = @{ AccountId = 'a'; SecretVariable = 'V' }; Words = '*client id*' }) {
        $problem = Get-ErrorOf { New-ZoomScimProfile contoso @Arguments }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.InvalidSetting,*'
        $problem.Exception.Message | Should -BeLike $Words
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-SecretName*-SecretVariable*'
    }

    It 'keeps no password of a proxy outside a vault' -ForEach @(
        @{ Place = @{ SecretVariable = 'V' }; Id = 'Zoom.Profile.ProxySecret,*' }
        @{ Place = @{ SecretName = 'n' }; Id = 'Zoom.Profile.NoVaultModule,*' }) {
        $problem = Get-ErrorOf { New-ZoomScimProfile contoso -AccountId a -ClientId c -Proxy http://joe:hunter2@proxy:8080 @Place }
        $problem.FullyQualifiedErrorId | Should -BeLike $Id
        "$($problem.Exception) $($problem.ErrorDetails)" | Should -Not -BeLike '*hunter2*'
        Get-ZoomScimProfile | Should -BeNullOrEmpty
    }

    It 'has no way to name two places' {
        (Get-ErrorOf { New-ZoomScimProfile contoso -AccountId a -SecretName n -SecretVariable V }).FullyQualifiedErrorId |
            Should -BeLike 'AmbiguousParameterSet,*'
    }
}

Describe 'Get- and Remove-ZoomScimProfile' {
    BeforeAll {
        $null = New-ZoomScimProfile contoso -AccountId a -ClientId c -SecretVariable V
        $null = New-ZoomScimProfile contoso-test -AccountId a -SecretName n
        $null = New-ZoomScimProfile fabrikam -AccountId a -SecretVault Work -SecretName n
    }

    AfterAll { Clear-Profile }

    It 'finds by name and by wildcard' {
        (Get-ZoomScimProfile).Name | Should -Be @('contoso', 'contoso-test', 'fabrikam')
        (Get-ZoomScimProfile con*).Name | Should -Be @('contoso', 'contoso-test')
        (Get-ZoomScimProfile FABRIKAM).Name | Should -Be 'fabrikam'
        Get-ZoomScimProfile x* | Should -BeNullOrEmpty
    }

    It 'says which there are when one is not' {
        $problem = Get-ErrorOf { Get-ZoomScimProfile nobody }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.NotFound,*'
        $problem.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $problem.Exception.Message | Should -BeLike '*contoso, contoso-test, fabrikam*'
        (Get-ErrorOf { Connect-ZoomScim -Profile nobody }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.NotFound,*'
        (Get-ErrorOf { Remove-ZoomScimProfile nobody }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.NotFound,*'
    }

    It 'shows the others when a file is broken' {
        $file = Join-Path $env:ZOOM_PROVISIONING_HOME 'profiles/broken.json'
        [IO.File]::WriteAllText($file, '{ "clientSecret": "hunter2" }')
        try {
            $problem = Get-ErrorOf { Get-ZoomScimProfile }
            $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.Unreadable,*'
            $problem.Exception.Message | Should -BeLike '*clientSecret*'
            ($problem | Format-List * -Force | Out-String) | Should -Not -BeLike '*hunter2*'
            @(Get-ZoomScimProfile -ErrorAction SilentlyContinue).Count | Should -Be 3
        }
        finally { Remove-Item $file }
    }

    It 'fits 80 columns' {
        $lines = (Get-ZoomScimProfile | Out-String -Width 80) -split "`r?`n"
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines -join "`n" | Should -BeLike "*secret 'n' in vault 'Work'*"
    }

    It 'completes names' {
        (TabExpansion2 'Connect-ZoomScim -Profile con').CompletionMatches.CompletionText | Should -Be @('contoso', 'contoso-test')
        (TabExpansion2 'Remove-ZoomScimProfile fa').CompletionMatches.CompletionText | Should -Be 'fabrikam'
    }

    It 'offers nothing, and no error, where profiles cannot be read' {
        $good = $env:ZOOM_PROVISIONING_HOME
        $env:ZOOM_PROVISIONING_HOME = "`0"
        try {
            $Error.Clear()
            @((TabExpansion2 'Get-ZoomScimProfile -Name con').CompletionMatches | Where-Object CompletionText -Like 'contoso*').Count | Should -Be 0
            $Error.Count | Should -Be 0
        }
        finally { $env:ZOOM_PROVISIONING_HOME = $good }
    }

    It 'removes what comes down the pipeline, and nothing with -WhatIf' {
        Get-ZoomScimProfile | Remove-ZoomScimProfile -WhatIf
        @(Get-ZoomScimProfile).Count | Should -Be 3
        Get-ZoomScimProfile con* | Remove-ZoomScimProfile -Confirm:$false
        (Get-ZoomScimProfile).Name | Should -Be 'fabrikam'
    }
}

Describe 'Connect-ZoomScim -Profile' {
    AfterEach {
        if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
        Clear-Profile
        $env:ZOOM_TEST_SECRET = $null
    }

    It 'takes every setting from the profile' {
        $null = New-ZoomScimProfile contoso -AccountId acc -ClientId cli -SecretVariable ZOOM_TEST_SECRET -Description 'Head office' `
            -AllowDeprovision $false -RemoveAction Delete -MaxRequestsPerSecond 7 -ScimUri https://api.zoomgov.com/scim2
        $env:ZOOM_TEST_SECRET = 'abc'
        $connection = Connect-ZoomScim contoso -SkipTest -PassThru
        $connection.Name, $connection.AccountId, $connection.ClientId, $connection.Description | Should -Be @('contoso', 'acc', 'cli', 'Head office')
        $connection.AllowCreate, $connection.AllowDeprovision | Should -Be @($true, $false)
        $connection.RemoveAction | Should -Be 'Delete'
        $connection.MaxRequestsPerSecond | Should -Be 7
        $connection.ScimUri | Should -Be 'https://api.zoomgov.com/scim2'
    }

    It 'lets parameters win over it' {
        $null = New-ZoomScimProfile contoso -AccountId acc -ClientId cli -SecretVariable ZOOM_TEST_SECRET -AllowDeprovision $false `
            -MaxRequestsPerSecond 7 -Description 'x'
        $env:ZOOM_TEST_SECRET = 'abc'
        $connection = Connect-ZoomScim -Profile contoso -SkipTest -PassThru -Name other -AllowDeprovision $true -AllowCreate $false `
            -MaxRequestsPerSecond 3 -Description '' -ScimUri https://example.com/scim2
        $connection.Name, $connection.Description | Should -Be @('other', '')
        $connection.AllowDeprovision, $connection.AllowCreate | Should -Be @($true, $false)
        $connection.MaxRequestsPerSecond | Should -Be 3
        $connection.ScimUri | Should -Be 'https://example.com/scim2'
    }

    It 'names a variable that is not set' {
        $null = New-ZoomScimProfile contoso -AccountId acc -ClientId cli -SecretVariable ZOOM_TEST_SECRET
        $problem = Get-ErrorOf { Connect-ZoomScim -Profile contoso }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.SecretMissing,*'
        $problem.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $problem.TargetObject | Should -Be 'contoso'
        $problem.Exception.Message | Should -BeLike '*ZOOM_TEST_SECRET*'
    }

    It 'cannot be mixed with other ways to sign in' {
        (Get-ErrorOf { Connect-ZoomScim -Profile contoso -AccountId a }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
        (Get-ErrorOf { Connect-ZoomScim -Profile contoso -Simulator }).FullyQualifiedErrorId | Should -BeLike 'AmbiguousParameterSet,*'
    }
}

Describe 'A secret in a vault' {
    BeforeAll {
        # Stands in for Microsoft.PowerShell.SecretManagement, which is not on every machine: the same name and parameters.
        function global:Get-Secret {
            [CmdletBinding()] param([Parameter(Mandatory)] [string] $Name, [string] $Vault)
            if ($Vault -and $Vault -ne 'Work') { throw "Vault $Vault does not exist in registry." }
            if (-not $global:TestVault.ContainsKey($Name)) { Write-Error "The secret $Name was not found."; return }
            $global:TestVault[$Name]
        }
        $global:TestVault = @{
            secure = ConvertTo-SecureString 'abc' -AsPlainText -Force
            pair   = New-Object pscredential 'client-of-the-vault', (ConvertTo-SecureString 'abc' -AsPlainText -Force)
            plain  = 'abc'
            empty  = ''
            table  = @{ Secret = 'abc' }
        }
    }

    AfterAll {
        Remove-Item function:Get-Secret
        Remove-Variable TestVault -Scope Global
    }

    AfterEach {
        if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
        Clear-Profile
    }

    It 'is taken as <Kind>' -ForEach @(@{ Kind = 'secure'; Client = 'cli' }, @{ Kind = 'plain'; Client = 'cli' }) {
        $null = New-ZoomScimProfile contoso -AccountId acc -ClientId cli -SecretVault Work -SecretName $Kind
        (Connect-ZoomScim contoso -SkipTest -PassThru).ClientId | Should -Be $Client
    }

    It 'brings its client id along in a PSCredential' {
        $null = New-ZoomScimProfile contoso -AccountId acc -SecretName pair
        (Connect-ZoomScim contoso -SkipTest -PassThru).ClientId | Should -Be 'client-of-the-vault'
    }

    It 'is refused when <Why>' -ForEach @(
        @{ Why = 'it is not there'; Name = 'absent'; Vault = 'Work'; Client = 'cli'; Id = 'Zoom.Profile.SecretMissing';
            Words = '*The secret absent was not found*' }
        @{ Why = 'the vault is not there'; Name = 'secure'; Vault = 'Other'; Client = 'cli'; Id = 'Zoom.Profile.SecretMissing';
            Words = '*Vault Other does not exist*' }
        @{ Why = 'it is empty'; Name = 'empty'; Vault = 'Work'; Client = 'cli'; Id = 'Zoom.Profile.SecretMissing'; Words = '*nothing in it*' }
        @{ Why = 'it is something else'; Name = 'table'; Vault = 'Work'; Client = 'cli'; Id = 'Zoom.Profile.SecretKind'; Words = '*Hashtable*' }
        @{ Why = 'it is of another client'; Name = 'pair'; Vault = 'Work'; Client = 'cli'; Id = 'Zoom.Profile.ClientMismatch';
            Words = '*client-of-the-vault*cli*' }
        @{ Why = 'nobody knows the client id'; Name = 'secure'; Vault = 'Work'; Client = $null; Id = 'Zoom.Connection.MissingCredential';
            Words = '*no client id*' }) {
        $null = New-ZoomScimProfile contoso -AccountId acc -ClientId $Client -SecretVault $Vault -SecretName $Name
        $problem = Get-ErrorOf { Connect-ZoomScim contoso -SkipTest }
        $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problem.Exception.Message | Should -BeLike $Words
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        ($problem | Format-List * -Force | Out-String) | Should -Not -BeLike '*abc*'
        Get-ZoomScimConnection | Should -BeNullOrEmpty
    }

    It 'works with -Credential (Get-Secret ...) as well' {
        (Connect-ZoomScim -AccountId acc -Credential (Get-Secret pair) -SkipTest -PassThru).ClientId | Should -Be 'client-of-the-vault'
        (Get-ErrorOf { Connect-ZoomScim -AccountId acc -Credential (Get-Secret absent -ErrorAction SilentlyContinue) }).FullyQualifiedErrorId |
            Should -BeLike 'Zoom.Connection.MissingCredential,*'
    }
}

Describe 'Without SecretManagement' {
    It 'says what to install' -Skip:([bool](Get-Command Get-Secret -ErrorAction SilentlyContinue)) {
        $null = New-ZoomScimProfile contoso -AccountId acc -SecretName zoom
        try {
            $problem = Get-ErrorOf { Connect-ZoomScim contoso }
            $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Profile.NoVaultModule,*'
            $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Microsoft.PowerShell.SecretManagement*-SecretVariable*'
        }
        finally { Clear-Profile }
    }
}

Describe 'Over a socket' -Skip:$cannot {
    BeforeAll {
        $socket = Start-SocketZoom -Users 3
        $at = $socket.At
        $null = New-ZoomScimProfile served -AccountId $at.accountId -ClientId $at.clientId -SecretVariable ZOOM_TEST_SECRET -ScimUri $at.scimUri `
            -TokenUri $at.tokenUri -AllowDeprovision $false
        $env:ZOOM_TEST_SECRET = $at.clientSecret
    }

    AfterAll {
        $env:ZOOM_TEST_SECRET = $null
        if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
        Stop-SocketZoom $socket
        Clear-Profile
    }

    It 'is one word' {
        Connect-ZoomScim served
        @(Get-ZoomScimUser).Count | Should -Be 5
        (Remove-ZoomScimUser owner@example.com -Action Delete -Confirm:$false -WarningAction SilentlyContinue).Outcome | Should -Be 'Skipped'
    }

    It 'leaves the secret out of its file' {
        foreach ($file in Get-ChildItem $env:ZOOM_PROVISIONING_HOME -Recurse -File) {
            [IO.File]::ReadAllText($file.FullName).Contains($at.clientSecret) | Should -BeFalse
        }
    }

    It 'is understood by zoomprov' {
        $program = (Get-ChildItem (Join-Path (Get-TestRepositoryPath) 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') | Sort-Object LastWriteTime |
            Select-Object -Last 1).FullName
        $output = & dotnet $program test --profile SERVED --json
        $LASTEXITCODE | Should -Be 0
        ($output | ConvertFrom-Json | Where-Object step -EQ 'ScimRead').outcome | Should -Be 'Passed'
        $output = & dotnet $program test --profile nobody --json
        $LASTEXITCODE | Should -Be 1
        ($output | ConvertFrom-Json).message | Should -BeLike "*'nobody'*served*"
    }
}

Describe 'Where nobody can be asked' -Tag ChildShell {
    BeforeAll {
        $seen = Invoke-ChildPowerShell @'
Import-Module $modulePath
$ids = @(
    { Connect-ZoomScim },
    { Connect-ZoomScim -AccountId a },
    { Connect-ZoomScim -ClientId c },
    { Connect-ZoomScim -AccountId a -Credential $null },
    { Connect-ZoomScim -AccountId a -Credential 'client-id' },
    { Connect-ZoomScim -AccountId '' -ClientId '' -ClientSecret $null },
    { New-ZoomScimProfile -Name x },
    { Connect-ZoomScim -Simulator; $null = New-ZoomScimUser a@example.com -Confirm:$false; Remove-ZoomScimUser a@example.com },
    { Set-ZoomScimConnection -AllowCreate $false -Confirm }
) | ForEach-Object { try { & $_; 'nothing' } catch { $_.FullyQualifiedErrorId; if ($_.ErrorDetails) { $_.ErrorDetails.RecommendedAction } else { "$_" } } }
'JSON:' + (ConvertTo-Json $ids -Compress)
'@ -Environment @{ ZOOM_PROVISIONING_HOME = $env:ZOOM_PROVISIONING_HOME }
    }

    It 'is an error that says where to put what is missing' {
        $ids = @($seen | Where-Object { $_ -like 'Zoom.*' -or $_ -like 'Parameter*' } | ForEach-Object { ($_ -split ',')[0] })
        $ids | Should -Be @('Zoom.Connection.MissingCredential', 'Zoom.Connection.MissingCredential', 'Zoom.Connection.MissingCredential',
            'Zoom.Connection.MissingCredential',
            'ParameterArgumentTransformationError', 'Zoom.Connection.MissingCredential', 'Zoom.Profile.InvalidSetting', 'Zoom.Call.CannotAsk',
            'Zoom.Call.CannotAsk')
        @($seen | Where-Object { $_ -like '*ZOOM_CLIENT_SECRET*New-ZoomScimProfile*' }).Count | Should -BeGreaterOrEqual 5
        $seen -join "`n" | Should -BeLike '*PSCredential*'
    }
}
