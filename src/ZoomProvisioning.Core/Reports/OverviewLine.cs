namespace ZoomProvisioning.Reports;

/// <summary>What a line of an overview speaks of, so that whoever shows it can choose a sign and a colour.</summary>
public enum OverviewMark
{
    /// <summary>Neither good nor bad: totals and headings.</summary>
    Plain,

    /// <summary>Somebody gets something: created, reactivated.</summary>
    Add,

    /// <summary>Something changes: updated, adopted, groups.</summary>
    Change,

    /// <summary>Something is taken away: disabled, deleted.</summary>
    Remove,

    /// <summary>Somebody has to look: blocked, held, a finding of the guard.</summary>
    Attention,

    /// <summary>A warning: worth knowing, and nothing is held up by it.</summary>
    Warning,
}

/// <summary>A line of an overview. It holds nothing that could steer a terminal.</summary>
/// <param name="Mark">What it speaks of.</param>
/// <param name="Text">The line.</param>
public sealed record OverviewLine(OverviewMark Mark, string Text)
{
    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
