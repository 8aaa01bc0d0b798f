#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What ends a run early: Ctrl+C, and errors that nobody foresaw.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
    Import-Module (Get-TestModulePath) -Force
}

AfterAll { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue }

Describe 'Ctrl+C during a sync' {
    BeforeAll {
        $connection = Connect-ZoomScim -Simulator -SimulatorUsers 0 -PassThru
        Set-ZoomScimSimulator -Behaviour @{ latency_ms = 150 } -Connection $connection -Confirm:$false
        $state = Join-Path $TestDrive 'stopped'
        $rule = Save-Rule @{ name = 'Stopped' }
        $people = New-PersonList 200
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($path, $connection, $rule, $state, $people) Import-Module $path
            $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Connection $connection -Confirm:$false').
            AddArgument((Get-TestModulePath)).AddArgument($connection).AddArgument($rule).AddArgument($state).AddArgument($people)
        $running = $shell.BeginInvoke()
        $until = [DateTime]::UtcNow.AddSeconds(20)
        while (@(Get-Write).Count -lt 20 -and [DateTime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 20 }
        $took = Measure-Command { $shell.Stop() }
        $thrown = try { $null = $shell.EndInvoke($running) } catch { $_.Exception.GetBaseException() }
        $information = ($shell.Streams.Information | ForEach-Object { "$($_.MessageData)" }) -join "`n"
        $shell.Dispose()
        Set-ZoomScimSimulator -Behaviour @{ latency_ms = 0 } -Connection $connection -Confirm:$false
        $history = @(Get-ZoomProvisioningHistory $rule -StatePath $state -Connection $connection)
        $created = @(Get-ZoomScimUser -Connection $connection | Where-Object UserName -Like 'person*')
    }

    It 'ends soon and as a stop, and says what became of the people' {
        $took.TotalSeconds | Should -BeLessThan 4
        $thrown | Should -BeOfType ([Management.Automation.PipelineStoppedException])
        $information | Should -BeLike '*Sync-ZoomScimUser was ended early*'
    }

    It 'closes the books: who was created is in the journal, and the run ended' {
        $created.Count | Should -BeGreaterThan 0
        $created.Count | Should -BeLessThan 200
        $known = @($history | Where-Object { "$($_.Kind)" -eq 'Outcome' -and "$($_.Outcome)" -in 'Done', 'Unknown' })
        $known.Count | Should -BeGreaterOrEqual $created.Count
        "$($history[-1].Kind)" | Should -Be 'RunEnded'
        $history[-1].Message | Should -BeLike '*stopped*'
    }

    It 'goes on with the next run, and nobody is there twice' {
        $run = $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Connection $connection -Confirm:$false
        "$($run.Outcome)" | Should -Be 'Done'
        @(Get-ZoomScimUser -Connection $connection | Where-Object UserName -Like 'person*').Count | Should -Be 200
    }
}

Describe 'What ends a run must not lose its result' {
    BeforeEach { Connect-ZoomScim -Simulator -SimulatorUsers 0; $rule = Save-Rule }
    AfterEach { Disconnect-ZoomScim -All }

    It 'a log on a full disk' -Skip:(-not (Test-Path '/dev/full')) {
        $warned = $null
        $run = New-PersonList 40 | Sync-ZoomScimUser -Rule $rule -LogPath /dev/full -Confirm:$false -WarningVariable warned `
            -WarningAction SilentlyContinue -ErrorVariable failed
        "$($run.Outcome) $($run.Created)" | Should -Be 'Done 40'
        "$warned" | Should -BeLike '*log*/dev/full*could not be written*'
        $failed | Should -BeNullOrEmpty
    }

    It 'says once who is not as the source says' {
        $null = New-PersonList 30 | Sync-ZoomScimUser -Rule $rule -Confirm:$false
        $still = Save-Rule @{ capabilities = @{ update = $false } }
        $run = 1..30 | ForEach-Object { New-Person "$_" ('Person{0:000}' -f $_) 'Moved' } |
            Sync-ZoomScimUser -Rule $still -Confirm:$false -WarningVariable warned -WarningAction SilentlyContinue
        $run.Outcome | Should -Be 'Attention'
        "$($run.Attention.Count) $($run.Attention[0].Count) $($run.Attention[0].Names.Count)" | Should -Be '1 30 5'
        @($warned).Count | Should -Be 1
        "$warned" | Should -BeLike '30 people are not as the source says:*30 blocked:*and 25 more*'
    }
}
