# Finds the commands of the README and of the pages in src/docs and runs them, page by page and top to bottom, each page in a
# runspace and a folder of its own that looks like a clone that was built.
Set-StrictMode -Version 2
Import-Module (Join-Path $PSScriptRoot 'HelpExample.psm1')

# What pages name and a test machine does not have. Everything of it is made up.
$script:StandIns = @'
function Set-Secret { param([string] $Name, [string] $Vault, $Secret) }
function Get-Secret {
    param([string] $Name, [string] $Vault, [switch] $AsPlainText)
    New-Object pscredential $env:ZOOM_CLIENT_ID, (ConvertTo-SecureString $env:ZOOM_CLIENT_SECRET -AsPlainText -Force)
}
function Get-AutomationVariable {
    param([string] $Name)
    @{ ZoomAccountId = $env:ZOOM_ACCOUNT_ID; ZoomClientId = $env:ZOOM_CLIENT_ID; ZoomClientSecret = $env:ZOOM_CLIENT_SECRET }[$Name]
}
function Get-AutomationPSCredential { param([string] $Name) Get-Secret $Name }
$accountId = $env:ZOOM_ACCOUNT_ID
$clientId = $env:ZOOM_CLIENT_ID
$clientSecret = ConvertTo-SecureString "$env:ZOOM_CLIENT_SECRET " -AsPlainText -Force
'@

# The pages: name, PowerShell as one text, and the lines for a shell that start zoomprov or pwsh.
function Get-DocPage {
    param([Parameter(Mandatory)] [string] $Repository)

    $files = @(Get-Item (Join-Path $Repository 'README.md')) + @(Get-ChildItem (Join-Path $Repository 'src/docs') -Filter '*.md' | Sort-Object Name)
    foreach ($file in $files) {
        $text = [IO.File]::ReadAllText($file.FullName).Replace("`r`n", "`n")
        $blocks = @([regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value })
        $lines = @([regex]::Matches($text, '(?ms)^```sh\n(.*?)^```') | ForEach-Object { $_.Groups[1].Value.TrimEnd().Split("`n") })
        @{
            Page   = $file.BaseName
            Code   = $blocks -join "`n"
            Shell  = @($lines | Where-Object { $_ -match '^(dotnet run --project src/ZoomProvisioning.Cli --|zoomprov) (?!simulate)' } |
                ForEach-Object { $_ -replace '^(dotnet run --project src/ZoomProvisioning.Cli --|zoomprov) ', '' })
        }
    }
}

# A folder that looks like a clone that was built: examples, and the module under out.
function New-DocFolder {
    param([Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $Repository, [Parameter(Mandatory)] [string] $ModulePath)

    $version = (Import-PowerShellDataFile -LiteralPath $ModulePath).ModuleVersion
    $null = New-Item -ItemType Directory -Path (Join-Path $Folder "out/ZoomProvisioning/$version") -Force
    Copy-Item -Path (Join-Path (Split-Path $ModulePath) '*') -Destination (Join-Path $Folder "out/ZoomProvisioning/$version") -Recurse
    Copy-Item -Path (Join-Path $Repository 'examples') -Destination $Folder -Recurse
}

# Runs a page's PowerShell as somebody would who says yes to every question. Gives back the output, and what was shown as error or warning.
function Invoke-DocPage {
    param([Parameter(Mandatory)] [hashtable] $Page, [Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $ModulePath)

    $shell = [powershell]::Create()
    try {
        $begin = {
            param($ModulePath, $Folder, $StandIns, $Code)
            if (Get-Variable PSStyle -ErrorAction SilentlyContinue) { $PSStyle.OutputRendering = 'PlainText' }
            $ProgressPreference = 'SilentlyContinue'
            $ConfirmPreference = 'None'
            Set-Location -LiteralPath $Folder
            $env:ZOOM_PROVISIONING_HOME = Join-Path $Folder 'home'
            . ([scriptblock]::Create($StandIns))
            # A page that shows how to begin does so itself; every other one is read by somebody who has a connection.
            if ($Code -notmatch 'Import-Module') { Import-Module $ModulePath }
            if ($Code -notmatch '(?m)^Connect-ZoomScim') { Connect-ZoomScim -Simulator }
            if ($Code -match 'AccountId') {
                # Nothing of a test may go to Zoom itself.
                $PSDefaultParameterValues = @{
                    'Connect-ZoomScim:ScimUri' = $env:ZOOM_SCIM_URI; 'Connect-ZoomScim:TokenUri' = $env:ZOOM_TOKEN_URI
                    'New-ZoomScimProfile:ScimUri' = $env:ZOOM_SCIM_URI; 'New-ZoomScimProfile:TokenUri' = $env:ZOOM_TOKEN_URI
                }
            }
        }
        $standIns = (Get-HelpStandIn) + "`n" + $script:StandIns
        $null = $shell.AddScript($begin.ToString(), $false).AddParameters(@($ModulePath, $Folder, $standIns, $Page.Code)).Invoke()
        if ($shell.HadErrors) { throw $shell.Streams.Error[0] }

        $shell.Commands.Clear()
        $output = $shell.AddScript($Page.Code, $false).AddCommand('Out-String').AddParameter('Width', 120).Invoke()
        @{
            Output   = "$output"
            Errors   = @($shell.Streams.Error | ForEach-Object { "$_" })
            Warnings = @($shell.Streams.Warning | ForEach-Object { "$_" })
        }
    }
    finally {
        $shell.Commands.Clear()
        $null = $shell.AddScript({ if (Get-Module ZoomProvisioning) { Disconnect-ZoomScim -All -ErrorAction SilentlyContinue } }.ToString()).Invoke()
        $shell.Dispose()
    }
}

Export-ModuleMember -Function *-*
