using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Tests.Reports;

/// <summary>The plan page and the run report as a strict parser of HTML reads them.</summary>
public class PageTests
{
    private static readonly PageOptions Utc = new() { TimeZone = TimeZoneInfo.Utc, PlanCommand = "Invoke-ZoomProvisioningPlan -Path 'plans/Tim’’s plan.json'" };

    // Whatever a text may contain that means something to HTML, to a spreadsheet, to a terminal or to the eye.
    private static readonly Gen<string> Hostile = Gen.Elements(
        "<script>alert(1)</script>", "</script>", "</style>", "<!--", "-->", "]]>", "&amp;", "&#0;", "&", "<", ">", "\"", "'", "`", "=",
        "\" onmouseover=\"x", "' onfocus='x", "javascript:x",
        "\0", "\u0001", "\u007F", "\u009F", "\uD83D", "\uDC4D", "👍", "\uFFFE", "\uFFFF", "\uFDD0", "\U0001FFFF", "\u202E", "\u2066",
        "\u2069", "\u200B", "\u200F", "\uFEFF", "\r\n", "\r", "\n", "\t", " ", "a", "Ü", "محمد", "שרה", "山", "[U+202E]")
        .NonEmptyListOf().Select(parts => string.Concat(parts));

    public static TheoryData<string> Pages => new() { "plan", "run", "empty plan", "unchanged plan", "empty run", "unchanged run", "whatif", "stopped" };

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_is_well_formed_and_its_headings_are_in_order(string name)
    {
        var page = Parse(Page(name));

        Assert.Equal("en", page.DocumentElement.GetAttribute("lang"));
        Assert.NotEmpty(page.Title!);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        var levels = page.QuerySelectorAll("h1, h2, h3, h4").Select(h => h.LocalName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1), (a, b) => b - a), step => Assert.True(step <= 1));
        Assert.All(page.QuerySelectorAll("table"), table =>
        {
            Assert.NotEmpty(table.QuerySelector("caption")!.TextContent);
            Assert.All(table.QuerySelectorAll("thead th"), th => Assert.Equal("col", th.GetAttribute("scope")));
            var columns = table.QuerySelectorAll("thead th").Length;
            Assert.All(table.QuerySelectorAll("tbody tr"), row =>
            {
                Assert.Equal(columns, row.Children.Length);
                Assert.Equal("row", row.QuerySelector("th")!.GetAttribute("scope"));
            });
        });
        Assert.All(page.QuerySelectorAll("input, select"), field => Assert.NotNull(page.QuerySelector($"label[for='{field.Id}']")));
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.QuerySelectorAll("a[href]"), link => Assert.Contains(link.GetAttribute("href")!.Substring(1), ids));
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"), section => Assert.Contains(section.GetAttribute("aria-labelledby"), ids));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_page_loads_nothing_and_runs_only_its_own_script(string name)
    {
        var html = Page(name);
        var page = Parse(html);

        Assert.Empty(page.QuerySelectorAll("link, img, iframe, object, embed, audio, video, source, form, base, svg, [src], [style], [srcset]"));
        Assert.DoesNotContain("url(", page.QuerySelector("style")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page.QuerySelector("style")!.TextContent, StringComparison.OrdinalIgnoreCase);
        var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        foreach (var (own, asset) in new[] { ("style", PageAsset.Style), ("script", PageAsset.Script) })
        {
            Assert.Equal(asset.Text, Assert.Single(page.QuerySelectorAll(own)).TextContent);
            Assert.Contains($"{own}-src {asset.Source};", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_text_of_the_data_becomes_markup() => Prop.ForAll(Hostile.ToArbitrary(), text =>
    {
        // The same pages with a harmless text say what markup there is to be.
        foreach (var render in new Func<string, string>[]
        {
            t => PlanPage.Render(SampleReports.PlanOf(t), Utc),
            t => RunReport.Render(SampleReports.RunOf(t), Utc),
        })
        {
            var (page, plain) = (Parse(render(text)), Parse(render("x")));
            Assert.Equal(Markup(plain), Markup(page));
        }
    }).Check(Law.Times(300));

    [Fact]
    public void The_page_says_what_the_data_says() => Prop.ForAll(Hostile.ToArbitrary(), text =>
    {
        var shown = VisibleText.Of(text);
        var page = Parse(PlanPage.Render(SampleReports.PlanOf(text), Utc));
        Assert.Equal(shown, page.QuerySelector("h1 bdi")!.TextContent);
        Assert.Equal(shown, page.QuerySelector("tbody th .line bdi")!.TextContent);
        Assert.Equal(shown, page.QuerySelector("tbody del bdi")!.TextContent);
        Assert.Equal(VisibleText.Of(text + "2"), page.QuerySelector("tbody ins bdi")!.TextContent);
        Assert.Equal(shown, page.QuerySelector("td p")!.TextContent);
        var report = Parse(RunReport.Render(SampleReports.RunOf(text), Utc));
        Assert.Equal(VisibleText.Of(text + "z"), report.QuerySelector("#failures q")?.TextContent ?? VisibleText.Of(text + "z"));
        Assert.Equal(shown, report.QuerySelector("#failures td p")!.TextContent);
        Assert.Contains(report.QuerySelectorAll("#failures .code"), c => c.TextContent == shown);
    }).Check(Law.Times(300));

    [Fact]
    public void What_is_shown_is_plain_text_and_nothing_else_is_lost() => Prop.ForAll(Hostile.ToArbitrary(), text =>
    {
        var shown = VisibleText.Of(text);
        Assert.Equal(shown, VisibleText.Of(shown));
        Assert.DoesNotContain(shown, c => c is '\u202E' or '\0' or '\u2066' or '\u200B' or '\uFFFE');
        var isSound = true;
        for (var i = 0; i < shown.Length; i++)
        {
            isSound &= !char.IsSurrogate(shown[i]) || (char.IsHighSurrogate(shown[i]) && i + 1 < shown.Length && char.IsLowSurrogate(shown[++i]));
        }

        Assert.True(isSound);
    }).Check(Law.Times(500));

    [Theory]
    [InlineData("محمد\u200F (HR)", "محمد\u200F (HR)")]
    [InlineData("علی\u200Cرضا", "علی\u200Cرضا")]
    [InlineData("👩\u200D👩\u200D👧", "👩\u200D👩\u200D👧")]
    [InlineData("fdp\u202Eexe", "fdp[U+202E]exe")]
    [InlineData("a\0b", "a\uFFFDb")]
    [InlineData("one\r\ntwo\rthree", "one\ntwo\nthree")]
    public void Letters_of_every_script_stay_and_tricks_are_seen(string text, string shown) => Assert.Equal(shown, VisibleText.Of(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a \uFFFD!\uFFFD", VisibleText.Of("a \uD83D!\uDC4D"));

    [Theory]
    [InlineData("=HYPERLINK(\"http://evil.example\")")]
    [InlineData("+1 5125550123")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    public void No_cell_begins_with_a_formula(string name)
    {
        foreach (var html in new[] { PlanPage.Render(SampleReports.PlanOf(name), Utc), RunReport.Render(SampleReports.RunOf(name), Utc) })
        {
            var page = Parse(html);
            Assert.All(page.QuerySelectorAll("tbody th"), cell => Assert.StartsWith("'", cell.TextContent, StringComparison.Ordinal));
            Assert.Equal(name, page.QuerySelector("tbody th .line bdi")!.TextContent);
        }
    }

    [Fact]
    public void The_plan_lists_removals_first_and_only_counts_who_needs_nothing()
    {
        var page = Parse(Page("plan"));

        var actions = page.QuerySelectorAll("tbody tr").Select(r => r.GetAttribute("data-action")!).ToList();
        Assert.Equal(["Delete", "Disable", "Disable", "Create"], actions.Take(4));
        Assert.DoesNotContain("NoOp", actions);
        Assert.Contains("5 people need nothing", page.QuerySelector("caption")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("5 unchanged", page.QuerySelector(".summary")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["2026-03-29T12:00:00Z"], page.QuerySelectorAll("time").Select(t => t.GetAttribute("datetime")!));
    }

    [Fact]
    public void A_change_reads_like_a_diff_and_says_who_made_it()
    {
        var page = Parse(Page("plan"));

        string Row(string userName) =>
            Squeeze(page.QuerySelectorAll("tbody tr").Single(r => r.TextContent.Contains(userName)).QuerySelector(".changes")!.TextContent);
        Assert.Equal(
            "Department Sales → Research source changedTitle Engineer as sent last; Zoom does not show it → Admiral source changed",
            Row("grace@example.com"));
        Assert.Equal("Department مبيعات → أبحاث changed in Zoom by hand", Row("leila@example.com"));
        Assert.Equal("Department By hand → Research changed in bothPhone +1 5125550123 → empty source changed", Row("noam@example.com"));
        Assert.Equal("Group joins Research new groupGroup leaves Sales", Row("lin@example.com"));
        Assert.Equal("Active true → false", Row("left1@example.com"));
    }

    [Fact]
    public void The_command_to_sign_for_approves_every_removal_and_can_be_copied()
    {
        var commands = Parse(Page("plan")).QuerySelectorAll("#sign-off code").Select(c => c.TextContent).ToList();

        Assert.Equal(
        [
            "Invoke-ZoomProvisioningPlan -Path 'plans/Tim’’s plan.json'",
            $"Invoke-ZoomProvisioningPlan -Path 'plans/Tim’’s plan.json' -Approve {SampleReports.Plan().ShortId}",
        ], commands);
    }

    [Fact]
    public void The_report_tells_failures_with_advice_and_how_to_approve()
    {
        var page = Parse(Page("run"));

        var failure = Squeeze(page.QuerySelectorAll("#failures tbody tr").Single(r => r.TextContent.Contains("noam@example.com")).TextContent);
        Assert.Contains("Invalid phone number.", failure, StringComparison.Ordinal);
        Assert.Contains("Zoom.User.Refused, HTTP 400, Zoom code 300, tracking id v=2.0;clid=us04;rid=WEB_abc123", failure, StringComparison.Ordinal);
        Assert.Contains("Write the number as '+972 501234567'.", failure, StringComparison.Ordinal);
        Assert.Equal($"-Approve {SampleReports.Plan().ShortId}", page.QuerySelector("#held code")!.TextContent);
        Assert.Contains("Correct the address in row 12", page.QuerySelector("#source tbody")!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("row 12", page.QuerySelector("#failures tbody")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("PT1M23.4S", page.QuerySelector(".facts data")!.GetAttribute("value"));
    }

    [Fact]
    public void Drift_shows_ledger_Zoom_and_source()
    {
        var rows = Parse(Page("run"))
            .QuerySelectorAll("#drift tbody tr")
            .Select(r => string.Join("|", r.Children.Skip(1).Select(c => Squeeze(c.TextContent))))
            .ToList();

        Assert.Equal(
            ["Department|أبحاث|مبيعات|أبحاث|as in the source", "Department|Sales|By hand|Research|failed", "Active|true|false|true|as in the source"],
            rows);
    }

    [Fact]
    public void Who_waits_for_the_removals_is_told_apart_from_who_is_held()
    {
        var plan = SampleReports.Plan();
        var run = new ProvisioningRun(plan, [.. plan.Changes.Where(c => c.Held is not null || c.Action == PlanAction.Create)
            .Select(c => new ChangeResult(c.UserName, c.Action, ChangeOutcome.Held, c.Held ?? "nothing goes on without the removals") { Planned = c })]);
        var page = Parse(RunReport.Render(run, Utc));

        Assert.Equal(["left2@example.com", "gone@example.com"], page.QuerySelectorAll("#held tbody .mail").Select(m => m.TextContent));
        Assert.Equal(SampleReports.Names.Length, page.QuerySelectorAll("#waiting tbody tr").Length);
        Assert.All(page.QuerySelectorAll("#waiting tbody tr"), row => Assert.Contains("without the removals", row.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public void Advice_is_in_the_words_of_the_front_end()
    {
        var console = new PageOptions { PlanCommand = "zoomprov apply --plan plan.json", Advice = text => text.Replace("-Approve", "--approve") };

        foreach (var html in new[] { PlanPage.Render(SampleReports.Plan(), console), RunReport.Render(SampleReports.Run(), console) })
        {
            Assert.DoesNotMatch("(?<!-)-Approve", html);
            Assert.Contains($"--approve {SampleReports.Plan().ShortId}", html, StringComparison.Ordinal);
        }

        Assert.Equal(
            $"zoomprov apply --plan plan.json --approve {SampleReports.Plan().ShortId}",
            Parse(PlanPage.Render(SampleReports.Plan(), console)).QuerySelectorAll("#sign-off code")[^1].TextContent);
    }

    [Theory]
    [InlineData("empty plan", "The plan is about nobody.")]
    [InlineData("unchanged plan", "Nothing is to be done: all 3 people are in Zoom as the source wants them.")]
    [InlineData("empty run", "Nothing had to be done: Zoom has what the source wants.")]
    [InlineData("unchanged run", "Nothing failed, the guard held nothing back and no attribute was found changed in Zoom by hand.")]
    public void A_page_about_nothing_says_so(string name, string words)
    {
        var page = Parse(Page(name));

        Assert.Contains(words, page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Empty(page.QuerySelectorAll("table, #tools"));
    }

    [Fact]
    public void Numbers_and_dates_are_in_the_users_culture_and_data_is_not()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            var page = Parse(Page("plan"));
            Assert.Contains("1.234 records in scope", page.QuerySelector(".facts")!.TextContent, StringComparison.Ordinal);
            Assert.Contains("29. März 2026", page.QuerySelector("time")!.TextContent, StringComparison.Ordinal);
            Assert.Equal("2026-03-29T12:00:00Z", page.QuerySelector("time")!.GetAttribute("datetime"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Every_pair_of_colours_can_be_read()
    {
        var css = PageAsset.Style.Text;
        var blocks = Regex.Matches(css, @":root\s*\{([^}]*)\}").Cast<Match>().Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(2, blocks.Count);
        foreach (var block in blocks)
        {
            var colours = Regex.Matches(block, @"--([a-z-]+):\s*(#[0-9a-f]{6})").Cast<Match>().ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
            foreach (var (ink, paper) in new[]
            {
                ("ink", "paper"), ("ink", "panel"), ("muted", "paper"), ("muted", "panel"), ("accent", "paper"), ("warn", "paper"),
                ("good", "good-paper"), ("bad", "bad-paper"), ("warn", "warn-paper"), ("info", "info-paper"), ("plain", "plain-paper"),
            })
            {
                Assert.True(Contrast(colours[ink], colours[paper]) >= 4.5, $"{ink} on {paper}: {Contrast(colours[ink], colours[paper]):0.00}");
            }

            // The edge of a field is no text, and still has to be seen.
            Assert.True(Contrast(colours["edge"], colours["paper"]) >= 3);
        }
    }

    [Fact]
    public void The_writer_takes_no_name_and_no_address_from_data()
    {
        static HtmlWriter Writer() => new(TextWriter.Null);
        Assert.Throws<ArgumentException>(() => Writer().Open("p onclick=x"));
        Assert.Throws<ArgumentException>(() => Writer().Open("p", ("a b", "x")));
        Assert.Throws<ArgumentException>(() => Writer().Open("p", ("onclick", "x")));
        Assert.Throws<ArgumentException>(() => Writer().Open("p", ("style", "x")));
        Assert.Throws<ArgumentException>(() => Writer().Open("a", ("href", "javascript:x")));
        Assert.Throws<InvalidOperationException>(() => Writer().Open("p").Close("div"));
        Assert.Throws<InvalidOperationException>(() => Writer().Open("p").Finish());
    }

    [Fact]
    public void The_same_plan_makes_the_same_page() => Assert.Equal(Page("plan"), Page("plan"));

    private static string Page(string name) => name switch
    {
        "plan" => PlanPage.Render(SampleReports.Plan(), Utc),
        "empty plan" => PlanPage.Render(SampleReports.EmptyPlan(0), Utc),
        "unchanged plan" => PlanPage.Render(SampleReports.EmptyPlan(3), Utc),
        "run" => RunReport.Render(SampleReports.Run(), Utc),
        "empty run" => RunReport.Render(SampleReports.EmptyRun(0), Utc),
        "unchanged run" => RunReport.Render(SampleReports.EmptyRun(3), Utc),
        "whatif" => RunReport.Render(new ProvisioningRun(SampleReports.Plan(), []) { Applied = false }, Utc),
        "stopped" => RunReport.Render(SampleReports.RunOf("stopped"), Utc),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };

    private static IHtmlDocument Parse(string html) => new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(html);

    /// <summary>Every element with the names of its attributes; the apostrophe before what a spreadsheet would calculate is ours.</summary>
    private static List<string> Markup(IHtmlDocument page) => page.All
        .Where(e => !e.ClassList.Contains("text-mark") && e.LocalName != "q" && e.ParentElement?.LocalName != "q")
        .Where(e => !(e.LocalName == "p" && e.ClassList.Contains("remark") && e.TextContent.StartsWith("Zoom: ", StringComparison.Ordinal)))
        .Select(e => $"{e.LocalName} {string.Join(" ", e.Attributes.Select(a => a.Name))}")
        .ToList();

    private static string Squeeze(string text) => Regex.Replace(text, @"\s+", " ").Trim();

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var value = Convert.ToInt32(colour.Substring(at, 2), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
