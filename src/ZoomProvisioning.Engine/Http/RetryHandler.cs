using System;
using System.Globalization;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Retry;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Repeats what is worth repeating: 429, 500, 502, 503, 504, broken connections, attempts that took too long, and reads whose
/// reply is cut short, with exponential waits and jitter, or after the time Zoom names. A create is repeated only when Zoom
/// certainly did not see it.
/// </summary>
/// <remarks>
/// This sits inside the client and not around it, because around it .NET Framework has disposed the request's content after
/// the first attempt. Contents are byte arrays, so every attempt can send them again.
/// </remarks>
internal sealed class RetryHandler : DelegatingHandler
{
    private static readonly ResiliencePropertyKey<RequestState> StateKey = new("state");
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);

    private readonly EngineOptions _options;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;

    public RetryHandler(EngineOptions options)
    {
        _options = options;
        var builder = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = ClockTimeProvider.For(options.Clock) };
        if (options.MaxAttempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxAttempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstDelay,
                MaxDelay = options.MaxRetryDelay,
                ShouldHandle = ShouldRetry,
                DelayGenerator = ServersDelay,
                OnRetry = Report,
            });
        }

        _pipeline = builder.Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(request);

        // Two tokens: Polly's waits end at the first sign of a stop, while an attempt that is on its way goes on until the abort.
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, state.Call.Stop);
        context.Properties.Set(StateKey, state);
        try
        {
            return await _pipeline.ExecuteAsync(
                async _ => await base.SendAsync(request, cancellationToken).ConfigureAwait(false), context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Whether a status is worth another try at all.</summary>
    public static bool IsTransient(int status) => status is 429 or 500 or 502 or 503 or 504;

    private async ValueTask<bool> ShouldRetry(RetryPredicateArguments<HttpResponseMessage> attempt)
    {
        var state = attempt.Context.Properties.GetValue(StateKey, null!);
        if (attempt.AttemptNumber + 1 >= (state.MaxAttempts ?? _options.MaxAttempts))
        {
            return false;
        }

        if (attempt.Outcome.Exception is { } exception)
        {
            // A password tried six times locks an account, and what is no reply of Zoom's is none six times.
            return TransportFailure.Is(exception)
                && TransportFailure.KindOf(exception) is not (TransportFailureKind.ProxySignIn or TransportFailureKind.TooLarge)
                && (state.RepeatFreely || TransportFailure.NothingWasSent(exception));
        }

        var response = attempt.Outcome.Result!;
        var status = (int)response.StatusCode;
        return IsTransient(status)
            ? (state.RepeatFreely || status == 429) && (state.RetryAfter ?? TimeSpan.Zero) <= _options.MaxRetryDelay
            : state.IsRead && response.IsSuccessStatusCode && await IsCutShortAsync(response, state).ConfigureAwait(false);
    }

    /// <summary>
    /// Whether a good reply is JSON that does not go to its end. What a change has done is not undone by it, so only reads are
    /// repeated; a change is settled by reading the user, and a create by looking it up.
    /// </summary>
    private static async Task<bool> IsCutShortAsync(HttpResponseMessage response, RequestState state)
    {
        var reply = new Reply
        {
            Body = await response.Content.ReadAsByteArrayAsync().ConfigureAwait(false),
            MediaType = response.Content.Headers.ContentType?.MediaType,
        };
        if (!reply.ClaimsJson)
        {
            return false;
        }

        // A resource is whole when it can be read, and is not read again then. A token is no resource.
        if (state.ShowBodies && ScimJsonReader.TryParse(reply.Json) is { } resource)
        {
            state.Parsed = resource;
            return false;
        }

        return !ScimJsonReader.IsWhole(reply.Json);
    }

    /// <summary>
    /// Zoom's own wish goes before the computed delay. ShouldRetry has refused what is too long already. No wait at all is no wish: all
    /// attempts would be used up at once.
    /// </summary>
    private static ValueTask<TimeSpan?> ServersDelay(RetryDelayGeneratorArguments<HttpResponseMessage> attempt) =>
        new(attempt.Outcome.Result is { IsSuccessStatusCode: false }
            && attempt.Context.Properties.GetValue(StateKey, null!).RetryAfter is { } wish && wish > TimeSpan.Zero
            ? wish
            : null);

    private static ValueTask Report(OnRetryArguments<HttpResponseMessage> attempt)
    {
        var state = attempt.Context.Properties.GetValue(StateKey, null!);
        var reason = attempt.Outcome.Result is { IsSuccessStatusCode: true } ? "the reply could not be read"
            : attempt.Outcome.Result is { } response ? "Zoom answered " + ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)
            : "no reply arrived";
        state.Call.Observer?.OnWire(new WireEvent(
            WireEventKind.Waiting,
            string.Format(
                CultureInfo.InvariantCulture,
                "[{0}] Waiting {1:0.0} s before attempt {2}, because {3}.",
                state.RequestId,
                attempt.RetryDelay.TotalSeconds,
                attempt.AttemptNumber + 2,
                reason))
        {
            Duration = attempt.RetryDelay,
            Reason = reason,
        });
        return default;
    }
}
