namespace ZoomProvisioning.Operations;

/// <summary>A manager to be set when all records are done.</summary>
public sealed class PendingManager
{
    internal PendingManager(ScimUser user, string userName, string manager, object? source)
    {
        User = user;
        UserName = userName;
        Manager = manager;
        Source = source;
    }

    /// <summary>The Zoom id of the user created.</summary>
    public string UserId => User.Id!;

    /// <summary>The user's sign-in name.</summary>
    public string UserName { get; }

    /// <summary>The manager's mail address.</summary>
    public string Manager { get; }

    /// <summary>The user as Zoom answered when it was created.</summary>
    internal ScimUser User { get; }

    /// <summary>The record it came from.</summary>
    public object? Source { get; }
}
