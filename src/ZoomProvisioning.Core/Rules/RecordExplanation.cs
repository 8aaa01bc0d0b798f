using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>What a rule makes of one record, step by step, for a person who wonders.</summary>
public sealed class RecordExplanation
{
    /// <summary>Makes an explanation.</summary>
    /// <param name="label">The user name, or another word for the record.</param>
    /// <param name="scope">The scope's text; null for everybody.</param>
    /// <param name="inScope">Whether the record is in scope; null when that cannot be decided.</param>
    public RecordExplanation(string label, string? scope, bool? inScope)
    {
        Label = label;
        Scope = scope ?? "everybody";
        InScope = inScope;
    }

    /// <summary>The user name, or another word for the record.</summary>
    public string Label { get; }

    /// <summary>Who is in scope: the filter or the scriptblock.</summary>
    public string Scope { get; }

    /// <summary>Whether the record is in scope; null when that cannot be decided.</summary>
    public bool? InScope { get; }

    /// <summary>The source's own key of the person.</summary>
    public string? Anchor { get; init; }

    /// <summary>Where each attribute comes from and what it comes to.</summary>
    public IReadOnlyList<AttributeExplanation> Attributes { get; init; } = [];

    /// <summary>Which groups are wanted, and why or why not.</summary>
    public IReadOnlyList<GroupExplanation> Groups { get; init; } = [];

    /// <summary>What was changed or doubted while reading.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why the record cannot be used; null when it can.</summary>
    public ScimException? Problem { get; init; }

    /// <summary>What the person is to be; null when the record cannot be used.</summary>
    public DesiredUser? Desired { get; init; }

    /// <summary>The user name, as far as it could be read; null when the record has none.</summary>
    public string? UserName { get; init; }

    /// <summary>The full name, as far as it could be read, also of a record that cannot be used.</summary>
    public string? FullName => FullNames.Count > 0 ? FullNames[0] : null;

    /// <summary>By which of its properties the scope leaves the record out, with their values: <c>Department is 'Legal'</c>.</summary>
    public IReadOnlyList<string> OutOfScopeBy { get; init; } = [];

    /// <summary>The names somebody is called by: the display name, and given and family name.</summary>
    internal IReadOnlyList<string> FullNames { get; init; } = [];

    /// <summary>For a list of several: <c>Ada Byron &lt;ada@example.com&gt;</c>, or what else tells them apart.</summary>
    internal string Called => (FullName, UserName, Anchor) switch
    {
        ({ } name, { } user, _) => $"{name} <{user}>",
        (null, { } user, _) => user,
        ({ } name, null, { } anchor) => $"{name} ({anchor})",
        (null, null, { } anchor) => anchor,
        ({ } name, null, null) => name,
        _ => Label,
    };
}

/// <summary>Whether a rule wants a person in a group.</summary>
/// <param name="Name">The group.</param>
/// <param name="Reason">The filter, the scriptblock, or the source of the name.</param>
/// <param name="IsWanted">Whether the person belongs into it.</param>
public sealed record GroupExplanation(string Name, string Reason, bool IsWanted);

/// <summary>Where an attribute of a person comes from and what it comes to.</summary>
/// <param name="Name">The attribute, or <c>License</c>.</param>
/// <param name="Source">Where it was looked for.</param>
/// <param name="RawValue">What the record holds there; null when nothing.</param>
/// <param name="Value">What Zoom is to have; null when nothing is said about it.</param>
/// <param name="Apply">When it is sent.</param>
/// <param name="WriteOnly">Whether it is never compared with Zoom.</param>
public sealed record AttributeExplanation(string Name, string Source, object? RawValue, object? Value, ApplyWhen Apply, bool WriteOnly)
{
    /// <summary>One row for each attribute that the rule or the record speaks of.</summary>
    internal static IReadOnlyList<AttributeExplanation> Of(ProvisioningRule rule, IReadOnlyList<ValueReading> readings, DesiredUser? desired)
    {
        var rows = new List<AttributeExplanation>();
        var changed = desired is null ? [] : ZoomAttributes.ChangedOn(desired.Values);
        var mapped = rule.Attributes.Keys.Select(MappingTarget.Find).OfType<ZoomAttribute>();
        var read = readings.Select(r => MappingTarget.Find(r.Target)).OfType<ZoomAttribute>();
        foreach (var attribute in ZoomAttributes.All.Where(a => changed.Concat(mapped).Concat(read).Contains(a))
            .Concat(changed.Concat(mapped).Concat(read).Where(a => a.IsExtension).GroupBy(a => a.Name).Select(g => g.First())))
        {
            var of = rule.RuleFor(attribute);
            var reading = Last(readings, attribute.Name);
            var source = reading?.Source
                ?? (attribute.IsAddress && changed.Contains(attribute) ? "the other of UserName and Email"
                    : changed.Any(c => c.Name == attribute.Name) && Last(readings, MappingPreset.LicenseName) is not null ? MappingPreset.LicenseName
                    : of?.Source.Text ?? AttributeSource.Preset.Text);
            rows.Add(new AttributeExplanation(
                attribute.Name, source, reading?.Raw,
                changed.Any(c => c.Name == attribute.Name) ? attribute.Get(desired!.Values) : null,
                of?.Apply ?? ApplyWhen.Always, of?.WriteOnly == true));
        }

        if (Last(readings, MappingPreset.LicenseName) is { } license)
        {
            rule.Attributes.TryGetValue(MappingPreset.LicenseName, out var of);
            // No attribute of its own: it sets the user type and what else a licence comes to, which have rows of theirs.
            rows.Add(new AttributeExplanation(
                MappingPreset.LicenseName, license.Source, license.Raw, desired is null || rows.TrueForAll(r => r.Source != MappingPreset.LicenseName)
                    ? null
                    : Comes(rows), of?.Apply ?? ApplyWhen.Always, of?.WriteOnly == true));
        }

        return rows;
    }

    /// <summary>What the licences come to: <c>Licensed</c>, or <c>Licensed; zoomRooms</c>.</summary>
    private static string Comes(IEnumerable<AttributeExplanation> rows) => string.Join(
        "; ", rows.Where(r => r.Source == MappingPreset.LicenseName).Select(r => r.Value is bool ? r.Name : ZoomAttribute.Display(r.Value)));

    // Of several properties tried the last one counts: it has the value, or none has.
    private static ValueReading? Last(IReadOnlyList<ValueReading> readings, string target) =>
        readings.Where(r => r.Target == target).Select(r => (ValueReading?)r).LastOrDefault();
}
