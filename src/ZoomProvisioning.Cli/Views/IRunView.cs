using System.Collections.Generic;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Views;

/// <summary>How a command shows itself: to people, or to programs.</summary>
internal interface IRunView
{
    /// <summary>The steps of a connection test.</summary>
    void ShowTest(IReadOnlyList<ConnectionTestStep> steps);

    /// <summary>A report on the connection, for a ticket.</summary>
    void ShowReport(ConnectionReport report);

    /// <summary>The rows that cannot be used and the plan for the others.</summary>
    void ShowPlan(CsvContent source, SyncPlan plan);

    /// <summary>One result that is not as planned; called while the sync runs.</summary>
    void ShowResult(ChangeResult result);

    /// <summary>The end of a sync.</summary>
    void ShowSummary(CsvContent source, IReadOnlyList<ChangeResult> results);

    /// <summary>Something about the whole of a source or a run.</summary>
    void ShowWarning(string warning);

    /// <summary>An error that ended the command.</summary>
    void ShowError(string message, string? advice);
}
