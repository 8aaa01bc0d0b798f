using System;
using System.Collections;
using System.Linq;
using Xunit;

namespace ZoomProvisioning.Tests.Model;

public class ScimUserTests
{
    [Fact]
    public void Properties_are_views_of_what_Zoom_sent()
    {
        var user = new ScimUser(
            new ScimObject
            {
                ["id"] = "k&KdKr6TLWuxdDtk0hjSzL",
                ["userName"] = "jill@example.com",
                ["name"] = new ScimObject { ["givenName"] = "Jill", ["familyName"] = "O'Brien" },
                ["emails"] = new ArrayList { new ScimObject { ["type"] = "work", ["value"] = "jill@example.com" } },
                ["active"] = true,
                ["meta"] = new ScimObject { ["created"] = "2023-11-24T05:13:15Z", ["lastModified"] = "2023-11-25T06:23:17Z" },
                [ScimSchemas.EnterpriseUser] = new ScimObject { ["department"] = "Sales", ["organization"] = "Example" },
                ["roles"] = new ScimObject { ["display"] = "Member", ["value"] = "Member" },
                ["groups"] = new ArrayList { new ScimObject { ["display"] = "Developers" }, new ScimObject { ["value"] = string.Empty } },
            },
            UserDetail.Read);

        Assert.Equal("k&KdKr6TLWuxdDtk0hjSzL", user.Id);
        Assert.Equal("Jill", user.GivenName);
        Assert.Equal("O'Brien", user.FamilyName);
        Assert.Equal("jill@example.com", user.Email);
        Assert.True(user.Active);
        Assert.Equal("Sales", user.Department);
        Assert.Equal("Example", user.Organization);
        Assert.Equal(["Member"], user.Roles);
        Assert.Equal(["Developers"], user.Groups);
        Assert.Equal(new DateTimeOffset(2023, 11, 24, 5, 13, 15, TimeSpan.Zero), user.Created);
        Assert.Equal(new DateTimeOffset(2023, 11, 25, 6, 23, 17, TimeSpan.Zero), user.LastModified);
        Assert.Empty(user.ChangedAttributes);
    }

    [Fact]
    public void Setting_a_property_writes_the_resource_and_remembers_it()
    {
        var user = new ScimUser(new ScimObject { ["unknownToUs"] = "kept" }, UserDetail.Read)
        {
            GivenName = "Jill",
            Department = "Sales",
            Email = "jill@example.com",
            Roles = ["Member", "Admin"],
        };

        Assert.Equal("Jill", user.Attributes.Complex("name")!.Text("givenName"));
        Assert.Equal("Sales", user.Attributes.Complex(ScimSchemas.EnterpriseUser)!.Text("department"));
        Assert.Equal(["Department", "Email", "GivenName", "Roles"], user.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal("kept", user.Attributes.Text("unknownToUs"));
    }

    [Fact]
    public void Every_mapped_attribute_reads_back_what_was_set()
    {
        foreach (var attribute in ZoomAttributes.All)
        {
            var user = new ScimUser();
            object value = attribute.Kind switch
            {
                AttributeKind.Flag => true,
                AttributeKind.Names => new[] { "Member" },
                AttributeKind.Phone => "+1 5125550123",
                _ => "some text",
            };
            Assert.True(ZoomAttribute.IsEmpty(attribute.Get(user)));
            attribute.Set(user, value);
            Assert.Equal(value, attribute.Get(user));
            Assert.Equal([attribute.Name], user.ChangedAttributes);
            Assert.Same(attribute, ZoomAttributes.Find(attribute.Name.ToUpperInvariant()));
        }
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("false", false)]
    public void Active_may_arrive_as_text(string sent, bool expected) =>
        Assert.Equal(expected, new ScimUser(new ScimObject { ["active"] = sent }, UserDetail.Read).Active);

    [Fact]
    public void Active_that_Zoom_did_not_tell_is_unknown() =>
        Assert.Null(new ScimUser(new ScimObject { ["active"] = 1L }, UserDetail.Read).Active);

    [Fact]
    public void Values_of_an_unexpected_kind_are_read_as_none()
    {
        var user = new ScimUser(
            new ScimObject { ["name"] = "Jill", ["emails"] = "x", ["userName"] = 5L, ["meta"] = new ArrayList(), ["roles"] = true },
            UserDetail.Read);

        Assert.Null(user.GivenName);
        Assert.Null(user.Email);
        Assert.Null(user.UserName);
        Assert.Null(user.Created);
        Assert.Empty(user.Roles);
        Assert.Empty(user.PhoneNumbers);
    }

    [Fact]
    public void The_work_phone_is_Zooms_work_or_office_number()
    {
        Assert.Equal("+1 1", new ScimUser { PhoneNumbers = [new("+1 9", "mobile"), new("+1 1", "Office")] }.Phone);
        Assert.Null(new ScimUser { PhoneNumbers = [new("+1 9", "mobile")] }.Phone);
    }

    [Fact]
    public void Setting_the_work_phone_keeps_all_other_numbers()
    {
        var user = new ScimUser { PhoneNumbers = [new("+1 9", "mobile"), new("+1 1", "office"), new("+1 2", "fax")] };

        user.Phone = "+1 5125550123";

        Assert.Equal("+1 5125550123", user.Phone);
        Assert.Equal(["+1 2", "+1 5125550123", "+1 9"], user.PhoneNumbers.Select(p => p.Value).OrderBy(v => v, StringComparer.Ordinal));
    }

    [Fact]
    public void A_user_with_both_a_work_and_an_office_number_loses_neither()
    {
        var user = new ScimUser { PhoneNumbers = [new("+1 1", "office"), new("+1 2", "work"), new("+1 3", "mobile")] };
        Assert.Equal("+1 2", user.Phone);

        user.Phone = "+1 5125550123";

        Assert.Equal("+1 5125550123", user.Phone);
        Assert.Equal(["office +1 1", "work +1 5125550123", "mobile +1 3"], user.PhoneNumbers.Select(p => $"{p.Type} {p.Value}"));
    }

    [Fact]
    public void Clearing_the_work_phone_keeps_the_mobile()
    {
        var user = new ScimUser { PhoneNumbers = [new("+1 1", "work"), new("+1 3", "mobile")] };

        user.Phone = null;

        Assert.Equal(["mobile +1 3"], user.PhoneNumbers.Select(p => $"{p.Type} {p.Value}"));
    }

    [Fact]
    public void A_user_is_called_by_the_best_name_there_is()
    {
        Assert.Equal("a@example.com", new ScimUser { UserName = "a@example.com", Id = "x" }.ToString());
        Assert.Equal("b@example.com", new ScimUser { Email = "b@example.com" }.ToString());
        Assert.Equal("x", new ScimUser { Id = "x" }.ToString());
        Assert.NotEmpty(new ScimUser().ToString());
    }

    [Fact]
    public void What_a_reply_omits_is_unknown_and_not_empty()
    {
        var listed = new ScimUser([], UserDetail.Listed);
        var read = new ScimUser([], UserDetail.Read);
        var created = new ScimUser([], UserDetail.Created);
        var updated = new ScimUser([], UserDetail.Updated);

        Assert.True(ZoomAttributes.Department.IsToldBy(listed));
        Assert.False(ZoomAttributes.Organization.IsToldBy(listed));
        Assert.False(ZoomAttributes.Phone.IsToldBy(listed));
        Assert.True(ZoomAttributes.Phone.IsToldBy(read));
        Assert.False(ZoomAttributes.Title.IsToldBy(read));
        Assert.True(ZoomAttributes.Title.IsToldBy(created));
        Assert.True(ZoomAttributes.Title.IsToldBy(updated));
        Assert.True(ZoomAttributes.Manager.IsToldBy(created));
        Assert.False(ZoomAttributes.Manager.IsToldBy(updated));
        // A server that tells more than Zoom's documentation is believed.
        Assert.True(ZoomAttributes.Title.IsToldBy(new ScimUser(new ScimObject { ["title"] = "CEO" }, UserDetail.Listed)));
    }
}
