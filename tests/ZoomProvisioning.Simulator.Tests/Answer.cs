using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Xunit;

namespace ZoomProvisioning.Simulator.Tests;

/// <summary>A reply, read whole.</summary>
internal sealed class Answer : IDisposable
{
    private readonly HttpResponseMessage _message;

    private Answer(HttpResponseMessage message, string body)
    {
        _message = message;
        Body = body;
    }

    public int Status => (int)_message.StatusCode;

    public string Body { get; }

    public string? ContentType => _message.Content.Headers.ContentType?.MediaType;

    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
    }

    public static async Task<Answer> ReadAsync(HttpResponseMessage message) => new(message, await message.Content.ReadAsStringAsync());

    public string? Header(string name) => _message.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public bool Has(string name) => Json.TryGetProperty(name, out _);

    /// <summary>Asserts an error of the SCIM handlers, byte for byte.</summary>
    public void AssertScimError(int status, string detail)
    {
        Assert.Equal(
            $"{{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"detail\":{Quote(detail)},\"status\":{status}}}",
            Body);
        Assert.Equal(status, Status);
    }

    /// <summary>Asserts an error of the gateway, byte for byte.</summary>
    public void AssertGatewayError(int status, int code, string message)
    {
        Assert.Equal($"{{\"code\":{code},\"message\":{Quote(message)}}}", Body);
        Assert.Equal(status, Status);
    }

    public void Dispose() => _message.Dispose();

    private static string Quote(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
