using System;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Auth;

/// <summary>
/// The connection's one token (the model is Azure.Core's AccessTokenCache). However many calls need one at a time, it is fetched once; who
/// cannot do without waits for it, and when nobody waits any more the fetch is broken off. A token that is good for a few more minutes
/// is renewed in the background, and nobody stops for that. A fetch that failed, whatever the reason, is over: the next one is another.
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

    // Zoom's refusal, which the next callers are told without asking again, and when the last fetch failed for any reason.
    private ScimException? _refusal;
    private TimeSpan? _failedAt;
    private bool _disposed;

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

    private bool FailedLately => _failedAt is { } at && _clock.Elapsed - at < RetryFailureAfter;

    /// <summary>The token to use now.</summary>
    public async Task<AccessToken> GetAsync(ScimCall call)
    {
        Fetch fetch;
        lock (_gate)
        {
            ThrowIfDisposed();
            var now = _clock.Elapsed;
            if (_current is { } token && token.IsValid(now))
            {
                if (token.IsDue(now) && _fetch is null && !FailedLately && !call.Stop.IsCancellationRequested)
                {
                    Begin(call.Observer, replacesRejected: false, maxAttempts: null, isRenewal: true);
                }

                return token;
            }

            if (_refusal is not null && FailedLately)
            {
                ExceptionDispatchInfo.Capture(_refusal).Throw();
            }

            fetch = Join(call, replacesRejected: false, maxAttempts: null);
        }

        return await WaitAsync(fetch, call.Stop).ConfigureAwait(false);
    }

    /// <summary>A better token than one that Zoom rejected, or null when there is none to be had.</summary>
    public async Task<AccessToken?> ReplaceAsync(AccessToken rejected, ScimCall call)
    {
        Fetch fetch;
        lock (_gate)
        {
            ThrowIfDisposed();
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
            ThrowIfDisposed();
            fetch = Join(call, replacesRejected: false, maxAttempts);
        }

        return await WaitAsync(fetch, call.Stop).ConfigureAwait(false);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _fetch?.Cancellation.Cancel();
            _fetch = null;
            _current = null;
        }

        _client?.Dispose();
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
        {
            throw new ObjectDisposedException(nameof(TokenSource), "The connection was closed.");
        }
    }

    private Fetch Join(ScimCall call, bool replacesRejected, int? maxAttempts)
    {
        // A fetch is not begun for somebody who has left already.
        call.Stop.ThrowIfCancellationRequested();
        var fetch = _fetch ?? Begin(call.Observer, replacesRejected, maxAttempts, isRenewal: false);
        fetch.Waiting++;
        return fetch;
    }

    private Fetch Begin(IWireObserver? observer, bool replacesRejected, int? maxAttempts, bool isRenewal)
    {
        var fetch = new Fetch(isRenewal);
        _fetch = fetch;

        // Not inline: the lock is held here.
        fetch.Task = Task.Run(() => RunAsync(fetch, observer, replacesRejected, maxAttempts));

        // Somebody may look at how it ends, or nobody.
        fetch.Task.Abandon();
        return fetch;
    }

    private async Task<AccessToken> RunAsync(Fetch fetch, IWireObserver? observer, bool replacesRejected, int? maxAttempts)
    {
        try
        {
            // It is nobody's own request, so both signals are the same: nobody waits any more. Of a renewal its caller hears how it ended,
            // but not its wire: the replies between would pass for those to the caller's own requests.
            var stop = fetch.Cancellation.Token;
            var token = await _client!.FetchAsync(new ScimCall(stop, stop, fetch.IsRenewal ? null : observer), maxAttempts).ConfigureAwait(false);
            token.ReplacesRejected = replacesRejected;
            lock (_gate)
            {
                _current = _disposed ? null : token;
                _refusal = null;
                _failedAt = null;
            }

            Tell(
                observer,
                WireEventKind.TokenRefreshed,
                string.Format(CultureInfo.InvariantCulture, "Fetched an access token, valid for {0:0} minutes.", token.Lifetime?.TotalMinutes));
            return token;
        }
        catch (Exception exception)
        {
            lock (_gate)
            {
                // A fetch that was broken off says nothing.
                if (exception is not (ScimNotSentException or OperationCanceledException or ObjectDisposedException))
                {
                    _refusal = exception as ScimException;
                    _failedAt = _clock.Elapsed;
                }
            }

            if (fetch.IsRenewal)
            {
                Tell(
                    observer,
                    WireEventKind.Failed,
                    $"The access token could not be renewed ({exception.Message}). The old one is still valid and stays in use.");
            }

            throw;
        }
        finally
        {
            lock (_gate)
            {
                Ended(fetch);
            }
        }
    }

    /// <summary>Tells the one for whom a fetch was begun. A renewal may end after that one has gone.</summary>
    private static void Tell(IWireObserver? observer, WireEventKind kind, string message)
    {
        try
        {
            observer?.OnWire(new WireEvent(kind, message));
        }
        catch (ObjectDisposedException)
        {
            // Nobody listens any more.
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
            // A renewal was nobody's to begin with, and goes on for the others.
            if (--fetch.Waiting == 0 && !fetch.IsRenewal)
            {
                fetch.Cancellation.Cancel();
                Ended(fetch);
            }
        }

        throw new OperationCanceledException(stop);
    }

    private sealed class Fetch(bool isRenewal)
    {
        public bool IsRenewal => isRenewal;

        public CancellationTokenSource Cancellation { get; } = new();

        public Task<AccessToken> Task { get; set; } = null!;

        public int Waiting { get; set; }
    }
}
