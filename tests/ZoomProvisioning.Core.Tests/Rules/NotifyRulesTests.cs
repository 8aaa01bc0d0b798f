using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>Whom a rule tells of its runs: read, written, and every mistake with its place.</summary>
public class NotifyRulesTests
{
    private static readonly (string, object?)[] Mail = T(("server", "smtp.example.com"), ("from", "zoom@example.com"), ("to", "it@example.com"));

    private static NotifySettings Of(params (string, object?)[] settings) => Read(Rule(("notify", T(settings)))).Notify!;

    private static string[] Mistakes(params (string, object?)[] settings) => MistakesIn(Rule(("notify", T(settings))));

    private static (string, object?)[] MailWith(params (string Name, object? Value)[] more) =>
        [.. Mail.Where(m => more.All(n => n.Name != m.Item1)), .. more.Where(m => m.Value is not null).Select(m => (m.Name, m.Value))];

    [Fact]
    public void Whatever_somebody_has_to_look_at_is_told_unless_the_rule_says_otherwise()
    {
        Assert.Null(Read(Rule()).Notify);
        Assert.Null(Read(Rule(("notify", null))).Notify);
        Assert.Equal(NotifyWhen.Failure | NotifyWhen.Held | NotifyWhen.Attention, Of(("command", L("tell"))).On);
        Assert.Equal(NotifyWhen.Always, Of(("on", "always"), ("command", L("tell"))).On);
        Assert.Equal(NotifyWhen.Failure | NotifyWhen.Attention, Of(("on", L("Failure", "attention")), ("command", L("tell"))).On);
    }

    [Fact]
    public void Targets_are_read_with_what_is_usual()
    {
        Assert.Equal(new WebhookTarget("HOOK"), Of(("webhook", T(("urlVariable", "HOOK")))).Webhook);
        Assert.Equal(
            new WebhookTarget("HOOK") { Format = WebhookFormat.Slack, TokenVariable = "TOKEN" },
            Of(("webhook", T(("urlVariable", "HOOK"), ("format", "slack"), ("tokenVariable", "TOKEN")))).Webhook);
        Assert.Equal(new MailTarget("smtp.example.com") { From = "zoom@example.com", To = ["it@example.com"] }, Of(("mail", Mail)).Mail);
        Assert.Equal(
            (MailSecurity.Tls, 465),
            (Of(("mail", MailWith(("security", "tls")))).Mail!.Security, Of(("mail", MailWith(("security", "tls")))).Mail!.Port));
        Assert.Equal(25, Of(("mail", MailWith(("server", "127.0.0.1"), ("security", "none")))).Mail!.Port);
        Assert.Equal(["a@example.com", "b@example.com"], Of(("mail", MailWith(("to", L("a@example.com", "b@example.com"))))).Mail!.To);
        Assert.Equal(new CommandTarget(["tell", "a b"]), Of(("command", L("tell", "a b"))).Command);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_written_is_read_as_it_was(bool isFull)
    {
        var rule = Read(Rule(("notify", isFull
            ? T(
                ("on", L("held", "always")),
                ("webhook", T(("urlVariable", "HOOK"), ("format", "teams"), ("tokenVariable", "TOKEN"))),
                ("mail", MailWith(("port", 2525), ("security", "tls"), ("user", "zoom"), ("passwordVariable", "PASSWORD"))),
                ("command", L("tell", "-x")))
            : T(("webhook", T(("urlVariable", "HOOK")))))));
        var again = Read(RuleWriter.Write(rule));
        Assert.Equal(rule.Notify, again.Notify);
        Assert.Equal(Line(RuleWriter.Write(rule)), Line(RuleWriter.Write(again)));
        Assert.Equal(isFull, Line(RuleWriter.Write(rule)).Contains("on: ['held', 'always']", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_that_tells_somebody_else_is_the_same_rule() =>
        Assert.Equal(Read(Rule()).Fingerprint, Read(Rule(("notify", T(("command", L("tell")))))).Fingerprint);

    [Fact]
    public void A_secret_that_stands_where_its_variable_should_is_not_repeated()
    {
        const string Secret = "https://hooks.example.com/T0PSECRET";
        foreach (var mistakes in new[]
        {
            Mistakes(("webhook", Secret)),
            Mistakes(("webhook", T(("urlVariable", Secret)))),
            Mistakes(("webhook", T(("urlVariable", "HOOK"), ("tokenVariable", "abc-" + Secret)))),
            Mistakes(("mail", MailWith(("user", "a"), ("passwordVariable", "T0PSECRET!")))),
        })
        {
            Assert.DoesNotContain("T0PSECRET", Assert.Single(mistakes), StringComparison.Ordinal);
            Assert.Contains("environment variable", mistakes[0], StringComparison.Ordinal);
        }

        // Whoever gives the address is told where it belongs.
        Assert.EndsWith(
            "this is the address itself, and whoever has it may write there: set an environment variable to it, such as STAFF_WEBHOOK, and name that here",
            Assert.Single(Mistakes(("webhook", T(("urlVariable", Secret))))), StringComparison.Ordinal);
        foreach (var other in new[]
        {
            Mistakes(("webhook", T(("urlVariable", "no name")))),
            Mistakes(("webhook", T(("urlVariable", "HOOK"), ("tokenVariable", Secret)))),
        })
        {
            Assert.EndsWith("which holds the secret in the rule's place, such as STAFF_WEBHOOK", Assert.Single(other), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_mistake_is_told()
    {
        Assert.Contains("nothing says who is told", Assert.Single(Mistakes()), StringComparison.Ordinal);
        Assert.Contains("did you mean 'held'", Assert.Single(Mistakes(("on", "helt"), ("command", L("tell")))), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("nothing says when", Assert.Single(Mistakes(("on", L()), ("command", L("tell")))), StringComparison.Ordinal);
        Assert.Contains(
            "did you mean 'webhook'",
            string.Join(" ", Mistakes(("webhok", T(("urlVariable", "HOOK"))), ("command", L("x")))),
            StringComparison.Ordinal);
        Assert.Contains("nothing says where its address is", Assert.Single(Mistakes(("webhook", T(("format", "teams"))))), StringComparison.Ordinal);
        Assert.Contains("json, teams, slack", Assert.Single(Mistakes(("webhook", T(("urlVariable", "H"), ("format", "irc"))))), StringComparison.Ordinal);
        Assert.Equal(
            ["(server)", "(from)", "(to)"],
            Mistakes(("mail", T(("port", 25)))).Select(m => m.Substring(m.LastIndexOf('('))));
        Assert.Contains("in the clear", Assert.Single(Mistakes(("mail", MailWith(("security", "none"))))), StringComparison.Ordinal);
        Assert.Contains("no name of a server", Assert.Single(Mistakes(("mail", MailWith(("server", "smtp://a"))))), StringComparison.Ordinal);
        Assert.Contains("no address", Assert.Single(Mistakes(("mail", MailWith(("to", L("a@example.com", "b")))))), StringComparison.Ordinal);
        Assert.Contains("no address", Assert.Single(Mistakes(("mail", MailWith(("from", "a@example.com\nBcc: b@example.com"))))), StringComparison.Ordinal);
        Assert.Contains("from one address", Assert.Single(Mistakes(("mail", MailWith(("from", L("a@b.c", "d@e.f")))))), StringComparison.Ordinal);
        Assert.Contains("go together", Assert.Single(Mistakes(("mail", MailWith(("user", "zoom"))))), StringComparison.Ordinal);
        Assert.Contains("0 is not possible", Assert.Single(Mistakes(("mail", MailWith(("port", 0))))), StringComparison.Ordinal);
        Assert.Contains("nothing says what is to be started", Assert.Single(Mistakes(("command", L()))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("[::1]", true)]
    [InlineData("localhost.example.com", false)]
    [InlineData("10.0.0.1", false)]
    public void Only_this_machine_itself_is_this_machine(string server, bool isIt) => Assert.Equal(isIt, NotifyRules.IsLoopback(server));

    public static TheoryData<(string, object?)[]> Shortest =>
    [
        T(("webhook", T(("urlVariable", "HOOK")))),
        T(("webhook", T(("urlVariable", "HOOK"), ("format", "teams")))),
        T(("mail", T(("server", "smtp.example.com"), ("from", "zoom@example.com"), ("to", L("it@example.com"))))),
        T(("mail", T(("server", "smtp.example.com"), ("security", "tls"), ("from", "zoom@example.com"), ("to", L("it@example.com"))))),
        T(("mail", T(("server", "smtp.example.com"), ("port", 25), ("from", "zoom@example.com"), ("to", L("it@example.com"))))),
        T(("on", L("failure")), ("command", L("tell"))),
    ];

    [Theory]
    [MemberData(nameof(Shortest))]
    public void What_is_as_without_a_setting_is_not_written((string, object?)[] notify)
    {
        var tree = Rule(("notify", notify));
        Assert.Equal(Line(tree), Line(RuleWriter.Write(Read(tree))));
    }

    [Fact]
    public void What_is_usual_is_left_out_though_it_was_written_and_a_word_twice_is_one() => Assert.Equal(
        "{name: 'r', notify: {on: ['failure', 'held'], webhook: {urlVariable: 'HOOK'}, mail: {server: 'localhost', security: 'none', "
            + "from: 'zoom@example.com', to: ['it@example.com']}}}",
        Line(RuleWriter.Write(Read(Rule(("notify", T(
            ("on", L("held", "failure", "held")),
            ("webhook", T(("urlVariable", "HOOK"), ("format", "json"))),
            ("mail", MailWith(("server", "localhost"), ("security", "none"), ("port", 25))))))))));

    [Theory]
    [InlineData(1.0, null)]
    [InlineData(65_535.0, null)]
    [InlineData(65_536.0, "65536 is not possible here; a whole number from 0 to 65535 is expected")]
    [InlineData(25.5, "25.5 is not possible here; a whole number from 0 to 65535 is expected")]
    [InlineData(0.0, "0 is not possible here")]
    public void A_port_has_its_borders(double port, string? mistake) =>
        Assert.Equal(mistake is null ? [] : [$"notify.mail.port: {mistake}"], Mistakes(("mail", MailWith(("port", port)))));

    [Fact]
    public void One_mistake_is_told_once()
    {
        Assert.Equal(["notify.mail: the text 'it@example.com' stands where a table is expected"], Mistakes(("mail", "it@example.com")));
        Assert.Equal(["notify.mail: nothing says which server sends it (server)"], Mistakes(("mail", MailWith(("server", null), ("security", "none")))));
        Assert.Equal(
            ["notify.command: the text 'tell' stands where a list of texts, the program and each of its arguments, is expected"],
            Mistakes(("command", "tell")));
        Assert.Equal(["notify.command: an argument cannot hold this character"], Mistakes(("command", L("tell", "\0x"))));
        Assert.Equal(["notify: the text 'it@example.com' stands where a table is expected"], MistakesIn(Rule(("notify", "it@example.com"))));
    }

    public static TheoryData<object?, bool> Told => new()
    {
        { T(("on", "held")), false },
        { T(), false },
        { T(("On", "held"), ("command", L("tell"))), true },
        { T(("mail", null)), true },
        { "it@example.com", true },
    };

    [Theory]
    [MemberData(nameof(Told))]
    public void Whether_a_rule_names_anybody_is_seen_before_it_is_read(object? notify, bool tells)
    {
        Assert.Equal(tells, NotifyRules.TellsSomebody(Rule(("Notify", notify))));
        Assert.True(NotifyRules.TellsSomebody(Rule()));
    }

    [Fact]
    public void Two_mails_are_the_same_where_all_of_them_is()
    {
        MailTarget Of() => new("smtp") { Security = MailSecurity.Tls, Port = 1, From = "a", To = ["b"], User = "c", PasswordVariable = "D" };
        MailTarget[] others =
        [
            Of() with { Server = "x" }, Of() with { Security = MailSecurity.None }, Of() with { Port = 2 }, Of() with { From = "x" },
            Of() with { To = ["b", "x"] }, Of() with { User = "x" }, Of() with { PasswordVariable = "X" },
        ];
        Assert.Equal(Of(), Of());
        Assert.Equal(Of().GetHashCode(), Of().GetHashCode());
        Assert.All(others, o => Assert.False(Of().Equals(o)));
        Assert.False(Of().Equals((MailTarget?)null));
    }

    [Fact]
    public void Two_programs_are_the_same_with_the_same_arguments()
    {
        CommandTarget Of(params string[] run) => new(run);
        Assert.True(Of("a", "b").Equals(Of("a", "b")));
        Assert.Equal(Of("a", "b").GetHashCode(), Of("a", "b").GetHashCode());
        Assert.Equal(Of().GetHashCode(), Of().GetHashCode());
        Assert.False(Of("a", "b").Equals(Of("a")));
        Assert.False(Of("a").Equals((CommandTarget?)null));
    }
}
