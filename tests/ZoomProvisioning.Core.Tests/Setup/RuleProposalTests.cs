using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Xunit;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Setup;

namespace ZoomProvisioning.Tests.Setup;

/// <summary>What is proposed for a source that was looked at.</summary>
public sealed class RuleProposalTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "zoomprov-test-" + Guid.NewGuid().ToString("N"));
    private readonly List<SetupQuestion> _asked = [];

    public RuleProposalTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Save(params string[] lines) => Save(new UTF8Encoding(false), lines);

    private string Save(Encoding encoding, params string[] lines)
    {
        var file = Path.Combine(_folder, "people.csv");
        File.WriteAllBytes(file, encoding.GetBytes(string.Concat(lines.Select(l => l + "\r\n"))));
        return file;
    }

    private Func<SetupQuestion, int> Answer(Func<SetupQuestion, int>? answer = null) => question =>
    {
        _asked.Add(question);
        return answer?.Invoke(question) ?? question.Default;
    };

    private RuleProposal Propose(string file, Func<SetupQuestion, int>? answer = null, string? encoding = null, string? folder = null, string? scope = null) =>
        RuleProposal.Make(
            SampleSource.Read(file, encoding, Answer(answer)), "Staff", new Guid("11112222-3333-4444-5555-666677778888"), folder ?? _folder,
            Answer(answer), scope);

    private static ProvisioningRule Rule(RuleProposal proposal) => RuleReader.Read(proposal.Node);

    private static string[] People(string heading, int count, Func<int, string> line) => [heading, .. Enumerable.Range(1, count).Select(line)];

    [Fact]
    public void An_export_of_a_personnel_system_becomes_a_rule_that_can_be_used_as_it_is()
    {
        var proposal = Propose(Save(People(
            "Personalnummer;E-Mail;Vorname;Nachname;Abteilung;Position;Kostenträger;Austritt",
            200,
            i =>
                string.Join(
                ";", i.ToString("000", CultureInfo.InvariantCulture), $"p{i}@example.com;Anna;Muster", i % 2 == 0 ? "Sales" : "IT", i < 9 ? "Chef" : null,
                $"K{i}", i == 3 ? "31.12.2040" : null))));
        var rule = Rule(proposal);

        Assert.Equal(("people.csv", null), (rule.Source.Csv!.Path, rule.Source.Csv.Encoding));
        Assert.Equal(160, rule.Source.MinimumRecords);
        Assert.Equal("Personalnummer", rule.Anchor);
        Assert.Null(rule.Scope);
        Assert.Equal(
            ["UserName=E-Mail", "GivenName=Vorname", "FamilyName=Nachname", "Title=Position", "Department=Abteilung", "EmployeeNumber=Personalnummer"],
            rule.Attributes.Select(a => $"{a.Key}={a.Value.Source.Property}"));
        Assert.True(rule.Attributes["Title"] is { WriteOnly: true, Optional: true });
        Assert.Equal((10, 5, 0), (rule.Guard.MaxDisable, (int)rule.Guard.MaxDisablePercent, rule.Guard.MaxDelete));
        Assert.Equal((2, false), (rule.Leavers.MissingRuns, rule.AllowDeprovision));
        Assert.Contains("people.csv: 200 records with 8 columns (separated by ';', utf-8).", proposal.Notes);
        Assert.Contains("People are known again by \"Personalnummer\" (anchor): all 200 records have one, and all are different.", proposal.Notes);
        Assert.Contains("Not read: \"Kostenträger\". To use one: \"Department\": \"Kostenträger\".", Comments(proposal.Node));
        Assert.Contains("Whether somebody may sign in is read from \"Austritt\".", Comments(proposal.Node));
    }

    [Fact]
    public void The_anchor_is_asked_for_with_what_speaks_for_each_and_may_be_none()
    {
        var file = Save(People("ObjectGUID,EmployeeId,Mail,Login,Room No", 5, i =>
            $"{new Guid(i, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8])},{i},p{i}@example.com,p{i},{(i == 5 ? string.Empty : i)}"));

        var none = Propose(file, q => q.Choices.Count - 1);

        var question = Assert.Single(_asked);
        Assert.Equal(["ObjectGUID", "EmployeeId", "None"], question.Choices.Select(c => c.Label));
        Assert.Null(Rule(none).Anchor);
        Assert.Equal("EmployeeId", Rule(Propose(file, _ => 1)).Anchor);
        Assert.Equal("ObjectGUID", Rule(Propose(file)).Anchor);
    }

    [Theory]
    [InlineData("EmployeeId", "1,1,3")]
    [InlineData("EmployeeId", "007,7,8")]
    [InlineData("EmployeeId", "1,,3")]
    [InlineData("EmployeeId", "1,2")]
    [InlineData("Alias", "a,b,c")]
    [InlineData("Favourite", "a,b,c")]
    public void What_cannot_tell_people_apart_for_good_is_no_anchor(string column, string values)
    {
        var proposal = Propose(Save([$"{column},Mail", .. values.Split(',').Select((v, i) => $"{v},p{i}@example.com")]));

        Assert.Null(Rule(proposal).Anchor);
        Assert.Empty(_asked);
        Assert.Contains(proposal.Notes, n => n.StartsWith("No column tells people apart for good", StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_has_no_address_is_left_out()
    {
        var proposal = Propose(Save("Name,E-Mail Address", "Ana,ana@example.com", "Room 5,", "Bob,bob@example.com"));

        Assert.Equal("EMailAddress pr", Rule(proposal).Scope!.Text);
        Assert.Contains("1 of 3 have no address and are left out (scope).", proposal.Notes);
    }

    [Theory]
    [InlineData("Name ne 'Bob' or Name eq 'Ana'", "EMailAddress pr and (Name ne 'Bob' or Name eq 'Ana')")]
    [InlineData("", "EMailAddress pr")]
    public void A_scope_that_was_given_is_of_those_who_have_one(string given, string scope)
    {
        var proposal = Propose(Save("Name,E-Mail Address", "Ana,ana@example.com", "Room 5,", "Bob,bob@example.com"), scope: given);

        Assert.Equal(scope, Rule(proposal).Scope!.Text);
        Assert.Contains("1 of 3 have no address and are left out (scope).", proposal.Notes);
    }

    [Fact]
    public void A_scope_that_was_given_stays_as_it_is_where_all_have_an_address_and_where_it_cannot_be_read()
    {
        Assert.Equal("Name eq 'Ana'", Rule(Propose(Save("Name,Mail", "Ana,ana@example.com"), scope: "Name eq 'Ana'")).Scope!.Text);
        var wrong = Propose(Save("Name,Mail", "Ana,ana@example.com", "Room 5,"), scope: "Name eq");
        Assert.Equal("Name eq", wrong.Node.Entries.Single(e => e.Key == "scope").Value.Text);
    }

    [Fact]
    public void Where_two_columns_hold_addresses_the_second_stands_for_the_first()
    {
        var proposal = Propose(Save("Mail,UserPrincipalName", "ana@example.com,ana@example.com", ",bob@example.com"));

        Assert.False(Rule(proposal).Attributes.ContainsKey("UserName"));
        Assert.Null(Rule(proposal).Scope);
        Assert.Contains("UserName from \"Mail\", else \"UserPrincipalName\": the first that has a value.", Comments(proposal.Node));
    }

    [Theory]
    [InlineData("03.04.2030", "05.06.2030", null)]
    [InlineData("03/14/2030", "05/06/2030", "M/d/yyyy")]
    [InlineData("14/03/2030", "05/06/2030", "d/M/yyyy")]
    [InlineData("2030-04-03", "2030-06-05", null)]
    public void The_form_of_days_is_found_where_all_of_them_allow_one(string first, string second, string? form)
    {
        var proposal = Propose(Save("Mail,End Date", $"ana@example.com,{first}", $"bob@example.com,{second}"));

        Assert.Equal(form, Rule(proposal).DateFormat);
        Assert.Empty(_asked);
    }

    [Fact]
    public void A_form_of_days_that_could_be_either_is_asked_for_and_never_guessed()
    {
        var file = Save("Mail,End Date", "ana@example.com,03/04/2030", "bob@example.com,05/06/2030");

        var proposal = Propose(file);

        Assert.Null(Rule(proposal).DateFormat);
        Assert.Contains(proposal.Notes, n => n.Contains("dateFormat: d/M/yyyy or M/d/yyyy"));
        Assert.Equal("29/11/2026 is 29 November 2026.", Assert.Single(_asked).Choices[0].Help);
        Assert.Equal("M/d/yyyy", Rule(Propose(file, _ => 1)).DateFormat);
    }

    [Fact]
    public void An_old_encoding_is_asked_for_with_examples_and_never_guessed()
    {
        var file = Save(Encoding.GetEncoding("iso-8859-1"), "Mail,Vorname", "zoe@example.com,Zo\u00EB", "bob@example.com,Bob");

        var error = Assert.Throws<ScimRecordException>(() => Propose(file));

        Assert.Equal("Zoom.Source.Encoding", error.ErrorId);
        Assert.Contains("-Encoding windows-1252, which reads: Zo\u00EB.", error.RecommendedAction);
        Assert.Contains("As Windows-1252 it says: Zo\u00EB. Is that right?", Assert.Single(_asked).Text);
        Assert.Equal("windows-1252", Rule(Propose(file, _ => 1)).Source.Csv!.Encoding);
        Assert.Equal("ansi", Rule(Propose(file, encoding: "ansi")).Source.Csv!.Encoding);
    }

    [Fact]
    public void The_source_is_named_by_its_whole_path_where_it_lies_elsewhere()
    {
        var file = Save("Mail", "ana@example.com");

        Assert.Equal(file, Rule(Propose(file, folder: Path.GetTempPath())).Source.Csv!.Path);
    }

    [Fact]
    public void Nobody_is_no_source_and_neither_is_a_table_of_one_column_that_was_cut_wrongly()
    {
        Assert.Equal("Zoom.Setup.NoRecords", Assert.Throws<ScimRecordException>(() => Propose(Save("Mail,Vorname"))).ErrorId);
        Assert.Contains(
            Propose(Save("Dep,Where", "Sales,Rome")).Notes,
            n => n.StartsWith("No column was recognised as the user name", StringComparison.Ordinal));
    }

    [Fact]
    public void A_heading_cannot_end_its_comment()
    {
        var proposal = Propose(Save("Mail,\"x\u2028\", \"\"name\"\": \"\"evil\"\"\"", "ana@example.com,1"));

        Assert.All(AllComments(proposal.Node), line => Assert.DoesNotContain(line, c => char.IsControl(c) || c is '\u2028' or '\u2029'));
        Assert.Equal("Staff", Rule(proposal).Name);
    }

    private static string Comments(RuleNode node) => string.Join(" ", AllComments(node));

    private static IEnumerable<string> AllComments(RuleNode node) =>
        node.Comment.Concat(node.Entries.SelectMany(e => AllComments(e.Value))).Concat(node.Items.SelectMany(AllComments));
}
