namespace ZoomProvisioning.Plans;

/// <summary>What the guard looks at.</summary>
public enum GuardCheck
{
    /// <summary>More people would be disabled than the rule allows.</summary>
    TooManyDisables,

    /// <summary>More people would be deleted than the rule allows.</summary>
    TooManyDeletes,

    /// <summary>The source is empty.</summary>
    EmptySource,

    /// <summary>The source is much smaller than in the run before.</summary>
    ShrunkenSource,

    /// <summary>Records of the source cannot be used, and they may be about people who seem to have left.</summary>
    UnreadableSource,

    /// <summary>Zoom did not list all its users.</summary>
    IncompleteListing,

    /// <summary>The source speaks of somebody more than once.</summary>
    DuplicatesInSource,

    /// <summary>It cannot be read whom another rule of the account manages.</summary>
    OtherRuleUnreadable,

    /// <summary>More people would lose a licence than the rule allows.</summary>
    TooManyLicenseLosses,

    /// <summary>More people would be taken out of groups than the rule allows.</summary>
    TooManyGroupLeaves,

    /// <summary>More people would be reactivated than the rule allows.</summary>
    TooManyReactivations,

    /// <summary>More people would be renamed than the rule allows.</summary>
    TooManyRenames,

    /// <summary>Of more people than the rule allows a value would become empty.</summary>
    TooManyClears,

    /// <summary>More people would be created than the rule allows.</summary>
    TooManyCreates,

    /// <summary>More people would be changed than the rule allows.</summary>
    TooManyUpdates,

    /// <summary>A property the rule needs is missing from every record of the source, or has become empty in all of them.</summary>
    MissingProperty,

    /// <summary>The source has fewer records than its owner says it must have.</summary>
    SourceTooSmall,

    /// <summary>The source is older than its owner says it may be, or nobody says how old it is.</summary>
    SourceTooOld,

    /// <summary>The source was not written to its end.</summary>
    SourceUnfinished,

    /// <summary>What the rule remembers is older than what Zoom shows.</summary>
    StateOlderThanZoom,

    /// <summary>Another rule manages some of the people too; only reported.</summary>
    SharedPeople,

    /// <summary>Another rule has not run for so long that it manages nobody any more; only reported.</summary>
    DormantRule,

    /// <summary>An approval does not cover everybody who is held.</summary>
    ApprovalIncomplete,

    /// <summary>The rule wants its plans approved before anything is done, or a plan was approved in part.</summary>
    ApprovalRequired,

    /// <summary>What is to be known of a run that is taken back; only reported.</summary>
    Undo,

    /// <summary>The rule has worked in another account until now; only reported.</summary>
    OtherAccount,

    /// <summary>The rule's last runs were all held back or failed, so that it only plans until somebody says that it goes on.</summary>
    Quarantined,

    /// <summary>The clock of this machine says something else than Zoom's.</summary>
    WrongClock,

    /// <summary>The clock of this machine was set back since the run before; only reported.</summary>
    ClockSetBack,
}
