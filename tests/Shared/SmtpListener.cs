#nullable disable
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading.Tasks;

namespace ZoomProvisioning.Tests;

/// <summary>
/// A mail server on a real socket, as much of RFC 5321 as a client needs: EHLO, STARTTLS, AUTH PLAIN, MAIL, RCPT, DATA, QUIT. In words that
/// Windows PowerShell's Add-Type reads too.
/// </summary>
public sealed class SmtpListener : IDisposable
{
    private readonly TcpListener _listener = new TcpListener(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly bool _tlsAtOnce;

    /// <summary>Begins to listen.</summary>
    /// <param name="certificate">Its certificate; null where it knows no TLS.</param>
    /// <param name="tlsAtOnce">Whether TLS begins with the first byte.</param>
    public SmtpListener(X509Certificate2 certificate, bool tlsAtOnce)
    {
        _certificate = certificate;
        _tlsAtOnce = tlsAtOnce;
        Lines = new ConcurrentQueue<string>();
        Messages = new ConcurrentQueue<string>();
        Refusals = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Password = string.Empty;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        Ended = Task.Run(AcceptAsync);
    }

    /// <summary>The port.</summary>
    public int Port { get; private set; }

    /// <summary>What it was told, without the text of messages; with (tls) before what came by TLS.</summary>
    public ConcurrentQueue<string> Lines { get; private set; }

    /// <summary>The messages.</summary>
    public ConcurrentQueue<string> Messages { get; private set; }

    /// <summary>What it answers to a command, by its first word, in place of the usual.</summary>
    public Dictionary<string, string> Refusals { get; private set; }

    /// <summary>The password of everybody; empty when nobody has to sign in.</summary>
    public string Password { get; set; }

    /// <summary>Whether it says nothing at all.</summary>
    public bool Silent { get; set; }

    private Task Ended { get; set; }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync().ConfigureAwait(false);
                var serving = ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException || exception is ObjectDisposedException || exception is InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            Stream stream = client.GetStream();
            if (_tlsAtOnce)
            {
                stream = await SecureAsync(stream).ConfigureAwait(false);
            }

            await TalkAsync(stream).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException || exception is System.Security.Authentication.AuthenticationException)
        {
            // The client did not want to go on.
        }
        finally
        {
            if (!Silent)
            {
                client.Dispose();
            }
        }
    }

    private async Task<Stream> SecureAsync(Stream stream)
    {
        var tls = new SslStream(stream);
        await tls.AuthenticateAsServerAsync(_certificate).ConfigureAwait(false);
        return tls;
    }

    private async Task TalkAsync(Stream stream)
    {
        if (Silent)
        {
            return;
        }

        await SayAsync(stream, "220 localhost ESMTP").ConfigureAwait(false);
        for (var line = await HearAsync(stream).ConfigureAwait(false); line != null; line = await HearAsync(stream).ConfigureAwait(false))
        {
            Lines.Enqueue((stream is SslStream ? "(tls) " : string.Empty) + line);
            var word = line.Split(' ', ':')[0].ToUpperInvariant();
            string refusal;
            if (Refusals.TryGetValue(word, out refusal))
            {
                await SayAsync(stream, refusal).ConfigureAwait(false);
                continue;
            }

            switch (word)
            {
                case "EHLO":
                    var offers = new List<string> { "localhost" };
                    if (_certificate != null && !(stream is SslStream))
                    {
                        offers.Add("STARTTLS");
                    }

                    if (Password.Length > 0)
                    {
                        offers.Add("AUTH PLAIN");
                    }

                    for (var i = 0; i < offers.Count; i++)
                    {
                        await SayAsync(stream, "250" + (i == offers.Count - 1 ? " " : "-") + offers[i]).ConfigureAwait(false);
                    }

                    break;
                case "STARTTLS":
                    await SayAsync(stream, "220 Go ahead").ConfigureAwait(false);
                    stream = await SecureAsync(stream).ConfigureAwait(false);
                    break;
                case "AUTH":
                    await SayAsync(stream, IsRight(line) ? "235 Welcome" : "535 The password " + Password + " is not what you sent").ConfigureAwait(false);
                    break;
                case "DATA":
                    await SayAsync(stream, "354 End with a dot").ConfigureAwait(false);
                    await TakeAsync(stream).ConfigureAwait(false);
                    await SayAsync(stream, "250 Taken").ConfigureAwait(false);
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 Bye").ConfigureAwait(false);
                    return;
                default:
                    await SayAsync(stream, "250 OK").ConfigureAwait(false);
                    break;
            }
        }
    }

    private bool IsRight(string line)
    {
        var parts = line.Split(' ');
        var told = parts.Length > 2 ? Encoding.UTF8.GetString(Convert.FromBase64String(parts[2])).Split('\0') : new string[0];
        return told.Length == 3 && told[2] == Password;
    }

    private async Task TakeAsync(Stream stream)
    {
        var text = new StringBuilder();
        for (var line = await HearAsync(stream).ConfigureAwait(false); line != null && line != "."; line = await HearAsync(stream).ConfigureAwait(false))
        {
            text.Append(line.StartsWith(".", StringComparison.Ordinal) ? line.Substring(1) : line).Append('\n');
        }

        Messages.Enqueue(text.ToString());
    }

    private static Task SayAsync(Stream stream, string line)
    {
        var bytes = Encoding.ASCII.GetBytes(line + "\r\n");
        return stream.WriteAsync(bytes, 0, bytes.Length);
    }

    // Byte by byte: what follows STARTTLS is no text.
    private static async Task<string> HearAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, 0, 1).ConfigureAwait(false) == 1)
        {
            if (one[0] == (byte)'\n')
            {
                return Encoding.UTF8.GetString(line.ToArray()).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}
