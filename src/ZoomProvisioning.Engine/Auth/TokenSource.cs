using System;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Auth;

/// <summary>
/// The connection's one token. However many calls need a new one at a time, it is fetched once and they all wait for it;
/// when none of them waits any more, the fetch is broken off.
/// </summary>
internal sealed class TokenSource : IDisposable
{
    /// <summary>How long a failed fetch stands before it is tried again, so that a thousand records do not ask a thousand times.</summary>
    public static readonly TimeSpan RetryFailureAfter = TimeSpan.FromSeconds(30);

    private readonly object _gate = new();
    private readonly IClock _clock;
    private readonly TokenClient? _client;
    private AccessToken? _current;
    private Fetch? _fetch;
    private ScimException? _failure;
    private TimeSpan _failedAt;

    /// <summary>A source that fetches its tokens.</summary>
    public TokenSource(TokenClient client, IClock clock)
    {
        _client = client;
        _clock = clock;
    }

    /// <summary>A source that has one ready token and no way to another.</summary>
    public TokenSource(AccessToken ready, IClock clock)
    {
        _current = ready;
        _clock = clock;
    }

    /// <summary>The token in use, or null before the first.</summary>
    public AccessToken? Current
    {
        get
        {
            lock (_gate)
            {
                return _current;
            }
        }
    }

    /// <summary>Whether this source has a ready token only.</summary>
    public bool IsReadyToken => _client is null;

    /// <summary>The token to use now.</summary>
    public async Task<AccessToken> GetAsync(ScimCall call)
    {
        Fetch fetch;
        lock (_gate)
        {
            var now = _clock.Elapsed;
            if (_current is not null && !_current.IsDue(now))
            {
                return _current;
            }

            if (_failure is not null && now - _failedAt < RetryFailureAfter)
            {
                if (_current?.IsValid(now) == true)
                {
                    return _current;
                }

                ExceptionDispatchInfo.Capture(_failure).Throw();
            }

            fetch = Join(call, replacesRejected: false, maxAttempts: null);
        }

        try
        {
            return await WaitAsync(fetch, call.Stop).ConfigureAwait(false);
        }
        catch (ScimException exception)
        {
            // An early renewal may fail while the old token is still good. The next one is tried after a while.
            if (Current is not { } old || !old.IsValid(_clock.Elapsed))
            {
                throw;
            }

            call.Observer?.OnWire(new WireEvent(
                WireEventKind.Failed,
                $"The access token could not be renewed ({exception.Message}). The old one is still valid and stays in use."));
            return old;
        }
    }

    /// <summary>A better token than one that Zoom rejected, or null when there is none to be had.</summary>
    public async Task<AccessToken?> ReplaceAsync(AccessToken rejected, ScimCall call)
    {
        Fetch fetch;
        lock (_gate)
        {
            if (_client is null)
            {
                return null;
            }

            if (_current is not null && !ReferenceEquals(_current, rejected))
            {
                return _current;
            }

            // A new token that was never taken either: the trouble is not the token's age, and one more would not help.
            if (rejected is { ReplacesRejected: true, Accepted: false } && _clock.Elapsed - rejected.FetchedAt < RetryFailureAfter)
            {
                return null;
            }

            _current = null;
            fetch = Join(call, replacesRejected: true, maxAttempts: null);
        }

        return await WaitAsync(fetch, call.Stop).ConfigureAwait(false);
    }

    /// <summary>Fetches a token whatever there is already: the connection test wants to see it done.</summary>
    public async Task<AccessToken> FetchNowAsync(ScimCall call, int maxAttempts)
    {
        Fetch fetch;
        lock (_gate)
        {
            fetch = Join(call, replacesRejected: false, maxAttempts);
        }

        return await WaitAsync(fetch, call.Stop).ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _fetch?.Cancellation.Cancel();
            _fetch = null;
            _current = null;
        }

        _client?.Dispose();
    }

    private Fetch Join(ScimCall call, bool replacesRejected, int? maxAttempts)
    {
        // A fetch is not begun for somebody who has left already.
        call.Stop.ThrowIfCancellationRequested();
        if (_fetch is null)
        {
            var fetch = new Fetch();
            _fetch = fetch;

            // Not inline: the lock is held here.
            fetch.Task = Task.Run(() => RunAsync(fetch, call.Observer, replacesRejected, maxAttempts));
        }

        _fetch.Waiting++;
        return _fetch;
    }

    private async Task<AccessToken> RunAsync(Fetch fetch, IWireObserver? observer, bool replacesRejected, int? maxAttempts)
    {
        try
        {
            // It is nobody's own request, so both signals are the same: nobody waits any more.
            var stop = fetch.Cancellation.Token;
            var token = await _client!.FetchAsync(new ScimCall(stop, stop, observer), maxAttempts).ConfigureAwait(false);
            token.ReplacesRejected = replacesRejected;
            lock (_gate)
            {
                _current = token;
                _failure = null;
                Ended(fetch);
            }

            observer?.OnWire(new WireEvent(
                WireEventKind.TokenRefreshed,
                string.Format(CultureInfo.InvariantCulture, "Fetched an access token, valid for {0:0} minutes.", token.Lifetime?.TotalMinutes)));
            return token;
        }
        catch (ScimException exception)
        {
            lock (_gate)
            {
                if (exception is not ScimNotSentException)
                {
                    _failure = exception;
                    _failedAt = _clock.Elapsed;
                }

                Ended(fetch);
            }

            throw;
        }
    }

    private void Ended(Fetch fetch)
    {
        if (ReferenceEquals(_fetch, fetch))
        {
            _fetch = null;
        }
    }

    private async Task<AccessToken> WaitAsync(Fetch fetch, CancellationToken stop)
    {
        var stopped = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using (stop.Register(() => stopped.TrySetResult(true)))
        {
            if (await Task.WhenAny(fetch.Task, stopped.Task).ConfigureAwait(false) == fetch.Task)
            {
                return await fetch.Task.ConfigureAwait(false);
            }
        }

        lock (_gate)
        {
            if (--fetch.Waiting == 0)
            {
                fetch.Cancellation.Cancel();
                Ended(fetch);
            }
        }

        // Nobody will look at how it ends; the runtime wants an exception to be seen all the same.
        _ = fetch.Task.ContinueWith(
            task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        throw new OperationCanceledException(stop);
    }

    private sealed class Fetch
    {
        public CancellationTokenSource Cancellation { get; } = new();

        public Task<AccessToken> Task { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
