# What the files about rules share: people of a source, rules in files, and what the simulated account was asked.
Set-StrictMode -Version 2

function New-Person([string] $Key, [string] $First, [string] $Department = 'Sales', [bool] $Active = $true) {
    [pscustomobject]@{ Key = $Key; UserName = "$($First.ToLowerInvariant())@example.com"; FirstName = $First; LastName = "O'Brien";
        Department = $Department; Title = 'Clerk'; Active = "$Active"; UserType = 'Licensed' }
}

function New-PersonList([int] $Count) { 1..$Count | ForEach-Object { New-Person "$_" ('Person{0:000}' -f $_) } }

function Get-Write {
    @(Get-ZoomScimSimulator -Requests | Where-Object { $_.Path -like '*/scim2/*' -and $_.Method -ne 'GET' } | ForEach-Object { "$($_.Method) $($_.Path)" })
}

function Get-WriteCount { @(Get-Write).Count }

# Saves a rule in a file of the test's own folder, and gives back its path.
function Save-Rule([hashtable] $More = @{}) {
    $rule = @{ name = 'Staff'; anchor = 'Key';
        guard = @{ maxDisable = 5; maxDisablePercent = 50; maxDelete = 5; maxDeletePercent = 50; maxSourceShrinkPercent = 80 } }
    foreach ($name in $More.Keys) { $rule[$name] = $More[$name] }
    $path = Join-Path (Get-PSDrive TestDrive).Root "$([guid]::NewGuid().ToString('N')).json"
    Set-Content -LiteralPath $path -Value (ConvertTo-Json -InputObject $rule -Depth 6)
    $path
}

Export-ModuleMember -Function *-*
