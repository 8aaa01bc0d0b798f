using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Engine.Wire;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Benchmarks;

/// <summary>
/// What planning costs, with source, account and ledger in memory: a steady state, and a day on which one in a hundred people
/// changes, joins, or leaves. Options: --users 100000. Goal: under 2 s and under 500 MB for 100,000.
/// </summary>
internal static class PlanBenchmark
{
    public static void Run(int users)
    {
        using var zoom = new SimulatorFactory().Create(new SimulatorOptions());
        using var service = new EngineFactory().Connect(new EngineOptions
        {
            ScimUri = zoom.ScimUri,
            TokenUri = zoom.TokenUri,
            AccountId = zoom.AccountId,
            ClientId = zoom.ClientId,
            ClientSecret = new System.Net.NetworkCredential(string.Empty, zoom.ClientSecret).SecurePassword,
            Transport = zoom.CreateTransport(),
        });
        var connection = new ZoomScimConnection("zoom", service);
        Measure("warming up", 2_000, connection, step: 100);
        Measure("nothing to do", users, connection, step: int.MaxValue);
        Measure("1 in 100 differs", users, connection, step: 100);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"Peak working set of the process: {process.PeakWorkingSet64 / 1_048_576:N0} MB");
    }

    private static void Measure(string what, int users, ZoomScimConnection connection, int step)
    {
        var ledger = new Ledger("account", "rule");
        for (var i = 0; i < users; i++)
        {
            ledger.Put(StateBenchmark.Entry(i));
        }

        // Every step-th person is new, the one after it has left, and the one after that has another name.
        var people = Enumerable.Range(0, users).Where(i => i % step != 1 || step == int.MaxValue)
            .Select(i => StateBenchmark.Desired(i % step == 0 && step != int.MaxValue ? i + users : i)).ToList();
        foreach (var person in people.Where((_, i) => step != int.MaxValue && i % step == 2))
        {
            person.Values.FamilyName += "-Changed";
        }

        var account = new AccountSnapshot(Enumerable.Range(0, users).Select(i => new ScimUser(ScimJsonReader.Parse(StateBenchmark.Json(i, whole: false)), UserDetail.Listed)), isComplete: true);
        var source = new SourceSnapshot(people, [], []);
        var rule = new ProvisioningRule("rule") { Anchor = "EmployeeNumber" };
        var memory = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes();

        using var process = Process.GetCurrentProcess();
        var worked = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        IReadOnlyList<Correlation> correlations = new Correlator(rule, account, ledger).Correlate(source.People);
        var correlated = clock.Elapsed;
        var reads = DetailNeeds.Decide(rule, correlations, account, ledger);
        var decided = clock.Elapsed;
        var plan = RulePlanner.Plan(new PlanInput { Rule = rule, Source = source, Account = account, Ledger = ledger, Correlations = correlations, Connection = connection, Approved = users });
        var planned = clock.Elapsed;
        process.Refresh();
        worked = process.TotalProcessorTime - worked;
        var held = GC.GetTotalMemory(forceFullCollection: false);
        Console.WriteLine($"{what}, {users:N0} people: {plan}; {reads.Count:N0} to read");
        Console.WriteLine($"  correlating {correlated.TotalMilliseconds,6:N0} ms, deciding on reads {(decided - correlated).TotalMilliseconds,6:N0} ms, planning {(planned - decided).TotalMilliseconds,6:N0} ms, all {planned.TotalMilliseconds,6:N0} ms; {worked.TotalMilliseconds:N0} ms of processor time with the collector's");
        Console.WriteLine($"  managed memory: {memory / 1_048_576:N0} MB of input, {held / 1_048_576:N0} MB at the end without a collection, {GC.GetTotalMemory(forceFullCollection: true) / 1_048_576:N0} MB after one; {(GC.GetTotalAllocatedBytes() - allocated) / 1_048_576:N0} MB allocated");
        GC.KeepAlive((plan, source, account, ledger));
    }
}
