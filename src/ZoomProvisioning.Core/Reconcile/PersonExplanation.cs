using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Input;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Reconcile;

/// <summary>One person, from the source to the requests.</summary>
/// <param name="Row">The record of the source; null for somebody who is not in it.</param>
/// <param name="Record">What the rule makes of the record; null without one.</param>
/// <param name="Change">What would be done; null when the plan does not speak of the person.</param>
public sealed record PersonExplanation(ISourceRecord? Row, RecordExplanation? Record, PlannedChange? Change)
{
    /// <summary>The requests that would be sent.</summary>
    public IReadOnlyList<PlannedRequest> Requests { get; init; } = Change is null ? [] : PlannedRequest.Of(Change);

    /// <summary>What went wrong with the person in the last 30 days, by the journals, oldest first; a few sentences at most.</summary>
    public IReadOnlyList<string> Trouble { get; init; } = [];

    /// <summary>The last things done with the person in the last 30 days, and what went wrong, in the order of time; a few sentences at most.</summary>
    public IReadOnlyList<string> Before { get; init; } = [];

    /// <summary>The user in Zoom, as the plan or a look at Zoom tells; null when there is none, or nobody looked.</summary>
    public ScimUser? Current { get; init; } = Change?.Current;

    /// <summary>Whether <see cref="Current"/> is known: a record without an address cannot be looked for.</summary>
    public bool IsLookedUp { get; init; } = Change is { Problem: null };

    /// <summary>The person's user name.</summary>
    public string? UserName => Record?.Desired?.Values.UserName ?? (Change is { Problem: null } ? Change.UserName : null) ?? Record?.UserName;

    /// <summary>What to call the person: the user name, else the full name, else what the plan calls the record.</summary>
    public string Name => UserName ?? Record?.FullName ?? Change?.UserName ?? Record?.Label ?? string.Empty;

    /// <summary>Why the plan says what it says.</summary>
    public string? Reason => Record?.Problem?.Message ?? Change?.Reason;

    /// <summary>Zoom's side in words: the user, or that there is none; null when nobody knows.</summary>
    public string? ZoomState => Current is { } user ? $"{user.UserName}, id {user.Id}, {(user.Active == false ? "deactivated" : "active")}"
        : IsLookedUp ? "not there"
        : null;

    /// <summary>What is to be said where the plan does not speak of the person; null where it does.</summary>
    public string? Verdict => Change is not null ? null
        : Record is { InScope: false } record ? $"nothing, because the record is out of the rule's scope: {record.Scope}"
            + (record.OutOfScopeBy.Count > 0 ? $" ({string.Join("; ", record.OutOfScopeBy)})" : string.Empty)
        : "nothing: the plan does not speak of this person";

    /// <summary>The same with what the journals tell of the person.</summary>
    internal PersonExplanation WithTrouble(AccountHistory history, string who, DateTimeOffset now) => this with
    {
        Trouble = PersonTrouble.Of(history, [who, UserName, Change?.UserName, Change?.Current?.UserName, Change?.ZoomId, Record?.Anchor, Record?.Label], now)
            .Select(PersonTrouble.Describe).ToList(),
        Before = PersonTrouble.Before(history, KnownNames is { Count: > 0 } names ? names : [who], now),
    };

    /// <summary>By what journals know this person and nobody else: not by a name that several may have, nor by the place of a record.</summary>
    private IReadOnlyList<string> KnownNames => new[]
    {
        UserName, Change?.Current?.UserName, Current?.UserName, Change?.ZoomId, Current?.Id, Record?.Anchor ?? Change?.Anchor,
    }.OfType<string>().Where(n => n.Length > 0).ToList();

    /// <summary>The same with the bodies of the requests as text.</summary>
    internal PersonExplanation WithJson(Func<ScimObject, string> write) => this with
    {
        Requests = Requests.Select(r => r with { Json = r.Body is { } body ? write(body) : null }).ToList(),
    };

    /// <summary>
    /// Finds somebody in the source by user name, anchor or Zoom id, else by the full name, else by any other value, also where the record
    /// cannot be used or is out of scope; null when nobody is called so.
    /// </summary>
    /// <exception cref="ScimRecordException">Several people are called so.</exception>
    public static (ISourceRecord Row, RecordExplanation Record)? Find(ProvisioningRule rule, IEnumerable<ISourceRecord> rows, string who)
    {
        var called = new List<(ISourceRecord Row, RecordExplanation Record)>();
        var named = new List<(ISourceRecord Row, RecordExplanation Record)>();
        foreach (var row in rows)
        {
            var record = SourceReader.Explain(rule, row);
            if (Is(record.UserName, who) || Is(record.Desired?.Values.Email, who) || Is(record.Anchor, who) || Is(record.Desired?.ZoomId, who))
            {
                return (row, record);
            }

            if (record.FullNames.Any(n => Is(n, who)))
            {
                called.Add((row, record));
            }
            else if (Names(row, who))
            {
                named.Add((row, record));
            }
        }

        var found = called.Count > 0 ? called : named;
        RequireOne(found.Select(f => (f.Record.UserName, f.Record.Called)), who, "in the source");
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>What a plan says about a row, or else about a user name.</summary>
    /// <exception cref="ScimRecordException">The plan is about several people of that name.</exception>
    public static PlannedChange? Find(SyncPlan plan, ISourceRecord? row, string who)
    {
        if ((Of(plan, row) ?? Exactly(plan, who)) is { } change)
        {
            return change;
        }

        var called = plan.Changes.Where(c => c.Current is { } user && PersonNames.Of(user).Any(n => Is(n, who))).ToList();
        RequireOne(called.Select(c => ((string?)c.UserName, c.FriendlyName)), who, "among those the rule has brought to Zoom");
        return called.FirstOrDefault();
    }

    /// <summary>What a plan says about somebody who was found in the source; about nobody else who has the name.</summary>
    internal static PlannedChange? Find(SyncPlan plan, ISourceRecord row, RecordExplanation record) => Of(plan, row)
        ?? (record.Anchor is { } anchor ? plan.Changes.FirstOrDefault(c => Is(c.Anchor, anchor)) : null)
        ?? (record.UserName is { } name ? Exactly(plan, name) : null);

    /// <summary>The error that nobody is called so.</summary>
    /// <param name="who">The name.</param>
    /// <param name="source">What the source is called.</param>
    internal static ScimRecordException Nobody(string who, string source) => new(
        "Zoom.Source.NobodyFound",
        $"Nobody is called '{who}': neither in {source} nor among those the rule has brought to Zoom.")
    {
        Category = "ObjectNotFound",
        RecommendedAction = "Give the user name, as it is in the source or in Zoom, the full name, or the value of the rule's anchor.",
    };

    private static PlannedChange? Of(SyncPlan plan, ISourceRecord? row) =>
        row is null ? null : plan.Changes.FirstOrDefault(c => ReferenceEquals(c.Desired?.Source, row.Source));

    private static PlannedChange? Exactly(SyncPlan plan, string who) =>
        plan.Changes.FirstOrDefault(c => Is(c.UserName, who) || Is(c.Current?.UserName, who) || Is(c.ZoomId, who));

    /// <summary>Refuses a name that several have: the first of them is perhaps another.</summary>
    private static void RequireOne(IEnumerable<(string? UserName, string Called)> found, string who, string where)
    {
        var people = found.Select((f, i) => (Key: f.UserName ?? $"record {i}", f.Called))
            .GroupBy(f => f.Key, StringComparer.OrdinalIgnoreCase).Select(g => g.First().Called).OrderBy(c => c, StringComparer.OrdinalIgnoreCase).ToList();
        if (people.Count > 1)
        {
            throw new ScimRecordException("Zoom.Source.SeveralFound", $"'{who}' fits {Counted.People(people.Count)} {where}: {FirstNames.Of(people)}.")
            {
                Category = "InvalidArgument",
                RecommendedAction = "Give the user name of one of them, the full name if only one has it, or the value of the rule's anchor.",
            };
        }
    }

    private static bool Names(ISourceRecord record, string who)
    {
        foreach (var name in record.Names)
        {
            try
            {
                if (Is(record.Read(name) as string, who))
                {
                    return true;
                }
            }
            // A property whose getter throws names nobody.
            catch (Exception exception) when (exception is not OperationCanceledException && !FlowControl.EndsPipeline(exception))
            {
                continue;
            }
        }

        return false;
    }

    private static bool Is(string? value, string who) => string.Equals(value, who, StringComparison.OrdinalIgnoreCase);
}
