#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# What happens to the process when the module is imported, removed, and meets other modules. Each case is a process of its own.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    $isCore = $PSVersionTable.PSEdition -ne 'Desktop'

    # In the child: the names in a load context, and what is there of ours or our packages'.
    $contexts = @'
function Get-Loaded([string] $context) {
    foreach ($assembly in [AppDomain]::CurrentDomain.GetAssemblies()) {
        if ([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly).Name -eq $context) { $assembly.GetName().Name }
    }
}
$moduleFolder = Split-Path $modulePath
# An assembly of a name and of version 99. Add-Type -OutputAssembly would give it a name of its own.
function New-Decoy([string] $name, [string] $folder) {
    Add-Type 'public class WakesTheCompiler { }'
    $file = Join-Path $folder "$name.dll"
    $tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText(
        '[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace Decoy { public class Marker { } }')
    $runtime = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
    $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
    $made = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create(
        $name, [Microsoft.CodeAnalysis.SyntaxTree[]]@($tree), [Microsoft.CodeAnalysis.MetadataReference[]]@($runtime), $options)
    $stream = [IO.File]::Create($file)
    try { $done = $made.Emit($stream) } finally { $stream.Dispose() }
    if (-not $done.Success) { throw "$($done.Diagnostics)" }
    $file
}
$packages = @(Get-ChildItem (Join-Path $moduleFolder 'lib/net8.0/*.dll') | ForEach-Object { $_.BaseName })

'@
}

Describe 'Import' {
    BeforeAll { Import-TestModule }

    It 'exports exactly these cmdlets, and no functions, aliases or variables' {
        $module = Get-Module ZoomProvisioning
        $module.ExportedCmdlets.Keys | Sort-Object | Should -Be @(
            'Add-ZoomScimGroupMember', 'Approve-ZoomProvisioningPlan', 'Compare-ZoomScimUser',
            'Connect-ZoomScim', 'Disconnect-ZoomScim', 'Export-ZoomProvisioningPlan', 'Export-ZoomProvisioningReport',
            'Export-ZoomScimSimulator', 'Get-ZoomLicense', 'Get-ZoomProvisioningHistory', 'Get-ZoomProvisioningRule', 'Get-ZoomProvisioningRun',
            'Get-ZoomScimConnection',
            'Get-ZoomScimGroup',
            'Get-ZoomScimProfile', 'Get-ZoomScimSimulator', 'Get-ZoomScimUser', 'Import-ZoomProvisioningPlan', 'Import-ZoomScimSimulator',
            'Invoke-ZoomProvisioningPlan', 'New-ZoomProvisioningPlan', 'New-ZoomProvisioningRule', 'New-ZoomScimGroup', 'New-ZoomScimProfile',
            'New-ZoomScimUser', 'Register-ZoomProvisioningTask', 'Remove-ZoomProvisioningRule', 'Remove-ZoomScimGroup',
            'Remove-ZoomScimGroupMember', 'Remove-ZoomScimProfile',
            'Remove-ZoomScimUser', 'Set-ZoomProvisioningRule', 'Set-ZoomScimConnection', 'Set-ZoomScimGroup', 'Set-ZoomScimSimulator',
            'Set-ZoomScimUser', 'Sync-ZoomScimUser', 'Test-ZoomConnection', 'Test-ZoomProvisioningHistory', 'Test-ZoomProvisioningNotification',
            'Undo-ZoomProvisioningRun')
        $module.ExportedFunctions.Count | Should -Be 0
        $module.ExportedAliases.Count | Should -Be 0
        $module.ExportedVariables.Count | Should -Be 0
    }

    It 'has a valid manifest' {
        (Test-ModuleManifest (Get-TestModulePath)).Version | Should -Be (Get-Module ZoomProvisioning).Version
    }

    It 'has only approved verbs' {
        $approved = (Get-Verb).Verb
        (Get-Command -Module ZoomProvisioning).Verb | Should -BeIn $approved
    }

    It '<_> declares what it writes' -ForEach @('Connect-ZoomScim', 'Get-ZoomScimConnection', 'Get-ZoomScimUser', 'New-ZoomScimUser',
        'Remove-ZoomScimUser', 'Set-ZoomScimConnection', 'Set-ZoomScimUser', 'Test-ZoomConnection') {
        (Get-Command $_).OutputType.Count | Should -BeGreaterThan 0
    }

    It '<_> takes -Connection' -ForEach @('Get-ZoomScimUser', 'New-ZoomScimUser', 'Remove-ZoomScimUser', 'Set-ZoomScimUser', 'Set-ZoomScimConnection',
        'Disconnect-ZoomScim', 'Test-ZoomConnection') {
        (Get-Command $_).Parameters.Keys | Should -Contain 'Connection'
    }

    It '<_> can be asked -WhatIf and -Confirm' -ForEach @('New-ZoomScimUser', 'Remove-ZoomScimUser', 'Set-ZoomScimUser', 'Set-ZoomScimConnection') {
        (Get-Command $_).Parameters.Keys | Should -Contain 'WhatIf'
        (Get-Command $_).Parameters.Keys | Should -Contain 'Confirm'
    }

    It 'shows its types as tables that fit 80 columns' {
        $zoom = New-TestZoom -Users 3
        foreach ($shown in @($zoom.Connection, (Get-ZoomScimUser -Connection $zoom.Connection))) {
            $lines = ($shown | Format-Table | Out-String -Width 80) -replace "$([char]27)\[[0-9;]*m" -split "`r?`n"
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        }
    }
}

Describe 'Import again' {
    It 'works with -Force twice, Remove-Module and another import, and the engine is loaded once' -Tag ChildShell `
        -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
        $seen = Invoke-ChildPowerShell ($contexts + @'
Import-Module $modulePath
Connect-ZoomScim -Simulator -SimulatorUsers 1
$first = @(Get-ZoomScimUser).Count
Import-Module $modulePath -Force
$afterForce = @(Get-ZoomScimConnection).Count
Connect-ZoomScim -Simulator -SimulatorUsers 2
$second = @(Get-ZoomScimUser).Count
Import-Module $modulePath -Force
Remove-Module ZoomProvisioning
$gone = -not (Get-Module ZoomProvisioning)
Import-Module $modulePath
Connect-ZoomScim -Simulator -SimulatorUsers 3
$third = @(Get-ZoomScimUser).Count
$engines = @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'ZoomProvisioning.Engine' }).Count
'JSON:' + (ConvertTo-Json @{ First = $first; AfterForce = $afterForce; Second = $second; Third = $third; Gone = $gone; Engines = $engines } -Compress)
'@)
        $seen.First | Should -Be 3
        $seen.AfterForce | Should -Be 0 -Because 'removing the module closes the connections of the runspace'
        $seen.Second | Should -Be 4
        $seen.Third | Should -Be 5
        $seen.Gone | Should -BeTrue
        $seen.Engines | Should -Be 1
    }

    It 'gives a second runspace no connection of the first' {
        Import-TestModule
        Connect-ZoomScim -Simulator -SimulatorUsers 0 -Name 'of-this-runspace'
        $other = [powershell]::Create()
        try {
            $null = $other.AddScript("Import-Module '$(Get-TestModulePath)'; @(Get-ZoomScimConnection).Count
                try { Get-ZoomScimUser } catch { `$_.FullyQualifiedErrorId }")
            $seen = $other.Invoke()
        }
        finally {
            $other.Dispose()
        }

        $seen[0] | Should -Be 0
        $seen[1] | Should -BeLike 'Zoom.Connection.NotConnected,*'
        (Get-ZoomScimConnection).Name | Should -Contain 'of-this-runspace'
        Disconnect-ZoomScim -All
    }
}

Describe 'Isolation' -Tag ChildShell -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    BeforeAll {
        if (-not $isCore) { return }
        $seen = Invoke-ChildPowerShell ($contexts + @'
$before = @(Get-Loaded 'Default')
Import-Module $modulePath
$imported = @(Get-Loaded 'Default' | Where-Object { $_ -like 'ZoomProvisioning*' } | Sort-Object)
$importedContexts = @([Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $_.Name } | Where-Object { $_ -like 'ZoomProvisioning*' })

Connect-ZoomScim -Simulator
$users = @(Get-ZoomScimUser).Count
$new = @(Get-Loaded 'Default' | Where-Object { $before -notcontains $_ })
# PowerShell and .NET have some of the same names, in one folder or in two; those are theirs.
$own = @(Get-ChildItem (Join-Path $PSHOME '*.dll'), (Join-Path (Split-Path ([object].Assembly.Location)) '*.dll') | ForEach-Object { $_.BaseName })
$fromOurFolder = @([AppDomain]::CurrentDomain.GetAssemblies() |
    Where-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'Default' } |
    Where-Object { -not $_.IsDynamic -and $_.Location -like "$moduleFolder*" } |
    ForEach-Object { $_.GetName().Name } | Sort-Object)
$private = @(Get-Loaded 'ZoomProvisioning')

$decoy = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N')))
try {
    $null = [Reflection.Assembly]::LoadFrom((New-Decoy 'Polly.Core' $decoy.FullName))
    $later = [Decoy.Marker].Assembly.FullName
}
finally { Remove-Item $decoy.FullName -Recurse -ErrorAction SilentlyContinue }

'JSON:' + (ConvertTo-Json @{
    Imported = $imported; ImportedContexts = $importedContexts
    Users = $users
    Ours = @($new | Where-Object { $_ -like 'ZoomProvisioning*' } | Sort-Object)
    Packages = @($new | Where-Object { $packages -contains $_ -and $own -notcontains $_ })
    FromOurFolder = $fromOurFolder; Private = $private
    Later = $later; UsersAfter = @(Get-ZoomScimUser).Count
} -Compress)
'@)
    }

    It 'loads only the root module and Core before the first connection' {
        $seen.Imported | Should -Be @('ZoomProvisioning', 'ZoomProvisioning.Core')
        $seen.ImportedContexts.Count | Should -Be 0
    }

    It 'leaves PowerShell''s own context alone after connecting and sending' {
        $seen.Users | Should -Be 22
        $seen.Ours | Should -Be @('ZoomProvisioning', 'ZoomProvisioning.Core')
        $seen.FromOurFolder | Should -Be @('ZoomProvisioning', 'ZoomProvisioning.Core')
        $seen.Packages.Count | Should -Be 0 -Because "PowerShell must not see $($seen.Packages -join ', ')"
    }

    It 'has <_> in a context of its own' -ForEach @('ZoomProvisioning.Engine', 'ZoomProvisioning.Simulator', 'Microsoft.Extensions.Http', 'Polly.Core') {
        $seen.Private | Should -Contain $_
    }

    It 'does not hide a package from whoever loads it later' {
        $seen.Later | Should -BeLike 'Polly.Core, Version=99.0.0.0*'
        $seen.UsersAfter | Should -Be 22
    }
}

Describe 'Newer versions of our packages, loaded first' -Tag ChildShell -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    BeforeAll {
        if (-not $isCore) { return }
        # The framework's own System.Text.Json wins in the default context, so its decoy comes from memory, as Assembly.Load gives it.
        $seen = Invoke-ChildPowerShell ($contexts + @'
$decoy = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N')))
try {
    foreach ($name in 'Microsoft.Extensions.Http', 'Microsoft.Extensions.Logging.Abstractions', 'Polly.Core') {
        $null = [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath((New-Decoy $name $decoy.FullName))
    }
    $file = New-Decoy 'System.Text.Json' $decoy.FullName
    $json = [Reflection.Assembly]::Load([IO.File]::ReadAllBytes($file))
    Import-Module $modulePath
    Connect-ZoomScim -Simulator
    $created = New-ZoomScimUser -UserName decoy@example.com -GivenName De -FamilyName Coy
    'JSON:' + (ConvertTo-Json @{
        Decoys = @([AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object { $_.GetName().Version.Major -eq 99 -and [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'Default' } |
            ForEach-Object { $_.GetName().Name } | Sort-Object)
        Json = $json.FullName
        Outcome = "$($created.Outcome)"; Users = @(Get-ZoomScimUser).Count
    } -Compress)
}
finally { Remove-Item $decoy.FullName -Recurse -ErrorAction SilentlyContinue }
'@)
    }

    It 'are there' {
        $seen.Decoys | Should -Be @('Microsoft.Extensions.Http', 'Microsoft.Extensions.Logging.Abstractions', 'Polly.Core')
        $seen.Json | Should -BeLike 'System.Text.Json, Version=99.0.0.0*'
    }

    It 'do not disturb the module, which connects, reads and writes' {
        $seen.Outcome | Should -Be 'Done'
        $seen.Users | Should -Be 23
    }
}

Describe 'Eight runspaces at once' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    It 'import and connect side by side' {
        $path = Get-TestModulePath
        $counts = 1..8 | ForEach-Object -Parallel {
            Import-Module $using:path
            Connect-ZoomScim -Simulator -SimulatorUsers $_
            @(Get-ZoomScimUser).Count
        } -ThrottleLimit 8
        $counts | Sort-Object | Should -Be (3..10)
    }
}
