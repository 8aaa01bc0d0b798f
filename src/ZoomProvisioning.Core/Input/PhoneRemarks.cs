using System.Collections.Generic;
using System.Linq;
using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Input;

/// <summary>Tells of phone numbers that Zoom may not understand, where they were really sent, and once for all of them.</summary>
public static class PhoneRemarks
{
    /// <summary>The sentence about what was sent; null when there is nothing to tell.</summary>
    public static string? Of(IEnumerable<ChangeResult> results)
    {
        var doubtful = results.Where(IsDoubtful).ToList();
        return doubtful.Count == 0
            ? null
            : $"{SourceRemarks.Who(doubtful.Count, doubtful.Take(5).Select(r => r.UserName).ToList())}: a phone number without a country code "
                + "(+1 5125550123) was sent as it is.";
    }

    /// <summary>Whether a number without a country code was sent.</summary>
    internal static bool IsDoubtful(ChangeResult result) => result.Outcome == ChangeOutcome.Done
        && result.Changes.Any(
            c => c.Attribute.Kind == AttributeKind.Phone && c.NewValue is string { Length: > 0 } number && !PhoneFormat.TryNormalize(number, out _));
}
