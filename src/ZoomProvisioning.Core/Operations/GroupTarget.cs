namespace ZoomProvisioning.Operations;

/// <summary>Which group is meant: one that was read already, one of a known id, or one to be looked up by name or id.</summary>
public sealed class GroupTarget
{
    /// <summary>A group by name or id.</summary>
    public GroupTarget(string identity) => Identity = identity;

    /// <summary>A group that Zoom has shown.</summary>
    public GroupTarget(ScimGroup group)
    {
        Identity = group.ToString();
        Id = group.Id;
    }

    /// <summary>What it is called in messages.</summary>
    public string Identity { get; }

    /// <summary>The Zoom id, where it is known to be one.</summary>
    public string? Id { get; init; }
}
