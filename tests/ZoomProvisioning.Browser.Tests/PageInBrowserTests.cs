using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;
using Xunit.Abstractions;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Browser.Tests;

/// <summary>The plan page and the run report as a reader has them: opened from a file, in both colour schemes, with and without a script.</summary>
public class PageInBrowserTests : IClassFixture<Chromium>
{
    private static readonly PageOptions Utc = new() { TimeZone = TimeZoneInfo.Utc };

    private readonly Chromium _browser;
    private readonly ITestOutputHelper _output;

    public PageInBrowserTests(Chromium browser, ITestOutputHelper output)
    {
        _browser = browser;
        _output = output;
    }

    [ChromiumTheory]
    [InlineData("plan", "light", 1280)]
    [InlineData("plan", "dark", 1280)]
    [InlineData("plan", "light", 400)]
    [InlineData("run", "light", 1280)]
    [InlineData("run", "dark", 1280)]
    [InlineData("run", "dark", 400)]
    [InlineData("long-plan", "light", 1280)]
    [InlineData("long-plan", "dark", 400)]
    [InlineData("empty-plan", "light", 1280)]
    [InlineData("empty-run", "dark", 1280)]
    public async Task A_page_opens_without_a_request_a_foreign_script_or_a_complaint(string name, string scheme, int width)
    {
        var file = await FileAsync(name);
        await using var tab = await _browser.OpenAsync();
        await tab.LookAsync(width, 900, scheme);
        await tab.GoToAsync(file);
        await tab.PictureAsync($"{name}-{scheme}-{width}");

        Assert.Equal([new Uri(file).AbsoluteUri], tab.Requests);
        Assert.Empty(tab.Complaints);
        Assert.DoesNotContain("owned", await tab.TextAsync("document.title"), StringComparison.Ordinal);
        Assert.Equal("1", await tab.TextAsync("document.querySelectorAll('h1').length"));
        Assert.Equal("0", await tab.TextAsync("document.querySelectorAll('main script, main img, main [onmouseover]').length"));
        Assert.True(await Luminance(tab) is var light && scheme == "light" ? light > 0.8 : light < 0.1);
        Assert.Equal("true", await tab.TextAsync("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal(string.Empty, await tab.TextAsync(Unreadable));
    }

    [ChromiumFact]
    public async Task Searching_finds_people_in_whatever_way_their_name_is_written()
    {
        await using var tab = await PageAsync("plan");

        await tab.ClickAsync("#search");
        await tab.SearchAsync("angstrom ZOE");
        Assert.Equal("1 of 29 rows", await tab.TextAsync("document.getElementById('found').textContent"));
        Assert.Equal("user4@example.com", await tab.TextAsync($"{Visible}.map(r => r.querySelector('.mail').textContent).join()"));

        await tab.SearchAsync("محمد");
        Assert.Equal(
            "user1@example.com",
            await tab.TextAsync($"{Visible}.filter(r => r.dataset.action === 'Create').map(r => r.querySelector('.mail').textContent)[0]"));

        await tab.SearchAsync("no such person");
        Assert.Equal("0 of 29 rows", await tab.TextAsync("document.getElementById('found').textContent"));
        Assert.Equal("0", await tab.TextAsync($"{Visible}.length"));

        await tab.SearchAsync("example.com");
        await tab.SeeAsync("document.getElementById('action').focus()");
        await tab.PressAsync("ArrowDown", 40);
        Assert.Equal("Delete", await tab.TextAsync("document.getElementById('action').value"));
        Assert.Equal("gone@example.com", await tab.TextAsync($"{Visible}.map(r => r.querySelector('.mail').textContent).join()"));
    }

    [ChromiumFact]
    public async Task Sorting_works_by_mouse_and_by_keyboard_and_is_told()
    {
        await using var tab = await PageAsync("plan");
        const string Names = "[...document.querySelectorAll('#people tbody tr')].map(r => r.querySelector('.name').textContent)";
        const string Order = "[...document.querySelectorAll('#people thead th')].map(h => h.getAttribute('aria-sort')).join()";

        Assert.Equal("none,none,,none", await tab.TextAsync(Order));
        await tab.ClickAsync("#people thead th button");
        Assert.Equal("ascending,none,,none", await tab.TextAsync(Order));
        var ascending = (await tab.SeeAsync(Names))!.AsArray().Select(n => n!.GetValue<string>()).ToList();
        Assert.True(ascending.IndexOf("Ada Lovelace") < ascending.IndexOf("Barbara Liskov") && ascending.IndexOf("Left One") < ascending.IndexOf("The Owner"));

        await tab.SeeAsync("document.querySelector('#people thead th button').focus()");
        await tab.PressAsync("Enter", 13, "\r");
        Assert.Equal("descending,none,,none", await tab.TextAsync(Order));
        Assert.Equal(ascending.AsEnumerable().Reverse(), (await tab.SeeAsync(Names))!.AsArray().Select(n => n!.GetValue<string>()));

        // Actions go by what is lost, not by the alphabet.
        await tab.PressAsync("Tab", 9);
        await tab.PressAsync(" ", 32, " ");
        Assert.Equal("none,ascending,,none", await tab.TextAsync(Order));
        Assert.Equal(
            "Delete,Disable,Disable,Create",
            await tab.TextAsync("[...document.querySelectorAll('#people tbody tr')].slice(0, 4).map(r => r.dataset.action).join()"));
    }

    [ChromiumTheory]
    [InlineData("plan")]
    [InlineData("run")]
    public async Task The_keyboard_reaches_every_control_and_shows_where_it_is(string name)
    {
        await using var tab = await PageAsync(name);
        var controls = int.Parse(await tab.TextAsync("document.querySelectorAll('a, button, input, select, pre').length"), CultureInfo.InvariantCulture);

        var seen = 0;
        for (var i = 0; i < controls; i++)
        {
            await tab.PressAsync("Tab", 9);
            seen += await tab.TextAsync("(() => { const e = document.activeElement; const s = getComputedStyle(e), r = e.getBoundingClientRect(); "
                + "const first = !e.reached; e.reached = true; return e !== document.body && first && s.outlineStyle === 'solid' && "
                + "parseFloat(s.outlineWidth) >= 2 && r.left >= 0 && r.top >= 0 && r.bottom <= innerHeight + 1; })()") == "true"
                ? 1
                : 0;
        }

        Assert.Equal(controls, seen);
    }

    [ChromiumTheory]
    [InlineData("plan", 1280, 29)]
    [InlineData("plan", 400, 29)]
    [InlineData("long-plan", 1280, 1029)]
    public async Task A_screen_reader_is_told_of_a_table_at_every_width_and_length(string name, int width, int rows)
    {
        await using var tab = await PageAsync(name);
        await tab.LookAsync(width, 900, "light");
        if (name == "long-plan")
        {
            await tab.ClickAsync("#whole");
        }

        var nodes = (await tab.SendAsync("Accessibility.getFullAXTree"))["nodes"]!.AsArray()
            .Where(n => n!["ignored"]?.GetValue<bool>() != true)
            .Select(n => (Role: n!["role"]!["value"]!.GetValue<string>(), Name: n["name"]?["value"]?.ToString() ?? string.Empty))
            .ToList();
        Assert.Contains(
            nodes,
            n => n.Role == "table" && n.Name.StartsWith(rows.ToString("N0", CultureInfo.CurrentCulture) + " people", StringComparison.Ordinal));
        Assert.Equal(4, nodes.Count(n => n.Role == "columnheader"));
        Assert.Equal(rows, nodes.Count(n => n.Role == "rowheader"));
        Assert.Contains(nodes, n => n.Role == "button" && n.Name == "Person");
        Assert.Contains(nodes, n => n.Role is "searchbox" && n.Name == "Search");
    }

    [ChromiumFact]
    public async Task Paper_gets_every_row_in_light_and_no_control()
    {
        await using var tab = await PageAsync("plan", "dark");
        await tab.ClickAsync("#search");
        await tab.SearchAsync("lovelace");
        await tab.LookAsync(1280, 900, "dark", "print");

        Assert.Equal("29", await tab.TextAsync("[...document.querySelectorAll('tbody tr')].filter(r => r.getClientRects().length).length"));
        Assert.Equal("0", await tab.TextAsync("[...document.querySelectorAll('.tools, nav, .skip')].filter(e => e.getClientRects().length).length"));
        // Where a page repeats the headings of a table, Chromium leaves out buttons.
        Assert.Equal("contents", await tab.TextAsync("[...new Set([...document.querySelectorAll('th button')].map(b => getComputedStyle(b).display))].join()"));
        Assert.True(await Luminance(tab) > 0.8);
        Assert.Equal(string.Empty, await tab.TextAsync(Unreadable));
        Assert.Equal("3", await tab.TextAsync("[...document.querySelectorAll('#sign-off input')].filter(e => e.getClientRects().length).length"));

        var pdf = Encoding.Latin1.GetString(await tab.PrintAsync("plan"));
        Assert.StartsWith("%PDF", pdf, StringComparison.Ordinal);
        Assert.True(Regex.Count(pdf, @"/Type\s*/Page\b") > 1);
    }

    [ChromiumFact]
    public async Task Without_a_script_the_page_is_plain_and_complete()
    {
        var file = await FileAsync("run");
        await using var tab = await _browser.OpenAsync();
        await tab.SendAsync("Emulation.setScriptExecutionDisabled", new JsonObject { ["value"] = true });
        await tab.GoToAsync(file);

        Assert.Equal("none", await tab.TextAsync("getComputedStyle(document.getElementById('tools')).display"));
        Assert.Equal("0", await tab.TextAsync("document.querySelectorAll('button').length"));
        Assert.Equal("0", await tab.TextAsync("[...document.querySelectorAll('tbody tr')].filter(r => !r.getClientRects().length).length"));
    }

    [ChromiumFact]
    public async Task Right_to_left_values_do_not_turn_what_is_around_them()
    {
        await using var tab = await PageAsync("plan");

        // Old stands left of new, whatever the values are written in.
        Assert.Equal("true", await tab.TextAsync("""
            (() => {
              const row = [...document.querySelectorAll('tbody tr')].find(r => r.textContent.includes('leila@'));
              const x = s => row.querySelector(s).getBoundingClientRect();
              return x('b').right < x('del').left && x('del').right < x('ins').left;
            })()
            """));
        Assert.Equal("isolate", await tab.TextAsync("[...new Set([...document.querySelectorAll('bdi')].map(e => getComputedStyle(e).unicodeBidi))].join()"));
        Assert.Equal(
            "rtl",
            await tab.TextAsync("getComputedStyle([...document.querySelectorAll('bdi')].find(e => e.textContent.startsWith('\\u05e9'))).direction"));
    }

    [ChromiumFact]
    public async Task A_plan_of_twenty_thousand_people_opens_is_searched_and_sorted()
    {
        var file = await Files.WriteAsync("big.html", PlanPage.Render(SampleReports.Plan(more: 20_000), Utc));
        await using var tab = await _browser.OpenAsync();
        await tab.LookAsync(1280, 900, "light");

        var worked = await tab.WorkedAsync();
        await tab.GoToAsync(file);
        await ToldAsync("opened");
        await tab.ClickAsync("#search");
        await ToldAsync("clicked");
        await tab.SearchAsync("number 19999");
        await ToldAsync("searched");
        Assert.Equal("person19999@example.com", await tab.TextAsync($"{Visible}.map(r => r.querySelector('.mail').textContent).join()"));
        await tab.SearchAsync("example.com");
        await ToldAsync("shown again");
        await tab.ClickAsync("#people thead th button");
        await ToldAsync("sorted");
        await tab.SeeAsync("scrollTo(0, 40000)");
        await tab.PictureAsync("big-scrolled", wholePage: false);
        Assert.Empty(tab.Complaints);

        async Task ToldAsync(string what)
        {
            await tab.SeeAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(0))))");
            var now = await tab.WorkedAsync();
            _output.WriteLine($"{what}: {Files.Number(now - worked)} s of processor time");
            Assert.True(now - worked < 8, what);
            worked = now;
        }
    }

    private const string Visible = "[...document.querySelectorAll('tbody tr')].filter(r => r.getClientRects().length)";

    /// <summary>The texts whose colour, as the browser computed it, is too close to what is behind them.</summary>
    private const string Unreadable = """
        (() => {
          const channels = c => c.match(/[\d.]+/g).map(Number);
          const linear = v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
          const luminance = c => channels(c).slice(0, 3).map(v => linear(v / 255)).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => {
            for (; e; e = e.parentElement) {
              const c = getComputedStyle(e).backgroundColor;
              if (!/, 0\)$|transparent/.test(c)) { return c; }
            }
            return 'rgb(255, 255, 255)';
          };
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const bad = new Set();
          while (walker.nextNode()) {
            const e = walker.currentNode.parentElement;
            if (!walker.currentNode.data.trim() || !e.getClientRects().length || e.closest('script, style')) { continue; }
            const a = luminance(getComputedStyle(e).color), b = luminance(behind(e));
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) { bad.add(`${e.className || e.localName} ${ratio.toFixed(2)}`); }
          }
          return [...bad].join('; ');
        })()
        """;

    private static async Task<double> Luminance(Tab tab)
    {
        var colour = await tab.TextAsync("getComputedStyle(document.documentElement).backgroundColor");
        var channels = Regex.Matches(colour, @"\d+").Select(m => int.Parse(m.Value, CultureInfo.InvariantCulture)).ToArray();
        return channels.Take(3).Average() / 255;
    }

    private async Task<Tab> PageAsync(string name, string scheme = "light")
    {
        var file = await FileAsync(name);
        var tab = await _browser.OpenAsync();
        await tab.LookAsync(1280, 900, scheme);
        await tab.GoToAsync(file);
        return tab;
    }

    private static Task<string> FileAsync(string name) => Files.WriteAsync(name + ".html", name switch
    {
        "plan" => PlanPage.Render(SampleReports.Plan(), Utc),
        "run" => RunReport.Render(SampleReports.Run(), Utc),
        "long-plan" => PlanPage.Render(SampleReports.Plan(more: 1000), Utc),
        "empty-plan" => PlanPage.Render(SampleReports.EmptyPlan(3), Utc),
        "empty-run" => RunReport.Render(SampleReports.EmptyRun(3), Utc),
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    });
}
