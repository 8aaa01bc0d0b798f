using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Filter;

/// <summary>
/// A filter over source records in SCIM's own filter language (RFC 7644 section 3.4.2.2), such as
/// <c>Department eq "Sales" and not (Title sw "Intern")</c>. Names are the record's properties, compared as headings are; texts
/// are compared without regard to case; of several values one that fits is enough; an empty value is none.
/// </summary>
public sealed class RecordFilter
{
    private readonly FilterNode _root;

    private RecordFilter(string text, FilterNode root)
    {
        Text = text;
        _root = root;
        Properties = root.Properties.Distinct().ToList();
    }

    /// <summary>The filter as it was written.</summary>
    public string Text { get; }

    /// <summary>The properties it asks for, as they are written in it.</summary>
    public IReadOnlyList<string> Properties { get; }

    /// <summary>Reads a filter.</summary>
    /// <exception cref="FilterSyntaxException">The text is no filter; the error says where and what was expected.</exception>
    public static RecordFilter Parse(string text) => Parse(text, null);

    /// <summary>Reads a filter over records whose dates are in a form of their own.</summary>
    /// <exception cref="FilterSyntaxException">The text is no filter; the error says where and what was expected.</exception>
    public static RecordFilter Parse(string text, string? dateFormat) => new(text, new FilterParser(text, dateFormat).Parse());

    /// <summary>Whether a record fits. Throws what reading the record's properties throws.</summary>
    public bool Matches(ISourceRecord record) => _root.Matches(record);

    /// <summary>The filter as a rule's scope.</summary>
    public ScopeRule ToScope() => new(Text, Matches) { Properties = Properties, TextsOf = _root.TextsOf, Failing = _root.Failing };

    /// <summary>The filter as it was written.</summary>
    public override string ToString() => Text;
}
