using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
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
    private readonly SimulatorOptions _options;
    private readonly MovableClock _clock;
    private readonly BehaviourStore _behaviours = new();
    private readonly RateBuckets _rates = new();
    private readonly RequestChecks _checks;
    private readonly RequestLog _log = new();
    private readonly ConsistencyDelay _consistency = new();
    private readonly DeletionLocks _deletions = new();
    private volatile Tenant _tenant;
    private long _tracking;

    /// <summary>Starts an account.</summary>
    public SimulatedZoom(SimulatorOptions options)
    {
        if (options is null)
        {
            throw new ArgumentNullException(nameof(options));
        }

        _options = options;
        _clock = new MovableClock(options.Clock);
        _tenant = FirstTenant();
        ClientId = IdGenerator.Next("client", 0);
        ClientSecret = NewSecret();
        var tokens = new TokenStore();
        _checks = new RequestChecks(_clock, tokens, new TokenEndpoint(tokens, ClientId, ClientSecret), _rates, _consistency, _deletions);
        ApplyOptions();
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

        var reply = _checks.Answer(request, _tenant, behaviour, fault, isToken);
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

    /// <summary>The simulated account's time.</summary>
    internal DateTimeOffset Now => _clock.UtcNow;

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

        var imported = TenantJson.Read(json, AccountId, _clock.UtcNow);
        imported.Account.Id = AccountId;
        _tenant = imported;
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
    public IReadOnlyDictionary<string, object> Behaviours =>
        _behaviours.Current.Values.ToDictionary(pair => pair.Key.Name, pair => PlainJson.Of(pair.Value));

    /// <inheritdoc/>
    public IReadOnlyList<IReadOnlyDictionary<string, object>> Faults => _behaviours.Faults;

    /// <inheritdoc/>
    public void Configure(IReadOnlyDictionary<string, object?> behaviours, IReadOnlyList<IReadOnlyDictionary<string, object?>>? faults)
    {
        if (behaviours is null)
        {
            throw new ArgumentNullException(nameof(behaviours));
        }

        _behaviours.Patch(behaviours, faults);
    }

    /// <inheritdoc/>
    public int UserCount
    {
        get
        {
            var tenant = _tenant;
            lock (tenant.Gate)
            {
                return tenant.UserCount;
            }
        }
    }

    /// <inheritdoc/>
    public int GroupCount
    {
        get
        {
            var tenant = _tenant;
            lock (tenant.Gate)
            {
                return tenant.Groups.Count;
            }
        }
    }

    /// <inheritdoc/>
    public void AddUsers(int count)
    {
        if (count < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        var tenant = _tenant;
        lock (tenant.Gate)
        {
            Seeder.AddMembers(tenant, count);
        }
    }

    /// <inheritdoc/>
    public void AdvanceTime(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(time), "Time does not go back.");
        }

        if (!_clock.Advance(time))
        {
            throw new ArgumentOutOfRangeException(nameof(time), "The simulated account's time ends with the year 9998.");
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        var first = FirstTenant();
        first.Account.Id = AccountId;
        _tenant = first;
        _behaviours.Reset();
        ApplyOptions();
        _rates.Clear();
        _consistency.Clear();
        _deletions.Clear();
        _log.Clear();
    }

    /// <inheritdoc/>
    public string GetRequests() => _log.ToJson();

    /// <inheritdoc/>
    public IReadOnlyList<SimulatorRequest> Requests => _log.All();

    /// <inheritdoc/>
    public int RequestCount => _log.Count;

    /// <inheritdoc/>
    public void ClearRequests() => _log.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        // Nothing is held outside memory; the contract lets other simulators hold more.
    }

    private Tenant FirstTenant()
    {
        var tenant = _options.State is null
            ? Seeder.Create(_options.SeedUsers)
            : TenantJson.Read(_options.State, Account.Default().Id, _clock.UtcNow);
        tenant.Account.AddDomains(_options.AssociatedDomains);
        return tenant;
    }

    private void ApplyOptions() => _behaviours.Patch(
        new Dictionary<string, object?>
        {
            [Switches.RatePlan.Name] = _options.RatePlan,
            [Switches.Latency.Name] = (int)_options.Latency.TotalMilliseconds,
        },
        null);

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
