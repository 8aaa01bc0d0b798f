using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Connections;

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

    /// <summary>
    /// Runs all steps and tells all there is to tell about the connection: what the steps found in detail, what the role of the
    /// app's admin allows as far as reading shows it, the rate limit in force, and what the connection may do.
    /// </summary>
    /// <param name="software">What runs this, in words, such as "PowerShell 7.4.6".</param>
    /// <param name="call">How the call is stopped and watched.</param>
    public async Task<ConnectionReport> ReportAsync(string software, ScimCall call)
    {
        var steps = await RunAsync(call).ConfigureAwait(false);
        var parts = steps.SelectMany(s => s.Parts).ToList();
        var report = new List<ConnectionTestStep>
        {
            parts.LastOrDefault(p => p.Name == "Clock") ?? Fact("Clock", TestOutcome.Skipped, "Not compared: no reply said what time it is."),
        };
        foreach (var step in steps)
        {
            // A step that has parts of its own subject is told by them.
            var replaced = step.Name == "TcpAndTls" || step.Parts.Any(p => p.Name == step.Name);
            report.AddRange(step.Parts.Where(p => p.Name is not ("Clock" or "UserRead")));
            if (!replaced || step.Parts.Count == 0)
            {
                report.Add(step);
            }
        }

        report.Add(await RoleAsync(parts.FirstOrDefault(p => p.Name == "UserRead"), call).ConfigureAwait(false));
        report.Add(RateLimit());
        report.Add(Capabilities());
        foreach (var step in report)
        {
            step.Connection = _connection.Name;
        }

        var testedAt = _connection.TestedAt ?? DateTimeOffset.Now;
        return new ConnectionReport(_connection.Name, testedAt, report, ReportText.Write(_connection, software, testedAt, report));
    }

    /// <summary>What the role allows. Whether it allows writing, only a write would show, and a test writes nothing.</summary>
    private async Task<ConnectionTestStep> RoleAsync(ConnectionTestStep? userRead, ScimCall call)
    {
        const string Writes = "User:Edit, Group:Edit: not known without a write.";
        if (userRead is not { Outcome: TestOutcome.Passed })
        {
            return Fact(
                "Role",
                userRead?.Outcome ?? TestOutcome.Skipped,
                $"User:Read: {userRead?.Detail ?? "not known"}. Group:Read: not known. {Writes}",
                userRead?.Remedy);
        }

        try
        {
            await _connection.Service.Groups.ListAsync(1, 1, null, call).ConfigureAwait(false);
            return Fact("Role", TestOutcome.Passed, $"User:Read, Group:Read: held. {Writes}");
        }
        catch (ScimPermissionException exception)
        {
            return Fact(
                "Role",
                TestOutcome.Warning,
                $"User:Read: held. Group:Read: MISSING ({exception.ZoomMessage}). {Writes}",
                $"Groups cannot be used. {exception.RecommendedAction}");
        }
        catch (ScimException exception)
        {
            return Fact(
                "Role",
                TestOutcome.Warning,
                $"User:Read: held. Group:Read: not known, the list of groups failed: {exception.Message} {Writes}",
                exception.RecommendedAction);
        }
    }

    private ConnectionTestStep RateLimit()
    {
        var rate = _connection.Service.Rate;
        var said = rate.Limits.Count == 0
            ? "Zoom's replies named no limit."
            : "By Zoom's headers: " + string.Join(
                "; ",
                rate.Limits.Select(l => $"{l.Label} {l.Limit}{Period(l.Type)}{(l.Remaining is { } left ? $", {left} left" : string.Empty)}")) + ".";
        var cap = _connection.MaxRequestsPerSecond is { } most ? string.Format(CultureInfo.InvariantCulture, ", never more than {0:0.0}", most) : string.Empty;
        var pause = rate.PausedFor > TimeSpan.Zero
            ? string.Format(CultureInfo.InvariantCulture, " Zoom asked everybody to wait {0:0} s more.", rate.PausedFor.TotalSeconds)
            : string.Empty;
        return Fact("RateLimit", pause.Length > 0 ? TestOutcome.Warning : TestOutcome.Passed, said + string.Format(
            CultureInfo.InvariantCulture,
            " The pace for light requests is {0:0.0} a second{1}; a request takes {2:0} ms; refused as too many: {3}.{4}",
            rate.RequestsPerSecond,
            cap,
            rate.AverageLatency.TotalMilliseconds,
            rate.Throttled,
            pause));
    }

    private static string Period(string type) => type switch
    {
        "QPS" => " a second",
        "Daily-limit" => " a day",
        _ => string.Empty,
    };

    private ConnectionTestStep Capabilities()
    {
        var capabilities = new[] { Capability.Create, Capability.Update, Capability.Disable, Capability.Deprovision }
            .Select(c => $"{c.ToString().ToLowerInvariant()} {(_connection.Allows(c) ? "on" : "OFF")}");
        return Fact(
            "Capabilities",
            _connection.Enabled ? TestOutcome.Passed : TestOutcome.Warning,
            $"The connection is switched {(_connection.Enabled ? "on" : "OFF")}: {string.Join(", ", capabilities)}; "
                + $"Remove-ZoomScimUser means {_connection.RemoveAction}.",
            _connection.Enabled ? null : $"Set-ZoomScimConnection -Name '{_connection.Name}' -Enabled $true.");
    }

    private static ConnectionTestStep Fact(string name, TestOutcome outcome, string detail, string? remedy = null) =>
        new(name, outcome, TimeSpan.Zero, detail) { Remedy = remedy };
}
