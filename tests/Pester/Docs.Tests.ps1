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
    $zoom = Start-SocketZoom -Users 20 -SignIn
}

AfterAll {
    Stop-SocketZoom $zoom
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
