using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// The people somebody looks for in the journals, under every name they ever had: whoever is known by the name of today had another one in
/// what was written before it was given. So all journals are looked through once for names, before any of their entries is told.
/// </summary>
internal sealed class SoughtPeople
{
    private static readonly JournalKind[] Kinds =
    [
        JournalKind.Intent, JournalKind.Outcome, JournalKind.Settled, JournalKind.Linked, JournalKind.Unlinked, JournalKind.Relinked, JournalKind.NotDone,
    ];

    private readonly Func<string, bool> _fits;
    private readonly HashSet<(string Folder, long Number)> _requests = [];

    private SoughtPeople(Func<string, bool> fits) => _fits = fits;

    /// <summary>Their Zoom ids.</summary>
    public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>Looks for them.</summary>
    /// <param name="history">The journals.</param>
    /// <param name="fits">Whether a user name, an id, an anchor or a full name is that of somebody looked for.</param>
    public static SoughtPeople Find(AccountHistory history, Func<string, bool> fits)
    {
        var people = new SoughtPeople(fits);
        var created = new List<(string Folder, long Number, string Id)>();
        foreach (var place in history.Places)
        {
            people.Look(place.Folder, history.Read(place, null, null, Kinds), created);
        }

        // Whoever was to be created had no id yet.
        people._requests.UnionWith(created.Where(c => people.Ids.Contains(c.Id)).Select(c => (c.Folder, c.Number)));
        return people;
    }

    /// <summary>Whether an entry is a request about one of them, or its answer, that does not say so by itself.</summary>
    public bool Includes(string folder, JournalEntry entry) =>
        _requests.Contains((folder, entry.Number)) || (entry.Answers is { } answers && _requests.Contains((folder, answers)));

    private void Look(string folder, IEnumerable<JournalEntry> entries, List<(string Folder, long Number, string Id)> created)
    {
        var open = new Dictionary<long, JournalEntry>();
        foreach (var entry in entries.Where(e => e.GroupId is null && e.GroupName is null))
        {
            var asked = entry.Answers is { } number && open.TryGetValue(number, out var intent) ? intent : null;
            if (entry.Kind == JournalKind.Intent)
            {
                open[entry.Number] = entry;
            }
            else if (asked is not null && entry.Outcome != ChangeOutcome.Unknown)
            {
                open.Remove(asked.Number);
            }

            if (asked is { ZoomId: null } && entry.ZoomId is { } made)
            {
                created.Add((folder, asked.Number, made));
            }

            // A name that was refused is perhaps somebody else's.
            var given = asked is not null && entry.Outcome is ChangeOutcome.Done or ChangeOutcome.NoChange ? asked.Body : null;
            if (!new[] { entry.UserName, entry.ZoomId, entry.Anchor }.Concat(Names(entry.Before)).Concat(Names(entry.After)).Concat(Names(given))
                    .OfType<string>().Any(_fits))
            {
                // Whoever was to be created, and was not, is known by what was asked for only.
                if (entry is { Kind: JournalKind.Intent, Request: WriteKind.Create } && Names(entry.Body).OfType<string>().Any(_fits))
                {
                    _requests.Add((folder, entry.Number));
                }
            }
            else if ((entry.ZoomId ?? asked?.ZoomId) is { } id)
            {
                Ids.Add(id);
            }
        }
    }

    private static IEnumerable<string?> Names(ScimObject? body)
    {
        if (body is null)
        {
            return [];
        }

        var user = new ScimUser(body, UserDetail.None);
        return [user.UserName, .. PersonNames.Of(user)];
    }
}
