namespace ZoomProvisioning.Values;

/// <summary>What a value says about whether somebody may sign in.</summary>
internal enum AccountState
{
    /// <summary>Nothing: the value is empty, or of another matter.</summary>
    Silent,

    /// <summary>The person is there.</summary>
    Active,

    /// <summary>The person is not, or not any more.</summary>
    Inactive,

    /// <summary>It says something, and nobody can tell for certain which.</summary>
    Doubtful,
}

/// <summary>How a column speaks of it.</summary>
internal enum StateColumnKind
{
    /// <summary>True where the person may sign in: Enabled, Active.</summary>
    Positive,

    /// <summary>True where the person may not: Disabled, Block credential, Suspended.</summary>
    Negative,

    /// <summary>A word: Status, Employment status.</summary>
    Word,

    /// <summary>A word, or something else altogether: State may be a province.</summary>
    PerhapsWord,

    /// <summary>When it ends: accountExpires, Termination date.</summary>
    End,

    /// <summary>Since when it has ended: any date at all means that it has.</summary>
    Ended,

    /// <summary>Active Directory's bits.</summary>
    AccountControl,

    /// <summary>OpenLDAP's time of a lock, of which one means for ever.</summary>
    LockedTime,

    /// <summary>Days since 1970, as Unix keeps them.</summary>
    EndInDays,
}
