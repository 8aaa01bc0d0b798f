using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Rules;

/// <summary>
/// The properties a rule names, and which of them a source has: a column that was renamed or dropped is told from one that
/// nobody fills in. Each is read only until one record has a value.
/// </summary>
internal sealed class NamedProperties
{
    private readonly List<Seen> _properties = [];
    private List<Seen> _wanted;

    public NamedProperties(ProvisioningRule rule)
    {
        foreach (var entry in rule.Attributes.Where(a => !a.Value.Optional))
        {
            foreach (var property in Of(entry.Value.Source))
            {
                var attributes = AttributesOf(entry.Key);
                Add(property, p => p with { Attributes = [.. p.Attributes, .. attributes] });
            }
        }

        foreach (var property in rule.Scope?.Properties ?? [])
        {
            Add(property, p => p with { IsScope = true });
        }

        foreach (var property in rule.Groups.SelectMany(g => g.When?.Properties ?? []).Concat(rule.GroupSource is { } source ? Of(source) : []))
        {
            Add(property, p => p with { IsGroup = true });
        }

        if (rule.Anchor is { } anchor)
        {
            Add(anchor, p => p with { IsAnchor = true });
        }

        _wanted = [.. _properties];
    }

    /// <summary>Looks at one record.</summary>
    public void See(ISourceRecord record)
    {
        if (_wanted.Count == 0)
        {
            return;
        }

        foreach (var seen in _wanted)
        {
            if (PropertyNames.Find(record.Names, seen.Property.Name) is { } name)
            {
                seen.Property = seen.Property with { IsPresent = true, IsFilled = HasValue(record, name) };
            }
        }

        if (_wanted.Exists(s => s.Property.IsFilled))
        {
            _wanted = _wanted.FindAll(s => !s.Property.IsFilled);
        }
    }

    /// <summary>What was found, by name.</summary>
    public IReadOnlyList<SourceProperty> Found => _properties.ConvertAll(s => s.Property);

    private static bool HasValue(ISourceRecord record, string name)
    {
        try
        {
            return record.Read(name) is { } value && !ZoomAttribute.IsEmpty(value) && !string.IsNullOrWhiteSpace(value.ToString());
        }
        // What cannot be read is there; the record's own reading tells what is wrong with it.
        catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
        {
            return true;
        }
    }

    private static IEnumerable<string> Of(AttributeSource source) =>
        source.Property is { } property ? [property] : source.Template?.Properties ?? [];

    // A licence is any of several attributes; who somebody is in Zoom is none.
    private static IReadOnlyList<ZoomAttribute> AttributesOf(string target) =>
        MappingTarget.IsLicense(target) ? [ZoomAttributes.UserType, .. ZoomExtension.Known.Where(a => a.Kind is AttributeKind.Code or AttributeKind.Flag)]
        : MappingTarget.Find(target) is { } attribute ? [attribute]
        : [];

    private void Add(string name, Func<SourceProperty, SourceProperty> use)
    {
        var seen = _properties.Find(p => MappingPreset.SameHeading(p.Property.Name, name));
        if (seen is null)
        {
            seen = new Seen(new SourceProperty(name, false, false));
            _properties.Add(seen);
        }

        seen.Property = use(seen.Property);
    }

    private sealed class Seen(SourceProperty property)
    {
        public SourceProperty Property { get; set; } = property;
    }
}
