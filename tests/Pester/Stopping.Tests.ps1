#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Every way in which a pipeline ends early. These run on the real clock: what counts is what is under way at the moment of the stop.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule

    # Waits until the simulated account has got so many requests.
    function Wait-Request($zoom, [int] $count) {
        $until = [DateTime]::UtcNow.AddSeconds(20)
        while ((Get-SentRequest $zoom).Count -lt $count) {
            if ([DateTime]::UtcNow -gt $until) { throw "Only $((Get-SentRequest $zoom).Count) requests came." }
            Start-Sleep -Milliseconds 20
        }
    }

    # Nothing may be sent any more once the pipeline has ended.
    function Assert-Quiet($zoom) {
        $count = (Get-SentRequest $zoom).Count
        Start-Sleep -Milliseconds 700
        (Get-SentRequest $zoom).Count | Should -Be $count -Because 'nothing may go on after the end'
    }

    function Start-Shell($zoom, [string] $script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("param(`$path, `$connection) Import-Module `$path; $script").AddArgument((Get-TestModulePath)).AddArgument($zoom.Connection)
        $shell
    }

    # What really happened, by the account itself.
    function Get-CreatedName($zoom) {
        Set-TestZoom $zoom @{ latency_ms = 0 }
        (Get-ZoomScimUser -Connection $zoom.Connection).UserName
    }
}

Describe 'Ctrl+C' {
    BeforeAll {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 150 }
        $shell = Start-Shell $zoom ('1..200 | ForEach-Object { @{ UserName = "stop$_@example.com" } } | ' +
            'New-ZoomScimUser -Connection $connection -OutVariable global:kept; "after the pipeline"')
        $output = New-Object 'Management.Automation.PSDataCollection[psobject]'
        $running = $shell.BeginInvoke((New-Object 'Management.Automation.PSDataCollection[psobject]'), $output)
        Wait-Request $zoom 30
        $took = Measure-Command { $shell.Stop() }
        try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
        $count = (Get-SentRequest $zoom).Count
        Start-Sleep -Milliseconds 700
        $later = (Get-SentRequest $zoom).Count
        $information = ($shell.Streams.Information | ForEach-Object { "$($_.MessageData)" }) -join "`n"
        # Error and the rest belong to the runspace, which lives on.
        $ask = [powershell]::Create()
        $ask.Runspace = $shell.Runspace
        $left = $ask.AddScript('$Error[0]; , @($global:kept)').Invoke()
        $reported = @($left[0].TargetObject)
        $written = @($output | Where-Object { $_ -is [ZoomProvisioning.Plans.ChangeResult] })
        $created = @(Get-CreatedName $zoom | Where-Object { $_ -like 'stop*' })
    }

    AfterAll {
        $ask.Dispose()
        $shell.Dispose()
    }

    It 'gives the prompt back soon' { $took.TotalSeconds | Should -BeLessThan 2.5 }
    It 'ends the pipeline' { $output | Should -Not -Contain 'after the pipeline' }
    It 'leaves nothing running' { $later | Should -Be $count }
    It 'says on the information stream what became of the records' {
        $information | Should -BeLike '*New-ZoomScimUser was ended early*'
        $information | Should -BeLike '*not sent (nothing happened in Zoom*'
    }

    It 'leaves an error whose target is the outcomes' {
        $left[0].FullyQualifiedErrorId | Should -Be 'Zoom.Call.Interrupted'
        $left[0].CategoryInfo.Category | Should -Be 'OperationStopped'
        $reported.Count | Should -BeGreaterThan 0
        $reported[0] | Should -BeOfType ZoomProvisioning.Plans.ChangeResult
    }

    It 'tells the truth about every record: written, done or not sent' {
        foreach ($name in $created) {
            $told = @($written | Where-Object { $_.UserName -eq $name }) +
                @($reported | Where-Object { $_.UserName -eq $name -and $_.Outcome -in 'Done', 'Unknown' })
            $told.Count | Should -Be 1 -Because "$name was created and must be reported once"
        }

        foreach ($result in $reported | Where-Object Outcome -EQ 'NotSent') {
            $created | Should -Not -Contain $result.UserName
        }
    }

    It 'keeps in -OutVariable what was written' {
        @($left | Select-Object -Skip 1).Count | Should -BeGreaterThan 0
    }
}

# A source that gives a record now and then: the end comes while PowerShell is in it, and the cmdlet is only disposed of.
Describe 'The source itself ends the pipeline' {
    BeforeAll {
        function Assert-Told($zoom, $written, $reported, $prefix) {
            $created = @(Get-CreatedName $zoom | Where-Object { $_ -like "$prefix*" })
            $created.Count | Should -BeGreaterThan 0
            foreach ($name in $created) {
                $told = @($written | Where-Object { $_.UserName -eq $name }) +
                    @($reported | Where-Object { $_.UserName -eq $name -and $_.Outcome -in 'Done', 'Unknown' })
                $told.Count | Should -Be 1 -Because "$name was created and must be reported once"
            }
        }
    }

    It 'by throwing: everything created is written or reported' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 250 }
        $Error.Clear()
        $written = New-Object Collections.Generic.List[object]
        $caught = $null
        try {
            1..40 | ForEach-Object { Start-Sleep -Milliseconds 60; if ($_ -eq 30) { throw 'the directory is gone' }; @{ UserName = "thrown$_@example.com" } } |
                New-ZoomScimUser -Connection $zoom.Connection -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object { $written.Add($_) }
        }
        catch { $caught = $_ }
        "$caught" | Should -BeLike '*the directory is gone*'
        $record = @($Error | Where-Object { $_.FullyQualifiedErrorId -eq 'Zoom.Call.Interrupted' })[0]
        $record | Should -Not -BeNullOrEmpty
        Assert-Quiet $zoom
        Assert-Told $zoom $written @($record.TargetObject) 'thrown'
    }

    It 'by a terminating error of a cmdlet: everything created is written or reported' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 250 }
        $Error.Clear()
        $written = New-Object Collections.Generic.List[object]
        try {
            1..40 | ForEach-Object { Start-Sleep -Milliseconds 60; if ($_ -eq 25) { Get-Item 'no-such-drive:/x' -ErrorAction Stop };
                @{ UserName = "term$_@example.com" } } |
                New-ZoomScimUser -Connection $zoom.Connection -WarningAction SilentlyContinue | ForEach-Object { $written.Add($_) }
        }
        catch { $null = $_ }
        $record = @($Error | Where-Object { $_.FullyQualifiedErrorId -eq 'Zoom.Call.Interrupted' })[0]
        Assert-Quiet $zoom
        Assert-Told $zoom $written @($record.TargetObject) 'term'
    }

    It 'by Ctrl+C that lands in it: everything created is written or reported' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 250 }
        $shell = Start-Shell $zoom ('1..200 | ForEach-Object { Start-Sleep -Milliseconds 60; @{ UserName = "steady$_@example.com" } } | ' +
            'New-ZoomScimUser -Connection $connection')
        try {
            $output = New-Object 'Management.Automation.PSDataCollection[psobject]'
            $running = $shell.BeginInvoke((New-Object 'Management.Automation.PSDataCollection[psobject]'), $output)
            Wait-Request $zoom 40
            (Measure-Command { $shell.Stop() }).TotalSeconds | Should -BeLessThan 2.5
            try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
            $information = ($shell.Streams.Information | ForEach-Object { "$($_.MessageData)" }) -join "`n"
            $information | Should -BeLike '*New-ZoomScimUser was ended early*'
            $ask = [powershell]::Create()
            $ask.Runspace = $shell.Runspace
            $left = @($ask.AddScript('$Error[0]').Invoke())[0]
            $ask.Dispose()
            $left.FullyQualifiedErrorId | Should -Be 'Zoom.Call.Interrupted'
            Assert-Quiet $zoom
            Assert-Told $zoom @($output | Where-Object { $_ -is [ZoomProvisioning.Plans.ChangeResult] }) @($left.TargetObject) 'steady'
        }
        finally { $shell.Dispose() }
    }
}

Describe 'A source that is silent' {
    It 'does not keep what it gave before from being sent' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 30 }
        $null = & { 1..20 | ForEach-Object { @{ UserName = "silent$_@example.com" } }; $script:posts = 0; Start-Sleep -Seconds 3;
            $script:posts = @(Get-SentRequest $zoom -Write).Count } |
            New-ZoomScimUser -Connection $zoom.Connection
        $script:posts | Should -Be 20
    }
}

Describe 'Ctrl+C while Zoom does not answer' {
    It 'gives the prompt back and calls the outcome unknown' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ faults = @(@{ kind = 'slow'; method = 'POST'; delay_ms = 30000 }) }
        $shell = Start-Shell $zoom '1..3 | ForEach-Object { @{ UserName = "hang$_@example.com" } } | New-ZoomScimUser -Connection $connection'
        try {
            $running = $shell.BeginInvoke()
            Wait-Request $zoom 3
            $took = Measure-Command { $shell.Stop() }
            try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
            $took.TotalSeconds | Should -BeLessThan 3
            $information = ($shell.Streams.Information | ForEach-Object { "$($_.MessageData)" }) -join "`n"
            $information | Should -BeLike '*3 UNKNOWN (sent, no answer*hang1@example.com, hang2@example.com, hang3@example.com*'
            Assert-Quiet $zoom
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Ctrl+C during a list' {
    It 'ends it at once and reports nothing, for nothing was changed' {
        $zoom = New-TestZoom -Users 2000 -Behaviour @{ latency_ms = 200 }
        $shell = Start-Shell $zoom 'Get-ZoomScimUser -Connection $connection'
        try {
            $running = $shell.BeginInvoke()
            Wait-Request $zoom 3
            (Measure-Command { $shell.Stop() }).TotalSeconds | Should -BeLessThan 2
            try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
            $shell.Streams.Information.Count | Should -Be 0
            Assert-Quiet $zoom
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Ctrl+C during a connection test' {
    It 'ends it' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 20000 }
        $shell = Start-Shell $zoom 'Test-ZoomConnection $connection'
        try {
            $running = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 600
            (Measure-Command { $shell.Stop() }).TotalSeconds | Should -BeLessThan 3
            try { $null = $shell.EndInvoke($running) } catch { $null = $_ }
        }
        finally { $shell.Dispose() }
    }
}

Describe 'Select-Object -First' {
    It 'ends a list after the first page' {
        $zoom = New-TestZoom -Users 1000
        (Get-ZoomScimUser -Connection $zoom.Connection | Select-Object -First 3).Count | Should -Be 3
        (Get-SentRequest $zoom).Count | Should -BeLessOrEqual 2
        Assert-Quiet $zoom
    }

    It 'ends changes, and reports those whose results nobody saw' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 60 }
        $Error.Clear()
        $first = 1..100 | ForEach-Object { @{ UserName = "first$_@example.com" } } |
            New-ZoomScimUser -Connection $zoom.Connection -WarningVariable warnings -WarningAction SilentlyContinue | Select-Object -First 3
        $record = $Error[0]
        $first.UserName | Should -Be @('first1@example.com', 'first2@example.com', 'first3@example.com')
        Assert-Quiet $zoom
        "$warnings" | Should -BeLike '*New-ZoomScimUser was ended early*'
        $record.FullyQualifiedErrorId | Should -Be 'Zoom.Call.Interrupted'
        $reported = @($record.TargetObject)
        $created = @(Get-CreatedName $zoom | Where-Object { $_ -like 'first*' })
        @($reported | Where-Object { $_.UserName -in $first.UserName }).Count | Should -Be 0 -Because 'they were delivered'
        @($reported | Where-Object Outcome -EQ 'Unknown').Count | Should -Be 0 -Because 'there was time to wait for the answers'
        $unseen = @($created | Where-Object { $_ -notin $first.UserName } | Sort-Object) -join ' '
        $unseen | Should -Be (@($reported | Where-Object Outcome -EQ 'Done' | ForEach-Object { $_.UserName } | Sort-Object) -join
            ' ') -Because 'what was created is reported, and nothing else'
    }

    It 'of exactly all says nothing' {
        $zoom = New-TestZoom -Users 0
        $null = @{ UserName = 'only@example.com' } | New-ZoomScimUser -Connection $zoom.Connection -WarningVariable warnings | Select-Object -First 1
        $warnings.Count | Should -Be 0
    }
}

Describe '-ErrorAction Stop' {
    It 'ends at the first record that fails; -OutVariable keeps what was done, the rest is reported' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 40 }
        $Error.Clear()
        $caught = $null
        try {
            $lost = 1..60 | ForEach-Object { @{ UserName = if ($_ -eq 6) { 'not an address' } else { "eas$_@example.com" } } } |
                New-ZoomScimUser -Connection $zoom.Connection -ErrorAction Stop -OutVariable kept -WarningVariable warnings -WarningAction SilentlyContinue
        }
        catch [ZoomProvisioning.ScimRecordException] {
            $caught = $_
        }

        $caught.FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InvalidAddress,*'
        $lost | Should -BeNullOrEmpty
        $kept.UserName | Should -Be (1..5 | ForEach-Object { "eas$_@example.com" })
        Assert-Quiet $zoom
        "$warnings" | Should -BeLike '*was ended early*'
        $reported = @(($Error | Where-Object { $_.FullyQualifiedErrorId -eq 'Zoom.Call.Interrupted' } | Select-Object -First 1).TargetObject)
        foreach ($name in Get-CreatedName $zoom | Where-Object { $_ -like 'eas*' -and $_ -notin $kept.UserName }) {
            @($reported | Where-Object { $_.UserName -eq $name -and $_.Outcome -eq 'Done' }).Count | Should -Be 1 -Because "$name was created"
        }
    }
}

Describe 'An exception downstream' {
    It 'reaches the caller as it was, and nothing goes on: <Name>' -ForEach @(
        @{ Name = 'throw'; Block = { if ($_.UserName -like '*3@*') { throw 'enough' } } }
        @{ Name = 'of .NET'; Block = { if ($_.UserName -like '*3@*') { [int]::Parse('enough') } } }) {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 40 }
        $caught = $null
        $before = $ErrorActionPreference
        try {
            $ErrorActionPreference = 'Stop'
            1..60 | ForEach-Object { @{ UserName = "down$_@example.com" } } |
                New-ZoomScimUser -Connection $zoom.Connection -WarningAction SilentlyContinue -WarningVariable warnings | ForEach-Object $Block
        }
        catch { $caught = $_ }
        finally { $ErrorActionPreference = $before }
        $caught.Exception.Message | Should -BeLike '*enough*'
        "$warnings" | Should -BeLike '*was ended early*'
        Assert-Quiet $zoom
    }

    It 'may be a break out of the caller''s loop' {
        $zoom = New-TestZoom -Users 0 -Behaviour @{ latency_ms = 40 }
        $seen = 0
        foreach ($once in 1) {
            1..60 | ForEach-Object { @{ UserName = "break$_@example.com" } } |
                New-ZoomScimUser -Connection $zoom.Connection -WarningAction SilentlyContinue | ForEach-Object { $seen++; if ($seen -eq 2) { break } }
        }
        $seen | Should -Be 2
        Assert-Quiet $zoom
    }
}

Describe 'After a stop' {
    It 'the connection goes on working' {
        $zoom = New-TestZoom -Users 300
        $null = Get-ZoomScimUser -Connection $zoom.Connection | Select-Object -First 1
        @(Get-ZoomScimUser -Connection $zoom.Connection).Count | Should -Be 302
    }
}
