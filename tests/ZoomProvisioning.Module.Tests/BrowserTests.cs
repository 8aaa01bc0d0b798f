using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Reports;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The plan page and the report as a browser shows them.</summary>
public sealed class BrowserTests : IDisposable
{
    private const string Hostile = "<script>document.title = 'taken'</script>";

    private readonly string _folder = Directory.CreateTempSubdirectory("zoom-pages-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserFact]
    public async Task A_hostile_name_is_text_and_the_search_and_the_sort_work()
    {
        var names = new[] { "Zoë", Hostile, "Ann", "أحمد" };
        var plan = new SyncPlan([.. names.Select((name, i) => new PlannedChange(PlanAction.Create, $"user{i}@example.com", "not in Zoom") { Desired = new DesiredUser(new ScimUser { DisplayName = name }) })]) { Rule = "Staff" };
        foreach (var page in new[] { PlanPage.Render(plan), RunReport.Render(new ProvisioningRun(plan, [.. plan.Changes.Select(c => new ChangeResult(c.UserName, c.Action, ChangeOutcome.Done, c.Reason) { User = c.Desired!.Values })])) })
        {
            var file = Path.Combine(_folder, "page.html");
            await File.WriteAllTextAsync(file, page);
            var person = page.Contains("Zoom run", StringComparison.Ordinal) ? 2 : 1;
            var all = await DumpAsync($"file://{file}#sort={person}");
            Assert.DoesNotContain("<title>taken", all, StringComparison.Ordinal);
            Assert.Contains("&lt;script&gt;document.title", all, StringComparison.Ordinal);
            Assert.Contains("4 / 4", all, StringComparison.Ordinal);
            Assert.Contains("aria-sort=\"ascending\"", all, StringComparison.Ordinal);
            Assert.True(all.IndexOf(">Ann<", StringComparison.Ordinal) < all.IndexOf(">Zoë<", StringComparison.Ordinal));

            var found = await DumpAsync($"file://{file}#q=zo%C3%AB");
            Assert.Contains("1 / 4", found, StringComparison.Ordinal);
            Assert.Equal(3, Regex.Count(found, "<tr hidden"));
        }
    }

    private static async Task<string> DumpAsync(string address)
    {
        var (code, output, errors) = await ChildProcess.RunAsync(ChildProcess.Find("chromium")!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--virtual-time-budget=2000", "--dump-dom", address], TimeSpan.FromMinutes(2));
        Assert.True(code == 0, errors);
        return output;
    }
}
