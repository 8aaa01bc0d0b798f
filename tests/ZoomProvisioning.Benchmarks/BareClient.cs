using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Benchmarks;

/// <summary>
/// The work of the benchmark of commands by a bare <see cref="HttpClient"/>, a fixed number of requests in flight: what a program
/// could reach that knows everybody's id beforehand, looks nothing up, keeps nothing, and waits a second after each 429. Prints a
/// line of JSON for each work, as <c>Commands/Contestant.ps1</c> does. The sign-in comes in ZOOM_* variables.
/// </summary>
internal sealed class BareClient : IDisposable
{
    private const string Core = "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"]";

    private readonly HttpClient _http;
    private readonly int _inFlight;
    private readonly string _scim = Variable("ZOOM_SCIM_URI");
    private string[] _ids = [];
    private int _requests;
    private int _refused;

    private BareClient(int inFlight)
    {
        _inFlight = inFlight;
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = inFlight, UseProxy = false, UseCookies = false });
    }

    public static async Task RunAsync(int count, int inFlight, IReadOnlyList<string> works)
    {
        using var client = new BareClient(inFlight);
        await client.SignInAsync().ConfigureAwait(false);
        client._ids = new string[count];
        foreach (var work in works)
        {
            (client._requests, client._refused) = (0, 0);
            var clock = Stopwatch.StartNew();
            var done = work == "list" ? await client.ListAsync().ConfigureAwait(false) : await client.WorkAsync(work).ConfigureAwait(false);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                contestant = "Bare",
                work,
                done,
                seconds = Math.Round(clock.Elapsed.TotalSeconds, 3),
                first = (double?)null,
                requests = client._requests,
                refused = client._refused,
            }));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task SignInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Variable("ZOOM_TOKEN_URI"))
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "account_credentials",
                ["account_id"] = Variable("ZOOM_ACCOUNT_ID"),
            }),
        };
        var basic = Variable("ZOOM_CLIENT_ID") + ":" + Variable("ZOOM_CLIENT_SECRET");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        using var reply = await _http.SendAsync(request).ConfigureAwait(false);
        using var json = JsonDocument.Parse(await reply.EnsureSuccessStatusCode().Content.ReadAsStringAsync().ConfigureAwait(false));
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("access_token").GetString());
    }

    private async Task<int> WorkAsync(string work)
    {
        var done = 0;
        await InFlightAsync(Enumerable.Range(0, _ids.Length), async index =>
        {
            var path = "/Users/" + (work == "create" ? string.Empty : Uri.EscapeDataString(_ids[index]));
            var number = index + 1;
            var (method, body) = work switch
            {
                "create" => (HttpMethod.Post, $"{{{Core},\"userName\":\"bench{number}@example.com\",\"name\":{{\"givenName\":\"Given{number}\","
                    + $"\"familyName\":\"Family{number}\"}}}}"),
                "update" => (HttpMethod.Put, $"{{{Core},\"name\":{{\"givenName\":\"New\"}}}}"),
                "disable" => (HttpMethod.Patch, "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":"
                    + "[{\"op\":\"replace\",\"value\":{\"active\":false}}]}"),
                "delete" => (HttpMethod.Delete, (string?)null),
                _ => throw new ArgumentException($"There is no work '{work}'.", nameof(work)),
            };
            var (status, reply) = await SendAsync(method, path.TrimEnd('/'), body).ConfigureAwait(false);
            if ((int)status is >= 200 and < 300)
            {
                Interlocked.Increment(ref done);
                if (work == "create")
                {
                    using var json = JsonDocument.Parse(reply);
                    _ids[index] = json.RootElement.GetProperty("id").GetString()!;
                }
            }
        }).ConfigureAwait(false);
        return done;
    }

    private async Task<int> ListAsync()
    {
        var listed = 0;
        var total = await PageAsync(1).ConfigureAwait(false);
        await InFlightAsync(Enumerable.Range(1, Math.Max(0, (total - 1) / 100)).Select(page => (page * 100) + 1), PageAsync).ConfigureAwait(false);
        return listed;

        async Task<int> PageAsync(int start)
        {
            var (_, reply) = await SendAsync(HttpMethod.Get, $"/Users?startIndex={start}&count=100", null).ConfigureAwait(false);
            using var json = JsonDocument.Parse(reply);
            Interlocked.Add(ref listed, json.RootElement.GetProperty("Resources").GetArrayLength());
            return json.RootElement.GetProperty("totalResults").GetInt32();
        }
    }

    private Task InFlightAsync(IEnumerable<int> items, Func<int, Task> work) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = _inFlight }, async (item, _) => await work(item).ConfigureAwait(false));

    private async Task<(HttpStatusCode Status, string Reply)> SendAsync(HttpMethod method, string path, string? body)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, _scim + path);
            request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
            using var reply = await _http.SendAsync(request).ConfigureAwait(false);
            var text = await reply.Content.ReadAsStringAsync().ConfigureAwait(false);
            Interlocked.Increment(ref _requests);
            if (reply.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return (reply.StatusCode, text);
            }

            Interlocked.Increment(ref _refused);
            await Task.Delay(TimeSpan.FromSeconds(1)).ConfigureAwait(false);
        }
    }

    private static string Variable(string name) =>
        Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"The variable {name} is not set.");
}
