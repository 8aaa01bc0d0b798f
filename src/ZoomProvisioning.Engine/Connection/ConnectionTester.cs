using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Auth;
using ZoomProvisioning.Engine.Clients;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>
/// Tries a connection from the bottom up, so that the first step that fails names the trouble. A step after it is skipped,
/// because it could only fail for the same reason.
/// </summary>
internal sealed class ConnectionTester
{
    // Somebody is watching: one second chance for a hiccup, not half a minute of them.
    private const int Attempts = 2;

    // The Date header has whole seconds, and the request takes its time.
    private static readonly TimeSpan ClockIsRight = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ClockIsWrong = TimeSpan.FromMinutes(1);

    private readonly EngineOptions _options;
    private readonly TokenSource _tokens;
    private readonly ScimSender _sender;
    private readonly ServerClock _serverClock;
    private readonly INetworkProbe? _network;

    /// <param name="options">The connection.</param>
    /// <param name="tokens">Where its tokens come from.</param>
    /// <param name="sender">How its requests are sent.</param>
    /// <param name="serverClock">The far end's time, learnt from its replies.</param>
    /// <param name="probe">The network; null when the connection has a transport of its own.</param>
    public ConnectionTester(EngineOptions options, TokenSource tokens, ScimSender sender, ServerClock serverClock, INetworkProbe? probe)
    {
        _options = options;
        _tokens = tokens;
        _sender = sender;
        _serverClock = serverClock;
        _network = probe;
    }

    /// <summary>Runs all steps.</summary>
    public async Task<IReadOnlyList<ConnectionTestStep>> RunAsync(ScimCall call)
    {
        var steps = new List<ConnectionTestStep>();
        await StepAsync("NameResolution", ResolveAsync).ConfigureAwait(false);
        await StepAsync("TcpAndTls", ConnectAsync).ConfigureAwait(false);
        await StepAsync("Token", TokenAsync).ConfigureAwait(false);
        await StepAsync("Scopes", ScopesAsync).ConfigureAwait(false);
        await StepAsync("ScimRead", ReadAsync).ConfigureAwait(false);
        return steps;

        async Task StepAsync(string name, Func<ScimCall, Task<Finding>> step)
        {
            if (steps.FirstOrDefault(s => s.Outcome == TestOutcome.Failed) is { } failed)
            {
                steps.Add(new ConnectionTestStep(name, TestOutcome.Skipped, TimeSpan.Zero, $"Not tried, because {failed.Name} failed."));
                return;
            }

            var startedAt = _options.Clock.Elapsed;
            var finding = await TryAsync(step, call).ConfigureAwait(false);
            steps.Add(new ConnectionTestStep(name, finding.Outcome, _options.Clock.Elapsed - startedAt, finding.Detail)
            {
                ZoomMessage = finding.ZoomMessage,
                Remedy = finding.Remedy,
                Parts = name is "Token" or "ScimRead" && ClockPart() is { } clock ? [.. finding.Parts, clock] : finding.Parts,
            });
        }
    }

    /// <summary>A step may fail in ways nobody foresaw; the test reports that too instead of throwing.</summary>
    private async Task<Finding> TryAsync(Func<ScimCall, Task<Finding>> step, ScimCall call)
    {
        try
        {
            return await step(call).ConfigureAwait(false);
        }
        catch (Exception exception) when (call.Stop.IsCancellationRequested)
        {
            return new Finding(TestOutcome.Failed, "The test was stopped. " + exception.Message) { Remedy = "Run it again." };
        }
        catch (ScimException exception)
        {
            return Refusal(exception);
        }
#pragma warning disable CA1031 // The contract of the test is to report, whatever it is.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new Finding(TestOutcome.Failed, $"{exception.GetType().Name}: {exception.Message}")
            {
                Remedy = "This was not expected. Run the test again with -Verbose -Debug and report what it shows.",
            };
        }
    }

    private Finding Refusal(ScimException exception, params ConnectionTestStep[] parts) => new(TestOutcome.Failed, exception.Message)
    {
        ZoomMessage = exception.ZoomMessage,
        Remedy = Remedies.For(exception, _options),
        Parts = parts,
    };

    private async Task<Finding> ResolveAsync(ScimCall call)
    {
        if (_network is null)
        {
            return NoNetwork();
        }

        var found = new List<string>();
        foreach (var address in Hops().Select(h => h.Proxy ?? h.Address).GroupBy(a => a.Host, StringComparer.OrdinalIgnoreCase).Select(g => g.First()))
        {
            try
            {
                call.Stop.ThrowIfCancellationRequested();
                var addresses = await _network.ResolveAsync(address.Host).ConfigureAwait(false);
                found.Add($"{address.Host} is {string.Join(", ", addresses.Take(4).Select(a => a.ToString()))}");
            }
            catch (Exception exception) when (TransportFailure.Is(exception))
            {
                return new Finding(TestOutcome.Failed, $"The name {address.Host} could not be resolved: {exception.Message.TrimEnd('.')}.")
                {
                    Remedy = ConnectionErrors.Remedy(TransportFailureKind.NameResolution, address),
                };
            }
        }

        return new Finding(TestOutcome.Passed, string.Join("; ", found) + ".");
    }

    private async Task<Finding> ConnectAsync(ScimCall call)
    {
        if (_network is null)
        {
            return NoNetwork();
        }

        var words = new List<string>();
        var reached = new List<(Hop Hop, Reached Reached)>();
        foreach (var hop in Hops())
        {
            try
            {
                reached.Add((hop, await _network.ConnectAsync(hop.Address, hop.Proxy, call.Stop).ConfigureAwait(false)));
                words.Add(TransportWords.Sentence(hop, reached.Last().Reached));
            }
            catch (Exception exception) when (TransportFailure.Is(exception) || exception is System.Security.Authentication.AuthenticationException)
            {
                var kind = TransportFailure.KindOf(exception);
                if (hop.Proxy is not null && kind != TransportFailureKind.Tls)
                {
                    kind = TransportFailureKind.Proxy;
                }

                var detail = $"{hop.Name}: {exception.Message.TrimEnd('.')}.";
                var remedy = ConnectionErrors.Remedy(kind, hop.Proxy is not null && kind == TransportFailureKind.Proxy ? hop.Proxy : hop.Address);
                return new Finding(TestOutcome.Failed, detail)
                {
                    Remedy = remedy,
                    Parts = TransportWords.PartsOfFailure(reached, hop, kind == TransportFailureKind.Tls, detail, remedy),
                };
            }
        }

        return new Finding(TestOutcome.Passed, string.Join(" ", words)) { Parts = TransportWords.Parts(reached, _options.Clock.UtcNow) };
    }

    private async Task<Finding> TokenAsync(ScimCall call)
    {
        if (_tokens.IsReadyToken)
        {
            return new Finding(TestOutcome.Skipped, "The connection uses a ready access token; the first SCIM read shows whether Zoom takes it.");
        }

        var token = await _tokens.FetchNowAsync(call, Attempts).ConfigureAwait(false);
        return new Finding(
            TestOutcome.Passed,
            string.Format(CultureInfo.InvariantCulture, "Zoom gave an access token, valid for {0:0} minutes.", token.Lifetime?.TotalMinutes));
    }

    private Task<Finding> ScopesAsync(ScimCall call)
    {
        if (_tokens.IsReadyToken)
        {
            return Task.FromResult(new Finding(TestOutcome.Skipped, "Nothing is known of the scopes of a ready access token."));
        }

        var scopes = _tokens.Current?.Scopes ?? [];
        if (scopes.Count == 0)
        {
            return Task.FromResult(new Finding(
                TestOutcome.Warning, "Zoom did not name the scopes of the token. It may do so some time after the app was set up.")
            {
                Remedy = Remedies.Scopes,
            });
        }

        var present = scopes.FirstOrDefault(scope => scope is "scim2" or "scim2:admin");
        var members = scopes.FirstOrDefault(scope => scope is "group:read:list_members:admin" or "group:read:admin");
        var list = $"Needed: {(present is null ? "scim2:admin (or scim2), MISSING" : present + ", held")}. "
            + $"For Get-ZoomScimGroup -IncludeMember: {(members is null ? "group:read:list_members:admin, not held" : members + ", held")}. "
            + $"Held in all: {string.Join(" ", scopes)}.";
        var finding = present is not null
            ? new Finding(TestOutcome.Passed, $"The token has the scope {present}.") { Parts = [Part("Scopes", TestOutcome.Passed, list)] }
            : new Finding(TestOutcome.Warning, $"The token has neither scim2 nor scim2:admin. It has: {string.Join(" ", scopes)}.")
            {
                Remedy = Remedies.Scopes,
                Parts = [Part("Scopes", TestOutcome.Warning, list, Remedies.Scopes)],
            };
        return Task.FromResult(finding);
    }

    private async Task<Finding> ReadAsync(ScimCall call)
    {
        var request = new ScimRequest("GET", "/Users?startIndex=1&count=1", RateLabel.Medium) { MaxAttempts = Attempts };
        ScimObject list;
        try
        {
            var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
            list = _sender.Resource(request, reply);
        }
        catch (ScimException exception) when (!call.Stop.IsCancellationRequested)
        {
            return Refusal(exception, SingleSignOn(exception), UserRead(exception));
        }

        return list.Has("totalResults") || list.Has("Resources")
            ? new Finding(
                TestOutcome.Passed,
                "Zoom lists "
                    + (OutsideNumber.Whole(list["totalResults"], ScimPaging.MostResults) is { } total ? total.ToString(CultureInfo.InvariantCulture) : "its")
                    + " users.")
            {
                Parts = [SingleSignOn(null), UserRead(null)],
            }
            : new Finding(TestOutcome.Failed, "The address answers, but not with a SCIM list.") { Remedy = Remedies.WrongAddress(_options) };
    }

    private ConnectionTestStep SingleSignOn(ScimException? refusal) => refusal switch
    {
        null => Part("SingleSignOn", TestOutcome.Passed, "Enabled: without it Zoom would not have listed users."),
        { ErrorId: "Zoom.Account.SsoNotEnabled" } =>
            Part("SingleSignOn", TestOutcome.Failed, "Not enabled in the Zoom account.", Remedies.For(refusal, _options)),
        _ => Part("SingleSignOn", TestOutcome.Skipped, "Not known: the read of users failed for another reason."),
    };

    private ConnectionTestStep UserRead(ScimException? refusal) => refusal switch
    {
        null => Part("UserRead", TestOutcome.Passed, "held"),
        { ErrorId: "Zoom.Permission.RoleMissing" } => Part("UserRead", TestOutcome.Failed, "MISSING", Remedies.For(refusal, _options)),
        _ => Part("UserRead", TestOutcome.Skipped, "not known"),
    };

    private ConnectionTestStep? ClockPart() => _serverClock.Ahead is not { } ahead ? null
        : ahead.Duration() <= ClockIsRight ? Part("Clock", TestOutcome.Passed, "This machine's clock and Zoom's agree within a few seconds.")
        : Part(
            "Clock",
            ahead.Duration() > ClockIsWrong ? TestOutcome.Warning : TestOutcome.Passed,
            $"This machine's clock is {Readable(ahead.Duration())} {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} Zoom's.",
            ahead.Duration() > ClockIsWrong ? "Set the machine's clock (w32tm /resync, timedatectl set-ntp true). TLS certificates, "
                + "the dates Zoom asks to wait for and the times in logs depend on it." : null);

    private static string Readable(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? string.Format(CultureInfo.InvariantCulture, "{0:0} seconds", time.TotalSeconds)
        : time < TimeSpan.FromHours(2) ? string.Format(CultureInfo.InvariantCulture, "{0:0} minutes", time.TotalMinutes)
        : time < TimeSpan.FromDays(2) ? string.Format(CultureInfo.InvariantCulture, "{0:0} hours", time.TotalHours)
        : string.Format(CultureInfo.InvariantCulture, "{0:0} days", time.TotalDays);

    private static ConnectionTestStep Part(string name, TestOutcome outcome, string detail, string? remedy = null) =>
        new(name, outcome, TimeSpan.Zero, detail) { Remedy = remedy };

    /// <summary>What this machine connects to: Zoom's addresses, each with the proxy on the way.</summary>
    private List<Hop> Hops()
    {
        Uri[] wanted = _tokens.IsReadyToken ? [_options.ScimUri] : [_options.TokenUri, _options.ScimUri];
        return wanted
            .GroupBy(address => address.Authority, StringComparer.OrdinalIgnoreCase)
            .Select(group => new Hop(group.First(), _network!.ProxyFor(group.First())))
            .ToList();
    }

    private static Finding NoNetwork() => new(TestOutcome.Skipped, "The connection does not go over the network.");

    /// <summary>What a step found.</summary>
    private sealed class Finding(TestOutcome outcome, string detail)
    {
        public TestOutcome Outcome => outcome;

        public string Detail => detail;

        public string? ZoomMessage { get; init; }

        public string? Remedy { get; init; }

        public IReadOnlyList<ConnectionTestStep> Parts { get; init; } = [];
    }
}
