using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Polly;
using Polly.Timeout;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Engine.Http;

/// <summary>
/// Innermost: hands the request to the transport, and is therefore the one that knows whether it was. It reads the whole reply
/// as well, so that a reply cut short counts as a failed attempt like any other and every attempt has one time limit.
/// </summary>
internal sealed class SocketHandler : DelegatingHandler
{
    // Of a bad reply the beginning is shown, however long it is.
    private const long LargestBadReply = 16 * 1024 * 1024;

    private readonly IClock _clock;
    private readonly ServerClock _serverClock;
    private readonly ResiliencePipeline _timeLimit;

    public SocketHandler(EngineOptions options, ServerClock serverClock)
    {
        _clock = options.Clock;
        _serverClock = serverClock;
        _timeLimit = new ResiliencePipelineBuilder { TimeProvider = ClockTimeProvider.For(options.Clock) }
            .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
            .Build();
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var state = RequestState.Of(request);
        state.Call.Stop.ThrowIfCancellationRequested();
        cancellationToken.ThrowIfCancellationRequested();

        var handedOverAt = _clock.Elapsed;
        state.HandedOver();
        try
        {
            var response = await _timeLimit.ExecuteAsync(
                async limit => await ExchangeAsync(request, state.LargestReply, limit).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            state.LastExchange = _clock.Elapsed - handedOverAt;
            _serverClock.Note(response, _clock.UtcNow, state.LastExchange);
            // In a good reply the header means nothing (RFC 9110 section 10.2.3).
            state.RetryAfter = (int)response.StatusCode >= 400 ? RetryAfter.Read(response, _clock.UtcNow) : null;
            state.Answered((int)response.StatusCode);
            return response;
        }
        catch (Exception exception)
        {
            state.LastExchange = _clock.Elapsed - handedOverAt;
            state.NoReply(TransportFailure.NothingWasSent(exception));
            throw;
        }
    }

    private async Task<HttpResponseMessage> ExchangeAsync(HttpRequestMessage request, long largest, CancellationToken limit)
    {
        var response = await HandOverAsync(request, limit).ConfigureAwait(false);

        // Reading cannot be cancelled on .NET Framework; taking the reply away ends it on both.
        using var cutOff = limit.Register(response.Dispose);
        largest = response.IsSuccessStatusCode ? largest : LargestBadReply;
        try
        {
            await response.Content.LoadIntoBufferAsync(largest).ConfigureAwait(false);
            // Mono buffers more than it was told to.
            return response.Content.Headers.ContentLength > largest ? throw new ReplyTooLargeException(largest) : response;
        }
        catch (Exception exception)
        {
            response.Dispose();
            limit.ThrowIfCancellationRequested();
            if (ReplyTooLargeException.Is(exception, largest))
            {
                throw new ReplyTooLargeException(largest);
            }

            throw exception is HttpRequestException or IOException
                ? exception
                : new HttpRequestException("The reply could not be read to its end: " + exception.Message, exception);
        }
    }

    private async Task<HttpResponseMessage> HandOverAsync(HttpRequestMessage request, CancellationToken limit)
    {
        try
        {
            return await base.SendAsync(request, limit).ConfigureAwait(false);
        }
        catch (HttpRequestException) when (limit.IsCancellationRequested)
        {
            // .NET Framework's handler sometimes reports its own cancellation as a broken connection.
            throw new OperationCanceledException(limit);
        }
    }
}
