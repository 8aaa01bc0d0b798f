using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Connections;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Operations;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>Laws: whatever a user object holds, and whatever a server says of a user.</summary>
public sealed class AnyUserTests
{
    private const string Unknown = "urn:example:never:heard:of";

    private static readonly string[] Texts =
        ["Jill", "O'Brien", "Müller", "山田 太郎", "Иванова", "a \"quoted\" \\ text", "<b>&amp;</b>", "tab\there", "😀 emoji", "null", "true",
         "0", "  inner  blanks", "{\"a\":1}"];

    private static ZoomAttribute[] Choices { get; } =
    [
        .. ZoomAttributes.All.Where(a => a.Name is not (nameof(ScimUser.UserName)
            or nameof(ScimUser.Email) or nameof(ScimUser.Active) or nameof(ScimUser.Manager) or nameof(ScimUser.Roles))),
        .. ZoomExtension.Known.Where(a => a.Name is not ("transferee" or "zoomContactCenterPlan")),
        ZoomExtension.Attribute("badge"),
    ];

    private static int Whiteboard { get; } = Array.FindIndex(Choices, a => a.Name == "zoomWhiteboard");

    /// <summary>Attributes with values that the module can hold and Zoom takes, manager and state aside, which follow rules of their own.</summary>
    private static readonly Gen<(ZoomAttribute Attribute, object Value)[]> Values =
        from chosen in Gen.Elements(true, false).ArrayOf(Choices.Length)
        from numbers in Gen.Choose(0, 1_000_000).ArrayOf(Choices.Length)
        select Choices.Select((attribute, i) => (attribute, ValueOf(attribute, numbers[i])))
            .Where((c, i) => chosen[i] && (c.attribute.Name != "zoomWhiteboardPlus" || !chosen[Whiteboard])).ToArray();

    [Fact]
    public async Task Any_user_survives_create_read_update_read()
    {
        using var zoom = new Tenant(Tenant.Switch("rate_plan", "none"), """{"account":{"customAttributes":["badge"]},"users":[]}""", verify: true);
        var samples = Gen.Sample(Values, 20, 120).ToList();
        for (var n = 0; n + 1 < samples.Count; n += 2)
        {
            var address = $"user{n}@example.com";
            var (first, second) = (samples[n], samples[n + 1]);
            var created = await zoom.Create(u => Put(u, first), address);
            Holds(created, (await zoom.Find(address))!, first);

            // Half of what is known is told again, half is changed or new; the rest stays.
            var updated = await zoom.Update(u => Put(u, second), address);
            var names = new HashSet<string>(second.Select(s => s.Attribute.Name));
            var both = second.Concat(first.Where(f => !names.Contains(f.Attribute.Name) && f.Attribute != ZoomAttributes.UserType
                // The display name follows a new name, and the two whiteboards exclude each other.
                && f.Attribute != ZoomAttributes.DisplayName)).ToArray();
            Holds(updated, (await zoom.Find(address))!, both);
            Assert.Equal(
                ChangeOutcome.NoChange,
                (await zoom.Update(u => Put(u, second.Where(s => s.Attribute.ToldBy.Contains(UserDetail.Read)).ToArray()), address)).Outcome);
        }

        Assert.Empty(zoom.Warnings);

        static void Put(ScimUser user, (ZoomAttribute Attribute, object Value)[] values)
        {
            // A plan brings its own user type, and only one of the whiteboards is possible.
            foreach (var (attribute, value) in values.Where(v => v.Attribute.Name != "zoomWhiteboardPlus"))
            {
                attribute.Set(user, value);
            }
        }

        static void Holds(ChangeResult result, ScimUser read, (ZoomAttribute Attribute, object Value)[] values)
        {
            Assert.Empty(result.NotApplied);
            Assert.True(result.Verified is null or true);
            var hasPlan = values.Any(v => v.Attribute.Kind == AttributeKind.Code);
            foreach (var (attribute, value) in values.Where(v => v.Attribute.ToldBy.Contains(UserDetail.Read) && v.Attribute.Name != "zoomWhiteboardPlus"))
            {
                if (attribute == ZoomAttributes.UserType && hasPlan)
                {
                    continue;
                }

                Assert.True(
                    attribute.AreEqual(attribute.Get(read), value),
                    $"{attribute.Name}: '{ZoomAttribute.Display(attribute.Get(read))}', not '{ZoomAttribute.Display(value)}'");
            }
        }
    }

    [Fact]
    public void Any_json_a_server_could_send_is_read_or_refused_and_never_a_crash()
    {
        var check = Prop.ForAll(Json(4).ToArbitrary(), json => Task.Run(() => Survives(json)).GetAwaiter().GetResult());
        check.Check(Law.Times(150));
    }

    [Theory]
    [InlineData("roles", "{\"value\":\"Member\"}")]
    [InlineData("roles", "\"Member\"")]
    [InlineData("phoneNumbers", "{\"type\":\"mobile\",\"value\":\"+1 5125550123\"}")]
    [InlineData("phoneNumbers", "[{\"type\":null,\"value\":5},{\"type\":{\"a\":1}},\"+1 5125550123\",null]")]
    [InlineData("emails", "{\"value\":\"jill@example.com\"}")]
    [InlineData("active", "\"false\"")]
    [InlineData("active", "\"perhaps\"")]
    [InlineData("active", "1")]
    [InlineData("name", "[]")]
    [InlineData("displayName", "{\"a\":[1,2]}")]
    [InlineData("meta", "\"none\"")]
    [InlineData("userType", "[\"Licensed\"]")]
    [InlineData(ScimSchemas.EnterpriseUser, "[{\"department\":\"x\"}]")]
    [InlineData(ScimSchemas.EnterpriseUser, "{\"manager\":{\"value\":\"boss@example.com\"},\"department\":7}")]
    [InlineData(ScimSchemas.ZoomUser, "\"none\"")]
    [InlineData(ScimSchemas.ZoomUser, "{\"zoomScheduler\":\"true\",\"zoomOneBizPlus\":16,\"pronouns\":[\"x\"],\"zoomContactCenterPlan\":null}")]
    public async Task A_value_of_an_unexpected_kind_is_no_crash(string name, string value) =>
        Assert.True(await Survives("{\"id\":\"id1\",\"userName\":\"jill@example.com\",\"active\":true,\""
            + name + "\":" + value + ",\"" + Unknown + "\":{\"kept\":[1,null]}}"));

    [Fact]
    public async Task Ten_megabytes_are_read_and_not_sent_back()
    {
        var big = "{\"id\":\"id1\",\"userName\":\"jill@example.com\",\"active\":true,\"" + Unknown + "\":{\"kept\":\"" + new string('x', 10_000_000) + "\"}}";
        Assert.True(await Survives(big));
    }

    [Theory]
    [InlineData(60)]
    [InlineData(64)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public async Task Deep_nesting_is_read_or_refused(int depth) =>
        Assert.True(await Survives("{\"id\":\"id1\",\"userName\":\"jill@example.com\",\"active\":true,\""
            + Unknown + "\":" + new string('[', depth) + new string(']', depth) + "}"));

    /// <summary>
    /// Reads, creates, changes and lists a user of whom the server says this, each time with the whole client. True when nothing
    /// but a ScimException came of it, nothing unknown was lost from what was read, and nothing unknown was sent.
    /// </summary>
    private static async Task<bool> Survives(string json)
    {
        using var fixture = new Fixture { MaxAttempts = 1 };
        fixture.Transport.Answer((seen, _) =>
        {
            var isList = seen.Method == "GET" && seen.Uri.AbsolutePath.EndsWith("/Users", StringComparison.Ordinal);
            var body = isList ? "{\"totalResults\":1,\"Resources\":[" + json + "]}" : json;
            var response = new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
            response.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            return response;
        });
        var connection = new ZoomScimConnection("zoom", fixture.Service);
        var host = new Silent();
        var rule = BuiltInRule.Create();
        var wish = new DesiredUser(new ScimUser
        {
            Department = "Research",
            Title = "Chief",
            Roles = ["Member"],
            Phone = "+1 5125550123",
            Extension = new Hashtable { ["zoomScheduler"] = true },
        })
        { ZoomId = "id1" };
        foreach (var action in new Func<Task>[]
        {
            async () => Keeps(json, await fixture.Users.GetAsync("id1", fixture.Call)),
            () => new UserOperations(connection, verify: true).UpdateAsync(wish, host, fixture.Call),
            () => new UserOperations(connection).CreateAsync(Tenant.Wish(u => u.GivenName = "Jill"), IfExists.Update, host, fixture.Call),
            () => new UserOperations(connection).UpdateAsync(
                new DesiredUser(new ScimUser { Active = true, Department = "x" }) { ZoomId = "id1" }, host, fixture.Call),
            () => new UserOperations(connection).RemoveAsync(wish, RemoveAction.Disable, null, host, fixture.Call),
            () => new RuleSync(connection, rule, new MemoryRuleState(rule), new RuleSyncOptions()).PlanAsync(
                new SourceSnapshot([Tenant.Wish(u => u.GivenName = "Jill")], [], []), fixture.Call),
        })
        {
            try
            {
                await fixture.Run(action);
            }
            catch (ScimException)
            {
                // Refused with words: that is all that may happen.
            }
        }

        var known = new HashSet<string>(
        [
            "schemas", "name", "displayName", "emails", "phoneNumbers", "roles", "title", "locale", "userName", "Operations",
            ScimSchemas.EnterpriseUser, ScimSchemas.ZoomUser,
        ], StringComparer.Ordinal);
        foreach (var request in fixture.Transport.Scim.Where(r => r.Body.Length > 0))
        {
            using var sent = JsonDocument.Parse(request.Body);
            Assert.All(sent.RootElement.EnumerateObject(), p => Assert.Contains(p.Name, known));
            if (sent.RootElement.TryGetProperty(ScimSchemas.ZoomUser, out var zoom))
            {
                Assert.All(zoom.EnumerateObject(), p => Assert.Contains(p.Name, ZoomExtension.Known.Select(a => a.Name)));
                Assert.False(zoom.TryGetProperty("planOfTomorrow", out _));
            }
        }

        return true;
    }

    /// <summary>Every member that arrived is on the object, by SCIM's own name, with the value it had.</summary>
    private static void Keeps(string json, ScimUser user)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
        Same(document.RootElement, user.Attributes);

        static void Same(JsonElement arrived, object? held)
        {
            switch (arrived.ValueKind)
            {
                case JsonValueKind.Object:
                    var complex = Assert.IsType<ScimObject>(held);
                    // Of two members of one name the last one counts, whatever its case (RFC 7643 section 2.1).
                    foreach (var member in arrived.EnumerateObject().GroupBy(p => p.Name, StringComparer.OrdinalIgnoreCase).Select(g => g.Last()))
                    {
                        Assert.True(complex.Has(member.Name), member.Name);
                        Same(member.Value, complex[member.Name]);
                    }

                    break;
                case JsonValueKind.Array:
                    var list = Assert.IsType<ArrayList>(held);
                    Assert.Equal(arrived.GetArrayLength(), list.Count);
                    for (var i = 0; i < list.Count; i++)
                    {
                        Same(arrived[i], list[i]);
                    }

                    break;
                case JsonValueKind.String:
                    Assert.Equal(arrived.GetString(), held);
                    break;
                case JsonValueKind.Number:
                    Assert.Equal(arrived.GetRawText(), Convert.ToString(held, CultureInfo.InvariantCulture));
                    break;
                case JsonValueKind.Null:
                    Assert.Null(held);
                    break;
                default:
                    Assert.Equal(arrived.GetBoolean(), held);
                    break;
            }
        }
    }

    private static object ValueOf(ZoomAttribute attribute, int number) => attribute.Kind switch
    {
        AttributeKind.Flag => number % 2 == 0,
        AttributeKind.Code =>
            ZoomPlans.All.Where(p => p.Attribute == attribute.Name).ElementAt(number % ZoomPlans.All.Count(p => p.Attribute == attribute.Name)).Code,
        AttributeKind.Phone => "+1 512555" + (number % 10_000).ToString("0000", CultureInfo.InvariantCulture),
        _ when attribute == ZoomAttributes.UserType => ZoomUserTypes.All[number % ZoomUserTypes.All.Count],
        _ when attribute == ZoomAttributes.EmployeeNumber => number.ToString(CultureInfo.InvariantCulture),
        _ => Texts[number % Texts.Length],
    };

    /// <summary>A user as nobody should send it: known and unknown members with values of any kind.</summary>
    private static Gen<string> Json(int depth)
    {
        var names = new[]
        {
            "schemas", "userName", "name", "displayName", "emails", "active", "userType", "title", "locale", "phoneNumbers", "roles", "groups", "meta",
            ScimSchemas.EnterpriseUser, ScimSchemas.ZoomUser, Unknown, "planOfTomorrow", "ID", "Active", "",
        };
        return from members in Members(names, depth)
               from withId in Gen.Elements(true, true, true, false)
               select "{" + (withId ? "\"id\":\"id1\",\"userName\":\"jill@example.com\",\"active\":true," : string.Empty)
                   + "\"" + Unknown + "2\":{\"kept\":[1,null,\"x\"]}" + members + "}";
    }

    private static Gen<string> Members(string[] names, int depth) =>
        from chosen in Gen.Elements(names).ArrayOf(6)
        from values in Value(depth).ArrayOf(6)
        select string.Concat(chosen.Zip(values, (n, v) => $",{JsonSerializer.Serialize(n)}:{v}"));

    private static Gen<string> Value(int depth)
    {
        var simple = Gen.Elements(
            "null", "true", "false", "\"true\"", "\"\"", "0", "-1", "16", "576460752303423488", "99999999999999999999", "1.5e300",
            "\"Licensed\"", "\"Member\"", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[]", "{}");
        if (depth == 0)
        {
            return simple;
        }

        var inner = new[]
        {
            "value", "display", "type", "primary", "givenName", "familyName", "department", "manager", "zoomOneBizPlus", "zoomScheduler",
            "zoomContactCenterPlan", "planOfTomorrow", "created", "x",
        };
        return Gen.OneOf(
            simple,
            from items in Value(depth - 1).ArrayOf(3) select "[" + string.Join(",", items) + "]",
            from members in Members(inner, depth - 1) select "{\"y\":1" + members + "}");
    }

    private sealed class Silent : IOperationHost
    {
        public Task<bool> ShouldProcessAsync(string target, string action) => Task.FromResult(true);

        public Task<bool> ConfirmRemovalAsync(string target, string action) => Task.FromResult(true);

        public void Warn(string message)
        {
        }

        public void Tell(string message)
        {
        }
    }
}
