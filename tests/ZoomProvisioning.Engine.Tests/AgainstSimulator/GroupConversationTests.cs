using System;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator;

/// <summary>Groups, with the embedded simulator as the far end.</summary>
public sealed class GroupConversationTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly ISimulator _zoom;

    private IScimService _service;

    public GroupConversationTests()
    {
        _zoom = new SimulatorFactory().Create(new SimulatorOptions { SeedUsers = 700, Clock = _clock });
        _zoom.PatchBehaviour("""{"ids":"hostile"}""");
        _service = Connect();
    }

    public void Dispose()
    {
        _service.Dispose();
        _zoom.Dispose();
    }

    [Theory]
    [InlineData("Sales")]
    [InlineData("O'Brien & \"Söhne\"")]
    [InlineData("日本 🦊 \\ / 100%")]
    public async Task The_life_of_a_group(string word)
    {
        var name = "New " + word;
        var group = await Run(() => _service.Groups.CreateAsync(name, "new@example.com", ScimCall.None));
        Assert.Equal((name, "new@example.com"), (group.DisplayName, group.EmailAlias));
        Assert.Equal(group.Id, (await Run(() => _service.Groups.ListAsync(1, 100, ScimFilter.DisplayName(name), ScimCall.None))).Resources.Single().Id);

        var taken = await Assert.ThrowsAsync<ScimConflictException>(() => Run(() => _service.Groups.CreateAsync(name, null, ScimCall.None)));
        Assert.Equal("Zoom.Group.AlreadyExists", taken.ErrorId);

        await Run(() => _service.Groups.RenameAsync(group.Id!, name + " 2", ScimCall.None));
        await Run(() => _service.Groups.SetEmailAliasAsync(group.Id!, "two@example.com", ScimCall.None));
        var read = await Run(() => _service.Groups.GetAsync(group.Id!, ScimCall.None));
        Assert.Equal((name + " 2", "two@example.com"), (read.DisplayName, read.EmailAlias));

        await Run(() => _service.Groups.DeleteAsync(group.Id!, ScimCall.None));
        var gone = await Assert.ThrowsAsync<ScimNotFoundException>(() => Run(() => _service.Groups.GetAsync(group.Id!, ScimCall.None)));
        Assert.Equal("Zoom.Group.NotFound", gone.ErrorId);
    }

    [Theory]
    [InlineData("both")]
    [InlineData("unquoted-only")]
    [InlineData("quoted-only")]
    public async Task Either_spelling_of_a_filter_finds_the_group(string quotes)
    {
        _zoom.PatchBehaviour($$"""{"filter_quotes":"{{quotes}}"}""");
        var group = await Run(() => _service.Groups.CreateAsync("Sales of the North", null, ScimCall.None));
        Assert.Equal(
            group.Id,
            (await Run(() => _service.Groups.ListAsync(1, 100, ScimFilter.DisplayName("Sales of the North"), ScimCall.None))).Resources.Single().Id);
    }

    [Theory]
    [InlineData("drop", true)]
    [InlineData("drop", false)]
    [InlineData("html", true)]
    [InlineData("html", false)]
    [InlineData("truncate", true)]
    public async Task A_lost_answer_makes_neither_two_groups_nor_none(string kind, bool carriedOut)
    {
        _zoom.PatchBehaviour($$"""{"faults":[{"kind":"{{kind}}","count":1"""
            + $$""","method":"POST","path":"/scim2/Groups","when":"{{(carriedOut ? "after" : "before")}}"}]}""");
        var group = await Run(() => _service.Groups.CreateAsync("Lost", null, ScimCall.None));
        var all = await Run(() => _service.Groups.ListAsync(1, 100, null, ScimCall.None));
        Assert.Equal(group.Id, all.Resources.Single(g => g.DisplayName == "Lost").Id);
    }

    [Fact]
    public async Task Members_come_and_go_in_pieces_of_thirty_and_are_read_by_the_v2_API()
    {
        _zoom.PatchBehaviour("""{"scopes":"scim2:admin group:read:list_members:admin"}""");
        var group = await Run(() => _service.Groups.CreateAsync("Team", null, ScimCall.None));
        var users = (await Run(() => _service.Users.ListAsync(1, 100, null, ScimCall.None))).Resources.Select(u => u.Id!).ToArray();

        // The token in hand is of before.
        _service.Dispose();
        _service = Connect();
        await Run(() => _service.Groups.AddMembersAsync(group.Id!, users.Take(65).ToArray(), ScimCall.None));
        Assert.Equal(users.Take(65).OrderBy(id => id, StringComparer.Ordinal), await MembersAsync(group));
        await Run(() => _service.Groups.RemoveMembersAsync(group.Id!, users.Skip(60).ToArray(), ScimCall.None));
        Assert.Equal(users.Take(60).OrderBy(id => id, StringComparer.Ordinal), await MembersAsync(group));
        Assert.Equal(["PATCH", "PATCH", "PATCH", "GET", "PATCH", "PATCH", "GET"], Sent(group.Id!));
    }

    [Fact]
    public async Task A_large_group_is_read_to_its_end()
    {
        _zoom.PatchBehaviour("""{"scopes":"scim2 group:read:admin"}""");
        var group = await Run(() => _service.Groups.CreateAsync("Large", null, ScimCall.None));
        for (var start = 1; start <= 701; start += 100)
        {
            var first = start;
            var page = await Run(() => _service.Users.ListAsync(first, 100, null, ScimCall.None));
            await Run(() => _service.Groups.AddMembersAsync(group.Id!, page.Resources.Select(u => u.Id!).ToArray(), ScimCall.None));
        }

        _zoom.ClearRequests();
        var members = await MembersAsync(group);
        Assert.Equal(702, members.Length);
        Assert.Equal(members.Distinct(), members);
        Assert.Equal(["GET", "GET", "GET"], Sent(group.Id!));
    }

    [Fact]
    public async Task Without_the_scope_or_the_API_the_error_says_so()
    {
        var everyone = (await Run(() => _service.Groups.ListAsync(1, 1, null, ScimCall.None))).Resources.Single();
        var scope = await Assert.ThrowsAsync<ScimPermissionException>(() => Run(() => _service.Groups.ListMembersAsync(everyone.Id!, ScimCall.None)));
        Assert.Equal("Zoom.Permission.MembersScopeMissing", scope.ErrorId);

        _zoom.PatchBehaviour("""{"v2_group_members":"off"}""");
        var api = await Assert.ThrowsAsync<ScimNotFoundException>(() => Run(() => _service.Groups.ListMembersAsync(everyone.Id!, ScimCall.None)));
        Assert.Equal("Zoom.Endpoint.NotFound", api.ErrorId);
    }

    private async Task<string[]> MembersAsync(ScimGroup group) =>
        (await Run(() => _service.Groups.ListMembersAsync(group.Id!, ScimCall.None))).Select(m => m.Id!).OrderBy(id => id, StringComparer.Ordinal).ToArray();

    private string[] Sent(string id)
    {
        using var log = JsonDocument.Parse(_zoom.GetRequests());
        return log.RootElement.EnumerateArray()
            .Where(r => r.GetProperty("path").GetString()!.Contains(Uri.EscapeDataString(id), StringComparison.Ordinal))
            .Select(r => r.GetProperty("method").GetString()!)
            .ToArray();
    }

    private IScimService Connect() => new EngineFactory().Connect(new EngineOptions
    {
        ScimUri = _zoom.ScimUri,
        TokenUri = _zoom.TokenUri,
        AccountId = _zoom.AccountId,
        ClientId = _zoom.ClientId,
        ClientSecret = Fixture.Secure(_zoom.ClientSecret),
        Transport = _zoom.CreateTransport(),
        Clock = _clock,
    });

    private Task<T> Run<T>(Func<Task<T>> action) => _clock.RunAsync(Task.Run(action));

    private Task Run(Func<Task> action) => _clock.RunAsync(Task.Run(action));
}
