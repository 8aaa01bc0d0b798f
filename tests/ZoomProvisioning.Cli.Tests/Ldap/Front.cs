using System;
using System.IO;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;

namespace ZoomProvisioning.Cli.Tests.Ldap;

/// <summary>
/// A port in front of a directory: with a certificate of its own, or as somebody who pulls the plug after so many requests of one
/// connection, as it is with a domain controller that is stopped in the middle of a read.
/// </summary>
internal sealed class Front : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly IPEndPoint _behind;
    private readonly X509Certificate2? _certificate;
    private readonly int _requests;

    /// <param name="behind">The directory.</param>
    /// <param name="certificate">The certificate to show; null hands everything through as it is.</param>
    /// <param name="requests">How many requests of one connection go through before everything is shut.</param>
    public Front(IPEndPoint behind, X509Certificate2? certificate = null, int requests = int.MaxValue)
    {
        _behind = behind;
        _certificate = certificate;
        _requests = requests;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _certificate?.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_end.IsCancellationRequested)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The plug was pulled.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var asker = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(_behind, _end.Token);
            Stream near = asker.GetStream(), far = server.GetStream();
            if (_certificate is not null)
            {
                var secure = new SslStream(near);
                await secure.AuthenticateAsServerAsync(_certificate);
                near = secure;
                // The domain controller is this machine's own, and its certificate is for another address.
#pragma warning disable CA5359
                var behind = new SslStream(far, leaveInnerStreamOpen: false, (_, _, _, _) => true);
#pragma warning restore CA5359
                await behind.AuthenticateAsClientAsync("dc1.example.test");
                far = behind;
            }

            using var stop = _end.Token.Register(() =>
            {
                asker.Close();
                server.Close();
            });
            var requests = AskAsync(near, far);
            await Task.WhenAny(requests, far.CopyToAsync(near, _end.Token));
            if (requests is { IsCompletedSuccessfully: true, Result: true })
            {
                Dispose();
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException
            or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException)
        {
            // Whoever asked has gone, or was not content with the certificate.
        }
    }

    /// <summary>Hands requests on, one after the other: the library writes each at once, and waits for its answer.</summary>
    /// <returns>Whether it is time to pull the plug.</returns>
    private async Task<bool> AskAsync(Stream from, Stream to)
    {
        var buffer = new byte[16 * 1024];
        for (var number = 1; ; number++)
        {
            var count = await from.ReadAsync(buffer, _end.Token);
            if (count == 0)
            {
                return false;
            }

            if (number > _requests)
            {
                return true;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _end.Token);
        }
    }
}
