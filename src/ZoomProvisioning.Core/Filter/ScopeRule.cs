using System;
using System.Collections.Generic;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Filter;

/// <summary>A question about a source record, answered yes or no: a filter text or a scriptblock.</summary>
public sealed class ScopeRule
{
    private readonly Func<ISourceRecord, bool> _test;

    /// <summary>Makes a scope.</summary>
    /// <param name="text">The filter or the scriptblock, as it was written.</param>
    /// <param name="test">The answer for a record. Whatever it throws is that record's error.</param>
    public ScopeRule(string text, Func<ISourceRecord, bool> test)
    {
        Text = text;
        _test = test;
    }

    /// <summary>The filter or the scriptblock, as it was written.</summary>
    public string Text { get; }

    /// <summary>The properties a filter asks for, so that one nobody has can be told; empty for a scriptblock.</summary>
    internal IReadOnlyList<string> Properties { get; init; } = [];

    /// <summary>The texts a filter asks a property to be equal to, such as the groups somebody is to be a member of.</summary>
    internal Func<string, IEnumerable<string>> TextsOf { get; init; } = _ => [];

    /// <summary>The properties by which a record is left out; none for a scriptblock, which does not tell.</summary>
    internal Func<ISourceRecord, IEnumerable<string>> Failing { get; init; } = _ => [];

    /// <summary>Whether a record is in it.</summary>
    public bool Includes(ISourceRecord record) => _test(record);

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}
