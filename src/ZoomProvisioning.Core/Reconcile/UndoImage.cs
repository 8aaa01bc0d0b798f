using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>What a run made of one person, attribute by attribute: how it was before, as far as that was known, and what the run gave.</summary>
internal sealed class UndoImage
{
    /// <summary>What stands for a licence that Zoom took with a deactivation.</summary>
    public static readonly object Taken = new();

    private readonly Dictionary<ZoomAttribute, (bool IsKnown, object? Value)> _before = [];
    private readonly Dictionary<ZoomAttribute, object?> _given = [];
    private readonly List<ZoomAttribute> _order = [];

    private UndoImage(IReadOnlyList<TracedWrite> writes)
    {
        var first = writes[0];
        UserName = first.Intent.UserName ?? first.Outcome?.UserName ?? string.Empty;
        Anchor = first.Intent.Anchor;
        Whole = BeforeOf(first);
        IsUntouched = !writes.Any(w => w.MayHaveHappened || w.Outcome is { Body: not null, After: not null });
        foreach (var write in writes)
        {
            if (write.MayHaveHappened)
            {
                Take(write);
            }
            else if (write.Outcome is { Outcome: ChangeOutcome.Failed, Body: { } lost, After: { } shown })
            {
                // Zoom took away what nobody sent.
                foreach (var attribute in SeenUser.AttributesIn(new ScimUser(lost, UserDetail.Read)))
                {
                    Touch(attribute, new ScimUser(lost, UserDetail.Read), attribute.Get(new ScimUser(shown, UserDetail.Read)));
                }
            }
        }
    }

    /// <summary>The sign-in name the run began with.</summary>
    public string UserName { get; }

    /// <summary>The source's own key of the person.</summary>
    public string? Anchor { get; }

    /// <summary>The whole user as it was before the run's first request; null where it was not read.</summary>
    public ScimUser? Whole { get; }

    /// <summary>The whole user as the run left it; null where that is not known.</summary>
    public ScimUser? Left { get; private set; }

    /// <summary>Whether the run changed nothing of the person, having been refused throughout.</summary>
    public bool IsUntouched { get; }

    /// <summary>Whether the run made the user.</summary>
    public bool IsCreated { get; private set; }

    /// <summary>Whether the run deleted the user.</summary>
    public bool IsDeleted { get; private set; }

    /// <summary>Whether nobody knows in full which licences went with the deactivation or the account.</summary>
    public bool IsLicenseUnknown { get; private set; }

    /// <summary>Whether the user was active before the run changed that; null when it did not.</summary>
    public bool? WasActive { get; private set; }

    /// <summary>Whether the run left the user active; null when it did not change that.</summary>
    public bool? IsActive { get; private set; }

    /// <summary>The attributes the run changed, in the order it did.</summary>
    public IEnumerable<ZoomAttribute> Attributes => _order.Where(a => _given[a] == Taken || !_before[a].IsKnown || !Same(a, _before[a].Value, _given[a]));

    /// <summary>The value before the run, and whether anybody knows it.</summary>
    public (bool IsKnown, object? Value) Before(ZoomAttribute attribute) => _before[attribute];

    /// <summary>The value the run gave; <see cref="Taken"/> for a licence that went with a deactivation.</summary>
    public object? Given(ZoomAttribute attribute) => _given[attribute];

    /// <summary>Reads it out of the run's requests about one person.</summary>
    public static UndoImage Of(IReadOnlyList<TracedWrite> writes) => new(writes);

    /// <summary>Whether two values mean the same, in both directions.</summary>
    public static bool Same(ZoomAttribute attribute, object? left, object? right) => attribute.AreEqual(left, right) && attribute.AreEqual(right, left);

    /// <summary>What was sent earlier of attributes that the image of a deleted person does not tell.</summary>
    public Dictionary<ZoomAttribute, object?> Earlier { get; } = [];

    /// <summary>Fills in what the run did not know before, from what was sent earlier.</summary>
    public void Learn(ZoomAttribute attribute, object? value)
    {
        if (IsDeleted && !attribute.ToldBy.Contains(UserDetail.Read))
        {
            Earlier[attribute] = value;
        }

        if (_before.TryGetValue(attribute, out var known) && !known.IsKnown)
        {
            _before[attribute] = (true, value);
        }
    }

    private void Take(TracedWrite write)
    {
        var before = BeforeOf(write);
        var after = write.Outcome?.After is { } image ? new ScimUser(image, UserDetail.Read) : null;
        switch (write.Intent.Request)
        {
            case WriteKind.Create:
                (IsCreated, IsActive) = (true, true);
                break;
            case WriteKind.Update when write.Intent.Body is { } body:
                TakeUpdate(body, before, after);
                break;
            case WriteKind.Activate:
                WasActive ??= before?.Active ?? false;
                IsActive = true;
                break;
            case WriteKind.Deactivate:
                WasActive ??= before?.Active ?? true;
                IsActive = false;
                TakeLicenses(before);
                break;
            case WriteKind.Delete:
                IsDeleted = true;
                IsLicenseUnknown |= before is not null && !ZoomAttributes.UserType.IsToldBy(before);
                break;
            default:
                break;
        }

        Left = after ?? Left;
    }

    private void TakeUpdate(ScimObject body, ScimUser? before, ScimUser? after)
    {
        var sent = new ScimUser(body, UserDetail.None);
        var attributes = SentAttributes.In(body).Where(a => a != ZoomAttributes.UserName).ToList();
        foreach (var attribute in attributes)
        {
            // The reply to an update is silent about some of it, and about what was taken off; then what was sent counts.
            var isTold = after is not null && !ZoomAttribute.IsEmpty(attribute.Get(sent))
                && attribute.ToldBy.Contains(UserDetail.Updated) && attribute.ToldBy.Contains(UserDetail.Read) && attribute.IsToldBy(after);
            Touch(attribute, before, attribute.Get(isTold ? after! : sent));
        }

        // With a bundle the type follows the plan (fact sheet 3.3).
        if (attributes.Exists(a => a.Kind == AttributeKind.Code) && before is not null && after is not null
            && ZoomAttributes.UserType is var type && type.IsToldBy(before) && type.IsToldBy(after))
        {
            Touch(type, before, type.Get(after));
        }
    }

    private void TakeLicenses(ScimUser? before)
    {
        IsLicenseUnknown |= before is null || before.Detail == UserDetail.Listed || !ZoomAttributes.UserType.IsToldBy(before);
        if (before is null)
        {
            return;
        }

        foreach (var attribute in ZoomExtension.Known.Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag).Append(ZoomAttributes.UserType))
        {
            if (attribute.IsToldBy(before) && !IsWithout(attribute, attribute.Get(before)))
            {
                Touch(attribute, before, Taken);
            }
        }
    }

    /// <summary>Whether a value says that a licence is not held.</summary>
    internal static bool IsWithout(ZoomAttribute attribute, object? value) => attribute == ZoomAttributes.UserType
        ? value is not ("Licensed" or "On-Prem")
        : attribute.Kind == AttributeKind.Flag ? value is not true
        : ZoomAttribute.Display(value) is "" or "0" or "none";

    private void Touch(ZoomAttribute attribute, ScimUser? before, object? given)
    {
        if (!_before.ContainsKey(attribute))
        {
            _before[attribute] = before is not null && attribute.IsToldBy(before) ? (true, attribute.Get(before)) : (false, null);
            _order.Add(attribute);
        }

        _given[attribute] = given;
    }

    private static ScimUser? BeforeOf(TracedWrite write) =>
        write.Intent.Before is { } image ? new ScimUser(image, write.Intent.BeforeDetail ?? UserDetail.Read) : null;
}
