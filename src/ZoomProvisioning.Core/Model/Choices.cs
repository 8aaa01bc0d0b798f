namespace ZoomProvisioning;

/// <summary>What removing a user means.</summary>
public enum RemoveAction
{
    /// <summary>Deactivate: the user cannot sign in and loses all licences, but settings and recordings stay. Can be undone.</summary>
    Disable,

    /// <summary>Delete for good. Cannot be undone.</summary>
    Delete,
}

/// <summary>What to do when a user to be created exists already.</summary>
public enum IfExists
{
    /// <summary>Report an error; change nothing.</summary>
    Fail,

    /// <summary>Report a skip; change nothing.</summary>
    Skip,

    /// <summary>Adopt the user and bring it to what the source says.</summary>
    Update,
}

/// <summary>What a connection may do to users.</summary>
public enum Capability
{
    /// <summary>Create users.</summary>
    Create,

    /// <summary>Change and reactivate users.</summary>
    Update,

    /// <summary>Deactivate users.</summary>
    Disable,

    /// <summary>Delete users.</summary>
    Deprovision,
}
