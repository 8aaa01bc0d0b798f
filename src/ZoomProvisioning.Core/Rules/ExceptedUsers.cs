using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>Finds whether a rule leaves somebody alone on purpose, at a certain time.</summary>
internal sealed class ExceptedUsers
{
    private readonly List<(ExceptedUser Rule, ProtectedUsers Users)> _patterns = [];
    private readonly Dictionary<string, ExceptedUser> _exact = new(StringComparer.OrdinalIgnoreCase);

    public ExceptedUsers(IReadOnlyList<ExceptedUser> users, DateTimeOffset now)
    {
        foreach (var user in users.Where(u => u.Holds(now)))
        {
            if (user.User.IndexOfAny(['*', '?']) >= 0)
            {
                _patterns.Add((user, new ProtectedUsers([user.User])));
            }
            else if (!_exact.ContainsKey(user.User))
            {
                _exact.Add(user.User, user);
            }
        }
    }

    /// <summary>Why somebody is left alone; null when nobody is.</summary>
    /// <param name="keys">The addresses, wanted and held, the Zoom id and the anchor.</param>
    public string? ReasonFor(params string?[] keys)
    {
        if (_exact.Count == 0 && _patterns.Count == 0)
        {
            return null;
        }

        return keys.Where(k => k is not null).Select(k => _exact.TryGetValue(k!, out var found) ? found : null).FirstOrDefault(f => f is not null)?.Words
            ?? _patterns.Where(p => keys.Any(k => k is not null && p.Users.Fits(k))).Select(p => p.Rule.Words).FirstOrDefault();
    }
}
