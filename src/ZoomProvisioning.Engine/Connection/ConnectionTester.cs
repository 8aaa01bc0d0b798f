using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Auth;
using ZoomProvisioning.Engine.Clients;
using ZoomProvisioning.Engine.Http;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>
/// Tries a connection from the bottom up, so that the first step that fails names the trouble. A step after it is skipped,
/// because it could only fail for the same reason.
/// </summary>
internal sealed class ConnectionTester
{
    // Somebody is watching: one second chance for a hiccup, not half a minute of them.
    private const int Attempts = 2;

    private readonly EngineOptions _options;
    private readonly TokenSource _tokens;
    private readonly ScimSender _sender;
    private readonly INetworkProbe? _network;

    /// <param name="options">The connection.</param>
    /// <param name="tokens">Where its tokens come from.</param>
    /// <param name="sender">How its requests are sent.</param>
    /// <param name="probe">The network; null for the real one, or for none when the connection has a transport of its own.</param>
    public ConnectionTester(EngineOptions options, TokenSource tokens, ScimSender sender, INetworkProbe? probe)
    {
        _options = options;
        _tokens = tokens;
        _sender = sender;
        _network = probe ?? (options.Transport is null ? new NetworkProbe(options.Proxy) : null);
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
            return new Finding(TestOutcome.Failed, exception.Message)
            {
                ZoomMessage = exception.ZoomMessage,
                Remedy = Remedies.For(exception, _options),
            };
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

    private async Task<Finding> ResolveAsync(ScimCall call)
    {
        if (_network is null)
        {
            return NoNetwork();
        }

        var found = new List<string>();
        foreach (var address in Hops())
        {
            try
            {
                call.Stop.ThrowIfCancellationRequested();
                var addresses = await _network.ResolveAsync(address.Host).ConfigureAwait(false);
                found.Add($"{address.Host} is {string.Join(", ", addresses.Take(4).Select(a => a.ToString()))}");
            }
            catch (Exception exception) when (TransportFailure.Is(exception))
            {
                return new Finding(TestOutcome.Failed, $"The name {address.Host} could not be resolved: {exception.Message}")
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

        var found = new List<string>();
        foreach (var address in Hops())
        {
            var isProxy = address != _options.TokenUri && address != _options.ScimUri;
            try
            {
                var tls = address.Scheme == Uri.UriSchemeHttps;
                found.Add(await _network.ConnectAsync(address.Host, address.Port, tls, call.Stop).ConfigureAwait(false)
                    + (isProxy ? " This is the proxy; TLS with Zoom itself is tried by the next step." : string.Empty));
            }
            catch (Exception exception) when (TransportFailure.Is(exception) || exception is System.Security.Authentication.AuthenticationException)
            {
                var kind = isProxy ? TransportFailureKind.Proxy : TransportFailure.KindOf(exception);
                return new Finding(TestOutcome.Failed, $"{address.Host} port {address.Port}: {exception.Message}")
                {
                    Remedy = ConnectionErrors.Remedy(kind, address),
                };
            }
        }

        return new Finding(TestOutcome.Passed, string.Join(" ", found));
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
            return Task.FromResult(new Finding(TestOutcome.Warning, "Zoom did not name the scopes of the token. It may do so some time after the app was set up.")
            {
                Remedy = Remedies.Scopes,
            });
        }

        var present = scopes.FirstOrDefault(scope => scope is "scim2" or "scim2:admin");
        return Task.FromResult(present is not null
            ? new Finding(TestOutcome.Passed, $"The token has the scope {present}.")
            : new Finding(TestOutcome.Warning, $"The token has neither scim2 nor scim2:admin. It has: {string.Join(" ", scopes)}.") { Remedy = Remedies.Scopes });
    }

    private async Task<Finding> ReadAsync(ScimCall call)
    {
        var request = new ScimRequest("GET", "/Users?startIndex=1&count=1", RateLabel.Medium) { MaxAttempts = Attempts };
        var reply = await _sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
        var list = _sender.Resource(request, reply);
        return list.Has("totalResults") || list.Has("Resources")
            ? new Finding(TestOutcome.Passed, $"Zoom lists {list["totalResults"] ?? "its"} users.")
            : new Finding(TestOutcome.Failed, "The address answers, but not with a SCIM list.") { Remedy = Remedies.WrongAddress(_options) };
    }

    /// <summary>The addresses that this machine connects to: Zoom's, or the proxy's instead.</summary>
    private List<Uri> Hops()
    {
        Uri[] wanted = _tokens.IsReadyToken ? [_options.ScimUri] : [_options.TokenUri, _options.ScimUri];
        return wanted
            .Select(address => _network!.ProxyFor(address) ?? address)
            .GroupBy(address => address.Authority, StringComparer.OrdinalIgnoreCase)
            .Select(group => group.First())
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
    }
}
