using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;

namespace ZoomProvisioning.Tests.Reports;

public class PageTests
{
    [Fact]
    public void A_hostile_text_stays_text() => Prop.ForAll<NonNull<string>>(name =>
    {
        var page = Parse(PlanPage.Render(PlanOf(name.Get + "<script>alert(1)</script>\" onmouseover=\"x")));
        Assert.Single(page.Descendants("script"));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        Assert.Contains(page.Descendants("td"), td => td.Value.Contains("<script>alert(1)</script>"));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Theory]
    [InlineData("=HYPERLINK(\"http://x\")")]
    [InlineData("\u202Egnp.exe")]
    [InlineData("\uD800 half")]
    [InlineData("\0nul")]
    [InlineData("أحمد 😀 O'Brien & Söhne")]
    public void Any_name_gives_a_page_that_can_be_parsed(string name)
    {
        var text = PlanPage.Render(PlanOf(name));
        Parse(text);
        Assert.DoesNotContain('\u202E', text);
        Assert.DoesNotContain('\0', text);
    }

    [Fact]
    public void The_pages_ask_nobody_for_anything()
    {
        foreach (var text in new[] { PlanPage.Render(PlanOf("Ann")), RunReport.Render(RunOf()) })
        {
            var page = Parse(text);
            Assert.Contains("default-src 'none'", (string)page.Descendants("meta").Single(m => (string?)m.Attribute("http-equiv") == "Content-Security-Policy").Attribute("content")!, StringComparison.Ordinal);
            Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "src" or "href");
            Assert.DoesNotContain("url(", text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_headings_are_in_order_and_tables_have_captions_and_scopes()
    {
        foreach (var page in new[] { Parse(PlanPage.Render(PlanOf("Ann"))), Parse(RunReport.Render(RunOf())) })
        {
            Assert.Single(page.Descendants("h1"));
            Assert.Equal("en", (string?)page.Attribute("lang"));
            Assert.All(page.Descendants("table"), t => Assert.NotEmpty(t.Element("caption")!.Value));
            Assert.All(page.Descendants("th"), th => Assert.Equal("col", (string?)th.Attribute("scope")));
        }
    }

    [Fact]
    public void Text_can_be_read_on_its_ground_in_both_themes()
    {
        var style = Parse(PlanPage.Render(PlanOf("Ann"))).Descendants("style").Single().Value;
        var themes = Regex.Matches(style, @":root \{([^}]*--back[^}]*)\}").Cast<Match>().Select(m => Regex.Matches(m.Groups[1].Value, @"--(\w+): (#[0-9a-f]{6})").Cast<Match>().ToDictionary(v => v.Groups[1].Value, v => Luminance(v.Groups[2].Value))).ToList();
        Assert.Equal(2, themes.Count);
        foreach (var theme in themes)
        {
            foreach (var (text, ground) in from text in new[] { "text", "soft", "good", "warn", "bad", "link" } from ground in new[] { "back", "head" } select (theme[text], theme[ground]))
            {
                Assert.True((Math.Max(text, ground) + 0.05) / (Math.Min(text, ground) + 0.05) >= 4.5);
            }
        }
    }

    [Fact]
    public void A_failure_has_zooms_words_the_advice_and_the_tracking_id()
    {
        var text = Parse(RunReport.Render(RunOf())).Value;
        Assert.Contains("Cannot add paid users.", text, StringComparison.Ordinal);
        Assert.Contains("Buy more.", text, StringComparison.Ordinal);
        Assert.Contains("WEB_1", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_plan_says_so() => Assert.Contains("There is nothing to do.", PlanPage.Render(new SyncPlan([]) { Rule = "Staff" }), StringComparison.Ordinal);

    private static SyncPlan PlanOf(string name) => new(
    [
        new PlannedChange(PlanAction.Update, "ann@example.com", name)
        {
            Current = new ScimUser { UserName = "ann@example.com", DisplayName = name },
            Changes = [new AttributeChange(ZoomAttributes.Department, name, "Research", oldIsKnown: true) { Cause = ChangeCause.ZoomChanged }],
        },
    ])
    { Rule = name, Account = "acme", Id = "1" };

    private static ProvisioningRun RunOf()
    {
        var plan = PlanOf("Ann");
        var error = new ScimSeatsException("Zoom.Seats.NoPaidLicence", "Cannot add paid users.") { RecommendedAction = "Buy more.", TrackingId = "WEB_1" };
        return new ProvisioningRun(plan, [new ChangeResult("ann@example.com", PlanAction.Update, ChangeOutcome.Failed, "Cannot add paid users.") { Error = error }]);
    }

    private static XElement Parse(string html) => XDocument.Parse(Regex.Replace(html.Replace("<!DOCTYPE html>", string.Empty), "(<(?:style|script)>)(.*?)(</(?:style|script)>)", "$1<![CDATA[$2]]>$3", RegexOptions.Singleline)).Root!;

    private static double Luminance(string colour)
    {
        double Part(int start)
        {
            var value = Convert.ToInt32(string.Concat(colour[start], colour[start + 1]), 16) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }
}
