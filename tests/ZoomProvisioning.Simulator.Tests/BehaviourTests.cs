using System;
using System.Text.Json;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>The behaviour document.</summary>
public class BehaviourTests
{
    // The names section 9 of the fact sheet lists: scripts rely on them.
    private static readonly string[] NamesOfTheSheet =
    [
        "get_roles_groups_shape", "list_includes_roles", "put_names", "put_displayName", "filter_quotes", "duplicate_status", "status_field",
        "old_tokens", "token_query_params", "count_default", "phone_work_returned_as", "eventual_consistency_reads", "deactivate_userType",
        "title_locale_in_get",
    ];

    // The open questions of section 10 that the other side can answer either way, by their number.
    public static TheoryData<int, string> QuestionsOfTheSheet => new()
    {
        { 1, "base_path" }, { 2, "filter_quotes" }, { 3, "count_default" }, { 3, "count_above_max" }, { 4, "list_includes_roles" },
        { 5, "get_roles_groups_shape" }, { 6, "title_locale_in_get" }, { 7, "put_semantics" }, { 8, "put_arrays" }, { 9, "put_empty_string" },
        { 9, "put_null" }, { 10, "put_names" }, { 10, "put_displayName" }, { 11, "post_emails" }, { 11, "put_userName" },
        { 12, "duplicate_status" }, { 13, "pending_filter_status" }, { 14, "delete_means" }, { 15, "deactivate_userType" }, { 16, "put_active" },
        { 16, "put_active_on_inactive" }, { 17, "patch_schemas" }, { 18, "scim_json_content_type" }, { 19, "rate_plan" }, { 20, "rate_envelope" },
        { 20, "rate_headers" }, { 20, "retry_after" }, { 21, "old_tokens" }, { 22, "token_query_params" }, { 23, "app" },
        { 24, "token_scope_field" }, { 25, "api_url" }, { 26, "missing_scope_reply" }, { 27, "status_field" }, { 28, "plan_zero" },
        { 29, "user_type_with_plan" }, { 30, "user_type_returned" }, { 32, "phone_work_returned_as" }, { 33, "phone_limit" },
        { 34, "unknown_manager" }, { 35, "duplicate_employee_number" }, { 39, "members_per_patch" }, { 40, "inactive_member" },
        { 41, "unknown_group" }, { 44, "eventual_consistency_reads" }, { 46, "plan_codes_as" }, { 47, "domain_text" },
    };

    [Theory]
    [MemberData(nameof(QuestionsOfTheSheet))]
    public void An_open_question_of_the_sheet_is_a_switch(int number, string name)
    {
        Assert.InRange(number, 1, 48);
        Assert.Contains(new SimulatorFactory().Switches, item => item.Name == name);
    }

    [Fact]
    public void It_has_every_switch_of_the_sheet()
    {
        using var zoom = new TestZoom();
        using var document = JsonDocument.Parse(zoom.Simulator.GetBehaviour());
        Assert.All(NamesOfTheSheet, name => Assert.True(document.RootElement.TryGetProperty(name, out _), name));
        Assert.Equal(JsonValueKind.Array, document.RootElement.GetProperty("faults").ValueKind);
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_names_the_valid_ones_and_changes_nothing()
    {
        using var zoom = new TestZoom();
        var before = zoom.Simulator.GetBehaviour();
        var error = Assert.Throws<ArgumentException>(() => zoom.Simulator.PatchBehaviour("{\"sso\":\"off\",\"no_such\":1}"));
        Assert.Contains("'no_such'", error.Message);
        Assert.All(NamesOfTheSheet, name => Assert.Contains(name, error.Message));
        Assert.Equal(before, zoom.Simulator.GetBehaviour());
    }

    [Theory]
    [InlineData("{\"filter_quotes\":\"sometimes\"}", "both, unquoted-only, quoted-only")]
    [InlineData("{\"count_default\":1000}", "a number from 1 to 100")]
    [InlineData("{\"latency_ms\":\"x\"}", "a number from 0 to 600000")]
    [InlineData("{\"faults\":{}}", "array")]
    [InlineData("{\"faults\":[{\"kind\":\"explode\"}]}", "drop")]
    [InlineData("{\"faults\":[{\"kind\":\"drop\",\"sometimes\":true}]}", "probability")]
    [InlineData("{\"faults\":[{\"kind\":\"drop\",\"count\":0}]}", "from 1")]
    [InlineData("{\"faults\":[{}]}", "'kind'")]
    [InlineData("[]", "object")]
    [InlineData("{", "not JSON")]
    public void A_wrong_value_is_an_error_that_says_what_is_right(string patch, string words)
    {
        using var zoom = new TestZoom();
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => zoom.Simulator.PatchBehaviour(patch)).Message);
    }

    [Fact]
    public void Null_sets_back_and_everything_read_can_be_written()
    {
        using var zoom = new TestZoom();
        var before = zoom.Simulator.GetBehaviour();
        zoom.Simulator.PatchBehaviour("{\"sso\":\"off\",\"count_default\":10,\"faults\":[{\"kind\":\"drop\",\"count\":3,\"after\":1}]}");
        var changed = zoom.Simulator.GetBehaviour();
        Assert.NotEqual(before, changed);
        using var other = new TestZoom();
        other.Simulator.PatchBehaviour(changed);
        Assert.Equal(changed, other.Simulator.GetBehaviour());
        zoom.Simulator.PatchBehaviour("{\"sso\":null,\"count_default\":null,\"faults\":null}");
        Assert.Equal(before, zoom.Simulator.GetBehaviour());
    }

    [Fact]
    public void A_rate_plan_that_does_not_exist_is_refused_at_the_start()
    {
        var error = Assert.Throws<ArgumentException>(() => new TestZoom(ratePlan: "gold"));
        Assert.Contains("business, pro, free, legacy, ample, none", error.Message);
    }
}
