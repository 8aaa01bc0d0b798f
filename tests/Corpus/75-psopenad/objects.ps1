foreach ($entry in @('ana.ruiz@example.com', 512), @('bo.lind@example.com', 514)) {
    $user = [pscustomobject]@{ DistinguishedName = "CN=$($entry[0])"; ObjectClass = 'user'; SamAccountName = 'x'; mail = [string[]]@($entry[0]);
        givenName = 'X'; sn = 'Y'; userAccountControl = $entry[1] }
    $user.PSObject.TypeNames.Insert(0, 'PSOpenAD.OpenADObject')
    $user
}
