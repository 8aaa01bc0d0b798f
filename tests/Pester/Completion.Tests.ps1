#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What Tab offers: from what the session has read, without asking Zoom, and never with an error.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    function Get-Offer([string] $Line) { @((TabExpansion2 $Line).CompletionMatches | Where-Object ResultType -EQ 'ParameterValue' |
        ForEach-Object CompletionText) }
}

AfterAll { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

Describe 'Users' {
    BeforeAll {
        $zoom = New-TestZoom -Users 5 -Fast -Name account -Default
        $null = New-ZoomScimUser "sean.o'brien@example.com" -GivenName Sean
        $null = New-ZoomScimUser 'plus+tag@example.com'
    }

    AfterAll { Disconnect-ZoomScim -All }

    It 'are not known before anybody has read them, and are not asked for' {
        $other = New-TestZoom -Users 5 -Fast -Name unread -Default
        Clear-SentRequest $other
        Get-Offer 'Get-ZoomScimUser ow' | Should -BeNullOrEmpty
        (Get-SentRequest $other).Count | Should -Be 0
        Disconnect-ZoomScim unread
    }

    It 'are offered to <Command>' -ForEach @('Get-ZoomScimUser', 'Set-ZoomScimUser -Identity', 'Remove-ZoomScimUser',
        'Remove-ZoomScimUser x -Transferee', 'Set-ZoomScimUser x -Manager', 'New-ZoomScimUser x -Manager', 'Add-ZoomScimGroupMember G -Member',
        'Remove-ZoomScimGroupMember G', 'Sync-ZoomScimUser -Explain', 'Sync-ZoomScimUser -Only', 'Get-ZoomProvisioningHistory -User' |
        ForEach-Object { @{ Command = $_ } }) {
        $null = Get-ZoomScimUser
        Clear-SentRequest $zoom
        Get-Offer "$Command OWN" | Should -Be 'owner@example.com'
        (Get-SentRequest $zoom).Count | Should -Be 0
    }

    It 'are not offered where their names would do something to the terminal' {
        $steering = New-TestZoom -Users 0 -Fast -Name steering -Default
        foreach ($name in "Night$([char]27)[2J", "Night$([char]0x202E)gpj", 'Nights') { $null = New-ZoomScimGroup $name -Connection $steering.Connection }
        $null = Get-ZoomScimGroup
        Get-Offer 'Get-ZoomScimGroup Ni' | Should -Be 'Nights'
        Disconnect-ZoomScim steering
    }

    It 'are quoted where they must be' {
        $null = Get-ZoomScimUser
        Get-Offer 'Get-ZoomScimUser sean' | Should -Be "'sean.o''brien@example.com'"
        Get-Offer "Get-ZoomScimUser 'sean" | Should -Be "'sean.o''brien@example.com'"
        Get-Offer 'Get-ZoomScimUser plus' | Should -Be 'plus+tag@example.com'
        foreach ($offer in Get-Offer 'Get-ZoomScimUser ') { Invoke-Expression "Get-ZoomScimUser $offer" | Should -Not -BeNullOrEmpty }
    }

    It 'are offered by id when no name begins so' {
        $user = Get-ZoomScimUser owner@example.com
        $found = @((TabExpansion2 "Get-ZoomScimUser '$($user.Id.Substring(0, 8))").CompletionMatches)
        $found.Count | Should -Be 1
        $found[0].ToolTip | Should -Be 'owner@example.com'
        (Invoke-Expression "Get-ZoomScimUser $($found[0].CompletionText)").UserName | Should -Be 'owner@example.com'
    }

    It 'are those of the connection that is named' {
        $null = Get-ZoomScimUser
        $other = New-TestZoom -Users 0 -Fast -Name other -Default
        Get-Offer 'Get-ZoomScimUser -Connection account plus' | Should -Be 'plus+tag@example.com'
        Get-Offer 'Get-ZoomScimUser plus' | Should -BeNullOrEmpty
        Get-Offer 'Get-ZoomScimUser -Connection nobody plus' | Should -BeNullOrEmpty
        Disconnect-ZoomScim other
    }

    It 'come quickly, also of many' {
        $big = New-TestZoom -Users 12000 -RatePlan none -Name big -Default
        $null = Get-ZoomScimUser
        $null = Get-Offer 'Get-ZoomScimUser own'
        (Measure-Command { Get-Offer 'Get-ZoomScimUser own' }).TotalMilliseconds | Should -BeLessThan 1500
        Disconnect-ZoomScim big
    }
}

Describe 'At the simulator in the session' {
    BeforeAll { Connect-ZoomScim -Simulator -SimulatorUsers 3 }
    AfterAll { Disconnect-ZoomScim -All }

    It 'users and groups are known at once, for asking costs nothing' {
        Get-Offer 'Get-ZoomScimUser own' | Should -Be 'owner@example.com'
        $null = New-ZoomScimGroup -Name 'Research & Development'
        Get-Offer 'Get-ZoomScimGroup Res' | Should -Be "'Research & Development'"
    }

    It 'a simulator that is slow is not waited for' {
        Connect-ZoomScim -Simulator -Name slow
        Set-ZoomScimSimulator -Behaviour @{ latency_ms = 5000 }
        (Measure-Command { Get-Offer 'Get-ZoomScimUser own' }).TotalSeconds | Should -BeLessThan 4
        Disconnect-ZoomScim slow
    }
}

Describe 'Names that are always known' {
    BeforeAll { $zoom = New-TestZoom -Users 0 -Fast -Name 'head office' -Default }
    AfterAll { Disconnect-ZoomScim -All }

    It '<Line> offers <Offer>' -ForEach @(
        @{ Line = 'Get-ZoomScimUser -Connection he'; Offer = "'head office'" }
        @{ Line = "Disconnect-ZoomScim 'he"; Offer = "'head office'" }
        @{ Line = 'Set-ZoomScimUser x -License Whiteboard'; Offer = 'Whiteboard' }
        @{ Line = 'Set-ZoomScimUser x -License BusinessPlus-U'; Offer = 'BusinessPlus-US' }
        @{ Line = 'New-ZoomScimUser x -UserType Li'; Offer = 'Licensed' }
        @{ Line = 'Set-ZoomScimUser x -Clear Dep'; Offer = 'Department' }
        @{ Line = 'Set-ZoomScimUser x -Clear pron'; Offer = 'pronouns' }
        @{ Line = 'New-ZoomScimUser -Mapping Depa'; Offer = "@{ Department = '' }" }
        @{ Line = 'Remove-ZoomScimUser x -Action De'; Offer = 'Delete' }
        @{ Line = 'New-ZoomScimUser x -IfExists U'; Offer = 'Update' }
        @{ Line = 'New-ZoomScimProfile x -RemoveAction Di'; Offer = 'Disable' }
        @{ Line = 'New-ZoomProvisioningRule x -TransferTo man'; Offer = 'manager' }
        @{ Line = 'Set-ZoomProvisioningRule x -Reactivate al'; Offer = 'always' }) {
        Get-Offer $Line | Should -Contain $Offer
    }

    It 'a mapping that is offered is one' {
        foreach ($offer in Get-Offer 'New-ZoomScimUser -Mapping ') { Invoke-Expression $offer | Should -BeOfType hashtable }
    }
}

Describe 'Without a connection' {
    BeforeAll { if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All } }

    It '<_> offers nothing and is no error' -ForEach @('Get-ZoomScimUser own', 'Get-ZoomScimGroup Res', 'Get-ZoomScimUser -Connection he',
        'Add-ZoomScimGroupMember G -Member x', "Get-ZoomScimUser '", 'Get-ZoomScimUser "$(', 'Set-ZoomScimUser x -Clear @(') {
        $Error.Clear()
        Get-Offer $_ | Should -BeNullOrEmpty
        $Error.Count | Should -Be 0
    }
}
