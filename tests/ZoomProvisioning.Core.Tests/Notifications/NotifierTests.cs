using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Notifications;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Tests.Notifications;

/// <summary>When a run is told, in which words, and what becomes of targets that do not work.</summary>
public class NotifierTests
{
    private const string Variable = "ZOOM_TEST_NOTIFIER_WEBHOOK";
    private const string Address = "https://hooks.example.com/T0PSECRET?sig=f00d";

    static NotifierTests() => Environment.SetEnvironmentVariable(Variable, Address);

    private static ProvisioningRule Rule(NotifyWhen when, string variable = Variable) => new("Staff")
    {
        Notify = new NotifySettings { On = when, Webhook = new WebhookTarget(variable), Command = new CommandTarget(["tell", "-x"]) },
    };

    private static ProvisioningRun Run(
        ChangeOutcome outcome = ChangeOutcome.Done, string? stopped = null, GuardCheck? check = null, int people = 1,
        string name = "ada@example.com", bool applied = true)
    {
        var changes = Enumerable.Range(0, people)
            .Select(i =>
                new PlannedChange(PlanAction.Disable, people == 1 ? name : $"{i}-{name}", "left").HeldBack(outcome == ChangeOutcome.Held ? "too many" : null))
            .ToList();
        var plan = new SyncPlan(changes)
        {
            Id = "3f0c91d2ab45aaaa",
            Rule = "Staff",
            Account = "account",
            Guard = outcome == ChangeOutcome.Held ? [new GuardFinding(check ?? GuardCheck.TooManyDisables, HoldsRemovals: true, "too many")] : [],
        };
        var results = changes.Select(c => new ChangeResult(c.UserName, c.Action, outcome, "because")
        {
            Planned = c,
            Error = outcome == ChangeOutcome.Failed ? new ScimException("Zoom.User.Odd", "Zoom says no.") : null,
        }).ToList();
        return new ProvisioningRun(plan, results)
        {
            RunId = "run",
            StoppedBecause = stopped,
            Attention = Attention.Of(results, new ProvisioningRule("Staff")),
            Applied = applied,
        };
    }

    [Theory]
    [InlineData(ChangeOutcome.Done, null, NotifyWhen.None)]
    [InlineData(ChangeOutcome.Held, null, NotifyWhen.Held)]
    [InlineData(ChangeOutcome.Failed, null, NotifyWhen.Attention)]
    [InlineData(ChangeOutcome.Done, "no network", NotifyWhen.Failure)]
    [InlineData(ChangeOutcome.NotSent, "no network", NotifyWhen.Failure | NotifyWhen.Attention)]
    public async Task A_run_is_told_when_the_rule_wants_that(ChangeOutcome outcome, string? stopped, NotifyWhen moments)
    {
        foreach (var when in new[] { NotifyWhen.Failure, NotifyWhen.Held, NotifyWhen.Attention, NotifyWhen.Always })
        {
            var world = new World();
            var results = await world.Of(Rule(when)).TellAsync(Run(outcome, stopped), CancellationToken.None);
            Assert.Equal(when == NotifyWhen.Always || (moments & when) != 0 ? 2 : 0, results.Count);
            Assert.All(results, r => Assert.True(r.Arrived, r.Message));
        }
    }

    [Fact]
    public async Task Quarantine_is_told_for_failures_and_for_what_is_held()
    {
        foreach (var when in new[] { NotifyWhen.Failure, NotifyWhen.Held })
        {
            var world = new World();
            await world.Of(Rule(when)).TellAsync(Run(ChangeOutcome.Held, check: GuardCheck.Quarantined), CancellationToken.None);
            var told = Assert.Single(world.Posted);
            Assert.Equal(("Zoom rule Staff: in quarantine", "<the people> | Sync-ZoomScimUser Staff -Resume"), (told.Title, told.Command));
        }
    }

    [Theory]
    [InlineData("abc", false, ChangeOutcome.Done, "Zoom rule Staff: undo done", "The run abc was taken back.")]
    [InlineData("abc", false, ChangeOutcome.Failed, "Zoom rule Staff: undo needs attention", "The run abc was taken back, but not for 1 person.")]
    [InlineData(null, true, ChangeOutcome.Done, "Zoom rule Staff: removal done",
        "The rule was removed, and its people are no longer in Zoom as it had brought them there.")]
    [InlineData(null, true, ChangeOutcome.Failed, "Zoom rule Staff: removal needs attention",
        "The rule stays, because 1 of its people could not be removed.")]
    public async Task What_takes_something_back_says_so(string? undoes, bool removes, ChangeOutcome outcome, string title, string sentence)
    {
        var (world, run) = (new World(), Run(outcome));
        await world.Of(Rule(NotifyWhen.Always)).TellAsync(
            new ProvisioningRun(run.Plan, run.Results) { Undoes = undoes, RemovesRule = removes, Attention = run.Attention, RunId = "run" },
            CancellationToken.None);
        var told = Assert.Single(world.Posted);
        Assert.Equal((title, sentence, null), (told.Title, told.Sentence, told.Command));
    }

    [Fact]
    public async Task What_was_only_planned_is_not_told()
    {
        var world = new World();
        Assert.Empty(await world.Of(Rule(NotifyWhen.Always)).TellAsync(Run(applied: false), CancellationToken.None));
        Assert.Empty(world.Posted);
    }

    [Fact]
    public async Task The_words_say_what_a_person_has_to_know()
    {
        var world = new World();
        await world.Of(Rule(NotifyWhen.Held)).TellAsync(Run(ChangeOutcome.Held, people: 7), CancellationToken.None);
        Assert.Equal(
            """
            Zoom rule Staff: held
            The guard held back 7 changes.
            7 held
            - too many
            - Held: 0-ada@example.com, 1-ada@example.com, 2-ada@example.com, 3-ada@example.com, 4-ada@example.com and 2 more
            Next: Look at the 7 that are held; to let exactly these go, run again within a day with -Approve 3f0c91d2ab45.
            Command: <the people> | Sync-ZoomScimUser Staff -WhatIf
            Account account, 2026-01-05 08:00 UTC, run run
            """.Replace("\r\n", "\n"),
            Assert.Single(world.Posted).Text.Replace("\r\n", "\n"));
        Assert.Equal(world.Posted[0].Text, Assert.Single(world.Inputs));
    }

    [Fact]
    public async Task An_error_that_ended_the_run_is_told_with_what_to_do()
    {
        var world = new World();
        var error = new ScimException("Zoom.Source.NotRead", $"The file is not there; {Address} neither.") { RecommendedAction = "Look at the path." };
        await world.Of(Rule(NotifyWhen.Failure)).TellAsync(error, string.Empty, CancellationToken.None);
        var told = Assert.Single(world.Posted);
        Assert.Equal(
            ("Error", "The run did not take place: The file is not there; *** neither.", "Look at the path."),
            (told.Outcome, told.Sentence, told.Next));
        Assert.Empty(await world.Of(Rule(NotifyWhen.Held)).TellAsync(error, string.Empty, CancellationToken.None));
    }

    [Fact]
    public async Task Hostile_names_are_shown_on_one_line_and_a_text_is_bounded()
    {
        var world = new World();
        var name = "a\u001b[31m\r\nNext: rm -rf \u202E" + new string('x', 900) + "@example.com";
        await world.Of(Rule(NotifyWhen.Always)).TellAsync(Run(ChangeOutcome.Held, people: 40, name: name), CancellationToken.None);
        var text = Assert.Single(world.Posted).Text;
        Assert.InRange(text.Length, 1, 2800);
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202E', text);
        Assert.Single(text.Split('\n'), l => l.StartsWith("Next: ", StringComparison.Ordinal));
        Assert.Contains("-Approve 3f0c91d2ab45", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_says_that_it_is_one()
    {
        var world = new World();
        var results = await world.Of(Rule(NotifyWhen.Held)).TestAsync(CancellationToken.None);
        Assert.Equal(["Webhook", "Command"], results.Select(r => r.Target));
        Assert.True(Assert.Single(world.Posted).IsTest);
        Assert.Contains("TEST", world.Posted[0].Title, StringComparison.Ordinal);
        var nobody = await Assert.ThrowsAsync<ScimRecordException>(() => world.Of(new ProvisioningRule("Staff")).TestAsync(CancellationToken.None));
        Assert.Equal("Zoom.Notification.None", nobody.ErrorId);
    }

    [Fact]
    public async Task One_target_that_fails_does_not_keep_the_others_and_nothing_is_thrown()
    {
        var world = new World { Post = _ => throw new InvalidOperationException($"at {Address}") };
        var results = await world.Of(Rule(NotifyWhen.Always)).TellAsync(Run(), CancellationToken.None);
        Assert.Equal([false, true], results.Select(r => r.Arrived));
        Assert.Equal("Zoom.Notification.Failed", results[0].ErrorId);
        Assert.DoesNotContain("T0PSECRET", results[0].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("f00d", results[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(7, "no paper\n", "Zoom.Notification.CommandFailed", "ended with exit code 7. It says: no paper")]
    [InlineData(null, "", "Zoom.Notification.TooLate", "had not arrived")]
    public async Task A_program_that_fails_is_told_with_its_words(int? exitCode, string errors, string id, string words)
    {
        var world = new World { ExitCode = exitCode, Errors = errors };
        var result = (await world.Of(Rule(NotifyWhen.Always)).TellAsync(Run(), CancellationToken.None))[1];
        Assert.Equal((false, id), (result.Arrived, result.ErrorId));
        Assert.Contains(words, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_does_not_answer_is_given_up_in_bounded_time()
    {
        var clock = new EndingClock();
        var world = new World { Clock = clock, Post = async _ => await clock.NeverEnds };
        var result = (await world.Of(Rule(NotifyWhen.Always)).TellAsync(Run(), CancellationToken.None))[0];
        Assert.Equal((false, "Zoom.Notification.TooLate"), (result.Arrived, result.ErrorId));
    }

    [Theory]
    [InlineData(null, "Zoom.Notification.NoSecret")]
    [InlineData("http://hooks.example.com/T0PSECRET", "Zoom.Notification.InvalidAddress")]
    [InlineData("https://user:T0PSECRET@hooks.example.com/", "Zoom.Notification.InvalidAddress")]
    [InlineData("T0PSECRET", "Zoom.Notification.InvalidAddress")]
    [InlineData("ftp://127.0.0.1/T0PSECRET", "Zoom.Notification.InvalidAddress")]
    public async Task An_address_that_may_not_be_used_is_not_used_and_not_repeated(string? address, string id)
    {
        var variable = "ZOOM_TEST_ADDRESS_" + Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(variable, address);
        var world = new World();
        var result = (await world.Of(Rule(NotifyWhen.Always, variable)).TellAsync(Run(), CancellationToken.None))[0];
        Assert.Equal((false, id), (result.Arrived, result.ErrorId));
        Assert.Contains(variable, result.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("T0PSECRET", result.Message + result.RecommendedAction, StringComparison.Ordinal);
        Assert.Empty(world.Posted);
    }

    private sealed class World : INotificationSender, IProgramRunner
    {
        public List<Notification> Posted { get; } = [];

        public List<string> Inputs { get; } = [];

        public Func<WebhookRequest, Task> Post { get; init; } = _ => Task.CompletedTask;

        public int? ExitCode { get; init; } = 0;

        public string Errors { get; init; } = string.Empty;

        public IClock Clock { get; init; } = new StandingClock();

        public Notifier Of(ProvisioningRule rule) => new(rule, this, this, CommandWords.Module, Clock);

        public async Task PostAsync(WebhookRequest request, Notification notification, CancellationToken stop)
        {
            lock (Posted)
            {
                Posted.Add(notification);
            }

            await Post(request);
        }

        public Task MailAsync(MailRequest request, Notification notification, CancellationToken stop) => throw new NotSupportedException();

        public string ToJson(Notification notification) => notification.Text;

        public Task<ProgramResult> RunAsync(ProgramRequest request, CancellationToken stop)
        {
            lock (Inputs)
            {
                Inputs.Add(request.Input);
            }

            Assert.Equal(("tell", "-x"), (request.Program, Assert.Single(request.Arguments)));
            return Task.FromResult(new ProgramResult(new MemoryStream(Encoding.UTF8.GetBytes(string.Empty)), Errors, ExitCode));
        }
    }

    /// <summary>Time that stands: nobody is ever late.</summary>
    private class StandingClock : IClock
    {
        public DateTimeOffset UtcNow { get; } = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

        public TimeSpan Elapsed => TimeSpan.Zero;

        public virtual Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }

    /// <summary>Time that is up at once.</summary>
    private sealed class EndingClock : StandingClock
    {
        private readonly TaskCompletionSource<bool> _never = new();

        public Task NeverEnds => _never.Task;

        public override Task Delay(TimeSpan delay, CancellationToken cancellationToken)
        {
            Assert.Equal(Notifier.TimeLimit, delay);
            return Task.CompletedTask;
        }
    }
}
