using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>
/// What happens to people's lists: somebody saves them in Excel, renames a column, sorts one, a job is killed. Whatever it is,
/// nobody loses the account, the name to sign in with or the licence by it, and no run over such a list calls itself a success.
/// </summary>
public partial class PlausibleMistakeTests
{
    private const string ByNumber = "\"anchor\": \"EmpId\",";
    private const string ByAddress = "";

    private static readonly (string Name, string Rule, Action<Sheet> Spoil, int Exit, string Says)[] Mistakes =
    [
        ("zeros lost", ByNumber, s => s.Column("EmpId", (_, v) => v.TrimStart('0')), 4, "Whether this is still the same person has to be approved"),
        ("numbers became decimals", ByNumber, s => s.Column("EmpId", (_, v) => v + ".0"), 4, "Whether this is still the same person has to be approved"),
        ("numbers became scientific", ByNumber, s => s.Column("EmpId", (_, _) => "1.00E+05"), 3, "is a number that a spreadsheet has shortened"),
        ("one new number", ByNumber, s => s.Cell(5, "EmpId", "90001"), 4, "Whether this is still the same person has to be approved"),
        ("numbers sorted alone", ByNumber, s => s.Shift("EmpId"), 3, "look at (blocked)"),
        ("addresses sorted alone", ByNumber, s => s.Shift("UserName"), 3, "look at (blocked)"),
        ("number column emptied", ByNumber, s => s.Column("EmpId", (_, _) => ""), 4, "'EmpId'"),
        ("number column renamed", ByNumber, s => s.Rename("EmpId", "Personnel no"), 4, "'EmpId'"),
        (
            "two companies count from one",
            ByNumber,
            s => s.AddAll(r => r["UserName"] = r["UserName"].Replace("example.com", "contoso.com", StringComparison.Ordinal)),
            3,
            "look at (blocked)"),
        ("domain replaced", ByNumber, s => s.Column("UserName", (_, v) => v.Replace("example.com", "example.org", StringComparison.Ordinal)), 4, "held"),
        ("addresses without domain", ByNumber, s => s.Column("UserName", (_, v) => v.Split('@')[0]), 3, "UserName"),
        ("all addresses one", ByNumber, s => s.Column("UserName", (_, _) => "it@example.com"), 3, "it@example.com"),
        ("cut in a line", ByAddress, s => s.Cut(text => text[..^12]), 3, "ends in the middle of a line"),
        ("cut after a line", ByAddress, s => s.Cut(text => text[..(text.IndexOf("user31@", StringComparison.Ordinal) - 6)]), 4, "held"),
        ("heading only", ByAddress, s => s.Rows.Clear(), 4, "no approval lets anybody be removed"),
        (
            "heading lost",
            ByAddress,
            s => s.Cut(text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..]),
            3,
            "do not say for certain who they are about"),
        ("a page instead of a file", ByAddress, s => s.Cut(_ => "<!DOCTYPE html>\n<html><body>Sign in to continue</body></html>\n"), 1, "is XML or a web page"),
        ("state column renamed", "\"attributes\": { \"Active\": \"Active\" },", s => s.Rename("Active", "Employment status"), 4, "'Active'"),
        ("state column emptied", ByAddress, s => s.Column("Active", (_, _) => ""), 4, "Active"),
        ("state column inverted", ByAddress, s => s.Column("Active", (_, v) => v == "True" ? "False" : "True"), 4, "held"),
        ("state in words nobody knows", ByAddress, s => s.Column("Active", (i, _) => i % 2 == 0 ? "Gruen" : "Rot"), 3, "Active"),
        ("state a formula's error", ByAddress, s => s.Column("Active", (_, _) => "#N/A"), 3, "does not say for certain whether the person may sign in"),
        ("everybody a basic user", ByAddress, s => s.Column("UserType", (_, _) => "Basic"), 4, "held"),
        ("department a formula's error", ByAddress, s => s.Column("Department", (_, _) => "#REF!"), 4, "'#REF!' in the column 'Department'"),
        ("names a formula's error", ByAddress, s => s.Column("LastName", (_, _) => "#NAME?"), 4, "'#NAME?' in the column 'LastName'"),
        ("every row twice, one inactive", ByAddress, s => s.AddAll(r => r["Active"] = "False"), 3, "2 records of the source have this user name"),
        ("one row twice", ByAddress, s => s.Rows.Add(new(s.Rows[4]) { ["Active"] = "False" }), 3, "2 records of the source have this user name"),
        ("semicolons", ByAddress, s => s.Cut(text => text.Replace(',', ';') + "x;y\n"), 3, ""),
    ];

    public static TheoryData<string> Names => [.. Mistakes.Concat(Brothers).Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Nobody_is_hurt_and_the_run_does_not_call_itself_done(string name)
    {
        var (_, rule, spoil, exit, says) = Mistakes.Concat(Brothers).Single(m => m.Name == name);
        using var scene = new RuleScene(rule, own: true);
        var sheet = new Sheet();
        await File.WriteAllTextAsync(scene.Source, sheet.ToString());
        var first = await scene.SimulateAsync("sync");
        Assert.True(first.Exit == 0, first.Output + first.Error);
        var before = await ZoomAsync(scene);

        spoil(sheet);
        await File.WriteAllTextAsync(scene.Source, sheet.ToString());
        for (var run = 0; run < 2; run++)
        {
            var (code, output, error) = await scene.SimulateAsync("sync");
            var said = output + error;
            var after = await ZoomAsync(scene);
            var hurt = before.Where(b => !after.TryGetValue(b.Key, out var now) || now != b.Value)
                .Select(b => $"{b.Value} is {after.GetValueOrDefault(b.Key)}")
                .ToList();
            Assert.True(hurt.Count == 0, $"{hurt.Count} hurt: {string.Join("; ", hurt.Take(3))}\n{said}");
            Assert.True(code == exit, $"code {code}\n{said}");
            Assert.True(said.Contains(says, StringComparison.Ordinal), $"'{says}' is not said\n{said}");
        }
    }

    /// <summary>What each user is to lose by no mistake, by Zoom id.</summary>
    private static async Task<Dictionary<string, string>> ZoomAsync(RuleScene scene)
    {
        using var state = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(scene.RuleFolder, "simulator.json")));
        return state.RootElement.GetProperty("users").EnumerateArray().ToDictionary(
            u => u.GetProperty("id").GetString()!,
            u => $"{u.GetProperty("userName")} {u.GetProperty("active")} {u.GetProperty("userType")} {u.GetProperty("name").GetProperty("familyName")}",
            StringComparer.Ordinal);
    }
}
