#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Everything of a user beyond the twelve attributes: licences, extension attributes, managers, clearing, verification.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 0 -Fast -Default
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Licences' {
    It 'are given by readable names, and the user type is left out beside a plan' {
        Clear-SentRequest $zoom
        $null = New-ZoomScimUser lic@example.com -License BusinessPlus-US, Whiteboard -UserType Basic
        $body = (Get-SentRequest $zoom -Write)[0].body | ConvertFrom-Json
        $body.'urn:ietf:params:scim:schemas:extension:zoom:1.0:User'.zoomOneBizPlus | Should -BeExactly '16'
        $body.'urn:ietf:params:scim:schemas:extension:zoom:1.0:User'.zoomWhiteboard | Should -BeTrue
        $body.PSObject.Properties.Name | Should -Not -Contain 'userType'
        (Get-ZoomScimUser lic@example.com).Extension.zoomOneBizPlus | Should -Be '16'
    }

    It 'understand old names and attribute=code' {
        (New-ZoomScimUser old@example.com -License Pro -WarningAction SilentlyContinue -PassThru).UserType | Should -Be 'Licensed'
        $null = New-ZoomScimUser code@example.com -License 'zoomOneEdu=576460752303423488'
        (Get-ZoomScimUser code@example.com).Extension.zoomOneEdu | Should -BeExactly '576460752303423488'
    }

    It 'that nobody knows are an error that lists those there are, before anything is sent' {
        Clear-SentRequest $zoom
        { New-ZoomScimUser x@example.com -License Platinum } | Should -Throw -ErrorId 'Zoom.Record.UnknownLicense,*' -ExpectedMessage '*BusinessPlus-US*'
        (Get-SentRequest $zoom).Count | Should -Be 0
    }

    It 'come from a column as well, several separated by semicolons' {
        $result = [pscustomobject]@{ Email = 'column@example.com'; License = 'EnterprisePremier-UK; Scheduler' } | New-ZoomScimUser
        $result.Outcome | Should -Be 'Done'
        $extension = (Get-ZoomScimUser column@example.com).Extension
        $extension.zoomOneEntPremier | Should -Be '536870912'
        $extension.zoomScheduler | Should -BeTrue
    }

    It 'complete with Tab' {
        $line = 'New-ZoomScimUser x@example.com -License BusinessPlus-'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'BusinessPlus-JP'
    }

    It 'come back with the user, when this session took them away' {
        $null = Remove-ZoomScimUser lic@example.com -Action Disable -Confirm:$false
        (Get-ZoomScimUser lic@example.com).Extension.zoomOneBizPlus | Should -BeNullOrEmpty
        $null = Set-ZoomScimUser lic@example.com -Active $true
        $extension = (Get-ZoomScimUser lic@example.com).Extension
        $extension.zoomOneBizPlus | Should -Be '16'
        $extension.zoomWhiteboard | Should -BeTrue
    }

    It 'that are not known are said not to be known' {
        $state = Get-ZoomState $zoom
        $null = Remove-ZoomScimUser old@example.com -Action Disable -Confirm:$false
        $left = Get-ZoomState $zoom
        $other = New-TestZoom -Users 0 -Fast -Name 'later'
        $other.Simulator.ImportState($left)
        $result = Set-ZoomScimUser old@example.com -Active $true -Connection $other.Connection -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Outcome | Should -Be 'Done'
        "$warnings" | Should -BeLike '*does not know which*-License*'
        $zoom.Simulator.ImportState($state)
    }
}

Describe 'Seats that run out' {
    It 'stop further paid records after the first no, say how many wait, and let the others go on' {
        $few = New-TestZoom -Users 0 -Fast -Name 'few'
        $state = $few.Simulator.ExportState() | ConvertFrom-Json
        $state.account.paidSeats = 4
        $few.Simulator.ImportState(($state | ConvertTo-Json -Depth 20))
        Clear-SentRequest $few
        $records = 1..20 | ForEach-Object { [pscustomobject]@{ Email = "seat$_@example.com"; UserType = if ($_ -gt 17) { 'Basic' } else { 'Licensed' } } }
        $results = $records | New-ZoomScimUser -Connection $few.Connection -ThrottleLimit 1 -ErrorVariable problems -ErrorAction SilentlyContinue `
            -WarningVariable warnings -WarningAction SilentlyContinue
        @($results | Where-Object Outcome -EQ 'Done').UserName |
            Should -Be @('seat1@example.com', 'seat2@example.com', 'seat18@example.com', 'seat19@example.com', 'seat20@example.com')
        @($problems).Count | Should -Be 1
        @($problems)[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Seats.NoPaidLicence,*'
        @($results | Where-Object Outcome -EQ 'Skipped').Count | Should -Be 14
        "$warnings" | Should -BeLike '*14 more record(s) wait*'
        @(Get-SentRequest $few -Write).Count | Should -Be 6
    }
}

Describe 'Extension attributes' {
    It 'of any name are sent, flags as flags' {
        Clear-SentRequest $zoom
        $null = New-ZoomScimUser ext@example.com -ExtensionAttribute @{ pronouns = 'they/them'; notYetInvented = $true; zoomPhoneExtNumber = 0 }
        $sent = ((Get-SentRequest $zoom -Write)[0].body | ConvertFrom-Json).'urn:ietf:params:scim:schemas:extension:zoom:1.0:User'
        $sent.pronouns | Should -Be 'they/them'
        $sent.notYetInvented | Should -BeTrue
        $sent.zoomPhoneExtNumber | Should -BeExactly '0'
    }

    It 'are mapped by name, unknown ones with a prefix' {
        Clear-SentRequest $zoom
        $null = @{ Email = 'map@example.com'; P = 'she/her'; N = 'x' } | New-ZoomScimUser -Mapping @{ pronouns = 'P'; 'Extension.notYetInvented' = 'N' }
        $sent = ((Get-SentRequest $zoom -Write)[0].body | ConvertFrom-Json).'urn:ietf:params:scim:schemas:extension:zoom:1.0:User'
        $sent.pronouns | Should -Be 'she/her'
        $sent.notYetInvented | Should -Be 'x'
        { @{ Email = 'map@example.com' } | New-ZoomScimUser -Mapping @{ notYetInvented = 'N' } } | Should -Throw -ErrorId 'Zoom.Mapping.UnknownAttribute,*'
    }
}

Describe 'Managers' {
    It 'are set when all records are done, so that their order does not matter' {
        $null = @{ Email = 'worker@example.com'; Manager = 'boss@example.com' }, @{ Email = 'boss@example.com' } | New-ZoomScimUser
        (Get-ZoomScimUser worker@example.com).Manager | Should -Be 'boss@example.com'
    }

    It 'who are not in Zoom are left out with a warning' {
        $result = @{ Email = 'lonely@example.com'; Manager = 'nobody@example.com' } | New-ZoomScimUser -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Outcome | Should -Be 'Done'
        "$warnings" | Should -BeLike "*lonely@example.com*nobody@example.com*"
    }

    It 'that are distinguished names are left out with one warning' {
        $records = 1..3 | ForEach-Object { [pscustomobject]@{ PSTypeName = 'Microsoft.ActiveDirectory.Management.ADUser';
            EmailAddress = "dn$_@example.com"; Manager = 'CN=Boss,DC=example,DC=com' } }
        $null = $records | New-ZoomScimUser -WarningVariable warnings -WarningAction SilentlyContinue
        @($warnings | Where-Object { "$_" -like '*CN=Boss*' }).Count | Should -Be 1
    }
}

Describe 'Employee numbers' {
    It 'that two records share are refused before the second is sent' {
        $null = @{ Email = 'one@example.com'; EmployeeId = '42' }, @{ Email = 'two@example.com'; EmployeeId = '42' } |
            New-ZoomScimUser -ErrorVariable problems -ErrorAction SilentlyContinue
        @($problems).Count | Should -Be 1
        "$($problems[0])" | Should -BeLike '*two@example.com*42*one@example.com*'
    }
}

Describe '-Clear' {
    BeforeAll { $null = New-ZoomScimUser clear@example.com -Department Sales -CostCenter C1 -Phone '+1 5125550100' -MobilePhone '+1 5125550199' }

    It 'takes off what is named and nothing else' {
        $result = Set-ZoomScimUser clear@example.com -Clear Department, MobilePhone -Verify
        $result.Verified | Should -BeTrue
        $user = Get-ZoomScimUser clear@example.com
        $user.Department | Should -BeNullOrEmpty
        $user.MobilePhone | Should -BeNullOrEmpty
        $user.Phone | Should -Be '+1 5125550100'
        $user.CostCenter | Should -Be 'C1'
    }

    It 'warns of what Zoom did not clear' {
        Set-TestZoom $zoom @{ put_empty_string = 'ignored' }
        $result = Set-ZoomScimUser clear@example.com -Clear CostCenter -Verify -WarningVariable warnings -WarningAction SilentlyContinue
        Set-TestZoom $zoom @{ put_empty_string = $null }
        $result.Verified | Should -BeFalse
        $result.NotApplied.Name | Should -Be 'CostCenter'
        "$warnings" | Should -BeLike '*CostCenter*'
    }

    It 'refuses what no user can be without' {
        { Set-ZoomScimUser clear@example.com -Clear UserName } | Should -Throw -ErrorId 'Zoom.Record.CannotClear,*'
        { Set-ZoomScimUser clear@example.com -Clear Title -Title X } | Should -Throw -ErrorId 'Zoom.Record.SetAndClear,*'
    }
}

Describe 'What Zoom accepts and does not apply' {
    It 'is a warning and a property of the result' {
        Set-TestZoom $zoom @{ put_displayName = 'ignored' }
        $result = Set-ZoomScimUser clear@example.com -DisplayName 'Somebody Else' -WarningVariable warnings -WarningAction SilentlyContinue
        Set-TestZoom $zoom @{ put_displayName = $null }
        $result.NotApplied.Name | Should -Be 'DisplayName'
        "$warnings" | Should -BeLike "*DisplayName 'Somebody Else'*"
    }
}

Describe 'Protected and unreachable people' {
    It 'are reported skips among records, and an error when asked for by name' {
        $results = @{ Email = 'owner@example.com' }, @{ Email = 'clear@example.com' } |
            Remove-ZoomScimUser -Confirm:$false -ErrorVariable problems -WarningVariable warnings -WarningAction SilentlyContinue
        $results.Outcome | Should -Be @('Skipped', 'Done')
        @($problems).Count | Should -Be 0
        $results[0].Error.ErrorId | Should -Be 'Zoom.User.AdminOrRoomProtected'
        "$warnings" | Should -BeLike '*owner@example.com: skipped*'
        Remove-ZoomScimUser owner@example.com -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue
        @($problems)[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.User.AdminOrRoomProtected,*'
    }

    It 'are a skip with -WhatIf too, and not what would be done' {
        foreach ($action in 'Disable', 'Delete') {
            $result = Get-ZoomScimUser owner@example.com | Remove-ZoomScimUser -Action $action -WhatIf -WarningVariable warnings `
                -WarningAction SilentlyContinue
            "$($result.Outcome)" | Should -Be 'Skipped'
            "$warnings" | Should -BeLike "*owner@example.com: skipped.*has the role 'Owner'*"
        }

        Remove-ZoomScimUser owner@example.com -WhatIf -ErrorVariable problems -ErrorAction SilentlyContinue
        @($problems)[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.User.AdminOrRoomProtected,*'
    }

    It 'include the pending and the foreign' {
        $results = 'pending@example.com', 'foreign@example.com', 'fresh@example.com' | ForEach-Object { @{ Email = $_ } } |
            New-ZoomScimUser -WarningAction SilentlyContinue
        $results.Outcome | Should -Be @('Skipped', 'Skipped', 'Done')
    }
}

Describe '-Transferee' {
    It 'is named to Zoom before the removal' {
        $null = New-ZoomScimUser gone@example.com
        Clear-SentRequest $zoom
        $null = Remove-ZoomScimUser gone@example.com -Action Delete -Transferee owner@example.com -Confirm:$false
        (Get-SentRequest $zoom -Write).method | Should -Be @('PUT', 'DELETE')
        (Get-SentRequest $zoom -Write)[0].body | Should -BeLike '*"transferee":"owner@example.com"*'
    }

    It 'who is nobody stops the removal' {
        $null = New-ZoomScimUser stays@example.com
        Remove-ZoomScimUser stays@example.com -Action Delete -Transferee nobody@example.com -Confirm:$false -ErrorVariable problems `
            -ErrorAction SilentlyContinue
        @($problems)[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.UnknownTransferee,*'
        (Get-ZoomScimUser stays@example.com).UserName | Should -Be 'stays@example.com'
    }

    It 'stays with whoever comes back, which is a warning' {
        $null = New-ZoomScimUser back@example.com
        $null = Remove-ZoomScimUser back@example.com -Action Disable -Transferee owner@example.com -Confirm:$false
        "$((New-ZoomScimUser back@example.com -IfExists Update).Reason)" | Should -BeLike '*deactivated in Zoom (Set-ZoomScimUser -Active $true*'
        $null = Set-ZoomScimUser back@example.com -Active $true -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike "*still has 'owner@example.com' down as the transferee*-Clear transferee*"
        $null = Set-ZoomScimUser back@example.com -Clear transferee
        (Get-ZoomScimUser back@example.com).Extension.transferee | Should -BeNullOrEmpty
    }

    It 'who is deactivated stops the removal too, before anything is sent' {
        $null = New-ZoomScimUser keeps@example.com
        $null = New-ZoomScimUser asleep@example.com -Active $false
        Clear-SentRequest $zoom
        foreach ($action in 'Disable', 'Delete') {
            Remove-ZoomScimUser keeps@example.com -Action $action -Transferee asleep@example.com -Confirm:$false -ErrorVariable problems `
                -ErrorAction SilentlyContinue
            @($problems)[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InactiveTransferee,*'
        }
        Get-SentRequest $zoom -Write | Should -BeNullOrEmpty
    }
}
