using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace ZoomProvisioning.Benchmarks;

/// <summary>
/// How the simulator bears load: starts <c>zoomprov simulate</c> as a process of its own and sends it requests at a fixed pace
/// from a fixed number of connections. Options: --rate 2000 --connections 64 --users 100000 --seconds 15 --warmup 5.
/// With <c>state</c> in front: what a rule's state costs (<see cref="StateBenchmark"/>).
/// With <c>plan</c> in front: what planning costs (<see cref="PlanBenchmark"/>).
/// With <c>client</c> in front: the work of the benchmark of commands, by hand (<see cref="BareClient"/>).
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.FirstOrDefault() == "state")
        {
            StateBenchmark.Run(Option(arguments, "--users", 100_000), Option(arguments, "--entries", 20_000), Option(arguments, "--threads", 16));
            return 0;
        }

        if (arguments.FirstOrDefault() == "plan")
        {
            return PlanBenchmark.Run(Option(arguments, "--users", 100_000), Option(arguments, "--times", 5));
        }

        if (arguments.FirstOrDefault() == "plan-measured")
        {
            await PlanBenchmark.MeasureAsync(arguments[Array.IndexOf(arguments, "--folder") + 1], Option(arguments, "--times", 5)).ConfigureAwait(false);
            return 0;
        }

        if (arguments.FirstOrDefault() == "client")
        {
            var works = arguments[Array.IndexOf(arguments, "--work") + 1].Split(',');
            await BareClient.RunAsync(Option(arguments, "--count", 1000), Option(arguments, "--in-flight", 16), works).ConfigureAwait(false);
            return 0;
        }

        var rate = Option(arguments, "--rate", 2000);
        var connections = Option(arguments, "--connections", 64);
        var users = Option(arguments, "--users", 100_000);
        var seconds = Option(arguments, "--seconds", 15);
        var warmup = Option(arguments, "--warmup", 5);

        Console.WriteLine($"{Environment.ProcessorCount} cores, load before: {LoadAverage()}");
        await using var server = await SimulatorProcess.StartAsync(users).ConfigureAwait(false);
        using var load = new Load(server, connections);
        var clock = Stopwatch.StartNew();
        await load.SignInAsync().ConfigureAwait(false);
        await load.ReadUsersAsync().ConfigureAwait(false);
        Console.WriteLine($"{load.UserCount:N0} users read in {clock.Elapsed.TotalSeconds:N1} s");

        await load.RunAsync(rate, TimeSpan.FromSeconds(warmup)).ConfigureAwait(false);
        var processor = server.ProcessorTime;
        var result = await load.RunAsync(rate, TimeSpan.FromSeconds(seconds)).ConfigureAwait(false);
        processor = server.ProcessorTime - processor;

        Console.WriteLine($"{rate:N0} requests/s wanted, {result.AchievedRate:N0} achieved, {connections} connections, {result.Samples.Count:N0} "
            + $"requests in {result.Took.TotalSeconds:N1} s");
        Console.WriteLine($"simulator: {processor.TotalSeconds / result.Took.TotalSeconds:P0} of one core, {server.WorkingSet / 1_048_576:N0} MB; "
            + $"load after: {LoadAverage()}");
        Console.WriteLine($"unexpected replies: {result.Samples.Count(sample => !sample.IsExpected):N0}");
        Console.WriteLine();
        Console.WriteLine("Milliseconds from when a request was due to the last byte of its reply; in brackets from when it was sent.");
        Console.WriteLine($"{"kind",-8}{"count",8}{"p50",16}{"p95",16}{"p99",16}{"max",16}");
        foreach (var group in result.Samples.GroupBy(sample => sample.Kind).OrderBy(group => group.Key))
        {
            Print(group.Key.ToString(), [.. group]);
        }

        Print("all", [.. result.Samples]);
        return 0;
    }

    private static void Print(string name, Sample[] samples)
    {
        var due = samples.Select(sample => sample.FromDue.TotalMilliseconds).Order().ToArray();
        var sent = samples.Select(sample => sample.FromSent.TotalMilliseconds).Order().ToArray();
        var cells = new[] { 0.50, 0.95, 0.99, 1.0 }.Select(part => $"{At(due, part),7:N2} ({At(sent, part),6:N2})");
        Console.WriteLine($"{name,-8}{samples.Length,8:N0}{string.Concat(cells)}");
    }

    private static double At(double[] sorted, double part) => sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(part * sorted.Length) - 1)];

    private static int Option(string[] arguments, string name, int otherwise)
    {
        var index = Array.IndexOf(arguments, name);
        return index < 0 ? otherwise : int.Parse(arguments[index + 1], CultureInfo.InvariantCulture);
    }

    private static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Trim() : "unknown";
}
