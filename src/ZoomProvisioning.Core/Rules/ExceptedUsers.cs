using System;
using System.Collections.Generic;
using System.Linq;

namespace ZoomProvisioning.Rules;

/// <summary>Finds whether a rule leaves somebody alone on purpose, at a certain time.</summary>
internal sealed class ExceptedUsers
{
    private readonly List<(ExceptedUser Rule, ProtectedUsers Users)> _patterns = [];
    private readonly Dictionary<string, ExceptedUser> _exact = new(StringComparer.OrdinalIgnoreCase);

    private ExceptedUsers(IEnumerable<ExceptedUser> users)
    {
        foreach (var user in users)
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

    /// <summary>Those that hold.</summary>
    public static ExceptedUsers Holding(IReadOnlyList<ExceptedUser> users, DateTimeOffset now) => new(users.Where(u => u.Holds(now)));

    /// <summary>Those whose last day is past.</summary>
    public static ExceptedUsers Past(IReadOnlyList<ExceptedUser> users, DateTimeOffset now) => new(users.Where(u => !u.Holds(now)));

    /// <summary>Why somebody is left alone, or was; null when nobody is.</summary>
    /// <param name="keys">The addresses, wanted and held, the Zoom id and the anchor.</param>
    public ExceptedUser? For(params string?[] keys)
    {
        if (_exact.Count == 0 && _patterns.Count == 0)
        {
            return null;
        }

        return keys.Where(k => k is not null).Select(k => _exact.TryGetValue(k!, out var found) ? found : null).FirstOrDefault(f => f is not null)
            ?? _patterns.Where(p => keys.Any(k => k is not null && p.Users.Fits(k))).Select(p => p.Rule).FirstOrDefault();
    }
}
