using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>Makes every attempt pay a permit and tells the governor what came of it.</summary>
internal sealed class RateGovernorHandler(Pace pace, IClock clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(request);
        await pace.TakeAsync(state).ConfigureAwait(false);
        var sentAt = clock.Elapsed;
        try
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            pace.Governor.Learn(state, sentAt, response);
            return response;
        }
        catch (Exception exception) when (TransportFailure.Is(exception))
        {
            pace.Governor.LearnOfSilence(state);
            throw;
        }
    }
}

/// <summary>What holds one connection's requests back: its account's governor, and its own ceiling when it has one.</summary>
internal sealed class Pace
{
    private static readonly TimeSpan WorthReporting = TimeSpan.FromSeconds(1);

    private readonly EngineOptions _options;
    private readonly Pacer? _ceiling;

    public Pace(EngineOptions options, RateGovernor governor)
    {
        _options = options;
        Governor = governor;
        _ceiling = options.MaxRequestsPerSecond is { } cap ? new Pacer(options.Clock, cap) : null;
    }

    /// <summary>The governor of the account.</summary>
    public RateGovernor Governor { get; }

    /// <summary>Waits for a permit.</summary>
    public async Task TakeAsync(RequestState state)
    {
        if (Governor.PausedFor() is var pause && pause >= WorthReporting && pause <= _options.MaxRetryDelay)
        {
            state.Call.Observer?.OnWire(new WireEvent(
                WireEventKind.Waiting,
                string.Format(CultureInfo.InvariantCulture, "[{0}] Waiting {1:0.0} s, as Zoom asked.", state.RequestId, pause.TotalSeconds))
            {
                Duration = pause,
            });
        }

        if (_ceiling is not null)
        {
            await _ceiling.TakeAsync(TimeSpan.MaxValue, state.Call.Stop).ConfigureAwait(false);
        }

        await Governor.TakeAsync(state.Label, _options.MaxRetryDelay, state.Call.Stop).ConfigureAwait(false);
    }
}
