using System;

namespace ZoomProvisioning.State;

/// <summary>Who runs something, as journals name people.</summary>
internal static class RunActor
{
    /// <summary>user@machine.</summary>
    public static string Self => $"{Environment.UserName}@{Environment.MachineName}";
}
