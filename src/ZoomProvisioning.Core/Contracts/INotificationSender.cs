using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Contracts;

/// <summary>Carries notifications over the network. Implemented by the engine assembly.</summary>
public interface INotificationSender
{
    /// <summary>Posts a notification to a webhook, and tries again where that helps.</summary>
    /// <exception cref="ScimException">It did not arrive.</exception>
    Task PostAsync(WebhookRequest request, Notification notification, CancellationToken stop);

    /// <summary>Sends a notification by mail.</summary>
    /// <exception cref="ScimException">It did not arrive.</exception>
    Task MailAsync(MailRequest request, Notification notification, CancellationToken stop);

    /// <summary>A notification as JSON text, as programs get it.</summary>
    string ToJson(Notification notification);
}

/// <summary>What a webhook wants to be sent.</summary>
public enum WebhookFormat
{
    /// <summary>The notification's own members.</summary>
    Json,

    /// <summary>A message with an adaptive card, as a workflow of Microsoft Teams takes it.</summary>
    Teams,

    /// <summary>A message as an incoming webhook of Slack takes it.</summary>
    Slack,
}

/// <summary>A webhook to post to. Its address is a secret, so that it is no text of its own.</summary>
public sealed class WebhookRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="address">The address; https, loopback excepted.</param>
    public WebhookRequest(Uri address) => Address = address;

    /// <summary>The address.</summary>
    public Uri Address { get; }

    /// <summary>What it wants to be sent.</summary>
    public WebhookFormat Format { get; init; }

    /// <summary>A bearer token; null for none.</summary>
    public string? Token { get; init; }
}

/// <summary>How the connection to a mail server is made secure.</summary>
public enum MailSecurity
{
    /// <summary>It begins in the clear and goes on with TLS, or not at all.</summary>
    StartTls,

    /// <summary>TLS from the first byte.</summary>
    Tls,

    /// <summary>In the clear; only to this machine itself.</summary>
    None,
}

/// <summary>A mail to send.</summary>
public sealed class MailRequest
{
    /// <summary>Makes a request.</summary>
    /// <param name="server">The name of the mail server.</param>
    /// <param name="port">Its port.</param>
    /// <param name="security">How the connection is made secure.</param>
    public MailRequest(string server, int port, MailSecurity security)
    {
        Server = server;
        Port = port;
        Security = security;
    }

    /// <summary>The name of the mail server.</summary>
    public string Server { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>How the connection is made secure.</summary>
    public MailSecurity Security { get; }

    /// <summary>Whom it is from.</summary>
    public string From { get; init; } = string.Empty;

    /// <summary>Whom it goes to.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>Who signs in; null for nobody.</summary>
    public string? User { get; init; }

    /// <summary>The password.</summary>
    public string? Password { get; init; }
}
