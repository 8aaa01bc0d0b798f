#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Steering the simulated account: behaviours, faults, users, time, state and request log.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
}

AfterAll { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

Describe 'Simulator cmdlets' {
    BeforeEach { Connect-ZoomScim -Simulator -SimulatorUsers 5 -SimulatorRate none }
    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    Describe 'Get-ZoomScimSimulator' {
        It 'describes the account without its secret' {
            $simulator = Get-ZoomScimSimulator
            $simulator | Should -BeOfType ZoomProvisioning.Connections.ZoomScimSimulator
            $simulator.Connection | Should -Be (Get-ZoomScimConnection)
            $simulator.UserCount | Should -Be 7
            $simulator.GroupCount | Should -BeGreaterThan 0
            $simulator.AccountId | Should -Be (Get-ZoomScimConnection).AccountId
            $simulator.Behaviours['filter_quotes'] | Should -Be 'both'
            $simulator.Behaviours.count_default | Should -Be 1
            $simulator.Faults.Count | Should -Be 0
            ($simulator | ConvertTo-Json -Depth 5) | Should -Not -Match 'ecret'
        }

        It 'says which behaviours are not as usual' {
            (Get-ZoomScimSimulator).ChangedBehaviours.Keys | Should -Be 'rate_plan'
            Set-ZoomScimSimulator @{ sso = 'off' }
            @((Get-ZoomScimSimulator).ChangedBehaviours.Keys) | Sort-Object | Should -Be 'rate_plan', 'sso'
        }

        It 'streams the requests as objects' {
            Set-ZoomScimSimulator -ClearRequests
            $null = Get-ZoomScimUser -UserName 'owner@example.com'
            $requests = @(Get-ZoomScimSimulator -Requests)
            $requests[0] | Should -BeOfType ZoomProvisioning.Contracts.SimulatorRequest
            $requests[0].Method | Should -Be 'GET'
            $requests[0].Status | Should -Be 200
            $requests[0].Query | Should -Match 'filter='
            $requests[0].Time | Should -BeOfType DateTimeOffset
            (Get-ZoomScimSimulator).RequestCount | Should -Be $requests.Count
        }

        It 'keeps no secret in the requests' {
            $all = @(Get-ZoomScimSimulator -Requests)
            @($all | Where-Object Path -EQ '/oauth/token').Count | Should -BeGreaterThan 0
            ($all | ConvertTo-Json -Depth 3) | Should -Not -Match 'Basic |Bearer |client_secret=[^*]'
        }

        It 'takes a connection by name' {
            Connect-ZoomScim -Simulator -Name other -SimulatorUsers 1
            (Get-ZoomScimSimulator -Connection simulator).UserCount | Should -Be 7
            (Get-ZoomScimSimulator).UserCount | Should -Be 3
        }

        It 'fits into 80 columns' {
            Set-ZoomScimSimulator @{ filter_quotes = 'unquoted-only' } -Fault @{ kind = 'drop'; count = 2 }
            $null = Get-ZoomScimUser -Id (Get-ZoomScimUser | Select-Object -First 1).Id
            $text = @(Get-ZoomScimSimulator | Out-String -Stream -Width 80) + @(Get-ZoomScimSimulator -Requests | Out-String -Stream -Width 80)
            @($text | Where-Object { $_.Length -gt 80 }) | Should -BeNullOrEmpty
            $text -join "`n" | Should -Match 'filter_quotes=unquoted-only'
        }
    }

    Describe 'Set-ZoomScimSimulator' {
        It 'changes behaviours, and null sets one back' {
            Set-ZoomScimSimulator -Behaviour @{ filter_quotes = 'unquoted-only'; latency_ms = 5 }
            $behaviours = (Get-ZoomScimSimulator).Behaviours
            $behaviours.filter_quotes | Should -Be 'unquoted-only'
            $behaviours.latency_ms | Should -Be 5
            Set-ZoomScimSimulator -Behaviour @{ filter_quotes = $null }
            (Get-ZoomScimSimulator).Behaviours.filter_quotes | Should -Be 'both'
        }

        It 'takes name=value' {
            Set-ZoomScimSimulator filter_quotes=quoted-only, count_default=10
            $behaviours = (Get-ZoomScimSimulator).Behaviours
            $behaviours.filter_quotes, $behaviours.count_default | Should -Be 'quoted-only', 10
        }

        It 'takes all behaviours that Get gave' {
            $before = Get-ZoomScimSimulator
            Set-ZoomScimSimulator sso=off
            Set-ZoomScimSimulator $before.Behaviours
            (Get-ZoomScimSimulator).ChangedBehaviours.Keys | Should -Be 'rate_plan'
        }

        It 'refuses <Given> and names what there is: <Words>' -ForEach @(
            @{ Given = @{ no_such = 1 }; Words = 'filter_quotes' }
            @{ Given = @{ filter_quotes = 'sometimes' }; Words = 'unquoted-only' }
            @{ Given = @{ latency_ms = -1 }; Words = '0 to 600000' }
        ) {
            $found = Get-ErrorOf { Set-ZoomScimSimulator $Given }
            $found.FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.InvalidBehaviour,*'
            "$found" | Should -Match $Words
            (Get-ZoomScimSimulator).ChangedBehaviours.Keys | Should -Be 'rate_plan'
        }

        It 'refuses a text that is no pair' {
            "$(Get-ErrorOf { Set-ZoomScimSimulator 'filter_quotes' })" | Should -Match 'name=value'
        }

        It 'completes names and values' {
            $line = 'Set-ZoomScimSimulator -Behaviour filter_q'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'filter_quotes='
            $line = 'Set-ZoomScimSimulator -Behaviour filter_quotes=un'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'filter_quotes=unquoted-only'
        }

        It 'lets requests fail on purpose, so many times' {
            Set-ZoomScimSimulator -Fault @{ kind = 'status'; status = 404; count = 1; path = '/scim2/Users' } -ClearRequests
            (Get-ZoomScimSimulator).Faults[0].count | Should -Be 1
            Get-ErrorOf { Get-ZoomScimUser -UserName 'owner@example.com' } | Should -Not -BeNullOrEmpty
            (Get-ZoomScimUser -UserName 'owner@example.com').UserName | Should -Be 'owner@example.com'
            @(Get-ZoomScimSimulator -Requests | Where-Object Fault -Like 'status*').Count | Should -Be 1
            (Get-ZoomScimSimulator).Faults.Count | Should -Be 0
        }

        It 'adds faults, takes them away, and takes those that Get gave' {
            Set-ZoomScimSimulator -Fault @{ kind = 'drop'; after = 3 }, @{ kind = 'slow'; delay_ms = 1; probability = 0.5 }
            Set-ZoomScimSimulator -Fault @{ kind = 'html' }
            $faults = (Get-ZoomScimSimulator).Faults
            @($faults | ForEach-Object { $_.kind }) | Should -Be 'drop', 'slow', 'html'
            Set-ZoomScimSimulator -ClearFault
            (Get-ZoomScimSimulator).Faults.Count | Should -Be 0
            Set-ZoomScimSimulator -Fault $faults
            (Get-ZoomScimSimulator).Faults[1].probability | Should -Be 0.5
            Set-ZoomScimSimulator -ClearFault -Fault @{ kind = 'truncate' }
            @((Get-ZoomScimSimulator).Faults | ForEach-Object { $_.kind }) | Should -Be 'truncate'
        }

        It 'refuses a fault it does not know' {
            "$(Get-ErrorOf { Set-ZoomScimSimulator -Fault @{ kind = 'explode' } })" | Should -Match 'token-revoked'
            "$(Get-ErrorOf { Set-ZoomScimSimulator -Fault @{ kind = 'drop'; sometimes = 1 } })" | Should -Match 'probability'
        }

        It 'sets the rate plan' {
            Set-ZoomScimSimulator -RatePlan Legacy
            (Get-ZoomScimSimulator).Behaviours.rate_plan | Should -Be 'legacy'
        }

        It 'adds users that can be read' {
            Set-ZoomScimSimulator -AddUser 30
            (Get-ZoomScimSimulator).UserCount | Should -Be 37
            $users = @(Get-ZoomScimUser)
            $users.Count | Should -Be 37
            @($users.UserName | Sort-Object -Unique).Count | Should -Be 37
        }

        It 'begins anew and keeps the sign-in' {
            Set-ZoomScimSimulator sso=off -AddUser 3 -Fault @{ kind = 'drop' }
            $simulator = Set-ZoomScimSimulator -Reset -PassThru
            $simulator.UserCount, $simulator.Faults.Count, $simulator.RequestCount | Should -Be 7, 0, 0
            $simulator.ChangedBehaviours.Keys | Should -Be 'rate_plan'
            @(Get-ZoomScimUser).Count | Should -Be 7
            @(Get-ZoomScimSimulator -Requests | Where-Object Path -EQ '/oauth/token').Count | Should -Be 0
        }

        It 'lets time pass, so that the token ends' {
            Set-ZoomScimSimulator -AdvanceTime 02:00:00 -ClearRequests
            @(Get-ZoomScimUser).Count | Should -Be 7
            $requests = @(Get-ZoomScimSimulator -Requests)
            $requests[0].Status | Should -Be 401
            @($requests | Where-Object Path -EQ '/oauth/token').Count | Should -Be 1
        }

        It 'changes nothing with -WhatIf' {
            Set-ZoomScimSimulator sso=off -AddUser 3 -Fault @{ kind = 'drop' } -WhatIf
            $simulator = Get-ZoomScimSimulator
            $simulator.UserCount, $simulator.Faults.Count, $simulator.Behaviours.sso | Should -Be 7, 0, 'on'
        }

        It 'works on a connection that is switched off' {
            Set-ZoomScimConnection -Enabled $false
            Set-ZoomScimSimulator sso=off
            (Get-ZoomScimSimulator).Behaviours.sso | Should -Be 'off'
        }

        It 'makes a change of the quoting one the client gets over' {
            Set-ZoomScimSimulator filter_quotes=unquoted-only
            (Get-ZoomScimUser -UserName 'owner@example.com').UserName | Should -Be 'owner@example.com'
        }
    }

    Describe 'Export- and Import-ZoomScimSimulator' {
        It 'come round' {
            $file = Join-Path $TestDrive 'tenant.json'
            Export-ZoomScimSimulator $file | Should -BeNullOrEmpty
            $before = Get-Content $file -Raw
            Set-ZoomScimSimulator -AddUser 4
            Import-ZoomScimSimulator $file -PassThru | Select-Object -ExpandProperty UserCount | Should -Be 7
            Export-ZoomScimSimulator $file
            Get-Content $file -Raw | Should -Be $before
            @(Get-ChildItem $TestDrive -Force).Count | Should -Be 1
        }

        It 'resolve paths as PowerShell does' {
            $folder = Join-Path $TestDrive 'a [folder]'
            $null = New-Item -ItemType Directory -Path $folder
            Push-Location -LiteralPath $folder
            try {
                $file = Export-ZoomScimSimulator here.json -PassThru
                $file | Should -BeOfType IO.FileInfo
                $file.DirectoryName | Should -Be (Get-Item -LiteralPath $folder).FullName
                Import-ZoomScimSimulator ./here.json
                Get-Item -LiteralPath here.json | Import-ZoomScimSimulator
            }
            finally { Pop-Location }

            Export-ZoomScimSimulator TestDrive:/drive.json
            Join-Path $TestDrive 'drive.json' | Should -Exist
        }

        It 'keeps a file with -NoClobber, and writes nothing with -WhatIf' {
            $file = Join-Path $TestDrive 'kept.json'
            Set-Content $file 'mine'
            (Get-ErrorOf { Export-ZoomScimSimulator $file -NoClobber }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.FileExists,*'
            Export-ZoomScimSimulator $file -WhatIf
            Get-Content $file | Should -Be 'mine'
        }

        It 'refuses <Text>: <Words>' -ForEach @(
            @{ Text = "{`n`"users`": [`n  oops`n] }"; Words = 'line 3' }
            @{ Text = '[]'; Words = 'JSON object' }
            @{ Text = '{"persons":[]}'; Words = "'persons'" }
            @{ Text = '{"users":{}}'; Words = "'users' must be a JSON array" }
            @{ Text = '{"users":[{"userName":"a@example.com"},{"id":"x"}]}'; Words = 'users\[1\]' }
            @{ Text = '{"pending":[1]}'; Words = "'pending'" }
        ) {
            $file = Join-Path $TestDrive 'bad.json'
            Set-Content $file $Text
            $found = Get-ErrorOf { Import-ZoomScimSimulator $file }
            $found.FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.InvalidState,*'
            "$found" | Should -Match $Words
            (Get-ZoomScimSimulator).UserCount | Should -Be 7
        }

        It 'say that there is no file, or no file system' {
            $found = Get-ErrorOf { Import-ZoomScimSimulator (Join-Path $TestDrive 'none.json') }
            $found.FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.FileNotRead,*'
            $found.CategoryInfo.Category | Should -Be 'ObjectNotFound'
            (Get-ErrorOf { Export-ZoomScimSimulator Env:/x }).FullyQualifiedErrorId | Should -BeLike 'Zoom.File.NotAFile,*'
        }

        It 'start a simulated account from a file' {
            $file = Join-Path $TestDrive 'start.json'
            Set-ZoomScimSimulator -AddUser 10
            Export-ZoomScimSimulator $file
            Connect-ZoomScim -Simulator -Name copy -SimulatorState $file
            @(Get-ZoomScimUser -Connection copy).Count | Should -Be 17
            Set-Content $file '{'
            (Get-ErrorOf { Connect-ZoomScim -Simulator -SimulatorState $file }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.InvalidState,*'
            (Get-ErrorOf { Connect-ZoomScim -Simulator -SimulatorState "$file.none" }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.FileNotRead,*'
        }

        It 'keep the sign-in although the file is of another account' {
            $file = Join-Path $TestDrive 'other.json'
            Set-Content $file '{"account":{"id":"other"},"users":[{"userName":"only@example.com"}]}'
            Import-ZoomScimSimulator $file
            Set-ZoomScimSimulator -AdvanceTime 02:00:00
            (Get-ZoomScimUser).UserName | Should -Be 'only@example.com'
        }
    }
}

Describe 'Simulator cmdlets without a simulator' {
    AfterEach { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    It 'say that there is none' {
        (Get-ErrorOf { Get-ZoomScimSimulator }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.NotConnected,*'
    }

    It 'refuse a connection to somewhere else' {
        $secret = ConvertTo-SecureString 'x' -AsPlainText -Force
        Connect-ZoomScim -AccountId a -ClientId b -ClientSecret $secret -ScimUri http://127.0.0.1:1/scim2 -TokenUri http://127.0.0.1:1/oauth/token -SkipTest
        $found = Get-ErrorOf { Set-ZoomScimSimulator sso=off }
        $found.FullyQualifiedErrorId | Should -BeLike 'Zoom.Simulator.NotASimulator,*'
        $found.ErrorDetails.RecommendedAction | Should -Match 'Connect-ZoomScim -Simulator'
    }

    It 'refuse a connection that was closed' {
        $connection = Connect-ZoomScim -Simulator -PassThru
        Disconnect-ZoomScim
        (Get-ErrorOf { Get-ZoomScimSimulator -Connection $connection }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Connection.Closed,*'
    }
}
