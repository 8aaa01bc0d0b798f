foreach ($entry in @('ana.ruiz@example.com', $true), @('bo.lind@example.com', $false)) {
    $user = [pscustomobject]@{ Id = [guid]::NewGuid().ToString(); UserPrincipalName = $entry[0]; Mail = $entry[0]; AccountEnabled = $entry[1];
        GivenName = 'X'; Surname = 'Y'; UserType = 'Member'; BusinessPhones = [string[]]@('+1 512 555 0123'); Manager = $null }
    $user.PSObject.TypeNames.Insert(0, 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser')
    $user
}
