#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The nineteen tasks of an admin's first week, as somebody did them who had Get-Command, Get-Help and Tab and nothing else: the slips
# that were made, and what put them right. Each begins with an account, a home and a folder of its own; what is shown is what a
# terminal of 80 columns shows.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
    if (-not ('ZoomProvisioning.Tests.SmtpListener' -as [type])) {
        # Windows PowerShell's compiler does not know what is said to newer ones.
        $code = Get-Content -Raw (Join-Path $PSScriptRoot '../Shared/SmtpListener.cs')
        Add-Type -TypeDefinition ($code -replace '(?m)^#.*$', '')
    }

    # Runs what was typed. Screen is what was shown, Said what warnings, errors with their advice and greetings said, Given the objects.
    # A line that is to be copied (-Raw) is as long as it is.
    function Enter-Line([scriptblock] $Line, [switch] $Raw) {
        $ErrorActionPreference = $WarningPreference = $InformationPreference = 'Continue'
        $all = @(try { & $Line *>&1 } catch { $_ })
        $said = @(foreach ($one in $all) {
                if ($one -is [Management.Automation.ErrorRecord]) { "$one $($one.ErrorDetails.RecommendedAction)" }
                elseif ($one -is [Management.Automation.WarningRecord] -or $one -is [Management.Automation.InformationRecord]) { "$one" }
            })
        $given = @($all | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] -and $_ -isnot [Management.Automation.InformationalRecord] -and
                $_ -isnot [Management.Automation.InformationRecord] })
        $screen = ($given | Out-String -Width 80) -replace "$([char]27)\[[0-9;]*m" -replace "`r"
        foreach ($row in $(if (-not $Raw) { $screen -split "`n" })) { $row.TrimEnd().Length | Should -BeLessOrEqual 80 -Because "'$row' is on one line" }
        # Windows PowerShell gives the columns their widths in its own way.
        if ($PSVersionTable.PSEdition -ne 'Desktop') {
            foreach ($one in $given | Where-Object { $_.PSObject.Properties['UserName'] -and $_.UserName }) {
                $screen | Should -BeLike "*$($one.UserName)*" -Because 'addresses are not broken'
            }
        }

        [pscustomobject]@{ Screen = $screen; Said = $said -join "`n"; Given = $given }
    }

    # As Excel saves it: semicolons, a mark of its encoding, headings of the country.
    function Save-Excel([string] $Name, [string[]] $Row) {
        [IO.File]::WriteAllText((Join-Path $PWD $Name), ($Row -join "`r`n") + "`r`n", (New-Object Text.UTF8Encoding $true))
    }

    $heading = 'Vorname;Nachname;E-Mail-Adresse;Abteilung;Telefon;Lizenz'
    $anna = "Anna;M$([char]0xFC)ller;anna.mueller@example.com;Vertrieb;+49 30 1001;Licensed"
    $bruno = "Bruno;Sch$([char]0xE4)fer;bruno.schaefer@example.com;Einkauf;+49 30 1002;Basic"
    $zoe, $siobhan, $owner = 'zoe.obrien@example.com', 'siobhan.muller@example.com', 'owner@example.com'
    $arrow = [char]0x2192
    $previousHome = $env:ZOOM_PROVISIONING_HOME
}

AfterAll {
    Disconnect-ZoomScim -All -ErrorAction SilentlyContinue
    $env:ZOOM_PROVISIONING_HOME = $previousHome
}

Describe 'The first week' {
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
        $null = New-Item -ItemType Directory -Path $folder
        Push-Location -LiteralPath $folder
        $env:ZOOM_PROVISIONING_HOME = Join-Path $folder 'home'
        Connect-ZoomScim -Simulator 6>$null
    }

    AfterEach {
        Disconnect-ZoomScim -All
        Pop-Location
    }

    It '1: connects wrongly and rightly' {
        Disconnect-ZoomScim -All
        (Enter-Line { Connect-ZoomScim }).Said | Should -BeLike '*ZOOM_ACCOUNT_ID, ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET*Connect-ZoomScim -Simulator*'
        $slip = Enter-Line { Connect-ZoomScim -AccountId abc -ClientId def -ClientSecret 'in-the-clear' }
        $slip.Said | Should -BeLike '*Read-Host -AsSecureString*'
        $slip.Said | Should -Not -BeLike '*in-the-clear*'
        (Enter-Line { Get-ZoomScimUser }).Said | Should -BeLike 'Not connected to Zoom.*Connect-ZoomScim -Simulator*'

        (Enter-Line { Connect-ZoomScim -Simulator }).Said | Should -BeLike "Connected 'simulator' to a simulated account: read, create, *"
        (Enter-Line { Get-ZoomScimConnection }).Screen | Should -Match '(?m)^\* simulator +Valid +create, update, disable, delete +Disable +\(simulator\)'
        (Enter-Line { Test-ZoomConnection }).Screen | Should -Match '(?m)^Scopes +Passed'
    }

    It '2: sees who has which licence' {
        (Enter-Line { Get-ZoomLicense }).Screen | Should -Match '(?m)^Licensed +11 not told'
        (Enter-Line { Get-ZoomScimUser -License Licensd }).Said | Should -BeLike "*'Licensd' (did you mean 'Licensed'?)*"
        $seen = Enter-Line { Get-ZoomScimUser -License On-Prem, Collaboration }
        $seen.Screen | Should -Match '(?m)^lukasz\.nguyen@emea\.example\.com .*True +Collaboration Support'
        $seen.Given.Count | Should -Be 4
        (TabExpansion2 'Get-ZoomScimUser -License Whiteb').CompletionMatches[0].CompletionText | Should -Be 'Whiteboard'
        (Enter-Line { Get-ZoomScimUser -License Whiteboard }).Said | Should -BeLike '*-Detailed*'
        (Enter-Line { Get-ZoomScimUser -License Whiteboard -Detailed }).Given.Count | Should -Be 2
    }

    It '3: looks at one person' {
        (Enter-Line { Get-ZoomScimUser zoe }).Said | Should -BeLike "There is no user 'zoe'*Get-ZoomScimUser ``*chill``**"
        (Enter-Line { Get-ZoomScimUser zoe* }).Screen | Should -Match '(?m)^zoe\.obrien@example\.com .*True +Basic +Engineering'
        (Enter-Line { Get-ZoomScimUser $zoe | Format-List }).Screen | Should -Match '(?m)^Groups +: Engineering'
    }

    It '4: creates fifty from Excel' {
        $people = @(1..25 | ForEach-Object { "Anna;Muster$_;anna.muster$_@example.com;Vertrieb;+49 30 $_;Basic"
                "Maximiliane;Beispiel$_;maximiliane.beispiel$_@example.com;Einkauf;;Basic" })
        Save-Excel neue.csv (@($heading) + $people)
        $slip = Enter-Line { Import-Csv neue.csv | New-ZoomScimUser }
        $slip.Said | Should -BeLike "*the file is separated by ';'*Nothing was sent.*Import-Csv FILE -Delimiter ';'*"
        $seen = Enter-Line { Import-Csv neue.csv -Delimiter ';' | New-ZoomScimUser }
        @($seen.Given | Where-Object Outcome -EQ Done).Count | Should -Be 50
        $seen.Screen | Should -Match '(?m)^maximiliane\.beispiel25@example\.com +Create +Done +created'
        $seen.Said | Should -BeLike "*column 'Lizenz' is not read*-Mapping*"
        (Enter-Line { Get-ZoomScimUser -Department Vertrieb }).Given.Count | Should -Be 25
        (Get-ZoomScimUser anna.muster1@example.com).Phone | Should -BeLike '+49 30*1'
    }

    It '5: moves a department' {
        (Enter-Line { Get-ZoomScimUser -Department Salse }).Said | Should -BeLike "*'Salse' (did you mean 'Sales'?)*"
        $seen = Enter-Line { Get-ZoomScimUser -Department Sales | Set-ZoomScimUser -Department Legal }
        $seen.Screen | Should -Match "(?m)^siobhan\.muller@example\.com +Update +Done +Department: Sales $arrow Legal"
        @(Get-ZoomScimUser -Department Sales 3>$null).Count | Should -Be 0
        (Enter-Line { Get-ZoomScimUser -Department Sales, Leg* }).Given.Count | Should -Be 5
    }

    It '6: gives licences to a list of people' {
        Set-Content list.txt -Value $zoe, 'nobody@example.com', $siobhan
        $slip = Enter-Line { Get-Content list.txt | Set-ZoomScimUser -License Licensd }
        $slip.Said | Should -BeLike "*(did you mean 'Licensed'?)*"
        $slip.Said.Length | Should -BeLessThan 300 -Because 'the names of sixty licences say less'
        $seen = Enter-Line { Get-Content list.txt | Set-ZoomScimUser -License Licensed }
        $seen.Screen | Should -Match "(?m)^zoe\.obrien@example\.com +Update +Done +UserType: Basic $arrow Licensed"
        $seen.Said | Should -BeLike "There is no user 'nobody@example.com'*"
        "$((Get-ZoomScimUser $zoe, $siobhan).License)" | Should -Be 'Licensed Licensed'
    }

    It '7: lets somebody go, and the data to a colleague' {
        $slip = Enter-Line { Remove-ZoomScimUser $zoe -Action Delete -Transferee nobody@example.com -Confirm:$false }
        $slip.Said | Should -BeLike "*'nobody@example.com' is not a user*Nothing was sent.*"
        $seen = Enter-Line { Remove-ZoomScimUser $zoe -Action Delete -Transferee $owner -Confirm:$false }
        $seen.Screen | Should -Match '(?m)^zoe\.obrien@example\.com +Delete +Done +deleted; transferee: '
        (Enter-Line { Get-ZoomScimUser $zoe }).Said | Should -BeLike 'There is no user*'
        $sent = @(Get-ZoomScimSimulator -Requests | Where-Object { $_.Path -like '*/Users/*' -and $_.Method -in 'PUT', 'DELETE' })
        "$($sent.Method)" | Should -Be 'PUT DELETE'
        $sent[0].Body | Should -BeLike "*transferee*$owner*"
    }

    It '8: renames somebody' {
        $seen = Enter-Line { Set-ZoomScimUser $zoe -UserName zoe.hill@example.com -FamilyName Hill }
        $seen.Screen | Should -Match '(?m)^zoe\.hill@example\.com +Update +Done +Email: '
        $now = Get-ZoomScimUser zoe.hill@example.com
        "$($now.UserName) $($now.Email) $($now.FamilyName) $($now.DisplayName -like '* Hill')" |
            Should -Be 'zoe.hill@example.com zoe.hill@example.com Hill True'
        @(Get-ZoomScimUser zoe.obrien*).Count | Should -Be 0
    }

    It '9: takes somebody back, licence and all' {
        $null = Set-ZoomScimUser $zoe -License Licensed
        (Enter-Line { Remove-ZoomScimUser $zoe -Action Disable -Confirm:$false }).Screen | Should -Match ' Disable +Done +deactivated'
        "$((Get-ZoomScimUser $zoe).License)" | Should -Be 'Basic'
        $seen = Enter-Line { Set-ZoomScimUser $zoe -Active $true }
        $seen.Given[0].Summary | Should -Be "activated; UserType: Basic $arrow Licensed"
        (Get-ZoomScimUser $zoe).License | Should -Be 'Licensed'
    }

    It '10: finds who has no department' {
        $seen = Enter-Line { Get-ZoomScimUser -Department '' }
        "$($seen.Given.UserName)" | Should -Be "$owner admin@example.com"
        "$((Enter-Line { Get-ZoomScimUser -Department $null }).Given.UserName)" | Should -Be "$owner admin@example.com"
    }

    It '11: puts a team into a group' {
        $slip = Enter-Line { Get-ZoomScimUser -Department Sales | Add-ZoomScimGroupMember Project }
        $slip.Said | Should -BeLike "There is no group 'Project'*New-ZoomScimGroup*"
        (Enter-Line { New-ZoomScimGroup Project }).Screen | Should -Match '(?m)^Project +Create +Done +created'
        $seen = Enter-Line { Get-ZoomScimUser -Department Sales | Add-ZoomScimGroupMember Project }
        $seen.Screen | Should -Match "(?m)^misaki\.hassan@example\.com +Project +Done +is in group 'Project'"
        @(Get-ZoomScimSimulator -Requests | Where-Object { $_.Method -eq 'PATCH' -and $_.Path -like '*/Groups/*' }).Count | Should -Be 1
        (TabExpansion2 'Add-ZoomScimGroupMember Proj').CompletionMatches[0].CompletionText | Should -Be 'Project'
    }

    It '12: has a dry run signed off by somebody else' {
        Save-Excel people.csv $heading, $anna, $bruno
        $seen = Enter-Line { New-ZoomProvisioningRule -Sample people.csv }
        $seen.Said | Should -BeLike "*2 records with 6 columns (separated by ';', utf-8)*to do it: Sync-ZoomScimUser people*"
        $seen.Screen | Should -BeLike '*+ Anna M*<anna.mueller@example.com>  create: *Plan: 2 to create, *'
        $null = Enter-Line { Set-ZoomProvisioningRule people -Approval required }
        $null = Enter-Line { New-ZoomProvisioningPlan people | Export-ZoomProvisioningPlan plan.json -HtmlPath plan.html }
        Get-Content plan.html -Raw | Should -BeLike '*anna.mueller@example.com*'
        $slip = Enter-Line { Invoke-ZoomProvisioningPlan plan.json -Confirm:$false }
        $slip.Said | Should -BeLike '*nobody has. Nothing was sent.*Approve-ZoomProvisioningPlan -Path plan.json*'
        @(Get-ZoomScimUser anna*).Count | Should -Be 0

        $seen = Enter-Line { Approve-ZoomProvisioningPlan plan.json -Comment 'as discussed' -Confirm:$false }
        $seen.Screen | Should -Match "(?m)^$($seen.Given[0].PlanId.Substring(0, 12)) .* 2 of 2 +not signed"
        $seen = Enter-Line { Invoke-ZoomProvisioningPlan plan.json -Confirm:$false }
        $seen.Screen | Should -Match '(?m)^Outcome : Done'
        $seen.Screen | Should -BeLike '*Guard   : *Approved by*(2 people).*'
        (Get-ZoomScimUser anna.mueller@example.com).Department | Should -Be 'Vertrieb'
    }

    It '13: lets a rule run by itself, and is alerted' {
        $server = [ZoomProvisioning.Tests.SmtpListener]::new($null, $false)
        try {
            Save-Excel people.csv $heading, $anna, $bruno
            $null = Enter-Line { New-ZoomProvisioningRule -Sample people.csv -MaxDisableCount 0 -MissingRuns 1 }
            (Enter-Line { Test-ZoomProvisioningNotification people }).Said | Should -BeLike '*tells nobody*Set-ZoomProvisioningRule -NotifyMail*'
            $mail = @{ Server = 'localhost'; Port = $server.Port; Security = 'none'; From = 'zoom@example.com'; To = 'it@example.com' }
            $null = Enter-Line { Set-ZoomProvisioningRule people -NotifyMail $mail -QuarantineAfterRuns 2 }
            (Enter-Line { Test-ZoomProvisioningNotification people }).Screen | Should -Match '(?m)^Mail +True +it@example\.com'
            $line = (Enter-Line { Register-ZoomProvisioningTask people -Scheduler Cron -WhatIf } -Raw).Given -join "`n"
            $line | Should -BeLike '*0 6 * -NonInteractive *Sync-ZoomScimUser -Rule *people.json*'

            # What the task does at night. In the morning Bruno is missing from the file.
            $null = Enter-Line { Sync-ZoomScimUser people -Confirm:$false }
            Save-Excel people.csv $heading, $anna
            $seen = Enter-Line { Sync-ZoomScimUser people -Confirm:$false }
            $seen.Screen | Should -Match '(?m)^Outcome : Held'
            @($server.Messages)[-1] | Should -BeLike '*Subject: Zoom rule people: held*bruno.schaefer@example.com*'
            (Get-ZoomScimUser bruno.schaefer@example.com).Active | Should -BeTrue
        }
        finally { $server.Dispose() }
    }

    It '14: finds out why Anna has nothing' {
        Save-Excel people.csv $heading, $anna.Replace('example.com', 'gmail.com'), $bruno
        $null = Enter-Line { New-ZoomProvisioningRule -Sample people.csv }
        $seen = Enter-Line { Sync-ZoomScimUser people -Confirm:$false }
        $seen.Screen | Should -Match '(?m)^Outcome : Attention'
        $why = Enter-Line { Sync-ZoomScimUser people -Explain "Anna M$([char]0xFC)ller" }
        $why.Screen | Should -Match '(?m)^anna\.mueller@gmail\.com'
        $why.Screen | Should -BeLike '*Zoom: not there*Plan: Create*Before: * Create Failed: The email domain does not match*'
        (Enter-Line { Get-ZoomProvisioningHistory -User anna* }).Given[-1].What | Should -BeLike 'Create: Failed: The email domain does not match*'
        (Enter-Line { Sync-ZoomScimUser people -Explain Nobody }).Said | Should -BeLike "Nobody is called 'Nobody'*the full name*"
    }

    It '15: undoes what was done yesterday' {
        $null = Get-ZoomScimUser -Department Sales | Set-ZoomScimUser -Department Legal
        $null = Set-ZoomScimUser $zoe -CostCenter 4711
        $seen = Enter-Line { Get-ZoomProvisioningRun }
        ($seen.Screen -replace '\s') | Should -BeLike "*Set-ZoomScimUser-CostCenter-Identity:${zoe}:1done*"
        ($seen.Screen -replace '\s') | Should -BeLike '*Set-ZoomScimUser-Department:3done*'
        $run = $seen.Given | Where-Object What -EQ 'Set-ZoomScimUser -Department'
        (TabExpansion2 'Undo-ZoomProvisioningRun ').CompletionMatches.CompletionText | Should -Contain $run.RunId
        $plan = Enter-Line { Undo-ZoomProvisioningRun $run.RunId.Substring(0, 12) -WhatIf }
        $plan.Screen | Should -BeLike "*Department: 'Legal' $arrow 'Sales'*Plan: 0 to create, 3 to update, *"
        @(Get-ZoomScimUser -Department Legal).Count | Should -Be 5
        $seen = Enter-Line { Undo-ZoomProvisioningRun $run.RunId.Substring(0, 12) -Confirm:$false }
        $seen.Screen | Should -Match '(?m)^Outcome : Done'
        @(Get-ZoomScimUser -Department Sales).Count | Should -Be 3
        (Get-ZoomScimUser $zoe).CostCenter | Should -Be '4711'
    }

    It '16: sees what was changed last week' {
        $null = Get-ZoomScimUser -Department Sales | Set-ZoomScimUser -Department Legal
        $seen = Enter-Line { Get-ZoomProvisioningHistory -After (Get-Date).AddDays(-7) }
        ($seen.Screen -replace '\s') | Should -BeLike "*${siobhan}Update:Department:Sales${arrow}Legal*"
        $seen.Screen | Should -Match 'Run ended: 3 done'
        @((Enter-Line { Get-ZoomProvisioningHistory -Attribute Department -User misaki* }).Given.What) |
            Should -Be "Update: Department: Sales $arrow Legal", 'Update: Done'
        (Enter-Line { Get-ZoomProvisioningHistory -Before (Get-Date).AddDays(-7) }).Given.Count | Should -Be 0
    }

    It '17: finds orphans' {
        Get-ZoomScimUser -Active $true | Where-Object { $_.UserName -ne $zoe } | Select-Object UserName | Export-Csv people.csv -NoTypeInformation
        "$((Get-Help Compare-ZoomScimUser).description.Text)" | Should -BeLike '*Orphan (active in Zoom and not in the source)*'
        $seen = Enter-Line { Import-Csv people.csv | Compare-ZoomScimUser | Where-Object Difference -EQ Orphan }
        $seen.Screen | Should -Match '(?m)^Orphan +zoe\.obrien@example\.com +not in the source'
        $seen.Given.Count | Should -Be 1
    }

    It '18: counts the seats that are left' {
        $seen = Enter-Line { Get-ZoomLicense -Total @{ Licensed = 12 } }
        $seen.Screen | Should -Match '(?m)^Licensed +11 +12 +1\s*$'
        $null = Set-ZoomScimUser $zoe -License Licensed
        (Enter-Line { Get-ZoomLicense -Total @{ Licensed = 12 } }).Screen | Should -Match '(?m)^Licensed +12 +12 +0\s*$'
        (Enter-Line { Get-ZoomLicense -Total @{ Licensd = 12 } }).Said | Should -BeLike "*(did you mean 'Licensed'?)*"
    }

    It '19: compares, and puts right what differs' {
        Set-Content people.csv -Value 'UserName,FirstName,LastName,Department', "$siobhan,Siobhan,Muller,Legal", 'jill.chill@example.com,Jill,Chill,Sales'
        $seen = Enter-Line { Import-Csv people.csv | Compare-ZoomScimUser | Where-Object Difference -NE Orphan }
        $seen.Screen | Should -Match '(?m)^Missing +jill\.chill@example\.com +not in Zoom'
        $seen.Screen | Should -Match '(?m)^Different +siobhan\.muller@example\.com '
        @(Get-ZoomScimSimulator -Requests | Where-Object { $_.Method -notin 'GET' -and $_.Path -like '*/scim2/*' }).Count | Should -Be 0
        $seen.Given | Where-Object Difference -EQ Different | Export-Csv different.csv -NoTypeInformation -Encoding UTF8
        (Enter-Line { Import-Csv different.csv | Set-ZoomScimUser }).Screen | Should -Match '(?m)^siobhan\.muller@example\.com +Update +Done '
        "$((Get-ZoomScimUser $siobhan).Department) $((Get-ZoomScimUser $siobhan).GivenName)" | Should -Be 'Legal Siobhan'
    }
}
