using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;
using ZoomProvisioning.Tests.Rules;

namespace ZoomProvisioning.Tests.State;

/// <summary>Approvals as files beside their plan: what stands in one, which are found, and which are refused.</summary>
public sealed class ApprovalFileTests : IDisposable
{
    private static readonly DateTimeOffset Made = new(2026, 6, 1, 8, 0, 0, TimeSpan.Zero);

    private static readonly ProvisioningApproval Short = new()
    {
        PlanId = "0123456789abcdef",
        Rule = "Staff",
        Account = "Abc123",
        PlanMade = Made,
        Who = "ada@host",
        At = Made.AddHours(1),
        Of = 1,
        Checks = ["TooManyDisables", "ShrunkenSource"],
        Entries = [new ApprovedEntry("e1", "Disable", "ben@example.com"), new ApprovedEntry("e2", "Delete", string.Empty)],
    };

    private static readonly ProvisioningApproval Full = Short with
    {
        Comment = "they left",
        Signature = new ApprovalSignature("certificate", "dmFsdWU=") { Subject = "CN=Ada", Thumbprint = "AB12", Certificate = "Y2VydA==" },
    };

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "zp-" + Guid.NewGuid().ToString("N"));
    private readonly Texts _texts = new();

    public ApprovalFileTests() => Directory.CreateDirectory(_folder);

    private string Plan => Path.Combine(_folder, "plan.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Words(ProvisioningApproval approval) => RuleTrees.Line(_texts.ParseRule(ApprovalFile.Text(approval, _texts)));

    private string Write(ProvisioningApproval approval, string? text = null)
    {
        var path = ApprovalFile.PathOf(Plan, approval);
        File.WriteAllText(path, text ?? ApprovalFile.Text(approval, _texts));
        return path;
    }

    /// <summary>An approval as a file has it, after somebody has changed a value in it; null takes it out.</summary>
    private string Changed(ProvisioningApproval approval, string name, RuleNode? value)
    {
        var tree = _texts.ParseRule(ApprovalFile.Text(approval, _texts));
        var others = tree.Entries.Where(e => e.Key != name);
        return _texts.WriteRule(RuleNode.Of(value is null ? others : others.Append(new KeyValuePair<string, RuleNode>(name, value))));
    }

    private ScimStateException Refusal() => Assert.Throws<ScimStateException>(() => ApprovalFile.Beside(Plan, _texts));

    [Fact]
    public void All_that_an_approval_says_stands_in_its_file_and_nothing_that_it_does_not_say()
    {
        const string Said = "planId: '0123456789abcdef', rule: 'Staff', account: 'Abc123', planMade: '2026-06-01T08:00:00.0000000+00:00', who: 'ada@host', "
            + "at: '2026-06-01T09:00:00.0000000+00:00', ";
        const string What = "of: 1, checks: ['TooManyDisables', 'ShrunkenSource'], entries: [{entry: 'e1', action: 'Disable', userName: 'ben@example.com'}, "
            + "{entry: 'e2', action: 'Delete', userName: ''}], ";
        Assert.Equal($"{{format: 1, {Said}{What}digest: '{Short.Digest}'}}", Words(Short));
        Assert.Equal(
            $"{{format: 1, {Said}comment: 'they left', {What}digest: '{Full.Digest}', signature: {{kind: 'certificate', subject: 'CN=Ada', "
                + "thumbprint: 'AB12', certificate: 'Y2VydA==', value: 'dmFsdWU='}}",
            Words(Full));
        Assert.EndsWith(
            "signature: {kind: 'hmac', value: 'dmFsdWU='}}",
            Words(Short with { Signature = new ApprovalSignature("hmac", "dmFsdWU=") }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Approvals_are_read_as_they_were_written_the_oldest_first_and_of_the_same_moment_by_their_names()
    {
        var late = Full with { At = Made.AddDays(2) };
        var early = Short with { Who = "zoe@host", Rule = string.Empty, Checks = [], Entries = [] };
        var (one, other) = (Short with { At = Made.AddDays(1) }, Short with { At = Made.AddDays(1), Who = "cy@host" });
        ProvisioningApproval[] written = [late, one, early, other];
        Array.ForEach(written, a => Write(a));
        foreach (var name in new[] { "plan.json", "notes.json", "plan.approval.txt", "plan2.approval.0.json" })
        {
            File.WriteAllText(Path.Combine(_folder, name), "no approval");
        }

        var sameMoment = new[] { one, other }.OrderBy(a => ApprovalFile.PathOf(Plan, a), StringComparer.Ordinal);
        ProvisioningApproval[] expected = [early, .. sameMoment, late];
        var read = ApprovalFile.Beside(Plan, _texts);
        Assert.Equal(expected.Select(Words), read.Select(Words));
        Assert.Equal(expected.Select(a => ApprovalFile.PathOf(Plan, a)), read.Select(a => a.Path));
        Assert.Equal(Path.Combine(_folder, $"plan.approval.{late.Digest.Substring(0, 8)}.json"), read[3].Path);
    }

    [Fact]
    public void Where_nothing_is_listed_nothing_was_approved()
    {
        var approval = Short with { Checks = [], Entries = [] };
        Write(approval, Changed(approval, "entries", null));
        Assert.Empty(Assert.Single(ApprovalFile.Beside(Plan, _texts)).Entries);
    }

    public static TheoryData<string, object?, string> Damages => new()
    {
        { "format", 2, "it was written by another version of this module." },
        { "format", null, "it was written by another version of this module." },
        { "who", "eve@host", "it was changed after it was made." },
        { "comment", null, "it was changed after it was made." },
        { "entries", RuleTrees.L(RuleTrees.T(("entry", "e3"), ("action", "Delete"), ("userName", "zed"))), "it was changed after it was made." },
        { "digest", null, "it was changed after it was made." },
        { "of", 1.5, "of: 1.5 is not possible here; a whole number from 0 to 2147483647 is expected" },
        { "who", 7, "who: the number 7 stands where a text is expected" },
        { "entries", RuleTrees.L(RuleTrees.T(("entry", 1))), "entries[0].entry: the number 1 stands where a text is expected" },
        { "entries", RuleTrees.L(RuleTrees.T(("people", "all"))), "entries[0].people: there is no such setting" },
        { "signature", RuleTrees.T(("hash", "x")), "signature.hash: there is no such setting" },
        { "more", "x", "more: there is no such setting" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void An_approval_that_was_changed_by_hand_is_refused_with_what_is_wrong_with_it(string name, object? value, string reason)
    {
        var path = Write(Full, Changed(Full, name, value is null ? null : RuleTrees.Node(value)));
        var error = Refusal();
        Assert.Equal(("Zoom.Approval.Damaged", "InvalidData"), (error.ErrorId, error.Category));
        Assert.StartsWith($"The approval '{path}' cannot be used: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Nothing was sent.", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Ask who approved for the file", error.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("planMade", "yesterday")]
    [InlineData("at", "soon")]
    public void A_moment_that_is_none_is_damage_as_well(string name, string value)
    {
        Write(Full, Changed(Full, name, RuleNode.Of(value)));
        Assert.Equal("Zoom.Approval.Damaged", Refusal().ErrorId);
    }

    [Fact]
    public void A_file_that_is_no_json_and_one_that_the_disk_does_not_give_are_damage_and_one_that_may_not_be_read_is_not()
    {
        Write(Full, "no tree");
        Assert.Equal("Zoom.Approval.Damaged", Refusal().ErrorId);
        _texts.Failure = new IOException("The disk says no.");
        Assert.Contains("cannot be used: The disk says no.", Refusal().Message, StringComparison.Ordinal);
        _texts.Failure = new UnauthorizedAccessException("Access is denied.");
        var error = Refusal();
        Assert.Equal(("Zoom.Approval.NotRead", "PermissionDenied", ApprovalFile.ShareAdvice), (error.ErrorId, error.Category, error.RecommendedAction));
        Assert.Contains("cannot be read: Access is denied. Nothing was sent.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Texts that only say which tree they stand for.</summary>
    private sealed class Texts : IRuleTexts
    {
        private const string Tree = "tree ";
        private readonly List<RuleNode> _trees = [];

        public Exception? Failure { get; set; }

        public RuleNode ParseRule(string json) => Failure is not null ? throw Failure
            : json.StartsWith(Tree, StringComparison.Ordinal) ? _trees[int.Parse(json.Replace(Tree, string.Empty), CultureInfo.InvariantCulture)]
            : throw new RuleFileException("approval", [new RuleProblem(1, 1, string.Empty, "no JSON")]);

        public string WriteRule(RuleNode rule)
        {
            _trees.Add(rule);
            return Tree + (_trees.Count - 1).ToString(CultureInfo.InvariantCulture);
        }
    }
}
