using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Benchmarks;

/// <summary>
/// What planning costs, with source, account and ledger in memory: a steady state, and a day on which one in a hundred people
/// changes, joins, or leaves. Each is measured in a process of its own, which reads a source, a ledger and a listing that lie on
/// the disk by the very code a run reads them by. Options: --users 100000 --times 5.
/// </summary>
internal static class PlanBenchmark
{
    // Planning 100,000 records against 100,000 users: what a machine of an admin must bear beside other work.
    private static readonly TimeSpan TimeGoal = TimeSpan.FromSeconds(1.5);
    private const double MemoryGoal = 350;

    public static int Run(int users, int times)
    {
        var worst = 0;
        foreach (var (what, every) in new[] { ("nothing to do", 0), ("1 in 100 joins, 1 in 100 leaves, 1 in 100 differs", 100) })
        {
            var folder = Path.Combine(Path.GetTempPath(), "zoom-bench-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(folder);
            try
            {
                PlanFiles.Write(folder, users, every);
                Console.WriteLine($"{users:N0} people, {what}:");
                worst = Math.Max(worst, MeasureInOwnProcess(folder, times));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        return worst;
    }

    /// <summary>The process that is measured.</summary>
    public static async Task MeasureAsync(string folder, int times)
    {
        var empty = new Memory();
        var rule = new ProvisioningRule(PlanFiles.Rule) { Anchor = "EmployeeNumber" };
        using var pages = new PlanPages(folder);
        using var service = new EngineFactory().Connect(new EngineOptions
        {
            AccessToken = new System.Net.NetworkCredential(string.Empty, "token").SecurePassword,
            Transport = pages,
        });
        var connection = new ZoomScimConnection("zoom", service);
        var state = new LoadedState(new RuleState(
            new StateFactory(), RuleState.FolderOf(folder, PlanFiles.Account, PlanFiles.Rule), PlanFiles.Account, PlanFiles.Rule));

        // A run as it is, first and without a collection by hand: whatever comes after it finds a warm runtime and a tidy heap.
        using var sampler = new PeakManaged();
        var clock = Stopwatch.StartNew();
        var source = SourceReader.Read(rule, CsvSource.Open(new FileInfo(PlanFiles.SourceOf(folder)), null));
        var (readSource, withSource) = (clock.Elapsed, new Memory());
        var ledger = state.Peek(rule);
        var (readLedger, withLedger) = (clock.Elapsed, new Memory());
        var plan = await new RuleSync(connection, rule, state, new RuleSyncOptions()).PlanAsync(source, ScimCall.None).ConfigureAwait(false);
        var (planned, withPlan) = (clock.Elapsed, new Memory());
        var peak = sampler.Stop();
        Console.WriteLine($"  {plan}");
        Verdict("peak working set, from the start of the process to the plan", withPlan.PeakWorkingSet, MemoryGoal, "MB");
        Console.WriteLine($"        {empty.PeakWorkingSet:N0} MB before anything was read, {withSource.PeakWorkingSet:N0} MB with the source, "
            + $"{withLedger.PeakWorkingSet:N0} MB with the ledger");
        Verdict("peak of managed memory in it, garbage included", peak, MemoryGoal, "MB");
        Console.WriteLine($"        source {readSource.TotalSeconds:N1} s, ledger {(readLedger - readSource).TotalSeconds:N1} s, "
            + $"listing and planning {(planned - readLedger).TotalSeconds:N1} s; collections "
            + $"{GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
        plan = null;

        // From here on the listing stays in memory, so that it can be planned on again and again.
        var (users, isComplete) = await new AccountReader(connection, 16).ListAsync(
            user => DetailNeeds.AsKnown(user, ledger), (_, _) => { }, ScimCall.None).ConfigureAwait(false);
        var inputs = new Memory(collect: true);
        var took = new List<TimeSpan>();
        var work = new List<TimeSpan>();
        for (var i = 0; i < times; i++)
        {
            var account = new AccountSnapshot(users, isComplete);
            using var process = Process.GetCurrentProcess();
            var worked = process.TotalProcessorTime;
            var allocated = GC.GetTotalAllocatedBytes();
            clock.Restart();
            var correlations = new Correlator(rule, account, ledger).Correlate(source.People);
            var reads = DetailNeeds.Decide(rule, correlations, account, ledger);
            plan = RulePlanner.Plan(new PlanInput
            {
                Rule = rule,
                Source = source,
                Account = account,
                Ledger = ledger,
                Correlations = correlations,
                Connection = connection,
            }).Identified();
            took.Add(clock.Elapsed);
            process.Refresh();
            work.Add(process.TotalProcessorTime - worked);
            if (i == 0)
            {
                var (garbage, tidy) = (new Memory(), new Memory(collect: true));
                Verdict("managed memory of inputs and plan, without a collection", garbage.Managed, MemoryGoal, "MB");
                Verdict("managed memory of inputs and plan, after a collection", tidy.Managed, MemoryGoal, "MB");
                Console.WriteLine($"        inputs {inputs.Managed:N0} MB, plan with its indexes {tidy.Managed - inputs.Managed:N0} MB; "
                    + $"{reads.Count:N0} users to read; {(GC.GetTotalAllocatedBytes() - allocated) / 1_048_576:N0} MB allocated");
                GC.KeepAlive((account, correlations));
            }
        }

        Verdict($"planning, median of {times}", Median(took).TotalSeconds, TimeGoal.TotalSeconds, "s");
        Console.WriteLine($"        {string.Join(" ", took.Select(t => t.TotalSeconds.ToString("N2", CultureInfo.CurrentCulture)))}; "
            + $"of processor time, with the collector's, {Median(work).TotalSeconds:N2} s");
        GC.KeepAlive((plan, source, users, ledger));
    }

    private static void Verdict(string what, double value, double goal, string unit) =>
        Console.WriteLine($"  {(value < goal ? "OK  " : "OVER")}  {what}: {value.ToString(unit == "s" ? "N2" : "N0", CultureInfo.CurrentCulture)} "
            + $"{unit} (goal: under {goal.ToString(unit == "s" ? "N1" : "N0", CultureInfo.CurrentCulture)} {unit})");

    private static TimeSpan Median(IEnumerable<TimeSpan> times) => times.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : default;

    private static int MeasureInOwnProcess(string folder, int times)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(PlanBenchmark).Assembly.Location);
        }

        foreach (var argument in new[] { "plan-measured", "--folder", folder, "--times", times.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The rule's state with its ledger read once, for the ledger is an input and reading it no part of planning.</summary>
    private sealed class LoadedState(RuleState state) : IRuleState
    {
        private Ledger? _ledger;

        public string Account => state.Account;

        public string Rule => state.Rule;

        public bool KeepsLedger => true;

        public IStateFolder Open(bool rebuild) => state.Open(rebuild);

        public OtherRules FindOthers(IReadOnlyCollection<string> zoomIds, DateTimeOffset now) => state.FindOthers(zoomIds, now);

        public IReadOnlyCollection<string> FindCreated(IReadOnlyCollection<string> zoomIds) => state.FindCreated(zoomIds);

        public IEnumerable<JournalEntry> ReadJournal() => state.ReadJournal();

        void IRuleState.KeepReads(AccountReads reads) => state.KeepReads(reads);

        AccountReads? IRuleState.RecallReads(DateTimeOffset now) => state.RecallReads(now);

        void IRuleState.ForgetReads() => state.ForgetReads();

        void IRuleState.Remember(HeldPlan plan) => state.Remember(plan);

        IApproval? IRuleState.FindHeld(string planId) => state.FindHeld(planId);

        public Ledger Peek(ProvisioningRule rule) => _ledger ??= state.Peek(rule);
    }

    /// <summary>The most managed memory there was, in MB, looked at every 10 ms.</summary>
    private sealed class PeakManaged : IDisposable
    {
        private readonly Timer _timer;
        private long _peak;

        public PeakManaged() => _timer = new Timer(_ => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 10);

        public double Stop()
        {
            _timer.Dispose();
            return Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false)) / 1_048_576.0;
        }

        public void Dispose() => _timer.Dispose();
    }

    /// <summary>What the process holds now, in MB.</summary>
    private readonly struct Memory
    {
        public Memory()
            : this(collect: false)
        {
        }

        public Memory(bool collect)
        {
            Managed = GC.GetTotalMemory(collect) / 1_048_576.0;
            using var process = Process.GetCurrentProcess();
            PeakWorkingSet = process.PeakWorkingSet64 / 1_048_576.0;
        }

        public double Managed { get; }

        public double PeakWorkingSet { get; }
    }
}
