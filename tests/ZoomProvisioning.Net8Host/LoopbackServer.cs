using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Net8Host;

/// <summary>Just enough HTTP over a real socket to give a token and a user.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private int _failNext;

    public LoopbackServer()
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The request line's target, as it came over the wire.</summary>
    public string LastTarget { get; private set; } = string.Empty;

    public int Failures { get; private set; }

    /// <summary>Answers 503 to the next SCIM request, so that the retry has to work as well.</summary>
    public void FailOnce() => Interlocked.Exchange(ref _failNext, 1);

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Stop();
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII);
            while (await reader.ReadLineAsync() is { Length: > 0 } requestLine)
            {
                var length = 0;
                while (await reader.ReadLineAsync() is { Length: > 0 } header)
                {
                    if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    {
                        length = int.Parse(header.AsSpan("Content-Length:".Length), provider: null);
                    }
                }

                // Asked for nothing, the reader would wait for more.
                if (length > 0)
                {
                    await reader.ReadBlockAsync(new char[length], 0, length);
                }

                var (status, body) = Answer(requestLine.Split(' ')[1]);
                var bytes = Encoding.UTF8.GetBytes(body);
                await stream.WriteAsync(Encoding.ASCII.GetBytes(
                    $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n"));
                await stream.WriteAsync(bytes);
            }
        }
    }

    private (string Status, string Body) Answer(string target)
    {
        if (target.StartsWith("/oauth/token", StringComparison.Ordinal))
        {
            return ("200 OK", """{"access_token":"token","token_type":"bearer","expires_in":3599,"scope":"scim2:admin"}""");
        }

        LastTarget = target;
        if (Interlocked.Exchange(ref _failNext, 0) == 1)
        {
            Failures++;
            return ("503 Service Unavailable", "{}");
        }

        return target.Contains('?', StringComparison.Ordinal)
            ? ("200 OK", """{"totalResults":1,"Resources":[{"id":"a/b&c","userName":"jill@example.com"}]}""")
            : ("200 OK", """{"id":"a/b&c","userName":"jill@example.com"}""");
    }
}
