using ZoomProvisioning.Runs;

namespace ZoomProvisioning.Cli.Running;

/// <summary>What the exit code of <c>zoomprov</c> says.</summary>
internal static class ExitCode
{
    /// <summary>Done, or nothing to do.</summary>
    public const int Done = 0;

    /// <summary>The command could not do its work.</summary>
    public const int Error = 1;

    /// <summary>There are changes to make, and they were not made: only planned, or the people had changed since the plan was made.</summary>
    public const int ChangesPending = 2;

    /// <summary>Done, but some people are not as the source says, or some records cannot be used.</summary>
    public const int Attention = 3;

    /// <summary>Done, except for what the guard holds back.</summary>
    public const int Held = 4;

    /// <summary>Not connected: no credentials, a sign-in that failed, or nobody to reach.</summary>
    public const int NotConnected = 5;

    /// <summary>Another run of the rule is under way.</summary>
    public const int Locked = 6;

    /// <summary>The code for how a rule's run ended.</summary>
    public static int Of(ProvisioningRun run) => run.Outcome switch
    {
        RunOutcome.Done => Done,
        RunOutcome.Planned or RunOutcome.Stale => ChangesPending,
        RunOutcome.Attention => Attention,
        RunOutcome.Held => Held,
        _ => Error,
    };

    /// <summary>The code for an error that ended a command.</summary>
    public static int Of(ScimException error) => error switch
    {
        ScimNotConnectedException or ScimAuthenticationException or ScimConnectionException => NotConnected,
        ScimStateException { ErrorId: "Zoom.State.Locked" } => Locked,
        // Nothing was done but what waits for people.
        ScimStateException { ErrorId: "Zoom.Approval.Missing" or "Zoom.Rule.Quarantined" } => Held,
        _ => Error,
    };

    /// <summary>
    /// The code of a command whose output was lost. What was done in Zoom is done, and the journal tells of it; who was only to show
    /// something has not done so.
    /// </summary>
    public static int WithoutOutput(int exit, string command) => exit == Done && command is not ("sync" or "apply" or "undo" or "simulate") ? Error : exit;
}
