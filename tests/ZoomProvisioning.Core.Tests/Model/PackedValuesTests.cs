using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace ZoomProvisioning.Tests.Model;

/// <summary>A resource that is kept in a few bytes reads as the one it was made of, and is as that one when it is changed.</summary>
public class PackedValuesTests
{
    private static readonly string Id = new('i', 22);

    private static readonly string Name = new('n', 30);

    private static readonly Gen<string> Names = Gen.Elements("id", "userName", "ID", "name", "emails", "value", "active", "roles", "a", "b");

    private static readonly Gen<string> Texts = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? string.Empty),
        Gen.Elements(
            string.Empty, "Sales", "Sales", "jill@example.com", "\uD83D", "\uDC4D\uD83D", "👍", "Ève\u0301 Zoë", "健太", "\0", new string('x', 64),
            new string('é', 65), new string('y', 20000)));

    private static readonly Arbitrary<ScimObject> Objects = ObjectOf(3).ToArbitrary();

    // Before the laws have used up all numbers for what is common.
    private static readonly ScimUser Jill = MakeJill();

    private static readonly List<ScimObject> Three = [.. Enumerable.Range(0, 3).Select(_ => Alike())];

    private static ScimUser MakeJill()
    {
        var user = new ScimUser { UserName = "jill@example.com", GivenName = "Jill", Email = "jill@example.com" };
        user.SetExtension("zoomOneBizPlus", 16L);
        user.Attributes.Pack();
        return user;
    }

    private static ScimObject Alike()
    {
        var user = new ScimObject
        {
            ["id"] = Id,
            ["userName"] = Name,
            ["department"] = new string('d', 10),
            ["alias"] = new string('n', 30),
        };
        user.Pack();
        return user;
    }

    private static Gen<ScimObject> ObjectOf(int depth) => Names.Zip(ValueOf(depth)).ArrayOf().Select(members =>
    {
        var made = new ScimObject();
        foreach (var (name, value) in members)
        {
            made[name] = value;
        }

        return made;
    });

    private static Gen<object?> ValueOf(int depth)
    {
        var plain = Gen.OneOf(
            Gen.Constant((object?)null),
            Gen.Elements<object?>(true, false),
            Gen.Elements<object?>(0L, -1L, 16L, long.MaxValue, long.MinValue),
            Gen.Elements<object?>(new ScimNumber("1e3"), new ScimNumber("-0"), new ScimNumber("123456789012345678901234567890")),
            Texts.Select(t => (object?)t));
        return depth == 0 ? plain : Gen.OneOf(
            plain,
            plain,
            ObjectOf(depth - 1).Select(o => (object?)o),
            ValueOf(depth - 1).ArrayOf().Select(items => (object?)new ArrayList(items)));
    }

    private static void Holds(Func<ScimObject, bool> law) => Prop.ForAll(Objects, law).Check(Law.Times(500));

    private static ScimObject Packed(ScimObject from)
    {
        var packed = from.DeepCopy();
        packed.Pack();
        return packed;
    }

    [Fact]
    public void Every_value_reads_as_it_was() => Holds(made =>
    {
        var packed = Packed(made);
        return packed.Names.SequenceEqual(made.Names)
            && ScimObject.ValueEquals(packed, made)
            && ScimObject.ValueEquals(made, packed)
            && made.Names.All(name => packed.Has(name) && ScimObject.ValueEquals(packed[name], made[name]))
            && packed.Values.Cast<object?>().Zip(made.Values.Cast<object?>(), ScimObject.ValueEquals).All(same => same)
            && packed.Cast<DictionaryEntry>().All(e => ScimObject.ValueEquals(e.Value, made[(string)e.Key]))
            && packed.ToString() == made.ToString();
    });

    [Fact]
    public void A_copy_is_as_the_first_and_can_be_changed_to_its_depth() => Holds(made =>
    {
        var copy = Packed(made).DeepCopy();
        Assert.All(Everything(copy), part => part["new"] = "set");
        return !ScimObject.ValueEquals(copy, made) && Everything(copy).Count() == Everything(made).Count();
    });

    [Fact]
    public void What_is_changed_is_changed_as_in_the_first() => Holds(made =>
    {
        var (packed, first) = (Packed(made), made.DeepCopy());
        foreach (var one in new[] { packed, first })
        {
            one["name"] = "other";
            one.Remove("emails");
            one.ComplexOrNew("roles")["value"] = "Member";
        }

        return ScimObject.ValueEquals(packed, first) && packed.Names.SequenceEqual(first.Names);
    });

    [Fact]
    public void To_pack_it_again_changes_nothing() => Holds(made =>
    {
        var packed = Packed(made);
        packed.Pack();
        packed.Trim();
        var whole = new ScimObject { ["of"] = packed };
        whole.Pack();
        return ScimObject.ValueEquals(packed, made) && ScimObject.ValueEquals(whole["of"], made);
    });

    [Fact]
    public void A_part_of_it_is_there_to_be_looked_at()
    {
        var user = Jill;
        Assert.True(user.Extension.IsReadOnly);
        Assert.Throws<InvalidOperationException>(() => user.Extension["zoomOneBizPlus"] = 2L);
        Assert.Throws<InvalidOperationException>(() => user.Extension.Clear());
        Assert.Throws<InvalidOperationException>(() => user.Attributes.Complex("name")!.Remove("givenName"));
        Assert.Throws<InvalidOperationException>(() => user.Attributes.Complex("name")!.ComplexOrNew("given"));
        Assert.Throws<NotSupportedException>(() => ((ArrayList)user.Attributes["emails"]!).Add("x"));
        Assert.Equal(16L, user.Extension["zoomOneBizPlus"]);

        // As a property it is changed as ever.
        user.GivenName = "Jane";
        user.SetExtension("zoomOneBizPlus", 2L);
        Assert.False(user.Extension.IsReadOnly);
        Assert.Equal(("Jane", "jill@example.com", 2L), (user.GivenName, user.Email, user.Extension["zoomOneBizPlus"]));
    }

    [Fact]
    public void A_part_that_is_put_into_another_object_can_be_changed_there()
    {
        var from = new ScimObject { ["name"] = new ScimObject { ["givenName"] = "Jill" }, ["emails"] = new ArrayList { new ScimObject { ["value"] = "j" } } };
        from.Pack();
        var to = new ScimObject { ["name"] = from["name"], ["emails"] = from["emails"] };
        to.Complex("name")!["givenName"] = "Jane";
        ((ScimObject)((ArrayList)to["emails"]!)[0]!)["value"] = "k";
        Assert.Equal("name={ givenName=Jane }; emails=value=k", to.ToString().Replace("{ value=k }", "value=k"));
        Assert.Equal("Jill", from.Complex("name")!.Text("givenName"));
    }

    [Fact]
    public void What_no_resource_has_and_what_is_too_long_stays_as_it_is()
    {
        foreach (var value in new object[] { 1, DateTime.MinValue, new Hashtable(), new ScimObject { ["a"] = 1.5 }, new ArrayList { 1m }, new string[1] })
        {
            var made = new ScimObject { ["id"] = "1", ["odd"] = value };
            made.Pack();
            Assert.Same(value, made["odd"]);
        }

        var longest = new ScimObject { ["of"] = new ScimObject { ["text"] = new string('x', 70000) } };
        longest.Pack();
        longest.Complex("of")!["text"] = "short";
        Assert.Equal("short", longest.Complex("of")!.Text("text"));
    }

    [Fact]
    public void The_id_the_sign_in_name_and_what_many_have_are_not_made_anew()
    {
        Assert.Same(Id, Three[0]["id"]);
        Assert.Same(Name, Three[0]["userName"]);
        Assert.Same(Name, Three[0]["alias"]);
        Assert.Same(Three[1]["department"], Three[2]["department"]);
    }

    private static IEnumerable<ScimObject> Everything(object? value) => value switch
    {
        ScimObject complex => complex.ReadValues().SelectMany(Everything).Prepend(complex),
        ArrayList list => list.Cast<object?>().SelectMany(Everything),
        _ => [],
    };
}
