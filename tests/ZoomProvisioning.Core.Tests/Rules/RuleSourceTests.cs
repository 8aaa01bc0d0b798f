using System;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Input;
using ZoomProvisioning.Ldap;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>What a rule names of its source, how a directory is asked, and how the text of a rule's file is read.</summary>
public sealed class RuleSourceTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "zp-" + Guid.NewGuid().ToString("N"));

    public RuleSourceTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Found(ProvisioningRule rule, params ISourceRecord[] records)
    {
        var named = new NamedProperties(rule);
        Array.ForEach(records, named.See);
        return string.Join("; ", named.Found.Select(p => $"{p.Name}{(p.IsPresent ? " there" : string.Empty)}{(p.IsFilled ? " filled" : string.Empty)} "
            + string.Join(",", p.Attributes.Take(2).Select(a => a.Name).Concat(new[] { p.IsScope ? "scope" : null, p.IsGroup ? "group" : null,
                p.IsAnchor ? "anchor" : null }.OfType<string>()))));
    }

    [Fact]
    public void Every_property_a_rule_names_is_told_once_with_what_it_is_for()
    {
        var rule = Read(Rule(
            ("anchor", "Id"),
            ("scope", "Dept pr and Id pr"),
            ("attributes", T(("Department", "Dept"), ("Title", T(("template", "{Job} {Grade}"))), ("Organization", T(("property", "Firm"), ("optional", true))),
                ("License", "Plan"), ("CostCenter", "dept"))),
            ("groups", L(T(("name", "A"), ("when", "Team eq 'x'"))))));
        Assert.Equal(
            "Dept Department,CostCenter,scope; Job Title; Grade Title; Plan UserType,zoomOneEdu; Id scope,anchor; Team group".Replace("zoomOneEdu", Plan),
            Found(rule));
        Assert.Equal("Teams group", Found(Read(Rule(("groups", T(("property", "Teams")))))));
        Assert.Equal(string.Empty, Found(Read(Rule())));
    }

    private static string Plan => ZoomExtension.Known.First(a => a.Kind is AttributeKind.Code or AttributeKind.Flag).Name;

    [Fact]
    public void A_property_is_there_when_a_record_has_it_and_filled_when_one_has_a_value()
    {
        var rule = Read(Rule(("attributes", T(("Department", "Dept"), ("Title", "Job")))));
        Assert.Equal("Dept Department; Job Title", Found(rule));
        Assert.Equal("Dept there Department; Job Title", Found(rule, FakeRecord.Csv(("dept", " "))));
        Assert.Equal(
            "Dept there filled Department; Job there Title",
            Found(rule, FakeRecord.Csv(("Dept", "")), FakeRecord.Csv(("DEPT", "Sales"), ("Job", " "))));
        Assert.Equal("Dept there filled Department; Job there filled Title",
            Found(rule, FakeRecord.Csv(("Dept", "x")), FakeRecord.Csv(("Dept", "")), FakeRecord.Csv(("Job", "y")), FakeRecord.Csv(("Job", ""))));
    }

    private static LdapSettings Settings(LdapBind bind, string? certificate = null) =>
        Read(Rule(("source", T(("ldap", T(("servers", "dc1"), ("base", "DC=x"))))))).Source.Ldap! with { Bind = bind, Certificate = certificate };

    private static LdapBind Bind(string? variable = null, string? file = null, string? secret = null) =>
        new() { Method = DirectoryBindMethod.Simple, User = "reader", PasswordVariable = variable, PasswordFile = file, SecretName = secret };

    private static string Text(System.Security.SecureString? secret) => new NetworkCredential(string.Empty, secret).Password;

    [Theory]
    [InlineData("secret", "secret")]
    [InlineData("secret\n", "secret")]
    [InlineData("secret\r\n", "secret")]
    [InlineData(" secret ", " secret ")]
    public void A_password_file_is_one_line_and_relative_to_the_rule(string text, string password)
    {
        Write("p", Encoding.UTF8.GetBytes(text));
        var options = DirectorySource.OptionsOf(Settings(Bind(file: "p")), _folder);
        Assert.Equal((DirectoryBindMethod.Simple, "reader", password, null), (options.Method, options.User, Text(options.Password), options.Certificate));
        Assert.Equal(password, Text(DirectorySource.OptionsOf(Settings(Bind(file: Path.Combine(_folder, "p"))), null).Password));
    }

    [Theory]
    [InlineData("", "which is empty")]
    [InlineData("\n", "which is empty")]
    [InlineData("a\nb", "which has more than one line")]
    [InlineData("\nb", "which has more than one line")]
    [InlineData(null, "which cannot be read: ")]
    public void A_password_file_that_holds_no_password_is_told(string? text, string words)
    {
        if (text is not null)
        {
            Write("p", Encoding.UTF8.GetBytes(text));
        }

        var error = Assert.Throws<ScimNotConnectedException>(() => DirectorySource.OptionsOf(Settings(Bind(file: "p")), _folder));
        Assert.Equal(("Zoom.Directory.NoPassword", "AuthenticationError"), (error.ErrorId, error.Category));
        Assert.StartsWith("The password of 'reader' for the directory is to be in the file", error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_asked_of_a_variable_a_vault_or_nowhere()
    {
        var variable = "ZP_TEST_" + Guid.NewGuid().ToString("N");
        string Refusal(LdapBind bind) => Assert.Throws<ScimNotConnectedException>(() => DirectorySource.OptionsOf(Settings(bind), null)).Message;
        Assert.Contains($"environment variable {variable}, which is not set", Refusal(Bind(variable)), StringComparison.Ordinal);
        Assert.Contains("in a vault (the secret 'mine')", Refusal(Bind(secret: "mine")), StringComparison.Ordinal);
        Assert.Contains("is nowhere to be found", Refusal(Bind()), StringComparison.Ordinal);
        try
        {
            Environment.SetEnvironmentVariable(variable, "secret");
            Assert.Equal("secret", Text(DirectorySource.OptionsOf(Settings(Bind(variable)), null).Password));
        }
        finally
        {
            Environment.SetEnvironmentVariable(variable, null);
        }

        Assert.Equal("given", Text(DirectorySource.OptionsOf(Settings(Bind()), null, new NetworkCredential(string.Empty, "given").SecurePassword).Password));
        Assert.Null(DirectorySource.OptionsOf(Settings(new LdapBind()), null, new NetworkCredential(string.Empty, "given").SecurePassword).Password);
    }

    [Fact]
    public void A_certificate_is_a_file_that_is_there()
    {
        var path = Write("ca.pem", [1]);
        Assert.Equal(path, DirectorySource.OptionsOf(Settings(new LdapBind(), "ca.pem"), _folder).Certificate);
        var error = Assert.Throws<ScimNotConnectedException>(() => DirectorySource.OptionsOf(Settings(new LdapBind(), "cb.pem"), _folder));
        Assert.Equal(("Zoom.Directory.NoCertificateFile", "ObjectNotFound"), (error.ErrorId, error.Category));
    }

    [Fact]
    public void A_rules_file_is_UTF_8_or_UTF_16_with_its_mark()
    {
        Assert.Equal("Büro", RuleFile.ReadText(Write("a", Encoding.UTF8.GetBytes("Büro"))));
        Assert.Equal("Büro", RuleFile.ReadText(Write("b", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("Büro")])));
        var error = Assert.Throws<RuleFileException>(() => RuleFile.ReadText(Write("c", [.. Encoding.UTF8.GetBytes("a\nb\n"), (byte)'B', 0xFC, (byte)'r'])));
        Assert.Equal((3, 1), (error.Problems[0].Line, error.Problems[0].Column));
        Assert.Contains("this is no UTF-8", error.Message, StringComparison.Ordinal);
        var missing = Assert.Throws<ScimStateException>(() => RuleFile.ReadText(Path.Combine(_folder, "none")));
        Assert.Equal(("Zoom.Rule.NotRead", "ObjectNotFound"), (missing.ErrorId, missing.Category));
        Assert.Equal("ObjectNotFound", Assert.Throws<ScimStateException>(() => RuleFile.ReadText(Path.Combine(_folder, "none", "x"))).Category);
    }

    [Theory]
    [InlineData("{ \"a\": 1 }", false)]
    [InlineData("{ \"a\": \"http://x /* y */\" }", false)]
    [InlineData("{ \"a\\\"//\": 1 }", false)]
    [InlineData("{ // x\n }", true)]
    [InlineData("{ /* x */ }", true)]
    public void Comments_of_a_rule_are_told_from_texts_that_look_like_them(string json, bool has) => Assert.Equal(has, RuleFile.HasJsonComments(json));

    [Fact]
    public void One_mistake_is_told_in_a_sentence_and_several_in_a_line_each()
    {
        var (one, two) = (new RuleProblem(7, 3, "scope", "wrong"), new RuleProblem(0, 0, string.Empty, "worse") { File = "b.json" });
        Assert.Equal("The rule 'a.json' has a mistake: line 7: scope: wrong. Nothing was sent.", new RuleFileException("a.json", [one]).Message);
        var both = new RuleFileException("a.json", [one, two]);
        Assert.Equal("The rule 'a.json' has 2 mistakes. Nothing was sent.\n  line 7: scope: wrong\n  worse", both.Message);
        Assert.Equal(["a.json", "b.json"], both.Problems.Select(p => p.File!));
    }

    [Theory]
    [InlineData("x.json", true, true)]
    [InlineData("x.PSD1", true, true)]
    [InlineData("x.txt", false, false)]
    [InlineData("a/b", false, true)]
    [InlineData("/a", false, true)]
    [InlineData("\\\\server", false, true)]
    [InlineData("a\\b", false, true)]
    [InlineData("Staff", false, false)]
    public void A_path_is_told_from_a_name(string text, bool isRule, bool isPath)
    {
        Assert.Equal((isRule, isPath), (RuleFolder.IsRule(text), RuleFolder.IsPath(text)));
        Assert.Equal("Staff", RuleFolder.NameOf("/x/Staff.json"));
    }

    [Fact]
    public void The_usual_limits_of_commands_have_no_shares()
    {
        var limits = GuardLimits.WithoutShares;
        Assert.All(GuardLimits.Kinds, k => Assert.Equal(new GuardLimits()[k] with { MaxPercent = null }, limits[k]));
        Assert.Equal(9, GuardLimits.Kinds.Length);
    }
}
