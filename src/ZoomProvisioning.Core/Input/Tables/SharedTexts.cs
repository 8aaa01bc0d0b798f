namespace ZoomProvisioning.Input.Tables;

/// <summary>
/// Gives the same string for the same text, as far as it was met lately: departments, titles and types of licence stand in
/// thousands of rows. A slot that is taken is simply taken over, so it never grows.
/// </summary>
internal sealed class SharedTexts
{
    private readonly string?[] _texts = new string?[4096];

    public string Of(string text)
    {
        ref var known = ref _texts[(uint)text.GetHashCode() % (uint)_texts.Length];
        return known == text ? known : known = text;
    }
}
