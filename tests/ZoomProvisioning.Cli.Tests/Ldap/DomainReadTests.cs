using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>Reading a real domain: who is found, in which shape, and who can be used.</summary>
[Collection(DomainTests.Name)]
public sealed class DomainReadTests(DomainController domain) : IDisposable
{
    private readonly DirectoryScene _scene = new(domain);

    public void Dispose() => _scene.Dispose();

    [DomainFact]
    public async Task Everybody_of_staff_is_read_in_pages_with_what_is_wrong_with_some()
    {
        var run = await _scene.RunAsync("plan", _scene.Rule(), "--simulate", "--json");

        var plan = DirectoryScene.Lines(run.Output).Single(l => l.GetProperty("type").GetString() == "plan");
        Assert.Equal("", run.Error);
        Assert.Equal((DomainPeople.Active, 2), (DirectoryScene.Count(run.Output, "Create"), run.Exit));
    }
}
