using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Tests;

/// <summary>Just enough HTTP over a real socket to give a token and a user.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _connections;
    private int _failNext;
    private int _cutNext;

    public LoopbackServer()
    {
        _listener.Start();
        Address = new Uri("http://127.0.0.1:" + ((IPEndPoint)_listener.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture) + "/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>The request line's target, as it came over the wire.</summary>
    public string LastTarget { get; private set; } = string.Empty;

    /// <summary>The headers of the last SCIM request, as they came over the wire.</summary>
    public string LastHeaders { get; private set; } = string.Empty;

    public int Failures { get; private set; }

    public int Connections => Volatile.Read(ref _connections);

    private readonly System.Collections.Concurrent.ConcurrentBag<TaskCompletionSource<bool>> _silences = [];

    /// <summary>Set to keep SCIM requests waiting for ever.</summary>
    public bool Silent { get; set; }

    /// <summary>Answers 503 to the next SCIM request, so that the retry has to work as well.</summary>
    public void FailOnce() => Interlocked.Exchange(ref _failNext, 1);

    /// <summary>Breaks off in the middle of the next SCIM reply.</summary>
    public void CutOnce() => Interlocked.Exchange(ref _cutNext, 1);

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync();
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // The listener was stopped.
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
            using var writer = new StreamWriter(stream, new UTF8Encoding(false));
            while (await reader.ReadLineAsync() is { Length: > 0 } requestLine)
            {
                var headers = new StringBuilder();
                var length = 0;
                while (await reader.ReadLineAsync() is { Length: > 0 } header)
                {
                    headers.AppendLine(header);
                    if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    {
                        length = int.Parse(header.Split(':')[1], CultureInfo.InvariantCulture);
                    }
                }

                // Asked for nothing, the reader would wait for more.
                if (length > 0)
                {
                    await reader.ReadBlockAsync(new char[length], 0, length);
                }

                var target = requestLine.Split(' ')[1];
                var isToken = target.StartsWith("/oauth/token", StringComparison.Ordinal);
                if (!isToken)
                {
                    LastTarget = target;
                    LastHeaders = headers.ToString();
                    if (Silent)
                    {
                        // Held by this server: a wait nobody holds is collected, and its socket with it.
                        var silence = new TaskCompletionSource<bool>();
                        _silences.Add(silence);
                        await silence.Task;
                    }
                }

                var (status, body) = Answer(target, isToken);
                var cut = !isToken && Interlocked.Exchange(ref _cutNext, 0) == 1;
                var promised = Encoding.UTF8.GetByteCount(body) + (cut ? 100 : 0);
                await writer.WriteAsync(FormattableString.Invariant(
                    $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {promised}\r\n\r\n{body}"));
                await writer.FlushAsync();
                if (cut)
                {
                    return;
                }
            }
        }
    }

    private (string Status, string Body) Answer(string target, bool isToken)
    {
        if (isToken)
        {
            return ("200 OK", """{"access_token":"token","token_type":"bearer","expires_in":3599,"scope":"scim2:admin"}""");
        }

        if (Interlocked.Exchange(ref _failNext, 0) == 1)
        {
            Failures++;
            return ("503 Service Unavailable", "{}");
        }

        return target.Split('?').Length > 1
            ? ("200 OK", """{"totalResults":1,"Resources":[{"id":"a/b&c","userName":"jill@example.com"}]}""")
            : ("200 OK", """{"id":"a/b&c","userName":"jill@example.com"}""");
    }
}
