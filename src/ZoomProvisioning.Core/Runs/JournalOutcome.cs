using ZoomProvisioning.Plans;

namespace ZoomProvisioning.Runs;

/// <summary>What an error says about whether a request was carried out.</summary>
internal static class JournalOutcome
{
    /// <summary>Not sent, refused, or not known: then the next run looks at Zoom.</summary>
    public static ChangeOutcome Of(ScimException exception) => exception switch
    {
        ScimNotSentException => ChangeOutcome.NotSent,
        // A server that failed, or a line that broke, may have carried it out before.
        ScimOutcomeUnknownException or ScimServerException or ScimConnectionException => ChangeOutcome.Unknown,
        _ => ChangeOutcome.Failed,
    };
}
