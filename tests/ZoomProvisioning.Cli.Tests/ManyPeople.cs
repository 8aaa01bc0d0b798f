using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Engine;
using ZoomProvisioning.Plans;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A source of many people that changes from one generation to the next, and what Zoom and the journal must look like in the end.</summary>
/// <param name="count">How many people each generation has.</param>
internal sealed class ManyPeople(int count)
{
    public static async Task SetFaultsAsync(Dictionary<string, string> environment, string[] faults)
    {
        using var http = new HttpClient();
        using var body = new StringContent($"{{\"faults\":[{string.Join(',', faults)}]}}");
        using var reply = await http.PatchAsync(new Uri(new Uri(environment["ZOOM_SCIM_URI"]), "/_simulator/behaviour"), body);
        reply.EnsureSuccessStatusCode();
    }

    /// <summary>The people, of whom each generation changes a fifth, loses twenty, gains twenty, and renames ten.</summary>
    public void WriteSource(RuleScene scene, int generation) =>
        scene.People([.. Numbers(generation).Select(n => (n, NameOf(n, generation), DepartmentOf(n, generation)))]);

    private IEnumerable<int> Numbers(int generation) => Enumerable.Range(1 + (generation * 20), count);

    private static string NameOf(int number, int generation) => number % 100 == 7 ? $"user{number}.g{generation}" : $"user{number}";

    private static string DepartmentOf(int number, int generation) => (number + generation) % 10 == 0 ? "Night" : "Day";

    /// <summary>Every request has its outcome or was settled, once, and nobody has touched the journal.</summary>
    public static void AssertJournal(string folder, out int intents, out int settled)
    {
        var state = new StateFactory();
        var check = state.CheckJournal(folder);
        Assert.True(check.IsIntact, check.Problem);
        var entries = state.ReadJournal(folder).ToList();
        var answers = entries
            .Where(e => e.Kind == JournalKind.Settled || (e.Kind == JournalKind.Outcome && e.Outcome != ChangeOutcome.Unknown))
            .ToLookup(e => e.Answers);
        var asked = entries.Where(e => e.Kind == JournalKind.Intent).ToList();
        Assert.All(asked, intent => Assert.Single(answers[intent.Number]));
        intents = asked.Count;
        settled = entries.Count(e => e.Kind == JournalKind.Settled);
    }

    /// <summary>Everybody of the source is in Zoom once and as the source says; whoever left it is deactivated.</summary>
    public async Task AssertZoomAsync(Dictionary<string, string> environment, int generation)
    {
        using var http = new HttpClient();
        using var state = JsonDocument.Parse(await http.GetStringAsync(new Uri(new Uri(environment["ZOOM_SCIM_URI"]), "/_simulator/state")));
        const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        var users = state.RootElement.GetProperty("users").EnumerateArray()
            .Where(u => u.TryGetProperty(Enterprise, out var more) && more.TryGetProperty("employeeNumber", out _))
            .ToLookup(u => int.Parse(u.GetProperty(Enterprise).GetProperty("employeeNumber").GetString()!, CultureInfo.InvariantCulture));
        var wanted = Numbers(generation).ToHashSet();
        foreach (var number in wanted)
        {
            var user = Assert.Single(users[number]);
            Assert.Equal($"{NameOf(number, generation)}@example.com", user.GetProperty("userName").GetString());
            Assert.True(user.GetProperty("active").GetBoolean());
            Assert.Equal(DepartmentOf(number, generation), user.GetProperty(Enterprise).GetProperty("department").GetString());
            Assert.Equal(
                DepartmentOf(number, generation) == "Night",
                user.GetProperty("groups").EnumerateArray().Any(g => g.GetProperty("display").GetString() == "Night shift"));
        }

        foreach (var left in users.Where(u => !wanted.Contains(u.Key)))
        {
            Assert.False(Assert.Single(left).GetProperty("active").GetBoolean());
        }
    }

    public static async Task<Dictionary<string, string>> EnvironmentOf(Process simulator)
    {
        using var told = JsonDocument.Parse((await simulator.StandardOutput.ReadLineAsync())!);
        string Told(string name) => told.RootElement.GetProperty(name).GetString()!;
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ZOOM_ACCOUNT_ID"] = Told("accountId"),
            ["ZOOM_CLIENT_ID"] = Told("clientId"),
            ["ZOOM_CLIENT_SECRET"] = Told("clientSecret"),
            ["ZOOM_SCIM_URI"] = Told("scimUri"),
            ["ZOOM_TOKEN_URI"] = Told("tokenUri"),
        };
    }
}
