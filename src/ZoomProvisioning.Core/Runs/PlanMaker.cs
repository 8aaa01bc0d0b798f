using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
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
    private readonly AccountMatcher _matcher;

    public PlanMaker(ZoomScimConnection connection, ProvisioningRule rule, IRuleState state, RuleSyncOptions options)
    {
        _connection = connection;
        _rule = rule;
        _state = state;
        _options = options;
        _matcher = new AccountMatcher(connection, rule, options.Concurrency, options.OnProgress);
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
        var (account, correlations) = await _matcher.MatchAsync(source, ledger, call).ConfigureAwait(false);
        var only = _options.Only;
        only?.Require(_rule, source, ledger, correlations);
        var about = only is null ? correlations : correlations.Where(only.Includes).ToList();
        await _matcher.ReadAsync("Reading users", DetailNeeds.Decide(_rule, about, account, ledger), account, call).ConfigureAwait(false);
        var left = _rule.KeepsAbsent ? [] : DetailNeeds.OfLeavers(ledger, correlations, account);
        left = only is null ? left : left.Where(id => only.Includes(ledger.Find(id)!)).ToList();
        await _matcher.ReadAsync("Reading users who have left", left, account, call).ConfigureAwait(false);
        ReadInFull = account.Users.Where(u => u.Detail == UserDetail.Read).ToList();
        // A simulated account's clock is set forward at will, and says nothing of this machine's.
        var (now, ahead) = (_options.Clock.UtcNow, _connection.IsSimulator ? null : _connection.Service.ClockAhead);
        LedgerDates.Follow(ledger, now);
        var others = _state.FindOthers(Contested(ledger, correlations, account), now - (ahead ?? TimeSpan.Zero));
        var created = _state.FindCreated([.. about.Where(c => c.Entry is null).Select(c => c.User?.Id).OfType<string>()]);
        var plan = RulePlanner.Plan(new PlanInput
        {
            Rule = _rule,
            Source = source,
            Account = account,
            Ledger = ledger,
            Correlations = correlations,
            OtherRules = others,
            CreatedHere = created,
            // Whom a command has made of the same list is as the rule would have made them, and nothing is lost.
            StateDoubt = DoubtState(ledger, Matched(about, account, others).Where(m => !created.Contains(m.User.Id!)).ToList(), lastEntryAt),
            Connection = _connection,
            Recent = recent,
            RemovesRule = _options.RemovesRule,
            Resumes = _options.Resume,
            Only = only,
            Now = now,
            ClockAhead = ahead,
            SetBackBy = LedgerDates.SetBack(lastEntryAt, now),
        });
        return PlanValidity.Remember(plan, ledger).Identified();
    }

    /// <summary>
    /// Why the ledger may be older than Zoom, or lost. Who has the ledger made anew was told so, and is asked to look at the plan
    /// anyway, unless lines of the journal are lost; a rule that removes nobody for being absent loses nothing by a lost one.
    /// </summary>
    private string? DoubtState(Ledger ledger, IReadOnlyList<(ScimUser Wanted, ScimUser User)> matched, DateTimeOffset? lastEntryAt) =>
        _options.Rebuild ? Lost(ledger) : StateAge.Doubt(ledger, matched, lastEntryAt, _options.Clock.UtcNow)
            ?? (_rule.KeepsAbsent || _options.RemovesRule ? null : StateAge.Lost(ledger, matched, _options.Clock.UtcNow));

    /// <summary>What a journal of which lines are lost cannot vouch for.</summary>
    private static string? Lost(Ledger ledger) => ledger.LostLines == 0 ? null
        : $"{(ledger.LostLines == 1 ? "A line of the journal is" : $"{ledger.LostLines} lines of the journal are")} lost, and what stood there nobody "
            + "knows: whoever would be removed may have been let go there, and whoever would be taken over may be known. Look at them; the run "
            + "after this one goes on.";

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
}
