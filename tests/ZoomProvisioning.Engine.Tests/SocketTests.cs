using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>The engine over real sockets and the machine's clock: what the scripted far end cannot show.</summary>
public sealed class SocketTests : IDisposable
{
    private readonly LoopbackServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task The_connection_test_passes_from_the_name_to_the_read()
    {
        using var service = Connect();
        var steps = await service.TestAsync(ScimCall.None);
        Assert.All(steps, s => Assert.True(s.Outcome == TestOutcome.Passed, s.ToString()));
    }

    [Fact]
    public async Task Requests_share_a_connection_and_keep_their_escapes()
    {
        using var service = Connect();
        for (var n = 0; n < 3; n++)
        {
            await service.Users.GetAsync("a/b&c+d", ScimCall.None);
        }

        Assert.Equal("/scim2/Users/a%2Fb%26c%2Bd", _server.LastTarget);
        Assert.Contains("Accept: application/scim+json", _server.LastHeaders);
        Assert.Contains("Authorization: Bearer token", _server.LastHeaders);
        Assert.DoesNotContain("Expect:", _server.LastHeaders);
        Assert.InRange(_server.Connections, 1, 2);

        await service.Users.UpdateAsync("id1", new ScimObject { ["title"] = "t" }, ScimCall.None);
        Assert.DoesNotContain("Expect:", _server.LastHeaders);
        Assert.Contains("Content-Type: application/json", _server.LastHeaders);
    }

    [Fact]
    public async Task A_server_error_and_a_reply_cut_short_are_tried_again()
    {
        using var service = Connect();
        _server.FailOnce();
        Assert.Equal("jill@example.com", (await service.Users.GetAsync("id1", ScimCall.None)).UserName);
        _server.CutOnce();
        Assert.Equal("jill@example.com", (await service.Users.GetAsync("id1", ScimCall.None)).UserName);
    }

    [Fact]
    public async Task A_closed_port_is_a_connection_error_and_nothing_was_sent()
    {
        using var service = Connect();
        _server.Dispose();
        var error = await Assert.ThrowsAsync<ScimConnectionException>(() => service.Users.SetActiveAsync("id1", true, ScimCall.None));
        Assert.Equal("Zoom.Connection.Connect", error.ErrorId);
        var steps = await service.TestAsync(ScimCall.None);
        Assert.Equal("TcpAndTls", steps.Single(s => s.Outcome == TestOutcome.Failed).Name);
    }

    [Fact]
    public async Task An_abort_breaks_what_is_on_the_wire_at_once()
    {
        using var service = Connect();
        using var stop = new CancellationTokenSource();
        _server.Silent = true;
        var call = Task.Run(() => service.Users.SetActiveAsync("id1", true, new ScimCall(stop.Token, stop.Token)));
        await Fixture.Until(() => _server.LastTarget.Length > 0);
        stop.Cancel();
        Assert.Same(call, await Task.WhenAny(call, Task.Delay(TimeSpan.FromMinutes(5))));
        await Assert.ThrowsAsync<ScimOutcomeUnknownException>(() => call);
    }

    [Fact]
    public async Task A_reply_that_does_not_come_runs_into_the_time_limit()
    {
        using var service = Connect(TimeSpan.FromSeconds(2));
        await service.TestAsync(ScimCall.None);
        _server.Silent = true;
        var error = await Assert.ThrowsAsync<ScimConnectionException>(() => service.Users.GetAsync("id1", ScimCall.None));
        Assert.Equal("Zoom.Connection.Timeout", error.ErrorId);
    }

    private IScimService Connect(TimeSpan? attemptTimeout = null) => new EngineFactory().Connect(new EngineOptions
    {
        ScimUri = new Uri(_server.Address, "scim2"),
        TokenUri = new Uri(_server.Address, "oauth/token"),
        AccountId = "sockets" + Guid.NewGuid(),
        ClientId = "client",
        ClientSecret = Fixture.Secure("secret"),
        AttemptTimeout = attemptTimeout ?? TimeSpan.FromSeconds(60),
        MaxAttempts = 2,
    });
}
