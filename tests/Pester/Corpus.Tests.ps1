# Files and objects as people really have them (tests/Corpus), through the pipe and through a rule. The same files go through
# Core's reader and through zoomprov in the projects' own tests; all of them expect the same people.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $root = Join-Path (Get-TestRepositoryPath) 'tests/Corpus'
    $cases = foreach ($folder in Get-ChildItem $root -Directory | Sort-Object Name) {
        $expected = Get-Content (Join-Path $folder.FullName 'expected.json') -Raw -Encoding UTF8 | ConvertFrom-Json
        if ($expected.module.skip) { continue }
        $fault = if ($expected.module -and $expected.module.PSObject.Properties['fault']) { $expected.module.fault } else { $expected.fault }
        @{ Name = $folder.Name; Folder = $folder.FullName; IsRefused = [bool]$fault }
    }

    # What is refused as a whole is seen through the pipe.
    $readable = @($cases | Where-Object { -not $_.IsRefused })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule

    function Get-Property($Object) { if ($null -ne $Object) { $Object.PSObject.Properties } }

    # What the module sees of a case, where Import-Csv shows it something else than the file holds.
    function Get-Expected([string] $Folder) {
        $expected = Get-Content (Join-Path $Folder 'expected.json') -Raw -Encoding UTF8 | ConvertFrom-Json
        foreach ($override in @(Get-Property $expected.module)) {
            $expected | Add-Member $override.Name $override.Value -Force
        }

        $expected
    }

    # An ldapsearch in a script: one object for each entry, its values as they stand in the text.
    function ConvertFrom-Ldif([string] $Path) {
        $text = (Get-Content $Path -Raw -Encoding UTF8) -replace "`r?`n ", ''
        foreach ($entry in $text -split "(?:`r?`n){2,}") {
            $values = [ordered]@{}
            foreach ($line in $entry -split "`r?`n" | Where-Object { $_ -and -not $_.StartsWith('#') }) {
                $name, $value = $line -split ': ', 2
                $values[$name] = if ($values.Contains($name)) { @($values[$name]) + $value } else { $value }
            }

            if ($values.Contains('dn') -or $values.Contains('dn:')) { [pscustomobject]$values }
        }
    }

    function Get-Record([string] $Folder, $Expected) {
        if (Test-Path (Join-Path $Folder 'objects.ps1')) { return & (Join-Path $Folder 'objects.ps1') }
        if (Test-Path (Join-Path $Folder 'people.ldf')) { return ConvertFrom-Ldif (Join-Path $Folder 'people.ldf') }
        $arguments = @{ LiteralPath = Join-Path $Folder 'people.csv'; Encoding = 'UTF8' }
        foreach ($argument in @(Get-Property $Expected.import)) { $arguments[$argument.Name] = $argument.Value }
        Import-Csv @arguments
    }
}

Describe 'The corpus' {
    It 'comes out right through the pipe: <Name>' -ForEach $cases {
        $expected = Get-Expected $Folder
        $zoom = New-TestZoom -Users 0 -Fast
        $fault = $null
        try {
            Get-Record $Folder $expected | New-ZoomScimUser -Connection $zoom.Connection -ErrorAction SilentlyContinue -ErrorVariable problems `
                -WarningAction SilentlyContinue -WarningVariable warnings | Out-Null
        }
        catch { $fault = $_ }

        if ($expected.fault) {
            "$($fault.FullyQualifiedErrorId)" | Should -BeLike "$($expected.fault),*"
            $fault.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            (Get-SentRequest $zoom -Write).Count | Should -Be 0
            return
        }

        $fault | Should -BeNullOrEmpty
        $users = @(Get-ZoomScimUser -Connection $zoom.Connection | Where-Object UserName -Like '*@example.com' |
            Get-ZoomScimUser -Connection $zoom.Connection | Where-Object Id)
        $mine = @($users | Where-Object { $_.UserName -notlike 'owner*' -and $_.UserName -notlike 'admin*' })
        (@($mine.UserName | Sort-Object) -join ', ') | Should -Be (@($expected.active | Sort-Object) -join ', ') -Because "$problems"
        $mine.Active | Should -Not -Contain $false
        $count = if ($null -ne $expected.refusedCount) { $expected.refusedCount } else { @($expected.refused).Where({ $_ }).Count }
        @($problems).Count | Should -Be $count -Because "$problems"
        foreach ($refused in @($expected.refused).Where({ $_ -like '*@*' })) { "$problems" | Should -BeLike "*$refused*" }
        foreach ($told in @($expected.told).Where({ $_ })) { "$warnings" | Should -BeLike "*$([WildcardPattern]::Escape($told))*" }
        foreach ($who in @(Get-Property $expected.values)) {
            $user = $mine | Where-Object UserName -EQ $who.Name
            foreach ($value in @(Get-Property $who.Value).Where({ $_.Name -ne 'Locale' -and $_.Name -ne 'Title' -and $user })) {
                "$($user.($value.Name))" | Should -Be $value.Value
            }
        }
    }

    It 'comes out right through a rule: <Name>' -ForEach $readable {
        $expected = Get-Expected $Folder
        $zoom = New-TestZoom -Users 0 -Fast
        $rule = Join-Path $TestDrive "$Name.json"
        Set-Content -LiteralPath $rule -Value '{ "name": "Corpus" }'
        $plan = Get-Record $Folder $expected | New-ZoomProvisioningPlan -Connection $zoom.Connection -Rule $rule `
            -StatePath (Join-Path $TestDrive $Name) -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue
        (@($plan.Changes | Where-Object Action -EQ 'Create' | ForEach-Object UserName | Sort-Object) -join ', ') |
            Should -Be (@($expected.active | Where-Object { -not $expected.duplicates -or $_ -ne $expected.refused } |
                Sort-Object) -join ', ') -Because "$problems"
    }
}
