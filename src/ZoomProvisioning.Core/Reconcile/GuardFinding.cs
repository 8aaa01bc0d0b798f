namespace ZoomProvisioning.Reconcile;

/// <summary>What the guard looks at.</summary>
public enum GuardCheck
{
    /// <summary>More people would be deactivated than the rule allows.</summary>
    TooManyDisables,

    /// <summary>More people would be deleted than the rule allows.</summary>
    TooManyDeletes,

    /// <summary>The source is empty.</summary>
    EmptySource,

    /// <summary>The source is much smaller than in the run before.</summary>
    ShrunkenSource,

    /// <summary>Records of the source cannot be used, and they may be about people who seem to have left.</summary>
    UnreadableSource,

    /// <summary>Zoom did not list all its users.</summary>
    IncompleteListing,

    /// <summary>The source speaks of somebody more than once.</summary>
    DuplicatesInSource,
}

/// <summary>Something the guard has to say about a plan.</summary>
/// <param name="Check">What it looked at.</param>
/// <param name="HoldsRemovals">Whether it holds removals back; else it only reports.</param>
/// <param name="Message">What it found, in words, with the numbers.</param>
public sealed record GuardFinding(GuardCheck Check, bool HoldsRemovals, string Message)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
