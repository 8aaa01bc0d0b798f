using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Security;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Auth;

/// <summary>
/// Fetches an access token for a Server-to-Server OAuth app
/// (https://developers.zoom.us/docs/internal-apps/s2s-oauth/): parameters in a form body, credentials as HTTP Basic.
/// </summary>
internal sealed class TokenClient : IDisposable
{
    // What Zoom's documentation gives a token when a reply does not say.
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromHours(1);

    // An app may have hundreds of scopes.
    private const int LongestScopes = 64 * 1024;
    private const long LargestReply = 1024 * 1024;

    // What a reply is believed. A shorter life would fetch a token for every request; should it be true, Zoom rejects the token and a
    // new one is fetched then. A longer one would only put that off.
    private static readonly TimeSpan ShortestLifetime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromDays(1);

    private readonly EngineOptions _options;
    private readonly SecureString _secret;
    private readonly HttpMessageInvoker _http;
    private readonly Redactor _redactor;

    public TokenClient(EngineOptions options, HttpMessageInvoker http, Redactor redactor)
    {
        _options = options;
        _http = http;
        _redactor = redactor;

        // The caller may dispose of its own.
        _secret = options.ClientSecret!.Copy();
        _secret.MakeReadOnly();
    }

    /// <summary>Fetches a new token.</summary>
    /// <param name="call">How the call is stopped and watched.</param>
    /// <param name="maxAttempts">How often it is tried; null leaves it to the options.</param>
    public async Task<AccessToken> FetchAsync(ScimCall call, int? maxAttempts)
    {
        // Asking twice for a token does no harm, so this counts as a read.
        var state = new RequestState(call) { ShowBodies = false, MaxAttempts = maxAttempts, IsRead = true, LargestReply = LargestReply };
        var secret = SecretText.Read(_secret);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(_options.ClientId + ":" + secret));
        _redactor.Add(secret);
        _redactor.Add(basic);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _options.TokenUri);
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
            request.Headers.Accept.ParseAdd("application/json");
            request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(
                "grant_type=account_credentials&account_id=" + Uri.EscapeDataString(_options.AccountId!)));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
            state.AttachTo(request);
            var reply = await Exchange.SendAsync(_http, request, state, _redactor).ConfigureAwait(false);
            return Read(reply);
        }
        finally
        {
            _redactor.Remove(secret);
            _redactor.Remove(basic);
        }
    }

    public void Dispose() => _secret.Dispose();

    private AccessToken Read(Reply reply)
    {
        if (!reply.IsSuccess)
        {
            throw ZoomErrorCatalog.ToException(ErrorReader.Read(reply, "POST", "Users", fromTokenEndpoint: true, _redactor));
        }

        TokenReply? token;
        try
        {
            token = JsonSerializer.Deserialize(reply.Json, WireJsonContext.Default.TokenReply);
        }
        catch (JsonException exception)
        {
            // The position is said, the body is not: it may hold the better part of a token.
            throw new ScimServerException(
                "Zoom.Token.Unreadable",
                $"The token address {_options.TokenUri} answered {reply.Status} with something that is not a token reply (line "
                    + $"{exception.LineNumber}, byte {exception.BytePositionInLine}).")
            {
                Category = "InvalidResult",
                RecommendedAction = "Check the token address (https://zoom.us/oauth/token by default) and whether a proxy answers in Zoom's place.",
                Status = reply.Status,
                TrackingId = reply.TrackingId,
            };
        }

        if (string.IsNullOrEmpty(token?.AccessToken))
        {
            throw new ScimAuthenticationException(
                "Zoom.Token.NotIssued",
                "Zoom accepted the credentials but gave no access token. It does so when the Server-to-Server OAuth app is not activated.")
            {
                Category = "AuthenticationError",
                RecommendedAction = "In the Zoom App Marketplace open Manage > your Server-to-Server OAuth app > Activation and activate it.",
                Status = reply.Status,
                TrackingId = reply.TrackingId,
            };
        }

        if (!IsPrintable(token!.AccessToken!) || token.AccessToken!.Length > Redactor.LongestSecret)
        {
            throw new ScimServerException("Zoom.Token.Unreadable", $"The token address {_options.TokenUri} gave a token that cannot be put into a header.")
            {
                Category = "InvalidResult",
                RecommendedAction = "Check the token address (https://zoom.us/oauth/token by default).",
                Status = reply.Status,
                TrackingId = reply.TrackingId,
            };
        }

        _redactor.Add(token.AccessToken!);
        var scopes = _redactor.Shown(Words.Of(token.Scope) ?? string.Empty, LongestScopes).Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);
        var lifetime = OutsideNumber.Decimal(token.ExpiresIn, ShortestLifetime.TotalSeconds, LongestLifetime.TotalSeconds) is { } seconds
            ? TimeSpan.FromSeconds(seconds)
            : UsualLifetime;
        return new AccessToken(token.AccessToken!, scopes, _options.Clock.Elapsed, lifetime);
    }

    /// <summary>Whether a token can stand in a header: line breaks in it would be headers of somebody else's making.</summary>
    private static bool IsPrintable(string token)
    {
        foreach (var character in token)
        {
            if (character is <= ' ' or > '~')
            {
                return false;
            }
        }

        return true;
    }
}
