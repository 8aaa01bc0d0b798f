using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ZoomProvisioning.Connections;

/// <summary>A connection report as plain text for a ticket: no colours, no culture, at most 78 columns.</summary>
internal static class ReportText
{
    private const int Width = 78;
    private const int NameWidth = 15;
    private const int MarkWidth = 6;

    public static string Write(ZoomScimConnection connection, string software, DateTimeOffset testedAt, IReadOnlyList<ConnectionTestStep> steps)
    {
        var text = new StringBuilder();
        var failed = steps.FirstOrDefault(s => s.Outcome == TestOutcome.Failed);
        foreach (var line in Wrap($"Zoom connection report: {connection.Name} {(failed is null ? "works" : $"FAILS at {failed.Name}")}", Width))
        {
            Line(line);
        }

        Row(string.Empty, "Tested", string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd HH:mm:ss}Z", testedAt.UtcDateTime));
        Row(string.Empty, "Software", software);
        Row(string.Empty, "Account", $"{connection.AccountId ?? "unknown (ready token)"}, client {connection.ClientId ?? "unknown (ready token)"}");
        Row(string.Empty, "SCIM address", connection.ScimUri.AbsoluteUri);
        Row(string.Empty, "Token address", connection.TokenUri.AbsoluteUri);
        Line(string.Empty);
        foreach (var step in steps)
        {
            Row(Mark(step.Outcome), step.Name, step.Duration > TimeSpan.Zero
                ? string.Format(CultureInfo.InvariantCulture, "{0} ({1:0} ms)", step.Detail, step.Duration.TotalMilliseconds)
                : step.Detail);
            if (step.ZoomMessage is { Length: > 0 } words && step.Detail.IndexOf(words, StringComparison.Ordinal) < 0)
            {
                Row(string.Empty, string.Empty, $"Zoom says: {words}");
            }

            if (step.Remedy is { Length: > 0 } remedy)
            {
                Row(string.Empty, string.Empty, $"Do: {remedy}");
            }
        }

        return text.ToString().TrimEnd();

        void Line(string line) => text.Append(line.TrimEnd()).Append(Environment.NewLine);

        void Row(string mark, string name, string detail)
        {
            var head = mark.PadRight(MarkWidth) + name.PadRight(NameWidth);
            foreach (var line in Wrap(detail, Width - head.Length))
            {
                Line(head + line);
                head = new string(' ', MarkWidth + NameWidth);
            }
        }
    }

    private static string Mark(TestOutcome outcome) => outcome switch
    {
        TestOutcome.Passed => " ok",
        TestOutcome.Warning => " WARN",
        TestOutcome.Failed => " FAIL",
        _ => " -",
    };

    /// <summary>Breaks a text at blanks; a word longer than a line is broken anywhere.</summary>
    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = string.Empty;
        foreach (var whole in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var word = whole;
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = string.Empty;
            }

            while (word.Length > width)
            {
                yield return word.Substring(0, width);
                word = word.Substring(width);
            }

            line = line.Length == 0 ? word : line + " " + word;
        }

        yield return line;
    }
}
