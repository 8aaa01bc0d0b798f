using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Tests.Operations;

/// <summary>The report for a ticket.</summary>
public sealed class ConnectionReportTests
{
    private static readonly string LongRemedy = string.Join(" ", Enumerable.Repeat("mend it and test again;", 20));
    private readonly FakeZoom _zoom = new();

    [Fact]
    public async Task Steps_are_replaced_by_their_parts_and_facts_follow()
    {
        _zoom.TestSteps = Steps();
        var report = await Report(new ZoomScimConnection("contoso", _zoom) { AccountId = "acc" });
        Assert.True(report.Passed);
        Assert.Equal(
            ["Clock", "NameResolution", "Proxy", "Tcp", "Tls", "Token", "Scopes", "SingleSignOn", "ScimRead", "Role", "RateLimit", "Capabilities"],
            report.Steps.Select(s => s.Name));
        Assert.All(report.Steps, s => Assert.Equal("contoso", s.Connection));
        Assert.Equal(report.Text, report.ToString());
    }

    [Fact]
    public async Task The_text_fits_a_ticket_and_says_what_failed_first()
    {
        _zoom.TestSteps =
        [
            new("NameResolution", TestOutcome.Passed, TimeSpan.FromMilliseconds(4), "zoom.us is 203.0.113.7."),
            new("Token", TestOutcome.Failed, TimeSpan.Zero, new string('x', 200)) { Remedy = LongRemedy, ZoomMessage = "Bad Request" },
            new("ScimRead", TestOutcome.Skipped, TimeSpan.Zero, "Not tried, because Token failed."),
        ];
        var report = await Report(new ZoomScimConnection(new string('n', 40), _zoom) { AccountId = "acc", ClientId = "cli" });
        Assert.False(report.Passed);
        var lines = report.Text.Split([Environment.NewLine], StringSplitOptions.None);
        Assert.EndsWith("FAILS at Token", $"{lines[0]} {lines[1]}", StringComparison.Ordinal);
        Assert.All(lines, line => Assert.True(line.Length <= 78, line));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.Contains("Zoom says: Bad Request", report.Text, StringComparison.Ordinal);
        Assert.Contains("Do: mend it", report.Text, StringComparison.Ordinal);
        Assert.Contains("zoom.us is 203.0.113.7. (4 ms)", report.Text, StringComparison.Ordinal);
        Assert.Contains("acc, client cli", report.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_a_write_would_show_is_said_to_be_unknown()
    {
        _zoom.TestSteps = Steps();
        var role = (await Report(new ZoomScimConnection("a", _zoom))).Steps.Single(s => s.Name == "Role");
        Assert.Equal(TestOutcome.Passed, role.Outcome);
        Assert.Contains("User:Edit, Group:Edit: not known without a write", role.Detail, StringComparison.Ordinal);
        Assert.Empty(_zoom.Writes);
        Assert.Empty(_zoom.Groups.Writes);
    }

    [Fact]
    public async Task Groups_that_may_not_be_read_are_a_warning()
    {
        _zoom.TestSteps = Steps();
        _zoom.Groups.Before = _ => throw new ScimPermissionException("Zoom.Permission.RoleMissing", "No.")
        {
            ZoomMessage = "no \"Group:Read\" permission",
            RecommendedAction = "Change the role.",
        };
        var report = await Report(new ZoomScimConnection("a", _zoom));
        var role = report.Steps.Single(s => s.Name == "Role");
        Assert.Equal(TestOutcome.Warning, role.Outcome);
        Assert.Contains("Group:Read: MISSING", role.Detail, StringComparison.Ordinal);
        Assert.Contains("Change the role.", role.Remedy, StringComparison.Ordinal);
        Assert.True(report.Passed);
        _zoom.Groups.Before = _ => throw new ScimServerException("Zoom.Server.Failed", "Zoom's servers failed.");
        Assert.Contains("Group:Read: not known", (await Report(new ZoomScimConnection("a", _zoom))).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_failure_groups_are_not_asked_for()
    {
        _zoom.TestSteps = [new("Token", TestOutcome.Failed, TimeSpan.Zero, "no")];
        var report = await Report(new ZoomScimConnection("a", _zoom));
        Assert.Equal(TestOutcome.Skipped, report.Steps.Single(s => s.Name == "Role").Outcome);
        Assert.Empty(_zoom.Groups.All);
        Assert.Equal(TestOutcome.Skipped, report.Steps[0].Outcome);
    }

    [Fact]
    public async Task The_limits_and_the_switches_are_told()
    {
        _zoom.TestSteps = Steps();
        _zoom.Rate = new RateSnapshot(57, TimeSpan.FromMilliseconds(80), 3, TimeSpan.FromSeconds(9))
        {
            Limits = [new RateLimitNotice("Medium", "QPS", 60, 59), new RateLimitNotice("Light", "Daily-limit", 6000, null)],
        };
        var connection = new ZoomScimConnection("a", _zoom) { MaxRequestsPerSecond = 20, AllowCreate = false, Enabled = false };
        var report = await Report(connection);
        var rate = report.Steps.Single(s => s.Name == "RateLimit");
        Assert.Contains("Medium 60 a second, 59 left; Light 6000 a day.", rate.Detail, StringComparison.Ordinal);
        Assert.Contains("never more than 20.0", rate.Detail, StringComparison.Ordinal);
        Assert.Contains("wait 9 s more", rate.Detail, StringComparison.Ordinal);
        Assert.Equal(TestOutcome.Warning, rate.Outcome);
        var capabilities = report.Steps.Single(s => s.Name == "Capabilities");
        Assert.Contains("create OFF, update on", capabilities.Detail, StringComparison.Ordinal);
        Assert.Equal(TestOutcome.Warning, capabilities.Outcome);
    }

    private static Task<ConnectionReport> Report(ZoomScimConnection connection) => new ConnectionTest(connection).ReportAsync("Test 1.0", ScimCall.None);

    private static IReadOnlyList<ConnectionTestStep> Steps()
    {
        return
        [
            Step("NameResolution"),
            Step("TcpAndTls", "Proxy", "Tcp", "Tls"),
            Step("Token", "Clock"),
            Step("Scopes", "Scopes"),
            Step("ScimRead", "SingleSignOn", "UserRead", "Clock"),
        ];

        static ConnectionTestStep Step(string name, params string[] parts) => new(name, TestOutcome.Passed, TimeSpan.Zero, name)
        {
            Parts = parts.Select(p => new ConnectionTestStep(p, TestOutcome.Passed, TimeSpan.Zero, p == "UserRead" ? "held" : "part " + p)).ToList(),
        };
    }
}
