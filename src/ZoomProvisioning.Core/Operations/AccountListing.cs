using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>
/// One reading of the whole account, once through: whoever slips through, because others are deleted meanwhile, is looked up.
/// Whoever has been listed is found at once; for the others one waits until the end.
/// </summary>
internal sealed class AccountListing : IDisposable
{
    private readonly Dictionary<string, ScimUser> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ScimUser?> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();
    private TaskCompletionSource<bool> _nextPage = Signal();
    private bool _ended;
    private bool _isComplete;

    private AccountListing(TimeSpan beganAt) => BeganAt = beganAt;

    /// <summary>When the reading began; what it shows may be as old as that.</summary>
    public TimeSpan BeganAt { get; }

    /// <summary>How long the reading took; null while it goes on.</summary>
    public TimeSpan? Took { get; private set; }

    /// <summary>Whether it came to no end. What it has shown counts all the same, but not for long.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether no more than the first page was read, because the others were not worth it.</summary>
    public bool IsGivenUp { get; private set; }

    /// <summary>Begins to read.</summary>
    /// <param name="directory">Lists.</param>
    /// <param name="isWorthIt">Asked after the first page, with Zoom's total, whether to read on.</param>
    /// <param name="clock">The time.</param>
    /// <param name="call">How the reading is stopped and watched.</param>
    public static AccountListing Begin(UserDirectory directory, Func<int, bool> isWorthIt, IClock clock, ScimCall call)
    {
        var listing = new AccountListing(clock.Elapsed);
        _ = Task.Run(() => listing.ReadAsync(directory, isWorthIt, clock, call));
        return listing;
    }

    /// <summary>Looks for a user by id, or by name where there is no id, and waits for the page that shows it: aside, because it may be the last.</summary>
    public async Task<IndexAnswer> FindAsync(string? id, string? userName, ScimCall call)
    {
        var finding = LookAsync(id, userName, call);
        if (!finding.IsCompleted && call.Aside is { } waitAside)
        {
            await waitAside(finding).ConfigureAwait(false);
        }

        return await finding.ConfigureAwait(false);
    }

    /// <summary>Ends the reading, if it still goes on.</summary>
    public void Dispose() => _stop.Cancel();

    private static TaskCompletionSource<bool> Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task<IndexAnswer> LookAsync(string? id, string? userName, ScimCall call)
    {
        while (true)
        {
            Task nextPage;
            lock (_gate)
            {
                if (id is not null ? _byId.TryGetValue(id, out var user) : userName is not null && _byName.TryGetValue(userName, out user))
                {
                    // Of two users with one address neither is chosen by a list.
                    return user is null ? IndexAnswer.Unknown : new IndexAnswer(true, user);
                }

                if (_ended)
                {
                    return _isComplete ? new IndexAnswer(true, null) : IndexAnswer.Unknown;
                }

                nextPage = _nextPage.Task;
            }

            if (call.Stop.IsCancellationRequested)
            {
                return IndexAnswer.Unknown;
            }

            await nextPage.ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(UserDirectory directory, Func<int, bool> isWorthIt, IClock clock, ScimCall call)
    {
        // Nothing hangs on how a list ends, so a stop breaks it off at once.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(call.Stop, _stop.Token);
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(call.Abort, stop.Token);
        var isComplete = false;
        try
        {
            var (total, delivered) = await directory.ListOnceAsync(
                Take,
                count =>
                {
                    IsGivenUp = !isWorthIt(count);
                    return !IsGivenUp;
                },
                new ScimCall(stop.Token, abort.Token, call.Observer)).ConfigureAwait(false);
            isComplete = delivered >= total;
        }
        catch (Exception exception) when (exception is ScimException or OperationCanceledException)
        {
            // Then everybody is looked up one by one, and whatever is wrong comes out there.
            HasFailed = true;
        }
        finally
        {
            TaskCompletionSource<bool> last;
            lock (_gate)
            {
                Took = clock.Elapsed - BeganAt;
                (_ended, _isComplete, last) = (true, isComplete, _nextPage);
            }

            last.TrySetResult(true);
        }
    }

    private Task Take(IReadOnlyList<ScimUser> page)
    {
        TaskCompletionSource<bool> waiting;
        lock (_gate)
        {
            foreach (var user in page)
            {
                if (user.Id is not { } id)
                {
                    continue;
                }

                _byId[id] = user;
                if (user.UserName is { } name)
                {
                    _byName[name] = _byName.ContainsKey(name) ? null : user;
                }
            }

            (waiting, _nextPage) = (_nextPage, Signal());
        }

        waiting.TrySetResult(true);
        return Task.CompletedTask;
    }
}
