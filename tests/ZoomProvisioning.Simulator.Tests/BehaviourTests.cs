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
        Assert.Contains("business, pro, free, legacy, none", error.Message);
    }
}
