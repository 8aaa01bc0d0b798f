using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Loading;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Hosting;

/// <summary>The base of the cmdlets that may change Zoom without a rule: what they do is written down in the account's journal.</summary>
public abstract class WritingCmdlet : ConnectedCmdlet
{
    private static readonly HashSet<string> Uninteresting = new(CommonParameters.Concat(OptionalCommonParameters)
        .Concat(
        [
            nameof(BulkCmdlet.InputObject), nameof(Connection), nameof(BulkCmdlet.ThrottleLimit), "StatePath", "PassThru",
        ]), StringComparer.OrdinalIgnoreCase);

    private readonly object _gate = new();
    private DirectJournal? _journal;
    private bool _isEnded;

    /// <summary>The folder under which journals are kept; null for the usual one.</summary>
    private protected virtual string? JournalPath => null;

    /// <summary>Where each write is noted before it is sent.</summary>
    private protected DirectJournal Journal => Once(ref _journal, () => new DirectJournal(OpenJournal, CommandWords()));

    /// <summary>
    /// Makes something when it is first needed, and once: several records are worked on at a time, and what they must know of each
    /// other (the first write that goes alone, seats that ran out) is in one object.
    /// </summary>
    private protected T Once<T>(ref T? made, Func<T> make)
        where T : class
    {
        lock (_gate)
        {
            return made ??= make();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _journal?.End(isStopped: !_isEnded);
        }
    }

    private protected override void OnBooksClosing() => _journal?.End(isStopped: true);

    private protected override void AfterDrain()
    {
        base.AfterDrain();
        _isEnded = true;
        _journal?.End(isStopped: false);
        _journal?.Tell(null, WriteWarning);
    }

    private IJournal OpenJournal()
    {
        var account = AccountKey.Of(Zoom);
        return EngineLoader.State.OpenDirect(StatePlace.OfDirect(StateRoot(JournalPath), account), account);
    }

    // What was asked for is told by the entries themselves; the values would be people, and perhaps more than that.
    private string CommandWords() => string.Join(" ", MyInvocation.BoundParameters.Keys
        .Where(k => !Uninteresting.Contains(k)).OrderBy(k => k, StringComparer.Ordinal).Select(k => "-" + k).Prepend(MyInvocation.MyCommand.Name));
}
