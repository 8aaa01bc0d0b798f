using System;
using System.Globalization;

namespace ZoomProvisioning.Plans;

/// <summary>What the guard looks at.</summary>
public enum GuardCheck
{
    /// <summary>More people would be disabled than the rule allows.</summary>
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

    /// <summary>It cannot be read whom another rule of the account manages.</summary>
    OtherRuleUnreadable,
}

/// <summary>Something the guard has to say about a plan.</summary>
/// <param name="Check">What it looked at.</param>
/// <param name="HoldsRemovals">Whether it holds removals back; else it only reports.</param>
/// <param name="Message">What it found, in words, with the numbers.</param>
public sealed record GuardFinding(GuardCheck Check, bool HoldsRemovals, string Message)
{
    private const string HowToGoOn = " To go on all the same: ";
    private const string NotEnough = " The approval is for ";

    /// <summary>Whether an admin may let go what it holds back. An export that failed is not made right by an approval.</summary>
    internal bool MayBeApproved => Check != GuardCheck.EmptySource;

    /// <summary>Something that holds removals back.</summary>
    /// <param name="check">What was looked at.</param>
    /// <param name="found">What was found, as a sentence.</param>
    /// <param name="removals">How many removals the plan has.</param>
    /// <param name="approved">How many are approved, which is less; null for none.</param>
    internal static GuardFinding Holding(GuardCheck check, string found, int removals, int? approved) => new(check, HoldsRemovals: true, approved is { } ceiling
        ? string.Format(CultureInfo.CurrentCulture, "{0}{1}{2:N0}, and {3:N0} are to be removed.", found, NotEnough, ceiling, removals)
        // As it is to be typed.
        : string.Format(CultureInfo.InvariantCulture, "{0}{1}-Approve {2}.", found, HowToGoOn, removals));

    /// <summary>The same once an admin has approved as many removals as there are, or more: it only reports.</summary>
    internal GuardFinding Approved(int removals, int approved)
    {
        var end = Math.Max(Message.LastIndexOf(HowToGoOn, StringComparison.Ordinal), Message.LastIndexOf(NotEnough, StringComparison.Ordinal));
        var found = end < 0 ? Message : Message.Substring(0, end);
        var number = removals == 1 ? "1 removal" : string.Format(CultureInfo.CurrentCulture, "{0:N0} removals", removals);
        return new GuardFinding(Check, HoldsRemovals: false, string.Format(CultureInfo.InvariantCulture, "{0} {1}: approved by -Approve {2}.", found, number, approved));
    }

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
