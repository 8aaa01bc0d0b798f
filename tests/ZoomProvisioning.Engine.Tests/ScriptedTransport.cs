using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>A request as it arrived at the far end.</summary>
internal sealed class Seen
{
    public string Method { get; init; } = "";

    public Uri Uri { get; init; } = null!;

    public string PathAndQuery => Uri.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);

    public string Body { get; init; } = "";

    public Dictionary<string, string> Headers { get; init; } = [];

    public TimeSpan At { get; init; }

    public bool IsToken => Uri.AbsolutePath == "/oauth/token";

    public override string ToString() => $"{Method} {PathAndQuery}";
}

/// <summary>A far end that answers tokens by itself and everything else as a test says.</summary>
internal sealed class ScriptedTransport(FakeClock clock) : HttpMessageHandler
{
    private int _tokens;

    public const string Token = "eyToken-very-secret-";

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public IEnumerable<Seen> Scim => Requests.Where(r => !r.IsToken);

    public int TokenRequests => Requests.Count(r => r.IsToken);

    /// <summary>Answers SCIM requests; the number counts them from 1.</summary>
    public Func<Seen, int, CancellationToken, Task<HttpResponseMessage>> OnScim { get; set; } = (_, _, _) => Task.FromResult(Reply.Empty());

    /// <summary>Answers token requests; the number counts them from 1.</summary>
    public Func<Seen, int, CancellationToken, Task<HttpResponseMessage>> OnToken { get; set; } = (_, n, _) => Task.FromResult(Reply.Token(n));

    public void Answer(Func<Seen, int, HttpResponseMessage> answer) => OnScim = (seen, n, _) => Task.FromResult(answer(seen, n));

    /// <summary>Answers SCIM requests in turn; the last one is repeated.</summary>
    public void AnswerInTurn(params Func<HttpResponseMessage>[] answers) =>
        Answer((_, n) => answers[Math.Min(n, answers.Length) - 1]());

    private static Task<byte[]> Bytes(HttpContent content) => content.ReadAsByteArrayAsync();

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var seen = new Seen
        {
            Method = request.Method.Method,
            Uri = request.RequestUri!,
            Body = request.Content is null ? "" : Encoding.UTF8.GetString(await Bytes(request.Content)),
            Headers = request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
            At = clock.Elapsed,
        };
        Requests.Enqueue(seen);
        if (seen.IsToken)
        {
            return await OnToken(seen, Interlocked.Increment(ref _tokens), cancellationToken);
        }

        return await OnScim(seen, Scim.Count(), cancellationToken);
    }
}

/// <summary>Ready replies.</summary>
internal static class Reply
{
    public static HttpResponseMessage Json(int status, string body, string type = "application/json")
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        response.Headers.TryAddWithoutValidation("x-zm-trackingid", "v=2.0;clid=us02;rid=WEB_1");
        return response;
    }

    public static HttpResponseMessage Empty(int status = 204) => new((HttpStatusCode)status) { Content = new ByteArrayContent([]) };

    public static HttpResponseMessage Token(int number = 1, int expiresIn = 3599, string scope = "scim2:admin") => Json(
        200, $$"""{"access_token":"{{ScriptedTransport.Token}}{{number}}","token_type":"bearer","expires_in":"""
            + $$"""{{expiresIn}},"scope":"{{scope}}","api_url":"https://api.zoom.us"}""");

    public static string UserJson(string id = "id1", string userName = "jill@example.com") =>
        $$"""{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"{{id}}","userName":"{{userName}}","active":true}""";

    public static HttpResponseMessage User(string id = "id1", string userName = "jill@example.com", int status = 200) => Json(status, UserJson(id, userName));

    public static HttpResponseMessage List(params string[] users) => Json(
        200,
        $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"totalResults":{{users.Length}},"startIndex":1,"itemsPerPage":"""
            + $$"""{{users.Length}},"Resources":[{{string.Join(",", users)}}]}""");

    public static HttpResponseMessage Error(int status, string detail) => Json(
        status, $$"""{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":"{{detail.Replace("\"", "\\\"")}}","status":{{status}}}""");

    public static HttpResponseMessage Gateway(int status, int code, string message) => Json(status, $$"""{"code":{{code}},"message":"{{message}}"}""");

    public static HttpResponseMessage TooMany() => Gateway(429, 429, "You have reached the maximum per-second rate limit for this API. Try again later.");

    public static HttpResponseMessage With(this HttpResponseMessage response, string header, string value)
    {
        response.Headers.TryAddWithoutValidation(header, value);
        return response;
    }
}
