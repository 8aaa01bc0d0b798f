#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Every command of the README and of the pages in src/docs is run as it stands, top to bottom.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/DocPage.psm1') -Force
    $pages = @(Get-DocPage (Join-Path $PSScriptRoot '../..'))
    $withCode = @($pages | Where-Object { $_.Code })
    $withShell = @($pages | Where-Object { $_.Shell })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/DocPage.psm1') -Force
    $repository = (Resolve-Path (Join-Path $PSScriptRoot '../..')).ProviderPath
    $modulePath = Get-TestModulePath

    # For the pages that sign in as one signs in to Zoom.
    $zoom = Start-SocketZoom -Users 20
    if ($zoom) {
        $env:ZOOM_SCIM_URI = $zoom.At.scimUri
        $env:ZOOM_TOKEN_URI = $zoom.At.tokenUri
        $env:ZOOM_ACCOUNT_ID = $zoom.At.accountId
        $env:ZOOM_CLIENT_ID = $zoom.At.clientId
        $env:ZOOM_CLIENT_SECRET = $zoom.At.clientSecret
    }
}

AfterAll {
    Stop-SocketZoom $zoom
    foreach ($name in 'ZOOM_SCIM_URI', 'ZOOM_TOKEN_URI', 'ZOOM_ACCOUNT_ID', 'ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET') {
        [Environment]::SetEnvironmentVariable($name, $null)
    }
}

Describe 'Documents' {
    It 'the commands of <Page>.md work, one after the other' -ForEach $withCode {
        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        New-DocFolder $folder $repository $modulePath
        $run = Invoke-DocPage $_ $folder $modulePath

        $run.Errors | Should -BeNullOrEmpty
    }

    It 'the zoomprov lines of <Page>.md work' -ForEach $withShell {
        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        New-DocFolder $folder $repository $modulePath
        foreach ($line in $Shell) {
            $run = Invoke-Zoomprov $line $folder
            $run.ExitCode | Should -BeIn 0, 2 -Because "$line said: $($run.Output)"
        }
    }
}
