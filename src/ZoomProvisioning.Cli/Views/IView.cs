using System.Collections.Generic;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>How every command shows itself: to people, or to programs.</summary>
internal interface IView
{
    /// <summary>The steps of a connection test.</summary>
    void ShowTest(IReadOnlyList<ConnectionTestStep> steps);

    /// <summary>A report on the connection, for a ticket.</summary>
    void ShowReport(ConnectionReport report);

    /// <summary>Something about the run as a whole, such as where things are kept.</summary>
    void ShowNote(string note);

    /// <summary>Something that somebody must look at, though the command goes on.</summary>
    void ShowWarning(string warning);

    /// <summary>A rule that is in order, and what it makes of the source; null where there is none.</summary>
    void ShowRule(ProvisioningRule rule, SourceSnapshot? source);

    /// <summary>A plan and what the guard says about it.</summary>
    void ShowPlan(SyncPlan plan);

    /// <summary>The result of one person; called while the run goes on.</summary>
    void ShowResult(ChangeResult result);

    /// <summary>The end of a run.</summary>
    void ShowRun(ProvisioningRun run);

    /// <summary>One person explained.</summary>
    void ShowExplanation(PersonExplanation person);

    /// <summary>A source beside the account.</summary>
    void ShowComparison(IReadOnlyList<UserComparison> compared);

    /// <summary>Runs, as the journals tell of them.</summary>
    void ShowRuns(IReadOnlyList<HistoryRun> runs);

    /// <summary>Entries of the journals, shown as they are read.</summary>
    void ShowHistory(IEnumerable<JournalEntry> entries);

    /// <summary>What became of a notification.</summary>
    void ShowNotification(NotificationResult result);

    /// <summary>A plan that was approved.</summary>
    void ShowApproval(SyncPlan plan, ProvisioningApproval approval);

    /// <summary>An error that ended the command.</summary>
    void ShowError(string message, string? advice);
}
