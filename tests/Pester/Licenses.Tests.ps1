#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Who has which licence, who waits for one, and what a plan says about seats.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force

    function Set-Seat([int]$Paid) {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
        Export-ZoomScimSimulator -Path $file
        $state = Get-Content $file -Raw | ConvertFrom-Json
        $state.account.paidSeats = $Paid
        $state | ConvertTo-Json -Depth 20 | Set-Content $file
        Import-ZoomScimSimulator -Path $file -Confirm:$false
    }
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'Licences' {
    BeforeEach {
        Connect-ZoomScim -Simulator -SimulatorUsers 0
        $quiet = @{ Confirm = $false; WarningAction = 'SilentlyContinue'; ErrorAction = 'SilentlyContinue' }
    }

    AfterEach { Disconnect-ZoomScim -All }

    It 'are readable on every user, as far as Zoom tells, and go back as -License' {
        $null = New-ZoomScimUser ada@example.com -GivenName Ada -FamilyName Tester -License Licensed, Whiteboard
        $null = New-ZoomScimUser ben@example.com -GivenName Ben -FamilyName Tester -License BusinessPlus-US
        (Get-ZoomScimUser ada@example.com).License | Should -Be 'Licensed; Whiteboard'
        (Get-ZoomScimUser ben@example.com).License | Should -Be 'BusinessPlus-US'
        # A list tells the type only.
        (Get-ZoomScimUser | Where-Object UserName -eq ada@example.com).License | Should -Be 'Licensed'
        (Get-ZoomScimUser ada@example.com | Out-String) | Should -Match 'Licensed;'
        # On its way back a user names itself, and no licence is sent again.
        $before = (Get-Write).Count
        Get-ZoomScimUser ada@example.com | Set-ZoomScimUser -Department Sales -Confirm:$false
        (Get-Write).Count | Should -Be ($before + 1)
        $copy = Get-ZoomScimUser ada@example.com
        $copy.Department | Should -Be 'Sales'
        $copy.License | Should -Be 'Licensed; Whiteboard'
    }

    It 'are counted, with what is left of what was bought' {
        $null = New-ZoomScimUser ada@example.com -GivenName Ada -FamilyName Tester -License Licensed, Whiteboard
        $null = New-ZoomScimUser ben@example.com -GivenName Ben -FamilyName Tester -License BusinessPlus-US
        $null = New-ZoomScimUser cid@example.com -GivenName Cid -FamilyName Tester -License Licensed
        $null = Remove-ZoomScimUser cid@example.com -Confirm:$false
        $all = Get-ZoomLicense -Detailed -Total @{ licensed = 3; Whiteboard = 1 } | Group-Object License -AsHashTable -AsString
        $all['Licensed'].Total | Should -Be 3
        $all['Licensed'].Left | Should -Be (3 - $all['Licensed'].Assigned)
        "$($all['Whiteboard'].Assigned) $($all['Whiteboard'].Left) $($all['Whiteboard'].Kind)" | Should -Be '1 0 AddOn'
        "$($all['BusinessPlus-US'].Assigned) $($all['BusinessPlus-US'].Kind)" | Should -Be '1 Plan'
        $all['BusinessPlus-US'].Total | Should -BeNullOrEmpty
        { Get-ZoomLicense -Total @{ Licenced = 3 } } | Should -Throw -ErrorId 'Zoom.License.UnknownTotal*'
        { Get-ZoomLicense -Total 20 } | Should -Throw '*It is a table: @{ Licensed = 500 }'
    }

    It 'say who waits, and nobody any more once the seat is there' {
        $taken = (Get-ZoomLicense | Where-Object License -eq Licensed).Assigned
        Set-Seat ($taken + 1)
        $rule = Save-Rule
        $null = New-PersonList 4 | Sync-ZoomScimUser -Rule $rule @quiet
        $seats = Get-ZoomLicense | Where-Object License -eq Licensed
        "$($seats.Assigned - $taken) $($seats.Waiting)" | Should -Be '1 3'
        $seats.RefusedAt | Should -Not -BeNullOrEmpty
        ($seats | Out-String) | Should -Match '3: person'

        Set-Seat ($taken + 10)
        $null = New-PersonList 4 | Sync-ZoomScimUser -Rule $rule @quiet
        (Get-ZoomLicense | Where-Object License -eq Licensed).Waiting | Should -Be 0
    }

    It 'are freed before they are needed: leavers and whoever gives one up go first, and a plan says how many it needs' {
        $taken = (Get-ZoomLicense | Where-Object License -eq Licensed).Assigned
        Set-Seat ($taken + 3)
        $rule = Save-Rule
        $people = New-PersonList 3
        $null = $people | Sync-ZoomScimUser -Rule $rule @quiet

        # All three seats are taken. The first gives one up, the second leaves, and two are new.
        $people[0].UserType = 'Basic'
        $next = @($people[0], $people[2]) + @((New-Person '7' 'Aaa'), (New-Person '8' 'Bbb'))
        $plan = $next | New-ZoomProvisioningPlan -Rule $rule -WarningAction Ignore
        "$($plan.Seats)" | Should -Be '2 Licensed needed and 2 freed'
        $run = $next | Sync-ZoomScimUser -Rule $rule @quiet
        "$($run.Outcome): $($run.Created) created, $($run.Updated) updated, $($run.Disabled) disabled" |
            Should -Be 'Done: 2 created, 1 updated, 1 disabled'
        Get-Write | Select-Object -Last 4 | ForEach-Object { "$_".Split(' ')[0] } | Should -Be @('PUT', 'PATCH', 'POST', 'POST')
    }
}
