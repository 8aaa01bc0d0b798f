using System.Collections.Generic;
using System.Linq;
using Spectre.Console;
using ZoomProvisioning.Cli.Source;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Cli.Views;

/// <summary>Tables and sentences for people. Whatever comes from outside is escaped: a name may look like markup.</summary>
internal sealed class TextView : IRunView
{
    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole _errors;
    private readonly HashSet<string> _said = new(System.StringComparer.Ordinal);

    public TextView(IAnsiConsole console, IAnsiConsole errors)
    {
        _console = console;
        _errors = errors;
    }

    public void ShowTest(IReadOnlyList<ConnectionTestStep> steps)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("Step", "Outcome", "Took", "Detail");
        foreach (var step in steps)
        {
            var colour = step.Outcome switch { TestOutcome.Passed => "green", TestOutcome.Failed => "red", TestOutcome.Warning => "yellow", _ => "grey" };
            var detail = step.Remedy is null ? step.Detail : $"{step.Detail} Do: {step.Remedy}";
            table.AddRow(Markup.Escape(step.Name), $"[{colour}]{step.Outcome}[/]", $"{step.Duration.TotalMilliseconds:N0} ms", Markup.Escape(detail));
        }

        _console.Write(table);
    }

    public void ShowReport(ConnectionReport report) => Sentence(report.Text);

    public void ShowPlan(CsvContent source, SyncPlan plan)
    {
        foreach (var failure in source.Failures)
        {
            var place = $"line {failure.Line}:";
            var message = failure.Error.Message.StartsWith(place, System.StringComparison.Ordinal) ? failure.Error.Message[place.Length..].TrimStart() : failure.Error.Message;
            _errors.MarkupLineInterpolated($"[red]{place}[/] {message} {failure.Error.RecommendedAction}");
        }

        foreach (var warning in source.Warnings)
        {
            ShowWarning(warning);
        }

        foreach (var warning in plan.Changes.SelectMany(c => c.Desired?.Warnings ?? []).Where(_said.Add))
        {
            _errors.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        }

        var shown = plan.Changes.Where(c => c.Action != PlanAction.NoOp).ToList();
        if (shown.Count > 0)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("", "User", "What");
            foreach (var change in shown)
            {
                var (sign, colour) = Sign(change.Action);
                table.AddRow($"[{colour}]{sign}[/]", Markup.Escape(change.FriendlyName), Markup.Escape(What(change)));
            }

            _console.Write(table);
        }

        Sentence(plan.ToString());
    }

    public void ShowResult(ChangeResult result)
    {
        foreach (var warning in result.Warnings.Where(_said.Add))
        {
            _errors.MarkupLineInterpolated($"[yellow]warning:[/] {ConsoleWords.Named(result.UserName, warning)}");
        }

        if (result.Outcome is ChangeOutcome.Failed or ChangeOutcome.Unknown or ChangeOutcome.NotSent)
        {
            _errors.MarkupLineInterpolated($"[red]{result.UserName}: {result.Action} {result.Outcome}.[/] {result.Reason} {result.Error?.RecommendedAction ?? string.Empty}");
        }
    }

    public void ShowSummary(CsvContent source, IReadOnlyList<ChangeResult> results)
    {
        Sentence(new RunSummary(source, results).ToString());
    }

    public void ShowWarning(string warning) => _errors.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");

    public void ShowError(string message, string? advice)
    {
        _errors.MarkupLineInterpolated($"[red]Error:[/] {message}");
        if (!string.IsNullOrEmpty(advice))
        {
            _errors.MarkupLineInterpolated($"{advice}");
        }
    }

    // Past the console's line breaking: a script that reads the output looks for whole sentences.
    private void Sentence(string text) => _console.Profile.Out.Writer.WriteLine(text);

    private static (string Sign, string Colour) Sign(PlanAction action) => action switch
    {
        PlanAction.Create or PlanAction.Reactivate => ("+", "green"),
        PlanAction.Update => ("~", "yellow"),
        PlanAction.Disable or PlanAction.Delete => ("-", "red"),
        _ => ("!", "magenta"),
    };

    private static string What(PlannedChange change) => change.Action switch
    {
        PlanAction.Create => $"create: {string.Join("; ", change.Changes.Where(c => c.Name != nameof(ScimUser.UserName)).Select(c => $"{c.Name} '{ZoomAttribute.Display(c.NewValue)}'"))}",
        PlanAction.Blocked => $"blocked: {change.Reason}",
        _ => $"{change.Action.ToString().ToLowerInvariant()}: {(change.Changes.Count == 0 ? change.Reason : string.Join("; ", change.Changes))}",
    };
}
