using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>
/// Finds the people of a command that goes over many in one list of the account, a hundred to a request, where looking each of
/// them up would take more requests. Until that is certain, and for whoever the list does not show, it says that it does not know.
/// </summary>
/// <remarks>
/// A list grows old: what was read more than a minute ago, or ten times as long ago as the reading took, is read again or not
/// used. Whoever the command itself has written is not found here any more.
/// </remarks>
internal sealed class AccountIndex : IDisposable
{
    /// <summary>So many are looked up one by one in any case.</summary>
    public const int Handful = 20;

    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(1);

    private readonly UserDirectory _directory;
    private readonly Func<int> _coming;
    private readonly IClock _clock;
    private readonly object _gate = new();
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private AccountListing? _listing;
    private int _total;
    private int _waiting;
    private int _begun;
    private int _asked;
    private int _lookedUp;
    private bool _failed;

    /// <summary>Makes an index that holds nothing yet.</summary>
    /// <param name="directory">Lists.</param>
    /// <param name="coming">How many records are known to come after those that were begun.</param>
    /// <param name="clock">Says how old a list is.</param>
    public AccountIndex(UserDirectory directory, Func<int> coming, IClock clock)
    {
        _directory = directory;
        _coming = coming;
        _clock = clock;
    }

    /// <summary>Takes note that a record is begun, whether or not it will ask.</summary>
    public void Begin() => Interlocked.Increment(ref _begun);

    /// <summary>Takes note that the command has changed a user: the list tells what was before.</summary>
    public void Forget(string id)
    {
        lock (_gate)
        {
            _written.Add(id);
        }
    }

    /// <summary>Looks for a user.</summary>
    /// <param name="id">The Zoom id; null to look by name.</param>
    /// <param name="userName">The sign-in name.</param>
    /// <param name="call">How the listing is stopped and watched.</param>
    public async Task<IndexAnswer> FindAsync(string? id, string? userName, ScimCall call)
    {
        Interlocked.Increment(ref _asked);
        if (Listing(call) is not { } listing)
        {
            Interlocked.Increment(ref _lookedUp);
            return IndexAnswer.Unknown;
        }

        IndexAnswer answer;
        Interlocked.Increment(ref _waiting);
        try
        {
            answer = await listing.FindAsync(id, userName, call).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }

        lock (_gate)
        {
            if (answer.User is { } user ? _written.Contains(user.Id!) : _written.Count > 0 && id is not null && _written.Contains(id))
            {
                answer = IndexAnswer.Unknown;
            }
        }

        if (!answer.IsKnown)
        {
            Interlocked.Increment(ref _lookedUp);
        }

        return answer;
    }

    /// <summary>Ends a listing that is still under way.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _failed = true;
            _listing?.Dispose();
        }
    }

    /// <summary>The list to be looked into; null where there is none, and looking up one by one is no more expensive.</summary>
    private AccountListing? Listing(ScimCall call)
    {
        lock (_gate)
        {
            if (_failed || call.Stop.IsCancellationRequested)
            {
                return null;
            }

            if (_listing is { } listing)
            {
                var isGood = !listing.HasFailed && _clock.Elapsed - listing.BeganAt <= Life(listing);
                if (isGood && (!listing.IsGivenUp || Expected() < PagesOf(_total)))
                {
                    return listing;
                }

                // What was paid for a whole list does not speak for a new one.
                _failed = listing.HasFailed;
                _lookedUp = listing.IsGivenUp ? _lookedUp : 0;
                _listing = null;
                _written.Clear();
                if (_failed)
                {
                    return null;
                }
            }

            return Expected() < Math.Max(Handful, PagesOf(_total)) ? null : _listing = AccountListing.Begin(_directory, IsWorthIt, _clock, call);
        }
    }

    /// <summary>Whether the pages of such an account are fewer than the look-ups they spare.</summary>
    private bool IsWorthIt(int total)
    {
        lock (_gate)
        {
            _total = total;
            return !_failed && Expected() >= PagesOf(total);
        }
    }

    /// <summary>
    /// How many look-ups the list would spare, as far as is known: those that wait for it, those still to come, and as many again as
    /// were made.
    /// </summary>
    private int Expected()
    {
        // Not every record asks: a create does not, unless it must.
        var (begun, asked) = (Math.Max(1, Volatile.Read(ref _begun)), Volatile.Read(ref _asked));
        return (int)Math.Min(
            int.MaxValue, ((long)_coming() * Math.Min(asked, begun) / begun) + Volatile.Read(ref _waiting) + Volatile.Read(ref _lookedUp));
    }

    private static int PagesOf(int total) => (int)(((long)total + AccountLister<ScimUser>.PageSize - 1) / AccountLister<ScimUser>.PageSize);

    private static TimeSpan Life(AccountListing listing) =>
        listing.Took is { } took && took > TimeSpan.FromTicks(ShortestLife.Ticks / 10) ? TimeSpan.FromTicks(took.Ticks * 10)
        : listing.Took is null ? TimeSpan.MaxValue
        : ShortestLife;
}

/// <summary>What a list says of a user who is looked for.</summary>
/// <param name="IsKnown">Whether it says anything; if not, the user must be looked up.</param>
/// <param name="User">The user as listed; null where the list, being complete, shows no such user.</param>
internal readonly record struct IndexAnswer(bool IsKnown, ScimUser? User)
{
    /// <summary>It does not know.</summary>
    public static IndexAnswer Unknown => default;
}
