using System.Globalization;

namespace ZoomProvisioning;

/// <summary>A number with its noun, which is in the singular where there is one.</summary>
internal static class Counted
{
    /// <summary>So many people.</summary>
    public static string People(long number) => Of(number, "person", "people");

    /// <summary>So many records.</summary>
    public static string Records(long number) => Of(number, "record", "records");

    /// <summary>So many of something.</summary>
    public static string Of(long number, string one, string many) =>
        string.Format(CultureInfo.CurrentCulture, "{0:N0} {1}", number, number == 1 ? one : many);
}
