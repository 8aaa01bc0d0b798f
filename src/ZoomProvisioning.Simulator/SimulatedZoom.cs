using System;
using System.Globalization;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator.Auth;
using ZoomProvisioning.Simulator.Behaviours;
using ZoomProvisioning.Simulator.Endpoints;
using ZoomProvisioning.Simulator.Http;
using ZoomProvisioning.Simulator.Rates;
using ZoomProvisioning.Simulator.State;

namespace ZoomProvisioning.Simulator;

/// <summary>
/// A Zoom account in memory that answers SCIM2 and token requests as the fact sheet says Zoom does. It knows nothing of
/// sockets: a transport, in process or over HTTP, hands it requests.
/// </summary>
public sealed class SimulatedZoom : ISimulator
{
    private readonly IClock _clock;
    private readonly BehaviourStore _behaviours = new();
    private readonly TokenStore _tokens = new();
    private readonly TokenEndpoint _tokenEndpoint;
    private readonly RateBuckets _rates = new();
    private readonly RequestLog _log = new();
    private readonly ConsistencyDelay _consistency = new();
    private volatile Tenant _tenant;
    private long _tracking;

    /// <summary>Starts an account.</summary>
    public SimulatedZoom(SimulatorOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        _clock = options.Clock;
        _tenant = options.State is null ? Seeder.Create(options.SeedUsers) : TenantJson.Read(options.State, Account.Default().Id, _clock.UtcNow);
        _tenant.Account.AddDomains(options.AssociatedDomains);
        ClientId = IdGenerator.Next("client", 0);
        ClientSecret = NewSecret();
        _tokenEndpoint = new TokenEndpoint(_tokens, ClientId, ClientSecret);
        _behaviours.Patch(new JsonObject
        {
            [Switches.RatePlan.Name] = options.RatePlan,
            [Switches.Latency.Name] = (int)options.Latency.TotalMilliseconds,
        }.ToJsonString());
    }

    /// <inheritdoc/>
    /// <remarks>A name that can never be resolved (RFC 2606): without its transport a client reaches nobody, not the real Zoom.</remarks>
    public Uri ScimUri { get; } = new("https://zoom-simulator.invalid/scim2");

    /// <inheritdoc/>
    public Uri TokenUri { get; } = new("https://zoom-simulator.invalid/oauth/token");

    /// <inheritdoc/>
    public string AccountId => _tenant.Account.Id;

    /// <inheritdoc/>
    public string ClientId { get; }

    /// <inheritdoc/>
    public string ClientSecret { get; }

    /// <summary>Answers one request, as section 9 of the fact sheet orders the checks.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the waits of latency and slow replies; a request that has been carried out stays so.</param>
    public async Task<SimulatedResponse> HandleAsync(SimulatedRequest request, CancellationToken cancellationToken)
    {
        if (request is null)
        {
            throw new ArgumentNullException(nameof(request));
        }

        var received = _clock.UtcNow;
        var behaviour = _behaviours.Current;
        var isToken = Router.IsToken(request.Path);
        var fault = _behaviours.TakeFault(request.Method, request.Path, isToken);
        if (fault is { Kind: Fault.Slow, CarriedOut: false })
        {
            await _clock.Delay(fault.Delay, cancellationToken).ConfigureAwait(false);
        }

        var reply = Answer(request, behaviour, fault, isToken);
        var trackingId = NextTrackingId();
        reply.AddHeader("x-zm-trackingid", trackingId);
        _log.Add(received, request, isToken, reply, fault?.Name, trackingId);

        var wait = TimeSpan.FromMilliseconds(behaviour.Number(Switches.Latency))
            + (fault is { Kind: Fault.Slow, CarriedOut: true } ? fault.Delay : TimeSpan.Zero);
        if (wait > TimeSpan.Zero)
        {
            await _clock.Delay(wait, cancellationToken).ConfigureAwait(false);
        }

        return reply;
    }

    /// <inheritdoc/>
    public HttpMessageHandler CreateTransport() => new SimulatedTransport(this);

    /// <inheritdoc/>
    public string ExportState() => TenantJson.Write(_tenant, _behaviours.Current);

    /// <inheritdoc/>
    public void ImportState(string json)
    {
        if (json is null)
        {
            throw new ArgumentNullException(nameof(json));
        }

        _tenant = TenantJson.Read(json, AccountId, _clock.UtcNow);
    }

    /// <inheritdoc/>
    public string GetBehaviour() => _behaviours.ToJson();

    /// <inheritdoc/>
    public void PatchBehaviour(string json)
    {
        if (json is null)
        {
            throw new ArgumentNullException(nameof(json));
        }

        _behaviours.Patch(json);
    }

    /// <inheritdoc/>
    public string GetRequests() => _log.ToJson();

    /// <inheritdoc/>
    public void ClearRequests() => _log.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held outside memory; the contract lets other simulators hold more.
    }

    private SimulatedResponse Answer(SimulatedRequest request, Behaviour behaviour, Fault? fault, bool isToken)
    {
        if (fault is null)
        {
            return Process(request, behaviour, isToken);
        }

        switch (fault.Kind)
        {
            case Fault.TokenExpired:
                _tokens.Expire(request.Authorization, _clock.UtcNow);
                return Process(request, behaviour, isToken);
            case Fault.TokenRevoked:
                _tokens.Revoke(request.Authorization);
                return Process(request, behaviour, isToken);
            case Fault.Slow:
                return Process(request, behaviour, isToken);
            case Fault.Truncate:
            case Fault.ContentTypeFault:
                return FaultReply.Spoil(fault, Process(request, behaviour, isToken));
            default:
                if (fault.CarriedOut)
                {
                    Process(request, behaviour, isToken);
                }

                return FaultReply.Instead(fault);
        }
    }

    private SimulatedResponse Process(SimulatedRequest request, Behaviour behaviour, bool isToken)
    {
        var now = _clock.UtcNow;
        if (isToken && request.Method == "POST")
        {
            return _tokenEndpoint.Handle(request, behaviour, AccountId, now);
        }

        if (Router.Find(request.Method, request.Path, behaviour) is not { } route)
        {
            return Replies.Gateway(404, 2300, ZoomTexts.UnknownEndpoint);
        }

        if (RefuseToken(request, route.Operation, behaviour, now) is { } refusal)
        {
            return refusal;
        }

        var decision = _rates.Take(behaviour, route.Operation, now);
        var reply = decision.Allowed ? Carry(request, behaviour, route.Operation, route.Id, now) : RateReply.Refuse(behaviour, decision, now);
        RateReply.AddHeaders(reply, behaviour, decision, route.Operation.Label);
        return reply;
    }

    private SimulatedResponse? RefuseToken(SimulatedRequest request, Operation operation, Behaviour behaviour, DateTimeOffset now)
    {
        if (_tokens.Find(request.Authorization) is not { } token)
        {
            return Replies.Gateway(401, 124, ZoomTexts.InvalidToken);
        }

        if (token.ExpiresAt <= now)
        {
            return Replies.Gateway(401, 124, ZoomTexts.ExpiredToken);
        }

        if (token.HasOneOf(operation.Scopes))
        {
            return null;
        }

        var parts = behaviour.Text(Switches.MissingScope).Split('-');
        return Replies.Gateway(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            ZoomTexts.MissingScopes(operation.NamedScopes));
    }

    private SimulatedResponse Carry(SimulatedRequest request, Behaviour behaviour, Operation operation, string id, DateTimeOffset now)
    {
        var context = new RequestContext(request, _tenant, behaviour, _consistency, now);
        if (operation.IsUsers && behaviour.Is(Switches.SingleSignOn, "off"))
        {
            return context.Error(400, ZoomTexts.NoSingleSignOn);
        }

        if (!behaviour.Permits(operation.Permission))
        {
            // Listing users has a sentence of its own (fact sheet 4.6).
            var isUserList = operation is { IsUsers: true, HasId: false, Method: "GET" };
            return context.Error(403, isUserList ? ZoomTexts.ListUsersDenied : ZoomTexts.Denied(operation.Permission));
        }

        var body = default(System.Text.Json.JsonElement);
        if (operation.TakesBody)
        {
            body = BodyReader.Read(request, behaviour, out var complaint);
            if (complaint is not null)
            {
                return context.Error(400, complaint);
            }
        }

        return operation.Handle(new RequestContext(request, _tenant, behaviour, _consistency, now) { Id = id, Body = body });
    }

    // v=2.0;clid=us02;rid=WEB_<hex>, as seen on real replies (fact sheet 1.5).
    private string NextTrackingId() =>
        "v=2.0;clid=us02;rid=WEB_" + Interlocked.Increment(ref _tracking).ToString("x32", CultureInfo.InvariantCulture);

    private static string NewSecret()
    {
        var bytes = new byte[24];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(bytes);
        }

        return Convert.ToBase64String(bytes).Replace('+', 'A').Replace('/', 'B');
    }
}
