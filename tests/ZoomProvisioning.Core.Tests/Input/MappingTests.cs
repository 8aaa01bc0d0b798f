using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;

namespace ZoomProvisioning.Tests.Input;

public class MappingTests
{
    private static readonly (string, string)[] Row = [("UserName", "jill@example.com"), ("Dept", "Sales"), ("Cost Centre", "US01"), ("LastName", "Chill")];

    [Fact]
    public void A_mapped_property_is_found_as_loosely_as_a_heading_and_beats_the_preset()
    {
        var reader = Wishes.Reader(RecordUse.Create, null, ("department", AttributeSource.FromProperty("costcentre")));

        Assert.Equal("US01", reader.Read(FakeRecord.Csv(Row)).Values.Department);
    }

    [Fact]
    public void A_constant_is_the_same_for_all_and_converted_like_a_value()
    {
        var reader = Wishes.Reader(
            RecordUse.Create, null,
            ("UserType", AttributeSource.FromConstant("Pro")), ("Active", AttributeSource.FromConstant("yes")),
            ("Organization", AttributeSource.FromConstant(null)));

        var user = reader.Read(FakeRecord.Csv(Row)).Values;

        Assert.Equal("Licensed", user.UserType);
        Assert.True(user.Active);
        Assert.DoesNotContain("Organization", user.ChangedAttributes);
    }

    [Fact]
    public void A_script_sees_the_record_and_its_answer_is_converted()
    {
        var reader = Wishes.Reader(
            RecordUse.Create, null,
            ("DisplayName", AttributeSource.FromScript(r => $"{r.Read("LastName")} ({r.Read("Dept")})")),
            ("Roles", AttributeSource.FromScript(_ => new object[] { "Member", "Room Admin" })),
            ("Department", AttributeSource.FromScript(_ => null)));

        var user = reader.Read(FakeRecord.Csv(Row)).Values;

        Assert.Equal("Chill (Sales)", user.DisplayName);
        Assert.Equal(["Member", "Room Admin"], user.Roles);
        Assert.DoesNotContain("Department", user.ChangedAttributes);
    }

    [Fact]
    public void A_script_that_throws_is_that_records_error()
    {
        var reader = Wishes.Reader(
            RecordUse.Create,
            null,
            ("Department", AttributeSource.FromScript(_ => throw new InvalidOperationException("boom at line 3"))));

        var exception = Assert.Throws<ScimRecordException>(() => reader.Read(FakeRecord.Csv(Row)));

        Assert.Contains("boom at line 3", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Department", exception.Message, StringComparison.Ordinal);
        Assert.Contains("jill@example.com", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pipelines_own_signals_pass_through_a_script_untouched()
    {
        var signal = new PipelineStoppedException();
        var reader = Wishes.Reader(RecordUse.Create, null, ("Department", AttributeSource.FromScript(_ => throw signal)));

        Assert.Same(signal, Assert.Throws<PipelineStoppedException>(() => reader.Read(FakeRecord.Csv(Row))));
    }

    [Fact]
    public void Nothing_leaves_an_attribute_out_that_the_preset_would_map()
    {
        var reader = Wishes.Reader(RecordUse.Create, null, ("Department", AttributeSource.Nothing));

        Assert.DoesNotContain("Department", reader.Read(FakeRecord.Csv(Row)).Values.ChangedAttributes);
    }

    [Fact]
    public void An_unknown_attribute_is_refused_before_any_record_with_the_list_of_attributes()
    {
        var exception = Assert.Throws<ScimRecordException>(() => Wishes.Reader(RecordUse.Create, null, ("Departement", AttributeSource.Nothing)));

        Assert.Equal("Zoom.Mapping.UnknownAttribute", exception.ErrorId);
        Assert.Contains("'Departement'", exception.Message, StringComparison.Ordinal);
        foreach (var attribute in ZoomAttributes.All)
        {
            Assert.Contains(attribute.Name, exception.RecommendedAction, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_mapping_written_the_other_way_round_is_shown_the_right_one()
    {
        var exception = Assert.Throws<ScimRecordException>(
            () => Wishes.Reader(RecordUse.Create, null, ("Abteilung", AttributeSource.FromProperty("Department"))));
        Assert.StartsWith("The attribute comes first: @{ Department = 'Abteilung' }.", exception.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapped_property_missing_on_every_record_gives_one_warning()
    {
        var reader = Wishes.Reader(RecordUse.Create, null, ("Department", AttributeSource.FromProperty("Abteilung")));
        reader.Read(FakeRecord.Csv(Row));
        reader.Read(FakeRecord.Csv(Row));

        var warning = reader.Summary() is [var first, ..] ? first : null;

        Assert.Contains("Abteilung", warning, StringComparison.Ordinal);
        Assert.Contains("-Mapping", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapped_property_present_on_one_record_gives_no_warning()
    {
        var reader = Wishes.Reader(RecordUse.Create, null, ("Department", AttributeSource.FromProperty("Abteilung")));
        reader.Read(FakeRecord.Csv(Row));
        reader.Read(FakeRecord.Csv([.. Row, ("Abteilung", "Vertrieb")]));

        Assert.Empty(reader.Summary());
    }

    [Fact]
    public void A_CSV_without_some_columns_gives_no_warning()
    {
        var reader = Wishes.Reader();
        reader.Read(FakeRecord.Csv(Row));
        reader.Read(FakeRecord.Csv(Row));

        Assert.Empty(reader.Summary());
    }

    [Fact]
    public void The_user_name_can_be_mapped_to_the_mail_column()
    {
        var reader = Wishes.Reader(RecordUse.Create, null, ("UserName", AttributeSource.FromProperty("Email")));

        var user = reader.Read(FakeRecord.Csv(("UserName", "jchill"), ("Email", "jill@example.com"))).Values;

        Assert.Equal("jill@example.com", user.UserName);
    }

    [Fact]
    public void The_identity_can_be_mapped()
    {
        var reader = Wishes.Reader(RecordUse.Change, null, ("Identity", AttributeSource.FromProperty("extensionAttribute7")));

        Assert.Equal("id&1", reader.Read(FakeRecord.Csv(("extensionAttribute7", "id&1"), ("Department", "Sales"))).ZoomId);
    }

    [Fact]
    public void An_identity_of_blanks_is_none()
    {
        var reader = Wishes.Reader(RecordUse.Change, null, ("Identity", AttributeSource.FromProperty("ZoomNumber")));

        Assert.Null(reader.Read(FakeRecord.Csv(("ZoomNumber", ""), ("UserName", "jill@example.com"))).ZoomId);
    }

    [Fact]
    public void Explicit_values_win_over_mapping_and_record()
    {
        var reader = Wishes.Reader(
            RecordUse.Create, new ScimUser { Department = "Explicit", Active = false },
            ("Department", AttributeSource.FromConstant("Mapped")));

        var wish = reader.Read(FakeRecord.Csv([.. Row, ("Active", "True")]));

        Assert.Equal("Explicit", wish.Values.Department);
        Assert.False(wish.Values.Active);
        Assert.True(wish.ActiveIsExplicit);
        Assert.Equal("Chill", wish.Values.FamilyName);
    }

    [Fact]
    public void An_explicit_value_keeps_a_broken_cell_from_being_read()
    {
        var reader = Wishes.Reader(RecordUse.Create, new ScimUser { Active = true });

        Assert.True(reader.Read(FakeRecord.Csv([.. Row, ("Active", "maybe")])).Values.Active);
    }

    [Fact]
    public void An_explicit_user_name_wins_over_a_mail_column()
    {
        var reader = Wishes.Reader(RecordUse.Create, new ScimUser { UserName = "explicit@example.com" });

        var user = reader.Read(FakeRecord.Csv(("Email", "column@example.com"), ("LastName", "Chill"))).Values;

        Assert.Equal("explicit@example.com", user.UserName);
        Assert.Equal("explicit@example.com", user.Email);
    }

    [Fact]
    public void An_explicit_mail_wins_over_a_user_name_column()
    {
        var reader = Wishes.Reader(RecordUse.Create, new ScimUser { Email = "explicit@example.com" });

        Assert.Equal("explicit@example.com", reader.Read(FakeRecord.Csv(("UserName", "column@example.com"))).Values.UserName);
    }

    [Fact]
    public void Parameters_alone_make_a_wish()
    {
        var wish = Wishes.Reader(RecordUse.Change, new ScimUser { Department = "Sales", UserName = "new@example.com" }).ReadExplicit(null, "old@example.com");

        Assert.Equal("old@example.com", wish.LookupName);
        Assert.Equal("new@example.com", wish.Values.Email);
        Assert.Equal(["Department", "Email", "UserName"], wish.Values.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
    }

    [Fact]
    public void Setting_the_list_of_phone_numbers_wants_each_of_them()
    {
        var user = new ScimUser(new ScimObject { ["id"] = "id&1", ["userName"] = "jill@example.com" }, UserDetail.Read)
        {
            PhoneNumbers = [new("+1 5125550123", "mobile"), new("+1 5125550124", "office")],
        };

        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(user));

        Assert.Equal(["MobilePhone", "Phone"], wish.Values.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
        Assert.Equal("+1 5125550123", wish.Values.MobilePhone);
        Assert.Equal("+1 5125550124", wish.Values.Phone);
        Assert.Empty(wish.Warnings);
    }

    [Fact]
    public void An_extension_attribute_this_module_does_not_know_is_wanted_when_it_is_set_on_a_user()
    {
        var user = new ScimUser(new ScimObject { ["id"] = "id&1", ["userName"] = "jill@example.com" }, UserDetail.Read);
        user.SetExtension("planOfTomorrow", true);

        var wish = Wishes.Reader(RecordUse.Change).Read(FakeRecord.Zoom(user));

        Assert.Equal(["planOfTomorrow"], wish.Values.ChangedAttributes);
        Assert.Equal(true, wish.Values.GetExtension("planOfTomorrow"));
    }

    /// <summary>Core knows PowerShell's signals by name only.</summary>
    private sealed class PipelineStoppedException : Exception
    {
    }
}
