using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck.Xunit;
using Xunit;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Engine.Tests.State;

public sealed class PlanTests
{
    private static readonly string[] Texts =
    [
        "", "jill@example.com", "<script>alert(1)</script>", "😀", "\uD800", "x\uDC00y", "\"'\\", "\u2028\u2029\r\n\t\0", "\uFFFD",
        "\uFFFDd800", "Größe",
    ];
    private readonly StateFactory _factory = new();

    [Property(MaxTest = 300, Replay = "20260105,7")]
    public void A_plan_comes_back_as_it_was(int seed)
    {
        var plan = Make(new Random(seed));
        var json = _factory.WritePlan(plan);
        var read = _factory.ReadPlan(json);

        Assert.Equal(PlanDigest.Of(plan), read.Id);
        Assert.Equal((plan.Account, plan.Rule, plan.RuleFingerprint, plan.CreatedAt), (read.Account, read.Rule, read.RuleFingerprint, read.CreatedAt));
        Assert.Equal((plan.SourceCount, plan.OutOfScopeCount, plan.ManagedCount), (read.SourceCount, read.OutOfScopeCount, read.ManagedCount));
        Assert.Equal(plan.Guard, read.Guard);
        Assert.Equal(plan.Changes.Count, read.Changes.Count);
        foreach (var (was, now) in plan.Changes.Zip(read.Changes, (was, now) => (was, now)))
        {
            Assert.Equal(
                (was.Action, was.UserName, was.Reason, was.Held, was.Adopts, was.Anchor, was.ZoomId),
                (now.Action, now.UserName, now.Reason, now.Held, now.Adopts, now.Anchor, now.ZoomId));
            Assert.Equal((was.Writes, was.ActiveCause, was.Leaves), (now.Writes, now.ActiveCause, now.Leaves));
            Assert.Equal(was.Remarks, now.Remarks);
            Assert.Equal(was.GroupChanges, now.GroupChanges);
            Assert.Equal(was.Changes.Count, now.Changes.Count);
            foreach (var (old, back) in was.Changes.Zip(now.Changes, (old, back) => (old, back)))
            {
                Assert.Same(old.Name.StartsWith("custom", StringComparison.Ordinal) ? back.Attribute : old.Attribute, back.Attribute);
                Assert.Equal((old.Name, old.OldIsKnown, old.Cause), (back.Name, back.OldIsKnown, back.Cause));
                AssertSame(old.OldValue, back.OldValue);
                AssertSame(old.NewValue, back.NewValue);
                AssertSame(old.LedgerValue, back.LedgerValue);
            }

            if (was.Action == PlanAction.NoOp)
            {
                continue;
            }

            Assert.Equal(was.Current?.Detail, now.Current?.Detail);
            AssertSame(was.Current?.Attributes, now.Current?.Attributes);
            Assert.Equal(was.Desired is null, now.Desired is null);
            if (was.Desired is { } wish && now.Desired is { } same)
            {
                AssertSame(wish.Values.Attributes, same.Values.Attributes);
                Assert.Equal(
                    wish.Values.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal),
                    same.Values.ChangedAttributes.OrderBy(n => n, StringComparer.Ordinal));
                Assert.Equal(
                    (wish.ZoomId, wish.CurrentUserName, wish.Anchor, wish.Label, wish.ActiveIsExplicit, wish.LookupName),
                    (same.ZoomId, same.CurrentUserName, same.Anchor, same.Label, same.ActiveIsExplicit, same.LookupName));
                Assert.Equal(wish.Groups, same.Groups);
                Assert.Equal(wish.Warnings, same.Warnings);
            }
        }

        // And once more: nothing drifts.
        Assert.Equal(json, _factory.WritePlan(read));
    }

    [Property(MaxTest = 300, Replay = "20260105,7")]
    public void A_plan_with_another_word_number_or_flag_in_it_is_refused(int seed)
    {
        var random = new Random(seed);
        // What is kept of a user with nothing to do is only shown, and not in the digest.
        var json = _factory.WritePlan(Make(random, withNoOps: false));
        var values = Regex.Matches(json, """(?<=": )("(?:[^"\\]|\\.)*"|\d+|true|false)(?=,?\n)""")
            .Cast<Match>()
            .Where(m => !json.Substring(0, m.Index).EndsWith("\"createdAt\": ", StringComparison.Ordinal))
            .ToList();
        var value = values[random.Next(values.Count)];
        var other = value.Value switch
        {
            "true" => "false",
            "false" => "true",
            ['"', ..] text => text.Insert(1, "x"),
            var number => number + "1",
        };
        var error = Assert.Throws<ScimStateException>(() => _factory.ReadPlan(json.Remove(value.Index, value.Length).Insert(value.Index, other)));
        Assert.Equal("Zoom.Plan.Invalid", error.ErrorId);
        Assert.NotEmpty(error.RecommendedAction);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"format\":2}")]
    [InlineData("{\"format\":1,\"changes\":[{}]}")]
    [InlineData("{\"format\":1,\"changes\":{}}")]
    [InlineData("<html>")]
    public void What_is_no_plan_is_refused(string text) =>
        Assert.Equal("Zoom.Plan.Invalid", Assert.Throws<ScimStateException>(() => _factory.ReadPlan(text)).ErrorId);

    [Fact]
    public void Layout_and_the_moment_it_was_made_do_not_count()
    {
        var plan = Make(new Random(1));
        var later = new SyncPlan(plan.Changes)
        {
            Account = plan.Account,
            Rule = plan.Rule,
            RuleFingerprint = plan.RuleFingerprint,
            CreatedAt = plan.CreatedAt.AddDays(1),
            SourceCount = plan.SourceCount,
            OutOfScopeCount = plan.OutOfScopeCount,
            ManagedCount = plan.ManagedCount,
            Guard = plan.Guard,
        };
        Assert.Equal(PlanDigest.Of(plan), PlanDigest.Of(later));
        Assert.Matches("^[0-9a-f]{64}$", plan.Identified().Id);
        Assert.Equal(PlanDigest.Of(plan), _factory.ReadPlan("\uFEFF" + _factory.WritePlan(plan).Replace("\n", "\r\n    ")).Id);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void A_plan_that_Windows_PowerShell_saved_anew_is_read(string encoding)
    {
        var plan = Make(new Random(2));
        var text = Encoding.GetEncoding(encoding);
        using var file = new MemoryStream([.. text.GetPreamble(), .. text.GetBytes(_factory.WritePlan(plan))]);
        Assert.Equal(PlanDigest.Of(plan), _factory.ReadPlan(file).Id);
    }

    [Fact]
    public void A_cut_plan_is_refused()
    {
        var json = _factory.WritePlan(Make(new Random(5)));
        for (var length = 0; length < json.Length; length += 7)
        {
            Assert.Equal("Zoom.Plan.Invalid", Assert.Throws<ScimStateException>(() => _factory.ReadPlan(json.Substring(0, length))).ErrorId);
        }
    }

    private static void AssertSame(object? was, object? now)
    {
        if (was is string[] names)
        {
            Assert.Equal(names, Assert.IsType<string[]>(now));
        }
        else
        {
            Assert.True(ScimObject.ValueEquals(was, now), $"{was} became {now}");
        }
    }

    internal static SyncPlan Make(Random random, bool withNoOps = true)
    {
        string Text() => Texts[random.Next(Texts.Length)];
        string? Maybe() => random.Next(2) == 0 ? null : Text();
        bool Flag() => random.Next(2) == 0;
        IReadOnlyList<string> Some() => Enumerable.Range(0, random.Next(3)).Select(_ => Text()).ToList();
        T Any<T>(T last)
            where T : struct, Enum => (T)Enum.ToObject(typeof(T), random.Next(Convert.ToInt32(last, CultureInfo.InvariantCulture) + 1));

        ScimObject Resource(int depth)
        {
            var resource = new ScimObject();
            for (var i = random.Next(5); i > 0; i--)
            {
                resource["a" + random.Next(9) + Text()] = random.Next(8) switch
                {
                    0 => null,
                    1 => Flag(),
                    2 => (long)random.Next(),
                    3 => new ScimNumber("1.50"),
                    4 when depth > 0 => Resource(depth - 1),
                    5 when depth > 0 => new ArrayList { Text(), Resource(depth - 1), null },
                    _ => Text(),
                };
            }

            return resource;
        }

        ScimUser User()
        {
            var resource = Resource(2);
            resource["id"] = "id" + random.Next();
            return new ScimUser(resource, Any(UserDetail.Updated));
        }

        ScimUser Wish()
        {
            var user = new ScimUser { UserName = Text() };
            if (Flag())
            {
                user.Department = Maybe();
                user.Roles = [.. Some()];
                user.Phone = "+1 5125550123";
                user.Active = Flag();
                user.SetExtension("custom" + random.Next(3), Flag() ? Text() : true);
            }

            return user;
        }

        object? Value(ZoomAttribute attribute) => random.Next(4) == 0 ? null : attribute.Kind switch
        {
            AttributeKind.Flag => Flag(),
            AttributeKind.Names => Some().ToArray(),
            AttributeKind.Complex => Resource(1),
            _ => Text(),
        };

        AttributeChange Change()
        {
            var all = ZoomAttributes.All.Concat(ZoomExtension.Known).Append(ZoomExtension.Attribute("custom" + Text())).ToList();
            var attribute = all[random.Next(all.Count)];
            return new AttributeChange(attribute, Value(attribute), Value(attribute), Flag())
            {
                Cause = Any(ChangeCause.BothChanged),
                LedgerValue = Flag() ? Value(attribute) : null,
            };
        }

        PlanAction Action() => Any(PlanAction.Protected) is var action && (withNoOps || action != PlanAction.NoOp) ? action : PlanAction.Create;

        PlannedChange Planned() => new(Action(), Text(), Text())
        {
            Held = Maybe(),
            Adopts = Flag(),
            Leaves = Flag(),
            Anchor = Maybe(),
            Remarks = Some(),
            ActiveCause = Any(ChangeCause.BothChanged),
            Changes = Enumerable.Range(0, random.Next(4)).Select(_ => Change()).ToList(),
            GroupChanges = Enumerable.Range(0, random.Next(3)).Select(_ => new GroupChange(Maybe(), Text(), Flag())).ToList(),
            Current = Flag() ? User() : null,
            Desired = Flag() ? null : new DesiredUser(Wish())
            {
                ZoomId = Maybe(),
                CurrentUserName = Maybe(),
                Anchor = Maybe(),
                Groups = Some(),
                Label = Text(),
                Warnings = Some(),
                ActiveIsExplicit = Flag(),
            },
        };

        return new SyncPlan(Enumerable.Range(0, random.Next(6)).Select(_ => Planned()).ToList())
        {
            Account = Text(),
            Rule = Text(),
            RuleFingerprint = Text(),
            CreatedAt = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero).AddTicks(random.Next()),
            SourceCount = random.Next(100),
            OutOfScopeCount = random.Next(100),
            ManagedCount = random.Next(100),
            Guard = Enumerable.Range(0, random.Next(3)).Select(_ => new GuardFinding(Any(GuardCheck.DuplicatesInSource), Flag(), Text())).ToList(),
        };
    }
}
