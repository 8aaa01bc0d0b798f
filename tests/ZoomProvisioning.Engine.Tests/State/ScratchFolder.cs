using System;
using System.IO;
using System.Linq;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>A rule's folder that is gone after the test.</summary>
internal sealed class ScratchFolder(string? below = null) : IDisposable
{
    public const string Account = "account1";
    public const string Rule = "rule1";

    public string Path { get; } = System.IO.Path.Combine(below ?? System.IO.Path.GetTempPath(), "zoom-state-" + Guid.NewGuid().ToString("N"));

    public FakeClock Clock { get; } = new();

    public StateFactory Factory => new(Clock);

    public string Journal => At("journal.jsonl");

    public string LedgerPath => At("ledger.json");

    public string At(string name) => System.IO.Path.Combine(Path, name);

    public IStateFolder Open(bool rebuild = false) => Factory.Open(Path, Account, Rule, rebuild);

    /// <summary>Writes a journal of so many entries, and a ledger up to one of them.</summary>
    public void Write(int entries, int? saveAfter = null)
    {
        using var state = Open();
        var fold = new LedgerFold(state.Ledger!);
        for (var i = 1; i <= entries; i++)
        {
            fold.Apply(state.Append(Entry(i)));
            if (i == saveAfter)
            {
                state.SaveLedger(fold.Ledger);
            }
        }
    }

    public static JournalEntry Entry(int number) => new(JournalKind.Linked)
    {
        RunId = "run1",
        UserName = $"user{number}@example.com",
        ZoomId = $"id{number}",
        After = new ScimObject { ["id"] = $"id{number}", ["title"] = "<script>\u2028\"'\\" },
    };

    /// <summary>The lines of the journal, each with its line feed.</summary>
    public string[] Lines() => File.ReadAllText(Journal).Split('\n').Where(l => l.Length > 0).Select(l => l + "\n").ToArray();

    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
