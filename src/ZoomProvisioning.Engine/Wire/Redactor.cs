using System;
using System.Collections.Concurrent;
using System.Net.Http;

namespace ZoomProvisioning.Engine.Wire;

/// <summary>
/// Takes known secrets out of texts that come from elsewhere: a server may repeat a header in its error page, and that page
/// ends up in an error message.
/// </summary>
internal sealed class Redactor
{
    private const string Mark = "(hidden)";

    // Tokens come one at a time and live an hour; the few that pile up in a long session may all still be valid.
    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);

    /// <summary>Remembers a secret. Very short ones would blot out ordinary words.</summary>
    public void Add(string secret)
    {
        if (secret.Length >= 4)
        {
            _secrets[secret] = true;
        }
    }

    /// <summary>Forgets a secret, so that it does not stay in memory.</summary>
    public void Remove(string secret) => _secrets.TryRemove(secret, out _);

    /// <summary>The text without the secrets.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets.Keys)
        {
            text = string.Join(Mark, text.Split([secret], StringSplitOptions.None));
        }

        return text;
    }

    /// <summary>The text as it may stand in a message: without secrets, on one line, harmless where it is shown, and not longer than a bound.</summary>
    public string Shown(string text, int most = VisibleText.MostWords) => VisibleText.OneLine(Clean(text), most);

    /// <summary>The exception itself, or, should it hold a secret, one that says the same without it.</summary>
    public Exception? Clean(Exception? exception)
    {
        var text = exception?.ToString() ?? string.Empty;
        var clean = Clean(text);
        return string.Equals(text, clean, StringComparison.Ordinal) ? exception : new HttpRequestException(clean);
    }
}
