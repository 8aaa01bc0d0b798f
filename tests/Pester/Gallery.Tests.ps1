#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What the PowerShell Gallery asks of a module before it takes it.

# Only the Gallery has the analyzer. Where it is not installed these tests are not there; the workflow installs it.
BeforeDiscovery { $hasAnalyzer = [bool] (Get-Module PSScriptAnalyzer -ListAvailable) }

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

    if ($hasAnalyzer) {
        It 'has nothing to say by PSScriptAnalyzer''s rules for it' {
            Import-Module PSScriptAnalyzer
            $found = Invoke-ScriptAnalyzer -Path (Split-Path (Get-TestModulePath)) -Recurse -Settings PSGallery
            @($found | ForEach-Object { "$($_.ScriptName) $($_.Line) $($_.RuleName): $($_.Message)" }) | Should -BeNullOrEmpty
        }
    }
}

Describe 'The suite and the scripts' {
    It 'run what starts a PowerShell of its own under the tag ChildShell' {
        $calls = foreach ($file in Get-ChildItem -Path $PSScriptRoot -Filter '*.Tests.ps1') {
            $ast = [Management.Automation.Language.Parser]::ParseFile($file.FullName, [ref] $null, [ref] $null)
            $ast.FindAll({ param($node) $node -is [Management.Automation.Language.CommandAst] -and
                $node.GetCommandName() -in 'Invoke-ChildPowerShell', 'Invoke-TestShell' }, $true)
        }
        @($calls).Count | Should -BeGreaterThan 5
        $untagged = foreach ($call in $calls) {
            for ($node = $call.Parent; $node; $node = $node.Parent) {
                if ($node -is [Management.Automation.Language.CommandAst] -and $node.Extent.Text -match '^(It|Describe|Context) .* -Tag ChildShell') { break }
            }

            if (-not $node) { "$(Split-Path $call.Extent.File -Leaf), line $($call.Extent.StartLineNumber)" }
        }
        $untagged | Should -BeNullOrEmpty
    }

    if ($hasAnalyzer) {
        It 'are clean by PSScriptAnalyzer' {
            Import-Module PSScriptAnalyzer
            $settings = Join-Path $PSScriptRoot 'PSScriptAnalyzerSettings.psd1'
            $root = Get-TestRepositoryPath
            $found = foreach ($path in @($PSScriptRoot, (Join-Path $root 'examples'), (Join-Path $root 'build.ps1'))) {
                Invoke-ScriptAnalyzer -Path $path -Recurse -Settings $settings
            }
            @($found | ForEach-Object { "$($_.ScriptName) $($_.Line) $($_.RuleName): $($_.Message)" }) | Should -BeNullOrEmpty
        }
    }
}
