using System;
using System.Collections;
using System.IO;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Files;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that write rule files: a parameter for each setting.</summary>
public abstract class RuleSettingsCmdlet : RuleCmdlet
{
    /// <summary>What the rule is for.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The property of a source record that never changes for a person, such as ObjectGUID or EmployeeId.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Anchor { get; set; }

    /// <summary>Who is provisioned: a filter such as <c>Department eq "Sales"</c>, or a scriptblock that answers true or false.</summary>
    [Parameter]
    [AllowNull]
    public object? Scope { get; set; }

    /// <summary>The attributes by which people are found in Zoom who are not known yet. UserName is always tried first.</summary>
    [Parameter]
    [ValidateSet("UserName", "Email", "EmployeeNumber", "DisplayName")]
    public string[]? Match { get; set; }

    /// <summary>Whether attributes that are not named come from the preset of the record's kind (auto) or not at all (none).</summary>
    [Parameter]
    [ValidateSet("auto", "none")]
    public string? Preset { get; set; }

    /// <summary>
    /// How attributes map: a property's name, $null, $true, $false, a scriptblock, or a
    /// table with Property, Constant, Template or Script, Apply and WriteOnly.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Table("@{ Department = 'extensionAttribute3' }")]
    public IDictionary? Attribute { get; set; }

    /// <summary>The groups people are put into: names, tables with Name and When, or one table or scriptblock with the source of names.</summary>
    [Parameter]
    [AllowNull]
    public object? Group { get; set; }

    /// <summary>Whether groups that are wanted and do not exist are created.</summary>
    [Parameter]
    public bool CreateGroup { get; set; }

    /// <summary>Whether people may be created.</summary>
    [Parameter]
    public bool AllowCreate { get; set; }

    /// <summary>Whether people who are in Zoom already may be taken over.</summary>
    [Parameter]
    public bool AllowAdopt { get; set; }

    /// <summary>Whether people may be changed and reactivated.</summary>
    [Parameter]
    public bool AllowUpdate { get; set; }

    /// <summary>Whether people may be deactivated.</summary>
    [Parameter]
    public bool AllowDisable { get; set; }

    /// <summary>Whether people may be deleted.</summary>
    [Parameter]
    public bool AllowDeprovision { get; set; }

    /// <summary>
    /// Whether deactivated Zoom users of people's addresses are taken over as well.
    /// Without it they may be somebody else's, and are left for you to look at.
    /// </summary>
    [Parameter]
    public bool AdoptInactive { get; set; }

    /// <summary>Whether people whom somebody deactivated in Zoom by hand are activated again: ask (held until it is approved) or always.</summary>
    [Parameter]
    [ValidateSet("ask", "always")]
    public string? Reactivate { get; set; }

    /// <summary>
    /// Whether a plan must be approved (Approve-ZoomProvisioningPlan) before anything of it is done: required by one person, who may be the
    /// one that made the plan, two by two different people, none by nobody. Which signatures count stands in the rule's file (approval).
    /// </summary>
    [Parameter]
    [ValidateSet("required", "two", "none")]
    public string? Approval { get; set; }

    /// <summary>What becomes of people who leave the source or the scope.</summary>
    [Parameter]
    public RemoveAction RemoveAction { get; set; }

    /// <summary>Whether removing the rule removes its people from Zoom.</summary>
    [Parameter]
    public bool DeprovisionOnRuleRemoval { get; set; }

    /// <summary>In how many runs, one after the other, somebody must be missing before anything happens; 1 or more.</summary>
    [Parameter]
    [AllowNull]
    public int? MissingRuns { get; set; }

    /// <summary>For how many days somebody must be missing before anything happens.</summary>
    [Parameter]
    [AllowNull]
    public double? MissingDays { get; set; }

    /// <summary>After how many days somebody whom the rule deactivated is deleted. Without it nobody is, unless the remove action is Delete.</summary>
    [Parameter]
    [AllowNull]
    public double? DeleteAfterDays { get; set; }

    /// <summary>Who gets the data of people who are deleted: an address, or manager for each person's own.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(TransferToCompleter))]
    public string? TransferTo { get; set; }

    /// <summary>Who is never touched: addresses, Zoom ids, or addresses with * and ?.</summary>
    [Parameter]
    [AllowNull]
    public string[]? ProtectedUser { get; set; }

    /// <summary>Roles whose holders are never touched, besides Owner and Admin.</summary>
    [Parameter]
    [AllowNull]
    public string[]? ProtectedRole { get; set; }

    /// <summary>The most people one run deactivates.</summary>
    [Parameter]
    public int MaxDisableCount { get; set; }

    /// <summary>The same in percent of the people the rule manages.</summary>
    [Parameter]
    public double MaxDisablePercent { get; set; }

    /// <summary>The most people one run deletes.</summary>
    [Parameter]
    public int MaxDeleteCount { get; set; }

    /// <summary>The same in percent of the people the rule manages.</summary>
    [Parameter]
    public double MaxDeletePercent { get; set; }

    /// <summary>How much smaller than last time the source may be, in percent, before nobody is removed on its word.</summary>
    [Parameter]
    public double MaxSourceShrinkPercent { get; set; }

    /// <summary>
    /// How much a run and a day may take away or open: a table of disable, delete, licenseLoss, groupLeave, reactivate, rename, clear,
    /// create and update, each with a number for one run, or a table with Max, MaxPercent, PerDay and PerDayPercent.
    /// </summary>
    [Parameter]
    [AllowNull]
    [Table("@{ disable = 5 }, or @{ disable = @{ Max = 5; PerDay = 20 } }")]
    public new IDictionary? Limit { get; set; }

    /// <summary>After how many runs in a row that were held back or failed the rule only plans, until it is run with -Resume; 0 for never.</summary>
    [Parameter]
    [AllowNull]
    public int? QuarantineAfterRuns { get; set; }

    /// <summary>
    /// Of which runs somebody is told. failure: it did not take place, or was stopped before its end. held: the guard, or an approval that
    /// is missing, held something back. attention: some people are not as the source says. always: every run. Without it, failure,
    /// held and attention. What is only planned tells nobody.
    /// </summary>
    [Parameter]
    [ValidateSet("failure", "held", "attention", "always")]
    public string[]? NotifyOn { get; set; }

    /// <summary>
    /// The name of the environment variable that holds the address of the webhook that is told of runs: STAFF_WEBHOOK for
    /// $env:STAFF_WEBHOOK. Whoever has the address may write there, so it is in no file. Test-ZoomProvisioningNotification tries it.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? NotifyWebhook { get; set; }

    /// <summary>What the webhook takes: json, a workflow's message of teams, or a message of slack.</summary>
    [Parameter]
    [ValidateSet("json", "teams", "slack")]
    public string? NotifyFormat { get; set; }

    /// <summary>Who is told of runs by mail: a table with Server, From and To, and where needed Port, Security, User and PasswordVariable.</summary>
    [Parameter]
    [AllowNull]
    [Table("@{ Server = 'smtp.example.com'; From = 'zoom@example.com'; To = 'it@example.com' }")]
    public IDictionary? NotifyMail { get; set; }

    /// <summary>The program that is told of runs, and its arguments; it gets the message as JSON on its standard input.</summary>
    [Parameter]
    [AllowNull]
    public string[]? NotifyCommand { get; set; }

    /// <summary>Who is left alone on purpose: tables with User, Reason and, where it ends, Until.</summary>
    [Parameter]
    [AllowNull]
    public IDictionary[]? Exception { get; set; }

    /// <summary>Whether somebody without a mail address is a problem. Else the sign-in name stands for it.</summary>
    [Parameter]
    public bool RequireMail { get; set; }

    /// <summary>How dates of the source are written that are not in ISO 8601, such as dd.MM.yyyy.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? DateFormat { get; set; }

    /// <summary>Give back the rule.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Puts the parameters that were given into a rule's tree.</summary>
    /// <param name="rule">The tree.</param>
    /// <param name="hasScope">Whether the scope that was given is in it already.</param>
    private protected RuleNode WithParameters(RuleNode rule, bool hasScope = false)
    {
        var edit = new RuleEdit(rule);
        Put(edit, nameof(Description), Description, RuleSettings.Description);
        Put(edit, nameof(Anchor), Anchor, RuleSettings.Anchor);
        if (!hasScope)
        {
            Put(edit, nameof(Scope), Scope, RuleSettings.Scope);
        }

        Put(edit, nameof(Match), Match, RuleSettings.Match);
        Put(edit, nameof(Preset), Preset, RuleSettings.Preset);
        if (Given(nameof(Attribute)) && Attribute is null)
        {
            edit.Remove(RuleSettings.Attributes);
        }

        foreach (var key in Attribute is null ? [] : RuleValue.Keys(Attribute))
        {
            edit.Set(RuleValue.ToNode(Attribute![key]), RuleSettings.Attributes, key.ToString() ?? string.Empty);
        }

        Put(edit, nameof(Group), Group is string name ? new[] { name } : Group, RuleSettings.Groups);
        Put(edit, nameof(CreateGroup), CreateGroup, RuleSettings.CreateGroups);
        Put(edit, nameof(AllowCreate), AllowCreate, RuleSettings.Capabilities, RuleSettings.Create);
        Put(edit, nameof(AllowAdopt), AllowAdopt, RuleSettings.Capabilities, RuleSettings.Adopt);
        Put(edit, nameof(AllowUpdate), AllowUpdate, RuleSettings.Capabilities, RuleSettings.Update);
        Put(edit, nameof(AllowDisable), AllowDisable, RuleSettings.Capabilities, RuleSettings.Disable);
        Put(edit, nameof(AllowDeprovision), AllowDeprovision, RuleSettings.Capabilities, RuleSettings.Deprovision);
        Put(edit, nameof(AdoptInactive), AdoptInactive, RuleSettings.AdoptInactive);
        Put(edit, nameof(Reactivate), Reactivate, RuleSettings.Reactivate);
        Put(edit, nameof(Approval), Approval == "none" ? null : Approval, RuleSettings.Approval);
        Put(edit, nameof(RemoveAction), RemoveAction == RemoveAction.Delete ? "delete" : "disable", RuleSettings.RemoveAction);
        Put(edit, nameof(DeprovisionOnRuleRemoval), DeprovisionOnRuleRemoval, RuleSettings.DeprovisionOnRuleRemoval);
        Put(edit, nameof(MissingRuns), MissingRuns, RuleSettings.Leavers, RuleSettings.MissingRuns);
        Put(edit, nameof(MissingDays), MissingDays, RuleSettings.Leavers, RuleSettings.MissingDays);
        Put(edit, nameof(DeleteAfterDays), DeleteAfterDays, RuleSettings.Leavers, RuleSettings.DeleteAfterDays);
        Put(edit, nameof(TransferTo), TransferTo, RuleSettings.Leavers, RuleSettings.TransferTo);
        Put(edit, nameof(ProtectedUser), ProtectedUser, RuleSettings.Protected, RuleSettings.Users);
        Put(edit, nameof(ProtectedRole), ProtectedRole, RuleSettings.Protected, RuleSettings.Roles);
        Put(edit, nameof(MaxDisableCount), MaxDisableCount, RuleSettings.Guard, RuleSettings.MaxDisable);
        Put(edit, nameof(MaxDisablePercent), MaxDisablePercent, RuleSettings.Guard, RuleSettings.MaxDisablePercent);
        Put(edit, nameof(MaxDeleteCount), MaxDeleteCount, RuleSettings.Guard, RuleSettings.MaxDelete);
        Put(edit, nameof(MaxDeletePercent), MaxDeletePercent, RuleSettings.Guard, RuleSettings.MaxDeletePercent);
        Put(edit, nameof(MaxSourceShrinkPercent), MaxSourceShrinkPercent, RuleSettings.Guard, RuleSettings.MaxSourceShrinkPercent);
        PutLimits(edit);
        Put(edit, nameof(QuarantineAfterRuns), QuarantineAfterRuns, RuleSettings.Guard, RuleSettings.QuarantineAfterRuns);
        PutNotify(edit);
        Put(edit, nameof(Exception), Exception, RuleSettings.Exceptions);
        Put(edit, nameof(RequireMail), RequireMail, RuleSettings.RequireMail);
        Put(edit, nameof(DateFormat), DateFormat, RuleSettings.DateFormat);
        return edit.Result;
    }

    /// <summary>Writes a rule to its file; false when PowerShell was told not to.</summary>
    private protected bool WriteRule(RuleNode node, string file, string action, Action? before = null)
    {
        var problems = ProblemsOf(node, file, out var rule);
        if (ValidateOnly)
        {
            WriteProblems(problems, file);
            return false;
        }

        if (problems.Count > 0)
        {
            throw new RuleFileException(file, problems)
            {
                RecommendedAction = "Nothing was written. Correct the parameter, or the file where it stands there already; "
                    + "'Get-Help about_ZoomProvisioning_Rules' describes every setting.",
            };
        }

        var text = RuleLoader.Write(node, file);
        if (!ShouldProcess(ViewText.Line(file), ViewText.Line($"{action} the rule '{rule!.Name}'")))
        {
            return false;
        }

        try
        {
            before?.Invoke();
            AtomicFile.WriteAllText(file, text, isPrivate: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimStateException("Zoom.Rule.NotWritten", $"The rule cannot be written to '{file}': {exception.Message}", exception)
            {
                Category = nameof(ErrorCategory.WriteError),
                RecommendedAction = "Look at the path and at your rights to it.",
            };
        }

        if (PassThru)
        {
            // As it is in the file now, with the lines of the file.
            WriteObject(RuleLoader.Read(file));
        }

        return true;
    }

    private protected bool Given(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Sets the limits that are named; a number is the most in one run, $null takes one away.</summary>
    private void PutLimits(RuleEdit edit)
    {
        if (Given(nameof(Limit)) && Limit is null)
        {
            edit.Remove(RuleSettings.Guard, RuleSettings.Limits);
        }

        foreach (var key in Limit is null ? [] : RuleValue.Keys(Limit))
        {
            var (kind, value) = (key.ToString() ?? string.Empty, RuleValue.ToNode(Limit![key]));
            if (value.Kind == RuleNodeKind.Null)
            {
                edit.Remove(RuleSettings.Guard, RuleSettings.Limits, kind);
            }
            else if (value.Kind == RuleNodeKind.Number)
            {
                edit.Set(value, RuleSettings.Guard, RuleSettings.Limits, kind, RuleSettings.Max);
            }
            else
            {
                edit.Set(value, RuleSettings.Guard, RuleSettings.Limits, kind);
            }
        }
    }

    private void PutNotify(RuleEdit edit)
    {
        Put(edit, nameof(NotifyOn), NotifyOn, RuleSettings.Notify, RuleSettings.On);
        string[] webhook = [RuleSettings.Notify, RuleSettings.Webhook];
        Put(edit, nameof(NotifyWebhook), NotifyWebhook, NotifyWebhook is null or "" ? webhook : [.. webhook, RuleSettings.UrlVariable]);
        Put(edit, nameof(NotifyFormat), NotifyFormat, RuleSettings.Notify, RuleSettings.Webhook, RuleSettings.Format);
        Put(edit, nameof(NotifyMail), NotifyMail, RuleSettings.Notify, RuleSettings.Mail);
        Put(edit, nameof(NotifyCommand), NotifyCommand, RuleSettings.Notify, RuleSettings.Command);
        if (!Given(nameof(NotifyOn)) && !NotifyRules.TellsSomebody(edit.Result))
        {
            // When to tell means nothing once nobody is left to be told.
            edit.Remove(RuleSettings.Notify);
        }
    }

    private void Put(RuleEdit edit, string parameter, object? value, params string[] path)
    {
        if (!Given(parameter))
        {
            return;
        }

        if (value is null or "")
        {
            edit.Remove(path);
        }
        else
        {
            edit.Set(RuleValue.ToNode(value), path);
        }
    }
}
