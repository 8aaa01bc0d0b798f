using System.Collections.Generic;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Cli.Views;

/// <summary>How a connection test, and an error that ends a command, show themselves: to people, or to programs.</summary>
internal interface IRunView
{
    /// <summary>The steps of a connection test.</summary>
    void ShowTest(IReadOnlyList<ConnectionTestStep> steps);

    /// <summary>A report on the connection, for a ticket.</summary>
    void ShowReport(ConnectionReport report);

    /// <summary>An error that ended the command.</summary>
    void ShowError(string message, string? advice);
}
