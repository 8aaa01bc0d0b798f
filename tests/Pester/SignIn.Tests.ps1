#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# All ways to sign in, over a real socket, at the simulator of the console program. Skipped where that has not been built.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $cannot = -not (Get-ChildItem (Join-Path (Get-TestRepositoryPath) 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') -ErrorAction SilentlyContinue)
}

Describe 'Signing in over a socket' -Skip:$cannot {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
        Import-TestModule
        $socket = Start-SocketZoom -Users 5
        $at = $socket.At
        $secret = ConvertTo-SecureString $at.clientSecret -AsPlainText -Force
        $addresses = @{ ScimUri = $at.scimUri; TokenUri = $at.tokenUri }
        $variables = @{ ZOOM_ACCOUNT_ID = $at.accountId; ZOOM_CLIENT_ID = $at.clientId; ZOOM_CLIENT_SECRET = $at.clientSecret;
            ZOOM_SCIM_URI = $at.scimUri; ZOOM_TOKEN_URI = $at.tokenUri }
    }

    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }
    AfterAll { Stop-SocketZoom $socket }

    It 'works with account id, client id and secret' {
        $connection = Connect-ZoomScim -AccountId $at.accountId -ClientId $at.clientId -ClientSecret $secret @addresses -PassThru
        $connection.Status | Should -Be 'Valid'
        $connection.IsSimulator | Should -BeFalse
        $connection.Scopes | Should -Contain 'scim2:admin'
        $connection.LastTest.Outcome | Should -Be @('Passed', 'Passed', 'Passed', 'Passed', 'Passed')
        @(Get-ZoomScimUser).Count | Should -Be 7
    }

    It 'works with a PSCredential' {
        Connect-ZoomScim -AccountId $at.accountId -Credential (New-Object pscredential $at.clientId, $secret) @addresses
        @(Get-ZoomScimUser).Count | Should -Be 7
    }

    It 'works with the environment, <Name>' -ForEach @(@{ Name = 'by default'; Switch = @{} },
        @{ Name = 'and when told'; Switch = @{ EnvironmentVariable = $true } }) {
        foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
        try { (Connect-ZoomScim @Switch -PassThru).ScimUri | Should -Be $at.scimUri }
        finally { foreach ($name in $variables.Keys) { [Environment]::SetEnvironmentVariable($name, $null) } }
        @(Get-ZoomScimUser).Count | Should -Be 7
    }

    It 'works with a ready token' {
        $basic = [Convert]::ToBase64String([Text.Encoding]::ASCII.GetBytes("$($at.clientId):$($at.clientSecret)"))
        $token = (Invoke-RestMethod $at.tokenUri -Method Post -Headers @{ Authorization = "Basic $basic" } `
            -Body @{ grant_type = 'account_credentials'; account_id = $at.accountId }).access_token
        $connection = Connect-ZoomScim -AccessToken (ConvertTo-SecureString $token -AsPlainText -Force) -ScimUri $at.scimUri -PassThru
        $connection.Status | Should -Be 'Valid'
        $connection.Name | Should -Be '127.0.0.1'
        (New-ZoomScimUser token@example.com).Outcome | Should -Be 'Done'
        (Remove-ZoomScimUser token@example.com -Action Delete -Confirm:$false).Outcome | Should -Be 'Done'
    }

    It 'says that <Name> is wrong, at the step Token, with advice' -ForEach @(
        @{ Name = 'the secret'; Change = @{ ClientSecret = 'wrong' }; Id = '*client id or client secret*' }
        @{ Name = 'the client id'; Change = @{ ClientId = 'wrong' }; Id = '*client id or client secret*' }
        @{ Name = 'the account id'; Change = @{ AccountId = 'wrong' }; Id = '*account id*' }) {
        $arguments = @{ AccountId = $at.accountId; ClientId = $at.clientId; ClientSecret = $secret }
        foreach ($key in $Change.Keys) {
            $arguments[$key] = if ($key -eq 'ClientSecret') { ConvertTo-SecureString $Change[$key] -AsPlainText -Force } else { $Change[$key] }
        }
        $problem = Get-ErrorOf { Connect-ZoomScim @arguments @addresses }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.TestFailed,*'
        $problem.Exception.Message | Should -BeLike "*Token*$Id*"
        $problem.Exception.ZoomMessage | Should -Not -BeNullOrEmpty
        $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-ZoomScimConnection | Should -BeNullOrEmpty
    }

    It 'says that a token is wrong' {
        $problem = Get-ErrorOf { Connect-ZoomScim -AccessToken (ConvertTo-SecureString 'wrong' -AsPlainText -Force) -ScimUri $at.scimUri }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.TestFailed,*'
        $problem.Exception.Message | Should -BeLike '*ScimRead*'
    }

    It 'says that the address is no SCIM address' {
        $problem = Get-ErrorOf { Connect-ZoomScim -AccountId $at.accountId -ClientId $at.clientId -ClientSecret $secret -TokenUri $at.tokenUri `
            -ScimUri ($at.scimUri -replace 'scim2$', 'nowhere') }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.TestFailed,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-ScimUri*'
    }

    It 'closes the sockets: a connection that was kept is refused' {
        $kept = Connect-ZoomScim -AccountId $at.accountId -ClientId $at.clientId -ClientSecret $secret @addresses -PassThru
        Disconnect-ZoomScim
        (Get-ErrorOf { Get-ZoomScimUser -Connection $kept }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.Closed,*'
    }

    It 'does the admin''s tour' {
        Connect-ZoomScim -AccountId $at.accountId -ClientId $at.clientId -ClientSecret $secret @addresses
        $made = 1..20 | ForEach-Object { [pscustomobject]@{ UserName = "tour$_@example.com"; FirstName = 'To'; LastName = "Ur $_" } } | New-ZoomScimUser
        @($made | Where-Object Outcome -EQ 'Done').Count | Should -Be 20
        (Set-ZoomScimUser tour1@example.com -Department Sales).Outcome | Should -Be 'Done'
        (Remove-ZoomScimUser tour1@example.com -Confirm:$false).Action | Should -Be 'Disable'
        @($made | Remove-ZoomScimUser -Action Delete -Confirm:$false | Where-Object Outcome -EQ 'Done').Count | Should -Be 20
        @(Get-ZoomScimUser).Count | Should -Be 7
    }
}
