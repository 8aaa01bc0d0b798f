using System;
using System.Linq;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Rules;

namespace ZoomProvisioning.Notifications;

/// <summary>Fetches the secrets of notifications from where the rule says they are, and keeps them out of texts.</summary>
internal static class NotifySecrets
{
    private const int Most = 1000;

    /// <summary>The webhook.</summary>
    /// <exception cref="ScimException">A variable is not set, or holds no address that may be used.</exception>
    public static WebhookRequest Of(WebhookTarget webhook)
    {
        var text = Value(webhook.UrlVariable, "The address of the webhook").Trim();
        // The address is not repeated, whatever is wrong with it.
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.UserInfo.Length == 0
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? new WebhookRequest(address)
            {
                Format = webhook.Format,
                Token = webhook.TokenVariable is { } token ? Value(token, "The token of the webhook").Trim() : null,
            }
            : throw new ScimException(
                "Zoom.Notification.InvalidAddress",
                $"What the environment variable {webhook.UrlVariable} holds is no address that begins with https:// and has no sign-in in it.")
            {
                Category = "InvalidArgument",
                RecommendedAction = $"Put the whole address of the webhook into {webhook.UrlVariable}, as Teams or Slack shows it. "
                    + "http:// is for this machine itself only.",
            };
    }

    /// <summary>The mail.</summary>
    /// <exception cref="ScimException">The variable is not set.</exception>
    public static MailRequest Of(MailTarget mail) => new(mail.Server, mail.Port, mail.Security)
    {
        From = mail.From,
        To = mail.To,
        User = mail.User,
        Password = mail.PasswordVariable is { } variable ? Value(variable, $"The password of '{mail.User}' for the mail server") : null,
    };

    /// <summary>A text without the secrets, on one line.</summary>
    public static string Clean(string text, NotifySettings notify)
    {
        var names = new[] { notify.Webhook?.UrlVariable, notify.Webhook?.TokenVariable, notify.Mail?.PasswordVariable };
        foreach (var (name, value) in names.OfType<string>().Select(n => (n, Environment.GetEnvironmentVariable(n)?.Trim() ?? string.Empty))
            .OrderByDescending(s => s.Item2.Length))
        {
            text = value.Length > 3 ? text.Replace(value, $"({name})") : text;
            if (Uri.TryCreate(value, UriKind.Absolute, out var address) && address.PathAndQuery.Length > 3)
            {
                text = text.Replace(address.AbsoluteUri, $"({name})").Replace(address.PathAndQuery, $"({name})");
            }
        }

        return VisibleText.OneLine(text, Most);
    }

    private static string Value(string variable, string what) => Environment.GetEnvironmentVariable(variable) is { } value && value.Trim().Length > 0
        ? value
        : throw new ScimException("Zoom.Notification.NoSecret", $"{what} is to be in the environment variable {variable}, which is not set.")
        {
            Category = "AuthenticationError",
            RecommendedAction = $"Set {variable} for the process that runs this (in a scheduled task or a pipeline: in its own settings, as a secret).",
        };
}
