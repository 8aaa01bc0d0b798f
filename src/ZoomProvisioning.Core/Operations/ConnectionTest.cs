using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Tests a connection and remembers the verdict on it.</summary>
public sealed class ConnectionTest
{
    private readonly ZoomScimConnection _connection;

    /// <summary>Makes the test of a connection.</summary>
    public ConnectionTest(ZoomScimConnection connection) => _connection = connection;

    /// <summary>Runs all steps. The connection is valid afterwards if none failed.</summary>
    public async Task<IReadOnlyList<ConnectionTestStep>> RunAsync(ScimCall call)
    {
        var steps = await _connection.Service.TestAsync(call).ConfigureAwait(false);
        foreach (var step in steps)
        {
            step.Connection = _connection.Name;
        }

        _connection.LastTest = steps;
        _connection.TestedAt = DateTimeOffset.Now;
        _connection.Status = steps.Any(s => s.Outcome == TestOutcome.Failed) ? ConnectionStatus.Invalid : ConnectionStatus.Valid;
        return steps;
    }

    /// <summary>What else a helper wants to know: where it goes, what it may do, and the pace in force. No secret is in it.</summary>
    public IReadOnlyList<ConnectionTestStep> Describe()
    {
        var capabilities = new[] { Capability.Create, Capability.Update, Capability.Disable, Capability.Deprovision }
            .Select(c => $"{c.ToString().ToLowerInvariant()} {(_connection.Allows(c) ? "on" : "off")}");
        var rate = _connection.Service.Rate;
        var cap = _connection.MaxRequestsPerSecond is { } most ? string.Format(CultureInfo.CurrentCulture, ", never more than {0:N1}", most) : string.Empty;
        return
        [
            Fact("Account", $"SCIM at {_connection.ScimUri}, tokens at {_connection.TokenUri}, account {_connection.AccountId ?? "unknown (ready token)"}, client {_connection.ClientId ?? "unknown (ready token)"}."),
            Fact("Capabilities", $"The connection is {(_connection.Enabled ? "switched on" : "switched OFF")}: {string.Join(", ", capabilities)}; Remove-ZoomScimUser means {_connection.RemoveAction}."),
            Fact("RateLimit", string.Format(CultureInfo.CurrentCulture, "At present {0:N1} requests a second{1}; a request takes {2:N0} ms; Zoom said 'too many' {3:N0} times.",
                rate.RequestsPerSecond, cap, rate.AverageLatency.TotalMilliseconds, rate.Throttled)),
        ];
    }

    private ConnectionTestStep Fact(string name, string detail) =>
        new(name, TestOutcome.Passed, TimeSpan.Zero, detail) { Connection = _connection.Name };
}
