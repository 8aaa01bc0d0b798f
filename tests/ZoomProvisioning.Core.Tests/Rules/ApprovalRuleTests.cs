using System;
using System.Linq;
using Xunit;
using ZoomProvisioning.Rules;
using static ZoomProvisioning.Tests.Rules.RuleTrees;

namespace ZoomProvisioning.Tests.Rules;

/// <summary>By whom a plan must be approved: read, written, and every mistake with its place.</summary>
public class ApprovalRuleTests
{
    private const string Thumbprint = "0123456789ABCDEF0123456789ABCDEF01234567";

    private static ApprovalRule? Of(object? approval) => Read(Rule(("approval", approval))).Approval;

    private static string[] Mistakes(object? approval) => MistakesIn(Rule(("approval", approval)));

    private static string Written(object? approval) => Line(RuleWriter.Write(Read(Rule(("approval", approval)))));

    [Theory]
    [InlineData("required", 1, "somebody")]
    [InlineData("Two", 2, "two different people")]
    public void A_word_says_how_many_people_approve(string word, int people, string words)
    {
        foreach (var approval in new[] { Of(word)!, Of(T(("need", word)))! })
        {
            Assert.Equal((people, words, false), (approval.People, approval.Words, approval.NeedsSignature));
            Assert.Equal((0, null), (approval.Certificates.Count, approval.KeyVariable));
        }

        Assert.Equal($"{{name: 'r', approval: '{word.ToLowerInvariant()}'}}", Written(word));
        Assert.Equal($"{{name: 'r', approval: '{word.ToLowerInvariant()}'}}", Written(T(("need", word), ("certificates", L()))));
    }

    [Fact]
    public void Without_the_setting_nobody_has_to_approve()
    {
        Assert.Null(Read(Rule()).Approval);
        Assert.Null(Of(null));
        Assert.Equal("{name: 'r'}", Written(null));
    }

    [Theory]
    [InlineData("need: 'required', certificates: ['" + Thumbprint + "']", true, false)]
    [InlineData("need: 'required', keyVariable: 'PLAN_KEY'", false, true)]
    [InlineData("need: 'required', certificates: ['" + Thumbprint + "'], keyVariable: 'PLAN_KEY'", true, true)]
    public void A_certificate_or_a_key_makes_that_a_signature_is_needed(string line, bool certificate, bool key)
    {
        var approval = T([
            ("need", "required"), .. certificate ? [("certificates", L(Thumbprint))] : T(), .. key ? [("keyVariable", "PLAN_KEY")] : T()]);
        var read = Of(approval)!;
        Assert.True(read.NeedsSignature);
        Assert.Equal(1, read.People);
        Assert.Equal(certificate ? [Thumbprint] : [], read.Certificates);
        Assert.Equal(key ? "PLAN_KEY" : null, read.KeyVariable);
        Assert.Equal($"{{name: 'r', approval: {{{line}}}}}", Written(approval));
    }

    [Theory]
    [InlineData(Thumbprint)]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    [InlineData("01 23 45 67 89 AB CD EF 01 23 45 67 89 AB CD EF 01 23 45 67")]
    [InlineData("01:23:45:67:89:AB:CD:EF:01:23:45:67:89:AB:CD:EF:01:23:45:67")]
    [InlineData("01-23-45-67-89-AB-CD-EF-01-23-45-67-89-AB-CD-EF-01-23-45-67")]
    [InlineData("\u200e0123456789ABCDEF0123456789ABCDEF01234567")]
    public void A_thumbprint_is_read_as_Windows_and_others_show_it(string shown) =>
        Assert.Equal([Thumbprint, Thumbprint], Of(T(("need", "two"), ("certificates", L(shown, Thumbprint))))!.Certificates);

    [Theory]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF012345678")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF0123456G")]
    [InlineData("GGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGGG")]
    [InlineData("CN=Ada")]
    public void What_is_no_thumbprint_is_told(string text) => Assert.Equal(
        [$"approval.certificates[1]: '{text}' is no thumbprint of a certificate, which has 40 hexadecimal digits"],
        Mistakes(T(("need", "required"), ("certificates", L(Thumbprint, text)))));

    public static TheoryData<object?, string> Wrong => new()
    {
        { "three", "approval: 'three' is not possible here; there are required, two" },
        { 2, "approval: the number 2 stands where required or two is expected" },
        { T(("keyVariable", "K")), "approval: it does not say by whom (need); there are required, two" },
        { T(("need", "one")), "approval.need: 'one' is not possible here; there are required, two" },
        { T(("need", "two"), ("keyVariable", 5)), "approval.keyVariable: the number 5 stands where the name of an environment variable is expected" },
        { T(("need", "two"), ("certificates", true)), "approval.certificates: true stands where a list of texts is expected" },
        { T(("need", "two"), ("by", "Ada")), "approval.by: there is no such setting; there are need, certificates, keyVariable" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_mistake_is_told_with_its_place(object? approval, string mistake) => Assert.Equal([mistake], Mistakes(approval));

    [Fact]
    public void Who_approves_is_part_of_what_a_rule_says() => Assert.Equal(
        4,
        new object?[] { null, "required", "two", T(("need", "two"), ("keyVariable", "K")) }
            .Select(a => Read(Rule(("approval", a))).Fingerprint).Distinct().Count());
}
