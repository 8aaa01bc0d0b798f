using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;

namespace ZoomProvisioning.Benchmarks;

/// <summary><c>zoomprov simulate</c> as a process of its own.</summary>
internal sealed class SimulatorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private SimulatorProcess(Process process, JsonElement announcement)
    {
        _process = process;
        ScimUri = new Uri(announcement.GetProperty("scimUri").GetString()! + "/");
        TokenUri = new Uri(announcement.GetProperty("tokenUri").GetString()!);
        AccountId = announcement.GetProperty("accountId").GetString()!;
        ClientId = announcement.GetProperty("clientId").GetString()!;
        ClientSecret = announcement.GetProperty("clientSecret").GetString()!;
    }

    public Uri ScimUri { get; }

    public Uri TokenUri { get; }

    public string AccountId { get; }

    public string ClientId { get; }

    public string ClientSecret { get; }

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public long WorkingSet => _process.WorkingSet64;

    public static async Task<SimulatorProcess> StartAsync(int users)
    {
        var program = typeof(SimulatorProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(item => item.Key == "zoomprov").Value!;
        var process = Process.Start(new ProcessStartInfo
        {
            FileName = Environment.ProcessPath is { } path && path.EndsWith("dotnet", StringComparison.Ordinal) ? path : "dotnet",
            ArgumentList = { program, "simulate", "--json", "--rate", "none", "--seed", users.ToString(CultureInfo.InvariantCulture) },
            RedirectStandardOutput = true,
            UseShellExecute = false,
        })!;
        var line = await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) ?? throw new InvalidOperationException("The simulator did not start.");
        using var announcement = JsonDocument.Parse(line);
        return new SimulatorProcess(process, announcement.RootElement);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
    }
}
