#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Get-ZoomScimUser by a part of the name, by department and by state; results in words.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 130 -Fast -Default
    $all = Get-ZoomScimUser
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Get-ZoomScimUser by what a list tells' {
    It 'finds a part of the user name or of the display name, in any case and on every page: <_>' -ForEach @(
        '*SMITH*', 'a*', '*@example.org', 'adm*@example.co?'
    ) {
        $pattern = $_
        $wanted = $all | Where-Object { $_.UserName -like $pattern -or $_.DisplayName -like $pattern }
        $wanted.Count | Should -BeGreaterThan 0 -Because 'else nothing is tried'
        $found = Get-ZoomScimUser $pattern
        $found.UserName -join ' ' | Should -Be ($wanted.UserName -join ' ')
    }

    It 'lists once for several patterns, and reads in full whoever is named' {
        $before = (Get-SentRequest $zoom).Count
        $found = Get-ZoomScimUser 'a*', 'b*', owner@example.com
        $found.UserName | Should -Contain 'owner@example.com'
        ($found | Where-Object UserName -EQ 'owner@example.com').Roles | Should -Be 'Owner'
        (Get-SentRequest $zoom).Count - $before | Should -Be 4 -Because 'there are two pages, and one look-up with one read'
    }

    It 'says nothing of a pattern that fits nobody' {
        Get-ZoomScimUser 'nobody*' -ErrorAction Stop | Should -BeNullOrEmpty
    }

    It 'takes brackets for themselves' {
        (Get-ErrorOf { Get-ZoomScimUser '[a]dmin@example.com' }).FullyQualifiedErrorId | Should -BeLike 'Zoom.*'
    }

    It 'gives those of a department, of a part of one, and of none' {
        (Get-ZoomScimUser -Department sales).Count | Should -Be @($all | Where-Object Department -EQ 'Sales').Count
        (Get-ZoomScimUser -Department 's*').Count | Should -Be @($all | Where-Object Department -Like 's*').Count
        (Get-ZoomScimUser -Department '').UserName | Should -Contain 'owner@example.com'
    }

    It 'gives the active ones or the others' {
        (Get-ZoomScimUser -Active $false).Count | Should -Be @($all | Where-Object { -not $_.Active }).Count
        (Get-ZoomScimUser -Active $true).Count | Should -Be @($all | Where-Object Active).Count
    }

    It 'goes on from all of them at once, and reads no more in full than it gives' {
        $before = (Get-SentRequest $zoom).Count
        $found = Get-ZoomScimUser '*@example.*' -Department Sales -Active $true -Detailed
        $found.Count | Should -BeGreaterThan 1
        $found.Department | Select-Object -Unique | Should -Be 'Sales'
        (Get-SentRequest $zoom).Count - $before | Should -Be (2 + $found.Count)
    }
}

Describe 'What became of a record' {
    It 'is said in words' {
        $new = New-ZoomScimUser words@example.com -GivenName Wanda -FamilyName Words -Department Sales
        $new.Summary | Should -Be 'created'
        (Set-ZoomScimUser words@example.com -Department Legal).Summary | Should -Be 'Department: Sales → Legal'
        (Set-ZoomScimUser words@example.com -Department Legal).Summary | Should -Be (Set-ZoomScimUser words@example.com -Department Legal).Reason
        (Remove-ZoomScimUser words@example.com -Action Disable -Confirm:$false).Summary | Should -Be 'deactivated'
        (Set-ZoomScimUser words@example.com -Active $true).Summary | Should -BeLike 'activated*'
        (Remove-ZoomScimUser words@example.com -Action Delete -Confirm:$false).Summary | Should -Be 'deleted'
    }

    It 'does not break a long address where there is room' {
        $text = New-ZoomScimUser wilhelmina.vandenberg-oosterhuis@example.com -GivenName W -FamilyName O | Out-String -Width 140
        $text | Should -Match 'wilhelmina\.vandenberg-oosterhuis@example\.com\s+Create'
    }

    It 'names the licence that was meant' {
        (Get-ErrorOf { New-ZoomScimUser lic@example.com -License Licenced }).Exception.Message | Should -Match "did you mean 'Licensed'"
    }
}

Describe 'One error for many records' {
    It 'says what to do three times, and each time whom it is about' {
        $records = 1..8 | ForEach-Object { [pscustomobject]@{ UserName = "u$_@exa mple.com"; GivenName = 'A'; FamilyName = 'B' } }
        $records | New-ZoomScimUser -ErrorAction SilentlyContinue -ErrorVariable failed
        $failed.Count | Should -Be 8
        @($failed.ErrorDetails.Message -match 'u[1-8]@exa').Count | Should -Be 8
        $advice = @($failed | ForEach-Object { $_.ErrorDetails.RecommendedAction })
        $advice[0] | Should -Be $failed[0].Exception.RecommendedAction
        $advice[2] | Should -Be $advice[0]
        $advice[3] | Should -BeLike 'As above*'
        ($advice[4..7] -join "") | Should -BeNullOrEmpty
        $failed[7].Exception.RecommendedAction | Should -Be $advice[0]
    }
}
