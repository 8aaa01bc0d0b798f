using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Runs;

/// <summary>Reads of an account what it takes to say who of a source is whom, and has it said.</summary>
internal sealed class AccountMatcher
{
    private readonly ZoomScimConnection _connection;
    private readonly ProvisioningRule _rule;
    private readonly AccountReader _reader;
    private readonly int _concurrency;
    private readonly Action<SyncProgress>? _onProgress;

    /// <summary>Makes a matcher.</summary>
    public AccountMatcher(ZoomScimConnection connection, ProvisioningRule rule, int concurrency, Action<SyncProgress>? onProgress)
    {
        _connection = connection;
        _rule = rule;
        _reader = new AccountReader(connection, concurrency);
        _concurrency = concurrency;
        _onProgress = onProgress;
    }

    /// <summary>Lists the account and brings the people of the source and its users together.</summary>
    public async Task<(AccountSnapshot Account, IReadOnlyList<Correlation> Correlations)> MatchAsync(SourceSnapshot source, Ledger ledger, ScimCall call)
    {
        var (users, isComplete) = await _reader.ListAsync(
            user => Packed(DetailNeeds.AsKnown(user, ledger)), (done, total) => Report("Listing Zoom", done, total), call).ConfigureAwait(false);
        var needsGroups = _rule.Groups.Count > 0 || _rule.GroupSource is not null || ledger.Entries.Any(e => e.HasGroups);
        var account = new AccountSnapshot(users, isComplete)
        {
            Groups = needsGroups ? await _reader.ListGroupsAsync(call).ConfigureAwait(false) : null,
        };
        await FindUnlistedAsync(account, ledger, call).ConfigureAwait(false);

        var correlator = new Correlator(_rule, account, ledger);
        var correlations = correlator.Correlate(source.People);
        if (await FindUnmatchedAsync(account, ledger, correlator, correlations, call).ConfigureAwait(false))
        {
            correlations = new Correlator(_rule, account, ledger).Correlate(source.People);
        }

        return (account, correlations);
    }

    /// <summary>Whom the ledger knows and the list does not show is looked for by id: only a direct no says that somebody is gone.</summary>
    private async Task FindUnlistedAsync(AccountSnapshot account, Ledger ledger, ScimCall call)
    {
        var unlisted = ledger.Entries.Where(e => account.Find(e.ZoomId) is null).ToList();
        var unread = await ReadAsync("Looking for users that are not listed", unlisted.Select(e => e.ZoomId).ToList(), account, call).ConfigureAwait(false);
        foreach (var entry in unlisted.Where(e => unread.ContainsKey(e.ZoomId)))
        {
            // Neither there nor gone: nothing is decided about the person in this run.
            account.Put(entry.Seen ?? new ScimUser(new ScimObject { ["id"] = entry.ZoomId, ["userName"] = entry.UserName }, UserDetail.Listed));
        }
    }

    /// <summary>Reads what people without a match may be found by: keys that a list does not tell, or the name itself where the list is not complete.</summary>
    private async Task<bool> FindUnmatchedAsync(
        AccountSnapshot account, Ledger ledger, Correlator correlator, IReadOnlyList<Correlation> correlations, ScimCall call)
    {
        var any = false;
        if (!account.IsComplete)
        {
            var directory = new UserDirectory(_connection);
            var names = correlations.Where(c => c.Situation == CorrelationSituation.Unmatched)
                .Select(c => c.Desired.LookupName).OfType<string>().ToList();
            var gate = new object();
            await ParallelWork.ForEachAsync(names, _concurrency, async name =>
            {
                if (await LookUpAsync(directory, name, call).ConfigureAwait(false) is { } user)
                {
                    lock (gate)
                    {
                        account.Put(user);
                        any = true;
                    }
                }
            }).ConfigureAwait(false);
        }

        if (correlator.NeedsKeysBeyondLists(correlations))
        {
            var taken = new HashSet<string>(correlations.Select(c => c.User?.Id).OfType<string>(), StringComparer.Ordinal);
            var listed = account.Users.Where(u => u.Detail == UserDetail.Listed && !taken.Contains(u.Id!))
                .Select(u => u.Id!).OrderBy(id => id, StringComparer.Ordinal).ToList();
            await ReadAsync("Reading users that may match", listed, account, call).ConfigureAwait(false);
            // Of its own people the ledger knows the keys: somebody renamed is found by them, and not taken for a leaver.
            account.HasKeysBeyondLists = true;
            any = true;
        }

        return any;
    }

    private static async Task<ScimUser?> LookUpAsync(UserDirectory directory, string name, ScimCall call)
    {
        try
        {
            return await directory.LookUpAsync(name, call).ConfigureAwait(false);
        }
        catch (ScimUserStateException exception) when (exception.ErrorId == "Zoom.User.PendingOrForeign")
        {
            // Zoom will say so again when the user is to be created, and then it is that person's error.
            return null;
        }
    }

    /// <summary>Reads users in full into the picture of the account. Those who could not be read are noted there, with the reason.</summary>
    public async Task<IReadOnlyDictionary<string, ScimException>> ReadAsync(string phase, IReadOnlyList<string> ids, AccountSnapshot account, ScimCall call)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<string, ScimException>();
        }

        var done = 0;
        Report(phase, 0, ids.Count);
        var vanished = new Dictionary<string, ScimException>(StringComparer.Ordinal);
        var unread = await _reader.ReadAsync(ids, (id, user) =>
        {
            if (user is not null)
            {
                account.Put(Packed(user));
            }
            else if (account.Find(id) is { } listed)
            {
                // On the word of a list alone everything a list does not tell would be sent anew.
                vanished[id] = new ScimNotFoundException(
                    "Zoom.User.NotFound",
                    $"Zoom lists '{listed}' (id {id}), but says that there is no such user when it is asked for; it was deleted just now, or is very new.")
                {
                    Category = "ObjectNotFound",
                    RecommendedAction = "Run the rule again; the next run reads the user anew.",
                };
            }

            Report(phase, ++done, ids.Count);
        }, call).ConfigureAwait(false);
        account.AddUnread(unread);
        account.AddUnread(vanished);
        return unread;
    }

    /// <summary>There may be a hundred thousand, and most are looked at once.</summary>
    private static ScimUser Packed(ScimUser user)
    {
        user.Attributes.Pack();
        return user;
    }

    private void Report(string phase, int done, int total) => _onProgress?.Invoke(new SyncProgress(phase, done, total, 0));
}
