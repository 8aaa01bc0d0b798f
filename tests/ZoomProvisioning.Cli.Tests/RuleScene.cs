using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests;

/// <summary>A folder with a rule, a source, and what runs keep there.</summary>
internal sealed class RuleScene : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-test-");

    private const string SmallGuard = """{ "maxDisable": 2, "maxDisablePercent": 50, "maxSourceShrinkPercent": 60 }""";

    /// <summary>A guard that lets go whatever is planned.</summary>
    public const string OpenGuard = """
        { "maxDisable": 1000000, "maxDisablePercent": 100, "limits": {
            "groupLeave": { "max": 1000000, "maxPercent": 100 }, "rename": { "max": 1000000, "maxPercent": 100 },
            "reactivate": { "max": 1000000, "maxPercent": 100 }, "clear": { "max": 1000000, "maxPercent": 100 } } }
        """;

    /// <summary>Writes the rule.</summary>
    /// <param name="more">Settings beside the usual ones, with a comma at the end.</param>
    /// <param name="guard">The guard's settings.</param>
    /// <param name="own">Whether the rule has those settings only, and the usual guard.</param>
    public RuleScene(string more = "", string guard = SmallGuard, bool own = false)
    {
        if (own)
        {
            File.WriteAllText(Rule, $$"""{ {{more}} "name": "Staff" }""");
            return;
        }

        File.WriteAllText(Rule, $$"""
            {
              "name": "Staff",
              "anchor": "EmployeeNumber",
              "scope": "Department ne 'Facilities'",
              "attributes": {
                "Title": { "property": "Title", "writeOnly": true }
              },
              "capabilities": { "deprovision": false },
              {{more}}
              "guard": {{guard}}
            }
            """);
    }

    public string Rule => File_("staff.json");

    public string Source => File_("people.csv");

    public string State => File_("state");

    /// <summary>The folder of the rule in the one account that was worked on.</summary>
    public string RuleFolder => Directory.GetDirectories(Directory.GetDirectories(State).Single()).Single();

    public string File_(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes the source: number, name and department of each person.</summary>
    public void People(params (int Number, string Name, string Department)[] people) => File.WriteAllLines(
        Source,
        people.Select(p => $"{p.Name}@example.com,{p.Name},Tester,{p.Department},Engineer,{p.Number}")
            .Prepend("UserName,FirstName,LastName,Department,Title,EmployeeNumber"));

    /// <summary>Runs a command on the simulated account that is kept with the rule.</summary>
    public Task<(int Exit, string Output, string Error)> SimulateAsync(string command, params string[] more) =>
        RunAsync([command, .. command == "apply" ? (string[])[] : ["--source", Source], "--rule", Rule, "--state-path", State, "--simulate", .. more]);

    /// <summary>Runs a command in this process.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await Program.CreateRoot().Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>The id of the plan that a run says how to approve.</summary>
    public static string PlanIdIn(string output) => Regex.Match(output, "--approve ([0-9a-f]{12})\\.").Groups[1].Value;

    /// <summary>How a process finds a served account.</summary>
    public static Dictionary<string, string> EnvironmentOf(ServedZoom served) => new(StringComparer.Ordinal)
    {
        ["ZOOM_ACCOUNT_ID"] = served.Zoom.AccountId,
        ["ZOOM_CLIENT_ID"] = served.Zoom.ClientId,
        ["ZOOM_CLIENT_SECRET"] = served.Zoom.ClientSecret,
        ["ZOOM_SCIM_URI"] = served.Host.ScimUri.ToString(),
        ["ZOOM_TOKEN_URI"] = served.Host.TokenUri.ToString(),
    };

    public void Dispose() => _folder.Delete(recursive: true);
}
