
namespace ZoomProvisioning.Plans;

/// <summary>A membership that is to be made or ended.</summary>
/// <param name="GroupId">The group's Zoom id; null for a group that is to be created first.</param>
/// <param name="GroupName">The group's name.</param>
/// <param name="Adds">Whether the user is put into it; else taken out.</param>
public sealed record GroupChange(string? GroupId, string GroupName, bool Adds)
{
    /// <summary>For example <c>+Research</c>.</summary>
    public override string ToString() => (Adds ? "+" : "-") + GroupName;
}
