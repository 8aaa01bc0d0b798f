using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Hosting;

/// <summary>Tells a user name from a Zoom id.</summary>
internal static class Identities
{
    /// <summary>A wish about the user with this user name or Zoom id. Only an address contains @; Zoom's ids never do.</summary>
    public static DesiredUser Read(RecordReader reader, string identity)
    {
        var trimmed = identity.Trim();
        return trimmed.Contains("@") ? reader.ReadExplicit(null, trimmed) : reader.ReadExplicit(trimmed, null);
    }
}
