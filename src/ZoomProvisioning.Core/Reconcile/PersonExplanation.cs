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

    /// <summary>The person's user name.</summary>
    public string? UserName => Record?.Desired?.Values.UserName ?? Change?.UserName;

    /// <summary>Why the plan says what it says.</summary>
    public string? Reason => Record?.Problem?.Message ?? Change?.Reason;

    /// <summary>The same with what the journals tell of the person.</summary>
    internal PersonExplanation WithTrouble(AccountHistory history, string who, DateTimeOffset now) => this with
    {
        Trouble = PersonTrouble.Of(history, [who, UserName, Change?.UserName, Change?.Current?.UserName, Change?.ZoomId, Record?.Anchor, Record?.Label], now)
            .Select(PersonTrouble.Describe).ToList(),
    };

    /// <summary>The same with the bodies of the requests as text.</summary>
    internal PersonExplanation WithJson(Func<ScimObject, string> write) => this with
    {
        Requests = Requests.Select(r => r with { Json = r.Body is { } body ? write(body) : null }).ToList(),
    };

    /// <summary>Finds somebody in the source by user name, anchor or full name; null when nobody is called so.</summary>
    public static (ISourceRecord Row, RecordExplanation Record)? Find(ProvisioningRule rule, IEnumerable<ISourceRecord> rows, string who) => rows
        .Select(row => (Row: row, Record: SourceReader.Explain(rule, row)))
        .Where(p => Is(p.Record.Desired?.Values.UserName, who) || Is(p.Record.Desired?.Values.Email, who) || Is(p.Record.Anchor, who)
            || IsCalled(p.Record.Desired?.Values, who) || Names(p.Row, who))
        .Select(p => ((ISourceRecord, RecordExplanation)?)p)
        .FirstOrDefault();

    /// <summary>What a plan says about a row, or else about a user name.</summary>
    public static PlannedChange? Find(SyncPlan plan, ISourceRecord? row, string who) =>
        (row is null ? null : plan.Changes.FirstOrDefault(c => ReferenceEquals(c.Desired?.Source, row.Source)))
        ?? plan.Changes.FirstOrDefault(c => Is(c.UserName, who) || Is(c.Current?.UserName, who) || Is(c.ZoomId, who)
            || IsCalled(c.Current, who));

    private static bool IsCalled(ScimUser? person, string who) =>
        person is not null && (Is(person.DisplayName, who) || Is($"{person.GivenName} {person.FamilyName}", who));

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
