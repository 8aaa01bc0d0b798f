#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Every example of every page of the help is run, and must give the output that the page shows.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/HelpExample.psm1') -Force
    $pages = Join-Path $PSScriptRoot '../../src/help'
    $examples = @(Get-HelpExample $pages)
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/HelpExample.psm1') -Force
    $modulePath = Get-TestModulePath

    # For the examples that sign in as one signs in to Zoom.
    $zoom = Start-SocketZoom -Users 20 -SignIn
}

AfterAll {
    Stop-SocketZoom $zoom
    Remove-Module HelpExample
}

Describe 'Help examples' {
    It '<Page>, <Title>' -ForEach $examples {
        $signsIn = $Page -eq 'Connect-ZoomScim' -and $Code -notmatch '-Simulator'
        if ($signsIn -and -not $zoom) {
            Set-ItResult -Skipped -Because 'the console program, which serves the simulator on a port, has not been built here'
            return
        }

        $folder = Join-Path $TestDrive ([Guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $folder
        $run = Invoke-HelpExample $_ $folder $modulePath

        $run.Errors | Should -BeNullOrEmpty -Because 'an example that shows an error catches it'
        $run.Warnings | Should -BeNullOrEmpty
        if ($null -ne $Output) {
            ConvertTo-PlainOutput $run.Output | Should -BeExactly (ConvertTo-PlainOutput $Output)
        }

        if ($Code -match '-WhatIf') {
            $run.Sent | Should -BeNullOrEmpty -Because '-WhatIf changes nothing'
        }
    }

    It 'there are at least three on every page' {
        foreach ($page in @(Get-HelpExample (Join-Path $PSScriptRoot '../../src/help')) | Group-Object { $_.Page }) {
            $page.Count | Should -BeGreaterOrEqual 3 -Because $page.Name
        }
    }
}
