using System.Text.Json;
using System.Text.Json.Serialization;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>The small fixed replies, read by generated code: reflection would be slow to start and fails when trimmed.</summary>
[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenReply))]
[JsonSerializable(typeof(ErrorBody))]
internal sealed partial class WireJsonContext : JsonSerializerContext;

/// <summary>What the token endpoint answers (RFC 6749 section 5.1). A token is worth using whatever else the reply says.</summary>
internal sealed class TokenReply
{
    [JsonPropertyName("access_token")]
    public string? AccessToken { get; set; }

    [JsonPropertyName("expires_in")]
    public JsonElement ExpiresIn { get; set; }

    [JsonPropertyName("scope")]
    public JsonElement Scope { get; set; }
}

/// <summary>
/// All of Zoom's error envelopes in one: SCIM's, the gateway's, OAuth's. Every member may be of any type, because error pages
/// keep no promises.
/// </summary>
internal sealed class ErrorBody
{
    [JsonPropertyName("detail")]
    public JsonElement Detail { get; set; }

    [JsonPropertyName("message")]
    public JsonElement Message { get; set; }

    [JsonPropertyName("errors")]
    public JsonElement Errors { get; set; }

    [JsonPropertyName("reason")]
    public JsonElement Reason { get; set; }

    [JsonPropertyName("error")]
    public JsonElement Error { get; set; }

    [JsonPropertyName("error_description")]
    public JsonElement ErrorDescription { get; set; }

    [JsonPropertyName("code")]
    public JsonElement Code { get; set; }

    [JsonPropertyName("errorCode")]
    public JsonElement ErrorCode { get; set; }

    [JsonPropertyName("scimType")]
    public JsonElement ScimType { get; set; }
}
