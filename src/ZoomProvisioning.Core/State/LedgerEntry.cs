using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>How a person came under a rule.</summary>
public enum LedgerOrigin
{
    /// <summary>The rule created the Zoom user.</summary>
    Created,

    /// <summary>The Zoom user was there already, and the rule took it over.</summary>
    Adopted,
}

/// <summary>What a rule knows of one of its people: what it last applied and what Zoom last showed.</summary>
public sealed class LedgerEntry
{
    // Nearly everybody has a title, and so one of these: a dictionary would take three times the room.
    private ScimObject? _untold;

    // Most people have none of these, and there may be a hundred thousand of them.
    private Dictionary<string, IgnoredValue>? _ignored;
    private Dictionary<string, string>? _licensesBefore;
    private Dictionary<string, LedgerGroup>? _groups;
    private bool _isRemoved;

    /// <summary>Makes an entry.</summary>
    public LedgerEntry(string zoomId, string userName, LedgerOrigin origin, DateTimeOffset linkedAt)
    {
        ZoomId = zoomId;
        UserName = userName;
        Origin = origin;
        LinkedAt = linkedAt;
    }

    /// <summary>Zoom's id of the user.</summary>
    public string ZoomId { get; internal set; }

    /// <summary>The sign-in name last seen.</summary>
    public string UserName { get; internal set; }

    /// <summary>The source's own key of the person; null where the rule has no anchor.</summary>
    public string? Anchor { get; internal set; }

    /// <summary>Whether the rule created or adopted the user.</summary>
    public LedgerOrigin Origin { get; internal set; }

    /// <summary>When the rule created or adopted the user (UTC).</summary>
    public DateTimeOffset LinkedAt { get; internal set; }

    /// <summary>
    /// The user as Zoom last showed it in full, with what the replies to writes added; null when it was never read in full.
    /// </summary>
    public ScimUser? Seen { get; internal set; }

    /// <summary>
    /// Whether the user must be read before anything is decided: the outcome of a write
    /// is not known, or a write went past <see cref="Seen"/>.
    /// </summary>
    public bool MustRead { get; internal set; }

    /// <summary>What was last sent of attributes that Zoom does not tell, by attribute name, as people read values.</summary>
    public ScimObject Untold
    {
        get => _untold ??= [];
        internal set => _untold = value.Count > 0 ? value : null;
    }

    /// <summary>What Zoom accepted and did not apply, by attribute name.</summary>
    public Dictionary<string, IgnoredValue> Ignored
    {
        get => _ignored ??= new(StringComparer.OrdinalIgnoreCase);
        internal set => _ignored = value.Count > 0 ? new(value, StringComparer.OrdinalIgnoreCase) : null;
    }

    /// <summary>The licences held when the rule deactivated the user, by attribute name, for the day of return.</summary>
    public Dictionary<string, string> LicensesBefore
    {
        get => _licensesBefore ??= new(StringComparer.OrdinalIgnoreCase);
        internal set => _licensesBefore = value.Count > 0 ? new(value, StringComparer.OrdinalIgnoreCase) : null;
    }

    /// <summary>The groups the rule put the user into, by group id.</summary>
    public Dictionary<string, LedgerGroup> Groups
    {
        get => _groups ??= new(StringComparer.Ordinal);
        internal set => _groups = value.Count > 0 ? new(value, StringComparer.Ordinal) : null;
    }

    /// <summary>Whether the rule deactivated the user because it left the source or the scope.</summary>
    public bool IsRemoved
    {
        get => _isRemoved;
        internal set
        {
            _isRemoved = value;
            if (!value)
            {
                (RemovedAt, LeftUnder) = (null, null);
            }
        }
    }

    /// <summary>When the rule deactivated the user for that (UTC); null when it did not, or it is not known.</summary>
    public DateTimeOffset? RemovedAt { get; internal set; }

    /// <summary>What the rule said about leavers then; null when it is not known.</summary>
    internal string? LeftUnder { get; set; }

    /// <summary>In how many runs, one after the other, the source did not have the person, as far as it matters.</summary>
    public int MissingRuns { get; internal set; }

    /// <summary>When a run first missed the person (UTC); null when none does.</summary>
    public DateTimeOffset? MissingSince { get; internal set; }

    /// <summary>Whether others deactivated the user whom the rule had seen active, and nobody has activated it since.</summary>
    public bool DeactivatedByOthers { get; internal set; }

    /// <summary>Who it is, as a plan names people.</summary>
    internal ManagedUser Identity => new(ZoomId, UserName, Seen?.DisplayName, Anchor);

    /// <summary>Whether there is anything in <see cref="Untold"/>, without making room for it.</summary>
    internal bool HasUntold => _untold is { Count: > 0 };

    /// <summary>Whether there is anything in <see cref="Ignored"/>, without making room for it.</summary>
    internal bool HasIgnored => _ignored is { Count: > 0 };

    /// <summary>Whether there is anything in <see cref="LicensesBefore"/>, without making room for it.</summary>
    internal bool HasLicensesBefore => _licensesBefore is { Count: > 0 };

    /// <summary>Whether there is anything in <see cref="Groups"/>, without making room for it.</summary>
    internal bool HasGroups => _groups is { Count: > 0 };

    /// <summary>Takes over what Zoom shows. What it once did not take and has changed since was not refused for ever, and is sent again.</summary>
    internal void See(ScimUser current)
    {
        Seen = current;
        foreach (var name in _ignored?.Keys.ToList() ?? [])
        {
            if (ZoomAttributes.Find(name) is { } attribute && attribute.IsToldBy(current)
                && ZoomAttribute.Display(attribute.Get(current)) != _ignored![name].Shown)
            {
                _ignored.Remove(name);
            }
        }
    }

    /// <summary>Lets the licences of before go, without making room for them.</summary>
    internal void ForgetLicenses() => _licensesBefore = null;

    /// <summary>Forgets what was sent without being told: it may be gone, and is sent again.</summary>
    internal void ForgetUntold() => _untold = null;

    /// <summary>The sign-in name.</summary>
    public override string ToString() => UserName;
}

/// <summary>A value Zoom answered 200 to and did not take.</summary>
/// <param name="Sent">What was sent.</param>
/// <param name="Shown">What Zoom shows instead.</param>
public sealed record IgnoredValue(string Sent, string Shown);

/// <summary>A membership the rule made.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="IsCertain">False when the outcome of adding or removing is not known: both are repeated, which does no harm.</param>
public sealed record LedgerGroup(string Name, bool IsCertain);
