using System.Collections.Generic;
using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;
using ZoomProvisioning.Connections;

namespace ZoomProvisioning.Cli.Views;

/// <summary>One JSON object a line, for programs.</summary>
internal sealed class JsonView : IRunView
{
    // Names of people stay readable; the output goes to a file or a program, never into a web page.
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly TextWriter _output;

    public JsonView(TextWriter output) => _output = output;

    public void ShowTest(IReadOnlyList<ConnectionTestStep> steps)
    {
        foreach (var step in steps)
        {
            Line(new { type = "test", step = step.Name, outcome = step.Outcome.ToString(), milliseconds = step.Duration.TotalMilliseconds, detail = step.Detail, zoomMessage = step.ZoomMessage, remedy = step.Remedy });
        }
    }

    public void ShowReport(ConnectionReport report)
    {
        ShowTest(report.Steps);
        Line(new { type = "report", connection = report.Connection, testedAt = report.TestedAt, passed = report.Passed, text = report.Text });
    }

    public void ShowError(string message, string? advice) => Line(new { type = "error", message, advice });

    private void Line(object value) => _output.WriteLine(JsonSerializer.Serialize(value, Options));
}
