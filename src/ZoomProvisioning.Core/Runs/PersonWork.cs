using System.Collections.Generic;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>One person on the way through the phases of a run.</summary>
internal sealed class PersonWork
{
    public PersonWork(PlannedChange change)
    {
        Planned = change;
        Change = change;
    }

    /// <summary>The change as the plan has it.</summary>
    public PlannedChange Planned { get; }

    /// <summary>The same over the user as it is now.</summary>
    public PlannedChange Change { get; set; }

    /// <summary>Whoever must have given up the address wanted here; null when it is free.</summary>
    public PersonWork? WaitsFor { get; set; }

    /// <summary>The manager, who is set when all people are there.</summary>
    public AttributeChange? Manager { get; set; }

    /// <summary>What became of the first part; null until it is done.</summary>
    public ChangeResult? Result { get; set; }

    /// <summary>What is to be told.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>What of the wish is not in Zoom although the rest was done.</summary>
    public List<string> Unmet { get; } = [];

    /// <summary>What Zoom accepted in a later part and did not apply; null where nobody looked.</summary>
    public List<AttributeChange>? LaterNotApplied { get; set; }

    /// <summary>Whether the later parts were read back on demand.</summary>
    public bool Verifies { get; set; }

    /// <summary>The memberships changed.</summary>
    public List<GroupChange> Groups { get; } = [];

    /// <summary>Whether the first part was done, so that managers and groups may follow.</summary>
    public bool Goes => Result is { Outcome: ChangeOutcome.Done, Id: not null };

    private ScimException? _failure;
    private string? _failedAt;

    /// <summary>Notes that a later part failed.</summary>
    public void Fail(ScimException exception, string what)
    {
        _failure ??= exception;
        _failedAt ??= what;
        Warnings.Add($"{what}: {exception.Message}");
    }

    /// <summary>Notes that a later part was left out.</summary>
    public void Miss(string what)
    {
        Warnings.Add(what);
        Unmet.Add(what);
    }

    /// <summary>The user as the ledger has seen it last; null when it does not know.</summary>
    public ScimUser? Seen(RunJournal journal) => journal.With(fold => Result?.Id is { } id ? fold.Ledger.Find(id)?.Seen : null);

    /// <summary>The result of all parts together.</summary>
    public ChangeResult Finish()
    {
        var first = Result!;
        var outcome = _failure is null || first.Outcome != ChangeOutcome.Done ? first.Outcome
            : first.Action == PlanAction.Create ? ChangeOutcome.Done
            : OutcomeOf.Error(_failure) == ChangeOutcome.NotSent ? ChangeOutcome.Failed : OutcomeOf.Error(_failure);
        return new ChangeResult(
            first.UserName,
            first.Action,
            outcome,
            _failedAt is null ? first.Reason : $"{first.Reason}; but {_failedAt}: {_failure!.Message}")
        {
            Changes = Manager is not null && _failure is null && first.Outcome == ChangeOutcome.Done ? [.. first.Changes, Manager] : first.Changes,
            GroupChanges = Groups,
            IsStale = first.IsStale,
            NotApplied = [.. first.NotApplied, .. LaterNotApplied ?? []],
            Unmet = [.. first.Unmet, .. Unmet, .. _failedAt is null ? System.Array.Empty<string>() : [$"{_failedAt}: {_failure!.Message}"]],
            Verified = Verifies && LaterNotApplied is { } missed ? first.Verified != false && missed.Count == 0 : first.Verified,
            Warnings = [.. first.Warnings, .. Warnings],
            User = first.User,
            Source = first.Source,
            Error = first.Error ?? _failure,
        };
    }
}
