#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# The shapes of record that AD, Entra ID and CSV files give.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $zoom = New-TestZoom -Users 0 -Fast -Default

    # What Get-ADUser gives, as a property bag of the same name.
    function New-ADUser([hashtable] $Property) {
        $all = [ordered]@{
            DistinguishedName = "CN=$($Property.GivenName) $($Property.Surname),OU=Staff,DC=example,DC=com"; Enabled = $true; GivenName = $null
            Name = 'x'; ObjectClass = 'user'; ObjectGUID = [Guid]::NewGuid(); SamAccountName = 'x'; SID = 'S-1-5-21-1'; Surname = $null;
                UserPrincipalName = $null
        }
        foreach ($name in $Property.Keys) { $all[$name] = $Property[$name] }
        $user = [pscustomobject]$all
        $user.PSObject.TypeNames.Insert(0, 'Microsoft.ActiveDirectory.Management.ADAccount')
        $user.PSObject.TypeNames.Insert(0, 'Microsoft.ActiveDirectory.Management.ADUser')
        $user
    }

    function Get-Created([string] $userName) { Get-ZoomScimUser $userName }
}

AfterAll { Disconnect-ZoomScim -All }

Describe 'Get-ADUser' {
    It 'feeds all attributes' {
        $record = New-ADUser @{
            GivenName = 'Siobhán'; Surname = "O'Brien"; DisplayName = "Siobhán O'Brien (Sales)"; EmailAddress = 'siobhan.obrien@example.com';
                UserPrincipalName = 'sobrien@corp.example.com'
            Title = 'Manager'; Department = 'Sales'; Company = 'Example Ireland'; Office = 'Dublin'; OfficePhone = '+353 1 555 0199';
                Manager = 'CN=Boss,DC=example,DC=com'
        }
        $result = $record | New-ZoomScimUser
        $result.Outcome | Should -Be 'Done'
        $result.Source | Should -Be $record
        $user = Get-Created 'siobhan.obrien@example.com'
        $user.GivenName, $user.FamilyName, $user.DisplayName | Should -Be @('Siobhán', "O'Brien", "Siobhán O'Brien (Sales)")
        $user.Department, $user.Organization, $user.Phone | Should -Be @('Sales', 'Example Ireland', '+353 15550199')
        $user.Active | Should -BeTrue
    }

    It 'creates nobody for a disabled account, and somebody for one whose Enabled is null' {
        $off = New-ADUser @{ GivenName = 'Off'; Surname = 'Line'; EmailAddress = 'off@example.com'; Enabled = $false }
        $result = $off | New-ZoomScimUser
        $result.Outcome | Should -Be 'NoChange'
        $result.Reason | Should -BeLike '*not active in the source*'
        $unknown = New-ADUser @{ GivenName = 'Nul'; Surname = 'Lable'; EmailAddress = 'nullable@example.com'; Enabled = [nullable[bool]]$null }
        ($unknown | New-ZoomScimUser).Outcome | Should -Be 'Done'
        (Get-Created nullable@example.com).Active | Should -BeTrue
    }

    It 'deactivates who is disabled' {
        $null = New-ADUser @{ GivenName = 'Lea'; Surname = 'Ver'; EmailAddress = 'leaver@example.com' } | New-ZoomScimUser
        (New-ADUser @{ GivenName = 'Lea'; Surname = 'Ver'; EmailAddress = 'leaver@example.com'; Enabled = $false } |
            Set-ZoomScimUser -Confirm:$false).Action | Should -Be 'Disable'
    }

    It 'reads collections of one value' {
        $list = New-Object 'Collections.Generic.List[string]'
        $list.Add('Engineering')
        $null = New-ADUser @{ GivenName = 'Col'; Surname = 'Lection'; EmailAddress = 'collection@example.com'; Department = $list } | New-ZoomScimUser
        (Get-Created collection@example.com).Department | Should -Be 'Engineering'
    }

    It 'refuses collections of several values where Zoom keeps one' {
        $problem = Get-ErrorOf { New-ADUser @{ EmailAddress = 'several@example.com'; Department = @('One', 'Two') } | New-ZoomScimUser }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InvalidValue,*'
        $problem.Exception.Message | Should -BeLike '*several@example.com*Department*One, Two*'
        $problem.ErrorDetails.RecommendedAction | Should -BeLike '*-Mapping*'
    }

    It 'falls back to UserPrincipalName and warns once' {
        $streams = Get-StreamsOf { 1..3 | ForEach-Object { New-ADUser @{ GivenName = 'Upn'; Surname = "$_";
            UserPrincipalName = "upn$_@example.com" } } | New-ZoomScimUser }
        @($streams.Output | Where-Object Outcome -EQ 'Done').Count | Should -Be 3
        @($streams.Warning | Where-Object { $_ -like '*UserPrincipalName is used*-Properties EmailAddress*' }).Count | Should -Be 1
    }

    It 'says once which -Properties to ask for, when no record has them' {
        $streams = Get-StreamsOf { 1..3 | ForEach-Object { New-ADUser @{ GivenName = 'Ask'; Surname = "$_"; EmailAddress = "ask$_@example.com";
            Department = 'Sales' } } | New-ZoomScimUser }
        $warnings = @($streams.Warning | Where-Object { $_ -like '*Get-ADUser -Properties*' })
        $warnings.Count | Should -Be 1
        $warnings[0] | Should -BeLike '*Title*'
        $warnings[0] | Should -BeLike '*OfficePhone*'
        $warnings[0] | Should -Not -BeLike '*Department*'
        ($warnings[0] -replace '.*Get-ADUser -Properties (\S+).*', '$1').Split(',') | Should -Be @('DisplayName', 'Title', 'Company', 'Office', 'OfficePhone')
    }

    It 'reads objects that came by remoting' {
        $record = New-ADUser @{ GivenName = 'Re'; Surname = 'Mote'; EmailAddress = 'remote@example.com' }
        $away = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($record))
        $away.PSObject.TypeNames[0] | Should -BeLike 'Deserialized.*'
        ($away | New-ZoomScimUser).Outcome | Should -Be 'Done'
        (Get-Created remote@example.com).FamilyName | Should -Be 'Mote'
    }
}

Describe 'An object that creates a property when it is read' {
    BeforeAll {
        # As Microsoft's ADPropertyCollection does, by way of an adapter of its own.
        if (-not ('ZoomTest.Greedy' -as [type])) {
            Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace ZoomTest
{
    public class Greedy
    {
        public readonly SortedDictionary<string, object> Values = new SortedDictionary<string, object>(StringComparer.OrdinalIgnoreCase);

        // PowerShell sees the adapter's properties only, so the tests come in by these.
        public static void Put(Greedy greedy, string name, object value) { greedy.Values[name] = value; }
        public static string[] NamesOf(Greedy greedy) { return greedy.Values.Keys.ToArray(); }
    }

    public class GreedyAdapter : PSPropertyAdapter
    {
        public override Collection<PSAdaptedProperty> GetProperties(object baseObject)
        {
            return new Collection<PSAdaptedProperty>(((Greedy)baseObject).Values.Keys.Select(n => new PSAdaptedProperty(n, null)).ToList());
        }

        public override PSAdaptedProperty GetProperty(object baseObject, string name)
        {
            Greedy greedy = (Greedy)baseObject;
            if (!greedy.Values.ContainsKey(name)) { greedy.Values[name] = null; }
            return new PSAdaptedProperty(name, null);
        }

        public override object GetPropertyValue(PSAdaptedProperty p) { return ((Greedy)p.BaseObject).Values[p.Name]; }
        public override void SetPropertyValue(PSAdaptedProperty p, object value) { ((Greedy)p.BaseObject).Values[p.Name] = value; }
        public override string GetPropertyTypeName(PSAdaptedProperty p) { return "System.Object"; }
        public override bool IsGettable(PSAdaptedProperty p) { return true; }
        public override bool IsSettable(PSAdaptedProperty p) { return true; }
    }
}
'@
            Update-TypeData -TypeName ZoomTest.Greedy -TypeAdapter ZoomTest.GreedyAdapter -Force
        }

        function New-Greedy([hashtable] $values) {
            $greedy = New-Object ZoomTest.Greedy
            foreach ($name in $values.Keys) { [ZoomTest.Greedy]::Put($greedy, $name, $values[$name]) }
            $greedy
        }
    }

    It 'really does (or this test would prove nothing)' {
        $greedy = New-Greedy @{ Mail = 'x@example.com' }
        $null = $greedy.Department
        [ZoomTest.Greedy]::NamesOf($greedy) | Should -Contain 'Department'
    }

    It 'is read without adding to it' {
        $greedy = New-Greedy @{ EmailAddress = 'greedy@example.com'; GivenName = 'Gree'; Surname = 'Dy' }
        ($greedy | New-ZoomScimUser).Outcome | Should -Be 'Done'
        [ZoomTest.Greedy]::NamesOf($greedy) | Should -Be @('EmailAddress', 'GivenName', 'Surname')
        (Get-Created greedy@example.com).FamilyName | Should -Be 'Dy'
    }

    It 'still lets a mapped property be missing' {
        $greedy = New-Greedy @{ EmailAddress = 'greedy2@example.com' }
        $streams = Get-StreamsOf { $greedy | New-ZoomScimUser -Mapping @{ Department = 'extensionAttribute3' } }
        $streams.Output[0].Outcome | Should -Be 'Done'
        $streams.Warning -join ' ' | Should -BeLike '*extensionAttribute3*'
        [ZoomTest.Greedy]::NamesOf($greedy) | Should -Be @('EmailAddress')
    }
}

Describe 'Get-MgUser' {
    BeforeAll {
        function New-MgUser([hashtable] $Property) {
            $user = [pscustomobject]$Property
            $user.PSObject.TypeNames.Insert(0, 'Microsoft.Graph.PowerShell.Models.MicrosoftGraphUser')
            $user
        }
    }

    It 'feeds all attributes' {
        $null = New-MgUser @{
            Id = '3f2504e0-4f89-11d3-9a0c-0305e82c3301'; Mail = 'adele@example.com'; UserPrincipalName = 'adele@tenant.onmicrosoft.com';
                GivenName = 'Adèle'; Surname = 'Vance'
            DisplayName = 'Adèle Vance'; AccountEnabled = $true; JobTitle = 'Retail Manager'; Department = 'Retail'; CompanyName = 'Contoso';
                OfficeLocation = '18/2111'
            BusinessPhones = @('+1 425 555 0109'); Manager = [pscustomobject]@{ Id = 'x' }
        } | New-ZoomScimUser
        $user = Get-Created adele@example.com
        $user.GivenName, $user.FamilyName, $user.Department, $user.Organization, $user.Phone |
            Should -Be @('Adèle', 'Vance', 'Retail', 'Contoso', '+1 4255550109')
    }

    It 'does not take Entra''s id for a Zoom id' {
        $null = New-MgUser @{ Id = 'abc'; Mail = 'entra@example.com'; GivenName = 'En'; Surname = 'Tra'; AccountEnabled = $true } | New-ZoomScimUser
        (New-MgUser @{ Id = 'abc'; Mail = 'entra@example.com'; Surname = 'Changed'; AccountEnabled = $true } | Set-ZoomScimUser).Outcome | Should -Be 'Done'
        (Get-Created entra@example.com).FamilyName | Should -Be 'Changed'
    }

    It 'names Get-MgUser in the warning about missing properties' {
        $streams = Get-StreamsOf { 1..2 | ForEach-Object { New-MgUser @{ Mail = "mg$_@example.com"; GivenName = 'M'; Surname = 'G';
            JobTitle = $null } } | New-ZoomScimUser }
        $streams.Warning -join ' ' | Should -BeLike '*Get-MgUser -Property*JobTitle*'
    }
}

Describe 'Import-Csv' {
    It 'reads rows with empty cells, which clear nothing' {
        $csv = Join-Path $TestDrive 'users.csv'
        Set-Content $csv -Encoding UTF8 -Value @('UserName,FirstName,LastName,Active,Department,Phone', "csv1@example.com,Miles,O'Brien,True,Ops,",
            'csv2@example.com,健太,田中,true,,+81 3 5555 0142')
        (Import-Csv $csv -Encoding UTF8 | New-ZoomScimUser).Outcome | Should -Be @('Done', 'Done')
        (Get-Created csv1@example.com).DisplayName | Should -Be "Miles O'Brien"
        (Get-Created csv2@example.com).DisplayName | Should -Be '健太 田中'
        Set-Content $csv -Encoding UTF8 -Value @('UserName,FirstName,LastName,Active,Department,Phone', 'csv1@example.com,,,,,')
        (Import-Csv $csv | Set-ZoomScimUser).Outcome | Should -Be 'NoChange'
        (Get-Created csv1@example.com).Department | Should -Be 'Ops'
    }

    It 'reads semicolons and a mark, when the caller says so' {
        $csv = Join-Path $TestDrive 'semicolon.csv'
        [IO.File]::WriteAllText($csv, "E-Mail;Vorname;Nachname`r`nue@example.com;Jürgen;Müller`r`n", (New-Object Text.UTF8Encoding $true))
        (Import-Csv $csv -Delimiter ';' -Encoding UTF8 | New-ZoomScimUser -Mapping @{ GivenName = 'Vorname'; FamilyName = 'Nachname' }).Outcome |
            Should -Be 'Done'
        (Get-Created ue@example.com).FamilyName | Should -Be 'Müller'
    }

    It 'understands the heading <_>' -ForEach @('UserName', 'user name', 'USER_NAME', 'E-Mail', 'Email Address', 'mail', 'UPN', 'Login') {
        $name = "heading-$([Guid]::NewGuid().ToString('N').Substring(0, 8))@example.com"
        $row = [pscustomobject]@{ $_ = $name; 'First Name' = 'Head'; 'last_name' = 'Ing'; 'Dept' = 'D'; 'Company Name' = 'C' }
        ($row | New-ZoomScimUser).Outcome | Should -Be 'Done'
        $user = Get-Created $name
        $user.DisplayName, $user.Department, $user.Organization | Should -Be @('Head Ing', 'D', 'C')
    }

    It 'takes <Text> for <Active>' -ForEach @(
        @{ Text = 'True'; Active = $true }, @{ Text = 'yes'; Active = $true }, @{ Text = '1'; Active = $true }, @{ Text = ' TRUE '; Active = $true },
            @{ Text = 'Active'; Active = $true }
        @{ Text = 'False'; Active = $false }, @{ Text = 'no'; Active = $false }, @{ Text = '0'; Active = $false },
            @{ Text = 'FALSE'; Active = $false }, @{ Text = 'inactive'; Active = $false }) {
        $null = New-ZoomScimUser flag@example.com -IfExists Skip
        $null = Set-ZoomScimUser flag@example.com -Active (-not $Active) -Confirm:$false
        ([pscustomobject]@{ UserName = 'flag@example.com'; Active = $Text } | Set-ZoomScimUser -Confirm:$false).Outcome | Should -Be 'Done'
        (Get-Created flag@example.com).Active | Should -Be $Active
    }

    It 'has an error for a boolean that is none' {
        $problem = Get-ErrorOf { [pscustomobject]@{ UserName = 'maybe@example.com'; Active = 'perhaps' } | New-ZoomScimUser }
        $problem.FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InvalidValue,*'
        $problem.Exception.Message | Should -BeLike "*maybe@example.com*Active*'perhaps'*"
    }

    It 'goes on after a bad row, which is one error that names it' {
        $rows = 1..5 | ForEach-Object { [pscustomobject]@{ UserName = if ($_ -eq 3) { 'not an address' } else { "row$_@example.com" }; FirstName = "R$_" } }
        $results = $rows | New-ZoomScimUser -ErrorVariable problems -ErrorAction SilentlyContinue
        $results.UserName | Should -Be @('row1@example.com', 'row2@example.com', 'row4@example.com', 'row5@example.com')
        $problems.Count | Should -Be 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'Zoom.Record.InvalidAddress,*'
        $problems[0].Exception.Message | Should -BeLike "*not an address*"
        "$($problems[0])" | Should -BeLike '*record 3*' -Because 'the row must be found again'
        $problems[0].TargetObject | Should -Be $rows[2]
    }

    It 'survives the round through Export-Csv of Zoom''s own users' {
        $null = New-ZoomScimUser export@example.com -GivenName Ex -FamilyName Port -Department Sales
        $csv = Join-Path $TestDrive 'export.csv'
        Get-ZoomScimUser export@example.com | Export-Csv $csv -NoTypeInformation -Encoding UTF8
        $null = Remove-ZoomScimUser export@example.com -Action Delete -Confirm:$false
        $results = @(Import-Csv $csv -Encoding UTF8 | Select-Object UserName, GivenName, FamilyName, DisplayName, Department | New-ZoomScimUser)
        $results.Outcome | Should -Be 'Done'
    }

    It 'creates the 300 people of examples/users.csv, and finds nothing to change in a second run' {
        $example = Join-Path (Get-TestRepositoryPath) 'examples/users.csv'
        if (-not (Test-Path $example)) { Set-ItResult -Skipped -Because 'there is no examples/users.csv'; return }
        $other = New-TestZoom -Users 0 -Fast
        $rows = Import-Csv $example -Encoding UTF8
        $results = $rows | New-ZoomScimUser -Connection $other.Connection -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
        $problems.Count | Should -Be 0 -Because "$($problems | Select-Object -First 3)"
        $results.Count | Should -Be 300
        # Who leaves goes last: until then a second record may speak of the same person.
        $results.UserName | Should -Be @(@($rows | Where-Object Active -NE 'False') + @($rows | Where-Object Active -EQ 'False')).UserName
        Clear-SentRequest $other
        $again = $rows | New-ZoomScimUser -Connection $other.Connection -IfExists Skip -WarningAction SilentlyContinue
        $again.Count | Should -Be 300
        (Get-SentRequest $other -Write).Count | Should -Be 0
        $created = Get-ZoomScimUser -Connection $other.Connection
        foreach ($row in $rows | Where-Object { $_.Active -ne 'False' }) {
            $user = $created | Where-Object UserName -EQ $row.UserName
            $user.GivenName, $user.FamilyName | Should -Be @($row.FirstName, $row.LastName)
        }
    }
}
