using System;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using ZoomProvisioning.Contracts;
using ZoomProvisioning.Engine.Http;
using ZoomProvisioning.Engine.Wire;

namespace ZoomProvisioning.Engine.Clients;

/// <summary>Reads lists of users or groups (sheet section 2).</summary>
/// <param name="sender">What sends.</param>
/// <param name="resource">Users or Groups.</param>
internal sealed class ScimList(ScimSender sender, string resource)
{
    // A page of a hundred users is some 200 kB. A list of thousands of pages is kept, and what each of them may weigh is what all may.
    private const long LargestEmptyList = 256 * 1024;
    private const long LargestResource = 16 * 1024;

    // Learned once: Zoom's documentation and its clients disagree about quotes (sheet 2.2).
    private volatile bool _filterUnquoted;

    public async Task<ScimPage<T>> ReadAsync<T>(int startIndex, int count, ScimFilter? filter, Func<ScimObject, T> make, ScimCall call)
    {
        if (startIndex < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(startIndex), startIndex, "SCIM counts from 1.");
        }

        if (count is < 0 or > 100)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "Zoom gives at most 100 of them at a time.");
        }

        if (filter is null || _filterUnquoted)
        {
            return await ReadAsync(startIndex, count, filter?.ToUnquotedString(), make, call).ConfigureAwait(false);
        }

        try
        {
            return await ReadAsync(startIndex, count, filter.ToString(), make, call).ConfigureAwait(false);
        }
        catch (ScimException refusal) when (refusal.Status == 400 && SpeaksOfTheFilter(refusal.ZoomMessage ?? refusal.Message))
        {
            var page = await ReadAsync(startIndex, count, filter.ToUnquotedString(), make, call).ConfigureAwait(false);
            _filterUnquoted = true;
            return page;
        }
    }

    private async Task<ScimPage<T>> ReadAsync<T>(int startIndex, int count, string? filter, Func<ScimObject, T> make, ScimCall call)
    {
        var path = string.Format(CultureInfo.InvariantCulture, "/{0}?startIndex={1}&count={2}", resource, startIndex, count)
            + (filter is null ? string.Empty : "&filter=" + Uri.EscapeDataString(filter));
        var request = new ScimRequest("GET", path, RateLabel.Medium)
        {
            Resource = resource,
            LargestReply = LargestEmptyList + (count * LargestResource),
        };
        var reply = await sender.SendForSuccessAsync(request, call).ConfigureAwait(false);
        var list = sender.Resource(request, reply);
        if (!list.Has("Resources") && !list.Has("totalResults"))
        {
            throw ScimJsonReader.Unreadable(reply, request.ToString(), "is not a SCIM list", sender.Redactor, null);
        }

        var found = list.Items("Resources").OfType<ScimObject>().Where(ScimSender.HasId).Select(make).ToList();
        var total = TotalOf(list, filter, startIndex, found.Count, count)
            ?? throw ScimJsonReader.Unreadable(
                reply, request.ToString(), $"does not say credibly how many {resource.ToLowerInvariant()} there are", sender.Redactor, null);
        return new ScimPage<T>(found, total, OutsideNumber.Whole(list["startIndex"], ScimPaging.MostResults) ?? startIndex);
    }

    /// <summary>
    /// How many there are in all; null when that cannot be true, or cannot be known: a list that is taken for shorter than it is would
    /// make everybody after its end a stranger. A page that is not full needs no total, and neither does a look-up.
    /// </summary>
    private static int? TotalOf(ScimObject list, string? filter, int startIndex, int found, int count) => list["totalResults"] is { } said
        ? OutsideNumber.Whole(said, ScimPaging.MostResults)
        : filter is null && found >= count && count > 0 ? null : startIndex - 1 + found;

    /// <summary>Not the words for a pending or foreign user, which would stay the same without quotes.</summary>
    private static bool SpeaksOfTheFilter(string text) =>
        Words.Say(text, "filter") && !Words.Say(text, "not exist or not belong");
}
