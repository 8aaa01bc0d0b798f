using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Rules;

/// <summary>What a rule makes of one record: whether it is about it, who it is, and what is wanted of the person.</summary>
internal sealed class RuleRecordReader
{
    private readonly ProvisioningRule _rule;

    /// <summary>Makes a reader.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="trace">Hears of each value before it is converted; null when nobody asks.</param>
    /// <param name="place">Where the mapping is written, for advice.</param>
    public RuleRecordReader(ProvisioningRule rule, Action<ValueReading>? trace, MappingPlace place)
    {
        _rule = rule;
        Reader = MakeReader(rule, trace, place);
    }

    /// <summary>What reads the attributes.</summary>
    public RecordReader Reader { get; }

    /// <summary>The properties a rule reads beside those of attributes.</summary>
    public static IEnumerable<string> PropertiesOf(ProvisioningRule rule) => (rule.Scope?.Properties ?? [])
        .Concat(rule.Groups.SelectMany(g => g.When?.Properties ?? []))
        .Concat(rule.Anchor is { } anchor ? [anchor] : [])
        .Concat(rule.GroupSource?.Property is { } groups ? [groups] : []);

    /// <summary>Whether the rule is about a record at all.</summary>
    public bool IsInScope(ISourceRecord record, string label) => _rule.Scope is not { } scope
        || Guarded(() => scope.Includes(record), "Zoom.Record.ScopeFailed", $"{label}: the scope {scope.Text} cannot be decided");

    /// <summary>By which of its properties the scope leaves a record out, with their values.</summary>
    public IReadOnlyList<string> ExplainScope(ISourceRecord record, string label) => _rule.Scope is not { } scope ? [] : Guarded(
        () => scope.Failing(record).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(property => FilterValues.Of(record, property) is { Count: > 0 } values
                ? $"{property} is {string.Join(", ", values.Select(v => $"'{v}'"))}"
                : $"{property} has no value")
            .ToList(),
        "Zoom.Record.ScopeFailed", label);

    /// <summary>What the rule wants of a person.</summary>
    public DesiredUser ReadPerson(ISourceRecord record, string label)
    {
        var person = Guarded(() => Reader.Read(record, label), "Zoom.Record.InvalidValue", $"{label} cannot be read");
        if (person.Values.UserName is null)
        {
            throw AttributeReader.Problem("Zoom.Record.NoUserName",
                $"{label}: there is no user name or mail address, and Zoom creates nobody without one.",
                "Fill it in in the source, leave the record out with the rule's scope, or map UserName among the rule's attributes.");
        }

        return person.Under(
            ReadAnchor(record, person.Label),
            ExplainGroups(record, person.Label).Where(g => g.IsWanted).Select(g => g.Name).ToArray());
    }

    /// <summary>The anchor of a record; null when the rule or the record has none.</summary>
    public string? ReadAnchor(ISourceRecord record, string label)
    {
        if (_rule.Anchor is not { } anchor || PropertyNames.Find(record.Names, anchor) is not { } name)
        {
            return null;
        }

        return Guarded(() => WholeAnchor(SourceAnchor.Read(record, name)), "Zoom.Record.InvalidAnchor", $"{label}: the anchor {anchor} cannot be read");
    }

    private static string? WholeAnchor(string? text) => text is not null && ValueFaults.IsScientific(text)
        ? throw new FormatException($"'{text}' is a number that a spreadsheet has shortened; its last digits are lost")
        : text;

    /// <summary>The groups the rule speaks of, each with whether it is wanted.</summary>
    public List<GroupExplanation> ExplainGroups(ISourceRecord record, string label)
    {
        if (_rule.GroupSource is { } source)
        {
            // Names of groups are read as names of roles are: several in a list, or separated by semicolons.
            var names = Guarded(
                () => SourceValue.Convert(ZoomAttributes.Roles, Reader.Evaluate(source, record)) as string[] ?? [],
                "Zoom.Record.GroupsFailed", $"{label}: the groups ({source.Text}) cannot be read");
            return names.Distinct(StringComparer.OrdinalIgnoreCase).Select(n => new GroupExplanation(n, source.Text, true)).ToList();
        }

        return _rule.Groups
            .Select(g => new GroupExplanation(g.Name, g.When?.Text ?? "everybody", g.When is not { } when
                || Guarded(
                    () => when.Includes(record),
                    "Zoom.Record.GroupsFailed",
                    $"{label}: whether the group '{g.Name}' is wanted ({when.Text}) cannot be decided")))
            .ToList();
    }

    /// <summary>Who a record is about, as far as it says so; what is wrong with it has been told, or does not matter.</summary>
    public DesiredUser? ReadWho(ISourceRecord record, string label, out string? anchor)
    {
        anchor = null;
        try
        {
            anchor = ReadAnchor(record, label);
            var who = Guarded(() => Reader.ReadWho(record, label), "Zoom.Record.InvalidValue", label);
            return who.Values.UserName is not null || who.ZoomId is not null || anchor is not null ? who : null;
        }
        catch (ScimRecordException)
        {
            return null;
        }
    }

    /// <summary>The given name, the family name and the display name of a record, as far as they can be read, whatever else is wrong with it.</summary>
    public ScimUser ReadNames(ISourceRecord record, string label)
    {
        var values = new ScimUser();
        foreach (var attribute in new[] { ZoomAttributes.GivenName, ZoomAttributes.FamilyName, ZoomAttributes.DisplayName })
        {
            try
            {
                if (Reader.ReadOne(attribute, record, label) is { } value)
                {
                    attribute.Set(values, value);
                }
            }
            catch (ScimRecordException)
            {
                // Told already, or of no matter to who somebody is.
            }
        }

        return values;
    }

    private static RecordReader MakeReader(ProvisioningRule rule, Action<ValueReading>? trace, MappingPlace place)
    {
        var elsewhere = PropertiesOf(rule).ToList();
        var texts = new[] { rule.Scope?.Text }
            .Concat(rule.Groups.Select(g => g.When?.Text))
            .Append(rule.GroupSource?.ScriptText)
            .OfType<string>()
            .Where(t => t.IndexOf('{') >= 0 || t == rule.GroupSource?.ScriptText)
            .ToList();
        var mapping = rule.Attributes
            .Where(a => a.Value.Source != AttributeSource.Preset)
            .ToDictionary(a => a.Key, a => a.Value.Source, StringComparer.OrdinalIgnoreCase);
        return new RecordReader(mapping, new ScimUser(), RecordUse.Create, rule.UsePreset)
        {
            Place = place,
            RequireMail = rule.RequireMail,
            DateFormat = rule.DateFormat,
            IsReadElsewhere = name =>
                elsewhere.Exists(p => MappingPreset.SameHeading(p, name) || PropertyNames.OtherNames(p).Any(o => MappingPreset.SameHeading(o, name)))
                || texts.Exists(t => t.IndexOf(name, StringComparison.OrdinalIgnoreCase) >= 0),
            // Of two records with one number the order would decide which is wrong; both are.
            EmployeeNumbersMayRepeat = true,
            Trace = trace,
        };
    }

    /// <summary>Does one step; whatever it throws becomes the record's error, except what ends the run.</summary>
    private static T Guarded<T>(Func<T> step, string errorId, string what)
    {
        try
        {
            return step();
        }
        catch (ScimRecordException)
        {
            throw;
        }
        catch (DamagedTextException exception)
        {
            throw AttributeReader.Problem("Zoom.Record.DamagedText", $"{what}: {exception.Message}.", DamagedTextException.Advice, exception);
        }
        // A property's getter and a scriptblock may throw anything.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            throw AttributeReader.Problem(errorId, $"{what}: {exception.Message}", "Correct the value in the source, or the rule.", exception);
        }
    }
}
