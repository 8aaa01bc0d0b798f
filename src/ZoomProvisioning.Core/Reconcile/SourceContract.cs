using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>
/// Whether a source still has what the rule needs of it. A property that the rule names and no record has, and one that had
/// values and has none any more, look like a column that was renamed, dropped or not exported; nothing that hangs on it is done.
/// </summary>
internal sealed class SourceContract
{
    private readonly List<SourceProperty> _lost = [];

    private SourceContract()
    {
    }

    /// <summary>Looks at a source.</summary>
    public static SourceContract Of(PlanInput input)
    {
        var contract = new SourceContract();
        if (input.Source.RecordCount == 0)
        {
            // The guard says so.
            return contract;
        }

        var before = new HashSet<string>(input.Ledger.SourceProperties ?? [], StringComparer.OrdinalIgnoreCase);
        contract._lost.AddRange(input.Source.Properties.Where(p => !p.IsPresent || (!p.IsFilled && before.Contains(InBraces(p.Name)))));
        if (input.Source.People.Count == 0)
        {
            return contract;
        }

        var filled = input.Source.Filled;
        var told = new HashSet<ZoomAttribute>(contract._lost.SelectMany(p => p.Attributes));
        foreach (var attribute in before.Where(n => !filled.Contains(n))
            .Select(MappingTarget.Find)
            .OfType<ZoomAttribute>()
            .Where(a => !told.Contains(a) && IsWanted(input.Rule, a)))
        {
            if (input.Correlations.Any(c => c.Entry is { } entry && Had(entry, attribute)))
            {
                contract._lost.Add(new SourceProperty(attribute.Name, IsPresent: true, IsFilled: false) { Attributes = [attribute] });
            }
        }

        return contract;
    }

    /// <summary>What a run that believes its source remembers of it.</summary>
    public static IReadOnlyList<string> Remember(SourceSnapshot source) =>
        [.. source.Filled.Concat(source.Properties.Where(p => p.IsFilled).Select(p => InBraces(p.Name))).OrderBy(n => n, StringComparer.Ordinal)];

    /// <summary>What is missing, as a sentence; null when nothing is.</summary>
    public string? Message(ProvisioningRule rule)
    {
        if (_lost.Count == 0)
        {
            return null;
        }

        var missing = _lost.Where(p => !p.IsPresent).Select(Words).ToList();
        var empty = _lost.Where(p => p.IsPresent).Select(Words).ToList();
        var parts = new List<string>();
        if (missing.Count > 0)
        {
            parts.Add($"no record of the source has the {(missing.Count == 1 ? "property" : "properties")} {string.Join(", ", missing)}");
        }

        if (empty.Count > 0)
        {
            parts.Add($"no record has a value of {string.Join(", ", empty)} any more");
        }

        var text = string.Join(", and ", parts);
        var optional = (_lost.Exists(p => p.Attributes.Count > 0) ? " A source that may do without it says so in the rule (optional: true)." : string.Empty)
            + (_lost.Exists(p => p.IsScope || p.IsAnchor || p.IsGroup) ? " A rule that is to go on without it must not name it." : string.Empty);
        return $"{char.ToUpperInvariant(text[0])}{text.Substring(1)}, which the rule '{rule.Name}' needs: a column renamed, "
            + $"dropped or not exported looks just like this, so nothing that hangs on it is done, and nobody is removed.{optional}";
    }

    /// <summary>Whether a change hangs on what is missing.</summary>
    public bool Concerns(PlannedChange change) => _lost.Count > 0 && (change.IsRemoval || _lost.Exists(p => HangsOn(change, p)));

    private static bool HangsOn(PlannedChange change, SourceProperty property)
    {
        // Whether somebody belongs to the rule at all, and whether active, is asked before anybody gets or gets back an account.
        if (change.Action is PlanAction.Create or PlanAction.Reactivate || change.Adopts)
        {
            if (property.IsScope || property.IsAnchor || property.Attributes.Contains(ZoomAttributes.Active))
            {
                return true;
            }
        }

        return (property.IsGroup && change.GroupChanges.Count > 0)
            || (change.Action != PlanAction.Create && change.Changes.Any(c => property.Attributes.Contains(c.Attribute)));
    }

    private static bool IsWanted(ProvisioningRule rule, ZoomAttribute attribute) =>
        rule.RuleFor(attribute) is { } mapped ? !mapped.Optional && mapped.Source != AttributeSource.Nothing : rule.UsePreset;

    private static bool Had(LedgerEntry entry, ZoomAttribute attribute) =>
        attribute == ZoomAttributes.Active
        || (entry.Seen is { } seen && !ZoomAttribute.IsEmpty(attribute.Get(seen)))
        || (entry.HasUntold && entry.Untold.Text(attribute.Name) is { Length: > 0 });

    private static string Words(SourceProperty property)
    {
        var uses = property.Attributes.Count > 5 ? [MappingPreset.LicenseName] : property.Attributes.Select(a => a.Name).ToList();
        uses.AddRange(property.IsScope ? ["scope"] : []);
        uses.AddRange(property.IsGroup ? ["groups"] : []);
        uses.AddRange(property.IsAnchor ? ["anchor"] : []);
        return uses is [{ } only] && only == property.Name ? $"'{property.Name}'" : $"'{property.Name}' ({string.Join(", ", uses)})";
    }

    private static string InBraces(string property) => $"{{{property}}}";
}
