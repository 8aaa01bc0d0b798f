#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# A source beside the account, in a real PowerShell against the simulator: what is told, and that it can be given back.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'Compare-ZoomScimUser' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        New-PersonList 4 | New-ZoomScimUser | Out-Null
        Get-ZoomScimSimulator -Requests | Out-Null
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'says nothing of people who are the same, and of the admins that they are not in the source' {
        $found = @(New-PersonList 4 | Compare-ZoomScimUser)
        $found.UserName | Should -Be 'admin@example.com', 'owner@example.com'
        $found.Difference | Should -Be 'Orphan', 'Orphan'
        @(New-PersonList 4 | Compare-ZoomScimUser -IncludeEqual | Where-Object Difference -EQ Equal).Count | Should -Be 4
    }

    It 'tells each kind of difference, with both values, and writes nothing' {
        $before = Get-WriteCount
        $people = @((New-Person '1' 'Person001' 'Legal'), (New-Person '2' 'Person002' -Active $false), (New-Person '9' 'Ann'), (New-Person '3' 'Person003'),
            (New-Person '3b' 'Person003'))
        $found = $people | Compare-ZoomScimUser | Group-Object UserName -AsHashTable
        "$($found['person001@example.com'])" | Should -Be "person001@example.com: Different (Department: source 'Legal', Zoom 'Sales')"
        $found['person001@example.com'].Changes[0].OldValue | Should -Be 'Sales'
        $found['person002@example.com'].Difference | Should -Be 'DisabledDifferently'
        $found['ann@example.com'].Difference | Should -Be 'Missing'
        $found['person003@example.com'].Difference | Should -Be 'Duplicate'
        $found['person004@example.com'].Difference | Should -Be 'Orphan'
        Get-WriteCount | Should -Be $before
    }

    It 'can be given back, by the pipe and by a file, and then nothing differs' {
        $people = @((New-Person '1' 'Person001' 'Legal'), (New-Person '2' 'Person002' -Active $false), (New-Person '3' 'Person003'),
            (New-Person '4' 'Person004'),
            (New-Person '9' 'Ann'))
        $file = Join-Path $TestDrive 'differences.csv'
        $people | Compare-ZoomScimUser | Where-Object Difference -NE Orphan | Export-Csv $file -NoTypeInformation -Encoding UTF8
        $warned = @()
        Import-Csv $file -Encoding UTF8 | Where-Object Difference -EQ Missing | New-ZoomScimUser -WarningVariable +warned | ForEach-Object Outcome |
            Should -Be 'Done'
        Import-Csv $file -Encoding UTF8 | Where-Object Difference -NE Missing | Set-ZoomScimUser -Confirm:$false -WarningVariable +warned |
            ForEach-Object Outcome | Should -Be 'Done', 'Done'
        $warned | Should -BeNullOrEmpty
        @($people | Compare-ZoomScimUser | Where-Object Difference -NE Orphan) | Should -BeNullOrEmpty
        $people[0].Department = 'Research'
        $people | Compare-ZoomScimUser | Where-Object Difference -EQ Different | Set-ZoomScimUser | ForEach-Object Outcome | Should -Be 'Done'
        (Get-ZoomScimUser person001@example.com).Department | Should -Be 'Research'
    }

    It 'tells of a record that cannot be used, and takes its person for no orphan' {
        $bad = New-Person '1' 'Person001'
        $bad.Active = 'perhaps'
        $found = @($bad; New-PersonList 4 | Select-Object -Skip 1) | Compare-ZoomScimUser | Where-Object Difference -NE Orphan
        $found.Difference | Should -Be 'Unreadable'
        $found.Details | Should -BeLike '*Active*perhaps*'
    }

    It 'reads the source by a rule, and whom its scope leaves out is no orphan' {
        $rule = Save-Rule @{ scope = 'Department eq "Sales"' }
        $people = @(New-PersonList 4)
        $people[3].Department = 'Legal'
        @($people | Compare-ZoomScimUser -Rule $rule | Where-Object { $_.UserName -like 'person*' }) | Should -BeNullOrEmpty
    }

    It 'refuses what is no source' {
        { 'jill@example.com' | Compare-ZoomScimUser -ErrorAction Stop } | Should -Throw -ErrorId 'Zoom.Record.NotARecord*'
    }
}
