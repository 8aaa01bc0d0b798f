using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;
using ZoomProvisioning.Module.Tests.Support;

namespace ZoomProvisioning.Module.Tests;

/// <summary>The views as they are written; what they look like is for the Pester suite to see.</summary>
public class ViewTests
{
    private const int NarrowTerminal = 80;
    private const int Shared = 32;

    private static readonly HashSet<string> FormsOfTheirOwn =
    [
        nameof(Boolean), nameof(Int32), nameof(Int64), nameof(Double), nameof(DateTimeOffset), nameof(TimeSpan), nameof(Uri), "ZoomScimConnection",
    ];

    private static readonly IReadOnlyList<XElement> Views =
    [
        .. from file in Directory.GetFiles(StagedModule.Folder, "*.Format.ps1xml") from view in XDocument.Load(file).Descendants("View") select view,
    ];

    /// <summary>Every type of the module that a cmdlet declares to write, those included that are not there yet.</summary>
    public static TheoryData<string> OutputTypes =>
        [.. CmdletInfo.All.SelectMany(c => c.OutputTypes)
            .Select(t => t.FullName!)
            .Where(t => t.StartsWith("ZoomProvisioning.", StringComparison.Ordinal))
            .Distinct()];

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void What_a_cmdlet_writes_has_a_table_and_a_list(string type)
    {
        if (Of(type, "CustomControl").Any())
        {
            // What is a text of its own, such as a report for a ticket, reads the same everywhere.
            return;
        }

        Assert.NotEmpty(Of(type, "TableControl"));
        Assert.NotEmpty(Of(type, "ListControl"));
    }

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void What_comes_back_from_a_job_looks_the_same(string type) => Assert.All(
        Of(type, "TableControl").Concat(Of(type, "ListControl")),
        v => Assert.Contains("Deserialized." + type, Types(v)));

    [Fact]
    public void The_fixed_columns_of_a_table_leave_room_for_the_last_in_80_columns() => Assert.All(Views.Descendants("TableControl"), table =>
    {
        if (table.Element("AutoSize") is not null)
        {
            return;
        }

        var headers = table.Descendants("TableColumnHeader").ToList();
        Assert.All(headers.SkipLast(1).Where(h => !SharesTheRest(h)), h => Assert.NotNull(h.Element("Width")));
        Assert.Null(headers[^1].Element("Width"));
        var widths = headers.SkipLast(1).Select(h => (int?)h.Element("Width") ?? Shared).ToList();
        Assert.True(widths.Sum() + widths.Count + 10 <= NarrowTerminal, NameOf(table));
        Assert.All(headers.SkipLast(1).Where(h => !SharesTheRest(h)), h =>
            Assert.True(((string)h.Element("Label")!).Length <= (int)h.Element("Width")!, NameOf(table)));
    });

    // People are not broken where there is room: they share with the last column what the others leave.
    private static bool SharesTheRest(XElement header) => header.Element("Width") is null && (string)header.Element("Label")! is ("UserName" or "User");

    /// <summary>
    /// A first column without a width is as wide as its first rows, and would break the addresses after them; a later one gets as much as the
    /// last, whatever is in it.
    /// </summary>
    [Fact]
    public void Addresses_have_as_much_room_in_one_table_as_in_another() => Assert.All(Views.Descendants("TableControl"), table =>
    {
        var columns = table.Descendants("TableColumnHeader").Zip(table.Descendants("TableColumnItem")).ToList();
        Assert.All(columns.Where(c => (string)c.First.Element("Label")! is "UserName" or "Email"), c => Assert.Contains(
            c.First.Element("Width") is { } width ? $"Address($_.{(string)c.First.Element("Label")!}, {(int)width})" : "Address($_.UserName)",
            c.Second.Value,
            StringComparison.Ordinal));
        Assert.All(columns.Skip(1).Where(c => (string)c.First.Element("Label")! is "UserName"), c => Assert.NotNull(c.First.Element("Width")));
    });

    /// <summary>PowerShell takes the comma of an operator's argument for one of the method, and then shows nothing.</summary>
    [Fact]
    public void An_operator_within_a_call_stands_in_parentheses() => Assert.All(
        Views.Descendants("ScriptBlock"), s => Assert.DoesNotMatch(@"::(Line|Lines|Address)\(""[^""]*"" -replace", s.Value));

    [Fact]
    public void Long_cells_go_on_in_the_next_line() =>
        Assert.All(Views.Descendants("TableRowEntry"), row => Assert.True(row.Element("Wrap") is not null, NameOf(row)));

    [Fact]
    public void A_table_has_as_many_cells_as_headers() => Assert.All(Views.Descendants("TableControl"), table => Assert.Equal(
        table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count()));

    [Fact]
    public void Every_property_that_is_shown_is_there() => Assert.All(
        from view in Views
        from type in Types(view)
        where !type.StartsWith("Deserialized.", StringComparison.Ordinal)
        from property in view.Descendants("PropertyName")
        select (type, property.Value),
        shown => Assert.True(
            (StagedModule.Core.GetType(shown.type) ?? StagedModule.Root.GetType(shown.type))!.GetProperty(shown.Value) is not null,
            $"{shown.type}.{shown.Value}"));

    /// <summary>Texts come from files and from Zoom; what has a form of its own, such as a number or a date, cannot do a terminal any harm.</summary>
    [Fact]
    public void Texts_are_shown_so_that_they_do_nothing_to_a_terminal() => Assert.All(Views.Where(v => v.Element("CustomControl") is null), view =>
    {
        var type = Types(view).Select(t => StagedModule.Core.GetType(t) ?? StagedModule.Root.GetType(t)).First(t => t is not null)!;
        foreach (var name in view.Descendants("PropertyName").Select(p => p.Value))
        {
            Assert.True(HasForm(type.GetProperty(name)!.PropertyType), $"{type}.{name} is a text and needs [ZoomProvisioning.Hosting.ViewText]::Line");
        }

        foreach (var script in view.Descendants("ScriptBlock").Where(s => s.Parent!.Name != "ItemSelectionCondition").Select(s => s.Value))
        {
            var shown = Regex.Matches(script, @"\$_\.(\w+)").Select(m => type.GetProperty(m.Groups[1].Value)).Where(p => p is not null);
            Assert.True(
                script.Contains("ViewText]", StringComparison.Ordinal) || shown.All(p => HasForm(p!.PropertyType)) || IsCounted(script),
                $"{type}: {script}");
        }
    });

    [Fact]
    public void Colour_is_asked_for_so_that_a_host_without_it_and_strict_mode_are_no_error() => Assert.All(
        Views.Descendants("ScriptBlock"),
        s => Assert.DoesNotContain("$PSStyle", s.Value, StringComparison.OrdinalIgnoreCase));

    // The types are read and not loaded, so that their names count.
    private static bool HasForm(Type type) => type.Name == "Nullable`1"
        ? HasForm(type.GetGenericArguments()[0])
        : type.IsEnum || FormsOfTheirOwn.Contains(type.Name);

    // A number in a form of the reader's, such as '{0:N0}' -f @($_.Faults).Count.
    private static bool IsCounted(string script) => Regex.IsMatch(script, @"'\{0:N0\}");

    private static IEnumerable<XElement> Of(string type, string control) => Views.Where(v => v.Element(control) is not null && Types(v).Contains(type));

    private static IEnumerable<string> Types(XElement view) => view.Elements("ViewSelectedBy").Elements("TypeName").Select(t => t.Value);

    private static string NameOf(XElement part) => (string)part.AncestorsAndSelf("View").Single().Element("Name")!;
}
