#if NET
using System;
using System.IO;
using System.Linq;
using Xunit;
using ZoomProvisioning.Input;
using ZoomProvisioning.Input.Tables;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Reconcile;
using ZoomProvisioning.Rules;
using ZoomProvisioning.State;

namespace ZoomProvisioning.Tests.Input;

/// <summary>Files as people really have them, read as zoomprov and rules read them.</summary>
public class CorpusTests
{
    public static TheoryData<string> Cases => [.. CorpusCase.Files];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_person_of_a_file_comes_out_right(string name)
    {
        var expected = CorpusCase.Load(name);
        SourceSnapshot snapshot;
        try
        {
            using var stream = File.OpenRead(CorpusCase.FileOf(name));
            snapshot = SourceReader.Read(new ProvisioningRule("corpus"), SourceTable.Open(stream, Path.GetFileName(CorpusCase.FileOf(name))));
        }
        catch (ScimRecordException fault) when (SourceFault.IsOne(fault))
        {
            Assert.Equal(expected.Fault, fault.ErrorId);
            Assert.NotEmpty(fault.RecommendedAction);
            return;
        }

        Assert.Null(expected.Fault);
        var people = snapshot.People;
        if (expected.Duplicates)
        {
            // Whoever is disputed is named once in a plan; none of the records is used.
            var disputed = new Correlator(new ProvisioningRule("corpus"), new AccountSnapshot([], isComplete: true), new Ledger("account", "corpus"))
                .Correlate(people)
                .Where(c => c.Situation == CorrelationSituation.Disputed)
                .Select(c => c.Desired.Values.UserName)
                .ToHashSet(StringComparer.OrdinalIgnoreCase);
            var twice = people.Where(p => disputed.Contains(p.Values.UserName)).ToList();
            people = people.Except(twice).ToList();
            Assert.Equal(expected.Refused, twice.Select(d => d.Source!.ToString()).Order());
        }
        else
        {
            Assert.True(expected.Refused.Length == snapshot.Problems.Count, string.Join(Environment.NewLine, snapshot.Problems.Select(p => p.Error.Message)));
            foreach (var refused in expected.Refused.Where(r => !r.StartsWith("record ", StringComparison.Ordinal)))
            {
                Assert.Contains(snapshot.Problems, p => p.UserName == refused || p.Label == refused);
            }
        }

        Assert.Equal(expected.Active.Concat(expected.Inactive).Order(), people.Select(p => p.Values.UserName).Order());
        Assert.Equal(expected.Inactive.Order(), people.Where(p => p.Values.Active == false).Select(p => p.Values.UserName).Order());
        Assert.Equal(expected.Unfinished, snapshot.IsUnfinished);
        foreach (var told in expected.Told)
        {
            Assert.True(snapshot.Warnings.Any(w => w.Contains(told)), $"'{told}' is not in: {string.Join(Environment.NewLine, snapshot.Warnings)}");
        }

        foreach (var (who, attribute, value) in expected.Values.SelectMany(v => v.Value.Select(a => (v.Key, a.Key, a.Value))))
        {
            Assert.Equal(value, ZoomAttribute.Display(ZoomAttributes.Find(attribute)!.Get(people.Single(p => p.Values.UserName == who).Values)));
        }

        foreach (var (who, attribute) in expected.Absent.SelectMany(v => v.Value.Select(a => (v.Key, a))))
        {
            Assert.DoesNotContain(attribute, people.Single(p => p.Values.UserName == who).Values.ChangedAttributes);
        }
    }
}
#endif
