#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What SIGTERM does to a PowerShell in which a command is under way: docker stop, systemctl stop, a scheduler's time limit. Zoom keeps
# its answer for ten minutes, so that a process that ends at all has not waited for it.

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $cannot = -not (Get-ChildItem (Join-Path (Get-TestRepositoryPath) 'src/ZoomProvisioning.Cli/bin/*/*/zoomprov.dll') -ErrorAction SilentlyContinue) -or
        $PSVersionTable.PSEdition -eq 'Desktop' -or [IO.Path]::DirectorySeparatorChar -eq '\'
}

Describe 'SIGTERM' -Tag ChildShell -Skip:$cannot {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
        Import-Module (Join-Path $PSScriptRoot 'Support/RuleTest.psm1') -Force
        Import-TestModule

        function Set-SocketBehaviour($socket, [hashtable] $behaviour) {
            $uri = ([Uri] $socket.At.scimUri).GetLeftPart('Authority') + '/_simulator/behaviour'
            $null = Invoke-RestMethod -Uri $uri -Method Patch -Body (ConvertTo-Json $behaviour -Depth 5 -Compress) -ContentType application/json
        }

        # Starts a script in a process of its own, waits until Zoom has got the request that it keeps, and tells the process to end.
        function Stop-InTheMiddle($socket, [string] $script, [string] $method) {
            $file = Join-Path $TestDrive "$([guid]::NewGuid().ToString('N')).ps1"
            [IO.File]::WriteAllText($file, "`$ErrorActionPreference = 'Continue'; `$ProgressPreference = 'SilentlyContinue'
                Import-Module '$(Get-TestModulePath)'; Connect-ZoomScim -EnvironmentVariable`n$script")
            Set-SocketBehaviour $socket @{ faults = @(@{ kind = 'slow'; method = $method; after = 3; delay_ms = 600000 }) }
            $requests = ([Uri] $socket.At.scimUri).GetLeftPart('Authority') + '/_simulator/requests'
            $null = Invoke-RestMethod -Uri $requests -Method Delete
            $start = New-Object Diagnostics.ProcessStartInfo (Get-Process -Id $PID).Path
            $shell = "-NoProfile -NonInteractive -File `"$file`""
            $start.Arguments = if ($start.FileName -like '*dotnet') { "`"$(Join-Path $PSHOME 'pwsh.dll')`" $shell" } else { $shell }
            $start.UseShellExecute = $false
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $process = [Diagnostics.Process]::Start($start)
            try {
                $output = $process.StandardOutput.ReadToEndAsync()
                $errors = $process.StandardError.ReadToEndAsync()
                while (@(Invoke-RestMethod -Uri $requests | ForEach-Object { $_ } |
                            Where-Object { $_.method -eq $method -and $_.path -like '*/Users*' }).Count -le 3) {
                    if ($process.HasExited) { throw "It ended too early: $($output.Result) $($errors.Result)" }
                    Start-Sleep -Milliseconds 20
                }

                $time = [Diagnostics.Stopwatch]::StartNew()
                & (Get-Command kill -CommandType Application | Select-Object -First 1).Source -TERM $process.Id
                if (-not $process.WaitForExit(300000)) { throw 'It did not end.' }
                $time.Stop()
                New-Object psobject -Property @{ ExitCode = $process.ExitCode; Took = $time.Elapsed; Output = $output.Result + $errors.Result }
            }
            finally {
                if (-not $process.HasExited) { $process.Kill() }
                Set-SocketBehaviour $socket @{ faults = $null }
            }
        }

        $names = 1..20 | ForEach-Object { 'term{0:00}' -f $_ }
    }

    BeforeEach {
        $socket = Start-SocketZoom -SignIn
        $state = Join-Path $TestDrive "state-$([guid]::NewGuid().ToString('N'))"
        Connect-ZoomScim -EnvironmentVariable
    }

    AfterEach {
        Disconnect-ZoomScim -All -ErrorAction SilentlyContinue
        Stop-SocketZoom $socket
    }

    It 'ends a command, which closes its books and lets nothing follow' {
        $mark = Join-Path $TestDrive 'went-on.txt'
        $seen = Stop-InTheMiddle $socket -method POST -script @"
            try {
                '$($names -join ',')'.Split(',') | ForEach-Object { @{ UserName = "`$_@example.com" } } |
                    New-ZoomScimUser -StatePath '$state' -ThrottleLimit 2
            }
            catch { 'caught' | Set-Content '$mark' }
            'next' | Set-Content '$mark'
"@
        $seen.ExitCode | Should -Be 143
        Test-Path $mark | Should -BeFalse
        $seen.Output | Should -BeLike '*New-ZoomScimUser was ended early*'
        $history = @(Get-ZoomProvisioningHistory -StatePath $state)
        "$($history[-1].Kind) $($history[-1].Ended)" | Should -Be 'RunEnded Stopped'
        $known = @($history | Where-Object { "$($_.Kind)" -eq 'Outcome' -and "$($_.Outcome)" -in 'Done', 'Unknown' } | ForEach-Object { $_.UserName })
        foreach ($user in Get-ZoomScimUser | Where-Object UserName -Like 'term*') {
            @($known | Where-Object { $_ -eq $user.UserName }).Count | Should -Be 1 -Because "$($user.UserName) was created"
        }
    }

    It 'ends a command whose source is silent, and closes its books for it' {
        $seen = Stop-InTheMiddle $socket -method POST -script @"
            & { '$($names -join ',')'.Split(',') | ForEach-Object { @{ UserName = "`$_@example.com" } }; Start-Sleep -Seconds 3600 } |
                New-ZoomScimUser -StatePath '$state'
"@
        $seen.ExitCode | Should -Be 143
        $last = @(Get-ZoomProvisioningHistory -StatePath $state)[-1]
        "$($last.Kind) $($last.Ended)" | Should -Be 'RunEnded Stopped'
    }

    It 'ends a run while it <Name>, and the next one makes good' -ForEach @(@{ Name = 'writes'; Method = 'POST' }, @{ Name = 'lists'; Method = 'GET' }) {
        $rule = Save-Rule
        $people = Join-Path $TestDrive 'people.csv'
        New-PersonList 20 | Export-Csv $people -NoTypeInformation
        if ($Method -eq 'GET') {
            $null = 1..400 | ForEach-Object { @{ UserName = "other$_@example.com" } } | New-ZoomScimUser -StatePath "$state-other"
        }

        $seen = Stop-InTheMiddle $socket -method $Method -script @"
            Import-Csv '$people' | Sync-ZoomScimUser -Rule '$rule' -StatePath '$state' -Confirm:`$false
"@
        $seen.ExitCode | Should -Be 143
        if ($Method -eq 'POST') {
            $last = @(Get-ZoomProvisioningHistory $rule -StatePath $state)[-1]
            "$($last.Kind) $($last.Ended)" | Should -Be 'RunEnded Stopped'
        }

        $run = Import-Csv $people | Sync-ZoomScimUser -Rule $rule -StatePath $state -Confirm:$false
        "$($run.Outcome)" | Should -Be 'Done'
        @(Get-ZoomScimUser | Where-Object UserName -Like 'person*').Count | Should -Be 20
    }
}
