using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Tests;

/// <summary>
/// A webhook's server on a real socket: keeps what it is sent, and answers as it is told. Pester compiles this file by itself, so that it
/// needs nothing of ours.
/// </summary>
internal sealed class HookListener : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly Func<int, string> _answer;
    private readonly CancellationTokenSource _stop = new();
    private int _number;

    /// <summary>Begins to listen.</summary>
    /// <param name="answer">The status line and headers of the reply to a request, by its number from 1; empty for none at all. Null for 200.</param>
    /// <param name="certificate">Its certificate; null for plain HTTP.</param>
    public HookListener(Func<int, string>? answer = null, X509Certificate2? certificate = null)
    {
        _answer = answer ?? (_ => "200 OK");
        _certificate = certificate;
        _listener.Start();
        var port = ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        Address = $"{(certificate is null ? "http" : "https")}://127.0.0.1:{port}/hooks/T0PSECRET/abcdef?sig=f00dcafe";
        _ = AcceptAsync();
    }

    /// <summary>Its address, which is a secret.</summary>
    public string Address { get; }

    /// <summary>The requests: head and body.</summary>
    public ConcurrentQueue<(string Head, string Body)> Requests { get; } = new();

    /// <summary>Ends when a request has come that gets no answer.</summary>
    public TaskCompletionSource<bool> Silenced { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IReadOnlyList<string> Bodies => Requests.Select(r => r.Body).ToList();

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(_certificate);
                    stream = tls;
                }

                await AnswerAsync(stream);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
            {
                // The client did not want to go on.
            }
        }
    }

    private async Task AnswerAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, new UTF8Encoding(false));
        while (await reader.ReadLineAsync() is { Length: > 0 } requestLine)
        {
            var head = new StringBuilder(requestLine);
            var length = 0;
            while (await reader.ReadLineAsync() is { Length: > 0 } header)
            {
                head.Append('\n').Append(header);
                length = header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)
                    ? int.Parse(header.Split(':')[1], CultureInfo.InvariantCulture)
                    : length;
            }

            // The length is in bytes.
            var body = new StringBuilder();
            var one = new char[1];
            for (var read = 0; read < length; read += Encoding.UTF8.GetByteCount(one))
            {
                await reader.ReadBlockAsync(one, 0, 1);
                body.Append(one);
            }

            Requests.Enqueue((head.ToString(), body.ToString()));
            var answer = _answer(Interlocked.Increment(ref _number));
            if (answer.Length == 0)
            {
                Silenced.TrySetResult(true);
                await Task.Delay(Timeout.Infinite, _stop.Token);
            }

            var reply = Encoding.ASCII.GetBytes($"HTTP/1.1 {answer}\r\nContent-Length: 0\r\n\r\n");
            await stream.WriteAsync(reply);
            await stream.FlushAsync();
        }
    }
}
