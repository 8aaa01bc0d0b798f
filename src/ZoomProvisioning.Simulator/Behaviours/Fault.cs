using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ZoomProvisioning.Simulator.Behaviours;

/// <summary>
/// Something that goes wrong on purpose: what (<c>kind</c>), for which requests (<c>path</c>, <c>method</c>), and how often
/// (<c>after</c> so many, at most <c>count</c> times, with <c>probability</c>).
/// </summary>
internal sealed class Fault
{
    public const string Status = "status";
    public const string Html = "html";
    public const string Drop = "drop";
    public const string Slow = "slow";
    public const string Truncate = "truncate";
    public const string ContentTypeFault = "content-type";
    public const string TokenExpired = "token-expired";
    public const string TokenRevoked = "token-revoked";

    private static readonly string[] Kinds = [Status, Html, Drop, Slow, Truncate, ContentTypeFault, TokenExpired, TokenRevoked];

    private static readonly string[] Fields =
        ["kind", "path", "method", "when", "after", "count", "probability", "status", "delay_ms", "body", "content_type", "retry_after"];

    private Fault(JsonObject document)
    {
        foreach (var field in document.Select(pair => pair.Key).Where(key => Array.IndexOf(Fields, key) < 0))
        {
            throw new ArgumentException($"A fault has no '{field}'. It has: {string.Join(", ", Fields)}.");
        }

        Kind = Word(document, "kind", Kinds) ?? throw new ArgumentException($"A fault needs a 'kind', one of: {string.Join(", ", Kinds)}.");
        Path = TextOf(document, "path");
        Method = TextOf(document, "method");

        // What spoils a reply needs one; the rest happens before the request does anything, unless told otherwise.
        var isAfter = Kind is Slow or Truncate or ContentTypeFault;
        CarriedOut = (Word(document, "when", ["before", "after"]) ?? (isAfter ? "after" : "before")) == "after";
        After = NumberOf(document, "after", 0) ?? 0;
        Remaining = NumberOf(document, "count", 1);
        Probability = ProbabilityOf(document);
        StatusCode = NumberOf(document, "status", 100) ?? (Kind == Html ? 502 : 503);
        Delay = TimeSpan.FromMilliseconds(NumberOf(document, "delay_ms", 0) ?? 1000);
        Body = TextOf(document, "body");
        ContentType = TextOf(document, "content_type");
        RetryAfter = TextOf(document, "retry_after");
        _document = document;
    }

    private readonly JsonObject _document;

    public string Kind { get; }

    /// <summary>Beginning of the path, in any case; null is every SCIM path, and not the token endpoint.</summary>
    public string? Path { get; }

    public string? Method { get; }

    /// <summary>Whether the request is carried out although its reply is spoiled.</summary>
    public bool CarriedOut { get; }

    public int StatusCode { get; }

    public TimeSpan Delay { get; }

    public string? Body { get; }

    public string? ContentType { get; }

    public string? RetryAfter { get; }

    public double Probability { get; }

    /// <summary>How many matching requests pass before it begins.</summary>
    public int After { get; set; }

    /// <summary>How many times it happens still; null is for ever.</summary>
    public int? Remaining { get; set; }

    public string Name => Kind == Drop || !CarriedOut ? $"{Kind}-{(CarriedOut ? "after" : "before")}" : Kind;

    public static Fault Read(JsonNode? node) =>
        node is JsonObject document ? new Fault((JsonObject)document.DeepClone()) : throw new ArgumentException("A fault is a JSON object with a 'kind'.");

    public bool Matches(string method, string path, bool isToken)
    {
        if (Method is not null && !string.Equals(Method, method, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return Path is null ? !isToken : path.StartsWith(Path, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The fault as it stands, with what is left of its counts.</summary>
    public JsonObject ToJson()
    {
        var document = (JsonObject)_document.DeepClone();
        if (document.ContainsKey("after"))
        {
            document["after"] = After;
        }

        if (Remaining is { } remaining)
        {
            document["count"] = remaining;
        }

        return document;
    }

    private static string? TextOf(JsonObject document, string name) => document[name] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.ToString(),
        var other => throw new ArgumentException($"A fault's '{name}' is a text, not {other.ToJsonString()}."),
    };

    private static string? Word(JsonObject document, string name, string[] allowed)
    {
        var word = TextOf(document, name);
        return word is null || Array.IndexOf(allowed, word) >= 0
            ? word
            : throw new ArgumentException($"A fault's '{name}' cannot be '{word}'. It is one of: {string.Join(", ", allowed)}.");
    }

    private static int? NumberOf(JsonObject document, string name, int minimum)
    {
        if (document[name] is not { } node)
        {
            return null;
        }

        return int.TryParse(node.ToString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw new ArgumentException($"A fault's '{name}' is a whole number from {minimum.ToString(CultureInfo.InvariantCulture)}, "
                + $"not {node.ToJsonString()}.");
    }

    private static double ProbabilityOf(JsonObject document)
    {
        if (document["probability"] is not { } node)
        {
            return 1;
        }

        return double.TryParse(node.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1
            ? number
            : throw new ArgumentException($"A fault's 'probability' is a number from 0 to 1, not {node.ToJsonString()}.");
    }
}
