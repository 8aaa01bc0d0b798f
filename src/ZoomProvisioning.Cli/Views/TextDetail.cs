namespace ZoomProvisioning.Cli.Views;

/// <summary>How much is said to people.</summary>
internal enum TextDetail
{
    /// <summary>Who needs attention, and the totals (--quiet).</summary>
    Quiet,

    /// <summary>The plan in few lines, people of one kind together.</summary>
    Overview,

    /// <summary>Everybody, with everything that changes (--details).</summary>
    Everything,
}
