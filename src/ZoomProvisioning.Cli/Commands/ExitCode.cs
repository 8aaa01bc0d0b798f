namespace ZoomProvisioning.Cli.Commands;

/// <summary>What the exit code of <c>zoomprov</c> says.</summary>
internal static class ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>The command could not do its work.</summary>
    public const int Error = 1;

    /// <summary>There are changes to make, and they were not made.</summary>
    public const int ChangesPending = 2;

    /// <summary>Done, but some records failed.</summary>
    public const int SomeFailed = 3;
}
