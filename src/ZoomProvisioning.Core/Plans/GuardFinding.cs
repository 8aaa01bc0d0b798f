using System.Globalization;

namespace ZoomProvisioning.Plans;

/// <summary>Something the guard has to say about a plan.</summary>
/// <param name="Check">What it looked at.</param>
/// <param name="HoldsRemovals">Whether it holds back what it speaks of; else it only reports.</param>
/// <param name="Message">What it found, in words, with the numbers.</param>
public sealed record GuardFinding(GuardCheck Check, bool HoldsRemovals, string Message)
{
    /// <summary>Whether an admin may let go what it holds back. An export that failed is not made right by an approval.</summary>
    internal bool MayBeApproved => Check != GuardCheck.EmptySource;

    /// <summary>
    /// Whether the source is not to be believed in the run: it is not the one that the next run's source is measured by, and
    /// whoever is missing from it was not missed.
    /// </summary>
    internal bool DoubtsSource => HoldsRemovals && Check is GuardCheck.EmptySource or GuardCheck.ShrunkenSource or GuardCheck.UnreadableSource
        or GuardCheck.MissingProperty or GuardCheck.SourceTooSmall or GuardCheck.SourceTooOld or GuardCheck.SourceUnfinished;

    /// <summary>Whether the run as a whole is not to be believed as to who is missing.</summary>
    internal bool DoubtsMissing =>
        HoldsRemovals && (DoubtsSource || Check is GuardCheck.IncompleteListing or GuardCheck.OtherRuleUnreadable
            or GuardCheck.StateOlderThanZoom or GuardCheck.WrongClock);

    /// <summary>The same once an admin has looked at it and let go what it held: it only reports.</summary>
    /// <param name="number">How many entries were let go.</param>
    /// <param name="by">By what it was let go.</param>
    internal GuardFinding Approved(int number, string by) => new(Check, HoldsRemovals: false, string.Format(CultureInfo.CurrentCulture,
        "{0} {1}{2}.", Message, by,
        number == 0 ? string.Empty : string.Format(CultureInfo.CurrentCulture, " ({0:N0} {1})", number, number == 1 ? "person" : "people")));

    /// <summary>The message.</summary>
    public override string ToString() => Message;
}
