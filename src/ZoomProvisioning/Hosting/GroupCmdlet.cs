using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that create, change and delete groups: one after the other, for groups are few.</summary>
public abstract class GroupCmdlet : WritingCmdlet
{
    /// <summary>Give back the group, after a deletion as it was, instead of the result.</summary>
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

    private protected override bool NeedsValidConnection => true;

    private protected override bool ChangesZoom => true;

    private protected GroupOperations Operations => new(Zoom, Journal);

    /// <inheritdoc/>
    internal override IEnumerable<object> Shape(object value) => value is not ChangeResult result ? base.Shape(value)
        : !PassThru ? [new GroupResult(result)]
        : result.Group is { } group ? [group]
        : [];

    /// <summary>Does something with each of the groups that were named.</summary>
    private protected void PutEach(IEnumerable<object?> identities, Func<GroupTarget, LaneScope, Task<ChangeResult?>> work)
    {
        foreach (var identity in identities.Where(i => !GroupArguments.IsBlankLine(i, MyInvocation)))
        {
            GroupTarget target;
            try
            {
                target = GroupArguments.Read(identity);
            }
            catch (ScimRecordException exception)
            {
                Lane.Add(MyInvocation.MyCommand.Name, identity, _ => throw exception);
                continue;
            }

            Lane.Add(target.Identity, identity, scope => work(target, scope));
        }
    }

    /// <summary>A text without the blanks around it; null, with a warning, when nothing is left of it.</summary>
    private protected string? TextOrWarn(string parameter, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return value!.Trim();
        }

        if (MyInvocation.BoundParameters.ContainsKey(parameter))
        {
            // Scripts pass on empty variables; nothing is ever cleared by accident.
            WriteWarning($"-{parameter} is empty, so it is left as it is.");
        }

        return null;
    }
}
