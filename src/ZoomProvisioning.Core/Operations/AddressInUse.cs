using System.Threading.Tasks;
using ZoomProvisioning.Contracts;

namespace ZoomProvisioning.Operations;

/// <summary>Says whose the address is that a user was to be given, and what can be done about it.</summary>
internal static class AddressInUse
{
    /// <summary>The refusal of a new address, with the name of who has it; as it was where that cannot be found out.</summary>
    /// <param name="refused">What Zoom answered.</param>
    /// <param name="who">The user who was to be given the address.</param>
    /// <param name="address">The address wanted.</param>
    /// <param name="directory">Where is looked.</param>
    /// <param name="call">How the look-up is stopped and watched.</param>
    public static async Task<ScimConflictException> ExplainAsync(
        ScimConflictException refused, string who, string address, UserDirectory directory, ScimCall call)
    {
        try
        {
            return await directory.LookUpAsync(address, call).ConfigureAwait(false) is { } holder
                ? Explained(
                    refused,
                    $"{who}: the address '{address}' is in use: '{(holder.DisplayName is { Length: > 0 } name ? name : address)}' of this account has it "
                        + $"({(holder.Active == false ? "deactivated" : "active")}, id {holder.Id}).",
                    $"Give another -UserName, or first give that user another (Set-ZoomScimUser {address} -UserName ...) or remove it.")
                : refused;
        }
        catch (ScimUserStateException)
        {
            return Explained(
                refused,
                $"{who}: the address '{address}' is in use: by an invitation that is still pending, or by another Zoom account.",
                "Give another -UserName. Or withdraw the invitation in the Zoom web portal (User Management > Pending), or have the person leave the other "
                    + "account, and run it again.");
        }
        catch (ScimException)
        {
            // The refusal is the news, not that more could not be learned.
            return refused;
        }
    }

    private static ScimConflictException Explained(ScimConflictException refused, string message, string advice) => new(refused.ErrorId, message, refused)
    {
        Category = refused.Category,
        // What was done before the refusal is said there, and stays said.
        RecommendedAction = refused.RecommendedAction.Replace(ZoomErrorCatalog.AddressInUse, advice),
        Status = refused.Status,
        ZoomMessage = refused.ZoomMessage,
        ZoomCode = refused.ZoomCode,
        TrackingId = refused.TrackingId,
        RetryAfter = refused.RetryAfter,
        UserExists = refused.UserExists,
    };
}
