using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>A person in a real domain, from the first day to the last and back; after each step a run, and what Zoom has then.</summary>
[Collection(DomainTests.Name)]
public sealed class LifeOfAPersonTests(DomainController domain) : IDisposable
{
    private const string Life = $"OU=Life,{DomainPeople.Domain}";

    private readonly DirectoryScene _scene = new(domain);

    public void Dispose() => _scene.Dispose();

    [DomainFact]
    public async Task Joins_marries_moves_changes_manager_is_disabled_comes_back_is_deleted_and_restored()
    {
        var rule = _scene.Rule($"\"base\": \"{Life}\",", "\"leavers\": { \"missingRuns\": 1 }, \"reactivate\": \"always\",");
        await domain.ChangeAsync(
            Unit("North") + Unit("South")
            + Person("Boss One", "North", "boss1", "One") + Person("Boss Two", "South", "boss2", "Two")
            + string.Concat(Enumerable.Range(1, 8).Select(i => Person($"Colleague {i}", "North", $"colleague{i}", $"Number{i}"))));

        await JoinsAsync(rule);
        await MarriesAsync(rule);
        await MovesAsync(rule);
        await IsDisabledAndComesBackAsync(rule);
        await IsDeletedAndRestoredAsync(rule);
    }

    private async Task JoinsAsync(string rule)
    {
        await domain.ChangeAsync(Person("Mia Maier", "North", "mia.maier", "Maier", $"manager: CN=Boss One,OU=North,{Life}\n"));
        await RunAsync(rule, "created", 11);
        // The manager was created in the same run, and is set in it or in the next.
        await _scene.RunAsync("sync", rule, "--simulate");
        var mia = User("mia.maier@example.com");
        Assert.Equal(
            ("Maier", true, "boss1@example.com"),
            (mia.GetProperty("name").GetProperty("familyName").GetString(), mia.GetProperty("active").GetBoolean(), ManagerOf(mia)));
    }

    private async Task MarriesAsync(string rule)
    {
        var id = User("mia.maier@example.com").GetProperty("id").GetString();
        await domain.ChangeAsync($"dn: CN=Mia Maier,OU=North,{Life}\nchangetype: modify\nreplace: sn\nsn: Huber\n-\nreplace: mail\nmail: "
            + "mia.huber@example.com\n-\nreplace: displayName\ndisplayName: Mia Huber\n-\n");
        await RunAsync(rule, "updated", 1);
        var mia = User("mia.huber@example.com");
        Assert.Equal((id, "Huber"), (mia.GetProperty("id").GetString(), mia.GetProperty("name").GetProperty("familyName").GetString()));
        Assert.DoesNotContain("mia.maier@example.com", Users().Keys);
    }

    private async Task MovesAsync(string rule)
    {
        await domain.ChangeAsync($"dn: CN=Mia Maier,OU=North,{Life}\nchangetype: modrdn\nnewrdn: CN=Mia Huber\ndeleteoldrdn: 1\nnewsuperior: "
            + $"OU=South,{Life}\n");
        await RunAsync(rule, "unchanged", 11);

        await domain.ChangeAsync($"dn: CN=Mia Huber,OU=South,{Life}\nchangetype: modify\nreplace: manager\nmanager: CN=Boss Two,OU=South,{Life}\n-\n");
        await RunAsync(rule, "updated", 1);
        Assert.Equal("boss2@example.com", ManagerOf(User("mia.huber@example.com")));
    }

    private async Task IsDisabledAndComesBackAsync(string rule)
    {
        await ControlAsync(546);
        await RunAsync(rule, "disabled", 1);
        Assert.False(User("mia.huber@example.com").GetProperty("active").GetBoolean());

        await ControlAsync(544);
        await RunAsync(rule, "reactivated", 1);
        Assert.True(User("mia.huber@example.com").GetProperty("active").GetBoolean());

        await ExpiresAsync(new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToFileTimeUtc());
        await RunAsync(rule, "disabled", 1);
        await ExpiresAsync(0);
        await RunAsync(rule, "reactivated", 1);
    }

    private async Task IsDeletedAndRestoredAsync(string rule)
    {
        var id = User("mia.huber@example.com").GetProperty("id").GetString();
        var guid = await domain.GuidOfAsync($"CN=Mia Huber,OU=South,{Life}");
        await domain.ChangeAsync($"dn: CN=Mia Huber,OU=South,{Life}\nchangetype: delete\n");
        await RunAsync(rule, "disabled", 1);
        Assert.False(User("mia.huber@example.com").GetProperty("active").GetBoolean());

        await domain.ChangeAsync(
            $"dn: <GUID={guid}>\nchangetype: modify\ndelete: isDeleted\n-\nreplace: distinguishedName\ndistinguishedName: CN=Mia Huber,OU=South,{Life}\n-\n",
            "--show-deleted");
        // A tombstone has lost most of what it had; a recycle bin gives it back.
        await domain.ChangeAsync($"dn: CN=Mia Huber,OU=South,{Life}\nchangetype: modify\nreplace: mail\nmail: mia.huber@example.com\n-\nreplace: "
            + "givenName\ngivenName: Mia\n-\nreplace: sn\nsn: Huber\n-\nreplace: displayName\ndisplayName: Mia Huber\n-\nreplace: "
            + "userAccountControl\nuserAccountControl: 544\n-\n");
        await RunAsync(rule, "reactivated", 1);
        var mia = User("mia.huber@example.com");
        Assert.Equal((id, true), (mia.GetProperty("id").GetString(), mia.GetProperty("active").GetBoolean()));
        Assert.All(Enumerable.Range(1, 8), i => Assert.True(User($"colleague{i}@example.com").GetProperty("active").GetBoolean()));
    }

    private async Task RunAsync(string rule, string counted, int number)
    {
        var run = await _scene.RunAsync("sync", rule, "--simulate", "--json");
        var summary = DirectoryScene.Lines(run.Output)[^1];
        Assert.True(
            run.Exit == 0 && summary.GetProperty(counted).GetInt32() == number,
            $"{counted} {number}, exit {run.Exit}: "
                + $"{summary}\n{run.Error}\n{string.Join('\n', run.Output.Split('\n').Where(l => !l.Contains("NoOp", StringComparison.Ordinal)))}");
    }

    private Task ControlAsync(int control) =>
        domain.ChangeAsync($"dn: CN=Mia Huber,OU=South,{Life}\nchangetype: modify\nreplace: userAccountControl\nuserAccountControl: {control}\n-\n");

    private Task ExpiresAsync(long when) =>
        domain.ChangeAsync($"dn: CN=Mia Huber,OU=South,{Life}\nchangetype: modify\nreplace: accountExpires\naccountExpires: {when}\n-\n");

    private Dictionary<string, JsonElement> Users()
    {
        var file = Directory.GetFiles(_scene.File_("state"), "simulator.json", SearchOption.AllDirectories).Single();
        return JsonDocument.Parse(File.ReadAllText(file)).RootElement
            .GetProperty("users")
            .EnumerateArray()
            .ToDictionary(u => u.GetProperty("userName").GetString()!, StringComparer.Ordinal);
    }

    private JsonElement User(string name) => Users()[name];

    private static string? ManagerOf(JsonElement user) => user.EnumerateObject().Where(p => p.Name.Contains("enterprise", StringComparison.Ordinal))
        .Select(p => p.Value.TryGetProperty("manager", out var manager) ? manager.ToString() : null).FirstOrDefault() is { } text
            ? System.Text.RegularExpressions.Regex.Match(text, @"[\w.]+@example\.com").Value
            : null;

    private static string Unit(string name) => $"dn: OU={name},{Life}\nchangetype: add\nobjectClass: organizationalUnit\n\n";

    private static string Person(string name, string unit, string login, string family, string more = "") =>
        $"dn: CN={name},OU={unit},{Life}\nchangetype: add\nobjectClass: user\nsAMAccountName: {login}\nmail: {login}@example.com\ngivenName: "
            + $"{name.Split(' ')[0]}\nsn: {family}\ndisplayName: {name}\nuserAccountControl: 544\n{more}\n";
}
