namespace ZoomProvisioning.Values;

/// <summary>
/// A pattern with <c>*</c> for any letters and <c>?</c> for one, without regard to case. Only the last star is ever gone back to, which
/// is enough, so that no pattern takes longer than its length times the text's.
/// </summary>
internal sealed class Wildcard
{
    private readonly string _pattern;

    public Wildcard(string pattern) => _pattern = pattern.ToUpperInvariant();

    /// <summary>Whether the whole text fits.</summary>
    public bool Fits(string text)
    {
        var letters = text.ToUpperInvariant();
        var (at, position) = (0, 0);
        var (star, taken) = (-1, 0);
        while (position < letters.Length)
        {
            if (at < _pattern.Length && _pattern[at] == '*')
            {
                (star, taken) = (at++, position);
            }
            else if (at < _pattern.Length && (_pattern[at] == '?' || _pattern[at] == letters[position]))
            {
                at++;
                position++;
            }
            else if (star >= 0)
            {
                // The star takes one letter more.
                at = star + 1;
                position = ++taken;
            }
            else
            {
                return false;
            }
        }

        while (at < _pattern.Length && _pattern[at] == '*')
        {
            at++;
        }

        return at == _pattern.Length;
    }
}
