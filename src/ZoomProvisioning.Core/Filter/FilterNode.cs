using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Filter;

/// <summary>A part of a filter: a comparison, or parts joined.</summary>
internal abstract class FilterNode
{
    /// <summary>The properties the part asks for.</summary>
    public abstract IEnumerable<string> Properties { get; }

    /// <summary>The texts a property is asked to be equal to.</summary>
    public virtual IEnumerable<string> TextsOf(string property) => [];

    /// <summary>Whether a record fits.</summary>
    public abstract bool Matches(ISourceRecord record);

    /// <summary>The properties of the parts that a record does not fit; those of the whole where it is not joined by 'and'.</summary>
    public virtual IEnumerable<string> Failing(ISourceRecord record) => Matches(record) ? [] : Properties;
}

/// <summary>All parts must fit.</summary>
internal sealed class AndNode(IReadOnlyList<FilterNode> parts) : FilterNode
{
    public override IEnumerable<string> Properties => parts.SelectMany(p => p.Properties);

    public override IEnumerable<string> TextsOf(string property) => parts.SelectMany(p => p.TextsOf(property));

    public override bool Matches(ISourceRecord record) => parts.All(p => p.Matches(record));

    public override IEnumerable<string> Failing(ISourceRecord record) => parts.SelectMany(p => p.Failing(record));
}

/// <summary>One part must fit.</summary>
internal sealed class OrNode(IReadOnlyList<FilterNode> parts) : FilterNode
{
    public override IEnumerable<string> Properties => parts.SelectMany(p => p.Properties);

    public override IEnumerable<string> TextsOf(string property) => parts.SelectMany(p => p.TextsOf(property));

    public override bool Matches(ISourceRecord record) => parts.Any(p => p.Matches(record));
}

/// <summary>The part must not fit.</summary>
internal sealed class NotNode(FilterNode part) : FilterNode
{
    public override IEnumerable<string> Properties => part.Properties;

    public override IEnumerable<string> TextsOf(string property) => part.TextsOf(property);

    public override bool Matches(ISourceRecord record) => !part.Matches(record);
}

/// <summary>A property compared with a literal.</summary>
internal sealed class ComparisonNode(string property, FilterOperator comparison, FilterLiteral literal) : FilterNode
{
    public override IEnumerable<string> Properties => [property];

    public override IEnumerable<string> TextsOf(string asked) =>
        comparison is FilterOperator.Equal or FilterOperator.NotEqual && literal.PlainText is { } text && MappingPreset.SameHeading(property, asked)
            ? [text]
            : [];

    public override bool Matches(ISourceRecord record)
    {
        var values = FilterValues.Of(record, property);
        return comparison switch
        {
            FilterOperator.Present => values.Count > 0,
            FilterOperator.Equal when literal.IsNull => values.Count == 0,
            FilterOperator.NotEqual when literal.IsNull => values.Count > 0,
            // The opposite of 'eq', also for a property that is missing and for one of several values.
            FilterOperator.NotEqual => !values.Any(v => literal.Accepts(FilterOperator.Equal, v)),
            _ => values.Any(v => literal.Accepts(comparison, v)),
        };
    }
}
