using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace ZoomProvisioning.Input.Tables;

/// <summary>The people of a text: a table with one heading line, or LDIF. They can be gone through once.</summary>
public sealed class SourceTable : IEnumerable<ISourceRecord>
{
    private readonly IRecordText _text;

    private SourceTable(IRecordText text, TextSource source)
    {
        _text = text;
        EncodingName = source.EncodingName;
    }

    /// <summary>How it is written, for people: <c>separated by ';'</c>.</summary>
    internal string Form => _text.Form;

    /// <summary>The encoding it is read in.</summary>
    internal string EncodingName { get; }

    /// <summary>Whether the text ends in the middle of a line, as a file does whose writer was stopped. Known when all of it was read.</summary>
    public bool IsUnfinished => _text.IsUnfinished;

    /// <summary>Opens a text.</summary>
    /// <param name="stream">Its bytes; the stream must be able to seek.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <param name="encoding">The encoding somebody named; null to find it out.</param>
    /// <exception cref="ScimRecordException">It is no table of people that can be read for certain.</exception>
    public static SourceTable Open(Stream stream, string name, Encoding? encoding = null)
    {
        var source = new TextSource(SourceEncoding.Open(stream, name, encoding), name);
        var beginning = source.Beginning();
        return new SourceTable(LdifText.IsOne(beginning) ? new LdifText(source) : new DelimitedText(source, beginning), source);
    }

    /// <inheritdoc/>
    public IEnumerator<ISourceRecord> GetEnumerator() => _text.Records().GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>A text that holds records.</summary>
internal interface IRecordText
{
    /// <summary>Whether it ended in the middle of a line.</summary>
    bool IsUnfinished { get; }

    /// <summary>How it is written, for people.</summary>
    string Form { get; }

    /// <summary>The records, once.</summary>
    IEnumerable<ISourceRecord> Records();
}
