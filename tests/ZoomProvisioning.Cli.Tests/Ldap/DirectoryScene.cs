using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>A folder with a rule that reads a directory, and what its runs keep.</summary>
internal sealed class DirectoryScene(DomainController domain) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("zoomprov-directory-");

    public string File_(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>Writes a rule over the domain.</summary>
    /// <param name="ldap">Settings of the directory beside server, bind and certificate, with a comma at the end.</param>
    /// <param name="more">Settings of the rule, with a comma at the end.</param>
    /// <param name="servers">The servers; null for the domain controller.</param>
    public string Rule(string ldap = $"\"base\": \"OU=Staff,{DomainPeople.Domain}\",", string more = "", string? servers = null)
    {
        var path = File_("rule.json");
        File.WriteAllText(path, $$"""
            {
              "name": "Domain",
              {{more}}
              "requireMail": true,
              "attributes": { "Title": null, "License": { "constant": "Basic", "apply": "onCreate" }, "Phone": null },
              "source": {
                "ldap": {
                  {{ldap}}
                  "servers": [{{servers ?? $"\"ldaps://{DomainController.Address}\""}}],
                  "certificate": "{{domain.Certificate}}",
                  "bind": { "user": "{{DomainController.Reader}}", "passwordFile": "{{domain.PasswordFile}}" }
                }
              },
              "guard": {{RuleScene.OpenGuard}}
            }
            """);
        return path;
    }

    /// <summary>Runs a command with a rule and a state of its own.</summary>
    public Task<(int Exit, string Output, string Error)> RunAsync(string command, string rule, params string[] more) =>
        RuleScene.RunAsync([command, "--rule", rule, "--state-path", File_("state"), .. more]);

    /// <summary>The lines of JSON that a command wrote.</summary>
    public static List<JsonElement> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>How many entries of a plan are of a kind.</summary>
    public static int Count(string output, string action) => Lines(output).Count(l => l.TryGetProperty("action", out var kind) && kind.GetString() == action);

    public void Dispose() => _folder.Delete(recursive: true);
}
