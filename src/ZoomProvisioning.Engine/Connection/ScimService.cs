using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Auth;
using ZoomProvisioning.Engine.Clients;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Connection;

/// <summary>One connection: its token, its chains of handlers and its clients.</summary>
internal sealed class ScimService : IScimService
{
    private readonly EngineOptions _options;
    private readonly RateGovernor _governor;
    private readonly HttpClients _http;
    private readonly TokenSource _tokens;
    private readonly ScimUserClient _users;
    private readonly ScimGroupClient _groups;
    private readonly ConnectionTester _tester;
    private readonly ServerClock _serverClock = new();

    public ScimService(EngineOptions options, INetworkProbe? probe)
    {
        _options = options;
        _governor = RateGovernorRegistry.For(options);
        var redactor = new Redactor();
        var proxy = ProxyChoice.Of(options, redactor);
        var pace = new Pace(options, _governor);

        // The SCIM chain needs the token source, which needs the token chain: hence the detour over a function.
        TokenSource? tokens = null;
        _http = new HttpClients(options, proxy, () => new BearerHandler(tokens!, pace), pace, redactor, _serverClock);
        _tokens = tokens = options.AccessToken is { } ready
            ? new TokenSource(ReadyToken(ready, redactor), options.Clock)
            : new TokenSource(new TokenClient(options, _http.TokenChain(), redactor), options.Clock);
        var sender = new ScimSender(options, _http.ScimChain(), _governor, redactor);
        _users = new ScimUserClient(options, sender);
        _groups = new ScimGroupClient(options, sender);
        _tester = new ConnectionTester(options, _tokens, sender, _serverClock, probe ?? (options.Transport is null ? new NetworkProbe(proxy) : null));
    }

    public IScimUserClient Users => _users;

    public IScimGroupClient Groups => _groups;

    public RateSnapshot Rate => _governor.Snapshot(_options.MaxRequestsPerSecond);

    public IReadOnlyList<string> Scopes => _tokens.Current?.Scopes ?? [];

    public TimeSpan? ClockAhead => _serverClock.Ahead;

    public Task<IReadOnlyList<ConnectionTestStep>> TestAsync(ScimCall call) => _tester.RunAsync(call);

    public void Dispose()
    {
        _tokens.Dispose();
        _users.Dispose();
        _groups.Dispose();
        _http.Dispose();
    }

    private static AccessToken ReadyToken(System.Security.SecureString ready, Redactor redactor)
    {
        // It goes into every request, so there is no use in opening it each time.
        var value = SecretText.Read(ready);
        redactor.Add(value);
        return new AccessToken(value, [], TimeSpan.Zero, lifetime: null);
    }
}
