using System;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Simulate;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A simulator behind a real socket, with a real HttpClient in front of it.</summary>
internal sealed class ServedZoom : IAsyncDisposable
{
    private ServedZoom(SimulatedZoom zoom, SimulatorHost host)
    {
        Zoom = zoom;
        Host = host;
        Http = new HttpClient { BaseAddress = host.Address };
    }

    public SimulatedZoom Zoom { get; }

    public SimulatorHost Host { get; }

    public HttpClient Http { get; }

    public static async Task<ServedZoom> StartAsync(int seedUsers = 0)
    {
        var zoom = new SimulatedZoom(new SimulatorOptions { SeedUsers = seedUsers, RatePlan = "none" });
        var served = new ServedZoom(zoom, await SimulatorHost.StartAsync(zoom, 0));
        served.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await served.TokenAsync());
        return served;
    }

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body = null, Action<HttpRequestMessage>? change = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        change?.Invoke(request);
        return await Http.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
        Zoom.Dispose();
    }

    private async Task<string> TokenAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Host.TokenUri)
        {
            Content = new FormUrlEncodedContent([new("grant_type", "account_credentials"), new("account_id", Zoom.AccountId)]),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Zoom.ClientId}:{Zoom.ClientSecret}")));
        using var reply = await Http.SendAsync(request);
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync());
        return json.RootElement.GetProperty("access_token").GetString()!;
    }
}
