using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Plans;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Reports;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Notifications;

/// <summary>
/// Says in a few lines what became of a run: the outcome, the numbers, who needs attention with the first names, and what to do. Each line
/// is harmless and bounded, whatever the source and Zoom have put into it, and no secret of the environment is in it.
/// </summary>
/// <param name="rule">The rule.</param>
/// <param name="words">How whoever reads it calls commands.</param>
/// <param name="clock">The time.</param>
internal sealed class NotificationText(ProvisioningRule rule, CommandWords words, IClock clock)
{
    // Slack takes 3,000 characters in a block, which is the least.
    private const int Most = 2800;
    private const int MostOfLine = 400;
    private const int MostLines = 8;

    /// <summary>A run that ended.</summary>
    public Notification Of(ProvisioningRun run)
    {
        var plan = run.Plan;
        var attention = plan.Guard.Where(f => f.HoldsRemovals && f.Check != GuardCheck.Quarantined).Select(f => f.Message)
            .Concat(plan.Held.Count > 0 ? [$"Held: {PlanWords.First(plan.Held)}"] : Array.Empty<string>())
            .Concat(run.Attention.Select(Line))
            .ToList();
        var next = run.IsQuarantined ? plan.Guard.First(f => f.Check == GuardCheck.Quarantined).Message
            : run.StoppedBecause is not null
            ? $"Look at the reason, then {(IsOrdinary(run) ? "run the rule" : "do it")} again: it goes on where it was stopped."
            : PlanWords.Advice(plan) ?? (run.Attention.Count > 0 ? run.Attention[0].Advice : null);
        return WithText(Make(
            run.Outcome.ToString(),
            run.IsQuarantined ? "in quarantine" : $"{(run.Undoes is not null ? "undo " : run.RemovesRule ? "removal " : string.Empty)}{Outcome(run)}",
            Sentence(run),
            attention,
            next,
            run.Outcome == RunOutcome.Done || !IsOrdinary(run) ? null : run.IsQuarantined ? words.Resume(rule) : words.Look(rule)) with
        {
            Account = run.Account,
            RunId = run.RunId,
            Counts = Counts(run),
        });
    }

    /// <summary>A run that did not begin, or ended by an error.</summary>
    /// <param name="error">The error.</param>
    /// <param name="account">The account; empty where it is not known.</param>
    public Notification Of(ScimException error, string account) => WithText(
        Make("Error", "failed", "The run did not take place: " + error.Message, [], error.RecommendedAction, words.Look(rule)) with { Account = account });

    /// <summary>A test of the way.</summary>
    public Notification Test() => WithText(
        Make("Test", "TEST", "This is a test of the rule's notifications. No run took place, and nobody has to do anything.", [], null, null) with
        {
            IsTest = true,
        });

    /// <summary>When a run is told of.</summary>
    public static NotifyWhen MomentsOf(ProvisioningRun run) => NotifyWhen.Always
        // Nobody works for a rule in quarantine, whatever it was that led there.
        | (run.IsQuarantined ? NotifyWhen.Failure | NotifyWhen.Held : NotifyWhen.None)
        | (run.Outcome == RunOutcome.Stopped ? NotifyWhen.Failure : NotifyWhen.None)
        | (run.Held > 0 || run.Plan.Guard.Any(f => f.HoldsRemovals) ? NotifyWhen.Held : NotifyWhen.None)
        | (run.Attention.Count > 0 ? NotifyWhen.Attention : NotifyWhen.None);

    private Notification Make(string outcome, string word, string sentence, List<string> attention, string? next, string? command)
    {
        var lines = attention.Take(MostLines).Select(Clean).ToList();
        if (attention.Count > MostLines)
        {
            lines.Add(string.Format(CultureInfo.CurrentCulture, "and {0:N0} more reasons", attention.Count - MostLines));
        }

        return new Notification
        {
            Rule = Clean(rule.Name),
            Outcome = outcome,
            Title = Clean($"Zoom rule {rule.Name}: {word}"),
            Sentence = Clean(sentence),
            Attention = lines,
            Next = next is null ? null : Clean(words.Of(next)),
            Command = command is null ? null : Clean(command),
            At = clock.UtcNow,
            Text = string.Empty,
        };
    }

    private static Notification WithText(Notification made) => made with { Text = Text(made) };

    private static string Text(Notification made)
    {
        var text = new StringBuilder(made.Title).AppendLine().Append(made.Sentence);
        if (made.Counts.Count > 0)
        {
            text.AppendLine().Append(string.Join(", ", made.Counts.Where(c => c.Value > 0)
                .Select(c => string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}", c.Value, c.Key))));
        }

        foreach (var line in made.Attention)
        {
            text.AppendLine().Append("- ").Append(line);
        }

        Part("Next: ", made.Next);
        Part("Command: ", made.Command);
        text.AppendLine().Append(made.Account.Length > 0 ? $"Account {made.Account}, " : string.Empty)
            .AppendFormat(CultureInfo.InvariantCulture, "{0:yyyy-MM-dd HH:mm} UTC", made.At.UtcDateTime)
            .Append(made.RunId is { } run ? $", run {run}" : string.Empty);
        return text.Length <= Most ? text.ToString() : Shortened(text.ToString());

        void Part(string name, string? what)
        {
            if (what is { Length: > 0 })
            {
                text.AppendLine().Append(name).Append(what);
            }
        }
    }

    // The lines of attention are what may be too much; the first and the last ones are not.
    private static string Shortened(string text)
    {
        var lines = text.Replace("\r\n", "\n").Split('\n').ToList();
        while (lines.Sum(l => l.Length + Environment.NewLine.Length) > Most
            && lines.FindLastIndex(l => l.StartsWith("- ", StringComparison.Ordinal)) is >= 0 and var last)
        {
            lines.RemoveAt(last);
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string Line(AttentionGroup group) => (group with { Advice = string.Empty }).ToString();

    private static string Clean(string text) =>
        VisibleText.OneLine(ProgramSecrets.Hide(text.Replace("\r\n", " ").Replace('\n', ' '), Environment.GetEnvironmentVariables()), MostOfLine);

    private static string Outcome(ProvisioningRun run) => run.Outcome switch
    {
        RunOutcome.Done => "done",
        RunOutcome.Held => "held",
        RunOutcome.Stopped => "stopped",
        RunOutcome.Stale => "plan again",
        RunOutcome.Planned => "planned",
        _ => "needs attention",
    };

    // Whether it brings Zoom in step with the source, and does not take something back.
    private static bool IsOrdinary(ProvisioningRun run) => run is { Undoes: null, RemovesRule: false };

    private static string Sentence(ProvisioningRun run) => run switch
    {
        { IsQuarantined: true } => "Its last runs were held back or failed, so nothing was done; it only plans until somebody goes on.",
        { StoppedBecause: { } reason } => $"The run was stopped: {reason}",
        { Outcome: RunOutcome.Done, Undoes: { } undone } => $"The run {IdText.Short(undone)} was taken back.",
        { Outcome: RunOutcome.Done, RemovesRule: true } => "The rule was removed, and its people are no longer in Zoom as it had brought them there.",
        { Outcome: RunOutcome.Done } => "Everybody is as the source says.",
        { Outcome: RunOutcome.Stale } => "Some people had changed in Zoom since the plan was made, and were left alone.",
        { Outcome: RunOutcome.Held, Held: > 0 } => Number(run.Held, "The guard held back 1 change.", "The guard held back {0:N0} changes."),
        { Outcome: RunOutcome.Held } => "The guard does not believe what the run rests on.",
        { Undoes: { } undone } => Number(
            run.NeedAttention,
            $"The run {IdText.Short(undone)} was taken back, but not for 1 person.",
            $"The run {IdText.Short(undone)} was taken back, but not for {{0:N0}} people."),
        { RemovesRule: true } => Number(
            run.NeedAttention,
            "The rule stays, because 1 of its people could not be removed.",
            "The rule stays, because {0:N0} of its people could not be removed."),
        _ => Number(run.NeedAttention, "1 person is not as the source says.", "{0:N0} people are not as the source says."),
    };

    private static string Number(int number, string one, string many) =>
        number == 1 ? one : string.Format(CultureInfo.CurrentCulture, many, number);

    private static Dictionary<string, int> Counts(ProvisioningRun run) => new(StringComparer.Ordinal)
    {
        ["created"] = run.Created,
        ["adopted"] = run.Adopted,
        ["updated"] = run.Updated,
        ["reactivated"] = run.Reactivated,
        ["disabled"] = run.Disabled,
        ["deleted"] = run.Deleted,
        ["held"] = run.Held,
        ["failed"] = run.Failed,
        ["skipped"] = run.Skipped,
        ["not sent"] = run.NotSent,
        ["unchanged"] = run.Unchanged,
    };
}
