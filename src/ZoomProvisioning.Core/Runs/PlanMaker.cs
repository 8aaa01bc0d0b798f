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

/// <summary>Reads of the account what a plan has to know, and has the plan made of it.</summary>
internal sealed class PlanMaker
{
    private readonly ZoomScimConnection _connection;
    private readonly ProvisioningRule _rule;
    private readonly IRuleState _state;
    private readonly RuleSyncOptions _options;
    private readonly AccountReader _reader;

    public PlanMaker(ZoomScimConnection connection, ProvisioningRule rule, IRuleState state, RuleSyncOptions options)
    {
        _connection = connection;
        _rule = rule;
        _state = state;
        _options = options;
        _reader = new AccountReader(connection, options.Concurrency);
    }

    /// <summary>Who was read in full for the plan, or known so; null as long as none was made.</summary>
    public IReadOnlyList<ScimUser>? ReadInFull { get; private set; }

    /// <summary>Makes a plan.</summary>
    /// <param name="source">The source.</param>
    /// <param name="ledger">What the rule knows of the account.</param>
    /// <param name="lastEntryAt">When the journal's last entry was written, before this run wrote any; null when there is none.</param>
    /// <param name="recent">What happened in the day before.</param>
    /// <param name="call">How the call is stopped and watched.</param>
    public async Task<SyncPlan> MakeAsync(
        SourceSnapshot source, Ledger ledger, DateTimeOffset? lastEntryAt, Func<RecentChanges> recent, ScimCall call)
    {
        var (users, isComplete) = await _reader.ListAsync(
            user => DetailNeeds.AsKnown(user, ledger), (done, total) => Report("Listing Zoom", done, total), call).ConfigureAwait(false);
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

        var only = _options.Only;
        only?.Require(_rule, source, ledger, correlations);
        var about = only is null ? correlations : correlations.Where(only.Includes).ToList();
        await ReadAsync("Reading users", DetailNeeds.Decide(_rule, about, account, ledger), account, call).ConfigureAwait(false);
        var left = _rule.KeepsAbsent ? [] : DetailNeeds.OfLeavers(ledger, correlations, account);
        left = only is null ? left : left.Where(id => only.Includes(ledger.Find(id)!)).ToList();
        await ReadAsync("Reading users who have left", left, account, call).ConfigureAwait(false);
        ReadInFull = account.Users.Where(u => u.Detail == UserDetail.Read).ToList();
        var others = _state.FindOthers(Contested(ledger, correlations, account), _options.Clock.UtcNow);
        var plan = RulePlanner.Plan(new PlanInput
        {
            Rule = _rule,
            Source = source,
            Account = account,
            Ledger = ledger,
            Correlations = correlations,
            OtherRules = others,
            StateDoubt = DoubtState(ledger, Matched(about, account, others).ToList(), lastEntryAt),
            Connection = _connection,
            Recent = recent,
            RemovesRule = _options.RemovesRule,
            Only = only,
            Now = _options.Clock.UtcNow,
        });
        return PlanValidity.Remember(plan, ledger).Identified();
    }

    /// <summary>Why the ledger may be older than Zoom, or lost; a rule that removes nobody for being absent loses nothing by the latter.</summary>
    private string? DoubtState(Ledger ledger, IReadOnlyList<(ScimUser Wanted, ScimUser User)> matched, DateTimeOffset? lastEntryAt) =>
        StateAge.Doubt(ledger, matched, lastEntryAt, _options.Clock.UtcNow)
            ?? (_rule.KeepsAbsent || _options.Rebuild || _options.RemovesRule ? null : StateAge.Lost(ledger, matched, _options.Clock.UtcNow));

    /// <summary>Who is in Zoom and known in full, as wanted and as it is; what other rules do to their people says nothing here.</summary>
    private static IEnumerable<(ScimUser Wanted, ScimUser User)> Matched(
        IEnumerable<Correlation> correlations, AccountSnapshot account, OtherRules others)
    {
        foreach (var correlation in correlations.Where(c => c.Situation != CorrelationSituation.Disputed))
        {
            if (correlation.User?.Id is { } id && account.Find(id) is { Detail: UserDetail.Read } user && others.Managing(id) is null)
            {
                yield return (correlation.Desired.Values, user);
            }
        }
    }

    /// <summary>The users about whom another rule may have a say: those of the source, and those who would be removed.</summary>
    private static IReadOnlyCollection<string> Contested(Ledger ledger, IReadOnlyList<Correlation> correlations, AccountSnapshot account)
    {
        var present = new HashSet<string>(correlations.Select(c => c.User?.Id).OfType<string>(), StringComparer.Ordinal);
        return
        [
            .. ledger.Entries.Select(e => e.ZoomId).Where(id => !present.Contains(id) && account.Find(id) is { Active: not false }),
            .. present,
        ];
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
            await ParallelWork.ForEachAsync(names, _options.Concurrency, async name =>
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

    private async Task<IReadOnlyDictionary<string, ScimException>> ReadAsync(string phase, IReadOnlyList<string> ids, AccountSnapshot account, ScimCall call)
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
                account.Put(user);
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

    private void Report(string phase, int done, int total) => _options.OnProgress?.Invoke(new SyncProgress(phase, done, total, 0));
}
