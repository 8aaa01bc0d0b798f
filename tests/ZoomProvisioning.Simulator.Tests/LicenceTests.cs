using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>Seats and plans (fact sheet 3.3, 3.6 and 4.1).</summary>
public class LicenceTests
{
    private const string Zoom = "urn:ietf:params:scim:schemas:extension:zoom:1.0:User";

    [Theory]
    [InlineData("Licensed")]
    [InlineData("On-Prem")]
    public async Task Without_a_paid_seat_nobody_is_licensed(string type)
    {
        using var zoom = await TestZoom.SignedInAsync(state: "{\"account\":{\"paidSeats\":1}}");
        var first = await zoom.CreateAsync("a@example.com", $",\"userType\":\"{type}\"");
        using var second = await zoom.SendAsync("POST", "/Users", $"{{\"userName\":\"b@example.com\",\"userType\":\"{type}\"}}");
        second.AssertScimError(409, "Cannot add paid users.");
        var basic = await zoom.CreateAsync("c@example.com");
        using var promoted = await zoom.SendAsync("PUT", "/Users/" + basic, $"{{\"userType\":\"{type}\"}}");
        promoted.AssertScimError(409, "Cannot add paid users.");

        // Deactivation frees the seat.
        (await zoom.SetActiveAsync(first, false)).Dispose();
        using var now = await zoom.SendAsync("PUT", "/Users/" + basic, $"{{\"userType\":\"{type}\"}}");
        Assert.Equal(200, now.Status);
    }

    [Theory]
    [InlineData("zoomUnited", "16", "zoomUnited", "Cannot create more users with Zoom United Plan.")]
    [InlineData("zoomOneBizPlus", "16", "zoomOneBizPlus", "Cannot create more users with Zoom Workplace Business Plus.")]
    [InlineData("zoomOneEntPremier", "134217728", "zoomOneEntPremier", "Cannot create more users with Zoom Workplace Enterprise Premier.")]
    [InlineData(
        "zoomOneSchoolCampusPlus",
        "137438953472",
        "zoomOneSchoolCampusPlus",
        "Cannot create more users with Zoom Workplace for Education School and Campus Plus.")]
    [InlineData("zoomOneEduEntPremier", "4294967296", "zoomOneEduEntPremier", "Cannot create more users with Zoom Workplace for Education Enterprise Premier.")]
    [InlineData("zoomOneEdu", "576460752303423488", "zoomOneEdu", "Cannot create more users with Zoom Workplace for Education Enterprise Student.")]
    [InlineData("zoomUnited", "1", "zoomWorkplaceProPlus", "Cannot create more users with Zoom Workplace Pro Plus.")]
    public async Task Every_plan_has_a_text_of_its_own(string attribute, string code, string pool, string text)
    {
        using var zoom = await TestZoom.SignedInAsync(state: $"{{\"account\":{{\"planSeats\":{{\"{pool}\":1}}}}}}");
        var plan = $",\"{Zoom}\":{{\"{attribute}\":\"{code}\"}}";
        var id = await zoom.CreateAsync("a@example.com", plan);
        using var got = await zoom.GetAsync("/Users/" + id);
        Assert.Equal("Licensed", got.Text("userType"));
        using var second = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"b@example.com\"" + plan + "}");
        second.AssertScimError(409, text);

        // Whoever has the plan keeps it on an update.
        using var same = await zoom.SendAsync("PUT", "/Users/" + id, "{\"schemas\":[]" + plan + "}");
        Assert.Equal(200, same.Status);
    }

    [Fact]
    public async Task A_plan_without_a_total_takes_a_paid_seat()
    {
        using var zoom = await TestZoom.SignedInAsync(state: "{\"account\":{\"paidSeats\":0}}");
        using var reply = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"b@example.com\",\"" + Zoom + "\":{\"zoomOneBizPlus\":\"16\"}}");
        reply.AssertScimError(409, "Cannot add paid users.");
    }

    [Theory]
    [InlineData("\"3\"")]
    [InlineData("\"262144\"")]
    [InlineData("\"pro\"")]
    [InlineData("5")]
    public async Task A_united_code_that_does_not_exist_is_invalid(string code)
    {
        using var zoom = await TestZoom.SignedInAsync();
        using var reply = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"b@example.com\",\"" + Zoom + "\":{\"zoomUnited\":" + code + "}}");
        reply.AssertScimError(409, "The Zoom United Plan is invalid.");
    }

    [Fact]
    public async Task Basic_users_have_a_maximum_on_adding_and_activating()
    {
        using var zoom = await TestZoom.SignedInAsync(state: "{\"account\":{\"maxBasicUsers\":1}}");
        var first = await zoom.CreateAsync("a@example.com");
        using var second = await zoom.SendAsync("POST", "/Users", "{\"userName\":\"b@example.com\"}");
        second.AssertScimError(
            409,
            "Your request to add a basic user could not be approved at this time because your account has reached the permitted maximum number of 1 "
                + "basic users. Please remove existing basic user(s) from your Users list or the Pending Users list before attempting to add another user.");
        (await zoom.SetActiveAsync(first, false)).Dispose();
        await zoom.CreateAsync("b@example.com");
        using var activate = await zoom.SetActiveAsync(first, true);
        activate.AssertScimError(
            400,
            "Your request to activate the user was not approved at this time because your account has reached the permitted maximum number of 1 basic users.");
    }

    [Fact]
    public async Task The_standard_maximum_of_basic_users_is_9999()
    {
        using var zoom = await TestZoom.SignedInAsync();
        Assert.Contains("\"maxBasicUsers\": 9999", zoom.Simulator.ExportState());
    }

    [Theory]
    [InlineData("ignored", true)]
    [InlineData("removes", false)]
    public async Task Plan_code_zero_does_nothing_or_removes(string position, bool stays)
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour($"{{\"plan_zero\":\"{position}\"}}");
        var id = await zoom.CreateAsync("a@example.com", ",\"" + Zoom + "\":{\"zoomOneBizPlus\":\"16\"}");
        using var reply = await zoom.SendAsync("PUT", "/Users/" + id, "{\"" + Zoom + "\":{\"zoomOneBizPlus\":\"0\"}}");
        Assert.Equal(200, reply.Status);
        Assert.Equal(stays, reply.Has(Zoom));
    }

    [Fact]
    public async Task User_type_and_plan_together_may_be_refused()
    {
        using var zoom = await TestZoom.SignedInAsync();
        zoom.Simulator.PatchBehaviour("{\"user_type_with_plan\":\"rejected\"}");
        using var reply = await zoom.SendAsync(
            "POST",
            "/Users",
            "{\"userName\":\"b@example.com\",\"userType\":\"Licensed\",\"" + Zoom + "\":{\"zoomOneBizPlus\":\"16\"}}");
        reply.AssertScimError(400, "You can't change the \"type\" or \"plan_united_type\" or \"zoom_one_type\" at the same time.");
    }
}
