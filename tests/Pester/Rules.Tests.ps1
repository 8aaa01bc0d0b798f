#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Rules: files of both kinds, their mistakes, scriptblocks, and New-, Get- and Set-ZoomProvisioningRule.

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/ZoomTest.psm1') -Force
    Import-TestModule
    $previousHome = $env:ZOOM_PROVISIONING_HOME
    $env:ZOOM_PROVISIONING_HOME = Join-Path $TestDrive 'home'
    $examples = Join-Path (Get-TestRepositoryPath) 'examples/rules'

    # A record as a rule sees one; what the module makes of a pipeline object itself is internal.
    $recordSource = @'
public sealed class RuleTestRecord : ZoomProvisioning.Input.ISourceRecord
{
    private readonly System.Collections.Generic.IDictionary<string, object> _values;
    public RuleTestRecord(object source, System.Collections.Generic.IDictionary<string, object> values) { Source = source; _values = values; }
    public object Source { get; }
    public System.Collections.Generic.IReadOnlyList<string> TypeNames { get { return new string[0]; } }
    public System.Collections.Generic.IReadOnlyList<string> Names { get { return new System.Collections.Generic.List<string>(_values.Keys); } }
    public object Read(string name) { return _values[name]; }
}
'@
    $references = [ZoomProvisioning.ScimUser].Assembly.Location, 'netstandard', 'System.Collections'
    Add-Type -ReferencedAssemblies $references -TypeDefinition $recordSource
    function New-Record([hashtable] $values) {
        $table = [Collections.Generic.Dictionary[string, object]]::new()
        foreach ($name in $values.Keys) { $table[$name] = $values[$name] }
        [RuleTestRecord]::new([pscustomobject]$values, $table)
    }

    $script:number = 0
    # The mistakes in a rule's text, as 'line,column path'.
    function Get-Mistake([string] $text, [string] $extension = 'psd1') {
        $file = Join-Path $TestDrive "mistakes$(($script:number++)).$extension"
        Set-Content -LiteralPath $file -Value $text -NoNewline
        Get-ZoomProvisioningRule -Path $file -ValidateOnly
    }
}

AfterAll { $env:ZOOM_PROVISIONING_HOME = $previousHome }

Describe 'A rule in a .psd1 file' {
    It 'is read' {
        $rule = Get-ZoomProvisioningRule -Path (Join-Path $examples 'ad.psd1')
        $rule | Should -BeOfType ZoomProvisioning.Rules.ProvisioningRule
        $rule.Anchor | Should -Be 'ObjectGUID'
        $rule.Match.Name | Should -Be 'UserName', 'EmployeeNumber'
        $rule.Attributes['MobilePhone'].Source.Text | Should -Be 'nothing'
        $rule.Attributes['Phone'].Apply | Should -Be 'OnCreate'
        $rule.Fingerprint | Should -Match '^[0-9a-f]{16}$'
    }

    It 'refuses <what> with its line, and runs nothing' -ForEach @(
        @{ what = 'a command'; value = 'New-Item -Path $env:RULE_TRAP'; says = 'command' }
        @{ what = 'a word without quotes'; value = 'Staff'; says = 'without quotes' }
        @{ what = 'a variable'; value = '$name'; says = 'variable' }
        @{ what = 'an environment variable'; value = '$env:USER'; says = 'variable' }
        @{ what = 'a text with a variable'; value = '"a $b"'; says = 'single quotes' }
        @{ what = 'a text with a command'; value = '"a $(New-Item -Path $env:RULE_TRAP)"'; says = 'single quotes' }
        @{ what = 'a subexpression'; value = '$(New-Item -Path $env:RULE_TRAP)'; says = 'stands where a value is expected' }
        @{ what = 'a method call'; value = '[IO.File]::Create($env:RULE_TRAP)'; says = 'method call' }
        @{ what = 'a property'; value = "'a'.Length"; says = 'stands where a value is expected' }
        @{ what = 'a sum'; value = '1 + 1'; says = 'stands where a value is expected' }
        @{ what = 'a cast'; value = "[string]'a'"; says = 'stands where a value is expected' }
        @{ what = 'a command in a list'; value = '@(Get-Date)'; says = 'without quotes' }
        @{ what = 'a pipeline'; value = "'a' | Out-File x"; says = 'command' }
    ) {
        $env:RULE_TRAP = Join-Path $TestDrive 'trap'
        $mistakes = @(Get-Mistake "@{`n    Name = 'a'`n    Description = $value`n}")
        $mistakes.Count | Should -BeGreaterThan 0
        $mistakes[0].Line | Should -Be 3
        $mistakes[0].Path | Should -BeLike 'Description*'
        "$($mistakes.Message)" | Should -BeLike "*$says*"
        Test-Path $env:RULE_TRAP | Should -BeFalse
    }

    It 'refuses <text>' -ForEach @(
        @{ text = ''; line = 1; says = 'one table' }
        @{ text = "'a'"; line = 1; says = 'one table' }
        @{ text = "@{ Name = 'a' }`nGet-Date"; line = 2; says = 'one table' }
        @{ text = "param(`$a)`n@{ Name = 'a' }"; line = 1; says = 'one table' }
        @{ text = "@{`n    Name = 'a'`n    Name = 'b'`n}"; line = 3; says = 'Name' }
        @{ text = "@{`n    Name = 'a'`n"; line = 1; says = '}' }
        @{ text = "@{`n    Name = 'a'`n    `$x = 1`n}"; line = 3; says = "a setting's name" }
    ) {
        $mistakes = @(Get-Mistake $text)
        $mistakes.Count | Should -BeGreaterThan 0
        $mistakes[0].Line | Should -Be $line
        "$($mistakes.Message)" | Should -BeLike "*$says*"
    }

    It 'has all its mistakes told at once, each with its line and column' {
        $mistakes = Get-Mistake @'
@{
    Name       = 'a/b'
    Scope      = 'Department eq ''Sales'' und Title pr'
    Match      = @(
        'UserName'
        'FamilyName'
    )
    Attributes = @{
        Tittle = 'x'
        Title  = @{ Property = 'a'; Constant = 'b' }
        Phone  = @{ Script = 'no block' }
        Fax    = $fax
    }
    Guard      = @{ MaxDelete = -1; MaxDeletePercent = 200 }
    Scop       = 'x'
}
'@
        $mistakes | ForEach-Object { "$($_.Line),$($_.Column) $($_.Path)" } | Should -Be @(
            '2,18 name', '3,43 scope', '6,9 match[1]', '9,9 attributes.Tittle', '10,48 attributes.Title', '11,30 attributes.Phone.script',
            '12,18 Attributes.Fax', '14,33 guard.maxDelete', '14,56 guard.maxDeletePercent', '15,5 Scop')
        $mistakes[3].Message | Should -BeLike "*did you mean 'Title'?*"
        "$($mistakes[3])" | Should -BeLike 'line 9: attributes.Tittle: *'
    }

    It 'takes here-strings, and finds a filter''s mistake in them' {
        $mistake = Get-Mistake "@{`n    Name = 'a'`n    Scope = @'`nDepartment eq `"x`"`n  and Title ee 1`n'@`n}"
        "$($mistake.Line),$($mistake.Column)" | Should -Be '5,13'
    }

    It 'ends in one error that lists them' {
        $file = Join-Path $TestDrive 'two.psd1'
        "@{ Name = 'a'`n Preset = 'x'`n Groups = 'y' }" | Set-Content -LiteralPath $file
        $failure = Get-ErrorOf { Get-ZoomProvisioningRule -Path $file -ErrorAction Stop }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Zoom.Rule.Invalid*'
        $failure.Exception.Problems.Count | Should -Be 2
        $failure.Exception.Message | Should -BeLike "*`n  line 2*`n  line 3*"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }
}

Describe 'A rule that nobody wrote by hand' {
    It 'is refused with the line when it is nested 10,000 deep: <_>' -ForEach 'psd1', 'json' {
        $text = if ($_ -eq 'psd1') { "@{ Name = 'x'; Scope = $('@(' * 10000)$(')' * 10000) }" } else { "{""name"":$('[' * 10000)$(']' * 10000)}" }
        $mistake = @(Get-Mistake $text $_)
        "$($mistake.Count) $($mistake[0].Line)" | Should -Be '1 1'
    }
}

Describe 'A rule in another encoding' {
    It 'is refused with the line when it is .<_> in ANSI, for its scope would fit nobody' -ForEach 'json', 'psd1' {
        $file = Join-Path $TestDrive "ansi.$_"
        $text = if ($_ -eq 'json') { "{`n `"name`": `"Ansi`",`n `"scope`": `"Department eq 'Geschäft'`"`n}" }
        else { "@{`n Name = 'Ansi'`n Scope = 'Department eq ""Geschäft""'`n}" }
        [IO.File]::WriteAllBytes($file, [Text.Encoding]::GetEncoding(28591).GetBytes($text.Replace('ä', [string][char]0xe4)))
        $found = @(Get-ZoomProvisioningRule -Path $file -ValidateOnly)
        "$($found.Count) $($found[0].Line)" | Should -Be '1 3'
        $found[0].Message | Should -BeLike '*UTF-8*'
    }

    It 'is read in UTF-8 and UTF-16 with their marks' {
        foreach ($encoding in 'UTF8', 'Unicode') {
            $file = Join-Path $TestDrive "$encoding.json"
            Set-Content -LiteralPath $file -Value '{ "name": "Marked" }' -Encoding $encoding
            (Get-ZoomProvisioningRule -Path $file).Name | Should -Be 'Marked'
        }
    }
}

Describe 'Scriptblocks of a rule' {
    BeforeAll {
        $file = Join-Path $TestDrive 'script.psd1'
        @'
@{
    Name       = 'Scripts'
    Scope      = { $_.Dept -in (Get-AllowedDepartment) }
    Attributes = @{
        DisplayName = { "$($_.First) $suffix" }
        Title       = @{ Script = { $_.Job.ToUpper() }; Apply = 'OnCreate' }
    }
    Groups     = { $_.Teams -split ',' }
}
'@ | Set-Content -LiteralPath $file
        function Get-AllowedDepartment { 'Sales', 'Legal' }
        $suffix = '(staff)'
        $rule = Get-ZoomProvisioningRule -Path $file
    }

    It 'see the record as $_, and the functions and variables of the caller' {
        $seen = [ZoomProvisioning.Rules.SourceReader]::Explain($rule,
            (New-Record @{ Email = 'a@example.com'; First = 'Jill'; Dept = 'Sales'; Job = 'clerk'; Teams = 'A,B' }))
        $seen.Problem | Should -BeNullOrEmpty
        $seen.InScope | Should -BeTrue
        $seen.Scope | Should -Be '{ $_.Dept -in (Get-AllowedDepartment) }'
        $seen.Desired.Values.DisplayName | Should -Be 'Jill (staff)'
        $seen.Desired.Values.Title | Should -Be 'CLERK'
        $seen.Groups.Name | Should -Be 'A', 'B'
        ($seen.Attributes | Where-Object Name -EQ 'Title').Source | Should -Be 'script { $_.Job.ToUpper() }'
    }

    It 'that fail are a problem of their record alone' {
        $records = [ZoomProvisioning.Input.ISourceRecord[]]@(
            (New-Record @{ Email = 'a@example.com'; Dept = 'Sales'; Job = $null; Teams = '' })
            (New-Record @{ Email = 'b@example.com'; Dept = 'Legal'; Job = 'x'; Teams = '' }))
        $snapshot = [ZoomProvisioning.Rules.SourceReader]::Read($rule, $records)
        $snapshot.People.Values.UserName | Should -Be 'b@example.com'
        $snapshot.Problems.UserName | Should -Be 'a@example.com'
        $snapshot.Problems[0].Error.Message | Should -BeLike '*Title*null-valued*'
    }

    It 'run in constrained language when they are simple' -Tag ChildShell {
        $file = Join-Path $TestDrive 'constrained.psd1'
        "@{ Name = 'c'; Scope = { `$_.Dept -eq 'Sales' }
            Attributes = @{ Title = { `$_.Job -replace 'a', 'b' }; Fax = { if (`$_.Dept -eq 'Bad') { [IO.File]::ReadAllText('x') } } } }" |
            Set-Content -LiteralPath $file
        # Constrained language may call cmdlets, but no methods, so a cmdlet reads the record there.
        $found = Invoke-ChildPowerShell @"
Import-Module `$modulePath
`$references = ([ZoomProvisioning.ScimUser].Assembly.Location), 'netstandard', 'System.Collections', ([psobject].Assembly.Location)
Add-Type -PassThru -ReferencedAssemblies `$references -TypeDefinition @'
$recordSource
[System.Management.Automation.Cmdlet("Test", "RuleRecord")]
public sealed class TestRuleRecord : System.Management.Automation.Cmdlet
{
    [System.Management.Automation.Parameter] public ZoomProvisioning.Rules.ProvisioningRule Rule { get; set; }
    [System.Management.Automation.Parameter] public System.Collections.Hashtable Values { get; set; }
    protected override void ProcessRecord()
    {
        var values = new System.Collections.Generic.Dictionary<string, object>();
        var source = new System.Management.Automation.PSObject();
        foreach (System.Collections.DictionaryEntry entry in Values)
        {
            values[(string)entry.Key] = entry.Value;
            source.Properties.Add(new System.Management.Automation.PSNoteProperty((string)entry.Key, entry.Value));
        }
        WriteObject(ZoomProvisioning.Rules.SourceReader.Explain(Rule, new RuleTestRecord(source, values)));
    }
}
'@ | Select-Object -First 1 | ForEach-Object { Import-Module -Assembly `$_.Assembly }
`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'
`$rule = Get-ZoomProvisioningRule -Path '$file'
`$good = Test-RuleRecord -Rule `$rule -Values @{ Email = 'a@b.c'; Dept = 'Sales'; Job = 'cat' }
`$bad = Test-RuleRecord -Rule `$rule -Values @{ Email = 'a@b.c'; Dept = 'Bad'; Job = 'cat' }
'JSON:' + (@{ Scope = `$good.InScope; Title = `$good.Desired.Values.Title; Bad = `$bad.Problem.Message
    Mode = "`$(`$ExecutionContext.SessionState.LanguageMode)" } | ConvertTo-Json -Compress)
"@
        $found.Mode | Should -Be 'ConstrainedLanguage'
        $found.Scope | Should -BeTrue
        $found.Title | Should -Be 'cbt'
        $found.Bad | Should -BeLike '*language mode*'
    }
}

Describe 'The ready-made rule <_>' -ForEach @('csv.json', 'ad.json', 'entra.json', 'ad.psd1', 'entra.psd1') {
    It 'has no mistake' {
        Get-ZoomProvisioningRule -Path (Join-Path $examples $_) -ValidateOnly | Should -BeNullOrEmpty
    }

    It 'never deletes anybody' {
        $rule = Get-ZoomProvisioningRule -Path (Join-Path $examples $_)
        $rule.RemoveAction | Should -Be 'Disable'
        $rule.AllowDeprovision | Should -BeFalse
        $rule.DeprovisionOnRuleRemoval | Should -BeFalse
        $rule.Guard.MaxDelete | Should -Be 0
    }
}

Describe 'The ready-made rules and their sources' {
    It 'reads examples/users.csv' {
        $rule = Get-ZoomProvisioningRule -Path (Join-Path $examples 'csv.json')
        $rows = Import-Csv (Join-Path (Get-TestRepositoryPath) 'examples/users.csv') -Encoding utf8
        $records = foreach ($row in $rows) { $values = @{}; foreach ($p in $row.PSObject.Properties) { $values[$p.Name] = $p.Value }; New-Record $values }
        $snapshot = [ZoomProvisioning.Rules.SourceReader]::Read($rule, [ZoomProvisioning.Input.ISourceRecord[]]$records)
        $snapshot.Problems | Should -BeNullOrEmpty
        $snapshot.Warnings | Should -BeNullOrEmpty
        $snapshot.People.Count | Should -Be $rows.Count
    }

    It '<file> reads a directory user' -ForEach @(
        @{ file = 'ad.psd1' }, @{ file = 'ad.json' }
    ) {
        $rule = Get-ZoomProvisioningRule -Path (Join-Path $examples $file)
        $user = New-Record @{ ObjectGUID = [guid]'11111111-2222-3333-4444-555555555555'; SamAccountName = 'jill'; EmailAddress = 'jill@example.com';
            GivenName = 'Jill'; Surname = 'Chill'; Enabled = $true; OfficePhone = '0015125550123'; Title = 'Clerk'; DistinguishedName = 'CN=Jill' }
        $seen = [ZoomProvisioning.Rules.SourceReader]::Explain($rule, $user)
        $seen.Problem | Should -BeNullOrEmpty
        $seen.InScope | Should -BeTrue
        $seen.Anchor | Should -Be '11111111-2222-3333-4444-555555555555'
        $seen.Desired.Values.DisplayName | Should -Be 'Jill Chill'
        $seen.Desired.Values.UserType | Should -Be 'Basic'
        $service = New-Record @{ SamAccountName = 'svc-backup'; EmailAddress = 'svc@example.com'; DistinguishedName = 'CN=svc' }
        [ZoomProvisioning.Rules.SourceReader]::Explain($rule, $service).InScope | Should -BeFalse
    }

    It '<file> reads a member, not a guest' -ForEach @(
        @{ file = 'entra.psd1' }, @{ file = 'entra.json' }
    ) {
        $rule = Get-ZoomProvisioningRule -Path (Join-Path $examples $file)
        $user = @{ Id = 'i1'; Mail = 'jill@example.com'; UserPrincipalName = 'jill@example.com'; AccountEnabled = $true; UserType = 'Member';
            GivenName = 'Jill'; Surname = 'Chill'; Department = 'IT'; BusinessPhones = @('+1 5125550123'); Manager = $null }
        $seen = [ZoomProvisioning.Rules.SourceReader]::Explain($rule, (New-Record $user))
        $seen.Problem | Should -BeNullOrEmpty
        $seen.InScope | Should -BeTrue
        $seen.Desired.Values.UserType | Should -Be 'Basic'
        $seen.Desired.Values.Phone | Should -Be '+1 5125550123'
        $user.UserType = 'Guest'
        [ZoomProvisioning.Rules.SourceReader]::Explain($rule, (New-Record $user)).InScope | Should -BeFalse
    }
}

Describe 'New-ZoomProvisioningRule' {
    BeforeEach {
        Remove-Item $env:ZOOM_PROVISIONING_HOME -Recurse -Force -ErrorAction Ignore
        $folder = Join-Path $env:ZOOM_PROVISIONING_HOME 'rules'
    }

    It 'writes a .psd1 to the rules folder, which says what the parameters said' {
        $rule = New-ZoomProvisioningRule -Name Staff -Description 'it''s us' -Anchor Id -Scope { $_.Dept } -Match EmployeeNumber -Preset none -PassThru `
            -Attribute @{ UserName = 'Mail'; Title = $null; Active = $true; Phone = @{ Property = 'Tel'; Apply = 'OnCreate' };
            'Extension.x' = @{ Template = '{a}' } } `
            -Group 'A', @{ Name = 'B'; When = 'x pr' } -CreateGroup $true -AllowCreate $false -AllowAdopt $false -AllowUpdate $false `
            -AllowDisable $false -AllowDeprovision $false `
            -RemoveAction Delete -DeprovisionOnRuleRemoval $true -ProtectedUser '*@x.y' -ProtectedRole IT `
            -MaxDisableCount 1 -MaxDisablePercent 0.5 -MaxDeleteCount 2 -MaxDeletePercent 3 -MaxSourceShrinkPercent 4 `
            -MissingRuns 2 -MissingDays 1.5 -DeleteAfterDays 30 -TransferTo manager -AdoptInactive $true -Reactivate always
        $rule.Path | Should -Be (Join-Path $folder 'Staff.psd1')
        $rule.Description | Should -Be "it's us"
        $rule.Scope.Text | Should -Be '{ $_.Dept }'
        $rule.Match.Name | Should -Be 'UserName', 'EmployeeNumber'
        $rule.UsePreset | Should -BeFalse
        $rule.Attributes['Active'].Source.Constant | Should -BeTrue
        $rule.Attributes['Extension.x'].Source.Text | Should -Be "template '{a}'"
        $rule.Groups.Name | Should -Be 'A', 'B'
        $rule.AllowCreate, $rule.AllowAdopt, $rule.AllowUpdate, $rule.AllowDisable, $rule.AllowDeprovision | Should -Not -Contain $true
        $rule.RemoveAction | Should -Be 'Delete'
        $rule.DeprovisionOnRuleRemoval, $rule.CreateGroups | Should -Not -Contain $false
        $rule.Protected.Users | Should -Be '*@x.y'
        $rule.Guard.MaxDisable, $rule.Guard.MaxDisablePercent, $rule.Guard.MaxDelete, $rule.Guard.MaxDeletePercent,
            $rule.Guard.MaxSourceShrinkPercent | Should -Be 1, 0.5, 2, 3, 4
        Get-Content $rule.Path -Raw | Should -BeLike '*MaxDisablePercent = 0.5*'
        $rule.Leavers.MissingRuns, $rule.Leavers.MissingDays, $rule.Leavers.DeleteAfterDays, $rule.Leavers.TransferTo | Should -Be 2, 1.5, 30, 'manager'
        $rule.AdoptInactive, $rule.ReactivatesAlways | Should -Not -Contain $false
        Set-ZoomProvisioningRule -Path $rule.Path -DeleteAfterDays $null -TransferTo boss@example.com -MissingRuns 3
        $changed = Get-ZoomProvisioningRule -Path $rule.Path
        $changed.Leavers.DeleteAfterDays | Should -BeNullOrEmpty
        "$($changed.Leavers.MissingRuns) $($changed.Leavers.TransferTo)" | Should -Be '3 boss@example.com'
        (Get-ErrorOf { Set-ZoomProvisioningRule -Path $rule.Path -MissingRuns 0 }).Exception.Problems.Path | Should -Be 'leavers.missingRuns'
    }

    It 'takes limits, exceptions, the mail and the format of dates' {
        $file = Join-Path $TestDrive 'limits.json'
        $rule = New-ZoomProvisioningRule -Name Limits -Path $file -Force -PassThru -RequireMail $true -DateFormat dd.MM.yyyy `
            -Limit @{ disable = 10; rename = @{ max = 5; perDay = 8 } } `
            -Exception @{ user = 'boss@example.com'; reason = 'on leave'; until = [datetime]'2027-01-31' }
        $saved = Get-Content $file -Raw | ConvertFrom-Json
        "$($saved.requireMail) $($saved.dateFormat)" | Should -Be 'True dd.MM.yyyy'
        "$($saved.guard.limits.disable.max) $($saved.guard.limits.rename.max) $($saved.guard.limits.rename.perDay)" | Should -Be '10 5 8'
        "$($saved.exceptions[0].user) $($saved.exceptions[0].reason)" | Should -Be 'boss@example.com on leave'
        $rule.Exceptions[0].Until | Should -BeOfType [datetime]
        Set-ZoomProvisioningRule -Path $file -Limit @{ disable = 12; rename = $null } -Exception $null
        $saved = Get-Content $file -Raw | ConvertFrom-Json
        "$($saved.guard.limits.disable.max) [$($saved.guard.limits.rename)] [$($saved.exceptions)] $($saved.requireMail)" | Should -Be '12 [] [] True'
        (Get-ErrorOf { Set-ZoomProvisioningRule -Path $file -Limit @{ disabel = 1 } }).Exception.Problems[0].ToString() | Should -BeLike '*disable*'
    }

    It 'writes JSON where the file is called so' {
        $file = Join-Path $TestDrive 'j.json'
        New-ZoomProvisioningRule -Name J -Path $file -Scope "Dept eq 'Büro'" -MaxDeleteCount 3 -Force
        (Get-Content $file -Raw -Encoding utf8 | ConvertFrom-Json).scope | Should -Be "Dept eq 'Büro'"
        (Get-ZoomProvisioningRule -Path $file).Guard.MaxDelete | Should -Be 3
    }

    It 'refuses a scriptblock in JSON and writes nothing' {
        $file = Join-Path $TestDrive 'k.json'
        (Get-ErrorOf { New-ZoomProvisioningRule -Name K -Path $file -Scope { $true } }).Exception.Message | Should -BeLike '*.psd1*'
        Test-Path $file | Should -BeFalse
    }

    It 'refuses mistakes and writes nothing' {
        (Get-ErrorOf { New-ZoomProvisioningRule -Name 'a/b' -MaxDeleteCount -1 }).Exception.Problems.Path | Should -Be 'name', 'guard.maxDelete'
        Test-Path $folder | Should -BeFalse
    }

    It 'shows mistakes as objects with -ValidateOnly, and writes nothing' {
        (New-ZoomProvisioningRule -Name Staff -Scope 'x' -ValidateOnly).Path | Should -Be 'scope'
        New-ZoomProvisioningRule -Name Staff -ValidateOnly | Should -BeNullOrEmpty
        Test-Path $folder | Should -BeFalse
    }

    It 'writes nothing with -WhatIf, and nothing over another file without -Force' {
        New-ZoomProvisioningRule -Name Staff -WhatIf
        Test-Path $folder | Should -BeFalse
        New-ZoomProvisioningRule -Name Staff -Description one
        (Get-ErrorOf { New-ZoomProvisioningRule -Name Staff -Description two }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Rule.FileExists*'
        (Get-ZoomProvisioningRule Staff).Description | Should -Be 'one'
        New-ZoomProvisioningRule -Name Staff -Description two -Force
        (Get-ZoomProvisioningRule Staff).Description | Should -Be 'two'
    }
}

Describe 'Get-ZoomProvisioningRule' {
    BeforeAll {
        Remove-Item $env:ZOOM_PROVISIONING_HOME -Recurse -Force -ErrorAction Ignore
        New-ZoomProvisioningRule -Name 'Staff one'
        New-ZoomProvisioningRule -Name 'Staff two' -Path (Join-Path $env:ZOOM_PROVISIONING_HOME 'rules/Staff two.json')
        "@{ Name = 'broken'; Scop = 'x' }" | Set-Content (Join-Path $env:ZOOM_PROVISIONING_HOME 'rules/broken.psd1')
    }

    It 'lists the folder; a broken file is an error, and the others come all the same' {
        $rules = Get-ZoomProvisioningRule -ErrorVariable failures -ErrorAction SilentlyContinue
        $rules.Name | Should -Be 'Staff one', 'Staff two'
        $failures.Count | Should -Be 1
        $failures[0].Exception | Should -BeOfType ZoomProvisioning.Rules.RuleFileException
    }

    It 'finds by name, whatever its case, and by wildcard' {
        (Get-ZoomProvisioningRule 'staff ONE').Name | Should -Be 'Staff one'
        (Get-ZoomProvisioningRule 'Staff*').Count | Should -Be 2
        (Get-ErrorOf { Get-ZoomProvisioningRule gone -ErrorAction Stop }).FullyQualifiedErrorId | Should -BeLike 'Zoom.Rule.NotFound*'
        (Get-ErrorOf { Get-ZoomProvisioningRule -Path (Join-Path $TestDrive 'gone.json') -ErrorAction Stop }).CategoryInfo.Category |
            Should -Be 'ObjectNotFound'
        (Get-ErrorOf { Get-ZoomProvisioningRule -Path (Join-Path $TestDrive 'rule.yml') -ErrorAction Stop }).Exception.Message | Should -BeLike '*.psd1*'
    }

    It 'takes the path of a file for what it is, also with wildcards' {
        (Get-ZoomProvisioningRule (Join-Path $examples 'csv.json')).Name | Should -Be 'CSV staff'
        (Get-ZoomProvisioningRule (Join-Path $examples '*.psd1')).Count | Should -Be 2
        (Get-ErrorOf { Get-ZoomProvisioningRule ./gone.json -ErrorAction Stop }).CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'takes files from the pipeline' {
        (Get-ChildItem $examples -Filter *.psd1 | Get-ZoomProvisioningRule).Count | Should -Be 2
    }

    It 'completes the names' {
        (TabExpansion2 'Get-ZoomProvisioningRule -Name Sta' 34).CompletionMatches.CompletionText | Should -Be "'Staff one'", "'Staff two'"
    }

    It 'is empty, not an error, where there is no folder' {
        $kept = $env:ZOOM_PROVISIONING_HOME
        try {
            $env:ZOOM_PROVISIONING_HOME = Join-Path $TestDrive 'nowhere'
            Get-ZoomProvisioningRule | Should -BeNullOrEmpty
        }
        finally { $env:ZOOM_PROVISIONING_HOME = $kept }
    }
}

Describe 'Set-ZoomProvisioningRule' {
    BeforeEach {
        Remove-Item $env:ZOOM_PROVISIONING_HOME -Recurse -Force -ErrorAction Ignore
        New-ZoomProvisioningRule -Name Staff -Scope 'a pr' -Attribute @{ Title = 'x'; Phone = { $_.Tel } } -MaxDeleteCount 3
    }

    It 'changes what is named and leaves the rest' {
        Set-ZoomProvisioningRule Staff -MaxDisableCount 7 -Attribute @{ Title = 'y'; Fax = 'f' } -RemoveAttribute Phone
        $rule = Get-ZoomProvisioningRule Staff
        $rule.Scope.Text | Should -Be 'a pr'
        $rule.Attributes.Keys | Sort-Object | Should -Be 'Fax', 'Title'
        $rule.Attributes['Title'].Source.Text | Should -Be "property 'y'"
        $rule.Guard.MaxDisable, $rule.Guard.MaxDelete | Should -Be 7, 3
    }

    It 'takes a setting away with $null' {
        Set-ZoomProvisioningRule Staff -Scope $null -Attribute $null
        $rule = Get-ZoomProvisioningRule Staff
        $rule.Scope | Should -BeNullOrEmpty
        $rule.Attributes.Count | Should -Be 0
    }

    It 'changes the fingerprint, and not for a description' {
        $before = (Get-ZoomProvisioningRule Staff).Fingerprint
        (Set-ZoomProvisioningRule Staff -Description other -PassThru).Fingerprint | Should -Be $before
        (Set-ZoomProvisioningRule Staff -MaxDeleteCount 4 -PassThru).Fingerprint | Should -Not -Be $before
    }

    It 'refuses what would be a mistake, and leaves the file as it was' {
        $file = (Get-ZoomProvisioningRule Staff).Path
        $before = Get-Content $file -Raw
        (Get-ErrorOf { Set-ZoomProvisioningRule Staff -MaxDeleteCount -1 -ErrorAction Stop }).Exception.Problems.Path | Should -Be 'guard.maxDelete'
        (Set-ZoomProvisioningRule Staff -Scope 'x' -ValidateOnly).Path | Should -Be 'scope'
        Set-ZoomProvisioningRule Staff -MaxDeleteCount 9 -WhatIf
        Get-Content $file -Raw | Should -Be $before
    }

    It 'keeps a copy and says so where comments are lost: <file>' -ForEach @(@{ file = 'csv.json' }, @{ file = 'ad.psd1' }) {
        $copy = Join-Path $TestDrive $file
        Copy-Item (Join-Path $examples $file) $copy
        $before = Get-Content $copy -Raw
        $was = Get-ZoomProvisioningRule -Path $copy
        $was | Set-ZoomProvisioningRule -MaxDeleteCount 5 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike '*comments*.bak*'
        Get-Content "$copy.bak" -Raw | Should -Be $before
        $rule = Get-ZoomProvisioningRule -Path $copy
        $rule.Guard.MaxDelete | Should -Be 5
        $rule.Attributes.Count | Should -Be $was.Attributes.Count
        Set-ZoomProvisioningRule -Path $copy -MaxDeleteCount $was.Guard.MaxDelete -WarningVariable again
        $again | Should -BeNullOrEmpty
        (Get-ZoomProvisioningRule -Path $copy).Fingerprint | Should -Be $was.Fingerprint
    }
}
