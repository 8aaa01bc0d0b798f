#Requires -Version 7.4
# One contestant's part of the benchmark of commands: the same people created, changed, disabled and deleted, and the account
# listed, by the module or by what an admin would write without it. A line of JSON for each; only the work is timed, not the
# start of the process. The sign-in comes in ZOOM_* variables.
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [ValidateSet('Module', 'Loop', 'Parallel')] [string] $Name,
    [Parameter(Mandatory)] [int] $Count,
    [Parameter(Mandatory)] [int] $InFlight,
    [string[]] $Work = @('create', 'update', 'disable', 'delete', 'list'),
    [string] $Module,
    [switch] $AsMany
)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
$control = $env:ZOOM_SCIM_URI -replace '/scim2$', '/_simulator'
$people = 1..$Count | ForEach-Object {
    [pscustomobject]@{ UserName = "bench$_@example.com"; GivenName = "Given$_"; FamilyName = "Family$_"; Department = 'Sales' }
}

# How many are in flight is the module's own to find out, but where the question is what it makes of as many as the others have.
$throttle = if ($AsMany) { @{ ThrottleLimit = $InFlight } } else { @{} }

if ($Name -eq 'Module') {
    Import-Module $Module
    $null = Connect-ZoomScim -SkipTest
    $null = Test-ZoomConnection
}
else {
    $basic = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($env:ZOOM_CLIENT_ID):$($env:ZOOM_CLIENT_SECRET)"))
    $token = (Invoke-RestMethod $env:ZOOM_TOKEN_URI -Method Post -Headers @{ Authorization = "Basic $basic" } -Body @{
            grant_type = 'account_credentials'; account_id = $env:ZOOM_ACCOUNT_ID
        }).access_token
}

# What an admin would write: a request, tried again when Zoom says 429.
$request = {
    param($method, $path, $body)
    $call = @{
        Uri = "$($env:ZOOM_SCIM_URI)/$path"; Method = $method; Headers = @{ Authorization = "Bearer $token" }
        MaximumRetryCount = 20; RetryIntervalSec = 1
    }
    if ($body) { $call.Body = $body | ConvertTo-Json -Depth 5; $call.ContentType = 'application/json' }
    Invoke-RestMethod @call
}

$find = {
    param($userName)
    (& $request Get ('Users?filter=' + [uri]::EscapeDataString("userName eq ""$userName"""))).Resources[0].id
}

$core = 'urn:ietf:params:scim:schemas:core:2.0:User'
$operations = 'urn:ietf:params:scim:api:messages:2.0:PatchOp'
$do = @{
    create = { param($person) $null = & $request Post Users @{
            schemas = @($core); userName = $person.UserName; name = @{ givenName = $person.GivenName; familyName = $person.FamilyName }
        } }
    update = { param($person) $null = & $request Put "Users/$(& $find $person.UserName)" @{ schemas = @($core); name = @{ givenName = 'New' } } }
    disable = { param($person) $null = & $request Patch "Users/$(& $find $person.UserName)" @{
            schemas = @($operations); Operations = @(@{ op = 'replace'; value = @{ active = $false } })
        } }
    delete = { param($person) $null = & $request Delete "Users/$(& $find $person.UserName)" }
}

function Measure-Work([string] $kind) {
    $first = $null
    $watch = [Diagnostics.Stopwatch]::StartNew()
    switch ("$Name $kind") {
        'Module create' { $null = $people | New-ZoomScimUser @throttle -ErrorAction SilentlyContinue }
        'Module update' { $null = $people | ForEach-Object { [pscustomobject]@{ UserName = $_.UserName; GivenName = 'New' } } | Set-ZoomScimUser @throttle }
        'Module disable' { $null = $people.UserName | Remove-ZoomScimUser -Action Disable -Confirm:$false @throttle }
        'Module delete' { $null = $people.UserName | Remove-ZoomScimUser -Action Delete -Confirm:$false @throttle }
        'Module list' { Get-ZoomScimUser | ForEach-Object { $first = $first ?? $watch.Elapsed.TotalSeconds; $listed++ } }
        { $_ -in 'Loop list', 'Parallel list' } {
            for ($start = 1; $start -eq 1 -or $start -le $page.totalResults; $start += 100) {
                $page = & $request Get "Users?startIndex=$start&count=100"
                $first = $first ?? $watch.Elapsed.TotalSeconds
                $listed += $page.Resources.Count
            }
        }
        { $_ -like 'Loop *' -and $kind -ne 'list' } { foreach ($person in $people) { & $do[$kind] $person } }
        { $_ -like 'Parallel *' -and $kind -ne 'list' } {
            $parts = "$request", "$find", "$($do[$kind])"
            $people | ForEach-Object -ThrottleLimit $InFlight -Parallel {
                $token = $using:token; $core = $using:core; $operations = $using:operations
                $request, $find, $one = $using:parts | ForEach-Object { [scriptblock]::Create($_) }
                & $one $_
            }
        }
    }

    $watch.Stop()
    [pscustomobject]@{ Seconds = $watch.Elapsed.TotalSeconds; First = $first; Listed = $listed }
}

foreach ($kind in $Work) {
    $listed = 0
    $null = Invoke-RestMethod "$control/requests" -Method Delete
    $measured = Measure-Work $kind
    $requests = Invoke-RestMethod "$control/requests"
    $sent = @($requests | Where-Object path -NotLike '*/oauth/*')
    $done = switch ($kind) {
        'list' { $measured.Listed }
        default {
            $method = @{ create = 'POST'; update = 'PUT', 'PATCH'; disable = 'PATCH'; delete = 'DELETE' }[$kind]
            @($sent | Where-Object { $_.method -in $method -and $_.status -ge 200 -and $_.status -lt 300 }).Count
        }
    }

    [pscustomobject]@{
        contestant = $Name; work = $kind; done = $done; seconds = [math]::Round($measured.Seconds, 3); first = $measured.First
        requests = $sent.Count; refused = @($sent | Where-Object status -EQ 429).Count
    } | ConvertTo-Json -Compress
}
