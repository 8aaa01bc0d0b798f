Add-Type -ErrorAction SilentlyContinue -TypeDefinition 'namespace Corpus.DirectoryServices { public class SearchResultEntry {
    public string DistinguishedName { get; set; } public System.Collections.Hashtable Attributes { get; set; } } }'
foreach ($entry in @('ana.ruiz@example.com', '512'), @('bo.lind@example.com', '514')) {
    $bytes = @{}
    foreach ($pair in @{ mail = $entry[0]; givenName = 'Jürgen'; sn = 'Y'; userAccountControl = $entry[1] }.GetEnumerator()) {
        $bytes[$pair.Key] = [object[]]@(, [Text.Encoding]::UTF8.GetBytes($pair.Value))
    }
    New-Object Corpus.DirectoryServices.SearchResultEntry -Property @{ DistinguishedName = "CN=$($entry[0])"; Attributes = $bytes }
}
