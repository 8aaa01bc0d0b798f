using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Tests.AgainstSimulator.Provisioning;
using ZoomProvisioning.Simulator;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator;

/// <summary>
/// The fake account of Core's tests is held against the simulator: whatever is done to both, in whatever order, both answer alike.
/// So Core's tests, which are fast because of it, do not test against a Zoom of their own.
/// </summary>
public class FakeAccountTests
{
    private static readonly string[] People = ["ann@example.com", "bob@example.com", "Cy@example.com", "invited@example.com"];
    private static readonly string[] Groups = ["Staff", "staff", "Sales \"EU\\1\"", ""];

    private static readonly Gen<Step[]> Steps = Gen.Choose(0, int.MaxValue).Three().Select(n => new Step(n.Item1, n.Item2, n.Item3)).ArrayOf();

    [Fact]
    public void Users_are_answered_alike() => Holds(steps => AlikeAsync(steps, (zoom, step) => zoom.UserStep(step)));

    [Fact]
    public void Groups_are_answered_alike() => Holds(steps => AlikeAsync(steps, (zoom, step) => zoom.GroupStep(step)));

    private static void Holds(Func<Step[], Task> law) =>
        Prop.ForAll(Arb.From(Steps, Shrink), steps => law(steps).GetAwaiter().GetResult()).Check(Law.Times(150));

    // One step less, as often as the rest still fails.
    private static IEnumerable<Step[]> Shrink(Step[] steps) => Enumerable.Range(0, steps.Length).Select(i => steps.Where((_, at) => at != i).ToArray());

    private static async Task AlikeAsync(Step[] steps, Func<Side, Step, Task<string>> take)
    {
        using var fake = new FakeZoom();
        fake.PendingOrForeign.Add("invited@example.com");
        using var simulator = new SimulatorFactory().Create(new SimulatorOptions { RatePlan = "none" });
        simulator.ImportState(WithPending(simulator.ExportState()));
        simulator.PatchBehaviour("""{"ids":"hostile","scopes":"scim2:admin group:read:list_members:admin"}""");
        using var engine = new EngineFactory().Connect(new EngineOptions
        {
            ScimUri = simulator.ScimUri,
            TokenUri = simulator.TokenUri,
            AccountId = simulator.AccountId,
            ClientId = simulator.ClientId,
            ClientSecret = Fixture.Secure(simulator.ClientSecret),
            Transport = simulator.CreateTransport(),
            Clock = new EagerClock(),
        });
        var left = new Side(fake, 0, 0);
        var right = new Side(engine, simulator.UserCount, simulator.GroupCount);
        var story = new List<string>();
        foreach (var step in steps)
        {
            var expected = await take(right, step);
            var actual = await take(left, step);
            story.Add(expected);
            Assert.True(expected == actual, $"{string.Join("\n", story)}\nThe fake says\n{actual}");
        }
    }

    private static string WithPending(string state)
    {
        var json = JsonNode.Parse(state)!;
        json["pending"] = new JsonArray("invited@example.com");
        return json.ToJsonString();
    }

    /// <summary>What is done, to whom, and with what.</summary>
    public sealed record Step(int What, int Who, int Which)
    {
        public override string ToString() => $"({What}, {Who}, {Which})";
    }

    // One of the two accounts. The real one had an owner and an admin before the story begins.
    private sealed class Side(IScimService zoom, int usersBefore, int groupsBefore)
    {
        private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);
        private readonly List<string> _groupIds = [];

        public async Task<string> UserStep(Step step)
        {
            var address = People[step.Who % People.Length];
            var id = _ids.TryGetValue(address, out var known) ? known : "nobody";
            switch (step.What % 9)
            {
                case 0 or 1:
                    return await Told($"create {address}", async () =>
                    {
                        var body = Body(step.Which);
                        body["userName"] = address;
                        var created = await zoom.Users.CreateAsync(body, ScimCall.None);
                        _ids[address] = created.Id!;
                        return Describe(created);
                    });
                case 2 or 3:
                    return await Told($"update {address}", async () => Describe(await zoom.Users.UpdateAsync(id, Body(step.Which), ScimCall.None)));
                case 4:
                    var other = People[step.Which % People.Length];
                    return await Told($"move {address} to {other}", async () =>
                    {
                        var moved = await zoom.Users.UpdateAsync(id, new ScimUser { Email = other }.Attributes, ScimCall.None);
                        _ids.Remove(address);
                        _ids[other] = moved.Id!;
                        return Describe(moved);
                    });
                case 5:
                    var active = step.Which % 2 == 0;
                    return await Told($"active {active} {address}", async () => Describe(await zoom.Users.SetActiveAsync(id, active, ScimCall.None)));
                case 6:
                    return await Told($"read {address}", async () => Describe(await zoom.Users.GetAsync(id, ScimCall.None)));
                case 7 when step.Which % 3 == 0:
                    return await Told($"delete {address}", async () =>
                    {
                        await zoom.Users.DeleteAsync(id, ScimCall.None);
                        return string.Empty;
                    });
                case 7:
                    var filter = ScimFilter.UserName(address.ToUpperInvariant());
                    return await Told($"find {address}", async () => Describe(await zoom.Users.ListAsync(1, 100, filter, ScimCall.None), 0));
                default:
                    var first = 1 + usersBefore + (step.Who % 3);
                    return await Told("list", async () => Describe(await zoom.Users.ListAsync(first, step.Which % 4, null, ScimCall.None), usersBefore));
            }
        }

        public async Task<string> GroupStep(Step step)
        {
            var name = Groups[step.Which % Groups.Length];
            var id = step.Who % 5 < _groupIds.Count ? _groupIds[step.Who % 5] : "nothing";
            switch (step.What % 9)
            {
                case 0 when name.Length > 0:
                    return await Told($"create group {name}", async () =>
                    {
                        var created = await zoom.Groups.CreateAsync(name, step.Who % 2 == 0 ? null : "staff@example.com", ScimCall.None);
                        _groupIds.Add(created.Id!);
                        return Describe(created);
                    });
                case 1:
                    return await Told($"rename to {name}", () => Done(zoom.Groups.RenameAsync(id, name, ScimCall.None)));
                case 2:
                    return await Told("address", () => Done(zoom.Groups.SetEmailAliasAsync(id, "group@example.com", ScimCall.None)));
                case 3:
                    return await Told("read group", async () => Describe(await zoom.Groups.GetAsync(id, ScimCall.None)));
                case 4 when step.Which % 3 == 0:
                    return await Told("delete group", () => Done(zoom.Groups.DeleteAsync(id, ScimCall.None)));
                case 4 when name.Length > 0:
                    return await Told($"find {name}", async () =>
                    {
                        var page = await zoom.Groups.ListAsync(1, 100, ScimFilter.DisplayName(name), ScimCall.None);
                        return $"{page.TotalResults}: {string.Join("; ", page.Resources.Select(Describe))}";
                    });
                case 5 or 6:
                    return await Told("add", async () => await Done(zoom.Groups.AddMembersAsync(id, await MembersAsync(step.Which), ScimCall.None)));
                case 7:
                    return await Told("remove", async () => await Done(zoom.Groups.RemoveMembersAsync(id, await MembersAsync(step.Which), ScimCall.None)));
                case 8 when step.Which % 2 == 0:
                    return await Told("members", async () =>
                    {
                        var members = await zoom.Groups.ListMembersAsync(id, ScimCall.None);
                        return string.Join(", ", members.Select(m => _ids.Single(p => p.Value == m.Id).Key).OrderBy(a => a, StringComparer.Ordinal));
                    });
                default:
                    return await Told("groups", async () =>
                    {
                        var page = await zoom.Groups.ListAsync(1 + groupsBefore + (step.Who % 2), step.Which % 4, null, ScimCall.None);
                        return $"{page.TotalResults - groupsBefore}: {string.Join("; ", page.Resources.Select(Describe))}";
                    });
            }
        }

        // Two people, made where they are not there, and one whom nobody knows.
        private async Task<List<string>> MembersAsync(int which)
        {
            foreach (var address in People.Take(2).Where(a => !_ids.ContainsKey(a)))
            {
                _ids[address] = (await zoom.Users.CreateAsync(new ScimUser { UserName = address }.Attributes, ScimCall.None)).Id!;
            }

            // Now and then more than one request takes.
            var members = new[] { _ids[People[0]], _ids[People[1]], "nobody" }.Where((_, i) => (which >> i) % 2 == 0);
            return [.. Enumerable.Repeat(members, which % 7 == 0 ? 12 : 1).SelectMany(m => m)];
        }

        private static async Task<string> Done(Task task)
        {
            await task;
            return "done";
        }

        private async Task<string> Told(string what, Func<Task<string>> act)
        {
            try
            {
                return $"{what}: {await act()}";
            }
            catch (ScimException e)
            {
                var words = _ids.Values.Concat(_groupIds).Aggregate(e.ZoomMessage, (text, id) => text?.Replace(id, "ID"));
                return $"{what}: {e.GetType().Name} {e.ErrorId} {e.Status} {words}";
            }
        }

        private static string Describe(ScimGroup group) => $"{group.DisplayName} <{group.EmailAlias}>";

        private static string Describe(ScimPage<ScimUser> page, int before) =>
            $"{page.TotalResults - before} from {page.StartIndex - before}: {string.Join("; ", page.Resources.Select(Describe))}";

        private static string Describe(ScimUser user) => string.Join(", ",
            new object?[]
            {
                user.Detail, user.UserName, user.Email, user.Active, user.UserType, user.GivenName, user.FamilyName, user.DisplayName, user.Title, user.Locale,
                user.Department, user.Organization, user.CostCenter, user.EmployeeNumber, user.Manager, string.Join("+", user.Roles),
                string.Join("+", user.PhoneNumbers.Select(p => $"{p.Type} {p.Value}")),
                string.Join("+", Extension.Select(n => $"{n}={user.GetExtension(n)}")),
            }.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));

        private static readonly string[] Extension = ["zoomUnited", "zoomWhiteboard", "pronouns", "zoomPhoneSite"];

        // Each bit of the number decides on one attribute.
        private static ScimObject Body(int which)
        {
            var user = new ScimUser();
            var chosen = new Random(which);
            void Maybe(Action set)
            {
                if (chosen.Next(4) == 0)
                {
                    set();
                }
            }

            string? Some(string value) => chosen.Next(4) switch { 0 => string.Empty, 1 => null, _ => value };
            Maybe(() => user.GivenName = Some("Ann"));
            Maybe(() => user.FamilyName = Some("Jones"));
            Maybe(() => user.DisplayName = Some("AJ"));
            Maybe(() => user.Title = Some("Boss"));
            Maybe(() => user.Locale = Some("Bristol"));
            Maybe(() => user.Department = Some("Sales"));
            Maybe(() => user.Organization = Some("Acme"));
            Maybe(() => user.CostCenter = Some("42"));
            Maybe(() => user.EmployeeNumber = Some("007"));
            Maybe(() => user.Manager = Some(People[chosen.Next(People.Length)]));
            Maybe(() => user.UserType = new[] { "Basic", "Licensed", "On-Prem", "Emperor" }[chosen.Next(4)]);
            Maybe(() => user.Roles = new[] { new[] { "Admin" }, ["Member"], ["Emperor"], [] }[chosen.Next(4)]);
            Maybe(() => user.Phone = chosen.Next(2) == 0 ? "+1 5125550123" : null);
            Maybe(() => user.MobilePhone = "+49 3012345");
            Maybe(() => user.SetExtension("zoomUnited", Some("4")));
            Maybe(() => user.SetExtension("zoomWhiteboard", chosen.Next(2) == 0));
            Maybe(() => user.SetExtension("pronouns", Some("they")));
            Maybe(() => user.SetExtension("zoomPhoneSite", Some("Main")));
            Maybe(() => user.Active = chosen.Next(2) == 0);
            return user.Attributes;
        }
    }
}
