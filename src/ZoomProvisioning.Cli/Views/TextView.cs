using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Spectre.Console;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Pipeline;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Views;

/// <summary>
/// Tables, overviews and sentences for people; warnings and errors go to the error stream. Lines are not broken: a script that reads
/// them looks for whole ones. Nothing that comes from outside can steer the terminal.
/// </summary>
internal sealed class TextView : IView
{
    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole _errors;
    private readonly IStateFactory _json;
    private readonly TextDetail _detail;
    private readonly WarningDigest _warnings = new();
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);

    public TextView(IAnsiConsole console, IAnsiConsole errors, IStateFactory json, TextDetail detail)
    {
        _console = console;
        _errors = errors;
        _json = json;
        _detail = detail;
    }

    public void ShowTest(IReadOnlyList<ConnectionTestStep> steps)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Step", "Outcome", "Took", "Detail");
        foreach (var step in steps)
        {
            var colour = step.Outcome switch { TestOutcome.Passed => "green", TestOutcome.Failed => "red", TestOutcome.Warning => "yellow", _ => "grey" };
            var detail = VisibleText.OneLine(step.Remedy is null ? step.Detail : $"{step.Detail} Do: {step.Remedy}");
            table.AddRow(Markup.Escape(step.Name), $"[{colour}]{step.Outcome}[/]", $"{step.Duration.TotalMilliseconds:N0} ms", Markup.Escape(detail));
        }

        _console.Write(table);
    }

    // The one text of several lines; its parts were made harmless where it was put together.
    public void ShowReport(ConnectionReport report) => _console.Profile.Out.Writer.WriteLine(VisibleText.Of(report.Text));

    public void ShowNote(string note)
    {
        if (_detail != TextDetail.Quiet)
        {
            Line(_console, OverviewMark.Plain, note);
        }
    }

    public void ShowWarning(string warning) => Warn(warning);

    public void ShowRule(ProvisioningRule rule, SourceSnapshot? source)
    {
        Line(_console, OverviewMark.Add, $"The rule '{rule.Name}' has no mistakes.");
        foreach (var problem in source?.Problems ?? [])
        {
            Problem(problem.Label, problem.Error);
        }

        foreach (var warning in source?.Warnings ?? [])
        {
            Warn(warning);
        }

        if (source is not null)
        {
            Line(_console, OverviewMark.Plain, string.Format(
                CultureInfo.CurrentCulture,
                "{0:N0} {3} in scope, {1:N0} {4} out of scope, and {2:N0} {5} cannot be used.",
                source.People.Count,
                source.OutOfScope.Count,
                source.Problems.Count,
                source.People.Count == 1 ? "person is" : "people are",
                source.OutOfScope.Count == 1 ? "is" : "are",
                source.Problems.Count == 1 ? "record" : "records"));
        }
    }

    public void ShowPlan(SyncPlan plan)
    {
        foreach (var line in PlanOverview.Of(plan, _detail == TextDetail.Everything)
            .Where(l => _detail != TextDetail.Quiet || l.Mark == OverviewMark.Attention))
        {
            if (line.Mark == OverviewMark.Warning)
            {
                Warn(line.Text);
            }
            else
            {
                Line(_console, line.Mark, line.Text);
            }
        }
    }

    public void ShowResult(ChangeResult result)
    {
        // The rest is said at the end, grouped by reason.
        if (_detail != TextDetail.Everything)
        {
            return;
        }

        foreach (var warning in result.Warnings.Where(w => !_said.Contains(w)))
        {
            Warn(ConsoleWords.Named(result.UserName, warning));
        }

        if (result is { Outcome: ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent, Error: { } error })
        {
            Problem($"{result.UserName}: {result.Action} {Words(result.Outcome)}", error);
        }
        else if (result is { Outcome: ChangeOutcome.Skipped, Action: not (PlanAction.Blocked or PlanAction.Protected) })
        {
            Line(_errors, OverviewMark.Warning, $"{result.UserName}: {result.Action} skipped: {result.Reason}");
        }
    }

    public void ShowRun(ProvisioningRun run)
    {
        foreach (var note in run.Notes)
        {
            Warn(note);
        }

        if (_detail != TextDetail.Everything)
        {
            foreach (var result in run.Results)
            {
                foreach (var warning in result.Warnings.Where(w => !_said.Contains($"warning: {w}")))
                {
                    _warnings.Add(result.UserName, ConsoleWords.Named(result.UserName, warning));
                }
            }

            foreach (var warning in _warnings.Take())
            {
                Warn(warning);
            }
        }

        if (run.Attention.Count > 0)
        {
            foreach (var line in Attention.Text(run.Attention, run.Undoes is not null).Split(Environment.NewLine))
            {
                Line(_errors, OverviewMark.Attention, line);
            }
        }

        if (!run.Applied)
        {
            return;
        }

        if (run.StoppedBecause is { } reason)
        {
            Line(_errors, OverviewMark.Remove, $"Stopped before its end: {reason}");
        }

        Line(_console, OverviewMark.Plain, run.ToString());
    }

    public void ShowExplanation(PersonExplanation person) => Lines(ExplanationText.Of(person, _json));

    public void ShowComparison(IReadOnlyList<UserComparison> compared)
    {
        var lines = ComparisonOverview.Of(compared, _detail == TextDetail.Everything).ToList();
        Lines(_detail == TextDetail.Quiet ? lines.Skip(lines.Count - 1) : lines);
    }

    public void ShowRuns(IReadOnlyList<HistoryRun> runs) => Lines(HistoryText.Of(runs));

    public void ShowHistory(IEnumerable<JournalEntry> entries) => Lines(HistoryText.Of(entries));

    public void ShowNotification(NotificationResult result)
    {
        if (result.Arrived)
        {
            ShowNote($"Notification: {result}");
        }
        else
        {
            Warn($"The notification did not arrive. {result} {result.RecommendedAction}".TrimEnd());
        }
    }

    public void ShowApproval(SyncPlan plan, ProvisioningApproval approval)
    {
        foreach (var line in PlanWords.Approval(plan, approval).Split(Environment.NewLine))
        {
            Line(_console, OverviewMark.Plain, line);
        }

        Line(_console, OverviewMark.Add, $"Approved by {approval.Who}, {approval.SignedBy}: {approval.Path}");
    }

    public void ShowError(string message, string? advice)
    {
        // Several mistakes have a line each, and words from outside have none of their own.
        foreach (var line in $"Error: {message}".Split('\n'))
        {
            Line(_errors, OverviewMark.Remove, line);
        }

        if (!string.IsNullOrEmpty(advice))
        {
            Line(_errors, OverviewMark.Plain, advice);
        }
    }

    private static string Words(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.NotSent => "not sent",
        ChangeOutcome.Unknown => "perhaps done",
        _ => "failed",
    };

    private void Warn(string warning)
    {
        var text = warning.StartsWith("warning: ", StringComparison.Ordinal) || warning.StartsWith("Guard: ", StringComparison.Ordinal)
            ? warning
            : $"warning: {warning}";
        if (_said.Add(text))
        {
            Line(_errors, OverviewMark.Warning, text);
        }
    }

    private void Problem(string what, ScimException error) =>
        Line(_errors, OverviewMark.Remove, $"{what}: {error.Message} {error.RecommendedAction}".TrimEnd());

    private void Lines(IEnumerable<OverviewLine> lines)
    {
        foreach (var line in lines)
        {
            Line(_console, line.Mark, line.Text);
        }
    }

    private static void Line(IAnsiConsole console, OverviewMark mark, string text)
    {
        var plain = VisibleText.OneLine(ConsoleWords.Of(text), VisibleText.MostOfLine);
        var colour = mark switch
        {
            OverviewMark.Add => "32",
            OverviewMark.Change or OverviewMark.Warning => "33",
            OverviewMark.Remove => "31",
            OverviewMark.Attention => "35",
            _ => null,
        };
        var isColoured = colour is not null && console.Profile.Capabilities.Ansi && console.Profile.Capabilities.ColorSystem != ColorSystem.NoColors;
        console.Profile.Out.Writer.WriteLine(isColoured ? $"\u001b[{colour}m{plain}\u001b[0m" : plain);
    }
}
