#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Records of other modules and hands, and -Mapping.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 0 -Fast -Default

    # What Get-ADUser gives, as a property bag of the same name.
    function New-ADUser([hashtable] $Property) {
        $all = [ordered]@{
            DistinguishedName = "CN=$($Property.GivenName) $($Property.Surname),OU=Staff,DC=example,DC=com"; Enabled = $true; GivenName = $null
            Name = 'x'; ObjectClass = 'user'; ObjectGUID = [Guid]::NewGuid(); SamAccountName = 'x'; SID = 'S-1-5-21-1'; Surname = $null;
                UserPrincipalName = $null
        }
        foreach ($name in $Property.Keys) { $all[$name] = $Property[$name] }
        $user = [pscustomobject]$all
        $user.PSObject.TypeNames.Insert(0, 'Microsoft.ActiveDirectory.Management.ADAccount')
        $user.PSObject.TypeNames.Insert(0, 'Microsoft.ActiveDirectory.Management.ADUser')
        $user
    }

    function Get-Created([string] $userName) { Get-ZoomScimUser $userName }
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Other records' {
    It 'may be hashtables' {
        (@{ UserName = 'hash@example.com'; first_name = 'Ha'; LASTNAME = 'Sh' } | New-ZoomScimUser).Outcome | Should -Be 'Done'
        (Get-Created hash@example.com).DisplayName | Should -Be 'Ha Sh'
        ([ordered]@{ UserName = 'ordered@example.com'; Department = 'D' } | New-ZoomScimUser).Outcome | Should -Be 'Done'
    }

    It 'may come as an array by -InputObject, or in one piece' {
        $rows = 1..3 | ForEach-Object { @{ UserName = "array$_@example.com" } }
        @(New-ZoomScimUser -InputObject $rows).Count | Should -Be 3
        @(, $rows | New-ZoomScimUser -IfExists Skip).Count | Should -Be 3
    }

    It 'may be Zoom users of another account' {
        $other = New-TestZoom -Users 3 -Fast
        $results = Get-ZoomScimUser -Connection $other.Connection |
            Where-Object { $_.Roles.Count -eq 0 -and $_.UserName -notlike 'owner*' -and $_.UserName -notlike 'admin*' } |
            Get-ZoomScimUser -Connection $other.Connection | New-ZoomScimUser
        $results.Outcome | Should -Be @('Done', 'Done', 'Done')
    }

    It 'may be results: the user created is the user changed' {
        $changed = @{ UserName = 'chain@example.com'; Department = 'A' } | New-ZoomScimUser | Set-ZoomScimUser -Department B
        $changed.Outcome | Should -Be 'Done'
        (Get-Created chain@example.com).Department | Should -Be 'B'
    }

    It 'may not be texts for New-ZoomScimUser' {
        $problem = Get-ErrorOf { 'jill@example.com' | New-ZoomScimUser }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.NotARecord,*'
        $problem.CategoryInfo.Category | Should -Be 'InvalidType'
    }

    It 'may be texts where they name whom to change' {
        $null = New-ZoomScimUser text@example.com
        ('text@example.com' | Set-ZoomScimUser -Department Text).Outcome | Should -Be 'Done'
        ('text@example.com' | Remove-ZoomScimUser -Confirm:$false).Outcome | Should -Be 'Done'
    }

    It 'may not be <Shown>, and the others go on' -ForEach @(@{ Shown = 'a number'; Value = 42; Id = 'NotARecord' },
        @{ Shown = 'a boolean'; Value = $true; Id = 'NotARecord' }, @{ Shown = 'null'; Value = $null; Id = 'Null' }) {
        $results = @(@{ UserName = "beside1-$Id@example.com" }, $Value, @{ UserName = "beside2-$Id@example.com" }) |
            New-ZoomScimUser -IfExists Skip -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.Count | Should -Be 2
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "Zoom.Record.$Id,*"
    }

    It 'may have a getter that throws: one error, the others go on' {
        $bad = [pscustomobject]@{ UserName = 'getter@example.com' }
        $bad | Add-Member ScriptProperty Department { throw 'the directory is closed' }
        $results = @(@{ UserName = 'getter1@example.com' }, $bad, @{ UserName = 'getter2@example.com' }) |
            New-ZoomScimUser -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.Count | Should -Be 2
        $mine = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like 'Zoom.*' })
        $mine.Count | Should -Be 1
        $mine[0].Exception.Message | Should -BeLike '*getter@example.com*Department*the directory is closed*'
    }

    It 'lose to explicit parameters' {
        $null = @{ UserName = 'explicit@example.com'; Department = 'Record' } | New-ZoomScimUser -Department Parameter
        (Get-Created explicit@example.com).Department | Should -Be 'Parameter'
    }

    It 'do nothing when there are none' {
        Clear-SentRequest $zoom
        @() | New-ZoomScimUser | Should -BeNullOrEmpty
        (Get-SentRequest $zoom).Count | Should -Be 0
    }

    It 'refuse two addresses in one record' {
        (Get-ErrorOf { @{ UserName = 'a@example.com'; Email = 'b@example.com' } | New-ZoomScimUser }).FullyQualifiedErrorId |
            Should -BeLike 'Zoom.Record.TwoAddresses,*'
    }
}

Describe '-Mapping' {
    It 'takes a property, a constant, a scriptblock and $null' {
        $null = @{ UserName = 'map@example.com'; ext3 = 'Labs'; Title = 'boss'; Given = 'Ma'; Phone = '+1 5125550123' } |
            New-ZoomScimUser -Mapping @{ Department = 'ext3'; UserType = @{ Constant = 'Licensed' }; Organization = { $_.ext3.ToUpper() + ' Inc' };
            givenname = 'Given'; Phone = $null }
        $user = Get-Created map@example.com
        $user.Department, $user.UserType, $user.Organization, $user.GivenName | Should -Be @('Labs', 'Licensed', 'LABS Inc', 'Ma')
        $user.Phone | Should -BeNullOrEmpty
    }

    It 'has $_ right for every record, and leaves the caller''s alone' {
        $prefix = 'p-'
        $kept = foreach ($outer in 'outer') {
            $outer | ForEach-Object {
                $null = 1..20 | ForEach-Object { [pscustomobject]@{ Number = $_ } } |
                    New-ZoomScimUser -Mapping @{ UserName = { "mapped$($_.Number)@example.com" }; Department = { $prefix + $_.Number } }
                $_
            }
        }
        $kept | Should -Be 'outer'
        foreach ($number in 1, 2, 10, 20) { (Get-Created "mapped$number@example.com").Department | Should -Be "p-$number" }
    }

    It 'makes an error of one record of a block that throws: <Name>' -ForEach @(
        @{ Name = 'throw'; Block = { if ($_.N -eq 2) { throw 'no luck' }; 'D' } }
        @{ Name = 'method on null'; Block = { if ($_.N -eq 2) { $null.ToString() }; 'D' } }
        @{ Name = 'Write-Error'; Block = { if ($_.N -eq 2) { Write-Error 'no luck' }; 'D' } }
        @{ Name = 'break'; Block = { if ($_.N -eq 2) { break }; 'D' } }
        @{ Name = 'continue'; Block = { if ($_.N -eq 2) { continue }; 'D' } }) {
        $reached = $false
        foreach ($once in 1) {
            $results = 1..3 | ForEach-Object { [pscustomobject]@{ UserName = "block$_@example.com"; N = $_ } } |
                New-ZoomScimUser -IfExists Skip -Mapping @{ Department = $Block } -ErrorVariable problems -ErrorAction SilentlyContinue
            $reached = $true
        }
        $reached | Should -BeTrue -Because 'break and continue must not end the caller''s loop'
        $results.UserName | Should -Be @('block1@example.com', 'block3@example.com')
        $mine = @($problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like 'Zoom.*' })
        $mine.Count | Should -Be 1
        $mine[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InvalidValue,*'
        $mine[0].Exception.Message | Should -BeLike '*block2@example.com*Department*'
    }

    It 'refuses an attribute there is not, before anything is sent, and names those there are' {
        Clear-SentRequest $zoom
        $problem = Get-ErrorOf { @{ UserName = 'x@example.com' } | New-ZoomScimUser -Mapping @{ Departement = 'd' } }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Mapping.UnknownAttribute,*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*Department*'
        (Get-SentRequest $zoom).Count | Should -Be 0
    }

    It 'refuses a source it cannot read' {
        (Get-ErrorOf { @{ UserName = 'x@example.com' } | New-ZoomScimUser -Mapping @{ Department = 42 } }).FullyQualifiedErrorId |
            Should -BeLike 'Zoom.Mapping.InvalidSource,*'
    }

    It 'warns once about a property no record has' {
        $streams = Get-StreamsOf { 1..3 | ForEach-Object { @{ UserName = "nocolumn$_@example.com" } } |
            New-ZoomScimUser -Mapping @{ Department = 'Abteilung' } }
        @($streams.Warning | Where-Object { $_ -like '*None of the 3 record(s) has the mapped property Abteilung*' }).Count | Should -Be 1
    }

    It 'sees functions and variables of the caller' {
        function Get-Suffix { 'suffix' }
        $null = @{ UserName = 'scope@example.com' } | New-ZoomScimUser -Mapping @{ Department = { Get-Suffix } }
        (Get-Created scope@example.com).Department | Should -Be 'suffix'
    }

    It 'finds the user by a mapped Identity' {
        $id = (New-ZoomScimUser identity@example.com -PassThru).Id
        (@{ Key = $id; D = 'ById' } | Set-ZoomScimUser -Mapping @{ Identity = 'Key'; Department = 'D' }).Outcome | Should -Be 'Done'
        (Get-Created identity@example.com).Department | Should -Be 'ById'
    }
}
