using System;
using System.Globalization;
using System.IO;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;
using ZoomProvisioning.Simulator;

namespace ZoomProvisioning.Cli.Simulate;

/// <summary>
/// Control of the simulator on its own port: <c>/_simulator/state</c> (GET, PUT), <c>/_simulator/behaviour</c> (GET, PATCH),
/// <c>/_simulator/requests</c> (GET, DELETE), <c>/_simulator/users?count=N</c>, <c>/_simulator/time?seconds=N</c> and
/// <c>/_simulator/reset</c> (POST).
/// </summary>
internal sealed class ControlEndpoints(SimulatedZoom zoom)
{
    private const string Prefix = "/_simulator";

    public static bool Owns(HttpRequest request) => request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase);

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Request;

        // A web page must not steer the simulator: browsers name their origin, and a rebound name is not a loopback one.
        if (request.Headers.ContainsKey("Origin") || !IsLoopback(request.Host.Host))
        {
            await WriteErrorAsync(
                context,
                StatusCodes.Status403Forbidden,
                "The simulator is controlled from this machine, and not by a browser.").ConfigureAwait(false);
            return;
        }

        request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase, out var rest);
        var name = rest.Value!.Trim('/').ToLowerInvariant();
        try
        {
            switch (name, request.Method)
            {
                case ("state", "GET"):
                    await WriteAsync(context, zoom.ExportState()).ConfigureAwait(false);
                    break;
                case ("state", "PUT"):
                    zoom.ImportState(await ReadAsync(request).ConfigureAwait(false));
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case ("behaviour", "GET"):
                    await WriteAsync(context, zoom.GetBehaviour()).ConfigureAwait(false);
                    break;
                case ("behaviour", "PATCH"):
                    zoom.PatchBehaviour(await ReadAsync(request).ConfigureAwait(false));
                    await WriteAsync(context, zoom.GetBehaviour()).ConfigureAwait(false);
                    break;
                case ("requests", "GET"):
                    await WriteAsync(context, zoom.GetRequests()).ConfigureAwait(false);
                    break;
                case ("users", "POST"):
                    zoom.AddUsers(Number(request, "count", 1, 1_000_000));
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case ("time", "POST"):
                    zoom.AdvanceTime(TimeSpan.FromSeconds(Number(request, "seconds", 0, int.MaxValue)));
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case ("reset", "POST"):
                    zoom.Reset();
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                case ("requests", "DELETE"):
                    zoom.ClearRequests();
                    context.Response.StatusCode = StatusCodes.Status204NoContent;
                    break;
                default:
                    await RefuseAsync(context, name).ConfigureAwait(false);
                    break;
            }
        }
        catch (ArgumentException error)
        {
            await WriteErrorAsync(context, StatusCodes.Status400BadRequest, error.Message).ConfigureAwait(false);
        }
    }

    private static async Task RefuseAsync(HttpContext context, string name)
    {
        var allowed = name switch
        {
            "state" => "GET, PUT",
            "behaviour" => "GET, PATCH",
            "requests" => "GET, DELETE",
            "users" or "time" or "reset" => "POST",
            _ => null,
        };
        if (allowed is null)
        {
            await WriteErrorAsync(
                context,
                StatusCodes.Status404NotFound,
                "There are /_simulator/state, behaviour, requests, users, time and reset.").ConfigureAwait(false);
            return;
        }

        context.Response.Headers.Allow = allowed;
        await WriteErrorAsync(context, StatusCodes.Status405MethodNotAllowed, $"/_simulator/{name} takes {allowed}.").ConfigureAwait(false);
    }

    private static int Number(HttpRequest request, string name, int minimum, int maximum) =>
        int.TryParse(request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum
            ? number
            : throw new ArgumentException(string.Format(
                CultureInfo.InvariantCulture, "The query needs {0}, a whole number from {1} to {2}.", name, minimum, maximum));

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static async Task<string> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
    }

    private static Task WriteErrorAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, JsonSerializer.Serialize(new { error = message }));
    }

    private static async Task WriteAsync(HttpContext context, string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted).ConfigureAwait(false);
    }
}
