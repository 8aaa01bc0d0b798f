using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Input;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>The attributes of a Zoom user as parameters, shared by New- and Set-ZoomScimUser.</summary>
public abstract class UserAttributesCmdlet : BulkCmdlet
{
    private readonly RecordIdentities _identities = new();
    private readonly ManagerIndex _managers = new();
    private readonly List<DesiredUser> _leaving = [];
    private readonly HashSet<DesiredUser> _refused = [];
    private ScimUser? _explicitValues;

    /// <summary>First name, at most 64 characters.</summary>
    [Parameter]
    [Alias("FirstName")]
    public string? GivenName { get; set; }

    /// <summary>Last name, at most 64 characters.</summary>
    [Parameter]
    [Alias("LastName", "Surname")]
    public string? FamilyName { get; set; }

    /// <summary>The mail address. It is the user name as well: give one of the two, or the same for both.</summary>
    [Parameter]
    [Alias("EmailAddress", "Mail")]
    public string? Email { get; set; }

    /// <summary>The name shown in meetings. Zoom builds it from first and last name when it is left out.</summary>
    [Parameter]
    public string? DisplayName { get; set; }

    /// <summary>The work phone number in the profile, as +1 5125550123.</summary>
    [Parameter]
    [Alias("PhoneNumber", "WorkPhone")]
    public string? Phone { get; set; }

    /// <summary>The mobile number in the profile.</summary>
    [Parameter]
    [Alias("Mobile")]
    public string? MobilePhone { get; set; }

    /// <summary>The number at home in the profile.</summary>
    [Parameter]
    public string? HomePhone { get; set; }

    /// <summary>The fax number in the profile.</summary>
    [Parameter]
    [Alias("FaxNumber")]
    public string? Fax { get; set; }

    /// <summary>Whether the user may sign in.</summary>
    [Parameter]
    public bool Active { get; set; }

    /// <summary>Basic, Licensed, On-Prem or Collaboration. The older names Pro and Corp are understood.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(UserTypeCompleter))]
    public string? UserType { get; set; }

    /// <summary>
    /// Licences by one vocabulary: a user type (Licensed), a bundle plan (BusinessPlus-US), an add-on (Whiteboard), or
    /// attribute=code (zoomOneBizPlus=16). With a bundle plan the user type is not sent: it follows the plan.
    /// </summary>
    [Parameter]
    [Alias("Licence")]
    [ArgumentCompleter(typeof(LicenseCompleter))]
    public string[]? License { get; set; }

    /// <summary>
    /// Attributes of Zoom's own extension, known to this module or not: <c>@{ pronouns = 'she/her'; zoomPhoneExtNumber = '0' }</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ExtensionAttribute { get; set; }

    /// <summary>The name of the user's role, such as Member; several where the account allows it.</summary>
    [Parameter]
    [Alias("Role")]
    public string[]? Roles { get; set; }

    /// <summary>Job title, at most 128 characters.</summary>
    [Parameter]
    [Alias("JobTitle")]
    public string? Title { get; set; }

    /// <summary>Department.</summary>
    [Parameter]
    public string? Department { get; set; }

    /// <summary>Company, at most 255 characters.</summary>
    [Parameter]
    [Alias("Company", "Organisation")]
    public string? Organization { get; set; }

    /// <summary>Cost center.</summary>
    [Parameter]
    [Alias("CostCentre")]
    public string? CostCenter { get; set; }

    /// <summary>Employee number; unique in the account.</summary>
    [Parameter]
    [Alias("EmployeeId")]
    public string? EmployeeNumber { get; set; }

    /// <summary>The manager's mail address; the manager must be a user of the account, or be created by the same command.</summary>
    [Parameter]
    [Alias("ManagerEmail")]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string? Manager { get; set; }

    /// <summary>Zoom's location field (for example San Jose), not a language. At most 256 characters.</summary>
    [Parameter]
    [Alias("Location")]
    public string? Locale { get; set; }

    /// <summary>Read each user after writing and say what Zoom accepted but did not apply. One more request for each user.</summary>
    [Parameter]
    public SwitchParameter Verify { get; set; }

    /// <summary>Give back the Zoom user instead of the result.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// The folder under which the journal of what is changed without a rule is kept, one folder for each account. The default is
    /// ZOOM_PROVISIONING_STATE, else the user's application data; for an embedded simulator a folder that goes with it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    private protected override string? JournalPath => StatePath;

    private protected abstract string? WantedUserName { get; }

    private protected override ScimUser ExplicitValues => _explicitValues ??= CollectExplicitValues();

    private protected override bool NeedsValidConnection => true;

    private protected override bool ChangesZoom => true;

    /// <inheritdoc/>
    internal override IEnumerable<object> Shape(object value)
    {
        if (value is ChangeResult sent && PhoneRemarks.IsDoubtful(sent))
        {
            _sent.Add(sent);
        }

        return PassThru && value is ChangeResult result ? (result.User is { } user ? [user] : []) : base.Shape(value);
    }

    // Phone numbers that were sent, to be told of once.
    private readonly List<ChangeResult> _sent = [];

    private UserOperations? _operations;

    private protected UserOperations Operations => Once(ref _operations, () => new UserOperations(
        Zoom, Verify, skipProtected: ParameterSetName == InputSet, looksFirst: OneByOne, coming: () => Coming, journal: Journal));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _operations?.Dispose();
        }

        base.Dispose(disposing);
    }

    private protected override RecordUse Use => RecordUse.Change;

    /// <summary>
    /// Takes a record that could be read. Of two records for one person neither is used, as far as the first has not been sent yet;
    /// so whoever a record wants deactivated waits until all records are known.
    /// </summary>
    private protected override void Accept(DesiredUser desired, PSObject? record)
    {
        if (ParameterSetName != InputSet)
        {
            Start(desired);
            return;
        }

        var row = record is null || record.BaseObject is string ? null : Reader.RowOf(new PSObjectRecord(record));
        if (_identities.Add(desired, row, RecordNumber) is { } first)
        {
            var wasSent = !_leaving.Remove(first.Desired) && !_refused.Contains(first.Desired);
            if (!wasSent)
            {
                _refused.Add(first.Desired);
            }

            PutFailure(RecordIdentities.Error(first, desired.Label, RecordNumber, wasSent), record);
            return;
        }

        // Some objects name their manager only where they have one; rows of a table all do.
        if (row is not null && (RecordNumber <= 1000 || row.Layout.ColumnsFor(nameof(ScimUser.Manager)).Length > 0))
        {
            _managers.Add(row, desired.Values);
        }

        if (desired is { ActiveIsExplicit: false, Values.Active: false })
        {
            _leaving.Add(desired);
        }
        else
        {
            Start(desired);
        }
    }

    /// <inheritdoc/>
    private protected override void OnEnd()
    {
        base.OnEnd();
        var leaving = _leaving.ToList();
        _leaving.Clear();
        leaving.ForEach(Start);

        // First everybody, then who reports to whom: a manager may have been the last record.
        Lane.Drain();
        Operations.ResolveManagers(_managers.Find, Reader.LeaveOutManager);
        foreach (var pending in Operations.PendingManagers)
        {
            Lane.Add($"{pending.UserName} (manager)", pending.Source, scope => Operations.SetManagerAsync(pending, scope, scope.Call));
        }
    }

    /// <inheritdoc/>
    private protected override IEnumerable<ChangeResult> StillPending() => _leaving
        .Select(d => new ChangeResult(d.LookupName ?? d.Label, PlanAction.Disable, ChangeOutcome.NotSent, "not sent: who leaves goes last")
        {
            Source = d.Source,
        })
        .Concat(Operations.PendingManagers
            .Select(p => new ChangeResult(
                $"{p.UserName} (manager)",
                PlanAction.Update,
                ChangeOutcome.NotSent,
                $"created, but the manager '{p.Manager}' is not set yet")
            { Source = p.Source }));

    /// <inheritdoc/>
    private protected override void AfterDrain()
    {
        base.AfterDrain();
        if (PhoneRemarks.Of(_sent) is { } phones)
        {
            WriteWarning(phones);
        }

        foreach (var sentence in Operations.SeatReport())
        {
            WriteWarning(sentence);
        }
    }

    private void SetLicenses(ScimUser user)
    {
        foreach (var license in License ?? [])
        {
            try
            {
                if (ZoomLicenses.Apply(user, license) is { } remark)
                {
                    WriteWarning(remark);
                }
            }
            catch (FormatException exception)
            {
                throw new ScimRecordException("Zoom.Record.UnknownLicense", exception.Message, exception)
                {
                    Category = nameof(ErrorCategory.InvalidArgument),
                    RecommendedAction = "Press Tab after -License to see the names.",
                };
            }
        }
    }

    private void SetExtensionAttributes(ScimUser user)
    {
        foreach (DictionaryEntry entry in ExtensionAttribute ?? [])
        {
            var attribute = ZoomExtension.Attribute(entry.Key.ToString() ?? string.Empty);
            try
            {
                attribute.Set(user, ZoomExtension.Normalize(attribute, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value));
            }
            catch (FormatException exception)
            {
                throw new ScimRecordException(
                    "Zoom.Record.InvalidValue",
                    $"-ExtensionAttribute: {attribute.Name} cannot be used: {exception.Message}",
                    exception)
                {
                    Category = nameof(ErrorCategory.InvalidArgument),
                    RecommendedAction = "Give $true or $false for an add-on, and text for everything else.",
                };
            }
        }
    }

    private ScimUser CollectExplicitValues()
    {
        var user = new ScimUser();
        Set(ZoomAttributes.UserName, "UserName", WantedUserName);
        Set(ZoomAttributes.Email, nameof(Email), Email);
        Set(ZoomAttributes.GivenName, nameof(GivenName), GivenName);
        Set(ZoomAttributes.FamilyName, nameof(FamilyName), FamilyName);
        Set(ZoomAttributes.DisplayName, nameof(DisplayName), DisplayName);
        Set(ZoomAttributes.Phone, nameof(Phone), Phone);
        Set(ZoomAttributes.MobilePhone, nameof(MobilePhone), MobilePhone);
        Set(ZoomAttributes.HomePhone, nameof(HomePhone), HomePhone);
        Set(ZoomAttributes.Fax, nameof(Fax), Fax);
        Set(ZoomAttributes.UserType, nameof(UserType), UserType);
        Set(ZoomAttributes.Title, nameof(Title), Title);
        Set(ZoomAttributes.Department, nameof(Department), Department);
        Set(ZoomAttributes.Organization, nameof(Organization), Organization);
        Set(ZoomAttributes.CostCenter, nameof(CostCenter), CostCenter);
        Set(ZoomAttributes.EmployeeNumber, nameof(EmployeeNumber), EmployeeNumber);
        Set(ZoomAttributes.Manager, nameof(Manager), Manager);
        Set(ZoomAttributes.Locale, nameof(Locale), Locale);
        SetLicenses(user);
        SetExtensionAttributes(user);
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Active)))
        {
            user.Active = Active;
        }

        if (Roles?.Where(r => !string.IsNullOrWhiteSpace(r)).Select(r => r.Trim()).ToArray() is { Length: > 0 } roles)
        {
            user.Roles = roles;
        }

        return user;

        void Set(ZoomAttribute attribute, string parameter, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                attribute.Set(user, value!.Trim());
            }
            else if (MyInvocation.BoundParameters.ContainsKey(parameter))
            {
                // Scripts pass on empty variables; nothing is ever cleared by accident.
                WriteWarning($"-{parameter} is empty, so the attribute is left as it is.");
            }
        }
    }
}
