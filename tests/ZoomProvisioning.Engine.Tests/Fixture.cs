using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Net.Http;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Connection;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests;

/// <summary>A connection over a scripted far end in virtual time.</summary>
internal sealed class Fixture : IDisposable, IWireObserver
{
    public const string Secret = "s3cr3t-of-the-app-0123456789abcd";

    private static int _accounts;
    private readonly Lazy<IScimService> _service;

    public Fixture()
    {
        Transport = new ScriptedTransport(Clock);
        _service = new Lazy<IScimService>(() => EngineFactory.Connect(Options(), Probe));
        Call = new ScimCall(Stop.Token, Abort.Token, this);
    }

    public FakeClock Clock { get; } = new();

    public ScriptedTransport Transport { get; }

    public INetworkProbe? Probe { get; set; }

    public CancellationTokenSource Stop { get; } = new();

    public CancellationTokenSource Abort { get; } = new();

    public ScimCall Call { get; }

    public ConcurrentQueue<WireEvent> Events { get; } = new();

    public string Account { get; set; } = "account" + Interlocked.Increment(ref _accounts);

    public double? Cap { get; set; }

    public int MaxAttempts { get; set; } = 6;

    public SecureString? AccessToken { get; set; }

    public IScimService Service => _service.Value;

    public IScimUserClient Users => Service.Users;

    public EngineOptions Options() => new()
    {
        AccountId = Account,
        ClientId = "client1",
        ClientSecret = Secure(Secret),
        AccessToken = AccessToken,
        MaxRequestsPerSecond = Cap,
        MaxAttempts = MaxAttempts,
        Transport = Transport,
        Clock = Clock,
    };

    public static SecureString Secure(string text)
    {
        var secure = new SecureString();
        text.ToList().ForEach(secure.AppendChar);
        return secure;
    }

    public static ScimObject NewUser(string userName = "jill@example.com") => new() { ["userName"] = userName };

    public Task<T> Run<T>(Func<Task<T>> action) => Clock.RunAsync(Task.Run(action));

    public Task Run(Func<Task> action) => Clock.RunAsync(Task.Run(action));

    public async Task<T> Fails<T>(Func<Task> action)
        where T : Exception => await Assert.ThrowsAsync<T>(() => Run(action));

    /// <summary>Waits, in real time, until something is so.</summary>
    public static async Task Until(Func<bool> condition)
    {
        using var expected = Activity.Expect(condition);
        await Activity.AsideAsync(async () =>
        {
            var deadline = DateTime.UtcNow.AddMinutes(5);
            while (!condition())
            {
                Assert.True(DateTime.UtcNow < deadline, "It did not come about within five minutes.");
                await Task.Delay(1);
            }
        });
    }

    public bool WantsDetail { get; set; } = true;

    public void OnWire(WireEvent wireEvent) => Events.Enqueue(wireEvent);

    public void Dispose()
    {
        if (_service.IsValueCreated)
        {
            Service.Dispose();
        }

        Stop.Dispose();
        Abort.Dispose();
    }
}

/// <summary>A request that never ends by itself.</summary>
internal static class Never
{
    public static async Task<HttpResponseMessage> Answer(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}
