namespace ZoomProvisioning.Reconcile;

/// <summary>How a person of the source and the Zoom account differ, from what needs a look most to what needs none.</summary>
public enum UserDifference
{
    /// <summary>Several records of the source, or several Zoom users, claim to be the same person; nobody can say which is meant.</summary>
    Duplicate,

    /// <summary>The record cannot be used, or the user could not be read, so nothing is known for certain.</summary>
    Unreadable,

    /// <summary>Active in one of the two and not in the other; attributes may differ as well.</summary>
    DisabledDifferently,

    /// <summary>In the source, active, and not in Zoom.</summary>
    Missing,

    /// <summary>Active in Zoom, and not in the source.</summary>
    Orphan,

    /// <summary>In both, and some attributes differ.</summary>
    Different,

    /// <summary>The same in both, as far as Zoom tells.</summary>
    Equal,
}
