using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Reports;

/// <summary>
/// A run as one self-contained HTML page: what was done, what failed and what to do about it, what the guard held, and who
/// changed Zoom by hand. It loads nothing, can be searched and sorted without a server, and is a plain page where no script runs.
/// </summary>
public sealed class RunReport
{
    private static readonly (string Name, string Style, bool Sorts) Person = ("Person", "person", true);
    private static readonly (string Name, string Style, bool Sorts) Doing = ("Action", "action", true);
    private static readonly (string Name, string Style, bool Sorts) Diff = ("Changes: old → new", "diff", false);
    private static readonly (string Name, string Style, bool Sorts) Why = ("Why", "why", true);

    private readonly ProvisioningRun _run;
    private readonly Page _page;
    private readonly List<(string Id, string Heading, Action Content)> _sections = [];
    private readonly List<PlanAction> _actions = [];
    private readonly HashSet<ScimException> _sourceErrors;

    private RunReport(ProvisioningRun run, PageOptions options, TextWriter to)
    {
        _run = run;
        _page = new Page(options, to);
        _sourceErrors = [.. run.SourceProblems.Select(p => p.Error)];
    }

    /// <summary>Renders the page, for a file in UTF-8.</summary>
    public static string Render(ProvisioningRun run, PageOptions? options = null) => Page.Text(to => Write(run, to, options));

    /// <summary>Writes the page, for a file in UTF-8, a person at a time: there may be a hundred thousand.</summary>
    public static void Write(ProvisioningRun run, TextWriter to, PageOptions? options = null) => new RunReport(run, options ?? new PageOptions(), to).Write();

    private void Write()
    {
        Collect();
        _page.Begin("run", "Provisioning run", _run.Rule, "What a run of the rule did in Zoom, what it left, and what to do about it.");
        var (words, tone) = Outcome();
        _page.Html.Open("p", ("class", "outcome " + tone), ("data-outcome", _run.Outcome.ToString())).Element("span", words, ("dir", "auto")).Close("p").Line();
        _page.Html.Element("p", _run.ToString(), ("class", "summary")).Line();
        _page.Contents(_sections.Select(s => (s.Id, s.Heading)).ToList());
        _page.Facts(
            ("Account", _page.Fact(_run.Account)),
            ("Rule", _page.Fact(_run.Rule)),
            ("Begun", _page.Time(_run.StartedAt)),
            ("Duration", () => _page.Html.Element("data", PageWords.Of(_run.Duration), ("value", System.Xml.XmlConvert.ToString(_run.Duration)))),
            ("Run by", _page.Fact(_run.Actor)),
            ("Approved by", _page.Fact(string.Join("; ", _run.Plan.Approvals))),
            ("Source", _page.Fact($"{PageWords.Count(_run.Plan.SourceCount, "record", "records")} in scope, "
                + $"{PageWords.Number(_run.Plan.OutOfScopeCount)} out of scope")),
            ("Run id", _page.Fact(_run.RunId, "code")),
            ("Plan id", _page.Fact(_run.Plan.Id, "code")));
        if (_actions.Count > 0)
        {
            _page.Search(_actions);
        }

        foreach (var (id, heading, content) in _sections)
        {
            _page.Section(id, heading, content);
        }

        _page.End();
    }

    /// <summary>The sections there is something to say in, what an admin has to act on first.</summary>
    private void Collect()
    {
        Add("counts", "In numbers", Counts);
        if (_run.Notes.Count > 0)
        {
            Add("notes", "To know", () => _page.List(_run.Notes));
        }

        var failures = _run.Results
            .Where(r => r.Outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown && (r.Error is null || !_sourceErrors.Contains(r.Error)))
            .ToList();
        AddTable("failures", "Failures", failures, r => r.Action, Failures);
        if (_run.Plan.Held.Count > 0)
        {
            AddTable("held", "Held by the guard", _run.Plan.Held, c => c.Action, Held);
        }
        else if (_run.Plan.NeedsApproval)
        {
            Add("held", "Held by the guard", () => Held([]));
        }

        AddTable(
            "waiting",
            "Waiting for the removals",
            Results(ChangeOutcome.Held).Where(r => r.Planned?.Held is null).ToList(),
            r => r.Action,
            r => Reasons(r, "not begun, because the guard held removals back"));
        AddTable("left", "Not begun", Results(ChangeOutcome.NotSent), r => r.Action, r => Reasons(r, "because the run was stopped"));
        AddTable("source", "Records of the source that cannot be used", _run.SourceProblems, _ => PlanAction.Blocked, SourceProblems);
        if (_run.Applied)
        {
            AddTable("changes", "Changes", Results(ChangeOutcome.Done), r => r.Action, Changes);
        }
        else
        {
            AddTable(
                "changes",
                "What would be changed",
                _run.Plan.Pending.OrderBy(c => Array.IndexOf(PageWords.Order, c.Action)).ToList(),
                c => c.Action,
                WouldChange);
        }

        AddTable("leaving", "On the way out", _run.Plan.Changes.Where(c => c.Next is not null && c.Held is null).ToList(), c => c.Action, Leaving);
        var drift = _run.Drift.SelectMany(c => c.ByHand.Select(a => (Change: c, Attribute: a))).ToList();
        AddTable("drift", "Changed in Zoom by hand", drift, d => d.Change.Action, Drift);
        AddTable("gone", "Gone from Zoom", _run.Plan.Gone, _ => PlanAction.NoOp, Gone);
        if (_run.Applied)
        {
            AddTable(
                "skipped",
                "Left out",
                Results(ChangeOutcome.Skipped),
                r => r.Action,
                r => Reasons(r, "blocked, protected, or changed since the plan was made"));
        }
        else
        {
            var left = _run.Plan.Changes
                .Where(c => c.Action is PlanAction.Blocked or PlanAction.Protected && (c.Problem is null || !_sourceErrors.Contains(c.Problem)))
                .ToList();
            AddTable("skipped", "Left out", left, c => c.Action, WouldLeave);
        }
    }

    private List<ChangeResult> Results(ChangeOutcome outcome) =>
        _run.Results.Where(r => r.Outcome == outcome).OrderBy(r => Array.IndexOf(PageWords.Order, r.Action)).ToList();

    private void Add(string id, string heading, Action content) => _sections.Add((id, heading, content));

    private void AddTable<T>(string id, string heading, IReadOnlyList<T> items, Func<T, PlanAction> action, Action<IReadOnlyList<T>> content)
    {
        if (items.Count > 0)
        {
            _actions.AddRange(items.Select(action));
            Add(id, $"{heading} ({PageWords.Number(items.Count)})", () => content(items));
        }
    }

    private (string Words, string Tone) Outcome() => _run.Outcome switch
    {
        RunOutcome.Stopped =>
            (_run.StoppedBecause is { } reason ? $"Stopped before its end: {reason}" : "Stopped before its end. What is left is listed below.", "bad"),
        RunOutcome.Attention => ("Done, but not for everybody: who is not as the source says is listed below, each with what to do about it.", "bad"),
        RunOutcome.Held => ("The guard held something back; how to approve it is said below.", "warn"),
        RunOutcome.Planned => ("Only planned: nothing was changed in Zoom.", "info"),
        _ when !_run.Applied || _run.Results.All(r => r.Outcome != ChangeOutcome.Done) => ("Nothing had to be done: Zoom has what the source wants.", "good"),
        _ => ("Done: everything that was to be done was done.", "good"),
    };

    private void Counts()
    {
        if (!_run.Applied)
        {
            _page.Counts(PageWords.Order.Select(a => (PageWords.ToBeDone(a), _run.Plan.Count(a), PageWords.Tone(a)))
                .Append(("held by the guard", _run.Plan.Held.Count, "warn")));
        }
        else
        {
            _page.Counts(
            [
                ("deleted", _run.Deleted, "bad"), ("disabled", _run.Disabled, "bad"), ("created", _run.Created, "good"),
                ("reactivated", _run.Reactivated, "good"),
                ("adopted", _run.Adopted, "info"), ("updated", _run.Updated, "info"), ("failed", _run.Failed - _run.Unknown, "bad"),
                ("unknown", _run.Unknown, "bad"), ("held by the guard", _run.Held, "warn"),
                ("not begun", _run.NotSent, "warn"), ("left out", _run.Skipped, "plain"), ("unchanged", _run.Unchanged, "plain"),
            ]);
        }

        var clean = new List<string>();
        clean.AddRange(Unless(_sections.Any(s => s.Id is "failures" or "source"), "nothing failed"));
        clean.AddRange(Unless(_sections.Any(s => s.Id == "held"), "the guard held nothing back"));
        clean.AddRange(Unless(_sections.Any(s => s.Id is "drift" or "gone"), "no attribute was found changed in Zoom by hand"));
        if (clean.Count > 0)
        {
            var sentence = clean.Count == 1 ? clean[0] : $"{string.Join(", ", clean.Take(clean.Count - 1))} and {clean[clean.Count - 1]}";
            _page.Html.Element("p", $"{char.ToUpperInvariant(sentence[0])}{sentence.Substring(1)}.").Line();
        }
    }

    private static IEnumerable<string> Unless(bool isThere, string words) => isThere ? [] : [words];

    private void Failures(IReadOnlyList<ChangeResult> failures) =>
        _page.Table("Each with Zoom's words and what to do. Who failed is tried again by the next run.",
        [
            Person,
            Doing,
            ("What happened", "happened", true),
            ("What to do", "why", true),
        ], failures, r => r.Action, result =>
        {
            _page.Cells.Person(result.Planned, result.UserName);
            _page.Cells.Action(result.Action, outcome: result.Outcome);
            Error(result.Reason, result.Error);
            var advice = result.Error?.RecommendedAction;
            _page.Cells.Words(!string.IsNullOrEmpty(advice)
                ? advice!
                : result.Outcome == ChangeOutcome.Unknown ? "Look in Zoom whether it was done; the next run does so too."
                : "Run again; if it fails again, ask Zoom's support with the tracking id.", result.Warnings);
        });

    /// <summary>What happened, Zoom's own words, and what its support asks for. What the reason tells already is not said twice.</summary>
    private void Error(string what, ScimException? error)
    {
        var html = _page.Html;
        _page.Cells.Begin(("data-error", error?.ErrorId)).Element("p", what, ("dir", "auto"));
        if (error is not null)
        {
            // The message of an error is in visible letters already.
            var shown = VisibleText.OneLine(what, int.MaxValue);
            var told = $"{what}\n{shown}\n{error.Message}";
            if (!what.Contains(error.Message) && !shown.Contains(error.Message))
            {
                html.Element("p", error.Message, ("dir", "auto"), ("class", "remark"));
            }

            if (error.ZoomMessage is { Length: > 0 } words && !told.Contains(words))
            {
                html.Open("p", ("class", "remark")).Text("Zoom: ").Element("q", words, ("dir", "auto")).Close("p");
            }

            html.Open("p", ("class", "remark")).Element("span", error.ErrorId, ("class", "code"));
            Part("HTTP", error.Status?.ToString(CultureInfo.InvariantCulture));
            Part("Zoom code", error.ZoomCode);
            Part("tracking id", error.TrackingId);
            html.Close("p");

            void Part(string name, string? value)
            {
                if (!string.IsNullOrEmpty(value) && !told.Contains($"{name} {value}"))
                {
                    html.Text($", {name} ").Element("bdi", value, ("class", "code"));
                }
            }
        }

        html.Close("td");
    }

    private void Held(IReadOnlyList<PlannedChange> held)
    {
        var findings = _run.Plan.Guard.Where(f => f.HoldsRemovals).ToList();
        if (findings.Count > 0)
        {
            _page.Guard(findings);
        }

        if (_run.Plan.NeedsSignOff)
        {
            _page.List([PlanWords.Advice(_run.Plan)!]);
        }

        if (_run.Plan.MayBeApproved)
        {
            _page.Html.Element("p", "If exactly this is to be done all the same, run the same command again within a day with");
            _page.Command($"-Approve {_run.Plan.ShortId}");
            _page.Html.Element(
                "p",
                "It lets go what is listed here and nothing else, once: whoever is in the list then and is not now stays held.",
                ("class", "remark"));
        }

        if (held.Count > 0)
        {
            PlanTable("What was held, and not done.", held);
        }
    }

    private void Reasons(IReadOnlyList<ChangeResult> results, string why) =>
        _page.Table($"{PageWords.Count(results.Count, "person", "people")}: {why}.", [Person, Doing, Why], results, r => r.Action, result =>
        {
            _page.Cells.Person(result.Planned, result.UserName);
            _page.Cells.Action(result.Action);
            _page.Cells.Words(result.Reason, [.. result.Warnings, .. PageWords.Advice(result.Error)]);
        });

    private void SourceProblems(IReadOnlyList<SourceProblem> problems) =>
        _page.Table("The people they are about are left alone, not taken for missing.",
        [
            ("Record", "person", true),
            ("What is wrong", "happened", true),
            ("What to do", "why", true),
        ], problems, _ => PlanAction.Blocked, problem =>
        {
            _page.Cells.Person(
                problem.UserName is { Length: > 0 } name ? name : problem.Label,
                problem.UserName is { Length: > 0 } ? problem.Label : null,
                problem.Anchor,
                null);
            Error(problem.Error.Message, problem.Error);
            _page.Cells.Words(problem.Error.RecommendedAction.Length > 0 ? problem.Error.RecommendedAction : "Mend the record in the source.", []);
        });

    private void Changes(IReadOnlyList<ChangeResult> results) =>
        _page.Table($"{PageWords.Count(results.Count, "person", "people")}, removals first.", [Person, Doing, Diff, Why], results, r => r.Action, result =>
        {
            _page.Cells.Person(result.Planned, result.UserName);
            _page.Cells.Action(result.Action, adopts: result.Planned?.Adopts == true);
            _page.Cells.Changes(result.Action, result.Changes, result.GroupChanges, result.Planned?.ActiveCause);
            _page.Cells.Words(result.Reason, result.Warnings);
        });

    private void Leaving(IReadOnlyList<PlannedChange> leavers) =>
        PlanTable("People who leave the rule in stages, and what comes next for them as long as the source misses them.", leavers);

    private void WouldChange(IReadOnlyList<PlannedChange> changes) =>
        PlanTable($"{PageWords.Count(changes.Count, "person", "people")}, removals first.", changes);

    private void WouldLeave(IReadOnlyList<PlannedChange> changes) =>
        PlanTable($"{PageWords.Count(changes.Count, "person", "people")}: blocked or protected.", changes);

    private void PlanTable(string caption, IReadOnlyList<PlannedChange> changes) =>
        _page.Table(caption, [Person, Doing, Diff, Why], changes, c => c.Action, change =>
        {
            _page.Cells.Person(change, change.UserName);
            _page.Cells.Action(change.Action, change.Held, adopts: change.Adopts);
            _page.Cells.Changes(change.Action, change.Changes, change.GroupChanges, change.ActiveCause);
            _page.Cells.Words(change.ReasonAndNext, PageWords.Remarks(change));
        });

    private void Drift(IReadOnlyList<(PlannedChange Change, AttributeChange Attribute)> drift)
    {
        var results = _run.Results.ToLookup(r => r.Planned);
        _page.Table("Zoom against the source and against what the rule knew of it (the ledger).",
            [Person, ("Attribute", "attribute", true), ("Ledger", "value", true), ("Zoom, by hand", "value", true),
             ("Source", "value", true), ("Now", "action", true)], drift, d => d.Change.Action, d =>
            {
                var (change, attribute) = d;
                _page.Cells.Person(change, change.UserName);
                _page.Cells.Begin().Element("b", attribute.Name).Close("td");
                Side("Ledger", attribute.LedgerValue);
                Side("Zoom", attribute.OldValue);
                Side("Source", attribute.NewValue);
                _page.Cells.Begin();
                var (words, tone) = Now(results[change].FirstOrDefault(), attribute);
                _page.Cells.Badge(words, tone);
                _page.Html.Close("td");
            });
    }

    private static (string Words, string Tone) Now(ChangeResult? result, AttributeChange attribute) => result?.Outcome switch
    {
        null => ("as in Zoom", "plain"),
        ChangeOutcome.Done when result.NotApplied.All(n => n.Name != attribute.Name) => ("as in the source", "good"),
        ChangeOutcome.Failed or ChangeOutcome.Unknown => (PageWords.Of(result.Outcome), "bad"),
        _ => ("as in Zoom", "warn"),
    };

    private void Side(string label, object? value)
    {
        // On a narrow screen the cells stand below each other, away from their headings.
        _page.Cells.Begin(("data-label", label));
        _page.Cells.Value(ZoomAttribute.Display(value));
        _page.Html.Close("td");
    }

    private void Gone(IReadOnlyList<ManagedUser> gone) =>
        _page.Table("The rule managed these users, and somebody deleted them in Zoom. Who is still in the source is created again.",
        [
            Person,
            Why,
        ], gone, _ => PlanAction.NoOp, user =>
        {
            _page.Cells.Person(user.UserName, user.DisplayName, user.Anchor, user.ZoomId);
            _page.Cells.Words("not in Zoom any more", []);
        });
}
