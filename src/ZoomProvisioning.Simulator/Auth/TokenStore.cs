using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace ZoomProvisioning.Simulator.Auth;

/// <summary>The access tokens given out. They are random, never saved and never logged.</summary>
internal sealed class TokenStore
{
    private const int PruneAbove = 1000;

    private readonly ConcurrentDictionary<string, AccessToken> _tokens = new(StringComparer.Ordinal);

    public string Issue(string[] scopes, DateTimeOffset now, TimeSpan lifetime, bool revokeOthers, bool isOfOtherGrant)
    {
        if (revokeOthers)
        {
            _tokens.Clear();
        }
        else if (_tokens.Count > PruneAbove)
        {
            // An hour past its end nobody needs to hear "expired" any more.
            foreach (var old in _tokens.Where(pair => pair.Value.ExpiresAt.AddHours(1) < now).Select(pair => pair.Key).ToArray())
            {
                _tokens.TryRemove(old, out _);
            }
        }

        var text = NewText();
        _tokens[text] = new AccessToken(now + lifetime, scopes, isOfOtherGrant);
        return text;
    }

    public static bool IsAbsent(string? authorization) => string.IsNullOrEmpty(TextOf(authorization));

    public AccessToken? Find(string? authorization) =>
        TextOf(authorization) is { } text && _tokens.TryGetValue(text, out var token) ? token : null;

    public void Revoke(string? authorization)
    {
        if (TextOf(authorization) is { } text)
        {
            _tokens.TryRemove(text, out _);
        }
    }

    public void Expire(string? authorization, DateTimeOffset now)
    {
        if (TextOf(authorization) is { } text && _tokens.TryGetValue(text, out var token))
        {
            _tokens[text] = token with { ExpiresAt = now };
        }
    }

    private static string? TextOf(string? authorization) =>
        authorization?.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) == true ? authorization.Substring(7).Trim() : null;

    // The shape and length of the JSON web tokens Zoom gives out (fact sheet 5.1); clients must not look inside.
    private static string NewText()
    {
        var payload = new byte[360];
        var signature = new byte[64];
        using (var random = RandomNumberGenerator.Create())
        {
            random.GetBytes(payload);
            random.GetBytes(signature);
        }

        return Encode(Encoding.ASCII.GetBytes("{\"alg\":\"HS512\",\"v\":\"2.0\"}")) + "." + Encode(payload) + "." + Encode(signature);
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
