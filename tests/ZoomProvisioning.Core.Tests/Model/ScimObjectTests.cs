using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace ZoomProvisioning.Tests.Model;

public class ScimObjectTests
{
    private static ScimObject Sample() => new()
    {
        ["userName"] = "jill@example.com",
        ["name"] = new ScimObject { ["givenName"] = "Jill" },
        ["roles"] = new ArrayList { new ScimObject { ["value"] = "Member" }, "Admin" },
        ["urn:ietf:params:scim:schemas:extension:zoom:1.0:User"] = new ScimObject { ["zoomOneEdu"] = "576460752303423488", ["brandNewPlan"] = true },
        ["nothing"] = null,
        ["huge"] = new ScimNumber("18446744073709551616"),
    };

    [Fact]
    public void Names_compare_without_regard_to_case_and_keep_their_order()
    {
        var sample = Sample();

        Assert.Equal("jill@example.com", sample["USERNAME"]);
        sample["USERNAME"] = "jack@example.com";
        Assert.Equal(
            ["userName", "name", "roles", "urn:ietf:params:scim:schemas:extension:zoom:1.0:User", "nothing", "huge"],
            sample.Names,
            StringComparer.OrdinalIgnoreCase);
        Assert.Equal("jack@example.com", sample.Text("username"));
    }

    [Fact]
    public void An_absent_attribute_a_null_and_an_empty_text_are_three_things()
    {
        var sample = new ScimObject { ["none"] = null, ["empty"] = string.Empty };

        Assert.False(sample.Has("absent"));
        Assert.True(sample.Has("NONE"));
        Assert.Null(sample.Text("none"));
        Assert.Equal(string.Empty, sample.Text("empty"));
        Assert.False(ScimObject.ValueEquals(new ScimObject { ["a"] = null }, new ScimObject()));
        Assert.False(ScimObject.ValueEquals(null, string.Empty));
    }

    [Fact]
    public void A_deep_copy_is_equal_and_shares_nothing()
    {
        var sample = Sample();
        var copy = sample.DeepCopy();
        Assert.True(ScimObject.ValueEquals(sample, copy));

        ((ScimObject)((ArrayList)copy["roles"]!)[0]!)["value"] = "Owner";
        copy.Complex("name")!["givenName"] = "Jack";
        ((ArrayList)copy["roles"]!).Add("Third");

        Assert.True(ScimObject.ValueEquals(sample, Sample()));
        Assert.False(ScimObject.ValueEquals(sample, copy));
    }

    [Fact]
    public void Objects_are_equal_in_any_order_and_case_of_names_but_lists_only_in_order()
    {
        Assert.True(ScimObject.ValueEquals(
            new ScimObject { ["a"] = "1", ["B"] = 2L },
            new ScimObject { ["b"] = 2L, ["A"] = "1" }));
        Assert.False(ScimObject.ValueEquals(new ArrayList { "a", "b" }, new ArrayList { "b", "a" }));
        Assert.False(ScimObject.ValueEquals(new ArrayList { "a" }, new ArrayList { "a", "a" }));
        Assert.False(ScimObject.ValueEquals("Sales", "sales"));
        Assert.False(ScimObject.ValueEquals("1", 1L));
        Assert.False(ScimObject.ValueEquals(true, "true"));
        Assert.True(ScimObject.ValueEquals(new ScimNumber("1.50"), new ScimNumber("1.50")));
        Assert.False(ScimObject.ValueEquals(new ScimObject(), new ArrayList()));
    }

    [Fact]
    public void A_lone_value_counts_as_a_list_of_one()
    {
        var sample = new ScimObject { ["one"] = new ScimObject { ["value"] = "Member" }, ["many"] = new ArrayList { "a", "b" }, ["none"] = null };

        Assert.Single(sample.Items("one"));
        Assert.Equal(2, sample.Items("many").Count);
        Assert.Empty(sample.Items("none"));
        Assert.Empty(sample.Items("absent"));
    }

    [Fact]
    public void A_complex_value_is_made_where_there_is_none_and_kept_where_there_is()
    {
        var sample = Sample();

        Assert.Same(sample["name"], sample.ComplexOrNew("NAME"));
        sample.ComplexOrNew("fresh")["x"] = 1L;
        Assert.Equal(1L, sample.Complex("fresh")!["x"]);
        sample.ComplexOrNew("userName")["x"] = 1L;
        Assert.NotNull(sample.Complex("userName"));
    }

    [Fact]
    public void A_number_that_is_too_big_keeps_its_digits()
    {
        Assert.Equal("18446744073709551616", Sample()["huge"]!.ToString());
        Assert.True(new ScimNumber("1e3") == new ScimNumber("1e3"));
        Assert.True(new ScimNumber("1e3") != new ScimNumber("1000"));
        Assert.Equal(new ScimNumber("1e3").GetHashCode(), new ScimNumber("1e3").GetHashCode());
    }

    [Fact]
    public void It_is_a_dictionary_for_whoever_asks_for_one()
    {
        var table = Sample();

        Assert.Equal(6, table.Count);
        Assert.True(table.Contains("USERNAME"));
        Assert.False(table.Contains(5));
        Assert.Null(table[5]);
        Assert.Equal("jill@example.com", table["username"]);
        Assert.Equal(["userName", "name"], table.Keys.Cast<string>().Take(2));
        Assert.Equal("jill@example.com", table.Values.Cast<object?>().First());
        Assert.Equal(table.Keys.Cast<string>(), table.Cast<DictionaryEntry>().Select(e => (string)e.Key));
        var copy = new DictionaryEntry[7];
        table.CopyTo(copy, 1);
        Assert.Equal("userName", copy[1].Key);
        Assert.Throws<ArgumentException>(() => table.Add("USERNAME", "x"));
        Assert.Throws<ArgumentException>(() => table[5] = "x");
        table.Add("more", 1L);
        Assert.Equal("more", table.Keys.Cast<string>().Last());
        table.Clear();
        Assert.Empty(table);
        table["again"] = true;
        Assert.Equal(true, table["AGAIN"]);
    }

    [Fact]
    public void What_is_taken_out_leaves_the_others_as_they_were()
    {
        var sample = new ScimObject { ["a"] = 1L, ["b"] = 2L, ["c"] = 3L };
        var copy = sample.DeepCopy();
        sample.Remove("B");
        sample.Remove("none");
        sample.Remove(5);

        Assert.Equal(["a", "c"], sample.Names);
        Assert.Equal([1L, 3L], sample.Values.Cast<long>());
        sample["B"] = 4L;
        Assert.Equal(["a", "c", "B"], sample.Names);
        Assert.Equal(["a", "b", "c"], copy.Names);
        Assert.Equal(2L, copy["b"]);
    }

    [Fact]
    public void Objects_that_share_their_names_share_nothing_else()
    {
        var random = new Random(7);
        var (objects, models) = (new List<ScimObject>(), new List<List<KeyValuePair<string, object?>>>());
        for (var step = 0; step < 20_000; step++)
        {
            if (objects.Count < 50)
            {
                objects.Add([]);
                models.Add([]);
            }

            var at = random.Next(objects.Count);
            var name = (random.Next(2) == 0 ? "n" : "N") + random.Next(12);
            var known = models[at].FindIndex(p => string.Equals(p.Key, name, StringComparison.OrdinalIgnoreCase));
            if (random.Next(3) == 0)
            {
                objects[at].Remove(name);
                if (known >= 0)
                {
                    models[at].RemoveAt(known);
                }
            }
            else
            {
                objects[at][name] = step;
                if (known >= 0)
                {
                    models[at][known] = new(models[at][known].Key, step);
                }
                else
                {
                    models[at].Add(new(name, step));
                }
            }
        }

        Assert.All(objects.Zip(models, (o, m) => (o, m)), pair =>
        {
            Assert.Equal(pair.m.Select(p => p.Key), pair.o.Names);
            Assert.Equal(pair.m.Select(p => p.Value), pair.o.Values.Cast<object?>());
        });
    }
}
