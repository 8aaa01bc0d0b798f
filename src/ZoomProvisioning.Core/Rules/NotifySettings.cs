using System;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Rules;

/// <summary>When a rule tells of a run.</summary>
[Flags]
public enum NotifyWhen
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>It did not begin, or was stopped before its end.</summary>
    Failure = 1,

    /// <summary>The guard held something back.</summary>
    Held = 2,

    /// <summary>Some people are not as the source says.</summary>
    Attention = 4,

    /// <summary>It ended, however that was.</summary>
    Always = 8,
}

/// <summary>Whom a rule tells of its runs, and when (notify).</summary>
public sealed record NotifySettings
{
    /// <summary>When.</summary>
    public NotifyWhen On { get; init; } = Usual;

    /// <summary>The webhook; null for none.</summary>
    public WebhookTarget? Webhook { get; init; }

    /// <summary>The mail; null for none.</summary>
    public MailTarget? Mail { get; init; }

    /// <summary>The program that gets it as JSON on its standard input; null for none.</summary>
    public CommandTarget? Command { get; init; }

    /// <summary>Whatever somebody has to look at.</summary>
    internal static NotifyWhen Usual => NotifyWhen.Failure | NotifyWhen.Held | NotifyWhen.Attention;
}

/// <summary>A webhook (notify.webhook). Whoever has its address may write there, so the rule names a variable only.</summary>
/// <param name="UrlVariable">The environment variable that holds the address.</param>
public sealed record WebhookTarget(string UrlVariable)
{
    /// <summary>What it wants to be sent.</summary>
    public WebhookFormat Format { get; init; }

    /// <summary>The environment variable that holds a bearer token; null for none.</summary>
    public string? TokenVariable { get; init; }
}

/// <summary>A mail (notify.mail).</summary>
/// <param name="Server">The name of the mail server.</param>
public sealed record MailTarget(string Server)
{
    /// <summary>How the connection is made secure.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>The port.</summary>
    public int Port { get; init; } = PortOf(MailSecurity.StartTls);

    /// <summary>Whom it is from.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>Whom it goes to.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Who signs in; null for nobody.</summary>
    public string? User { get; init; }

    /// <summary>The environment variable that holds the password.</summary>
    public string? PasswordVariable { get; init; }

    /// <summary>Whether it is the same.</summary>
    public bool Equals(MailTarget? other) => other is not null && Server == other.Server && Security == other.Security && Port == other.Port
        && From == other.From && To.SequenceEqual(other.To) && User == other.User && PasswordVariable == other.PasswordVariable;

    /// <inheritdoc/>
    public override int GetHashCode() => Server.GetHashCode();

    /// <summary>The usual port.</summary>
    internal static int PortOf(MailSecurity security) => security switch
    {
        MailSecurity.StartTls => 587,
        MailSecurity.Tls => 465,
        _ => 25,
    };
}

/// <summary>A program (notify.command).</summary>
/// <param name="Run">The program and its arguments; no shell reads them.</param>
public sealed record CommandTarget(IReadOnlyList<string> Run)
{
    /// <summary>Whether it is the same.</summary>
    public bool Equals(CommandTarget? other) => other is not null && Run.SequenceEqual(other.Run);

    /// <inheritdoc/>
    public override int GetHashCode() => Run.Count == 0 ? 0 : Run[0].GetHashCode();
}
