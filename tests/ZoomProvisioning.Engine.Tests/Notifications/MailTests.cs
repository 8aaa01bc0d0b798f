#if NET
using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Xunit;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Notifications;
using ZoomProvisioning.Tests;

namespace ZoomProvisioning.Engine.Tests.Notifications;

/// <summary>Mail in real conversations with a server on this machine.</summary>
public class MailTests
{
    private const string Password = "pass-w\u00F6rd-hidden";

    private static readonly Notification Told = new()
    {
        Rule = "Staff",
        Outcome = "Held",
        Title = "Zoom rule J\u00F6rg's staff: held",
        Sentence = "The guard held back 2 changes.",
        At = new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero),
        Text = "The guard held back 2 changes.\n.\n- J\u00F6rg",
    };

    private static MailRequest To(SmtpListener server, MailSecurity security, string? password = null) => new("localhost", server.Port, security)
    {
        From = "zoom@example.com",
        To = ["it@example.com", "hr@example.com"],
        User = password is null ? null : "zoom",
        Password = password,
    };

    private static Task SendAsync(MailRequest request, bool trusts = false, CancellationToken stop = default) =>
        MailSender.SendAsync(request, Told, trusts ? (_, _, _, _) => true : null, stop);

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_message_arrives_by_tls_with_a_sign_in(MailSecurity security)
    {
        using var certificate = WebhookTests.SelfSigned();
        using var server = new SmtpListener(certificate, security == MailSecurity.Tls) { Password = Password };
        await SendAsync(To(server, security, Password), trusts: true);
        var message = Assert.Single(server.Messages);
        var lines = server.Lines.ToList();
        Assert.Equal(
            ["MAIL", "RCPT", "RCPT", "DATA"],
            lines.Where(l => l.StartsWith("(tls) ", StringComparison.Ordinal)).Select(l => l[6..10]).Where(w => w is "MAIL" or "RCPT" or "DATA"));
        Assert.All(
            lines.Where(l => !l.StartsWith("(tls) ", StringComparison.Ordinal)),
            l => Assert.True(l.StartsWith("EHLO", StringComparison.Ordinal) || l == "STARTTLS", l));
        using var stream = new System.IO.MemoryStream(System.Text.Encoding.UTF8.GetBytes(message));
        using var read = await MimeKit.MimeMessage.LoadAsync(stream);
        Assert.Equal((Told.Title, "it@example.com, hr@example.com", "auto-generated"), (read.Subject, read.To.ToString(), read.Headers["Auto-Submitted"]));
        Assert.Equal(Told.Text, read.TextBody!.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Fact]
    public async Task To_this_machine_itself_it_may_go_in_the_clear()
    {
        using var server = new SmtpListener(null, false);
        await SendAsync(To(server, MailSecurity.None));
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_server_without_starttls_gets_neither_password_nor_message()
    {
        using var server = new SmtpListener(null, false) { Password = Password };
        var failure = await Assert.ThrowsAsync<ScimException>(() => SendAsync(To(server, MailSecurity.StartTls, Password)));
        Assert.Equal("Zoom.Notification.NoTls", failure.ErrorId);
        AssertNothingSent(server, failure);
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task A_certificate_that_is_not_trusted_gets_neither_either(MailSecurity security)
    {
        using var certificate = WebhookTests.SelfSigned();
        using var server = new SmtpListener(certificate, security == MailSecurity.Tls) { Password = Password };
        var failure = await Assert.ThrowsAsync<ScimException>(() => SendAsync(To(server, security, Password)));
        Assert.Equal("Zoom.Notification.Unreachable", failure.ErrorId);
        Assert.Contains("certificate", failure.Message, StringComparison.Ordinal);
        AssertNothingSent(server, failure);
    }

    [Fact]
    public async Task A_refused_sign_in_is_said_without_the_password()
    {
        using var certificate = WebhookTests.SelfSigned();
        using var server = new SmtpListener(certificate, true) { Password = Password + "2" };
        var failure = await Assert.ThrowsAsync<ScimException>(() => SendAsync(To(server, MailSecurity.Tls, Password), trusts: true));
        Assert.Equal(("Zoom.Notification.SignInRefused", "AuthenticationError"), (failure.ErrorId, failure.Category));
        AssertNothingSent(server, failure);
    }

    [Theory]
    [InlineData("RCPT", "550 Relaying denied", "'it@example.com': Relaying denied")]
    [InlineData("MAIL", "550 Who are you", "'zoom@example.com': Who are you")]
    [InlineData("DATA", "451 Later " + "perhaps", "did not take the message: Later perhaps")]
    public async Task What_the_server_refuses_is_said_in_its_words(string command, string refusal, string said)
    {
        using var server = new SmtpListener(null, false);
        server.Refusals[command] = refusal;
        var failure = await Assert.ThrowsAsync<ScimException>(() => SendAsync(To(server, MailSecurity.None)));
        Assert.Equal("Zoom.Notification.Refused", failure.ErrorId);
        Assert.Contains(said, failure.Message, StringComparison.Ordinal);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_goodbye_that_fails_changes_nothing()
    {
        using var server = new SmtpListener(null, false);
        server.Refusals["QUIT"] = "421 I am gone";
        await SendAsync(To(server, MailSecurity.None));
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task Nobody_at_the_port_is_said()
    {
        using var closed = new ClosedPort();
        var request = new MailRequest("127.0.0.1", closed.Port, MailSecurity.None) { From = "zoom@example.com", To = ["it@example.com"] };
        var failure = await Assert.ThrowsAsync<ScimException>(() => SendAsync(request));
        Assert.Equal("Zoom.Notification.Unreachable", failure.ErrorId);
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_a_silent_server()
    {
        using var server = new SmtpListener(null, false) { Silent = true };
        using var stop = new CancellationTokenSource();
        var sending = SendAsync(To(server, MailSecurity.None), stop: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private static void AssertNothingSent(SmtpListener server, ScimException failure)
    {
        Assert.Empty(server.Messages);
        Assert.DoesNotContain(server.Lines, l => l.Contains("MAIL", StringComparison.Ordinal));
        Assert.DoesNotContain(Password, failure.ToString(), StringComparison.Ordinal);
    }
}
#endif
