#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# Rules: files of both kinds, their mistakes, and scriptblocks.

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

Describe 'The ready-made rule <_>' -ForEach @('csv.json', 'nightly.json', 'ad.json', 'entra.json', 'ad.psd1', 'entra.psd1') {
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
    It 'nightly.json names its source, whom to tell, and when it stops itself' {
        $rule = Get-ZoomProvisioningRule -Path (Join-Path $examples 'nightly.json')
        "$($rule.Notify.On); $($rule.Notify.Webhook.UrlVariable); $($rule.Notify.Mail.To); $($rule.Guard.QuarantineAfterRuns)" |
            Should -Be 'Failure, Held, Attention; STAFF_WEBHOOK; it@example.com; 3'
        # As a copy of today: the rule believes no file that is older than a day and a half.
        Copy-Item (Join-Path $examples '../users.csv'), (Join-Path $examples 'nightly.json') $TestDrive
        $file = Join-Path $TestDrive 'nightly.json'
        (Get-Content -Raw $file).Replace('../users.csv', 'users.csv') | Set-Content $file
        (Get-Item (Join-Path $TestDrive 'users.csv')).LastWriteTime = Get-Date
        Connect-ZoomScim -Simulator -SimulatorUsers 0 6>$null
        try { $plan = New-ZoomProvisioningPlan $file -WarningVariable warnings -WarningAction SilentlyContinue } finally { Disconnect-ZoomScim -All }
        "$warnings" | Should -BeNullOrEmpty
        @($plan.Changes | Where-Object Action -EQ Create).Count | Should -BeGreaterThan 10
        $plan.Held.Count | Should -Be 0
    }

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
