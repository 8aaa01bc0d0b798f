using System.Collections.Generic;
using Spectre.Console;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Cli.Views;

/// <summary>Tables and sentences for people. Whatever comes from outside is escaped: a name may look like markup.</summary>
internal sealed class TextView : IRunView
{
    private readonly IAnsiConsole _console;
    private readonly IAnsiConsole _errors;

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
}
