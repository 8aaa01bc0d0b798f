using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Binding;
using ZoomProvisioning.Hosting;
using ZoomProvisioning.Input;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Commands;

/// <summary>Changes Zoom users: sends what differs and nothing else.</summary>
[Cmdlet(VerbsCommon.Set, "ZoomScimUser", DefaultParameterSetName = ValueSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ChangeResult), typeof(ScimUser))]
public sealed class SetZoomScimUserCommand : UserAttributesCmdlet
{
    private ScimUser? _values;

    /// <summary>Whom to change: the present user names, or the Zoom ids. All of them are given the same values.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ValueSet)]
    [Alias("Id")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UserCompleter))]
    public string[] Identity { get; set; } = [];

    /// <summary>A new sign-in name, to rename the user. The mail address changes with it.</summary>
    [Parameter]
    [Alias("NewUserName")]
    [OneText]
    public string? UserName { get; set; }

    /// <summary>
    /// Attributes to take off the user, by name: <c>-Clear Title, Department</c>. The only way anything is ever cleared; Zoom does
    /// not document it, so what it did not clear is a warning.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ClearCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Clear { get; set; }

    private protected override string? WantedUserName => UserName;

    private protected override ScimUser ExplicitValues => _values ??= WithCleared(base.ExplicitValues);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        // Zoom would give it to the first of them, and refuse it to the others.
        if (Identity.Length > 1
            && new[] { nameof(UserName), nameof(Email), nameof(EmployeeNumber) }.FirstOrDefault(MyInvocation.BoundParameters.ContainsKey) is { } unique)
        {
            Terminate(new ScimRecordException("Zoom.Record.OneOnly", $"-{unique} is one person's, and -Identity names {Identity.Length}. Nothing was sent.")
            {
                Category = nameof(ErrorCategory.InvalidArgument),
                RecommendedAction = $"Name one user with -{unique}, or pipe records that have it each (Import-Csv).",
            });
        }
    }

    private ScimUser WithCleared(ScimUser values)
    {
        foreach (var name in Clear ?? [])
        {
            var attribute = MappingTarget.Find(name);
            if (attribute is null || !attribute.CanBeCleared)
            {
                throw new ScimRecordException("Zoom.Record.CannotClear", $"-Clear: '{name}' is no attribute that can be cleared.")
                {
                    Category = nameof(ErrorCategory.InvalidArgument),
                    RecommendedAction = $"These can: {string.Join(", ", ZoomAttributes.All.Where(a => a.CanBeCleared).Select(a => a.Name))}, "
                        + "and those of Zoom's extension.",
                };
            }

            if (values.ChangedAttributes.Contains(attribute.Name))
            {
                throw new ScimRecordException("Zoom.Record.SetAndClear", $"{attribute.Name} cannot be set and cleared at once.")
                {
                    Category = nameof(ErrorCategory.InvalidArgument),
                    RecommendedAction = "Leave one of the two out.",
                };
            }

            attribute.Set(values, attribute.ClearValue);
        }

        return values;
    }

    private protected override IReadOnlyList<string> Named => Identity;

    private protected override DesiredUser ReadIdentity(string identity) => Identities.Read(Reader, identity);

    private protected override Task<ChangeResult?> WorkAsync(DesiredUser desired, LaneScope scope) =>
        Operations.UpdateAsync(desired, scope, scope.Call);
}
