using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>
/// A simulated Zoom account with its switches in some position, and the whole client in front of it as the cmdlets use it:
/// operations, real engine, virtual time.
/// </summary>
internal sealed class Tenant : IDisposable, IOperationHost
{
    public const string Jill = "jill@example.com";

    private readonly List<IScimService> _services = [];
    private readonly MemoryRuleState _rules = new(BuiltInRule.Create());

    public Tenant(
        string behaviour = "{}",
        string? state = null,
        int seed = 0,
        bool verify = false,
        string basePath = "/scim2",
        double? cap = null,
        string? accountId = null,
        string? secret = null)
    {
        Zoom = new SimulatorFactory().Create(new SimulatorOptions { SeedUsers = seed, State = state, Clock = Clock });
        Zoom.PatchBehaviour("""{"ids":"hostile"}""");
        Zoom.PatchBehaviour(behaviour);
        BasePath = basePath;
        Cap = cap;
        AccountId = accountId ?? Zoom.AccountId;
        Secret = secret ?? Zoom.ClientSecret;
        Connection = Connect();
        Operations = new UserOperations(Connection, verify);
        Directory = new UserDirectory(Connection);
    }

    public FakeClock Clock { get; } = new();

    public ISimulator Zoom { get; }

    public ZoomScimConnection Connection { get; }

    public UserOperations Operations { get; }

    public UserDirectory Directory { get; }

    public List<string> Warnings { get; } = [];

    public List<string> Questions { get; } = [];

    /// <summary>What happens just before a request reaches Zoom.</summary>
    public Func<HttpRequestMessage, Task>? Before { get; set; }

    /// <summary>The headers of each request, by name.</summary>
    public ConcurrentQueue<(string Method, string Names, string Accept)> Headers { get; } = new();

    private string BasePath { get; }

    private double? Cap { get; }

    private string AccountId { get; }

    private string Secret { get; }

    public static string Switch(string name, object position) => JsonSerializer.Serialize(new Dictionary<string, object> { [name] = position });

    public static string Switches(params (string Name, object Position)[] positions) =>
        JsonSerializer.Serialize(positions.ToDictionary(p => p.Name, p => p.Position));

    public static DesiredUser Wish(Action<ScimUser>? more, string address = Jill)
    {
        var user = new ScimUser { UserName = address, Email = address };
        more?.Invoke(user);
        return new DesiredUser(user) { Label = address, Source = address };
    }

    /// <summary>Another session with the same account: nothing that this one learned is known to it.</summary>
    public ZoomScimConnection Connect()
    {
        var service = new EngineFactory().Connect(new EngineOptions
        {
            ScimUri = new Uri(new Uri(Zoom.ScimUri.GetLeftPart(UriPartial.Authority)), BasePath),
            TokenUri = Zoom.TokenUri,
            AccountId = AccountId,
            ClientId = Zoom.ClientId,
            ClientSecret = Fixture.Secure(Secret),
            Transport = new Tap(this, Zoom.CreateTransport()),
            MaxRequestsPerSecond = Cap,
            Clock = Clock,
        });
        _services.Add(service);
        return new ZoomScimConnection("zoom", service);
    }

    public Task<T> Run<T>(Func<Task<T>> action) => Clock.RunAsync(Task.Run(action));

    public Task Run(Func<Task> action) => Clock.RunAsync(Task.Run(action));

    public async Task<ChangeResult> Create(Action<ScimUser>? more = null, string address = Jill, IfExists ifExists = IfExists.Fail) =>
        (await Run(() => Operations.CreateAsync(Wish(more, address), ifExists, this, ScimCall.None)))!;

    /// <summary>Changes a user by its name; only what is set is wanted.</summary>
    public Task<ChangeResult> Update(Action<ScimUser> change, string address = Jill, UserOperations? operations = null)
    {
        var user = new ScimUser();
        change(user);
        return Update(new DesiredUser(user) { CurrentUserName = address, Label = address }, operations);
    }

    public async Task<ChangeResult> Update(DesiredUser wish, UserOperations? operations = null) =>
        (await Run(() => (operations ?? Operations).UpdateAsync(wish, this, ScimCall.None)))!;

    public async Task<ChangeResult> Remove(RemoveAction action = RemoveAction.Disable, string address = Jill, string? transferee = null) =>
        (await Run(() => Operations.RemoveAsync(Wish(null, address), action, transferee, this, ScimCall.None)))!;

    public Task<ScimUser?> Find(string address = Jill) => Run(() => Directory.FindAsync(address, ScimCall.None));

    public Task<IReadOnlyList<ConnectionTestStep>> Test() => Run(() => _services[0].TestAsync(ScimCall.None));

    /// <summary>What a run that comes again would do about these people, after a first one that was carried out.</summary>
    public async Task<SyncPlan> PlanAgain(params DesiredUser[] wishes)
    {
        var rule = BuiltInRule.Create();
        var source = new SourceSnapshot(wishes, [], []);
        RuleSync sync() => new(Connection, rule, _rules, new RuleSyncOptions { Clock = Clock });
        await Run(() => sync().RunAsync(source, ScimCall.None));
        return await Run(() => sync().PlanAsync(source, ScimCall.None));
    }

    /// <summary>The whole truth about a user.</summary>
    public JsonElement State(string address = Jill)
    {
        using var document = JsonDocument.Parse(Zoom.ExportState());
        return document.RootElement.GetProperty("users").EnumerateArray()
            .Single(u => string.Equals(u.GetProperty("userName").GetString(), address, StringComparison.OrdinalIgnoreCase)).Clone();
    }

    public bool Exists(string address = Jill)
    {
        using var document = JsonDocument.Parse(Zoom.ExportState());
        return document.RootElement.GetProperty("users").EnumerateArray()
            .Any(u => string.Equals(u.GetProperty("userName").GetString(), address, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>An attribute of the truth: a core attribute, or one of an extension; null where there is none.</summary>
    public string? Held(string name, string address = Jill)
    {
        var user = State(address);
        foreach (var part in new[] { user, Part(user, ScimSchemas.EnterpriseUser), Part(user, ScimSchemas.ZoomUser), Part(user, "name") })
        {
            if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty(name, out var value))
            {
                return value.ToString();
            }
        }

        return null;
    }

    /// <summary>The numbers in the truth, as 'type value', in order of type.</summary>
    public string[] Phones(string address = Jill) => State(address).GetProperty("phoneNumbers").EnumerateArray()
        .Select(p => $"{p.GetProperty("type").GetString()} {p.GetProperty("value").GetString()}").OrderBy(p => p, StringComparer.Ordinal).ToArray();

    public string[] RoleNames(string address = Jill) =>
        State(address).GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("value").GetString()!).ToArray();

    /// <summary>The requests Zoom got, tokens left out.</summary>
    public IReadOnlyList<Got> Requests(string? method = null) =>
        All().Where(r => !r.Path.EndsWith("/oauth/token", StringComparison.Ordinal) && (method is null || r.Method == method)).ToList();

    public IReadOnlyList<Got> TokenRequests() => All().Where(r => r.Path.EndsWith("/oauth/token", StringComparison.Ordinal)).ToList();

    public IReadOnlyList<Got> Writes() => Requests().Where(r => r.Method != "GET").ToList();

    public void Forget()
    {
        Zoom.ClearRequests();
        Warnings.Clear();
    }

    Task<bool> IOperationHost.ShouldProcessAsync(string target, string action)
    {
        Questions.Add($"{target}: {action}");
        return Task.FromResult(true);
    }

    Task<bool> IOperationHost.ConfirmRemovalAsync(string target, string action) => ((IOperationHost)this).ShouldProcessAsync(target, action);

    void IOperationHost.Warn(string message) => Warnings.Add(message);

    void IOperationHost.Tell(string message)
    {
    }

    public void Dispose()
    {
        foreach (var service in _services)
        {
            service.Dispose();
        }

        Zoom.Dispose();
    }

    private static JsonElement Part(JsonElement user, string name) => user.TryGetProperty(name, out var part) ? part : default;

    private List<Got> All()
    {
        using var log = JsonDocument.Parse(Zoom.GetRequests());
        return log.RootElement.EnumerateArray().Select(r => new Got(
            r.GetProperty("method").GetString()!, r.GetProperty("path").GetString()!, Uri.UnescapeDataString(r.GetProperty("query").GetString()!),
            r.GetProperty("body").GetString()!, r.GetProperty("contentType").GetString(), r.GetProperty("status").GetInt32())).ToList();
    }

    private sealed class Tap(Tenant tenant, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            tenant.Headers.Enqueue((request.Method.Method, string.Join(" ", request.Headers.Select(h => h.Key)), request.Headers.Accept.ToString()));
            if (tenant.Before is { } before)
            {
                await before(request).ConfigureAwait(false);
            }

            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>A request as the simulator logged it.</summary>
internal sealed record Got(string Method, string Path, string Query, string Body, string? ContentType, int Status)
{
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
    }

    public override string ToString() => $"{Method} {Path}{Query} {Status}";

    /// <summary>The attributes the body names, schemas left out, extension attributes by their own names.</summary>
    public string[] Attributes => Json.EnumerateObject().Where(p => p.Name != "schemas")
        .SelectMany(p => p.Name.StartsWith("urn:", StringComparison.Ordinal) ? p.Value.EnumerateObject().Select(e => e.Name) : [p.Name])
        .OrderBy(n => n, StringComparer.Ordinal).ToArray();

    public JsonElement Extension(string name) => Json.GetProperty(ScimSchemas.ZoomUser).GetProperty(name);
}
