using System;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>A simulator on virtual time with a plain HttpClient in front of it: what any client would see.</summary>
internal sealed class TestZoom : IDisposable
{
    private readonly HttpClient _http;

    public TestZoom(int seedUsers = 0, string ratePlan = "none", string? state = null)
    {
        Simulator = new SimulatorFactory().Create(new SimulatorOptions { SeedUsers = seedUsers, RatePlan = ratePlan, State = state, Clock = Clock });
        _http = new HttpClient(Simulator.CreateTransport());
    }

    public FakeClock Clock { get; } = new();

    public ISimulator Simulator { get; }

    /// <summary>The token that calls carry; null carries none.</summary>
    public string? Token { get; set; }

    /// <summary>A simulator with a token already fetched.</summary>
    public static async Task<TestZoom> SignedInAsync(int seedUsers = 0, string ratePlan = "none", string? state = null)
    {
        var zoom = new TestZoom(seedUsers, ratePlan, state);
        await zoom.SignInAsync();
        zoom.Simulator.ClearRequests();
        return zoom;
    }

    public async Task SignInAsync()
    {
        using var reply = await TokenAsync($"grant_type=account_credentials&account_id={Uri.EscapeDataString(Simulator.AccountId)}");
        Token = reply.Text("access_token");
    }

    public async Task<Answer> TokenAsync(
        string form, string? clientId = null, string? secret = null, string type = "application/x-www-form-urlencoded", string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Simulator.TokenUri + query)
        {
            Content = new StringContent(form, Encoding.UTF8, type),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{clientId ?? Simulator.ClientId}:{secret ?? Simulator.ClientSecret}")));
        return await Answer.ReadAsync(await _http.SendAsync(request));
    }

    /// <summary>Sends a SCIM request; the path begins after <c>/scim2</c>.</summary>
    public Task<Answer> SendAsync(string method, string path, string? body = null, string type = "application/json") =>
        SendRawAsync(method, "/scim2" + path, body, type);

    /// <summary>Sends a request to any path.</summary>
    public async Task<Answer> SendRawAsync(string method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://zoom-simulator.invalid" + path);
        if (Token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        }

        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        return await Answer.ReadAsync(await _http.SendAsync(request));
    }

    public Task<Answer> GetAsync(string path) => SendAsync("GET", path);

    /// <summary>Creates a user and gives back the id, escaped for a path.</summary>
    public async Task<string> CreateAsync(string userName, string more = "")
    {
        using var reply = await SendAsync("POST", "/Users", $"{{\"userName\":\"{userName}\"{more}}}");
        return reply.Status == 201 ? Uri.EscapeDataString(reply.Text("id")) : throw new InvalidOperationException(reply.Body);
    }

    /// <summary>The escaped id of a user by address.</summary>
    public async Task<string> IdOfAsync(string userName)
    {
        using var reply = await GetAsync("/Users?filter=" + Uri.EscapeDataString($"userName eq \"{userName}\""));
        return Uri.EscapeDataString(reply.Json.GetProperty("Resources")[0].GetProperty("id").GetString()!);
    }

    public Task<Answer> SetActiveAsync(string id, bool active) => SendAsync(
        "PATCH",
        "/Users/" + id,
        "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"Operations\":[{\"op\":\"replace\","
            + $"\"value\":{{\"active\":{(active ? "true" : "false")}}}}}]}}");

    public JsonElement[] Requests()
    {
        using var log = JsonDocument.Parse(Simulator.GetRequests());
        return log.RootElement.EnumerateArray().Select(entry => entry.Clone()).ToArray();
    }

    public void Dispose()
    {
        _http.Dispose();
        Simulator.Dispose();
    }
}
