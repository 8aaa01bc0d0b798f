using System;

namespace ZoomProvisioning.Plans;

/// <summary>What an error says about a change: decided once, for single commands, for runs and for the journal.</summary>
internal static class OutcomeOf
{
    /// <summary>
    /// Not sent, refused, or not known: then somebody has to look at Zoom. Who was created is never called failed, whatever
    /// came afterwards.
    /// </summary>
    public static ChangeOutcome Error(Exception exception) => exception switch
    {
        ScimException { UserExists: true } => ChangeOutcome.Unknown,
        // What is not in the journal is not sent.
        ScimNotSentException or ScimWithheldException or ScimStateException { ErrorId: "Zoom.State.JournalUnwritable" } => ChangeOutcome.NotSent,
        // A server that failed, or a line that broke, may have carried it out before.
        ScimOutcomeUnknownException or ScimServerException or ScimConnectionException => ChangeOutcome.Unknown,
        ScimException => ChangeOutcome.Failed,
        // Nobody knows how far it came.
        _ => ChangeOutcome.Unknown,
    };

    /// <summary>
    /// Whether it says that Zoom protects somebody, or cannot reach them: a skip that is reported, and not a failure, wherever
    /// many people are worked on.
    /// </summary>
    public static bool IsReportedSkip(Exception exception) =>
        exception is ScimUserStateException { ErrorId: var id } && ZoomErrorCatalog.IsReportedSkip(id);

    /// <summary>The same as an error of the module's own kind.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="who">Whom it happened to.</param>
    public static ScimException AsScim(Exception exception, string who) => exception as ScimException
        ?? new ScimException("Zoom.Call.Unexpected", $"{who}: {exception.Message}", exception)
        {
            Category = "NotSpecified",
            RecommendedAction = "This is a defect of the module. Run the record alone with -Verbose -Debug and report what it shows.",
        };
}
