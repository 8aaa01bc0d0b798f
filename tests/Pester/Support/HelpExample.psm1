# Finds the examples of the help's pages and runs them, each in a runspace and a folder of its own, as somebody would who has
# typed Connect-ZoomScim -Simulator. Runs on Windows PowerShell 5.1 as well.
Set-StrictMode -Version 2

# Files and commands that examples read from. Everybody in them is made up; zoe.obrien and siobhan.muller are users that every
# simulated account begins with.
$script:Files = @{
    'users.csv'       = "UserName,FirstName,LastName,Department`njill.chill@example.com,Jill,Chill,Research`n" +
    "sam.hill@example.com,Sam,Hill,Research`nzoe.obrien@example.com,Zoe,O'Brien,Research"
    'departments.csv' = "UserName,Department`nzoe.obrien@example.com,Research`nsiobhan.muller@example.com,Sales"
    'leavers.csv'     = "UserName`nzoe.obrien@example.com`nowner@example.com`nwei.cohen@example.com"
    'members.csv'     = "UserName`nzoe.obrien@example.com`nsiobhan.muller@example.com"
    'nightly.json'    = '{ "name": "Nightly", "source": { "csv": "users.csv" } }'
    'staff.json'      = '{ "name": "Staff" }'
    'groups.csv'      = "Name,EmailAlias`nResearch,research@example.com`nSales,sales@example.com"
}
$script:Commands = @'
function Get-ADUser {
    param([string] $Filter, [string[]] $Properties)
    [pscustomobject]@{
        PSTypeName = 'Microsoft.ActiveDirectory.Management.ADUser'; DistinguishedName = 'CN=Jill Chill,OU=Staff,DC=example,DC=com'; Enabled = $true
        GivenName = 'Jill'; Surname = 'Chill'; SamAccountName = 'jchill'; UserPrincipalName = 'jill.chill@example.com'; ObjectClass = 'user'
        EmailAddress = 'jill.chill@example.com'; DisplayName = 'Jill Chill'; Title = 'Analyst (temporary)'; Company = 'Example'
        Office = 'San Jose'; extensionAttribute3 = 'Research'; SID = 'S-1-5-21-1-2-3-1105'
    }
}
function Get-MgUser {
    param([switch] $All, [string[]] $Property)
    [pscustomobject]@{
        PSTypeName = 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser'; Id = '87d349ed-44d7-43e1-9a83-5f2406dee5bd'
        UserPrincipalName = 'sam.hill@example.com'; Mail = 'sam.hill@example.com'; GivenName = 'Sam'; Surname = 'Hill'; DisplayName = 'Sam Hill'
        AccountEnabled = $true; Department = 'Research'; UserType = 'Member'
        JobTitle = 'Analyst'; CompanyName = 'Example'; OfficeLocation = 'San Jose'; BusinessPhones = @('+1 5125550123')
    }
}
function Get-Secret { param([string] $Name) New-Object pscredential $env:ZOOM_CLIENT_ID, (ConvertTo-SecureString $env:ZOOM_CLIENT_SECRET -AsPlainText -Force) }
function Read-Host { param([string] $Prompt, [switch] $AsSecureString) ConvertTo-SecureString $env:ZOOM_CLIENT_SECRET -AsPlainText -Force }
'@

# The examples of all pages: page, title, code, and the output that the page shows; $null when it shows none.
function Get-HelpExample {
    param([Parameter(Mandatory)] [string] $Folder)

    foreach ($file in Get-ChildItem -Path $Folder -Filter '*.md' | Sort-Object Name) {
        $text = [IO.File]::ReadAllText($file.FullName).Replace("`r`n", "`n")
        $examples = [regex]::Match($text, '(?ms)^## EXAMPLES\n(.*?)^## PARAMETERS').Groups[1].Value
        foreach ($example in [regex]::Matches($examples, '(?ms)^### (?<title>[^\n]+)\n(?<body>.*?)(?=^### |\z)')) {
            $body = $example.Groups['body'].Value
            $output = [regex]::Match($body, '(?ms)^```Output\n(.*?)^```')
            @{
                Page   = $file.BaseName
                Title  = $example.Groups['title'].Value
                Code   = [regex]::Match($body, '(?ms)^```powershell\n(.*?)^```').Groups[1].Value
                Output = if ($output.Success) { $output.Groups[1].Value } else { $null }
            }
        }
    }
}

# The commands that examples read from and a test machine does not have, as PowerShell.
function Get-HelpStandIn { $script:Commands }

# A text as two consoles may show it: the columns of a table are not as wide in every PowerShell.
function ConvertTo-PlainOutput {
    param([AllowEmptyString()] [string] $Text)

    (@($Text -split "`r?`n" | ForEach-Object { ($_ -replace '\s+', ' ').Trim() }) -join "`n").Trim()
}

<#
Runs one example: in a new runspace, connected to a new simulated account unless it is about connecting, in a new folder. Gives
back the output as the console shows it, the errors and warnings, and the requests that changed something in the account.
#>
function Invoke-HelpExample {
    param([Parameter(Mandatory)] [hashtable] $Example, [Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $ModulePath)

    foreach ($name in $script:Files.Keys) {
        [IO.File]::WriteAllText((Join-Path $Folder $name), $script:Files[$name])
    }

    $shell = [powershell]::Create()
    try {
        $begin = {
            param($ModulePath, $Folder, $Commands, $Page, $Code)
            if (Get-Variable PSStyle -ErrorAction SilentlyContinue) { $PSStyle.OutputRendering = 'PlainText' }
            $ProgressPreference = 'SilentlyContinue'
            Set-Location -LiteralPath $Folder
            $env:ZOOM_PROVISIONING_HOME = Join-Path $Folder 'home'
            Import-Module $ModulePath
            . ([scriptblock]::Create($Commands))
            if ($Page -ne 'Connect-ZoomScim') { Connect-ZoomScim -Simulator }
            if ($Code -match 'AccountId') {
                # Nothing of a test may go to Zoom itself.
                $PSDefaultParameterValues = @{ 'Connect-ZoomScim:ScimUri' = $env:ZOOM_SCIM_URI; 'Connect-ZoomScim:TokenUri' = $env:ZOOM_TOKEN_URI }
            }
        }
        $null = $shell.AddScript($begin.ToString(), $false).AddParameters(@($ModulePath, $Folder, $script:Commands, $Example.Page, $Example.Code)).Invoke()
        if ($shell.HadErrors) { throw $shell.Streams.Error[0] }

        $shell.Commands.Clear()
        $output = $shell.AddScript($Example.Code, $false).AddCommand('Out-String').AddParameter('Width', 80).Invoke()
        $errors = @($shell.Streams.Error | ForEach-Object { "$_" })
        $warnings = @($shell.Streams.Warning | ForEach-Object { "$_" })

        $shell.Commands.Clear()
        $shell.Streams.ClearStreams()
        $sent = $shell.AddScript({
                Get-ZoomScimConnection | Where-Object IsSimulator | ForEach-Object { Get-ZoomScimSimulator -Connection $_ -Requests } |
                    Where-Object { $_.Path -like '*/scim2/*' -and $_.Method -ne 'GET' } | ForEach-Object { "$($_.Method) $($_.Path)" }
                if (Get-ZoomScimConnection) { Disconnect-ZoomScim -All }
            }.ToString()).Invoke()
        @{ Output = "$output"; Errors = $errors; Warnings = $warnings; Sent = @($sent | ForEach-Object { "$_" }) }
    }
    finally {
        $shell.Dispose()
    }
}

Export-ModuleMember -Function *-*
