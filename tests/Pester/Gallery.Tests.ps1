#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What the PowerShell Gallery asks of a module before it takes it.

BeforeDiscovery { $withoutAnalyzer = -not (Get-Module PSScriptAnalyzer -ListAvailable) }

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $manifest = Test-ModuleManifest (Get-TestModulePath) -WarningVariable said 3> $null
}

Describe 'The Gallery' {
    It 'takes the manifest without a warning' { $said | Should -BeNullOrEmpty }

    It 'finds <_>' -ForEach 'Author', 'CompanyName', 'Copyright', 'Description', 'LicenseUri', 'ReleaseNotes', 'Tags', 'Guid' {
        $manifest.$_ | Should -Not -BeNullOrEmpty
    }

    It 'finds the editions and systems in the tags' {
        foreach ($tag in 'PSEdition_Desktop', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS') { $manifest.Tags | Should -Contain $tag }
    }

    It 'has nothing to say by PSScriptAnalyzer''s rules for it' -Skip:$withoutAnalyzer {
        Import-Module PSScriptAnalyzer
        $found = Invoke-ScriptAnalyzer -Path (Split-Path (Get-TestModulePath)) -Recurse -Settings PSGallery
        @($found | ForEach-Object { "$($_.ScriptName) $($_.Line) $($_.RuleName): $($_.Message)" }) | Should -BeNullOrEmpty
    }
}

Describe 'The suite and the scripts' {
    It 'are clean by PSScriptAnalyzer' -Skip:$withoutAnalyzer {
        Import-Module PSScriptAnalyzer
        $settings = Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1'
        $root = Get-TestRepositoryPath
        $found = foreach ($path in @($PSScriptRoot, (Join-Path $root 'examples'), (Join-Path $root 'build.ps1'))) {
            Invoke-ScriptAnalyzer -Path $path -Recurse -Settings $settings
        }
        @($found | ForEach-Object { "$($_.ScriptName) $($_.Line) $($_.RuleName): $($_.Message)" }) | Should -BeNullOrEmpty
    }
}
