using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ZoomProvisioning.Values;

namespace ZoomProvisioning.Setup;

/// <summary>How the dates of a source are written, where they do not say it themselves.</summary>
internal static class DateForms
{
    private static readonly string[] Known =
    [
        "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "d-M-yyyy", "M-d-yyyy", "d.M.yy", "d/M/yy", "M/d/yy", "d.M.yyyy H:mm", "d/M/yyyy H:mm", "M/d/yyyy H:mm",
        "d.M.yyyy H:mm:ss", "d/M/yyyy H:mm:ss", "M/d/yyyy H:mm:ss", "M/d/yyyy h:mm tt", "M/d/yyyy h:mm:ss tt",
    ];

    /// <summary>The forms in which all dates that need one can be read; empty where none needs one, or none fits.</summary>
    public static IReadOnlyList<string> Of(SampleColumns columns)
    {
        var texts = columns.Layout.StateColumns.Where(c => c.Kind is StateColumnKind.End or StateColumnKind.Ended)
            .SelectMany(c => columns.ValuesOf(c.Name)).OfType<string>().Select(CellText.Trim).Where(DateText.LooksLikeOne).Distinct(StringComparer.Ordinal).ToList();
        return texts.Exists(IsDoubtful)
            ? Known.Where(f => texts.TrueForAll(t => DateTime.TryParseExact(t, f, CultureInfo.InvariantCulture, DateTimeStyles.None, out _))).ToList()
            : [];
    }

    private static bool IsDoubtful(string text)
    {
        try
        {
            return DateText.Read(text) is { } range && range.Earliest.Date != range.Latest.Date;
        }
        catch (FormatException)
        {
            return true;
        }
    }
}
