using System.Management.Automation;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>Tells a user name from a Zoom id.</summary>
internal static class Identities
{
    /// <summary>A wish about the user with this user name or Zoom id. Only an address contains @; Zoom's ids never do.</summary>
    /// <exception cref="ScimRecordException">Nothing is left of it without its blanks.</exception>
    public static DesiredUser Read(RecordReader reader, string identity)
    {
        var trimmed = identity.Trim();
        if (trimmed.Length == 0)
        {
            throw new ScimRecordException("Zoom.Record.NoIdentity", $"'{identity}' is nobody: it is empty.")
            {
                Category = nameof(ErrorCategory.InvalidData),
                RecommendedAction = "Give a user name (mail address) or a Zoom id. Empty lines that come down the pipeline are left out.",
            };
        }

        return trimmed.Contains("@") ? reader.ReadExplicit(null, trimmed) : reader.ReadExplicit(trimmed, null);
    }
}
