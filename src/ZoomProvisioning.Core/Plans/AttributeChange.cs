using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;

namespace ZoomProvisioning.Plans;

/// <summary>Why an attribute differs: a three-way comparison of source, Zoom and what the ledger saw last.</summary>
public enum ChangeCause
{
    /// <summary>Not known: there is nothing to compare with.</summary>
    Unknown,

    /// <summary>The source has another value than it had.</summary>
    SourceChanged,

    /// <summary>Somebody changed Zoom by hand.</summary>
    ZoomChanged,

    /// <summary>Both.</summary>
    BothChanged,
}

/// <summary>One attribute that is to change, or did.</summary>
public sealed record AttributeChange
{
    /// <summary>Makes a change.</summary>
    public AttributeChange(ZoomAttribute attribute, object? oldValue, object? newValue, bool oldIsKnown)
    {
        Attribute = attribute;
        OldValue = oldValue;
        NewValue = newValue;
        OldIsKnown = oldIsKnown;
    }

    /// <summary>The attribute's name.</summary>
    public string Name => Attribute.Name;

    /// <summary>What Zoom has, as far as it tells.</summary>
    public object? OldValue { get; init; }

    /// <summary>What is wanted.</summary>
    public object? NewValue { get; init; }

    /// <summary>False where Zoom does not tell the present value (title, locale).</summary>
    public bool OldIsKnown { get; init; }

    /// <summary>Who changed it, as far as the ledger tells.</summary>
    public ChangeCause Cause { get; init; }

    /// <summary>What the ledger saw last in Zoom; null where it saw nothing.</summary>
    public object? LedgerValue { get; init; }

    internal ZoomAttribute Attribute { get; init; }

    /// <summary>Whether it assigns something that is paid for, and so can run out.</summary>
    internal bool IsPaid => Pays(NewValue);

    /// <summary>Whether it takes a seat: the type becomes an unpaid one, or a plan is taken away.</summary>
    internal bool TakesSeat => Attribute.IsSeat && Pays(OldValue) && !Pays(NewValue);

    /// <summary>Whether it gives a seat.</summary>
    internal bool GivesSeat => Attribute.IsSeat && Pays(NewValue);

    /// <summary>Whether it takes an add-on that is paid for.</summary>
    internal bool TakesAddOn => Attribute.IsExtension && (Attribute.Kind == AttributeKind.Flag
        ? OldValue is true or "true" && NewValue is not true
        : IsCallingPlan && HasCallingPlan(OldValue) && !HasCallingPlan(NewValue));

    /// <summary>Whether a value becomes empty, licences apart.</summary>
    internal bool Clears =>
        !Attribute.IsSeat && !IsCallingPlan && Attribute.Kind != AttributeKind.Flag && ZoomAttribute.IsEmpty(NewValue) && !ZoomAttribute.IsEmpty(OldValue);

    /// <summary>The seat that a value of it takes, as -License calls it; null for none.</summary>
    internal string? SeatOf(object? value) => !Attribute.IsSeat || !Pays(value) ? null
        : Attribute == ZoomAttributes.UserType ? ZoomAttribute.Display(value)
        : ZoomPlans.Find(Attribute.Name, ZoomAttribute.Display(value))?.Name ?? $"{Attribute.Name}={ZoomAttribute.Display(value)}";

    private bool IsCallingPlan => Attribute.Name == "zoomPhoneCallingPlan";

    private static bool HasCallingPlan(object? value) => ZoomAttribute.Display(value) is not ("" or "-1");

    private bool Pays(object? value) => Attribute.Kind == AttributeKind.Code
        ? ZoomAttribute.Display(value) is not ("" or "0" or "none")
        : Attribute == ZoomAttributes.UserType && ZoomUserTypes.IsPaid(value);

    /// <summary>Sent although it is the same: Zoom wants the display name again beside a changed name.</summary>
    internal bool IsSentAlong => OldIsKnown && ZoomAttribute.Display(OldValue) == ZoomAttribute.Display(NewValue);

    /// <summary>Whether it is this very change.</summary>
    public bool Equals(AttributeChange? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

    /// <summary>For example <c>Department: 'Sales' → 'Research'</c>.</summary>
    public override string ToString() => IsSentAlong
        ? $"{Name}: '{Shown(NewValue)}' (as it is; sent along)"
        : $"{Name}: {(OldIsKnown ? $"'{Shown(OldValue)}'" : "(not told by Zoom)")} → '{Shown(NewValue)}'";

    /// <summary>For example <c>Department: Sales → Research</c>.</summary>
    internal string InBrief => OldIsKnown && !ZoomAttribute.IsEmpty(OldValue)
        ? $"{Name}: {Shown(OldValue)} → {(ZoomAttribute.IsEmpty(NewValue) ? "(empty)" : Shown(NewValue))}"
        : $"{Name}: {(ZoomAttribute.IsEmpty(NewValue) ? "(empty)" : Shown(NewValue))}";

    private static string Shown(object? value) => VisibleText.OneLine(ZoomAttribute.Display(value));

    /// <summary>The names of what differs, for a reason in words.</summary>
    internal static string Names(IEnumerable<AttributeChange> changes) => string.Join(", ", changes.Where(c => !c.IsSentAlong).Select(c => c.Name));

    /// <summary>For example <c>Department, Title stay different</c>.</summary>
    internal static string StayDifferent(IReadOnlyCollection<AttributeChange> changes) =>
        $"{Names(changes)} stay{(changes.Count(c => !c.IsSentAlong) == 1 ? "s" : string.Empty)} different";

    /// <summary>Why changes of somebody who is deactivated are not sent.</summary>
    internal static string StayWhileInactive(IReadOnlyCollection<AttributeChange> changes) =>
        $"Zoom does not change deactivated users, so {StayDifferent(changes)}";

    /// <summary>For example <c>Department, Title differ</c>.</summary>
    internal static string Differ(IReadOnlyCollection<AttributeChange> changes) =>
        $"{Names(changes)} differ{(changes.Count(c => !c.IsSentAlong) == 1 ? "s" : string.Empty)}";
}
