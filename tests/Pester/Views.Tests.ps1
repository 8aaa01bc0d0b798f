#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What the module's objects look like: in narrow and wide terminals, and in the cultures whose numbers and letters trip programs up.

BeforeDiscovery {
    $widths = 80, 120, 200
    $cultures = 'en-US', 'de-DE', 'tr-TR'
    $cases = foreach ($width in $widths) { foreach ($culture in $cultures) { @{ Width = $width; Culture = $culture } } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule

    # What is shown, with colours taken off, as lines.
    function Get-Shown([object[]] $Objects, [int] $Width, [string] $As = '') {
        $text = switch ($As) {
            'Table' { $Objects | Format-Table | Out-String -Width $Width }
            'List' { $Objects | Format-List | Out-String -Width $Width }
            default { $Objects | Out-String -Width $Width }
        }
        @(($text -replace "$([char]27)\[[0-9;]*m") -split "`r?`n")
    }

    # East Asian letters take two cells each, and marks that combine none.
    function Measure-Cell([string] $Line) {
        $cells = 0
        foreach ($letter in $Line.ToCharArray()) {
            $code = [int] $letter
            $cells += if ([char]::GetUnicodeCategory($letter) -in 'NonSpacingMark', 'EnclosingMark', 'Format') { 0 }
            elseif (($code -ge 0x1100 -and $code -le 0x115F) -or ($code -ge 0x2E80 -and $code -le 0xA4CF) -or
                ($code -ge 0xAC00 -and $code -le 0xD7A3) -or ($code -ge 0xF900 -and $code -le 0xFAFF) -or ($code -ge 0xFE30 -and $code -le 0xFE6F) -or
                ($code -ge 0xFF00 -and $code -le 0xFF60)) { 2 }
            else { 1 }
        }
        $cells
    }

    $zoom = New-TestZoom -Users 0 -Fast
    $connection = $zoom.Connection
    $people = @(Import-Csv (Join-Path (Get-TestRepositoryPath) 'examples/users.csv') -Encoding UTF8 | Where-Object Active -EQ 'True' | Select-Object -First 60)
    $results = @($people | New-ZoomScimUser -Connection $connection -WarningAction SilentlyContinue)
    $results += @($people[0..3] | New-ZoomScimUser -IfExists Skip -Connection $connection)
    $results += New-ZoomScimUser 'a.very.long.name.that.no.column.of.a.table.can.hold@example.com' -GivenName A -FamilyName Name -Connection $connection
    $group = New-ZoomScimGroup -Name 'People whose group has a rather long name' -Connection $connection
    $joined = @($people[0..9] | Add-ZoomScimGroupMember -Group $group.Id -Connection $connection)
    Connect-ZoomScim -Simulator -SimulatorUsers 1200 -Name 'a-practice-account'
    Set-ZoomScimSimulator -Behaviour @{ count_default = 10 } -Fault @{ kind = 'status'; status = 503; count = 1; path = '/scim2/Nothing' } -Confirm:$false
    $null = Get-ZoomScimUser
    $samples = [ordered]@{
        ChangeResult       = $results
        ScimUser           = @(Get-ZoomScimUser -Connection $connection | Select-Object -Last 80) +
            @(Get-ZoomScimUser $people[1].UserName -Connection $connection)
        ScimGroup          = @($group.Group)
        GroupResult        = @($group)
        GroupMemberResult  = $joined
        ZoomScimConnection = @(Get-ZoomScimConnection)
        ConnectionTestStep = @(Test-ZoomConnection)
        ZoomScimSimulator  = @(Get-ZoomScimSimulator)
        SimulatorRequest   = @(Get-ZoomScimSimulator -Requests | Select-Object -Last 20)
    }
    $before = [Threading.Thread]::CurrentThread.CurrentCulture
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Views in <Width> columns, <Culture>' -ForEach $cases {
    BeforeAll { [Threading.Thread]::CurrentThread.CurrentCulture = [Globalization.CultureInfo]::GetCultureInfo($Culture) }
    AfterAll { [Threading.Thread]::CurrentThread.CurrentCulture = $before }

    It 'fit' {
        foreach ($name in $samples.Keys) {
            $samples[$name].Count | Should -BeGreaterThan 0 -Because $name
            foreach ($as in '', 'Table', 'List') {
                $lines = Get-Shown $samples[$name] $Width $as
                ($lines | ForEach-Object { Measure-Cell $_.TrimEnd() } | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual $Width -Because "$name as $as"
            }
        }
    }

    It 'cut nothing off' {
        foreach ($name in $samples.Keys) {
            (Get-Shown $samples[$name] $Width Table) -match '…|\.\.\.$' | Should -BeNullOrEmpty -Because $name
        }
    }

    It 'lose no user name, whatever its length' {
        $lines = Get-Shown $samples.ChangeResult $Width Table
        $column = @($lines -match '^UserName\s')[0].IndexOf('Action')
        $shown = -join ($lines | ForEach-Object { $_.PadRight($column).Substring(0, $column).TrimEnd() })
        foreach ($result in $results) { $shown.Contains($result.UserName) | Should -BeTrue -Because $result.UserName }
    }

    It 'write counts, durations and times as the reader does' {
        $separator = (Get-Culture).NumberFormat.NumberGroupSeparator
        $number = '{0:N0}' -f 1202
        $number | Should -Be "1${separator}202"
        (Get-Shown $samples.ZoomScimSimulator $Width) -match "UserCount +: $([regex]::Escape($number))" | Should -Not -BeNullOrEmpty
        $connected = $samples.ZoomScimConnection[0].ConnectedAt
        $when = [regex]::Escape($connected.ToString([Threading.Thread]::CurrentThread.CurrentCulture))
        (Get-Shown $samples.ZoomScimConnection $Width List) -match $when | Should -Not -BeNullOrEmpty
        $request = $samples.SimulatorRequest[0]
        (Get-Shown $request $Width) -match [regex]::Escape($request.Time.ToString('T')) | Should -Not -BeNullOrEmpty
    }

    It 'leave the data as they are' {
        # Invariant, whatever the reader's culture: these go to other programs.
        $csv = $results[0] | Select-Object UserName, Action, Outcome | ConvertTo-Csv -NoTypeInformation
        $csv[1] | Should -Be "`"$($people[0].UserName)`",`"Create`",`"Done`""
        $results[0] | Should -BeOfType ([ZoomProvisioning.Plans.ChangeResult])
    }
}

Describe 'Colour' {
    It 'is there where the host has it, and goes with PlainText' -Skip:(-not (Get-Variable PSStyle -ErrorAction SilentlyContinue)) {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            ($results[0] | Out-String) | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Green)Done"))
            $PSStyle.OutputRendering = 'PlainText'
            ($results[0] | Out-String) | Should -Not -Match ([char]27)
        }
        finally { $PSStyle.OutputRendering = $rendering }
    }

    It 'is left out where there is no $PSStyle, in strict mode too' {
        # Windows PowerShell has none; here a runspace is made without it.
        $state = [initialsessionstate]::CreateDefault()
        $state.Variables.Remove('PSStyle', $null)
        $runspace = [runspacefactory]::CreateRunspace($state)
        $runspace.Open()
        $shell = [powershell]::Create()
        try {
            $shell.Runspace = $runspace
            $null = $shell.AddScript(@'
param($modulePath)
Import-Module $modulePath
Set-StrictMode -Version Latest
if (Get-Variable PSStyle -ErrorAction Ignore) { throw 'This runspace has $PSStyle.' }
Connect-ZoomScim -Simulator -Name plain
$result = New-ZoomScimUser plain@example.com -GivenName Pl -FamilyName Ain
$group = New-ZoomScimGroup -Name plain
$member = Add-ZoomScimGroupMember -Group plain -Member plain@example.com
foreach ($shown in $result, (Get-ZoomScimUser plain@example.com), $group, $group.Group, $member, (Get-ZoomScimConnection),
    @(Test-ZoomConnection), (Get-ZoomScimSimulator), @(Get-ZoomScimSimulator -Requests)) {
    $shown | Format-Table | Out-String
    $shown | Format-List | Out-String
}
Disconnect-ZoomScim -All
'@).AddArgument((Get-TestModulePath))
            $text = $shell.Invoke() -join ''
            $shell.Streams.Error | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
            $runspace.Dispose()
        }

        $text | Should -Match 'plain@example\.com +Create +Done'
        $text | Should -Match 'plain +Valid'
        $text | Should -Not -Match ([char]27)
        $text | Should -Not -Match '#ERR'
    }
}

Describe 'Texts that would do something to a terminal' {
    BeforeAll {
        $escape = [char]27
        $hostile = "Jill$escape[31m`nWARNING: forged`r$([char]0x202E)gpj$([char]0x9B)2J$([char]7)"
        $shown = 'Jill[U+001B][31m[U+000A]WARNING: forged[U+000D][U+202E]gpj[U+009B]2J[U+0007]'
        # Colours are ours; whatever else is not a line end is a character that somebody put there.
        function Get-Harm([string] $Text) {
            @([regex]::Matches(($Text -replace "$escape\[[0-9;]*m"), "[\x00-\x08\x0B-\x1F\x7F-\x9F\u202A-\u202E\u2066-\u2069]")) -ne "`r"
        }

        Connect-ZoomScim -Simulator -SimulatorUsers 3 -Name hostile
        $account = Get-ZoomScimConnection -Name hostile
        $group = New-ZoomScimGroup -Name $hostile -Connection $account
        $file = Join-Path $TestDrive 'hostile.json'
        Export-ZoomScimSimulator $file -Connection $account
        $state = Get-Content -LiteralPath $file -Raw | ConvertFrom-Json
        $user = $state.users[1]
        $user.displayName = $hostile
        $user.name.givenName = $hostile
        $state | ConvertTo-Json -Depth 20 | Set-Content -LiteralPath $file -Encoding UTF8
        Import-ZoomScimSimulator $file -Connection $account -Confirm:$false
        $person = Get-ZoomScimUser $user.userName -Connection $account
    }

    It 'come from Zoom as they are' {
        $person.GivenName | Should -BeExactly $hostile
    }

    It 'are made visible in a <As>' -ForEach @{ As = 'table' }, @{ As = 'list' } {
        $member = Add-ZoomScimGroupMember -Group $group.Id -Member $person.Id -Connection $account
        $source = [pscustomobject]@{ UserName = $user.userName; GivenName = 'Jill'; FamilyName = 'Chill' }
        $rule = Join-Path $TestDrive 'hostile.rule.json'
        Set-Content -LiteralPath $rule -Value '{ "name": "hostile" }'
        $plan = $source | New-ZoomProvisioningPlan -Rule $rule -StatePath (Join-Path $TestDrive 'state') -Connection $account 3>$null
        $objects = $person, $group, $group.Group, $member, $plan, $plan.Entries, @($source | Compare-ZoomScimUser -Connection $account)
        foreach ($one in $objects) {
            $text = if ($As -eq 'table') { $one | Format-Table | Out-String -Width 200 } else { $one | Format-List | Out-String -Width 2000 }
            Get-Harm $text | Should -BeNullOrEmpty
            # A cell ends its line where its width does; a list does not.
            if ($As -eq 'list') { $text | Should -Not -Match '(?m)^\s*WARNING' }
        }
    }

    It 'are made visible in errors, warnings and verbose lines' {
        $null = Get-ZoomScimUser $hostile -Connection $account -ErrorVariable problems -ErrorAction SilentlyContinue
        "$($problems[0])" | Should -BeLike "*$([WildcardPattern]::Escape($shown))*"
        $problems[0].Exception.Message | Should -BeLike "*$([WildcardPattern]::Escape($shown))*"
        Get-Harm "$($problems[0].CategoryInfo)" | Should -BeNullOrEmpty
        $lines = Set-ZoomScimUser $person.Id -Department $hostile -Connection $account -Verbose -WhatIf 4>&1
        Get-Harm ($lines -join "`n") | Should -BeNullOrEmpty
        "$lines" | Should -BeLike "*$([WildcardPattern]::Escape($shown))*"
    }

    It 'are made visible in what -WhatIf says' {
        $log = Join-Path $TestDrive 'transcript.txt'
        $null = Start-Transcript -LiteralPath $log
        try { Remove-ZoomScimGroup $group.Id -Connection $account -WhatIf } finally { $null = Stop-Transcript }
        $said = Get-Content -LiteralPath $log -Raw
        Get-Harm $said | Should -BeNullOrEmpty
        $said | Should -BeLike "*$([WildcardPattern]::Escape($shown))*"
    }

    It '<Value> is shown as <Words>' -ForEach @(
        @{ Value = $null; Words = $null }
        @{ Value = 5; Words = '5' }
        @{ Value = @('a', "b`nc"); Words = '{a, b[U+000A]c}' }
        @{ Value = [ordered]@{ a = 1 }; Words = '{[a, 1]}' }
        @{ Value = [InvalidOperationException]::new("a`nb"); Words = 'a[U+000A]b' }
        @{ Value = [pscustomobject]@{ a = "x`ny" }; Words = '@{a=x[U+000A]y}' }
    ) {
        [ZoomProvisioning.Hosting.ViewText]::Line($Value) | Should -BeExactly $Words
    }
}
