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
    $tree = [Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree]::ParseText('[assembly: System.Reflection.AssemblyVersion("99.0.0.0")] namespace Decoy { public class Marker { } }')
    $runtime = [Microsoft.CodeAnalysis.MetadataReference]::CreateFromFile([object].Assembly.Location)
    $options = [Microsoft.CodeAnalysis.CSharp.CSharpCompilationOptions]::new([Microsoft.CodeAnalysis.OutputKind]::DynamicallyLinkedLibrary)
    $made = [Microsoft.CodeAnalysis.CSharp.CSharpCompilation]::Create($name, [Microsoft.CodeAnalysis.SyntaxTree[]]@($tree), [Microsoft.CodeAnalysis.MetadataReference[]]@($runtime), $options)
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
            'Connect-ZoomScim', 'Disconnect-ZoomScim', 'Get-ZoomScimConnection', 'Get-ZoomScimUser', 'New-ZoomScimUser',
            'Remove-ZoomScimUser', 'Set-ZoomScimConnection', 'Set-ZoomScimUser', 'Test-ZoomConnection')
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

    It '<_> declares what it writes' -ForEach @('Connect-ZoomScim', 'Get-ZoomScimConnection', 'Get-ZoomScimUser', 'New-ZoomScimUser', 'Remove-ZoomScimUser', 'Set-ZoomScimConnection', 'Set-ZoomScimUser', 'Test-ZoomConnection') {
        (Get-Command $_).OutputType.Count | Should -BeGreaterThan 0
    }

    It '<_> takes -Connection' -ForEach @('Get-ZoomScimUser', 'New-ZoomScimUser', 'Remove-ZoomScimUser', 'Set-ZoomScimUser', 'Set-ZoomScimConnection', 'Disconnect-ZoomScim', 'Test-ZoomConnection') {
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
    It 'works with -Force twice, Remove-Module and another import, and the engine is loaded once' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
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
$gone = -not (Get-Command Connect-ZoomScim -ErrorAction SilentlyContinue -Module ZoomProvisioning)
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
            $null = $other.AddScript("Import-Module '$(Get-TestModulePath)'; @(Get-ZoomScimConnection).Count; try { Get-ZoomScimUser } catch { `$_.FullyQualifiedErrorId }")
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

Describe 'Isolation' -Skip:($PSVersionTable.PSEdition -eq 'Desktop') {
    It 'loads only the root module and Core before the first connection' {
        $seen = Invoke-ChildPowerShell ($contexts + @'
Import-Module $modulePath
'JSON:' + (ConvertTo-Json @{
    Ours = @(Get-Loaded 'Default' | Where-Object { $_ -like 'ZoomProvisioning*' } | Sort-Object)
    Contexts = @([Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $_.Name } | Where-Object { $_ -like 'ZoomProvisioning*' })
} -Compress)
'@)
        $seen.Ours | Should -Be @('ZoomProvisioning', 'ZoomProvisioning.Core')
        $seen.Contexts.Count | Should -Be 0
    }

    It 'leaves PowerShell''s own context alone after connecting and sending' {
        $seen = Invoke-ChildPowerShell ($contexts + @'
$before = @(Get-Loaded 'Default')
Import-Module $modulePath
Connect-ZoomScim -Simulator
$users = @(Get-ZoomScimUser).Count
$new = @(Get-Loaded 'Default' | Where-Object { $before -notcontains $_ })
# PowerShell and .NET have some of the same names in their own folders; those are theirs.
$own = @(Get-ChildItem (Join-Path $PSHOME '*.dll') | ForEach-Object { $_.BaseName })
$fromOurFolder = @([AppDomain]::CurrentDomain.GetAssemblies() |
    Where-Object { [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'Default' -and -not $_.IsDynamic -and $_.Location -like "$moduleFolder*" } |
    ForEach-Object { $_.GetName().Name } | Sort-Object)
'JSON:' + (ConvertTo-Json @{
    Users = $users
    Ours = @($new | Where-Object { $_ -like 'ZoomProvisioning*' } | Sort-Object)
    Packages = @($new | Where-Object { $packages -contains $_ -and $own -notcontains $_ })
    FromOurFolder = $fromOurFolder
    Private = @(Get-Loaded 'ZoomProvisioning')
} -Compress)
'@)
        $seen.Users | Should -Be 22
        $seen.Ours | Should -Be @('ZoomProvisioning', 'ZoomProvisioning.Core')
        $seen.FromOurFolder | Should -Be @('ZoomProvisioning', 'ZoomProvisioning.Core')
        $seen.Packages.Count | Should -Be 0 -Because "PowerShell must not see $($seen.Packages -join ', ')"
        $seen.Private | Should -Contain 'ZoomProvisioning.Engine'
        $seen.Private | Should -Contain 'ZoomProvisioning.Simulator'
        $seen.Private | Should -Contain 'Microsoft.Extensions.Http'
    }

    It 'works beside a newer <_> that was loaded first' -ForEach @('Microsoft.Extensions.Http', 'Microsoft.Extensions.Logging.Abstractions', 'Polly.Core') {
        $seen = Invoke-ChildPowerShell ($contexts + "`$name = '$_'`n" + @'
$decoy = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $decoy
try {
    $file = New-Decoy $name $decoy
    $loaded = [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($file)
    Import-Module $modulePath
    Connect-ZoomScim -Simulator
    $created = New-ZoomScimUser -UserName decoy@example.com -GivenName De -FamilyName Coy
    'JSON:' + (ConvertTo-Json @{
        Decoy = $loaded.GetName().Version.ToString()
        Users = @(Get-ZoomScimUser).Count
        Outcome = "$($created.Outcome)"
        InDefault = @([AppDomain]::CurrentDomain.GetAssemblies() |
            Where-Object { $_.GetName().Name -eq $name -and [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name -eq 'Default' } |
            ForEach-Object { $_.GetName().Version.ToString() })
    } -Compress)
}
finally { Remove-Item $decoy -Recurse -ErrorAction SilentlyContinue }
'@)
        $seen.Decoy | Should -Be '99.0.0.0'
        $seen.Outcome | Should -Be 'Done'
        $seen.Users | Should -Be 23
        $seen.InDefault | Should -Be @('99.0.0.0')
    }

    It 'works beside a newer System.Text.Json, as far as PowerShell lets one be loaded' {
        # The framework's own copy wins in the default context, so the decoy is loaded as LoadFrom and Load from memory do it.
        $seen = Invoke-ChildPowerShell ($contexts + @'
$decoy = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $decoy
try {
    $file = New-Decoy 'System.Text.Json' $decoy
    $refused = $false
    try { $null = [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath($file) } catch { $refused = $true }
    $fromMemory = [Reflection.Assembly]::Load([IO.File]::ReadAllBytes($file))
    Import-Module $modulePath
    Connect-ZoomScim -Simulator
    'JSON:' + (ConvertTo-Json @{ Refused = $refused; FromMemory = "$($fromMemory.GetName().Name) $($fromMemory.GetName().Version)"; Users = @(Get-ZoomScimUser).Count } -Compress)
}
finally { Remove-Item $decoy -Recurse -ErrorAction SilentlyContinue }
'@)
        $seen.FromMemory | Should -Be 'System.Text.Json 99.0.0.0'
        $seen.Users | Should -Be 22
    }

    It 'does not hide a package from whoever loads it later' {
        $seen = Invoke-ChildPowerShell ($contexts + @'
Import-Module $modulePath
Connect-ZoomScim -Simulator
$decoy = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid().ToString('N'))
$null = New-Item -ItemType Directory $decoy
try {
    $file = New-Decoy 'Polly.Core' $decoy
    $null = [Reflection.Assembly]::LoadFrom($file)
    'JSON:' + (ConvertTo-Json @{ Type = [Decoy.Marker].Assembly.GetName().Version.ToString(); Users = @(Get-ZoomScimUser).Count } -Compress)
}
finally { Remove-Item $decoy -Recurse -ErrorAction SilentlyContinue }
'@)
        $seen.Type | Should -Be '99.0.0.0'
        $seen.Users | Should -Be 22
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
