namespace ZoomProvisioning.Input;

/// <summary>What the records piped to a command stand for.</summary>
public enum RecordUse
{
    /// <summary>Users to be: every attribute counts.</summary>
    Create,

    /// <summary>Users that are: a Zoom user among them only names the one to change.</summary>
    Change,

    /// <summary>Users that are, and nothing else counts of the records but who they are about.</summary>
    Name,
}
