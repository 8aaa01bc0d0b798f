using System;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Notifications;

/// <summary>Sends mail. A server that does not offer the TLS that the rule asks for gets neither password nor message.</summary>
internal static class MailSender
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <summary>Sends.</summary>
    /// <param name="request">Where to.</param>
    /// <param name="notification">What.</param>
    /// <param name="trusts">Says whether a certificate is trusted; null asks the system.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ScimException">It did not arrive.</exception>
    public static async Task SendAsync(
        MailRequest request, Notification notification, RemoteCertificateValidationCallback? trusts, CancellationToken stop)
    {
        using var message = Compose(request, notification);
        using var client = new SmtpClient { Timeout = (int)Timeout.TotalMilliseconds, CheckCertificateRevocation = false };
        if (trusts is not null)
        {
            client.ServerCertificateValidationCallback = trusts;
        }

        try
        {
            await client.ConnectAsync(request.Server, request.Port, request.Security switch
            {
                MailSecurity.StartTls => SecureSocketOptions.StartTls,
                MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
                _ => SecureSocketOptions.None,
            }, stop).ConfigureAwait(false);
            if (request.User is { } user)
            {
                await client.AuthenticateAsync(new UTF8Encoding(false), user, request.Password ?? string.Empty, stop).ConfigureAwait(false);
            }

            await client.SendAsync(message, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (stop.IsCancellationRequested || Explain(exception, request) is not null)
        {
            // Given up while it was on the way, it may end in any way.
            stop.ThrowIfCancellationRequested();
            throw Explain(exception, request)!;
        }

        await LeaveAsync(client, stop).ConfigureAwait(false);
    }

    /// <summary>The message; its text is plain, so nothing in it does anything.</summary>
    internal static MimeMessage Compose(MailRequest request, Notification notification)
    {
        var message = new MimeMessage { Subject = notification.Title, Body = new TextPart("plain") { Text = notification.Text } };
        message.From.Add(Address(request.From));
        foreach (var address in request.To)
        {
            message.To.Add(Address(address));
        }

        message.Date = notification.At;
        // What answers by itself, such as an absence note, answers nobody.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }

    private static MailboxAddress Address(string text) => MailboxAddress.TryParse(text, out var address)
        ? address
        : throw new ScimException("Zoom.Notification.InvalidAddress", $"'{VisibleText.OneLine(text, 200)}' is no mail address.")
        {
            Category = "InvalidArgument",
            RecommendedAction = "Put the address right in the rule (notify.mail).",
        };

    /// <summary>The message is taken by now, so that how the server says goodbye is nobody's business.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is System.IO.IOException or SocketException or ProtocolException or CommandException
            or OperationCanceledException or TimeoutException)
        {
        }
    }

    private static ScimException? Explain(Exception exception, MailRequest request)
    {
        var server = $"{request.Server} port {request.Port}";
        return exception switch
        {
            SslHandshakeException => Failure(
                "Zoom.Notification.Unreachable",
                $"The mail server {server} showed a certificate that is not trusted, or speaks no TLS there. Nothing was sent.",
                "Look at the name in the rule, which must be the one in the certificate, and at notify.mail.security: tls is for port 465, startTls for 587."),
            NotSupportedException => Failure(
                "Zoom.Notification.NoTls",
                $"The mail server {server} offers no {(request.User is null ? "STARTTLS" : "STARTTLS, or no way to sign in")}. Nothing was sent.",
                "Choose the port on which it does (587), or tls with port 465 (notify.mail.security)."),
            AuthenticationException => Failure(
                "Zoom.Notification.SignInRefused",
                $"The mail server {server} refused the sign-in of '{request.User}'.",
                "Look at the user and at the variable with the password in the rule (notify.mail). Many servers want a password for applications."),
            SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.SenderNotAccepted } refused => Failure(
                "Zoom.Notification.Refused",
                $"The mail server {server} does not take the address '{refused.Mailbox?.Address}': {Words(refused.Message, request)}",
                "Look at from and to in the rule (notify.mail), and at whom the server relays for."),
            CommandException or ProtocolException => Failure(
                "Zoom.Notification.Refused",
                $"The mail server {server} did not take the message: {Words(exception.Message, request)}",
                "Look at what the server says."),
            TimeoutException => Failure("Zoom.Notification.Unreachable", $"The mail server {server} did not answer in time.", Reach(request)),
            SocketException or System.IO.IOException => Failure(
                "Zoom.Notification.Unreachable", $"The mail server {server} could not be reached, or broke the connection.", Reach(request)),
            _ => null,
        };
    }

    private static string Reach(MailRequest request) => $"Look whether {request.Server} port {request.Port} can be reached from here.";

    /// <summary>A server may repeat what it was sent.</summary>
    private static string Words(string text, MailRequest request)
    {
        var redactor = new Redactor();
        redactor.Add(request.Password ?? string.Empty);
        redactor.Add(Convert.ToBase64String(Encoding.UTF8.GetBytes(request.Password ?? string.Empty)));
        return redactor.Shown(text, 300);
    }

    private static ScimException Failure(string id, string message, string advice) => new(id, message)
    {
        Category = id == "Zoom.Notification.SignInRefused" ? "AuthenticationError" : id == "Zoom.Notification.Refused" ? "InvalidResult" : "ConnectionError",
        RecommendedAction = advice,
    };
}
