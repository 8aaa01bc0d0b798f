using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.State;

/// <summary>
/// The pen of a command that works without a rule: its writes go into the account's journal. Nothing is written before the first
/// request. A command that was called by hand is not kept from its work by a full disk: what cannot be written down is told, and
/// goes on; an unattended run, which nobody watches, is stopped by it (<see cref="RunJournal"/>).
/// </summary>
public sealed class DirectJournal : IJournalPen
{
    private readonly object _gate = new();
    private readonly Lazy<IJournal> _journal;
    private readonly string _command;
    private readonly string _actor;
    private readonly Dictionary<long, IReadOnlyList<string>> _open = [];
    private readonly Dictionary<string, ChangeOutcome> _outcomes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private ScimStateException? _failure;
    private bool _isBegun;
    private bool _isTold;

    /// <summary>Makes a pen.</summary>
    /// <param name="open">Opens the account's journal; asked once, when something is to be written.</param>
    /// <param name="command">What was called, without values.</param>
    public DirectJournal(Func<IJournal> open, string command)
    {
        _journal = new Lazy<IJournal>(open);
        _command = command;
        _actor = RunActor.Self;
    }

    /// <inheritdoc/>
    public string RunId { get; } = Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public ScimStateException? Failure
    {
        get
        {
            lock (_gate)
            {
                return _failure;
            }
        }
    }

    /// <summary>What to say about a journal that could not be written, the first time it is asked for; null when there is nothing to say.</summary>
    private string? TakeWarning()
    {
        lock (_gate)
        {
            if (_failure is not { } failure || _isTold)
            {
                return null;
            }

            _isTold = true;
            return $"What this command does from here on is not written down, so history and undo will not know of it: {failure.Message} "
                + $"{failure.RecommendedAction}";
        }
    }

    /// <summary>Says once that something is not written down, and notes it in the result of whoever it concerns.</summary>
    /// <param name="result">What became of somebody; null where it was not done.</param>
    /// <param name="warn">Takes what is to be said.</param>
    internal void Tell(ChangeResult? result, Action<string> warn)
    {
        if (TakeWarning() is { } warning)
        {
            warn(warning);
        }

        if (Failure is not null && result is { Outcome: ChangeOutcome.Done })
        {
            result.Warnings = [.. result.Warnings, "It was done, and is not written down."];
        }
    }

    /// <inheritdoc/>
    public JournalEntry Entry(JournalKind kind, PlannedChange? change = null) => new(kind)
    {
        RunId = RunId,
        Actor = _actor,
        UserName = change?.UserName,
        ZoomId = change?.ZoomId,
        Action = change?.Action,
    };

    /// <inheritdoc/>
    public JournalEntry Write(JournalEntry entry)
    {
        var written = Put(entry);
        if (written.Number > 0 && entry.Kind == JournalKind.Intent)
        {
            lock (_gate)
            {
                _names.Add(entry.UserName ?? string.Empty);
                _open[written.Number] = entry.Members ?? [entry.UserName ?? entry.ZoomId ?? $"group {entry.GroupId ?? entry.GroupName}"];
            }
        }

        return written;
    }

    /// <inheritdoc/>
    public void Note(JournalEntry entry)
    {
        Count(entry);
        Put(entry);
    }

    /// <summary>Closes the books of the command, if it has written anything.</summary>
    /// <param name="isStopped">Whether it was ended before its end.</param>
    public void End(bool isStopped)
    {
        IReadOnlyDictionary<string, int> counts;
        string? only;
        lock (_gate)
        {
            if (!_isBegun || _failure is not null)
            {
                return;
            }

            foreach (var person in _open.Values.SelectMany(p => p))
            {
                _outcomes[person] = ChangeOutcome.Unknown;
            }

            counts = OutcomeCounts.Of(_outcomes.Values);
            only = _names.Count == 1 && _names.Single() is { Length: > 0 } name ? name : null;
            _isBegun = false;
        }

        Put(Entry(JournalKind.RunEnded) with
        {
            Command = _command,
            UserName = only,
            Counts = counts,
            Ended = isStopped ? "Stopped" : counts.Keys.Any(k => k != nameof(ChangeOutcome.Done)) ? "Attention" : "Done",
        });
    }

    private void Count(JournalEntry outcome)
    {
        lock (_gate)
        {
            if (outcome.Answers is not { } number || !_open.TryGetValue(number, out var people))
            {
                return;
            }

            _open.Remove(number);
            foreach (var person in people)
            {
                // Of several requests for one person the one that went wrong says how it ended.
                if (!_outcomes.TryGetValue(person, out var before) || before == ChangeOutcome.Done)
                {
                    _outcomes[person] = outcome.Outcome ?? ChangeOutcome.Unknown;
                }
            }
        }
    }

    private JournalEntry Put(JournalEntry entry)
    {
        try
        {
            lock (_gate)
            {
                if (_failure is not null)
                {
                    return entry;
                }

                if (!_isBegun && entry.Kind != JournalKind.RunEnded)
                {
                    _journal.Value.Append(Entry(JournalKind.RunStarted) with { Command = _command });
                    _isBegun = true;
                }
            }

            // Outside of the gate: those who wait for the disk together share one flush.
            return _journal.Value.Append(entry);
        }
        catch (ScimStateException exception)
        {
            lock (_gate)
            {
                _failure ??= exception;
            }

            return entry;
        }
    }
}
