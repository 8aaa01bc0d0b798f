using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Programs;
using ZoomProvisioning.Rules;
using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Notifications;

/// <summary>
/// Tells those whom a rule names of its runs. It never throws, takes bounded time, and changes nothing about a run: what did not arrive is
/// told in its results.
/// </summary>
internal sealed class Notifier
{
    /// <summary>How long all targets together may take. They are told at once.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    private readonly ProvisioningRule _rule;
    private readonly INotificationSender _sender;
    private readonly IProgramRunner _programs;
    private readonly NotificationText _text;
    private readonly IClock _clock;

    /// <summary>Makes one.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sender">What reaches the network.</param>
    /// <param name="programs">What starts programs.</param>
    /// <param name="words">How whoever reads it calls commands.</param>
    /// <param name="clock">The time.</param>
    public Notifier(ProvisioningRule rule, INotificationSender sender, IProgramRunner programs, CommandWords words, IClock clock)
    {
        (_rule, _sender, _programs, _clock) = (rule, sender, programs, clock);
        _text = new NotificationText(rule, words, clock);
    }

    /// <summary>Tells of a run, where the rule wants that. What was only planned has nobody who waits for news.</summary>
    public Task<IReadOnlyList<NotificationResult>> TellAsync(ProvisioningRun run, CancellationToken stop) =>
        _rule.Notify is { } notify && run.Applied && (notify.On & NotificationText.MomentsOf(run)) != 0
            ? SendAsync(notify, () => _text.Of(run), stop)
            : Nobody;

    /// <summary>Tells of a run that an error kept from taking place.</summary>
    public Task<IReadOnlyList<NotificationResult>> TellAsync(ScimException error, string account, CancellationToken stop) =>
        _rule.Notify is { } notify && (notify.On & (NotifyWhen.Failure | NotifyWhen.Always)) != 0
            ? SendAsync(notify, () => _text.Of(error, account), stop)
            : Nobody;

    /// <summary>Sends a test to each target.</summary>
    /// <exception cref="ScimRecordException">The rule names none.</exception>
    public Task<IReadOnlyList<NotificationResult>> TestAsync(CancellationToken stop) => SendAsync(
        _rule.Notify ?? throw new ScimRecordException("Zoom.Notification.None", $"The rule '{_rule.Name}' tells nobody of its runs (notify).")
        {
            Category = "InvalidArgument",
            RecommendedAction = "Say who is told, with Set-ZoomProvisioningRule -NotifyMail or -NotifyWebhook, or with notify in the rule's file "
                + "(about_ZoomProvisioning_Rules).",
        },
        _text.Test,
        stop);

    private static Task<IReadOnlyList<NotificationResult>> Nobody => Task.FromResult<IReadOnlyList<NotificationResult>>([]);

    private async Task<IReadOnlyList<NotificationResult>> SendAsync(NotifySettings notify, Func<Notification> make, CancellationToken stop)
    {
        var notification = make();
        var targets = new List<Task<NotificationResult>>();
        if (notify.Webhook is { } webhook)
        {
            targets.Add(OneAsync("Webhook", $"in {webhook.UrlVariable}", t => _sender.PostAsync(NotifySecrets.Of(webhook), notification, t), stop));
        }

        if (notify.Mail is { } mail)
        {
            var address = $"{string.Join(", ", mail.To)} by {mail.Server}";
            targets.Add(OneAsync("Mail", address, t => _sender.MailAsync(NotifySecrets.Of(mail), notification, t), stop));
        }

        if (notify.Command is { } command)
        {
            targets.Add(OneAsync("Command", command.Run[0], t => RunAsync(command, notification, t), stop));
        }

        return await Task.WhenAll(targets).ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever goes wrong with a notification is told as its result.")]
    private async Task<NotificationResult> OneAsync(string target, string address, Func<CancellationToken, Task> send, CancellationToken stop)
    {
        var began = _clock.Elapsed;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            // On another thread, because what should not wait may wait all the same: for a name, or for a program to start.
            var sending = Task.Run(() => send(limit.Token), CancellationToken.None);
            var late = _clock.Delay(TimeLimit, limit.Token);
            if (await Task.WhenAny(sending, late).ConfigureAwait(false) != sending)
            {
                limit.Cancel();
                sending.Abandon();
                return Failed(stop.IsCancellationRequested ? Stopped() : TooLate());
            }

            await sending.ConfigureAwait(false);
            return new NotificationResult(target, address, Arrived: true, "It arrived.") { Duration = _clock.Elapsed - began };
        }
        catch (OperationCanceledException)
        {
            return Failed(Stopped());
        }
        catch (ScimException exception)
        {
            return Failed(exception);
        }
        catch (Exception exception)
        {
            return Failed(new ScimException("Zoom.Notification.Failed", $"It did not arrive: {exception.GetType().Name}: {exception.Message.TrimEnd('.')}.")
            {
                Category = "NotSpecified",
                RecommendedAction = "Look at the reason, and try again with Test-ZoomProvisioningNotification.",
            });
        }
        finally
        {
            limit.Cancel();
        }

        NotificationResult Failed(ScimException exception) => new(target, address, Arrived: false, NotifySecrets.Clean(exception.Message, _rule.Notify!))
        {
            ErrorId = exception.ErrorId,
            RecommendedAction = exception.RecommendedAction is { Length: > 0 } advice ? NotifySecrets.Clean(advice, _rule.Notify!) : null,
            Duration = _clock.Elapsed - began,
        };
    }

    private async Task RunAsync(CommandTarget command, Notification notification, CancellationToken stop)
    {
        var result = await _programs.RunAsync(new ProgramRequest(command.Run[0], [.. command.Run.Skip(1)])
        {
            Folder = _rule.Path is { } file ? Path.GetDirectoryName(Path.GetFullPath(file)) : null,
            Input = _sender.ToJson(notification),
            TimeLimit = TimeLimit,
            NamedIn = _rule.Path,
        }, stop).ConfigureAwait(false);
        if (result.ExitCode != 0)
        {
            var said = ProgramComplaint.Of(result.Errors);
            throw result.ExitCode is { } code
                ? new ScimException("Zoom.Notification.CommandFailed", $"The command '{command.Run[0]}' ended with exit code {code}."
                    + (said.Length > 0 ? $" It says: {said}" : string.Empty))
                {
                    Category = "InvalidResult",
                    RecommendedAction = "Run it by hand, as the account that runs the rule; the message comes on its standard input as JSON.",
                }
                : TooLate();
        }
    }

    private static ScimException Stopped() => new("Zoom.Notification.Stopped", "It was stopped by hand, so nobody knows whether it arrived.")
    {
        Category = "OperationStopped",
        RecommendedAction = "Send a test with Test-ZoomProvisioningNotification where that matters.",
    };

    private static ScimException TooLate() =>
        new("Zoom.Notification.TooLate", $"It had not arrived after {TimeLimit.TotalSeconds:0} seconds, and was given up.")
        {
            Category = "OperationTimeout",
            RecommendedAction = "Look whether the server can be reached from here; Test-ZoomProvisioningNotification sends a test.",
        };
}
