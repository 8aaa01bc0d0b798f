namespace ZoomProvisioning.Operations;

/// <summary>A manager to be set when all records are done.</summary>
public sealed class PendingManager
{
    internal PendingManager(string userId, string userName, string manager, object? source)
    {
        UserId = userId;
        UserName = userName;
        Manager = manager;
        Source = source;
    }

    /// <summary>The Zoom id of the user created.</summary>
    public string UserId { get; }

    /// <summary>The user's sign-in name.</summary>
    public string UserName { get; }

    /// <summary>The manager's mail address.</summary>
    public string Manager { get; }

    /// <summary>The record it came from.</summary>
    public object? Source { get; }
}
