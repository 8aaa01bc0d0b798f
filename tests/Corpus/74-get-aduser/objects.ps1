function User($Mail, $Enabled, $Control, $Expires) {
    $user = [pscustomobject]@{ DistinguishedName = "CN=$Mail"; ObjectClass = 'user'; SamAccountName = $Mail.Split('@')[0];
        ObjectGUID = [guid]::NewGuid(); GivenName = 'X'; Surname = 'Y'; EmailAddress = $Mail; AccountExpirationDate = $Expires }
    if ($null -ne $Enabled) { $user | Add-Member Enabled $Enabled }
    if ($null -ne $Control) { $user | Add-Member userAccountControl $Control }
    $user.PSObject.TypeNames.Insert(0, 'Microsoft.ActiveDirectory.Management.ADUser')
    $user
}
User ana.ruiz@example.com $true
User bo.lind@example.com $false
User ce.wu@example.com $null 514
User de.ng@example.com $true $null ([datetime]'2020-01-01')
User ed.poe@example.com $true $null ([datetime]'2089-01-01')
