using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>POST /scim2/Users (fact sheet 4.1).</summary>
public class UserCreateTests
{
    private const string Jill = """
        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],
         "userName":"jill.chill@example.com","name":{"givenName":"Jill","familyName":"Chill"},
         "userType":"Licensed","title":"Developer","locale":"San Jose","externalId":"idp-1","nickName":"J",
         "emails":[{"type":"work","value":"somebody.else@example.com"}],"active":false,
         "phoneNumbers":[{"type":"work","value":"+1 5125550123"}],
         "roles":[{"value":"Member","display":"Member","primary":true}],
         "groups":[{"value":"Everyone","display":"Everyone","type":"direct"}],
         "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{
           "department":"Development","organization":"Example","costCenter":"US01","employeeNumber":"123","manager":"owner@example.com"},
         "urn:ietf:params:scim:schemas:extension:zoom:1.0:User":{"zoomWhiteboard":true,"zoomPhoneExtNumber":"0","noSuchAttribute":"x"}}
        """;

    [Fact]
    public async Task A_created_user_is_active_and_has_one_address()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", Jill);
        Assert.Equal(201, reply.Status);
        Assert.True(reply.Json.GetProperty("active").GetBoolean());
        Assert.Equal("jill.chill@example.com", reply.Text("userName"));
        Assert.Equal("[{\"type\":\"work\",\"value\":\"jill.chill@example.com\",\"primary\":true}]", reply.Json.GetProperty("emails").GetRawText());
        Assert.Equal("Jill Chill", reply.Text("displayName"));
        Assert.Equal("Licensed", reply.Text("userType"));
        Assert.Equal("Developer", reply.Text("title"));
        Assert.Equal("San Jose", reply.Text("locale"));
        Assert.Equal("[{\"type\":\"work\",\"value\":\"+1 5125550123\"}]", reply.Json.GetProperty("phoneNumbers").GetRawText());
        Assert.Equal("[{\"display\":\"Member\",\"value\":\"Member\",\"primary\":true}]", reply.Json.GetProperty("roles").GetRawText());
        Assert.Equal("[{\"display\":\"Everyone\",\"type\":\"direct\",\"value\":\"Everyone\"}]", reply.Json.GetProperty("groups").GetRawText());
        Assert.Equal(
            "{\"department\":\"Development\",\"organization\":\"Example\",\"costCenter\":\"US01\",\"employeeNumber\":\"123\","
                + "\"manager\":\"owner@example.com\"}",
            reply.Json.GetProperty("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User").GetRawText());
        Assert.Equal("{\"zoomWhiteboard\":true}", reply.Json.GetProperty("urn:ietf:params:scim:schemas:extension:zoom:1.0:User").GetRawText());
        Assert.False(reply.Has("externalId"));
        Assert.False(reply.Has("nickName"));
        Assert.False(reply.Has("urn:us:zoom:scim:schemas:extension:1.0:ZoomUser"));
    }

    [Fact]
    public async Task Meta_has_the_raw_id_and_whole_seconds()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        using var reply = await zoom.SendAsync("POST", "/Users", Jill);
        var id = reply.Text("id");
        Assert.Equal(22, id.Length);
        Assert.Equal(
            $"{{\"resourceType\":\"User\",\"version\":\"1.0.0\",\"location\":\"https://api.zoom.us/scim2/Users/{id}\","
                + "\"created\":\"2026-01-05T08:00:01Z\",\"lastModified\":\"2026-01-05T08:00:01Z\"}",
            reply.Json.GetProperty("meta").GetRawText());
    }

    [Fact]
    public async Task Ids_hold_every_character_that_needs_care_and_answer_when_escaped()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"ids\":\"hostile\"}");
        var ids = new string[20];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = await zoom.CreateAsync($"user{i}@example.com");
            using var got = await zoom.GetAsync("/Users/" + ids[i]);
            Assert.Equal(Uri.UnescapeDataString(ids[i]), got.Text("id"));
        }

        var all = string.Concat(ids.Select(Uri.UnescapeDataString));
        foreach (var character in "&/+%")
        {
            Assert.Contains(character, all);
        }

        // Unescaped, a slash makes a path that does not exist.
        using var raw = await zoom.GetAsync("/Users/" + Uri.UnescapeDataString(ids.First(id => id.Contains("%2F"))));
        raw.AssertGatewayError(404, 2300, "This API endpoint is not recognized.");
    }

    [Theory]
    [InlineData("{\"userName\":\"\"}")]
    [InlineData("{\"userName\":\"no-at-sign\"}")]
    [InlineData("{\"userName\":\"two@at@example.com\"}")]
    [InlineData("{\"userName\":42}")]
    [InlineData("{\"emails\":[{\"value\":\"a@example.com\"}]}")]
    public async Task Without_an_address_as_user_name_it_is_refused(string body)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", body);
        reply.AssertScimError(400, "The \"userName\" of the request is invalid.");
    }

    [Theory]
    [InlineData("owner@example.com")]
    [InlineData("OWNER@Example.COM")]
    [InlineData("pending@example.com")]
    [InlineData("foreign@example.com")]
    public async Task A_taken_address_is_400_and_not_409(string address)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", $"{{\"userName\":\"{address}\"}}");
        reply.AssertScimError(400, $"The email \"{address}\" is already in use.");
        zoom.Simulator.PatchBehaviour("{\"duplicate_status\":\"409\"}");
        using var conflict = await zoom.SendAsync("POST", "/Users", $"{{\"userName\":\"{address}\"}}");
        conflict.AssertScimError(409, $"The email \"{address}\" is already in use.");
    }

    [Theory]
    [InlineData("a@zoom.us")]
    [InlineData("a@notexample.com")]
    [InlineData("a@test.com")]
    public async Task A_domain_of_others_is_409(string address)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", $"{{\"userName\":\"{address}\"}}");
        reply.AssertScimError(
            409,
            "The email domain does not match the associated domain of the account, please contact Zoom Customer Support to set up if necessary.");
    }

    [Theory]
    [InlineData("a@example.net")]
    [InlineData("a@eu.sub.example.org")]
    [InlineData("a@contoso.com")]
    [InlineData("a@company.test")]
    [InlineData("a@Company.Example")]
    public async Task A_domain_of_the_account_is_accepted(string address)
    {
        using var zoom = await TestZoom.SignedInAsync();
        await zoom.CreateAsync(address);
    }

    [Fact]
    public async Task Defaults_are_basic_member_and_the_default_group()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync(
            "POST",
            "/Users",
            "{\"userName\":\"a@example.com\",\"userType\":\"Corp\",\"groups\":[{\"value\":\"Nowhere\"}],\"roles\":[{\"value\":\"Nobody\"}]}");
        Assert.Equal("Basic", reply.Text("userType"));
        Assert.Equal("Member", reply.Json.GetProperty("roles")[0].GetProperty("value").GetString());
        Assert.Equal("Everyone", reply.Json.GetProperty("groups")[0].GetProperty("value").GetString());
        Assert.Equal("a@example.com", reply.Text("displayName"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("  ")]
    [InlineData("null")]
    public async Task An_empty_body_is_refused(string body)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", body);
        reply.AssertScimError(400, "The request JSON must not be empty.");
    }

    [Theory]
    [InlineData("{", "application/json")]
    [InlineData("[1]", "application/json")]
    [InlineData("\"text\"", "application/json")]
    [InlineData("{\"userName\":\"a@example.com\"}", "text/plain")]
    [InlineData("userName=a", "application/x-www-form-urlencoded")]
    public async Task What_is_not_json_is_refused(string body, string type)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", body, type);
        reply.AssertScimError(400, "The request body must be in JSON format.");
    }

    [Fact]
    public async Task Scim_json_is_json_unless_switched_off()
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var accepted = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"a@example.com\"}", "application/scim+json");
        Assert.Equal(201, accepted.Status);
        zoom.Simulator.PatchBehaviour("{\"scim_json_content_type\":\"rejected\"}");
        using var refused = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"b@example.com\"}", "application/scim+json");
        refused.AssertScimError(400, "The request body must be in JSON format.");
    }

    [Fact]
    public async Task A_new_user_may_take_some_reads_to_be_found()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"eventual_consistency_reads\":2}");
        var id = await zoom.CreateAsync("a@example.com");
        for (var read = 0; read < 2; read++)
        {
            using var missing = await zoom.GetAsync("/Users/" + id);
            missing.AssertScimError(404, "User does not exist.");
        }

        using var found = await zoom.GetAsync("/Users/" + id);
        Assert.Equal(200, found.Status);
    }

    [Fact]
    public async Task Custom_attributes_are_those_of_the_account()
    {
        using var zoom = await TestZoom.SignedInAsync(state: "{\"account\":{\"customAttributes\":[\"Badge\"]}}");
        using var reply = await zoom.SendAsync(
            "POST",
            "/Users",
            "{\"userName\":\"a@example.com\",\"urn:ietf:params:scim:schemas:extension:zoom:1.0:User\":{\"Badge\":\"7\",\"Other\":\"8\"}}");
        Assert.Equal("{\"Badge\":\"7\"}", reply.Json.GetProperty("urn:ietf:params:scim:schemas:extension:zoom:1.0:User").GetRawText());
    }
}
