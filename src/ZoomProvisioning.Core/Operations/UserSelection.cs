using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Operations;

/// <summary>Which users of a list somebody asked for. Zoom has no filter for any of it, so all are listed and sorted out here.</summary>
internal sealed class UserSelection
{
    private readonly bool? _active;
    private readonly List<Wildcard> _names;
    private readonly Words? _departments;
    private readonly Words? _licenses;

    /// <summary>Makes one; null asks for nothing.</summary>
    /// <param name="names">Patterns of which a user name or a display name must fit one.</param>
    /// <param name="active">Active, or deactivated.</param>
    /// <param name="departments">Patterns of which the department must fit one; empty for users without.</param>
    /// <param name="licenses">Patterns of which a licence must fit one.</param>
    public UserSelection(IEnumerable<string> names, bool? active, IReadOnlyList<string>? departments, IReadOnlyList<string>? licenses)
    {
        _active = active;
        _names = [.. names.Select(n => new Wildcard(n))];
        _departments = departments is null ? null : new Words(departments);
        _licenses = licenses is null ? null : new Words(licenses);
    }

    /// <summary>Whether a user is one of those asked for.</summary>
    public bool Has(ScimUser user) => MayHave(user) && HasLicense(user);

    /// <summary>Whether a user is, as far as every list tells: licences apart, of which a read tells more.</summary>
    public bool MayHave(ScimUser user) =>
        _departments?.Fit([user.Department ?? string.Empty]) != false
        && (_active is null || user.Active == _active)
        && (_names.Count == 0 || _names.Exists(n => n.Fits(user.UserName ?? string.Empty) || n.Fits(user.DisplayName ?? string.Empty)));

    /// <summary>Whether a user has one of the licences asked for.</summary>
    public bool HasLicense(ScimUser user) => _licenses?.Fit(ZoomLicenses.Of(user)) != false;

    /// <summary>What to say of words that fit nobody, with what was perhaps meant. Patterns may fit nobody.</summary>
    /// <param name="isInFull">Whether each user was read in full.</param>
    public IEnumerable<string> Misses(bool isInFull) =>
    [
        .. (_departments?.Missed ?? []).Select(w => $"No user has the department '{w}'{Spelling.Suggest(w, _departments!.Seen)}."),
        .. (_licenses?.Missed ?? []).Select(w => $"No user {(_departments is null && _active is null && _names.Count == 0 ? string.Empty : "of these ")}"
            + $"has the licence '{w}'{LicenseAdvice(w, isInFull)}"),
    ];

    private string LicenseAdvice(string word, bool isInFull) =>
        !ZoomLicenses.Names.Contains(word, StringComparer.OrdinalIgnoreCase)
            ? $"{Spelling.Suggest(word, _licenses!.Seen.Concat(ZoomLicenses.Names))}."
            : isInFull || ZoomUserTypes.All.Contains(word, StringComparer.OrdinalIgnoreCase) ? "."
            : ". A list tells the user type only; plans and add-ons are read with -Detailed.";

    private sealed class Words(IReadOnlyList<string> words)
    {
        private readonly List<(string Word, Wildcard Pattern)> _words = [.. words.Select(w => (w, new Wildcard(w)))];
        private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.OrdinalIgnoreCase);

        public IEnumerable<string> Seen => _seen.Keys;

        public IEnumerable<string> Missed => _words
            .Where(w => w.Word.Length > 0 && w.Word.IndexOfAny(['*', '?']) < 0 && !_seen.ContainsKey(w.Word))
            .Select(w => w.Word);

        public bool Fit(IEnumerable<string> values)
        {
            var fits = false;
            foreach (var value in values)
            {
                _seen.TryAdd(value, 0);
                fits |= _words.Exists(w => w.Pattern.Fits(value));
            }

            return fits;
        }
    }
}
