using System.Collections;
using System.Management.Automation;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>Reads which group an argument means: a name, an id, or a group that was shown before.</summary>
internal static class GroupArguments
{
    /// <summary>Whether it is an empty line that came down the pipeline, which is no group and no mistake either.</summary>
    public static bool IsBlankLine(object? argument, InvocationInfo invocation) =>
        invocation.ExpectingInput && (argument is PSObject wrapped ? wrapped.BaseObject : argument) is string text && string.IsNullOrWhiteSpace(text);

    /// <summary>The group meant.</summary>
    /// <exception cref="ScimRecordException">The argument names no group.</exception>
    public static GroupTarget Read(object? argument)
    {
        var value = argument is PSObject wrapped ? wrapped.BaseObject : argument;
        switch (value)
        {
            case string text when !string.IsNullOrWhiteSpace(text):
                return new GroupTarget(text.Trim());
            case ScimGroup group:
                return new GroupTarget(group);
            case GroupResult { Group: { } group }:
                return new GroupTarget(group);
            case GroupResult result:
                return new GroupTarget(result.Name);
        }

        if (value is IList { Count: > 1 })
        {
            throw new ScimRecordException("Zoom.Record.NotAGroup", "These are several groups, and one at a time is taken here.")
            {
                Category = nameof(ErrorCategory.InvalidType),
                RecommendedAction = "Give one group, or pipe them.",
            };
        }

        // A group that went through a file or another session.
        if (argument is PSObject record
            && record.Properties["Id"]?.Value is string { Length: > 0 } id
            && record.Properties["DisplayName"]?.Value is string { Length: > 0 } name)
        {
            return new GroupTarget(name) { Id = id };
        }

        throw new ScimRecordException("Zoom.Record.NotAGroup", $"'{argument}' is no group.")
        {
            Category = nameof(ErrorCategory.InvalidType),
            RecommendedAction = "Give a group's name or Zoom id, or a group of Get-ZoomScimGroup.",
        };
    }
}
