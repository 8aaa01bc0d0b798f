using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Simulate;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Cli.Commands;

/// <summary><c>zoomprov simulate</c>: serves a simulated Zoom account on this machine until it is stopped.</summary>
internal static class SimulateCommand
{
    private static readonly string[] RatePlans = ["business", "pro", "free", "legacy", "ample", "none"];

    public static Command Create()
    {
        var port = new Option<int>("--port")
        {
            Description = "Port on 127.0.0.1; 0 picks a free one.",
            DefaultValueFactory = _ => 0,
            CustomParser = NumberArgument.Between("--port", 0, 65_535),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "How many users there are from the start.",
            DefaultValueFactory = _ => 0,
            CustomParser = NumberArgument.Between("--seed", 0, 1_000_000),
        };
        var rate = new Option<string>("--rate") { Description = "Whose rate limits apply.", DefaultValueFactory = _ => "business" };
        rate.AcceptOnlyFromAmong(RatePlans);
        var latency = new Option<TimeSpan>("--latency")
        {
            Description = "How long every reply is held back: 50ms, 2s, or a number of milliseconds.",
            CustomParser = ParseLatency,
        };
        var domain = new Option<string[]>("--domain")
        {
            Description = "A further domain whose addresses the account may hold. Can be repeated.",
            DefaultValueFactory = _ => [],
        };
        var behaviour = new Option<string[]>("--behaviour")
        {
            Description = "A behaviour as NAME=VALUE, for example filter_quotes=unquoted-only. Can be repeated.",
            DefaultValueFactory = _ => [],
        };
        behaviour.Validators.Add(result => RequireAll(result, behaviour, SimulatorSetup.BehaviourError));
        var fault = new Option<string[]>("--fault")
        {
            Description = "A fault as JSON, for example {\"kind\":\"status\",\"status\":503,\"count\":2}. Can be repeated.",
            DefaultValueFactory = _ => [],
        };
        fault.Validators.Add(result => RequireAll(result, fault, SimulatorSetup.FaultError));
        var state = new Option<FileInfo?>("--simulator-state")
        {
            Description = "File that the simulated tenant is loaded from, if it exists, and saved to at the end.",
        };
        var json = new Option<bool>("--json") { Description = "Print one line of JSON with the addresses and credentials." };

        var command = new Command("simulate", "Serves a simulated Zoom account on 127.0.0.1, to try provisioning without a real one.")
        {
            port, seed, rate, latency, domain, behaviour, fault, state, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SimulatorOptions
            {
                SeedUsers = parsed.GetValue(seed),
                RatePlan = parsed.GetValue(rate)!,
                Latency = parsed.GetValue(latency),
                AssociatedDomains = parsed.GetValue(domain) ?? [],
            },
            SimulatorSetup.Patch(parsed.GetValue(behaviour) ?? [], parsed.GetValue(fault) ?? []),
            parsed.GetValue(port),
            parsed.GetValue(state),
            parsed.GetValue(json),
            parsed.InvocationConfiguration,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        SimulatorOptions options,
        string behaviour,
        int port,
        FileInfo? state,
        bool json,
        InvocationConfiguration console,
        CancellationToken cancellationToken)
    {
        // System.CommandLine listens for Ctrl+C and SIGTERM only once this method has first given way.
        await Task.Yield();
        try
        {
            using var zoom = StateFile.Start(options, state);
            zoom.PatchBehaviour(behaviour);
            var host = await SimulatorHost.StartAsync(zoom, port, cancellationToken).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                await console.Output.WriteLineAsync(json ? Announcement.Json(host) : Announcement.Text(host)).ConfigureAwait(false);
                await console.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                await WaitForStopAsync(cancellationToken).ConfigureAwait(false);
            }

            StateFile.Save(zoom, state);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Stopped while it was still starting: nothing has been served and nothing is to be saved.
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // A port that is taken, a state file that cannot be read or written, or is none.
            await console.Error.WriteLineAsync("zoomprov simulate: " + error.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task WaitForStopAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (cancellationToken.Register(() => stopped.TrySetResult()))
        {
            await stopped.Task.ConfigureAwait(false);
        }
    }

    private static void RequireAll(OptionResult result, Option<string[]> option, Func<string, string?> check)
    {
        foreach (var error in (result.GetValue(option) ?? []).Select(check).OfType<string>())
        {
            result.AddError($"{option.Name}: {error}");
        }
    }

    private static TimeSpan ParseLatency(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.Trim().ToLowerInvariant();
        var units = new (string Suffix, double Milliseconds)[] { ("ms", 1), ("s", 1000), ("", 1) };
        foreach (var (suffix, milliseconds) in units)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal)
                && double.TryParse(text[..^suffix.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                && number * milliseconds <= 600_000)
            {
                return TimeSpan.FromMilliseconds(number * milliseconds);
            }
        }

        result.AddError("--latency takes a time such as 50ms, 2s, or a number of milliseconds, up to 10 minutes.");
        return default;
    }
}
