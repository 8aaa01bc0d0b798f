using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Connections;

/// <summary>All there is to say about a connection, made for a ticket: <see cref="Text"/> can be pasted as it is. No secret is in it.</summary>
public sealed class ConnectionReport
{
    internal ConnectionReport(string connection, DateTimeOffset testedAt, IReadOnlyList<ConnectionTestStep> steps, string text)
    {
        Connection = connection;
        TestedAt = testedAt;
        Steps = steps;
        Text = text;
    }

    /// <summary>The name of the connection.</summary>
    public string Connection { get; }

    /// <summary>When it was tested.</summary>
    public DateTimeOffset TestedAt { get; }

    /// <summary>Whether no step failed, so that the connection may be used for changes.</summary>
    public bool Passed => Steps.All(s => s.Outcome != TestOutcome.Failed);

    /// <summary>
    /// Clock, NameResolution, Proxy, Tcp, Tls, Token, Scopes, SingleSignOn, ScimRead, Role, RateLimit and Capabilities, as far as
    /// they apply.
    /// </summary>
    public IReadOnlyList<ConnectionTestStep> Steps { get; }

    /// <summary>The report in at most 78 columns.</summary>
    public string Text { get; }

    /// <summary>The report.</summary>
    public override string ToString() => Text;
}
