using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using ZoomProvisioning.Filter;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Tests.Input;

/// <summary>What must hold for any table of any cells.</summary>
public class TableLawTests
{
    private static readonly string[] Headings =
        ["Email", "UserName", "First Name", "Last Name", "Enabled", "Status", "userAccountControl", "Block credential", "Termination Date",
         "accountExpires", "Phone", "Title", "Roles", "License", "Employee ID", "Manager", "Shoe size", "pronouns", "", "State",
         "nsAccountLock", "DN", "mail", "UPN"];

    private static readonly string[] Cells =
        ["", " ", "a@example.com", "b@example.com", "B@EXAMPLE.COM", "True", "False", "Active", "Terminated", "On leave", "514", "512",
         "0x202", "ja", "nein", "2020-01-01", "31.12.2025", "99991231", "133800000000000000", "-1", "0", "x",
         "Jürgen", "J\uFFFDrgen", "MÃ¼ller", "a\0b", "\u0085", "\u200B", "\uD800", "N\u0303g", "System.String[]", "#REF!", "NULL",
         "1.2E+11", "+49 30 901820 ext. 7", "mailto:c@example.com", "\"Bo\" <d@example.com>", "e@example.com; f@example.com",
         "а@example.com",
         "X'5365c3a16e'", "X'zz'", "X'ff'", "line\nbreak", "\"", "a,b", ";", "CN=a,DC=b", "Licensed", "Gold", "\u202Eabc",
         "9223372036854775807", "Inactive", "gesperrt"];

    private static readonly Gen<string> Cell = Gen.Frequency(
        (8, Gen.Elements(Cells)), (1, ArbMap.Default.GeneratorFor<string>().Select(s => s ?? string.Empty)));

    private static readonly Gen<(string[] Headings, string[][] Rows)> Tables =
        from width in Gen.Choose(1, 8)
        from headings in Gen.Shuffle(Headings)
        from height in Gen.Choose(0, 8)
        from rows in Cell.ListOf(width).ListOf(height)
        select (headings.Take(width).ToArray(), rows.Select(r => r.ToArray()).ToArray());

    private static void Holds(Action<(string[] Headings, string[][] Rows)> law) =>
        Prop.ForAll(Tables.ToArbitrary(), table =>
        {
            law(table);
            return true;
        }).Check(Law.Times(250));

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"")}\"";

    private static FakeRecord[] Records((string[] Headings, string[][] Rows) table) =>
        table.Rows.Select(r => FakeRecord.Csv(table.Headings.Select((h, i) => (h, r[i])).ToArray())).ToArray();

    private static SourceSnapshot? Read(IEnumerable<ISourceRecord> records)
    {
        try
        {
            return SourceReader.Read(new ProvisioningRule("law"), records);
        }
        catch (ScimRecordException fault) when (SourceFault.IsOne(fault))
        {
            return null;
        }
    }

    [Fact]
    public void Every_row_is_somebody_or_a_problem_that_says_why() => Holds(table =>
    {
        if (Read(Records(table)) is { } snapshot)
        {
            Assert.Equal(table.Rows.Count(r => r.Any(CellIsVisible)), snapshot.People.Count + snapshot.Problems.Count + snapshot.OutOfScope.Count);
            Assert.All(snapshot.Problems, p => Assert.NotEmpty(p.Error.RecommendedAction));
        }
    });

    [Fact]
    public void Whoever_a_column_says_is_gone_is_never_wanted_active() => Holds(table =>
    {
        var records = Records(table);
        foreach (var person in Read(records)?.People ?? [])
        {
            Assert.Contains("@", person.Values.UserName, StringComparison.Ordinal);
        }

        for (var i = 0; i < records.Length; i++)
        {
            bool Has(string heading, params string[] values) =>
                table.Headings.Select((h, place) => (h, table.Rows[i][place])).Any(c => c.h == heading && values.Contains(c.Item2));
            var gone = Has("Enabled", "False", "nein", "Inactive", "gesperrt", "0")
                || Has("Status", "Terminated", "Inactive", "False", "gesperrt")
                || Has("userAccountControl", "514", "0x202")
                || Has("Block credential", "True", "ja", "Terminated", "Inactive")
                || Has("nsAccountLock", "True", "ja")
                || Has("Termination Date", "2020-01-01");
            if (gone && Read([records[i]]) is { People: [var alone] })
            {
                Assert.False(alone.Values.Active);
            }
        }
    });

    [Fact]
    public void No_control_and_no_replacement_character_comes_out() => Holds(table =>
    {
        foreach (var person in Read(Records(table))?.People ?? [])
        {
            foreach (var text in ZoomAttributes.ChangedOn(person.Values).Select(a => ZoomAttribute.Display(a.Get(person.Values))))
            {
                Assert.DoesNotContain(text, c => c == '\uFFFD' || char.IsControl(c)
                    || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.Format && c is not ('\u200C' or '\u200D'));
                Assert.True(text.IsNormalized(NormalizationForm.FormC));
            }
        }
    });

    [Fact]
    public void A_table_reads_the_same_from_a_file_as_from_objects() => Holds(table =>
    {
        if (table.Headings.Contains(string.Empty) || table.Headings.Distinct().Count() < table.Headings.Length
            || table.Rows.Any(r => r.Any(c => c.Contains('\n') || c.Contains('\r') || c.Contains('\uD800') || c.Any(char.IsSurrogate))))
        {
            return;
        }

        var text = string.Join("\n", new[] { table.Headings }.Concat(table.Rows).Select(r => string.Join(",", r.Select(Quoted)))) + "\n";
        SourceSnapshot? fromFile;
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
            fromFile = SourceReader.Read(new ProvisioningRule("law"), SourceTable.Open(stream, "x.csv"));
        }
        catch (ScimRecordException fault) when (SourceFault.IsOne(fault))
        {
            return;
        }

        var fromObjects = Read(Records((table.Headings, table.Rows.Where(r => r.Any(CellIsVisible)).ToArray())));
        Assert.Equal(fromObjects?.People.Select(Shown), fromFile.People.Select(Shown));
        Assert.Equal(fromObjects?.Problems.Select(p => p.Error.ErrorId), fromFile.Problems.Select(p => p.Error.ErrorId));
    });

    [Fact]
    public void Any_bytes_are_a_table_or_an_error_that_says_what_to_do() => Prop.ForAll<byte[], string>((bytes, text) =>
    {
        foreach (var content in new[]
        {
            bytes ?? [],
            Encoding.UTF8.GetBytes(text ?? string.Empty),
            Encoding.UTF8.GetBytes("Email;Name\n" + text),
            Encoding.UTF8.GetBytes("dn: a\nmail: b@example.com\n" + text),
        })
        {
            try
            {
                using var stream = new MemoryStream(content);
                SourceReader.Read(new ProvisioningRule("law") { Scope = RecordFilter.Parse("Email pr").ToScope() }, SourceTable.Open(stream, "x.csv"));
            }
            catch (ScimRecordException fault)
            {
                Assert.NotEmpty(fault.RecommendedAction);
            }
        }
    }).Check(Law.Times(250));

    private static bool CellIsVisible(string cell) => ZoomProvisioning.Values.CellText.Trim(cell).Length > 0;

    private static string Shown(DesiredUser person) =>
        string.Join("|", ZoomAttributes.ChangedOn(person.Values).Select(a => $"{a.Name}={ZoomAttribute.Display(a.Get(person.Values))}"));
}
