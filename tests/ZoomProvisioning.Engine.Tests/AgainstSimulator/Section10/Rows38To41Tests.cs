using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>Fact sheet section 10, rows 38 to 41: groups.</summary>
public sealed class Rows38To41Tests
{
    [Theory]
    [InlineData("on", "scim2:admin")]
    [InlineData("on", "scim2:admin group:read:list_members:admin")]
    public async Task Row_38_membership_is_changed_by_what_is_added_and_removed_and_never_replaced(string v2, string scopes)
    {
        using var zoom = new Tenant(Tenant.Switches(("v2_group_members", v2), ("scopes", scopes)), seed: 5);
        var (group, users) = await Prepare(zoom, 3);
        await Change(zoom, group, users, adds: true);
        await Change(zoom, group, users.Take(1), adds: false);

        Assert.All(Patches(zoom), p => Assert.DoesNotContain("replace", p.Body));
        Assert.Equal(["add", "remove"], Patches(zoom).Select(p => p.Json.GetProperty("Operations")[0].GetProperty("op").GetString()));
        if (scopes.Split(' ').Length > 1)
        {
            await zoom.Run(() => new GroupDirectory(zoom.Connection).ReadMembersAsync(group, ScimCall.None));
            Assert.Equal(users.Skip(1).Select(u => u.Id).OrderBy(id => id), group.Members!.Select(m => m.Id).OrderBy(id => id));
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<ScimPermissionException>(
                () => zoom.Run(() => new GroupDirectory(zoom.Connection).ReadMembersAsync(group, ScimCall.None)));
            Assert.Contains("group:read:list_members:admin", refusal.RecommendedAction);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(10)]
    public async Task Row_39_members_go_by_thirties_and_by_fewer_where_Zoom_takes_fewer(int most)
    {
        using var zoom = new Tenant(Tenant.Switch("members_per_patch", most), seed: 80);
        var (group, users) = await Prepare(zoom, 65);
        var results = await Change(zoom, group, users, adds: true);

        Assert.All(results, r => Assert.Equal(ChangeOutcome.Done, r!.Outcome));
        Assert.All(Patches(zoom), p => Assert.InRange(p.Json.GetProperty("Operations")[0].GetProperty("value").GetArrayLength(), 1, 30));
        if (most is 0 or 30)
        {
            Assert.Equal([30, 30, 5], Patches(zoom).Select(p => p.Json.GetProperty("Operations")[0].GetProperty("value").GetArrayLength()));
        }
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("ignored")]
    public async Task Row_40_only_active_users_are_added(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("inactive_member", position), seed: 5);
        await zoom.Create();
        await zoom.Remove();
        var (group, _) = await Prepare(zoom, 1);
        var results = await Change(zoom, group, [(await zoom.Find())!], adds: true);

        Assert.NotEqual(ChangeOutcome.Done, results.Single()?.Outcome);
        Assert.Empty(Patches(zoom));
    }

    [Theory]
    [InlineData("ignored")]
    [InlineData("created")]
    public async Task Row_41_no_group_is_named_on_a_user_so_none_is_made_by_a_slip(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("unknown_group", position));
        await zoom.Create(u => u.Department = "Sales");
        await zoom.Update(u => u.Department = "Research");

        Assert.All(zoom.Writes(), w => Assert.DoesNotContain("groups", w.Attributes));
    }

    private static async Task<(ScimGroup Group, List<ScimUser> Users)> Prepare(Tenant zoom, int count)
    {
        await zoom.Run(() => new GroupOperations(zoom.Connection).CreateAsync("Research", null, IfExists.Fail, zoom, ScimCall.None));
        var group = await zoom.Run(() => new GroupOperations(zoom.Connection).FindTargetAsync(new GroupTarget("Research"), ScimCall.None));
        var users = new List<ScimUser>();
        await zoom.Run(() => zoom.Directory.ListAsync(null, page =>
        {
            users.AddRange(page.Where(u => u.Active == true));
            return Task.CompletedTask;
        }, ScimCall.None));
        zoom.Forget();
        return (group, users.Take(count).ToList());
    }

    private static Task<ChangeResult?[]> Change(Tenant zoom, ScimGroup group, IEnumerable<ScimUser> users, bool adds) => zoom.Run(async () =>
    {
        var membership = new GroupMembership(zoom.Connection, group, adds);
        var works = users.Select(u => membership.Take(new GroupMember(u.ToString()) { Id = u.Id, User = u })).ToList();
        var running = works.Select(work => work(zoom, ScimCall.None)).ToList();
        membership.Flush();
        return await Task.WhenAll(running);
    });

    private static List<Got> Patches(Tenant zoom) => zoom.Requests("PATCH").Where(r => r.Path.Split('/').Contains("Groups")).ToList();
}
