#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Many records at once: order, pace, errors among them, and other ways of running at once.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
}

Describe 'A thousand records' {
    BeforeAll {
        $zoom = New-TestZoom -Users 0 -Fast
        # Every tenth is slow, so that later ones are ready before it.
        Set-TestZoom $zoom @{ latency_ms = 50; faults = @(@{ kind = 'slow'; method = 'POST'; probability = 0.1; delay_ms = 2000 }) }
        $names = 1..1000 | ForEach-Object { "bulk{0:0000}@example.com" -f $_ }
        $results = $names | ForEach-Object { [pscustomobject]@{ UserName = $_; FirstName = 'B'; LastName = 'U' } } |
            New-ZoomScimUser -Connection $zoom.Connection
        $requests = Get-SentRequest $zoom
    }

    It 'are all created' {
        $results.Count | Should -Be 1000
        @($results | Where-Object Outcome -NE 'Done').Count | Should -Be 0
    }

    It 'come out in the order they went in' {
        ($results.UserName -join ' ') | Should -Be ($names -join ' ')
    }

    It 'each carry their source record' {
        @(0..999 | Where-Object { $results[$_].Source.UserName -ne $names[$_] }).Count | Should -Be 0
    }

    It 'are sent at once, not one after the other' {
        $posts = @($requests | Where-Object method -EQ 'POST' | ForEach-Object { ($_.body | ConvertFrom-Json).userName })
        ($posts -join ' ') | Should -Not -Be ($names -join ' ')
        ($posts | Sort-Object) -join ' ' | Should -Be ($names -join ' ')
    }

    It 'are never refused by the rate limit, and cost one request each' {
        @($requests | Where-Object status -EQ 429).Count | Should -Be 0
        $requests.Count | Should -Be 1000
    }

    It 'are listed in full afterwards' {
        @(Get-ZoomScimUser -Connection $zoom.Connection).Count | Should -Be 1002
    }
}

Describe 'Many people who are there' {
    BeforeAll {
        $zoom = New-TestZoom -Users 998 -Fast
        $names = (Get-ZoomScimUser -Connection $zoom.Connection | Where-Object { $_.Active -and $_.UserName -notmatch '^(owner|admin)@' } |
            Select-Object -First 300).UserName
        function Get-Method { (Get-SentRequest $zoom | Group-Object method -NoElement | Sort-Object Name |
            ForEach-Object { "$($_.Name) $($_.Count)" }) -join ', ' }
    }

    BeforeEach { Clear-SentRequest $zoom }

    It 'are changed by name with one request each and one list' {
        $results = $names | ForEach-Object { @{ UserName = $_; Department = 'Bulk' } } | Set-ZoomScimUser -Connection $zoom.Connection
        @($results | Where-Object { $_.Outcome -eq 'Done' -and $_.Action -eq 'Update' }).Count | Should -Be 300
        ($results.UserName -join ' ') | Should -Be ($names -join ' ')
        $requests = Get-SentRequest $zoom
        @($requests | Where-Object method -EQ 'PUT').Count | Should -Be 300
        # Ten pages, a count, and the few that began before the others were seen to come: each a look-up and a read.
        @($requests | Where-Object method -EQ 'GET').Count | Should -BeLessOrEqual (11 + 2 * 20)
    }

    It 'are deactivated, and whoever holds a licence gets it back in the same session' {
        $licensed = (Get-ZoomScimUser $names[250] -Connection $zoom.Connection).UserName
        $null = Set-ZoomScimUser $licensed -License BusinessPlus-US -Connection $zoom.Connection
        $results = $names | Remove-ZoomScimUser -Action Disable -Confirm:$false -Connection $zoom.Connection
        @($results | Where-Object { $_.Outcome -eq 'Done' -and $_.Action -eq 'Disable' }).Count | Should -Be 300
        $null = Set-ZoomScimUser $licensed -Active $true -Connection $zoom.Connection
        (Get-ZoomScimUser $licensed -Connection $zoom.Connection).Extension['zoomOneBizPlus'] | Should -Be '16'
    }

    It 'are told with -WhatIf at the price of one list' {
        $null = $names | ForEach-Object { @{ UserName = $_; Active = $true } } | Set-ZoomScimUser -WhatIf -Connection $zoom.Connection
        @(Get-SentRequest $zoom -Write).Count | Should -Be 0
    }

    It 'are deleted by name' {
        $results = $names | Remove-ZoomScimUser -Action Delete -Confirm:$false -Connection $zoom.Connection
        @($results | Where-Object { $_.Outcome -eq 'Done' -and $_.Action -eq 'Delete' }).Count | Should -Be 300
        @(Get-ZoomScimUser -Connection $zoom.Connection).Count | Should -Be 700
    }
}

Describe 'Errors among the records' {
    It 'stay in their place and stop nobody' {
        $zoom = New-TestZoom -Users 0 -Fast
        $all = 1..50 | ForEach-Object { @{ UserName = if ($_ % 10 -eq 0) { "foreign$_@elsewhere.invalid" } else { "mix$_@example.com" } } } |
            New-ZoomScimUser -Connection $zoom.Connection -ErrorAction Continue 2>&1
        $all.Count | Should -Be 50
        for ($i = 1; $i -le 50; $i++) {
            $is = $all[$i - 1]
            if ($i % 10 -eq 0) {
                $is | Should -BeOfType Management.Automation.ErrorRecord
                $is.FullyQualifiedErrorId | Should -BeLike 'Zoom.User.DomainNotAssociated,*'
                $is.TargetObject.UserName | Should -Be "foreign$i@elsewhere.invalid"
            }
            else {
                $is.UserName | Should -Be "mix$i@example.com"
            }
        }
    }

    It 'are each told when the server fails for good' {
        $zoom = New-TestZoom -Users 0 -Fast
        Set-TestZoom $zoom @{ faults = @(@{ kind = 'status'; status = 500; method = 'POST' }) }
        $results = 1..4 | ForEach-Object { @{ UserName = "down$_@example.com" } } |
            New-ZoomScimUser -Connection $zoom.Connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $results | Should -BeNullOrEmpty
        $problems.Count | Should -Be 4
    }

    It 'do not come from a server that fails now and then' {
        $zoom = New-TestZoom -Users 0 -Fast
        # Each strikes once, far enough from the others that no record meets more of them than it is tried.
        $faults = foreach ($number in 1..5) {
            @{ kind = 'status'; status = 503; count = 1; after = $number * 30 }
            @{ kind = 'drop'; count = 1; after = $number * 30 + 10 }
            @{ kind = 'drop'; when = 'after'; method = 'POST'; count = 1; after = $number * 15 }
        }
        Set-TestZoom $zoom @{ faults = @($faults) }
        $results = 1..100 | ForEach-Object { @{ UserName = "shaky$_@example.com" } } |
            New-ZoomScimUser -Connection $zoom.Connection -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.Count | Should -Be 0 -Because "$($problems | Select-Object -First 1)"
        $results.UserName | Should -Be (1..100 | ForEach-Object { "shaky$_@example.com" })
        @(Get-SentRequest $zoom | Where-Object { $_.fault }).Count | Should -BeGreaterThan 10
        Set-TestZoom $zoom @{ faults = $null }
        @(Get-ZoomScimUser -Connection $zoom.Connection).Count | Should -Be 102
    }

    It 'do not come from a rate limit lower than expected' {
        $zoom = New-TestZoom -Users 0 -Fast -RatePlan free
        $results = 1..20 | ForEach-Object { @{ UserName = "free$_@example.com" } } | New-ZoomScimUser -Connection $zoom.Connection
        @($results | Where-Object Outcome -EQ 'Done').Count | Should -Be 20
    }

    It 'do not come from a token that expires meanwhile' {
        $zoom = New-TestZoom -Users 0 -Fast
        Set-TestZoom $zoom @{ faults = @(@{ kind = 'token-expired'; after = 20; count = 1 }) }
        $results = 1..30 | ForEach-Object { @{ UserName = "token$_@example.com" } } | New-ZoomScimUser -Connection $zoom.Connection
        @($results | Where-Object Outcome -EQ 'Done').Count | Should -Be 30
    }
}

Describe '-ThrottleLimit' {
    BeforeAll { $zoom = New-TestZoom -Users 0 -Fast }

    It 'of 1 works on one record at a time, so that -PipelineVariable upstream is right' {
        $seen = 1..20 | Write-Output -PipelineVariable n | ForEach-Object { @{ UserName = "one$n@example.com" } } |
            New-ZoomScimUser -Connection $zoom.Connection -ThrottleLimit 1 | ForEach-Object { "$n=$($_.UserName)" }
        $seen | Should -Be (1..20 | ForEach-Object { "$_=one$_@example.com" })
    }

    It 'leaves the cmdlet''s own -PipelineVariable right at any value' {
        $seen = 1..20 | ForEach-Object { @{ UserName = "own$_@example.com" } } |
            New-ZoomScimUser -Connection $zoom.Connection -PipelineVariable made | ForEach-Object { $made.UserName -eq $_.UserName }
        $seen.Count | Should -Be 20
        $seen | Should -Not -Contain $false
    }

    It 'must be from 1 to 64: <_>' -ForEach @(0, 65) {
        (Get-ErrorOf { New-ZoomScimUser x@example.com -ThrottleLimit $_ -Connection $zoom.Connection }).FullyQualifiedErrorId |
            Should -BeLike 'ParameterArgumentValidationError,*'
    }
}

Describe 'Pipelines in pipelines' {
    BeforeAll {
        $one = New-TestZoom -Users 20 -Fast -Name one
        $two = New-TestZoom -Users 0 -Fast -Name two
    }

    It 'work over two connections at once' {
        $results = Get-ZoomScimUser -Connection $one.Connection -Detailed | Where-Object { $_.UserName -notmatch '^(owner|admin)@' -and $_.Active } |
            New-ZoomScimUser -Connection $two.Connection
        @($results | Where-Object Outcome -NE 'Done').Count | Should -Be 0
        $results.Count | Should -BeGreaterThan 15
    }

    It 'work one inside the other' {
        $ids = 1..10 | ForEach-Object { @{ UserName = "outer$_@example.com" } } | New-ZoomScimUser -Connection $one.Connection | ForEach-Object {
            (@{ UserName = $_.UserName.Replace('outer', 'inner') } | New-ZoomScimUser -Connection $two.Connection).Id
        }
        $ids.Count | Should -Be 10
    }

    It 'work one after the other' {
        $results = 1..10 | ForEach-Object { @{ UserName = "chained$_@example.com" } } | New-ZoomScimUser -Connection $one.Connection |
            Set-ZoomScimUser -Department Chain -Connection $one.Connection | Remove-ZoomScimUser -Action Delete -Confirm:$false -Connection $one.Connection
        @($results | Where-Object { $_.Action -eq 'Delete' -and $_.Outcome -eq 'Done' }).Count | Should -Be 10
    }

    It 'work in ForEach-Object -Parallel with $using:' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $connection = $two.Connection
        $path = Get-TestModulePath
        $results = 1..12 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:path
            New-ZoomScimUser "parallel$_@example.com" -Connection $using:connection
        }
        @($results | Where-Object Outcome -EQ 'Done').Count | Should -Be 12
        @(Get-ZoomScimUser -Connection $two.Connection | Where-Object UserName -Like 'parallel*').Count | Should -Be 12
    }
}

Describe 'Progress' {
    BeforeAll {
        # A run in a runspace of its own, whose streams can be looked at afterwards.
        function Invoke-Run([string] $Preference, [string] $Arguments = '') {
            $zoom = New-TestZoom -Users 0
            Set-TestZoom $zoom @{ latency_ms = 40 }
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript("param(`$path, `$connection) Import-Module `$path; `$ProgressPreference = '$Preference'
                    1..60 | ForEach-Object { @{ UserName = if (`$_ -eq 5) { 'bad' } else { `"progress`$_@example.com`" } } } |
                        New-ZoomScimUser -Connection `$connection -ErrorAction SilentlyContinue $Arguments").
                    AddArgument((Get-TestModulePath)).AddArgument($zoom.Connection)
                $results = $shell.Invoke()
                @{ Results = $results; Records = @($shell.Streams.Progress | Where-Object Activity -EQ 'New-ZoomScimUser');
                    Lines = @($shell.Streams.Information) }
            }
            finally { $shell.Dispose() }
        }
    }

    It 'counts, tells pace, failures and time left, and goes away at the end' {
        $run = Invoke-Run Continue
        $records = $run.Records
        $records.Count | Should -BeGreaterThan 1
        @($records | Where-Object RecordType -EQ 'Completed').Count | Should -Be 1
        $records[-1].RecordType | Should -Be 'Completed'
        $records[-1].PercentComplete | Should -Be 100
        $records[-1].StatusDescription | Should -Match '^60 of 60 done, 1 failed, [0-9.,]+/s$'
        @($records | Where-Object { $_.SecondsRemaining -gt 0 }).Count | Should -BeGreaterThan 0
        $run.Lines.Count | Should -Be 0
    }

    It 'is not drawn more often than four times a second' {
        $started = Get-Date
        $records = (Invoke-Run Continue).Records
        $records.Count | Should -BeLessOrEqual (4 * ((Get-Date) - $started).TotalSeconds + 2)
    }

    It 'says nothing under <Preference> <Arguments>' -ForEach @(
        @{ Preference = 'SilentlyContinue'; Arguments = '' }
        @{ Preference = 'Ignore'; Arguments = '' }
        if ($PSVersionTable.PSVersion -ge [version] '7.4') { @{ Preference = 'Continue'; Arguments = '-ProgressAction SilentlyContinue' } }
    ) {
        $run = Invoke-Run $Preference $Arguments
        $run.Results.Count | Should -Be 59
        $run.Records.Count | Should -Be 0
        $run.Lines.Count | Should -Be 0
    }
}
