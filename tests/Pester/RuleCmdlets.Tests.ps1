#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.0' }
# New-, Get- and Set-ZoomProvisioningRule.

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

    It 'says whom to tell, and takes it away again' {
        $mail = @{ Server = 'smtp.example.com'; From = 'zoom@example.com'; To = 'it@example.com', 'hr@example.com' }
        Set-ZoomProvisioningRule Staff -NotifyWebhook STAFF_WEBHOOK -NotifyFormat teams -NotifyMail $mail -NotifyOn held, failure -QuarantineAfterRuns 5
        $rule = Get-ZoomProvisioningRule Staff
        "$($rule.Notify.On); $($rule.Notify.Webhook.UrlVariable); $($rule.Notify.Webhook.Format); $($rule.Notify.Mail.To)" |
            Should -Be 'Failure, Held; STAFF_WEBHOOK; Teams; it@example.com hr@example.com'
        $rule.Guard.QuarantineAfterRuns | Should -Be 5
        Set-ZoomProvisioningRule Staff -NotifyWebhook OTHER_WEBHOOK -NotifyMail $null
        $rule = Get-ZoomProvisioningRule Staff
        "$($rule.Notify.On); $($rule.Notify.Webhook.UrlVariable); $($rule.Notify.Webhook.Format); $($rule.Notify.Mail)" |
            Should -Be 'Failure, Held; OTHER_WEBHOOK; Teams; '
        Set-ZoomProvisioningRule Staff -NotifyWebhook $null -QuarantineAfterRuns $null
        $rule = Get-ZoomProvisioningRule Staff
        $rule.Notify | Should -BeNullOrEmpty
        $rule.Guard.QuarantineAfterRuns | Should -Be 3
        Set-ZoomProvisioningRule Staff -NotifyCommand tell, -x
        (Get-ZoomProvisioningRule Staff).Notify.Command.Run | Should -Be @('tell', '-x')
    }

    It 'keeps the address of a webhook out of the file and out of what it says' {
        $file = (Get-ZoomProvisioningRule Staff).Path
        $before = Get-Content $file -Raw
        $problem = Get-ErrorOf { Set-ZoomProvisioningRule Staff -NotifyWebhook 'https://hooks.example.com/T0PSECRET' -ErrorAction Stop }
        $problem.Exception.Problems.Path | Should -Be 'notify.webhook.urlVariable'
        "$problem $($problem.Exception.Problems.Message)" | Should -Not -BeLike '*T0PSECRET*'
        (Get-ErrorOf { Set-ZoomProvisioningRule Staff -NotifyOn always -ErrorAction Stop }).Exception.Problems.Path | Should -Be 'notify'
        Get-Content $file -Raw | Should -Be $before
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

    It 'says of a parameter that it is the parameter' {
        $new = Join-Path $TestDrive 'wrong.json'
        { New-ZoomProvisioningRule w -Path $new -NotifyMail it@example.com } | Should -Throw '*It is a table: @{ Server = *'
        (Get-ErrorOf { New-ZoomProvisioningRule w -Path $new -Scope 'Department eq' }).ErrorDetails.RecommendedAction |
            Should -BeLike 'Nothing was written. Correct the parameter*'
        Test-Path $new | Should -BeFalse
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
