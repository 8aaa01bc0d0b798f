using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>What somebody looks for in the journals of an account. What is null is not asked for.</summary>
public sealed record HistoryQuery
{
    /// <summary>Not older than this.</summary>
    public DateTimeOffset? After { get; init; }

    /// <summary>Older than this.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>The run, or the command; the beginning of its id is enough.</summary>
    public string? RunId { get; init; }

    /// <summary>Whether a user name, an id, an anchor or a full name is that of somebody looked for.</summary>
    public Func<string, bool>? User { get; init; }

    /// <summary>Whether a name is that of somebody who ran something: user@machine, or the user alone.</summary>
    public Func<string, bool>? Actor { get; init; }

    /// <summary>Whether the name of an action, or of a request, is one looked for.</summary>
    public Func<string, bool>? Action { get; init; }

    /// <summary>Whether the name of an attribute is one looked for.</summary>
    public Func<string, bool>? Attribute { get; init; }

    /// <summary>Only the last so many.</summary>
    public int? Last { get; init; }

    /// <summary>Whether somebody who ran something is looked for.</summary>
    internal bool IsActor(string? actor) => Actor is not { } fits
        || (actor is not null && (fits(actor) || (actor.LastIndexOf('@') is > 0 and var at && fits(actor.Substring(0, at)))));

    /// <summary>A judge of one journal's entries, which come in their order.</summary>
    /// <param name="sought">The people looked for, under all their names; null where nobody is, or only the entries themselves tell.</param>
    /// <param name="folder">The journal's folder.</param>
    internal Func<JournalEntry, bool> Judge(SoughtPeople? sought = null, string folder = "")
    {
        // A request is found by what it sends, and its outcome by the request; a person by the name, and then under any name.
        var requests = new HashSet<long>();
        var people = new HashSet<string>(sought?.Ids ?? [], StringComparer.Ordinal);
        return entry => IsInTime(entry)
            && entry.Kind != JournalKind.LedgerSaved
            && (RunId is null || entry.RunId.StartsWith(RunId, StringComparison.OrdinalIgnoreCase))
            && IsActor(entry.Actor)
            && (Action is null || Names(entry).Any(Action))
            && (User is null || IsAbout(entry, people) || sought?.Includes(folder, entry) == true)
            && (Attribute is null || Touches(entry, requests));
    }

    private bool IsInTime(JournalEntry entry) => (After is not { } after || entry.At >= after) && (Before is not { } before || entry.At < before);

    private static IEnumerable<string> Names(JournalEntry entry) =>
        new[]
        {
            entry.Action?.ToString(),
            entry.Request?.ToString(),
            entry.Kind is JournalKind.Linked ? nameof(PlanAction.Adopt) : null,
            entry.Kind.ToString(),
        }.OfType<string>();

    private bool IsAbout(JournalEntry entry, HashSet<string> people)
    {
        // The end of a command names the person it was about, and says nothing that its requests do not.
        if (entry.Kind != JournalKind.RunEnded && new[] { entry.UserName, entry.ZoomId, entry.Anchor }.OfType<string>().Any(User!))
        {
            if (entry.ZoomId is { } id)
            {
                people.Add(id);
            }

            return true;
        }

        return (entry.ZoomId is { } known && people.Contains(known)) || entry.Members?.Any(m => people.Contains(m) || User!(m)) == true;
    }

    private bool Touches(JournalEntry entry, HashSet<long> requests)
    {
        if (entry is { Kind: JournalKind.Intent, Body: { } body } && SentAttributes.In(body).Any(a => Attribute!(a.Name)))
        {
            requests.Add(entry.Number);
            return true;
        }

        return entry.Answers is { } answers && requests.Remove(answers);
    }
}
