using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Engine.Tests.State;

/// <summary>The journals of an account read as one: what is asked for, in its order, and nothing that is not.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private AccountHistory History(Action<JournalPlace, ScimStateException>? onUnreadable = null) =>
        AccountHistory.Of(_folder.Factory, _folder.Path, onUnreadable);

    private IJournal Direct() =>
        _folder.Factory.OpenDirect(StatePlace.OfDirect(Path.GetDirectoryName(_folder.Path), Path.GetFileName(_folder.Path)), ScratchFolder.Account);

    private IStateFolder Rule(string name) => _folder.Factory.Open(_folder.At(name), ScratchFolder.Account, name);

    private static JournalEntry Update(string run, string who, Action<ScimUser> set, string actor = "ada@host")
    {
        var body = new ScimUser();
        set(body);
        return new JournalEntry(JournalKind.Intent)
        {
            RunId = run,
            Actor = actor,
            UserName = who,
            ZoomId = "id-" + who,
            Action = PlanAction.Update,
            Request = WriteKind.Update,
            Body = body.Attributes,
        };
    }

    private static JournalEntry Done(string run, JournalEntry intent) =>
        new(JournalKind.Outcome)
        {
            RunId = run,
            Actor = intent.Actor,
            UserName = intent.UserName,
            ZoomId = intent.ZoomId,
            Request = intent.Request,
            Answers = intent.Number,
            Outcome = ChangeOutcome.Done,
        };

    private static string[] Who(IEnumerable<JournalEntry> entries) => entries.Select(e => $"{e.Rule ?? "-"} {e.Kind} {e.UserName}").ToArray();

    private void Write(IJournal journal, string run, string who, Action<ScimUser>? set = null, string actor = "ada@host")
    {
        journal.Append(Done(run, journal.Append(Update(run, who, set ?? (u => u.Department = "Sales"), actor))));
        _folder.Clock.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Rules_and_commands_come_in_the_order_of_time_each_with_its_rule()
    {
        var direct = Direct();
        using (var staff = Rule("staff"))
        using (var guests = Rule("guests"))
        {
            Write(staff, "r1", "a");
            Write(direct, "d1", "b");
            Write(guests, "r2", "c");
            Write(staff, "r3", "d");
        }

        Assert.Equal(
            ["staff Intent a", "staff Outcome a", "- Intent b", "- Outcome b", "guests Intent c", "guests Outcome c", "staff Intent d", "staff Outcome d"],
            Who(History().Read(new HistoryQuery())));
        Assert.Equal(["guests Outcome c", "staff Intent d", "staff Outcome d"], Who(History().Read(new HistoryQuery { Last = 3 })));
        Assert.Equal(["- Intent b", "- Outcome b"], Who(History().Read(new HistoryQuery { RunId = "d" })));
    }

    [Fact]
    public void People_attributes_actions_and_actors_are_found_with_their_outcomes()
    {
        var direct = Direct();
        Write(direct, "d1", "jill@example.com", u => u.Department = string.Empty);
        Write(direct, "d2", "jill@example.com", u => u.Title = "Boss", actor: "bob@host");
        Write(direct, "d3", "jack@example.com", u => u.Phone = "+1 5125550123");
        direct.Append(new JournalEntry(JournalKind.Intent)
        {
            RunId = "d4",
            Request = WriteKind.AddToGroup,
            GroupName = "Team",
            Members = ["id-jill@example.com"],
        });

        Assert.Equal(5, History().Read(new HistoryQuery { User = n => n.StartsWith("jill", StringComparison.Ordinal) }).Count());
        Assert.Equal(["d1", "d1"], History().Read(new HistoryQuery { Attribute = n => n == "Department" }).Select(e => e.RunId));
        Assert.Equal(["d3", "d3"], History().Read(new HistoryQuery { Attribute = n => n == "Phone" }).Select(e => e.RunId));
        Assert.Equal(["d2", "d2"], History().Read(new HistoryQuery { Actor = n => n == "bob@host" }).Select(e => e.RunId));
        Assert.Equal(["d4"], History().Read(new HistoryQuery { Action = n => n == "AddToGroup" }).Select(e => e.RunId));
    }

    [Fact]
    public void A_month_that_is_not_asked_for_is_not_read()
    {
        var direct = Direct();
        var times = new List<DateTimeOffset>();
        for (var month = 0; month < 6; month++)
        {
            times.Add(_folder.Clock.UtcNow);
            Write(direct, $"d{month}", $"user{month}");
            _folder.Clock.Advance(TimeSpan.FromDays(31));
        }

        // Whoever looked into this one would notice.
        var folder = _folder.At(StatePlace.Direct);
        var files = Directory.GetFiles(folder, "journal-*.jsonl").OrderBy(f => f, StringComparer.Ordinal).ToList();
        File.WriteAllText(files[0], File.ReadAllText(files[0]).Replace("\"Outcome\"", "\"Outcame\""));
        File.WriteAllText(files[4], File.ReadAllText(files[4]).Replace("\"Outcome\"", "\"Outcame\""));

        Assert.Equal(["d2", "d2", "d3", "d3"], History().Read(new HistoryQuery { After = times[2], Before = times[3].AddHours(1) }).Select(e => e.RunId));
        Assert.Equal(["d5", "d5"], History().Read(new HistoryQuery { Last = 2 }).Select(e => e.RunId));
        Assert.Equal("Zoom.State.JournalDamaged", Assert.Throws<ScimStateException>(() => History().Read(new HistoryQuery()).Count()).ErrorId);

        var told = new List<string>();
        Assert.NotEmpty(History((p, e) => told.Add(e.ErrorId)).Read(new HistoryQuery()).ToList());
        Assert.Equal(["Zoom.State.JournalDamaged"], told);
    }

    [Fact]
    public void In_a_long_file_the_beginning_is_passed_over()
    {
        using (var staff = Rule("staff"))
        {
            for (var i = 0; i < 3000; i++)
            {
                staff.Append(Update("r1", $"user{i}", u => u.Department = new string('x', 100)));
                _folder.Clock.Advance(TimeSpan.FromMinutes(5));
            }
        }

        var path = _folder.At(Path.Combine("staff", "journal.jsonl"));
        if (File.Exists(path))
        {
            // The second line; the first is the title.
            var lines = File.ReadAllLines(path);
            lines[2] = lines[2].Replace("user", "xser");
            File.WriteAllText(path, string.Join("\n", lines) + "\n");
        }

        var after = _folder.Clock.UtcNow.AddMinutes(-10);
        Assert.Equal(["user2998", "user2999"], History().Read(new HistoryQuery { After = after }).Select(e => e.UserName));
    }

    [Fact]
    public void Runs_are_listed_with_what_they_counted_and_those_that_were_killed_are_counted_from_their_lines()
    {
        var direct = Direct();
        var pen = new DirectJournal(() => direct, "Set-ZoomScimUser -Department");
        pen.Note(pen.Entry(JournalKind.Outcome) with
        {
            Answers = pen.Write(Update(pen.RunId, "a", u => u.Department = "x")).Number,
            Outcome = ChangeOutcome.Done,
        });
        pen.End(isStopped: false);
        _folder.Clock.Advance(TimeSpan.FromMinutes(1));
        using (var staff = Rule("staff"))
        {
            staff.Append(new JournalEntry(JournalKind.RunStarted) { RunId = "r1", Actor = "ada@host", Summary = "Plan" });
            Write(staff, "r1", "b");
            staff.Append(Update("r1", "c", u => u.Department = "x"));
        }

        var runs = HistoryRuns.Of(History(), new HistoryQuery());
        Assert.Equal(["Rule staff", "Set-ZoomScimUser -Department"], runs.Select(r => r.What));
        Assert.Equal("Unfinished", runs[0].Outcome);
        Assert.Equal((1, 1), (runs[0].Done, runs[0].Open));
        Assert.Equal("Done", runs[1].Outcome);
        Assert.Equal("1 done", runs[1].CountWords);

        Assert.Equal("r1", HistoryRuns.Find(History(), "r").Run.RunId);
        Assert.Equal("Zoom.History.NoRun", Assert.Throws<ScimStateException>(() => HistoryRuns.Find(History(), "zz")).ErrorId);
    }
}
