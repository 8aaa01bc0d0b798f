namespace ZoomProvisioning;

/// <summary>A phone number in a user's Zoom profile (not a Zoom Phone number).</summary>
public sealed class ScimPhoneNumber
{
    /// <summary>Makes an empty number of type work.</summary>
    public ScimPhoneNumber()
    {
    }

    /// <summary>Makes a number.</summary>
    /// <param name="value">The number, best as <c>+1 5125550123</c>.</param>
    /// <param name="type">mobile, office, home, fax or work.</param>
    public ScimPhoneNumber(string value, string type = "work")
    {
        Value = value;
        Type = type;
    }

    /// <summary>mobile, office, home, fax or work; Zoom's default is work.</summary>
    public string Type { get; set; } = "work";

    /// <summary>The number as Zoom holds it.</summary>
    public string Value { get; set; } = string.Empty;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
