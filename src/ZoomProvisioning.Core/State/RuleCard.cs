using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ZoomProvisioning.Files;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.State;

/// <summary>
/// Whose folder it is: <c>rule.json</c> in it. A rule is found by its id, so that a rename is a rename; the folder's own name
/// tells a copy of a folder from the folder.
/// </summary>
/// <param name="Id">The rule's id; for a rule that has none, one that it can be given to go on under another name.</param>
/// <param name="IsGiven">Whether the rule's file has the id.</param>
/// <param name="Name">The rule's name, as of its last run.</param>
/// <param name="Title">The name that ledger and journal were begun under.</param>
/// <param name="Folder">The folder's name when the card was written.</param>
/// <param name="File">The rule's file, as of its last run; null for a rule made in a script.</param>
internal sealed record RuleCard(Guid Id, bool IsGiven, string Name, string Title, string Folder, string? File)
{
    private const string FileName = "rule.json";

    /// <summary>Whether the folder it lies in is not the one it was written in.</summary>
    public bool IsIn(string folder) => string.Equals(Folder, Path.GetFileName(folder), StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the card of a folder; null where there is none, as in those of 0.1.0.</summary>
    /// <exception cref="ScimStateException">The file cannot be read, or is no card.</exception>
    public static RuleCard? Read(string folder, IRuleTexts texts)
    {
        var path = Path.Combine(folder, FileName);
        if (!System.IO.File.Exists(path))
        {
            return null;
        }

        try
        {
            var values = texts.ParseRule(System.IO.File.ReadAllText(path)).Entries
                .Where(e => e.Value.Kind is RuleNodeKind.Text or RuleNodeKind.Flag)
                .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
            return new RuleCard(
                Guid.Parse(values["id"].Text!), values["given"].Flag, values["name"].Text!, values["title"].Text!, values["folder"].Text!,
                values.TryGetValue("file", out var file) ? file.Text : null);
        }
        catch (Exception exception) when (exception is RuleFileException or FormatException or KeyNotFoundException or ArgumentException
            or IOException or UnauthorizedAccessException)
        {
            throw new ScimStateException("Zoom.State.RuleUnknown",
                $"'{path}' does not say which rule the folder belongs to: {exception.Message} Nothing was sent.", exception)
            {
                Category = "InvalidData",
                RecommendedAction = "Put the file back from a backup, or delete it: the folder is then found by the rule's name.",
            };
        }
    }

    /// <summary>Writes the card, unless it is there already.</summary>
    public void Write(string folder, IRuleTexts texts)
    {
        if (this == Read(folder, texts))
        {
            return;
        }

        var values = new List<KeyValuePair<string, RuleNode>>
        {
            new("id", RuleNode.Of(Id.ToString("D", CultureInfo.InvariantCulture))),
            new("given", RuleNode.Of(IsGiven)),
            new("name", RuleNode.Of(Name)),
            new("title", RuleNode.Of(Title)),
            new("folder", RuleNode.Of(Folder)),
        };
        if (File is not null)
        {
            values.Add(new("file", RuleNode.Of(File)));
        }

        var path = Path.Combine(folder, FileName);
        try
        {
            AtomicFile.WriteAllText(path, texts.WriteRule(RuleNode.Of(values)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new ScimStateException("Zoom.State.Unusable", $"'{path}' cannot be written: {exception.Message} Nothing was sent.", exception)
            {
                Category = "WriteError",
                RecommendedAction = "See to it that the disk has room and that the folder may be written, then run again.",
            };
        }
    }
}
