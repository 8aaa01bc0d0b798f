using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Engine.Wire;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Benchmarks;

/// <summary>
/// What a rule's state costs: memory of users, time of journal, ledger and plan on the disk of the temporary folder. Options:
/// --users 100000 --entries 20000 --threads 16.
/// </summary>
internal static class StateBenchmark
{
    private const string Account = "account1";
    private const string Rule = "rule1";

    public static void Run(int users, int entries, int threads)
    {
        var folder = Path.Combine(Path.GetTempPath(), "zoom-bench-" + Guid.NewGuid().ToString("N"));
        try
        {
            Memory(users);
            Journal(folder, entries, threads);
            Shared(folder + "-direct", entries / 5, threads);
            LedgerAndPlan(folder, users);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            Directory.Delete(folder + "-direct", recursive: true);
        }
    }

    private static void Memory(int users)
    {
        Console.WriteLine($"Bytes a user in memory, of {users:N0}:");
        var listed = Held("as listed", users, i => new ScimUser(ScimJsonReader.Parse(Json(i, whole: false)), UserDetail.Listed));
        var ledger = Held("in the ledger, as read", users, i => Entry(i));
        var desired = Held("desired, 10 attributes", users, Desired);
        Console.WriteLine($"All three: {GC.GetTotalMemory(true) / 1_048_576.0:N0} MB");
        GC.KeepAlive((listed, ledger, desired));
    }

    private static T[] Held<T>(string what, int count, Func<int, T> make)
    {
        make(0);
        var before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        var made = new T[count];
        for (var i = 0; i < count; i++)
        {
            made[i] = make(i);
        }

        var took = clock.Elapsed;
        Console.WriteLine($"  {what,-28}{(GC.GetTotalMemory(true) - before) / count,8:N0} bytes, made in {took.TotalSeconds:N2} s");
        return made;
    }

    private static void Journal(string folder, int entries, int threads)
    {
        using var state = new StateFactory().Open(folder, Account, Rule);
        var next = 0;
        var clock = Stopwatch.StartNew();
        var writers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (Interlocked.Increment(ref next) <= entries)
            {
                state.Append(new JournalEntry(JournalKind.Linked)
                {
                    RunId = "run1",
                    ZoomId = "id" + next,
                    After = ScimJsonReader.Parse(Json(next, whole: true)),
                });
            }
        })).ToList();
        writers.ForEach(w => w.Start());
        writers.ForEach(w => w.Join());
        Report($"{entries:N0} journal entries by {threads} threads", clock);
        state.Dispose();

        var size = new FileInfo(Path.Combine(folder, "journal.jsonl")).Length / 1_048_576.0;
        clock.Restart();
        using (var again = new StateFactory().Open(folder, Account, Rule))
        {
            Report($"opening it ({size:N0} MB)", clock);
            clock.Restart();
            var fold = new LedgerFold(again.Ledger!);
            foreach (var entry in again.ReadJournal(0))
            {
                fold.Apply(entry);
            }

            Report("reading, checking and folding it", clock);
        }

        clock.Restart();
        var check = new StateFactory().CheckJournal(folder);
        Report($"checking its chain: {(check.IsIntact ? "intact" : check.Problem)}", clock);
    }

    private static void Shared(string folder, int entries, int threads)
    {
        var journal = new StateFactory().OpenDirect(folder, Account);
        var next = 0;
        var clock = Stopwatch.StartNew();
        var writers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            while (Interlocked.Increment(ref next) <= entries)
            {
                journal.Append(new JournalEntry(JournalKind.Intent) { RunId = "run1", UserName = $"user{next}@example.com" });
            }
        })).ToList();
        writers.ForEach(w => w.Start());
        writers.ForEach(w => w.Join());
        Report($"{entries:N0} entries of commands by {threads} threads", clock);
    }

    private static void LedgerAndPlan(string folder, int users)
    {
        using var state = new StateFactory().Open(folder, Account, Rule);
        var ledger = new Ledger(Account, Rule);
        for (var i = 0; i < users; i++)
        {
            ledger.Put(Entry(i));
        }

        var clock = Stopwatch.StartNew();
        state.SaveLedger(ledger);
        Report($"saving a ledger of {users:N0}", clock);
        clock.Restart();
        var read = new StateFactory().ReadLedger(folder)!;
        Report($"reading it ({new FileInfo(Path.Combine(folder, "ledger.json")).Length / 1_048_576.0:N0} MB)", clock);

        var plan = new SyncPlan(read.Entries.Select((e, i) => i % 100 == 0
            ? new PlannedChange(PlanAction.Update, e.UserName, "Department differs")
            {
                Current = e.Seen,
                Desired = Desired(i),
                Changes = [new AttributeChange(ZoomAttributes.Department, "a", "b", oldIsKnown: true)],
            }
            : new PlannedChange(PlanAction.NoOp, e.UserName, "nothing to change") { Current = e.Seen, Desired = Desired(i) }).ToList());
        clock.Restart();
        PlanDigest.Of(plan);
        Report($"digest of a plan of {users:N0}, 1 % to update", clock);
        clock.Restart();
        using var json = new MemoryStream();
        new StateFactory().WritePlan(plan, json);
        Report($"writing it ({json.Length / 1_048_576.0:N0} MB)", clock);
        clock.Restart();
        json.Position = 0;
        new StateFactory().ReadPlan(json);
        Report("reading and verifying it", clock);
    }

    private static void Report(string what, Stopwatch clock) => Console.WriteLine($"{what,-52}{clock.Elapsed.TotalMilliseconds,10:N0} ms");

    internal static LedgerEntry Entry(int i)
    {
        var seen = new ScimUser(ScimJsonReader.Parse(Json(i, whole: true)), UserDetail.Read);
        return new LedgerEntry(seen.Id!, seen.UserName!, LedgerOrigin.Created, DateTimeOffset.UnixEpoch) { Seen = seen, Anchor = seen.EmployeeNumber };
    }

    internal static DesiredUser Desired(int i)
    {
        var name = i.ToString("000000", CultureInfo.InvariantCulture);
        return new DesiredUser(new ScimUser
        {
            UserName = $"given{name}.family{name}@example.com",
            Email = $"given{name}.family{name}@example.com",
            GivenName = "Given" + name,
            FamilyName = "Family" + name,
            DisplayName = $"Given{name} Family{name}",
            Phone = "+1 5125" + name,
            Department = "Department " + (i % 50),
            UserType = "Licensed",
            EmployeeNumber = name,
            Active = true,
        })
        { Anchor = name, Label = name };
    }

    internal static byte[] Json(int i, bool whole)
    {
        var name = i.ToString("000000", CultureInfo.InvariantCulture);
        var parts = new List<string>
        {
            "\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\",\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\"]",
            $"\"id\":\"aBcDeFgHiJkLmNoP{name}\"",
            $"\"userName\":\"given{name}.family{name}@example.com\"",
            $"\"name\":{{\"givenName\":\"Given{name}\",\"familyName\":\"Family{name}\"}}",
            $"\"displayName\":\"Given{name} Family{name}\"",
            "\"active\":true",
            "\"userType\":\"Licensed\"",
            $"\"emails\":[{{\"type\":\"work\",\"value\":\"given{name}.family{name}@example.com\",\"primary\":true}}]",
            $"\"meta\":{{\"resourceType\":\"User\",\"created\":\"2026-01-05T08:{i / 60 % 60:00}:{i % 60:00}Z\","
                + $"\"lastModified\":\"2026-02-05T08:{i / 60 % 60:00}:{i % 60:00}Z\",\"location\":\"https://api.zoom.us/scim2/Users/aBcDeFgHiJkLmNoP{name}\"}}",
            whole
                ? $"\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{{\"department\":\"Department {i % 50}\","
                    + $"\"organization\":\"Example\",\"costCenter\":\"{i % 20}\",\"employeeNumber\":\"{name}\",\"manager\":\"boss{i % 100}@example.com\"}}"
                : $"\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{{\"department\":\"Department {i % 50}\"}}",
        };
        if (whole)
        {
            parts.Add($"\"phoneNumbers\":[{{\"type\":\"work\",\"value\":\"+1 5125{name}\"}},{{\"type\":\"mobile\",\"value\":\"+1 5126{name}\"}}]");
            parts.Add("\"roles\":{\"display\":\"Member\",\"value\":\"Member\"}");
            parts.Add("\"groups\":[{\"display\":\"Everybody\",\"value\":\"g1\"}]");
            parts.Add("\"urn:ietf:params:scim:schemas:extension:zoom:1.0:User\":{\"zoomOneBizPlus\":\"576460752303423488\",\"zoomWhiteboard\":true,"
                + "\"zoomDocs\":false,\"zoomHuddles\":false,\"zoomScheduler\":false}");
        }

        return Encoding.UTF8.GetBytes("{" + string.Join(",", parts) + "}");
    }
}
