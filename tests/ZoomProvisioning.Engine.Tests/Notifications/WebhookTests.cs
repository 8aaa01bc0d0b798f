#if NET
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Notifications;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.Notifications;

/// <summary>Webhooks on real sockets.</summary>
public class WebhookTests
{
    private static readonly Notification Told = new()
    {
        Rule = "Staff",
        Account = "account",
        Outcome = "Held",
        Title = "Zoom rule Staff: held",
        Sentence = "The guard held back 2 changes.",
        Counts = new Dictionary<string, int> { ["created"] = 1, ["held"] = 2 },
        Attention = ["Held: J\u00F6rg <a@example.com>, **[click](https://evil.example)** @channel"],
        Next = "Look.",
        Command = "Sync-ZoomScimUser Staff -WhatIf",
        RunId = "run",
        At = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero),
        Text = "Zoom rule Staff: held\nThe guard held back 2 changes.\n- Held: J\u00F6rg <a@example.com>, **[click](https://evil.example)** @channel",
    };

    [Theory]
    [InlineData(WebhookFormat.Json)]
    [InlineData(WebhookFormat.Teams)]
    [InlineData(WebhookFormat.Slack)]
    public async Task A_message_arrives_as_it_is_with_its_token(WebhookFormat format)
    {
        using var hook = new HookListener();
        await PostAsync(new WaitingClock(), hook.Address, format, "a-token");
        var (head, body) = Assert.Single(hook.Requests);
        Assert.StartsWith("POST /hooks/T0PSECRET/abcdef?sig=f00dcafe HTTP/1.1", head, StringComparison.Ordinal);
        Assert.Contains("Authorization: Bearer a-token", head, StringComparison.Ordinal);
        Assert.Contains("Content-Type: application/json; charset=utf-8", head, StringComparison.Ordinal);
        var json = JsonNode.Parse(body)!;
        var lines = format switch
        {
            WebhookFormat.Json => json["text"]!.GetValue<string>(),
            WebhookFormat.Slack => json["blocks"]![0]!["text"]!["text"]!.GetValue<string>(),
            _ => string.Join("\n", json["attachments"]![0]!["content"]!["body"]!.AsArray().Select(b => b!["inlines"]![0]!["text"]!.GetValue<string>())),
        };
        Assert.Equal(Told.Text, lines);
    }

    [Fact]
    public void Nothing_in_a_message_is_read_as_markup()
    {
        var teams = JsonNode.Parse(NotificationBody.Write(Told, WebhookFormat.Teams))!["attachments"]![0]!["content"]!["body"]!.AsArray();
        Assert.All(teams, b => Assert.Equal(("RichTextBlock", "TextRun"), (b!["type"]!.GetValue<string>(), b["inlines"]![0]!["type"]!.GetValue<string>())));
        var slack = JsonNode.Parse(NotificationBody.Write(Told with { Sentence = "<!channel> & <https://evil.example|x>" }, WebhookFormat.Slack))!;
        Assert.Equal("plain_text", slack["blocks"]![0]!["text"]!["type"]!.GetValue<string>());
        Assert.Equal("Zoom rule Staff: held: &lt;!channel&gt; &amp; &lt;https://evil.example|x&gt;", slack["text"]!.GetValue<string>());
        var json = JsonNode.Parse(NotificationBody.Write(Told, WebhookFormat.Json))!;
        Assert.Equal(
            (2, "2026-01-05T08:00:00Z", false),
            (json["counts"]!["held"]!.GetValue<int>(), json["at"]!.GetValue<string>(), json["test"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("503 Service Unavailable", 1, 4)]
    [InlineData("500 Internal Server Error", 1, 4)]
    [InlineData("429 Too Many Requests\r\nRetry-After: 7", 7, 7)]
    public async Task Trouble_of_the_server_is_waited_out(string trouble, int first, int second)
    {
        using var hook = new HookListener(number => number < 3 ? trouble : "202 Accepted");
        var clock = new WaitingClock();
        await PostAsync(clock, hook.Address);
        Assert.Equal(3, hook.Requests.Count);
        Assert.Equal([TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(second)], clock.Waits);
        Assert.Single(hook.Bodies.Distinct());
    }

    [Theory]
    [InlineData("500 Internal Server Error", 3)]
    [InlineData("429 Too Many Requests\r\nRetry-After: 3600", 1)]
    [InlineData("400 Bad Request", 1)]
    [InlineData("404 Not Found", 1)]
    [InlineData("302 Found\r\nLocation: http://127.0.0.1:1/", 1)]
    public async Task What_is_refused_in_the_end_is_said_without_the_address(string refusal, int attempts)
    {
        using var hook = new HookListener(_ => refusal);
        var failure = await Assert.ThrowsAsync<ScimException>(() => PostAsync(new WaitingClock(), hook.Address));
        Assert.Equal(("Zoom.Notification.Refused", attempts), (failure.ErrorId, hook.Requests.Count));
        Assert.Contains($"127.0.0.1 answered with status {refusal[..3]}", failure.Message, StringComparison.Ordinal);
        AssertSecret(failure, hook);
        Assert.NotEmpty(failure.RecommendedAction!);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_given_up()
    {
        using var hook = new HookListener(_ => string.Empty);
        var clock = new WaitingClock { TimeIsUp = hook.Silenced.Task };
        var failure = await Assert.ThrowsAsync<ScimException>(() => PostAsync(clock, hook.Address));
        Assert.Equal(("Zoom.Notification.Unreachable", "The webhook at 127.0.0.1 did not answer in time."), (failure.ErrorId, failure.Message));
        Assert.Single(hook.Requests);
        AssertSecret(failure, hook);
    }

    [Fact]
    public async Task A_certificate_that_is_not_trusted_gets_no_message()
    {
        using var certificate = SelfSigned();
        using var hook = new HookListener(null, certificate);
        var failure = await Assert.ThrowsAsync<ScimException>(() => PostAsync(new WaitingClock(), hook.Address));
        Assert.Equal("Zoom.Notification.Unreachable", failure.ErrorId);
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        Assert.Empty(hook.Requests);
        AssertSecret(failure, hook);
    }

    [Fact]
    public async Task Nobody_at_the_address_is_tried_three_times()
    {
        using var closed = new ClosedPort();
        var address = $"http://127.0.0.1:{closed.Port}/hooks/T0PSECRET";
        var clock = new WaitingClock();
        var failure = await Assert.ThrowsAsync<ScimException>(() => PostAsync(clock, address));
        Assert.Equal(("Zoom.Notification.Unreachable", 2), (failure.ErrorId, clock.Waits.Count));
        Assert.DoesNotContain("T0PSECRET", failure.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A certificate that nobody trusts.</summary>
    internal static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static Task PostAsync(IClock clock, string address, WebhookFormat format = WebhookFormat.Json, string? token = null) =>
        new WebhookSender(clock).PostAsync(
            new WebhookRequest(new Uri(address)) { Format = format, Token = token }, NotificationBody.Write(Told, format), CancellationToken.None);

    private static void AssertSecret(Exception failure, HookListener hook)
    {
        Assert.DoesNotContain(hook.Address, failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("T0PSECRET", failure.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("f00dcafe", failure.ToString(), StringComparison.Ordinal);
    }
}

/// <summary>A port that nobody listens at, and that nobody else gets meanwhile.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public int Port => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}

/// <summary>Time in which the waits between attempts take none, and in which an attempt is over only when the test says so.</summary>
internal sealed class WaitingClock : IClock
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(20);

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public Task? TimeIsUp { get; init; }

    public DateTimeOffset UtcNow { get; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed => TimeSpan.Zero;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken)
    {
        if (delay >= Attempt)
        {
            return TimeIsUp ?? Task.Delay(Timeout.Infinite, cancellationToken);
        }

        Waits.Enqueue(delay);
        return Task.CompletedTask;
    }
}
#endif
