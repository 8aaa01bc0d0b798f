using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Benchmarks;

/// <summary>The kinds of request, in the shares of <see cref="Load"/>.</summary>
internal enum Kind
{
    /// <summary>A page of 100 users.</summary>
    List,

    /// <summary>One user by address.</summary>
    Filter,

    /// <summary>One user by id.</summary>
    Get,

    /// <summary>A change of two attributes.</summary>
    Put,

    /// <summary>Switching a user off and on.</summary>
    Patch,
}

/// <summary>One request: how long it took from when it was due and from when it was sent.</summary>
internal readonly record struct Sample(Kind Kind, TimeSpan FromDue, TimeSpan FromSent, bool IsExpected);

/// <summary>What a run gave.</summary>
internal sealed record LoadResult(IReadOnlyList<Sample> Samples, TimeSpan Took)
{
    public double AchievedRate => Samples.Count / Took.TotalSeconds;
}

/// <summary>
/// Sends requests at a fixed pace over keep-alive connections. Every connection has a timetable; a request that is late because
/// the one before it was slow counts from when it was due, so that a stall of the server is seen in full (no coordinated
/// omission).
/// </summary>
internal sealed class Load : IDisposable
{
    private const int PageSize = 100;

    private readonly SimulatorProcess _server;
    private readonly HttpClient[] _clients;
    private readonly List<(string Id, string UserName)> _changed = [];
    private readonly List<string> _switched = [];
    private AuthenticationHeaderValue? _token;

    public Load(SimulatorProcess server, int connections)
    {
        _server = server;

        // One connection each.
        _clients = [.. Enumerable.Range(0, connections)
            .Select(_ => new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false, UseCookies = false }))];
    }

    public int UserCount => _changed.Count + _switched.Count;

    public async Task SignInAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _server.TokenUri)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = "account_credentials", ["account_id"] = _server.AccountId }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(_server.ClientId + ":" + _server.ClientSecret)));
        using var reply = await _clients[0].SendAsync(request).ConfigureAwait(false);
        reply.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync().ConfigureAwait(false));
        _token = new AuthenticationHeaderValue("Bearer", json.RootElement.GetProperty("access_token").GetString());
    }

    /// <summary>Reads all users, once. Every tenth active member is kept for switching off and on.</summary>
    public async Task ReadUsersAsync()
    {
        for (int start = 1, total = 1; start <= total; start += PageSize)
        {
            using var reply = await SendAsync(_clients[0], HttpMethod.Get, $"Users?startIndex={start}&count={PageSize}", null).ConfigureAwait(false);
            using var page = JsonDocument.Parse(await reply.Content.ReadAsByteArrayAsync().ConfigureAwait(false));
            total = page.RootElement.GetProperty("totalResults").GetInt32();
            foreach (var user in page.RootElement.GetProperty("Resources").EnumerateArray().Where(user => user.GetProperty("active").GetBoolean()))
            {
                var id = Uri.EscapeDataString(user.GetProperty("id").GetString()!);
                var userName = user.GetProperty("userName").GetString()!;
                if (userName.StartsWith("owner@", StringComparison.Ordinal) || userName.StartsWith("admin@", StringComparison.Ordinal))
                {
                    continue;
                }

                if (UserCount % 10 == 9)
                {
                    _switched.Add(id);
                }
                else
                {
                    _changed.Add((id, userName));
                }
            }
        }
    }

    public async Task<LoadResult> RunAsync(int rate, TimeSpan time)
    {
        // Samples are 40 bytes and kept by connection, so that measuring costs next to nothing.
        var clock = Stopwatch.StartNew();
        var runs = _clients.Select((client, number) => Task.Run(() => RunAsync(client, number, rate, time, clock))).ToArray();
        var samples = await Task.WhenAll(runs).ConfigureAwait(false);
        return new LoadResult([.. samples.SelectMany(list => list)], clock.Elapsed);
    }

    public void Dispose()
    {
        foreach (var client in _clients)
        {
            client.Dispose();
        }
    }

    private async Task<List<Sample>> RunAsync(HttpClient client, int number, int rate, TimeSpan time, Stopwatch clock)
    {
        var random = new Random(number);
        var samples = new List<Sample>();
        var interval = TimeSpan.FromSeconds((double)_clients.Length / rate);
        for (var due = interval * ((double)number / _clients.Length); due < time; due += interval)
        {
            if (due - clock.Elapsed is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait).ConfigureAwait(false);
            }

            var (kind, method, path, body) = Next(random, samples.Count, number);
            var sent = clock.Elapsed;
            using var reply = await SendAsync(client, method, path, body).ConfigureAwait(false);
            var done = clock.Elapsed;
            samples.Add(new Sample(kind, done - due, done - sent, reply.IsSuccessStatusCode));
        }

        return samples;
    }

    // Of 100 requests 10 are pages, 25 filters, 35 reads, 25 changes and 5 switches.
    private (Kind Kind, HttpMethod Method, string Path, string? Body) Next(Random random, int turn, int number)
    {
        var user = _changed[random.Next(_changed.Count)];
        switch (random.Next(100))
        {
            case < 10:
                return (Kind.List, HttpMethod.Get, $"Users?startIndex={random.Next(UserCount) + 1}&count={PageSize}", null);
            case < 35:
                return (Kind.Filter, HttpMethod.Get, "Users?startIndex=1&count=1&filter=" + Uri.EscapeDataString($"userName eq \"{user.UserName}\""), null);
            case < 70:
                return (Kind.Get, HttpMethod.Get, "Users/" + user.Id, null);
            case < 95:
                return (Kind.Put, HttpMethod.Put, "Users/" + user.Id, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"title\":\"Title {turn}\","
                        + $"\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{{\"department\":\"Department {number}\"}}}}"));
            default:
                return (Kind.Patch, HttpMethod.Patch, "Users/" + _switched[random.Next(_switched.Count)],
                    "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"Operations\":[{\"op\":\"replace\","
                        + $"\"value\":{{\"active\":{(turn % 2 == 0 ? "false" : "true")}}}}}]}}");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(_server.ScimUri, path));
        request.Headers.Authorization = _token;
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        // Read to the last byte.
        return await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, CancellationToken.None).ConfigureAwait(false);
    }
}
