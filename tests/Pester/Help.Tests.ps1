#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What Get-Help shows, in a real PowerShell.

BeforeDiscovery {
    # The manifest is read as data here: the module need not be loaded to know what there is.
    $manifest = Import-PowerShellDataFile (Join-Path $PSScriptRoot '../../ZoomProvisioning.psd1')
    $cmdlets = $manifest.CmdletsToExport
    $topics = @(Get-ChildItem (Join-Path $PSScriptRoot '../../en-US/about_*.help.txt') | ForEach-Object { $_.Name.Replace('.help.txt', '') })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $common = [Management.Automation.PSCmdlet]::CommonParameters + 'ProgressAction'
}

Describe 'Get-Help <_>' -ForEach $cmdlets {
    BeforeAll {
        $name = $_
        $help = Get-Help $name -Full
        $shown = $help | Out-String -Width 80
        $command = Get-Command $name
    }

    It 'shows synopsis, description, three examples or more, notes and links' {
        $help.Synopsis | Should -Not -BeLike "*$name *[[]*" -Because 'PowerShell makes that up where there is no help'
        ($help.description | Out-String).Trim().Length | Should -BeGreaterThan 100
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        @($help.examples.example | Where-Object { -not $_.code }).Count | Should -Be 0
        ($help.alertSet | Out-String).Trim() | Should -Not -BeNullOrEmpty
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 0
        foreach ($heading in 'NAME', 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            $shown | Should -MatchExactly "(?m)^$heading"
        }

        $shown | Should -MatchExactly '-------- Example 1: '
        $shown | Should -Not -Match '\{\{'
    }

    It 'describes every parameter that the command has, as the command has it' {
        $described = @{}
        foreach ($parameter in $help.parameters.parameter) { $described[$parameter.name] = $parameter }
        $own = @($command.Parameters.Values | Where-Object { $common -notcontains $_.Name })
        @($described.Keys | Sort-Object) | Should -Be @($own.Name | Sort-Object)
        foreach ($parameter in $own) {
            $told = $described[$parameter.Name]
            ($told.description | Out-String).Trim() | Should -Not -BeNullOrEmpty -Because $parameter.Name
            @("$($told.aliases)" -split ', ' | Where-Object { $_ -ne 'none' } | Sort-Object) -join ' ' |
                Should -Be (@($parameter.Aliases | Sort-Object) -join ' ')
            $sets = @($parameter.ParameterSets.Values)
            "$($told.pipelineInput)" -like '*ByValue*' | Should -Be (@($sets | Where-Object ValueFromPipeline).Count -gt 0)
            "$($told.pipelineInput)" -like '*ByPropertyName*' | Should -Be (@($sets | Where-Object ValueFromPipelineByPropertyName).Count -gt 0)
        }
    }

    It 'shows the syntax of every parameter set' {
        @($help.syntax.syntaxItem).Count | Should -Be $command.ParameterSets.Count
        foreach ($set in $command.ParameterSets) {
            $wanted = @($set.Parameters | Where-Object { $common -notcontains $_.Name } | ForEach-Object Name | Sort-Object) -join ' '
            $told = @($help.syntax.syntaxItem | ForEach-Object { @($_.parameter.name | Sort-Object) -join ' ' })
            $told | Should -Contain $wanted -Because $set.Name
        }
    }

    It 'answers for one parameter' {
        $first = @($help.parameters.parameter)[0].name
        (Get-Help $name -Parameter $first).name | Should -Be $first
    }
}

Describe 'Get-Help <_>' -ForEach $topics {
    It 'shows the topic, no line longer than 80 columns' {
        $text = Get-Help $_ | Out-String -Width 200
        $text | Should -MatchExactly 'LONG DESCRIPTION'
        @($text -split "`r?`n" | Where-Object { $_.TrimEnd().Length -gt 80 }) | Should -BeNullOrEmpty
    }
}
