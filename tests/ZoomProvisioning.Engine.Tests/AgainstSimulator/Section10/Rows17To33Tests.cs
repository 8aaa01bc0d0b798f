using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.AgainstSimulator.Section10;

/// <summary>Fact sheet section 10, rows 17 to 33: each question with the simulator's switch in each position.</summary>
public sealed class Rows17To33Tests
{
    [Fact]
    public async Task Row_17_the_patch_of_a_user_is_the_documented_example_to_the_letter()
    {
        using var zoom = new Tenant();
        await zoom.Create();
        await zoom.Remove();
        Assert.Equal(
            """{"schemas":["urn:ietf:params:scim:api:messages:2.0:ListResponse"],"Operations":[{"op":"replace","value":{"active":false}}]}""",
            zoom.Requests("PATCH").Single().Body);
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("rejected")]
    public async Task Row_18_bodies_are_plain_json_and_replies_are_asked_for_as_scim(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("scim_json_content_type", position));
        await zoom.Create();
        await zoom.Update(u => u.Department = "Sales");
        await zoom.Remove();
        Assert.Equal(["POST", "PUT", "PATCH"], zoom.Writes().Select(w => w.Method));
        Assert.All(zoom.Writes(), w => Assert.Equal("application/json", w.ContentType!.Split(';')[0]));
        Assert.All(zoom.Headers.Where(h => h.Accept.Contains("scim") || h.Method != "POST"), h => Assert.Equal("application/scim+json", h.Accept));
    }

    [Theory]
    [InlineData("business")]
    [InlineData("pro")]
    [InlineData("free")]
    [InlineData("legacy")]
    [InlineData("none")]
    public async Task Row_19_a_run_ends_right_at_any_pace_Zoom_allows(string plan)
    {
        using var zoom = new Tenant(Tenant.Switch("rate_plan", plan));
        var addresses = Enumerable.Range(0, 25).Select(n => $"user{n}@example.com").ToList();
        await zoom.Run(() => Task.WhenAll(addresses.Select(a => zoom.Operations.CreateAsync(Tenant.Wish(null, a), IfExists.Fail, zoom, ScimCall.None))));
        Assert.All(addresses, a => Assert.True(zoom.Exists(a)));
        Assert.Equal(25, zoom.Requests("POST").Count(r => r.Status == 201));
    }

    [Fact]
    public async Task Row_19_the_admin_can_hold_it_down_to_one_request_a_second()
    {
        using var zoom = new Tenant(Tenant.Switch("rate_plan", "legacy"), cap: 1);
        await zoom.Run(() => Task.WhenAll(Enumerable.Range(0, 10)
            .Select(n => zoom.Operations.CreateAsync(Tenant.Wish(null, $"user{n}@example.com"), IfExists.Fail, zoom, ScimCall.None))));
        Assert.DoesNotContain(zoom.Requests(), r => r.Status == 429);
        Assert.True(zoom.Clock.Elapsed >= TimeSpan.FromSeconds(9), zoom.Clock.Elapsed.ToString());
    }

    [Theory]
    [InlineData("gateway", "on", "documented")]
    [InlineData("gateway", "off", "documented")]
    [InlineData("gateway", "off", "iso")]
    [InlineData("gateway", "off", "none")]
    [InlineData("gateway", "off", "seconds")]
    [InlineData("gateway", "off", "http-date")]
    [InlineData("scim", "on", "seconds")]
    [InlineData("scim", "off", "seconds")]
    [InlineData("scim", "off", "http-date")]
    [InlineData("scim", "off", "none")]
    [InlineData("scim", "off", "iso")]
    public async Task Row_20_a_429_of_any_form_is_waited_for(string envelope, string headers, string retryAfter)
    {
        using var zoom = new Tenant(Tenant.Switches(
            ("rate_plan", "legacy"), ("rate_envelope", envelope), ("rate_headers", headers), ("retry_after", retryAfter)));
        await zoom.Run(() => Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => zoom.Operations.CreateAsync(Tenant.Wish(null, $"user{n}@example.com"), IfExists.Fail, zoom, ScimCall.None))));
        // Told the limits, the client never goes beyond them.
        Assert.Equal(headers == "off", zoom.Requests().Any(r => r.Status == 429));
        Assert.All(Enumerable.Range(0, 8), n => Assert.True(zoom.Exists($"user{n}@example.com")));
    }

    [Theory]
    [InlineData("gateway")]
    [InlineData("scim")]
    public async Task Row_20_a_wait_of_hours_ends_the_run_with_a_clear_word(string envelope)
    {
        using var zoom = new Tenant(Tenant.Switches(("daily_limit", 3), ("rate_envelope", envelope)));
        var error = await Assert.ThrowsAsync<ScimRateLimitException>(() => zoom.Run(() => Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => zoom.Operations.CreateAsync(Tenant.Wish(null, $"user{n}@example.com"), IfExists.Fail, zoom, ScimCall.None)))));
        Assert.Contains("2026-01-06 00:00:00Z", error.Message);
    }

    [Theory]
    [InlineData("kept", 0)]
    [InlineData("revoked", 1)]
    public async Task Row_21_a_token_that_another_program_killed_is_replaced_once(string position, int more)
    {
        using var zoom = new Tenant(Tenant.Switch("old_tokens", position));
        await zoom.Create();
        var before = zoom.TokenRequests().Count;
        Assert.Equal(1, before);
        using (var invoker = new HttpMessageInvoker(zoom.Zoom.CreateTransport()))
        using (var request = new HttpRequestMessage(HttpMethod.Post, zoom.Zoom.TokenUri))
        {
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue(
                "Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{zoom.Zoom.ClientId}:{zoom.Zoom.ClientSecret}")));
            request.Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "account_credentials",
                ["account_id"] = zoom.Zoom.AccountId,
            });
            (await invoker.SendAsync(request, default)).EnsureSuccessStatusCode();
        }

        await zoom.Run(() => Task.WhenAll(Enumerable.Range(0, 5)
            .Select(n => zoom.Operations.CreateAsync(Tenant.Wish(null, $"user{n}@example.com"), IfExists.Fail, zoom, ScimCall.None))));
        Assert.Equal(before + 1 + more, zoom.TokenRequests().Count);
    }

    [Theory]
    [InlineData("ok")]
    [InlineData("reject")]
    public async Task Row_22_the_token_is_asked_for_in_a_form_body(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("token_query_params", position));
        await zoom.Create();
        var request = Assert.Single(zoom.TokenRequests());
        Assert.Equal(string.Empty, request.Query.TrimStart('?'));
        Assert.Contains("grant_type=account_credentials", request.Body);
        Assert.StartsWith("application/x-www-form-urlencoded", request.ContentType, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-activated", 400)]
    [InlineData("disabled", 400)]
    [InlineData("active", 400)]
    public async Task Row_23_a_refused_token_names_Zooms_words_and_what_to_look_at(string app, int status)
    {
        // Where the app is well, the account id is wrong.
        using var zoom = new Tenant(Tenant.Switches(("app", app), ("invalid_client_status", status)), accountId: app == "active" ? "nobody" : null);
        var error = await Assert.ThrowsAsync<ScimAuthenticationException>(() => zoom.Create());
        Assert.False(string.IsNullOrEmpty(error.RecommendedAction));
        switch (app)
        {
            case "active":
                Assert.Equal("Zoom.Token.InvalidAccount", error.ErrorId);
                Assert.Contains("Bad Request", error.Message);
                Assert.Contains("account id", error.RecommendedAction);
                break;
            case "disabled":
                Assert.Equal("Zoom.Token.AppDisabled", error.ErrorId);
                Assert.Contains("The app has been disabled", error.Message);
                break;
            default:
                Assert.Contains("ctivate", error.RecommendedAction);
                break;
        }

        var failed = (await zoom.Test()).Single(s => s.Outcome == TestOutcome.Failed);
        Assert.Equal("Token", failed.Name);
        Assert.NotNull(failed.Remedy);
        Assert.Empty(zoom.Requests());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task Row_23_a_wrong_secret_is_told_as_such_under_either_status(int status)
    {
        using var zoom = new Tenant(Tenant.Switch("invalid_client_status", status), secret: "not-the-secret-of-this-app");
        var error = await Assert.ThrowsAsync<ScimAuthenticationException>(() => zoom.Create());
        Assert.Equal(("Zoom.Token.InvalidClient", status), (error.ErrorId, error.Status));
        Assert.Contains("Invalid client_id or client_secret", error.Message);
        Assert.Contains("App Credentials", error.RecommendedAction);
        Assert.DoesNotContain("not-the-secret", error.Message);
        Assert.Empty(zoom.Requests());
    }

    [Theory]
    [InlineData("present", "scim2:admin", TestOutcome.Passed)]
    [InlineData("absent", "scim2:admin", TestOutcome.Warning)]
    [InlineData("present", "scim2", TestOutcome.Passed)]
    public async Task Row_24_scopes_that_are_not_named_are_a_warning_only(string field, string scopes, TestOutcome outcome)
    {
        using var zoom = new Tenant(Tenant.Switches(("token_scope_field", field), ("scopes", scopes)));
        var steps = await zoom.Test();
        Assert.Equal(outcome, steps.Single(s => s.Name == "Scopes").Outcome);
        Assert.DoesNotContain(steps, s => s.Outcome == TestOutcome.Failed);
        Assert.Equal(ChangeOutcome.Done, (await zoom.Create()).Outcome);
    }

    [Theory]
    [InlineData("https://api.zoom.us")]
    [InlineData("https://api-eu.zoom.us")]
    public async Task Row_25_a_regional_host_in_the_token_reply_is_not_followed(string apiUrl)
    {
        using var zoom = new Tenant(Tenant.Switch("api_url", apiUrl));
        var hosts = new HashSet<string>();
        zoom.Before = request =>
        {
            lock (hosts)
            {
                hosts.Add(request.RequestUri!.Host);
            }

            return Task.CompletedTask;
        };
        await zoom.Create();
        Assert.Equal([zoom.Zoom.ScimUri.Host], hosts);
    }

    [Theory]
    [InlineData("400-4711")]
    [InlineData("400-4700")]
    [InlineData("400-104")]
    [InlineData("401-4711")]
    public async Task Row_26_a_missing_scope_is_known_by_its_words(string position)
    {
        using var zoom = new Tenant(Tenant.Switches(("missing_scope_reply", position), ("scopes", "user:read:admin")));
        var error = await Assert.ThrowsAsync<ScimPermissionException>(() => zoom.Create());
        Assert.Equal("Zoom.Permission.ScopeMissing", error.ErrorId);
        Assert.Contains("scim2:admin", error.RecommendedAction);
    }

    [Theory]
    [InlineData("number")]
    [InlineData("string")]
    public async Task Row_27_an_error_is_read_whether_its_status_is_a_number_or_a_text(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("status_field", position));
        Assert.Equal(ChangeOutcome.Skipped, (await zoom.Create(address: "pending@example.com")).Outcome);
        var error = await Assert.ThrowsAsync<ScimBadRequestException>(() => zoom.Create(address: "jill@elsewhere.com"));
        Assert.Equal(("Zoom.User.DomainNotAssociated", 409), (error.ErrorId, error.Status));
    }

    [Theory]
    [InlineData("ignored", "zoomOneBizPlus", "16", "0")]
    [InlineData("removes", "zoomOneBizPlus", "16", "0")]
    [InlineData("ignored", "zoomUnited", "32", "none")]
    [InlineData("removes", "zoomUnited", "32", "none")]
    public async Task Row_28_a_plan_is_removed_on_request_only_and_one_that_stays_is_told(string position, string plan, string code, string remover)
    {
        using var zoom = new Tenant(Tenant.Switch("plan_zero", position), verify: true);
        await zoom.Create(u => u.SetExtension(plan, code));
        await zoom.Update(u => u.Department = "Sales");
        Assert.Equal(code, zoom.Held(plan));
        zoom.Forget();

        var result = await zoom.Update(u => u.SetExtension(plan, remover));

        Assert.Equal(position == "removes" ? null : code, zoom.Held(plan));
        Assert.Equal(position == "removes" ? [] : [plan], result.NotApplied.Select(c => c.Name));
        Assert.Equal(position == "removes" ? 0 : 1, zoom.Warnings.Count);
        Assert.Equal(position == "removes", result.Verified);
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("rejected")]
    public async Task Row_29_the_user_type_is_left_out_beside_a_plan(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("user_type_with_plan", position));
        await zoom.Create(u =>
        {
            u.UserType = "Licensed";
            u.SetExtension("zoomOneBizPlus", "16");
        });
        await zoom.Update(u =>
        {
            u.UserType = "Licensed";
            u.SetExtension("zoomOneBizPlus", "32");
        });
        Assert.Equal(("32", "Licensed"), (zoom.Held("zoomOneBizPlus"), zoom.Held("userType")));
        Assert.All(zoom.Writes(), w => Assert.DoesNotContain("userType", w.Attributes));
        Assert.Empty(zoom.Warnings);
    }

    [Theory]
    [InlineData("accepted", "zoomAutoDialer", "1073741824")]
    [InlineData("rejected", "zoomAutoDialer", "1073741824")]
    [InlineData("accepted", "zoomFrontline", "2048")]
    [InlineData("rejected", "zoomFrontline", "2048")]
    public async Task Row_29_a_plan_that_is_no_bundle_goes_with_the_user_type_or_the_refusal_is_told(string position, string plan, string code)
    {
        using var zoom = new Tenant(Tenant.Switch("user_type_with_plan", position));
        if (position == "rejected")
        {
            // v2 speaks of bundles only; should SCIM mean all plans, Zoom's own words say what to do.
            var error = await Assert.ThrowsAsync<ScimBadRequestException>(() => Make());
            Assert.Equal("Zoom.User.TypeAndPlanTogether", error.ErrorId);
            return;
        }

        await Make();
        Assert.Equal((code, "Licensed"), (zoom.Held(plan), zoom.Held("userType")));

        Task<ChangeResult> Make() => zoom.Create(u =>
        {
            u.UserType = "Licensed";
            u.SetExtension(plan, code);
        });
    }

    [Theory]
    [InlineData("yes")]
    [InlineData("no")]
    public async Task Row_30_a_user_type_that_is_not_told_is_unknown_and_not_wrong(string position)
    {
        using var zoom = new Tenant(Tenant.Switch("user_type_returned", position), verify: true);
        await zoom.Create(u => u.UserType = "Licensed");
        await zoom.Update(u => u.UserType = "Basic");
        Assert.Equal("Basic", zoom.Held("userType"));
        Assert.Empty(zoom.Warnings);
        Assert.Equal(PlanAction.NoOp, Assert.Single((await zoom.PlanAgain(Tenant.Wish(u => u.UserType = "Basic"))).Changes).Action);
    }

    [Fact]
    public async Task Row_31_no_external_id_is_ever_sent()
    {
        using var zoom = new Tenant();
        var created = await zoom.Create(u => u.EmployeeNumber = "123");
        await zoom.Update(new DesiredUser(new ScimUser { Department = "Sales" }) { ZoomId = created.Id });
        Assert.All(zoom.Writes(), w => Assert.DoesNotContain("externalId", w.Body));
        // The filter of that name means Zoom's own id.
        var page = await zoom.Run(() => zoom.Directory.ListAsync(ScimFilter.ExternalId(created.Id!), _ => Task.CompletedTask, ScimCall.None));
        Assert.Equal((1, 1), page);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("office")]
    public async Task Row_32_a_number_is_the_same_under_both_labels_and_in_any_spelling(string label)
    {
        using var zoom = new Tenant(Tenant.Switch("phone_work_returned_as", label), verify: true);
        var created = await zoom.Create(u => u.Phone = "+1 5125550123");
        Assert.Empty(created.Warnings);
        Assert.True(created.Verified);
        zoom.Forget();
        Assert.Equal(ChangeOutcome.NoChange, (await zoom.Update(u => u.Phone = "+1 (512) 555-0123")).Outcome);
        Assert.Empty(zoom.Writes());

        await zoom.Update(u => u.MobilePhone = "+44 2079460018");
        Assert.Equal(2, zoom.Phones().Length);
        Assert.Empty(zoom.Warnings);
    }

    [Theory]
    [InlineData("work")]
    [InlineData("office")]
    public async Task Row_33_there_is_one_number_of_each_type(string label)
    {
        using var zoom = new Tenant(Tenant.Switch("phone_work_returned_as", label));
        await zoom.Create(u =>
        {
            u.Phone = "+1 5125550123";
            u.MobilePhone = "+1 5125550124";
            u.HomePhone = "+1 5125550125";
        });
        await zoom.Update(u =>
        {
            u.Phone = "+1 5125550126";
            u.MobilePhone = "+1 5125550127";
        });
        var types = zoom.Requests("PUT").Single().Json.GetProperty("phoneNumbers").EnumerateArray().Select(p => p.GetProperty("type").GetString()).ToList();
        Assert.Equal(3, types.Count);
        Assert.Equal(3, types.Distinct().Count());
        Assert.Equal(3, zoom.Phones().Length);
        Assert.Empty(zoom.Warnings);
    }
}
